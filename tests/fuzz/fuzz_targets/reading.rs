//! Any text of a need: read, never a panic, and every chip shows words that stand there.
#![no_main]

use std::sync::LazyLock;

use atlas_core::matching::reading;
use atlas_core::model::Date;
use atlas_core::search::gloss;

static TODAY: LazyLock<Date> = LazyLock::new(|| Date::parse("2026-08-15").expect("a day"));

libfuzzer_sys::fuzz_target!(|text: &str| {
    let chars: Vec<char> = text.chars().collect();
    for chip in reading::read(text, &TODAY).chips {
        for place in chip.places {
            let words: String = chars[place.start as usize..place.end as usize].iter().collect();
            assert_eq!(words, place.text);
        }
    }
    let _ = gloss::english(text);
    let _ = gloss::chinese(text);
});
