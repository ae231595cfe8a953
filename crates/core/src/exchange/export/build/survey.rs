//! A look through a list of records before it is written: which columns are used, how records spread, what is private.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::super::error::ExportError;
use super::super::private::Privacy;
use super::super::sink::{Bar, Bars, Heat, Told};
use super::super::subject::Records;
use super::super::texts::{Field, columns_of};
use super::records::{at, kept, object};
use super::{Flow, Pass, inferred};
use crate::model::main::{Main, NONE};
use crate::model::{Kind, Record, Taxonomies};

/// Most columns that imported records keep beside their fields.
const KEPT_MAX: usize = 200;

/// What a look through all records found.
#[derive(Debug, Default)]
pub struct Survey {
    /// Rows of the main table.
    pub rows: u32,
    pub(super) kinds: BTreeMap<Kind, u32>,
    pub(super) used: BTreeSet<&'static str>,
    pub(super) links: BTreeSet<String>,
    /// Columns that imported records keep beside their fields, by kind.
    pub(super) kept: BTreeMap<Kind, BTreeSet<String>>,
    pub(super) sources: usize,
    /// Records of a main industry and a main stage.
    pub(super) spread: BTreeMap<(String, String), u32>,
}

pub(super) fn survey(
    records: &Records<'_>,
    privacy: &mut Privacy,
    flow: &mut Flow<'_>,
) -> Result<Survey, ExportError> {
    let mut survey = Survey::default();
    let fields = columns_of(&Kind::ALL);
    let total = u32::try_from(records.refs.len()).unwrap_or(u32::MAX);
    for (done, reference) in (0..).zip(&records.refs) {
        if flow(done, total) == ControlFlow::Break(()) {
            return Err(ExportError::Cancelled);
        }
        if let Some(record) = (records.read)(reference)? {
            survey.look(&record, &fields, privacy)?;
        }
    }
    Ok(survey)
}

impl Survey {
    /// So many rows, of which nothing else has to be known.
    pub fn of(rows: u32) -> Self {
        Self {
            rows,
            ..Self::default()
        }
    }

    fn look(&mut self, record: &Record, fields: &[Field], privacy: &mut Privacy) -> Told {
        let value = object(record, privacy)?;
        let head = record.head();
        let main = Main::of(head, Taxonomies::bundled());
        self.rows += 1;
        *self.kinds.entry(record.kind()).or_default() += 1;
        *self
            .spread
            .entry((main.industry_group, main.stage))
            .or_default() += 1;
        self.sources = self.sources.max(head.sources.len());
        self.links
            .extend(head.links.iter().map(|link| link.rel.to_string()));
        let stated = fields
            .iter()
            .filter(|field| at(&value, field.path).is_some());
        self.used.extend(stated.map(|field| field.path));
        for (header, text) in kept(&value) {
            privacy.free(text);
            let kept = self.kept.entry(record.kind()).or_default();
            if kept.len() < KEPT_MAX {
                kept.insert(header.to_owned());
            }
        }
        if at(&value, "budget.yuan").is_some() {
            self.used.insert("budget.yuan");
        }
        if !head.inferred.is_empty() {
            self.used.insert(inferred::USED);
        }
        Ok(())
    }
}

/// How the records spread over kinds, industries and stages.
pub(super) fn charts(survey: &Survey, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    if survey.kinds.len() > 1 {
        pass.out.bars(&Bars {
            name: texts.by_kind.to_owned(),
            labels: texts.kind.to_owned(),
            parts: vec![texts.records.to_owned()],
            bars: survey
                .kinds
                .iter()
                .map(|(kind, count)| Bar {
                    label: texts.term("kind", kind.as_str()),
                    values: vec![f64::from(*count)],
                })
                .collect(),
            digits: 0,
        })?;
    }
    if survey.rows < 2 {
        return Ok(());
    }
    // The order of the taxonomies; what is not stated comes last.
    let order = |taxonomy: &str, found: BTreeSet<&String>| -> Vec<String> {
        let terms = Taxonomies::bundled().get(taxonomy).map(|it| &it.terms);
        let mut codes: Vec<String> = terms
            .into_iter()
            .flatten()
            .map(|term| term.code.to_string())
            .filter(|code| found.contains(code))
            .collect();
        let others = found.into_iter().filter(|code| !codes.contains(code));
        let others: Vec<String> = others.cloned().collect();
        codes.extend(others);
        codes
    };
    let name = |taxonomy: &str, code: &str| {
        if code == NONE {
            texts.not_stated.to_owned()
        } else {
            texts.term(taxonomy, code)
        }
    };
    let industries = order(
        "industry_group",
        survey.spread.keys().map(|(it, _)| it).collect(),
    );
    let stages = order("stage", survey.spread.keys().map(|(_, it)| it).collect());
    let count = |industry: &String, stage: &String| {
        let key = (industry.clone(), stage.clone());
        survey.spread.get(&key).copied().unwrap_or(0)
    };
    pass.out.heat(&Heat {
        name: texts.by_industry_and_stage.to_owned(),
        labels: texts.industry.to_owned(),
        columns: stages.iter().map(|code| name("stage", code)).collect(),
        rows: industries
            .iter()
            .map(|industry| {
                let counts = stages.iter().map(|stage| count(industry, stage)).collect();
                (name("industry_group", industry), counts)
            })
            .collect(),
    })
}
