//! `atlas assign`: a portfolio from a bare matrix of affinities.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use atlas_core::matching::portfolio::table::{self, Matrix, TableError};
use atlas_core::matching::portfolio::{Edge, Goal, Need, Problem, Provider, Wishes, solve};

use crate::args::{Assign, Language};
use crate::output::{Failure, Output};
use crate::texts;

/// Largest file that is read.
const MAX_BYTES: u64 = 512 << 20;

/// Assigns, prints who serves whom and what that is worth.
pub fn assign(assign: &Assign, output: &mut Output) -> Result<ExitCode, Failure> {
    let language = output.language;
    let matrix = matrix(language, &assign.affinity)?;
    let demand = demands(language, &assign.demand, &matrix.needs)?;
    let (loads, capacity) = match &assign.load {
        None => {
            let capacity = demands(language, &assign.capacity, &matrix.providers)?;
            (vec![1; matrix.cells.len()], capacity)
        }
        Some(path) => (
            table::loads(&self::matrix(language, path)?, &matrix)
                .map_err(|error| refuse(language, path, &error))?,
            days(language, &assign.capacity, &matrix.providers)?,
        ),
    };
    let needs = matrix.needs.into_iter().zip(demand);
    let providers = matrix.providers.into_iter().zip(capacity);
    let edges = matrix.cells.iter().zip(loads);
    let problem = Problem::new(
        needs.map(|(id, demand)| Need { id, demand }).collect(),
        providers
            .map(|(id, capacity)| Provider { id, capacity })
            .collect(),
        edges
            .map(|((need, provider, score), load)| Edge {
                need: *need,
                provider: *provider,
                score: *score,
                load,
            })
            .collect(),
        &Wishes::default(),
    )
    .map_err(|error| Failure::Usage(texts::assign::problem_error(language, &error)))?;
    let goal = if assign.fair { Goal::Fair } else { Goal::Total };
    let outcome = solve(&problem, goal);
    if output.json {
        output.value(&outcome)?;
    } else {
        for assignment in &outcome.assignments {
            output.line(&format!(
                "{}\t{}\t{}",
                assignment.need,
                assignment.provider,
                // Minus zero is zero.
                assignment.score + 0.0
            ))?;
        }
        for line in texts::assign::figures(language, &outcome) {
            output.line(&line)?;
        }
        for short in &outcome.short {
            output.line(&texts::assign::short(language, short))?;
        }
    }
    Ok(if outcome.assignments.is_empty() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn matrix(language: Language, path: &Path) -> Result<Matrix, Failure> {
    table::matrix(&read(language, path)?).map_err(|error| refuse(language, path, &error))
}

/// One whole number for all, or a file.
fn demands(language: Language, text: &str, names: &[String]) -> Result<Vec<u32>, Failure> {
    if let Ok(number) = text.parse::<u32>() {
        return Ok(vec![number; names.len()]);
    }
    let path = Path::new(text);
    if !path.exists() {
        return Err(Failure::Usage(texts::assign::neither(
            language, text, false,
        )));
    }
    table::amounts(&read(language, path)?, names).map_err(|error| refuse(language, path, &error))
}

/// One number of days for all, or a file.
fn days(language: Language, text: &str, names: &[String]) -> Result<Vec<u32>, Failure> {
    if let Some(days) = text.parse().ok().and_then(table::thousandths) {
        return Ok(vec![days; names.len()]);
    }
    let path = Path::new(text);
    if !path.exists() {
        return Err(Failure::Usage(texts::assign::neither(language, text, true)));
    }
    table::days(&read(language, path)?, names).map_err(|error| refuse(language, path, &error))
}

fn read(language: Language, path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable =
        |error: std::io::Error| Failure::Usage(texts::unreadable(language, path, &error));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        let error = TableError::TooLarge {
            what: "bytes",
            limit: MAX_BYTES as usize,
        };
        return Err(refuse(language, path, &error));
    }
    Ok(bytes)
}

fn refuse(language: Language, path: &Path, error: &TableError) -> Failure {
    let text = texts::assign::table_error(language, error);
    Failure::Usage(format!("{}: {text}", path.display()))
}
