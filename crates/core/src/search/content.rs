//! Everything that a reader can read in a record, piece by piece: what is searched, verified against
//! literals, marked and quoted in lists.
//!
//! Names come apart from the body, because they weigh more. Not here: names of taxonomy codes (the query is
//! resolved to codes instead), lists, sources, links.

use serde_json::Value;

use crate::model::private::COLUMNS;
use crate::model::{Clause, Record, Support, Target, Text};

/// The field in which names stand, other names too.
pub const NAME: &str = "name";

/// A piece of text and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The field, as [`crate::model::Inferred`] names it.
    pub field: &'static str,
    /// The text.
    pub text: &'a str,
}

/// The pieces of a record.
#[derive(Debug, Default)]
pub struct Content<'a> {
    /// Names in both languages.
    pub names: Vec<&'a str>,
    /// Other names.
    pub aliases: Vec<&'a str>,
    /// Everything else, what describes the record best first.
    pub body: Vec<Piece<'a>>,
    /// Columns of an imported table that fill no field: found like the body. They may hold anything, so nothing is matched
    /// by them.
    pub columns: Vec<&'a str>,
}

impl<'a> Content<'a> {
    /// Takes a record apart.
    pub fn of(record: &'a Record) -> Self {
        let head = record.head();
        let mut body = Body(Vec::new());
        body.text("summary", head.summary.as_ref());
        own_fields(record, &mut body);
        for outcome in &head.outcomes {
            body.one("outcomes", Some(&outcome.metric));
            body.one("outcomes", outcome.value.as_ref());
            body.one("outcomes", outcome.unit.as_ref());
            body.one("outcomes", outcome.baseline.as_ref());
        }
        body.many("field", &head.field);
        body.many("technique_text", &head.technique_text);
        body.one("city", head.city.as_ref());
        for note in &head.notes {
            body.text("notes", Some(note));
        }
        for membership in &head.lists {
            body.one("lists.group", membership.group.as_ref());
        }
        body.one("website", head.website.as_ref());
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
            .copied()
            .chain(self.body.iter().map(|piece| piece.text))
            .chain(self.columns.iter().copied())
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

struct Body<'a>(Vec<Piece<'a>>);

impl<'a> Body<'a> {
    fn add(&mut self, field: &'static str, texts: impl Iterator<Item = &'a str>) {
        let texts = texts.filter(|text| !text.is_empty());
        self.0.extend(texts.map(|text| Piece { field, text }));
    }

    fn one(&mut self, field: &'static str, text: Option<&'a String>) {
        self.add(field, text.into_iter().map(String::as_str));
    }

    fn many(&mut self, field: &'static str, texts: &'a [String]) {
        self.add(field, texts.iter().map(String::as_str));
    }

    fn text(&mut self, field: &'static str, text: Option<&'a Text>) {
        self.add(field, text.into_iter().flat_map(Text::all));
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
            body.text("problem", scenario.problem.as_ref());
            body.text("approach", scenario.approach.as_ref());
            body.text("data_needed", scenario.data_needed.as_ref());
            body.text("prerequisites", scenario.prerequisites.as_ref());
            body.one("opened_by", scenario.opened_by.as_ref());
        }
        Record::Enterprise(enterprise) => body.one("credit_code", enterprise.credit_code.as_ref()),
        Record::Provider(provider) => {
            body.many("products", &provider.products);
            body.many("offers", &provider.offers);
            body.many("qualifications", &provider.qualifications);
            body.one("founded", provider.founded.as_ref());
            body.one("credit_code", provider.credit_code.as_ref());
        }
        Record::Solution(solution) => {
            body.text("capability", solution.capability.as_ref());
            body.text("prerequisites", solution.prerequisites.as_ref());
            body.one("provider", solution.provider.as_ref());
            body.one("delivery_text", solution.delivery_text.as_ref());
            body.one("price", solution.price.as_ref());
        }
        Record::Case(case) => {
            body.text("problem", case.problem.as_ref());
            body.text("approach", case.approach.as_ref());
            body.one("enterprise", case.enterprise.as_ref());
            body.one("provider", case.provider.as_ref());
        }
        Record::Base(base) => {
            for service in &base.services {
                body.text("services", Some(service));
            }
            body.text("entry", base.entry.as_ref());
            body.one("host", base.host.as_ref());
            body.many("partners", &base.partners);
        }
        Record::Dataset(dataset) => {
            body.one("holder", dataset.holder.as_ref());
            body.one("data_kind", dataset.data_kind.as_ref());
            body.one("size", dataset.size.as_ref());
            body.one("licence", dataset.licence.as_ref());
        }
        Record::Model(model) => {
            body.one("developer", model.developer.as_ref());
            body.one("algorithm_name", model.algorithm_name.as_ref());
            body.one("base_model", model.base_model.as_ref());
            body.one("filing_no", model.filing_no.as_ref());
            body.one("algorithm_filing_no", model.algorithm_filing_no.as_ref());
        }
        Record::Document(document) => {
            body.one("doc_number", document.doc_number.as_ref());
            body.many("issuers", &document.issuers);
            clauses(&document.clauses, body);
            targets(&document.targets, body);
            support(&document.support, body);
        }
        Record::Need(need) => {
            body.text("problem", need.problem.as_ref());
            body.text("wanted", need.wanted.as_ref());
            body.one("data_text", need.data_text.as_ref());
            body.one("buyer", need.buyer.as_ref());
            body.one("budget", need.budget.as_ref().map(|budget| &budget.text));
            body.one("project_no", need.project_no.as_ref());
        }
        Record::List(list) => {
            body.one("doc_number", list.doc_number.as_ref());
            body.many("issuers", &list.issuers);
            body.one("announced", list.announced.as_ref());
            for entry in &list.entries {
                body.one("entries", Some(&entry.name));
                body.one("entries", entry.note.as_ref());
            }
        }
    }
}

fn clauses<'a>(clauses: &'a [Clause], body: &mut Body<'a>) {
    for clause in clauses {
        body.text("clauses", Some(&clause.title));
        body.text("clauses", clause.summary.as_ref());
    }
}

fn targets<'a>(targets: &'a [Target], body: &mut Body<'a>) {
    for target in targets {
        body.text("targets", Some(&target.what));
        body.one("targets", Some(&target.value));
        body.text("targets", target.unit.as_ref());
    }
}

fn support<'a>(support: &'a [Support], body: &mut Body<'a>) {
    for measure in support {
        body.text("support", measure.eligible.as_ref());
        body.text("support", measure.amount.as_ref());
    }
}
