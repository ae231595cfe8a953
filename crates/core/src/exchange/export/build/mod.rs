//! From what is exported to the neutral form: one builder a subject.

mod compare;
mod inferred;
mod matching;
mod needs;
mod portfolio;
mod record;
mod records;
mod roadmap;
mod stated;
mod survey;

use std::ops::ControlFlow;

use super::error::ExportError;
use super::private::Privacy;
use super::sink::{Bars, Cell, Column, Front, Heat, Sink, Table, Told};
use super::subject::Subject;
use super::texts::{Texts, filled};
pub(super) use survey::Survey;

/// Told how far the work is: rows done, rows in all. May stop it.
pub type Flow<'a> = dyn FnMut(u32, u32) -> ControlFlow<()> + 'a;

/// What a document says about where its facts are from.
#[derive(Debug, Clone, Default)]
pub struct Stamp {
    /// The day of the export: `YYYY-MM-DD`.
    pub day: String,
    /// Feeds: name, generation, day of publication.
    pub catalogs: Vec<(crate::model::Text, u32, String)>,
}

/// What every builder works with.
pub(super) struct Pass<'a> {
    pub(super) texts: &'static Texts,
    pub(super) privacy: &'a mut Privacy,
    pub(super) stamp: &'a Stamp,
    pub(super) out: &'a mut dyn Sink,
    pub(super) flow: &'a mut Flow<'a>,
    /// The format is for machines too: every field has its column.
    pub(super) sheets: bool,
    /// The format holds one table.
    pub(super) single: bool,
}

impl Pass<'_> {
    /// The beginning: title, lines of the subject, then when, from where, and what is private.
    fn front(&mut self, title: &str, lines: Vec<String>, landscape: bool) -> Told {
        let made = filled(self.texts.made, &[("date", &self.stamp.day)]);
        let catalogs: Vec<String> = self
            .stamp
            .catalogs
            .iter()
            .map(|(name, generation, published)| {
                let values = [
                    ("name", self.texts.pick(name)),
                    ("n", &generation.to_string()),
                    ("date", published.get(..10).unwrap_or(published)),
                ];
                filled(self.texts.catalog, &values)
            })
            .collect();
        let mut footer = vec![self.texts.product.to_owned()];
        footer.extend(catalogs.iter().cloned());
        footer.push(made.clone());
        let mut all = lines;
        all.push(made);
        all.extend(catalogs);
        all.push(self.privacy.said(self.texts));
        self.out.front(&Front {
            title: title.to_owned(),
            lines: all,
            footer: footer.join(" · "),
            landscape,
        })
    }

    /// Begins a table that nothing else is told about.
    fn begin(&mut self, name: &str, main: bool, columns: &[(&str, f32)]) -> Told {
        self.out.table(&Table {
            name: name.to_owned(),
            columns: columns
                .iter()
                .map(|(name, width)| Column::new(*name, *width))
                .collect(),
            main,
        })
    }

    fn step(&mut self, done: usize, total: usize) -> Told {
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        match (self.flow)(small(done), small(total)) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ExportError::Cancelled),
        }
    }
}

/// Tells a subject to the sink of the pass.
pub(super) fn build(subject: &Subject<'_>, survey: &Survey, pass: &mut Pass<'_>) -> Told {
    match subject {
        Subject::Records(records) => records::build(records, survey, pass),
        Subject::Record(view) if pass.sheets => records::one(view, pass),
        Subject::Record(view) => record::build(view, pass),
        Subject::Comparison(records) => compare::build(records, pass),
        Subject::Match(report) => matching::build(report, pass),
        Subject::Offer(report) => matching::offer(report, pass),
        Subject::Roadmap(report) => roadmap::build(report, pass),
        Subject::Portfolio(report) => portfolio::build(report, pass),
        Subject::Needs(board) => needs::build(board, pass),
    }
}

/// Looks through a subject: how many rows, which columns are used, which private fields are met.
pub(super) fn survey<'a>(
    subject: &Subject<'_>,
    texts: &'static Texts,
    sheets: bool,
    privacy: &'a mut Privacy,
    flow: &'a mut Flow<'a>,
) -> Result<Survey, ExportError> {
    if let Subject::Records(records) = subject {
        return survey::survey(records, privacy, flow);
    }
    let mut counted = Counted::default();
    let mut pass = Pass {
        texts,
        privacy,
        stamp: &Stamp::default(),
        out: &mut counted,
        flow,
        sheets,
        single: false,
    };
    build(subject, &Survey::default(), &mut pass)?;
    Ok(Survey::of(counted.rows))
}

/// Writes nothing; counts the rows of the main table.
#[derive(Default)]
struct Counted {
    rows: u32,
    main: bool,
}

impl Sink for Counted {
    fn front(&mut self, _: &Front) -> Told {
        Ok(())
    }
    fn heading(&mut self, _: u8, _: &str) -> Told {
        Ok(())
    }
    fn paragraph(&mut self, _: &str) -> Told {
        Ok(())
    }
    fn table(&mut self, table: &Table) -> Told {
        self.main = table.main;
        Ok(())
    }
    fn row(&mut self, _: &[Cell]) -> Told {
        self.rows += u32::from(self.main);
        Ok(())
    }
    fn end(&mut self) -> Told {
        self.main = false;
        Ok(())
    }
    fn bars(&mut self, _: &Bars) -> Told {
        Ok(())
    }
    fn heat(&mut self, _: &Heat) -> Told {
        Ok(())
    }
}
