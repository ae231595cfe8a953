//! Entries to draft records, one function a kind.
//!
//! The record that an entry is about has the entry's id; organisations that it only names get an id made
//! from the name. Zones, policies and clauses become parts of lists and documents elsewhere.

use atlas_core::model::{Case, Code, Enterprise, Head, Inferred, Name, Provider, Record, Text};

use super::entry::Entry;
use super::head::{self, code};
use super::merge::Draft;
use super::names::{Names, Organisation, derived_id};
use super::remarks::Remarks;
use super::{CatalogError, kinds, place};

/// The hand-written tables that conversion looks things up in.
pub(crate) struct Tables {
    pub(crate) names: Names,
    pub(crate) remarks: Remarks,
}

/// The draft records of one entry, the one that it is about first.
pub(crate) fn drafts(entry: &Entry, tables: &Tables) -> Result<Vec<Draft>, CatalogError> {
    if entry.leave_out.is_some() {
        return Ok(Vec::new());
    }
    let records = match entry.shown_as.as_deref().unwrap_or(&entry.entry_type) {
        "benchmark_enterprise" => benchmark(entry, tables)?,
        // A firm named on a list of scenarios is the one that applies it: its line is a case.
        "scenario" if entry.enterprise.is_some() => case(entry, tables)?,
        "scenario" => vec![kinds::scenario(entry, tables)?],
        "case" => case(entry, tables)?,
        "provider" => vec![kinds::provider(entry, tables)?],
        "solution" => kinds::solution(entry, tables)?,
        "pilot_base" => vec![kinds::base(entry, tables)?],
        "dataset" => vec![kinds::dataset(entry, tables)?],
        "model" => vec![kinds::model(entry, tables)?],
        "need" => vec![kinds::need(entry, tables)?],
        "zone" | "policy" | "clause" => Vec::new(),
        other => {
            return Err(head::entry_fault(
                entry,
                "shown_as",
                format!("{other:?} is not a type"),
                "use a type of entry",
            ));
        }
    };
    Ok(records
        .into_iter()
        .map(|record| Draft {
            record,
            from: vec![entry.id.clone()],
        })
        .collect())
}

/// A field that a line of its type must have.
pub(crate) fn required<'a>(
    entry: &'a Entry,
    field: &str,
    value: Option<&'a String>,
) -> Result<&'a str, CatalogError> {
    value
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .ok_or_else(|| {
            head::entry_fault(
                entry,
                field,
                "is missing".to_owned(),
                "give it, or set leave_out with a reason",
            )
        })
}

/// The head of a record whose name the line prints.
pub(crate) fn titled(entry: &Entry, tables: &Tables) -> Result<Head, CatalogError> {
    head::head(
        entry,
        &tables.remarks,
        head::name(required(entry, "name", entry.name.as_ref())?),
    )
}

/// A printed text.
pub(crate) fn text(printed: Option<&String>) -> Option<Text> {
    printed.map(|text| Text::zh(text.as_str()))
}

/// Whether the organisation of a line is printed under a brand or short name.
pub(crate) fn is_short(entry: &Entry) -> bool {
    entry.name_is_short || entry.trust.starts_with("short or brand name")
}

/// Tiers that an entry prints, or that its list confers by its title.
pub(crate) fn tiers(entry: &Entry) -> Vec<Code> {
    const BY_LIST: [(&str, &str); 5] = [
        ("优秀场景", "excellent_scenario"),
        ("示范工厂", "demo_factory"),
        ("人工智能试点示范", "provincial_demo"),
        ("人工智能开放创新平台", "open_platform"),
        ("领军服务机构", "service_leader"),
    ];
    match &entry.tier {
        Some(tier) => code("tier", tier).into_iter().collect(),
        None => BY_LIST
            .iter()
            .filter(|(title, _)| entry.list.contains(title))
            .map(|(_, tier)| Code::from(*tier))
            .collect(),
    }
}

fn benchmark(entry: &Entry, tables: &Tables) -> Result<Vec<Record>, CatalogError> {
    let firm = required(entry, "enterprise", entry.enterprise.as_ref())?;
    let name = Name {
        short: is_short(entry),
        ..head::name(firm)
    };
    let mut shared = head::head(entry, &tables.remarks, name)?;
    let mut records = Vec::new();
    if entry.name.is_some() || !entry.outcomes.is_empty() {
        records.push(project(entry, firm, &shared));
        // The results are those of the project, and stand there.
        shared.outcomes.clear();
        shared.sources.retain(|source| source.fields.is_empty());
    }
    let enterprise = Enterprise {
        head: shared,
        tier: tiers(entry),
        extra: entry.extra.clone(),
        ..Enterprise::default()
    };
    records.insert(0, Record::Enterprise(Box::new(enterprise)));
    Ok(records)
}

