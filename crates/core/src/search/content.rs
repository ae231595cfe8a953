//! Everything that a reader can read in a record, piece by piece: what is searched, verified against
//! literals, marked and quoted in lists.
//!
//! Names come apart from the body, because they weigh more. Not here: names of taxonomy codes (the query is
//! resolved to codes instead), lists, sources, links.

use serde_json::Value;

use crate::model::private::COLUMNS;
use crate::model::{Clause, Record, Support, Target, Text};

/// The pieces of a record.
#[derive(Debug, Default)]
pub struct Content<'a> {
    /// Names in both languages.
    pub names: Vec<&'a str>,
    /// Other names.
    pub aliases: Vec<&'a str>,
    /// Everything else, what describes the record best first.
    pub body: Vec<&'a str>,
    /// Columns of an imported table that fill no field: found like the body. They may hold anything, so nothing is matched
    /// by them.
    pub columns: Vec<&'a str>,
}

impl<'a> Content<'a> {
    /// Takes a record apart.
    pub fn of(record: &'a Record) -> Self {
        let head = record.head();
        let mut body = Body(Vec::new());
        body.text(head.summary.as_ref());
        own_fields(record, &mut body);
        for outcome in &head.outcomes {
            body.one(Some(&outcome.metric));
            body.one(outcome.value.as_ref());
            body.one(outcome.unit.as_ref());
            body.one(outcome.baseline.as_ref());
        }
        body.many(&head.field);
        body.many(&head.technique_text);
        body.one(head.city.as_ref());
        for note in &head.notes {
            body.text(Some(note));
        }
        for membership in &head.lists {
            body.one(membership.group.as_ref());
        }
        body.one(head.website.as_ref());
        Self {
            names: head
                .name
                .zh
                .iter()
                .chain(&head.name.en)
                .map(String::as_str)
                .collect(),
            aliases: head.name.aliases.iter().map(String::as_str).collect(),
            body: body.0,
            columns: columns(record),
        }
    }

    /// Every piece.
    pub fn all(&self) -> impl Iterator<Item = &'a str> {
        self.names
            .iter()
            .chain(&self.aliases)
            .chain(&self.body)
            .chain(&self.columns)
            .copied()
    }
}

fn columns(record: &Record) -> Vec<&str> {
    let columns = record.extra().get(COLUMNS).and_then(Value::as_object);
    columns
        .into_iter()
        .flat_map(|columns| columns.values())
        .filter_map(Value::as_str)
        .filter(|text| !text.is_empty())
        .collect()
}

struct Body<'a>(Vec<&'a str>);

impl<'a> Body<'a> {
    fn one(&mut self, piece: Option<&'a String>) {
        self.0
            .extend(piece.map(String::as_str).filter(|piece| !piece.is_empty()));
    }

    fn many(&mut self, pieces: &'a [String]) {
        for piece in pieces {
            self.one(Some(piece));
        }
    }

    fn text(&mut self, text: Option<&'a Text>) {
        self.0.extend(text.into_iter().flat_map(Text::all));
    }
}

/// Who a record is about, in the words of its source.
pub fn who(record: &Record) -> Option<&str> {
    match record {
        Record::Scenario(scenario) => scenario.opened_by.as_deref(),
        Record::Solution(solution) => solution.provider.as_deref(),
        Record::Case(case) => case.enterprise.as_deref().or(case.provider.as_deref()),
        Record::Base(base) => base.host.as_deref(),
        Record::Dataset(dataset) => dataset.holder.as_deref(),
        Record::Model(model) => model.developer.as_deref(),
        Record::Need(need) => need.buyer.as_deref(),
        Record::Document(document) => document.issuers.first().map(String::as_str),
        Record::List(list) => list.issuers.first().map(String::as_str),
        Record::Enterprise(_) | Record::Provider(_) => None,
    }
}

fn own_fields<'a>(record: &'a Record, body: &mut Body<'a>) {
    match record {
        Record::Scenario(scenario) => {
            body.text(scenario.problem.as_ref());
            body.text(scenario.approach.as_ref());
            body.text(scenario.data_needed.as_ref());
            body.text(scenario.prerequisites.as_ref());
            body.one(scenario.opened_by.as_ref());
        }
        Record::Enterprise(enterprise) => body.one(enterprise.credit_code.as_ref()),
        Record::Provider(provider) => {
            body.many(&provider.products);
            body.many(&provider.offers);
            body.many(&provider.qualifications);
            body.one(provider.founded.as_ref());
            body.one(provider.credit_code.as_ref());
        }
        Record::Solution(solution) => {
            body.text(solution.capability.as_ref());
            body.text(solution.prerequisites.as_ref());
            body.one(solution.provider.as_ref());
            body.one(solution.delivery_text.as_ref());
            body.one(solution.price.as_ref());
        }
        Record::Case(case) => {
            body.text(case.problem.as_ref());
            body.text(case.approach.as_ref());
            body.one(case.enterprise.as_ref());
            body.one(case.provider.as_ref());
        }
        Record::Base(base) => {
            for service in &base.services {
                body.text(Some(service));
            }
            body.text(base.entry.as_ref());
            body.one(base.host.as_ref());
            body.many(&base.partners);
        }
        Record::Dataset(dataset) => {
            for piece in [
                &dataset.holder,
                &dataset.data_kind,
                &dataset.size,
                &dataset.licence,
            ] {
                body.one(piece.as_ref());
            }
        }
        Record::Model(model) => {
            for piece in [
                &model.developer,
                &model.algorithm_name,
                &model.base_model,
                &model.filing_no,
                &model.algorithm_filing_no,
            ] {
                body.one(piece.as_ref());
            }
        }
        Record::Document(document) => {
            body.one(document.doc_number.as_ref());
            body.many(&document.issuers);
            clauses(&document.clauses, body);
            targets(&document.targets, body);
            support(&document.support, body);
        }
        Record::Need(need) => {
            body.text(need.problem.as_ref());
            body.text(need.wanted.as_ref());
            body.one(need.buyer.as_ref());
            body.one(need.budget.as_ref().map(|budget| &budget.text));
            body.one(need.project_no.as_ref());
        }
        Record::List(list) => {
            body.one(list.doc_number.as_ref());
            body.many(&list.issuers);
            body.one(list.announced.as_ref());
            for entry in &list.entries {
                body.one(Some(&entry.name));
                body.one(entry.note.as_ref());
            }
        }
    }
}

fn clauses<'a>(clauses: &'a [Clause], body: &mut Body<'a>) {
    for clause in clauses {
        body.text(Some(&clause.title));
        body.text(clause.summary.as_ref());
    }
}

fn targets<'a>(targets: &'a [Target], body: &mut Body<'a>) {
    for target in targets {
        body.text(Some(&target.what));
        body.one(Some(&target.value));
        body.text(target.unit.as_ref());
    }
}

fn support<'a>(support: &'a [Support], body: &mut Body<'a>) {
    for measure in support {
        body.text(measure.eligible.as_ref());
        body.text(measure.amount.as_ref());
    }
}
