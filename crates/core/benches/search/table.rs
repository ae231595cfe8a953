//! Prints what was measured.
#![expect(
    clippy::print_stdout,
    reason = "the terminal is where a benchmark reports"
)]

use std::time::Duration;

use super::engine::Which;
use super::measure::{Measured, Series, quantile};
use super::process::{Built, Memory};

/// The speed table of one catalog size.
pub fn speed(measured: &[Measured]) {
    println!("\nms p50 / p99 (number of timings)\n");
    print!("{:42}{:>9}", "class", "hits p50");
    for which in Which::ALL {
        print!("{:>26}", which.name());
    }
    println!(
        "{:>12}{:>12}{:>14}{:>14}",
        "ours/raw", "no rows/raw", "trigram/ours", "bigrams/ours"
    );
    for class in measured {
        let mut totals = class.totals.clone();
        totals.sort_unstable();
        print!(
            "{:42}{:>9}",
            class.class,
            totals.get(totals.len() / 2).copied().unwrap_or_default()
        );
        for which in Which::ALL {
            print!("{:>26}", cell(of(class, which)));
        }
        println!(
            "{:>12}{:>12}{:>14}{:>14}",
            ratio(class, Which::Ours, Which::Raw),
            ratio(class, Which::Hits, Which::Raw),
            ratio(class, Which::Trigrams, Which::Ours),
            ratio(class, Which::Bigrams, Which::Ours)
        );
    }
    println!();
    for class in measured {
        let Some(ours) = of(class, Which::Ours) else {
            continue;
        };
        let agreed: Vec<String> = class
            .agreed
            .iter()
            .map(|(which, count)| format!("{} {count}", which.name()))
            .collect();
        println!(
            "{}: {} queries; of ours, reading and parsing the rows' records takes {} / {}; \
             matches and counts equal raw tantivy's: {}",
            class.class,
            class.queries,
            ms(quantile(&ours.store, 0.5)),
            ms(quantile(&ours.store, 0.99)),
            if agreed.is_empty() {
                "none".to_owned()
            } else {
                agreed.join(", ")
            },
        );
        for (degree, queries) in &class.relaxed {
            let of = |which| {
                let times = of(class, which).map(|series| series.of(queries));
                let times = times.unwrap_or_default();
                let [p50, p99] = [0.5, 0.99].map(|share| ms(quantile(&times, share)));
                format!("{} {p50} / {p99}", Which::name(which))
            };
            let times = [Which::Ours, Which::Hits, Which::Raw].map(of).join(", ");
            println!(
                "  {} wanted with {degree} of their words: {times}",
                queries.len()
            );
        }
        for (which, series) in &class.series {
            if series.refused > 0 {
                println!(
                    "  {}: cannot answer {} of the queries asked",
                    which.name(),
                    series.refused
                );
            }
            if series.late > 0 {
                println!(
                    "  {}: {} timings left out, too slow",
                    which.name(),
                    series.late
                );
            }
        }
    }
}

/// Build time, size and memory of one catalog size.
pub fn cost(store: &Built, built: &[(Which, Built)], memory: &[(Which, Memory)]) {
    println!(
        "\n{:14}{:>10}{:>12}{:>18}{:>22}{:>22}",
        "", "build s", "disk MB", "peak build MB", "after queries MB", "of it mapped MB"
    );
    println!(
        "{:14}{:>10.1}{:>12}{:>18}",
        "catalog.db",
        store.seconds,
        store.bytes >> 20,
        store.peak_kb >> 10
    );
    for (which, built) in built {
        let memory = memory
            .iter()
            .find(|(of, _)| of == which)
            .map(|(_, memory)| *memory)
            .unwrap_or_default();
        println!(
            "{:14}{:>10.1}{:>12}{:>18}{:>22}{:>22}",
            which.name(),
            built.seconds,
            built.bytes >> 20,
            built.peak_kb >> 10,
            memory.own_kb >> 10,
            memory.mapped_kb >> 10,
        );
    }
}

fn of(class: &Measured, which: Which) -> Option<&Series> {
    class
        .series
        .iter()
        .find(|(of, _)| *of == which)
        .map(|(_, series)| series)
}

fn cell(series: Option<&Series>) -> String {
    let Some(series) = series.filter(|series| !series.times.is_empty()) else {
        return "–".to_owned();
    };
    let [p50, p99] = [0.5, 0.99].map(|share| ms(quantile(&series.times, share)));
    format!("{p50} / {p99} ({})", series.times.len())
}

fn ms(time: Option<Duration>) -> String {
    time.map_or_else(
        || "–".to_owned(),
        |time| format!("{:.2}", time.as_secs_f64() * 1e3),
    )
}

/// How many times slower the median of one engine is than that of another.
fn ratio(class: &Measured, slow: Which, fast: Which) -> String {
    let median = |which| of(class, which).and_then(|series| quantile(&series.times, 0.5));
    match (median(slow), median(fast)) {
        (Some(slow), Some(fast)) => format!("{:.2}", slow.as_secs_f64() / fast.as_secs_f64()),
        _ => "–".to_owned(),
    }
}