/// The project for which an enterprise is on a list.
fn project(entry: &Entry, firm: &str, enterprise: &Head) -> Record {
    let mut head = enterprise.clone();
    if let Some(name) = &entry.name {
        head.name = head::name(name);
    } else {
        let title = entry.tier.as_deref().unwrap_or(&entry.list);
        let title = if title.ends_with('级') {
            format!("{title}智能工厂")
        } else {
            title.to_owned()
        };
        head.name = Name {
            composed: true,
            ..Name::zh(format!("{firm}{title}"))
        };
        // The list names the enterprise, not this project.
        head.lists.clear();
    }
    Record::Case(Box::new(Case {
        head,
        enterprise: Some(firm.to_owned()),
        ..Case::default()
    }))
}

fn case(entry: &Entry, tables: &Tables) -> Result<Vec<Record>, CatalogError> {
    let mut head = titled(entry, tables)?;
    // A case that bears the very name of a typical scenario is on record as that scenario.
    if head.typical_scenario.is_empty() && entry.entry_type == "scenario" {
        head.typical_scenario.extend(
            entry
                .name
                .as_deref()
                .and_then(|name| code("typical_scenario", name)),
        );
    }
    head.name.short |= entry.entry_type == "case" && is_short(entry);
    let from_base = entry.entry_type == "pilot_base";
    if let Some(amount) = &entry.budget {
        head.notes.push(Text {
            zh: Some(format!("金额：{amount}")),
            en: Some(format!("Amount: {amount}")),
        });
    }
    // A project of a pilot base names the firm that won it, which is the supplier.
    let (enterprise, supplier) = if from_base {
        (None, entry.enterprise.as_ref())
    } else {
        (entry.enterprise.as_ref(), entry.provider.as_ref())
    };
    let record = Case {
        head,
        enterprise: enterprise.cloned(),
        provider: supplier.cloned(),
        problem: text(entry.problem.as_ref()),
        approach: text(entry.solution.as_ref()),
        maturity: None,
        extra: entry.extra.clone(),
    };
    let mut records = vec![Record::Case(Box::new(record))];
    let firms = enterprise
        .map(|printed| tables.names.of(printed))
        .unwrap_or_default();
    let alone = firms.len() == 1;
    for firm in &firms {
        let mut head = organisation(entry, tables, "e", firm)?;
        head.name.short = entry.entry_type == "scenario" && is_short(entry);
        // A province that whoever gathered the source concluded is the firm's known seat.
        if alone && entry.is_concluded("province") {
            head.region = place::regions(entry.province.as_deref(), entry.city.as_deref());
            head.inferred.push(Inferred {
                field: "region".to_owned(),
                by: "source".to_owned(),
            });
        }
        let tier = if entry.entry_type == "scenario" {
            tiers(entry)
        } else {
            Vec::new()
        };
        if !tier.is_empty() {
            head.lists.push(head::membership(entry));
        }
        records.push(Record::Enterprise(Box::new(Enterprise {
            head,
            tier,
            ..Enterprise::default()
        })));
    }
    for firm in supplier
        .map(|printed| suppliers(&tables.names, printed))
        .unwrap_or_default()
    {
        records.push(named_provider(entry, tables, &firm)?);
    }
    Ok(records)
}

/// The providers that a text names. A bracketed remark at the end says which product was used.
pub(crate) fn suppliers(names: &Names, printed: &str) -> Vec<Organisation> {
    let listed = names.of(printed);
    if listed.len() != 1 || listed[0].name != printed {
        return listed;
    }
    match printed
        .strip_suffix('）')
        .and_then(|text| text.rsplit_once('（'))
    {
        Some((name, _)) => names.of(name),
        None => listed,
    }
}

/// The head of a record made from a name alone.
fn organisation(
    entry: &Entry,
    tables: &Tables,
    prefix: &str,
    named: &Organisation,
) -> Result<Head, CatalogError> {
    let name = Name {
        aliases: named.aliases.clone(),
        ..head::name(&named.name)
    };
    let mut head = head::plain(entry, &tables.remarks, name)?;
    head.id = derived_id(prefix, &named.name);
    // The level is that of the list on which the case stands, not of the organisation.
    head.level = None;
    Ok(head)
}

/// A provider that a line only names.
pub(crate) fn named_provider(
    entry: &Entry,
    tables: &Tables,
    firm: &Organisation,
) -> Result<Record, CatalogError> {
    let mut head = organisation(entry, tables, "p", firm)?;
    head.name.short = entry.entry_type == "solution" && is_short(entry);
    Ok(Record::Provider(Box::new(Provider {
        head,
        ..Provider::default()
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supplier_is_named_without_the_product_in_brackets() {
        let names = Names::default();
        let found = |text: &str| {
            suppliers(&names, text)
                .into_iter()
                .map(|firm| firm.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(found("火山引擎（豆包大模型）"), ["火山引擎"]);
        assert_eq!(
            found("中移（苏州）软件技术有限公司"),
            ["中移（苏州）软件技术有限公司"]
        );
        assert_eq!(found("甲公司、乙公司"), ["甲公司", "乙公司"]);
    }
}
