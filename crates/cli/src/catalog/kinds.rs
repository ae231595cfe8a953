//! Entries to draft records for the kinds that need no more than their own fields.

use atlas_core::model::{
    Base, Code, Dataset, Model, Name, Need, Provider, Record, Scenario, Solution, Text,
};

use super::CatalogError;
use super::convert::{Tables, is_short, named_provider, required, suppliers, text, tiers, titled};
use super::entry::Entry;
use super::head::{self, code};
use super::money::money;

/// The record of a scenario line.
pub(crate) fn scenario(entry: &Entry, tables: &Tables) -> Result<Record, CatalogError> {
    let mut head = titled(entry, tables)?;
    if entry.list.starts_with("智能制造典型场景参考指引") {
        head.typical_scenario = entry
            .list_no
            .map(|no| Code(no.to_string()))
            .into_iter()
            .collect();
    }
    Ok(Record::Scenario(Box::new(Scenario {
        head,
        problem: text(entry.problem.as_ref()),
        approach: text(entry.solution.as_ref()),
        extra: entry.extra.clone(),
        ..Scenario::default()
    })))
}

/// The record of a provider line.
pub(crate) fn provider(entry: &Entry, tables: &Tables) -> Result<Record, CatalogError> {
    let firm = entry.enterprise.as_ref().or(entry.name.as_ref());
    let firm = required(entry, "enterprise", firm)?;
    let name = Name {
        short: is_short(entry),
        ..head::name(firm)
    };
    let head = head::head(entry, &tables.remarks, name)?;
    let product = entry.name.clone().filter(|name| name != firm);
    // An open innovation platform names the field in which the firm is open, not a product.
    let is_field = entry.list.contains("开放创新平台");
    let (offers, product) = if is_field {
        (product, None)
    } else {
        (None, product)
    };
    Ok(Record::Provider(Box::new(Provider {
        head,
        tier: tiers(entry),
        founded: entry.founded.clone(),
        products: entry.products.iter().cloned().chain(product).collect(),
        offers: offers.into_iter().collect(),
        extra: entry.extra.clone(),
        ..Provider::default()
    })))
}

/// The record of a solution line, and those of the providers that it names.
pub(crate) fn solution(entry: &Entry, tables: &Tables) -> Result<Vec<Record>, CatalogError> {
    let head = titled(entry, tables)?;
    let firm = entry.provider.as_ref().or(entry.enterprise.as_ref());
    let record = Solution {
        head,
        provider: firm.cloned(),
        category: entry
            .category
            .as_deref()
            .and_then(|category| code("solution_category", category))
            .into_iter()
            .collect(),
        delivery: entry
            .delivery_form
            .as_deref()
            .map(delivery)
            .unwrap_or_default(),
        delivery_text: entry.delivery_form.clone(),
        capability: text(entry.capability.as_ref()),
        extra: entry.extra.clone(),
        ..Solution::default()
    };
    let mut records = vec![Record::Solution(Box::new(record))];
    for firm in firm
        .map(|printed| suppliers(&tables.names, printed))
        .unwrap_or_default()
    {
        records.push(named_provider(entry, tables, &firm)?);
    }
    Ok(records)
}

/// Delivery forms by the words that a printed form is made of.
fn delivery(printed: &str) -> Vec<Code> {
    const WORDS: [(&str, &str); 6] = [
        ("订阅", "saas"),
        ("API", "api"),
        ("私有化", "on_premises"),
        ("一体机", "appliance"),
        ("定制", "custom"),
        ("嵌入", "embedded"),
    ];
    let mut codes: Vec<Code> = WORDS
        .iter()
        .filter(|(word, _)| printed.contains(word))
        .map(|(_, code)| Code::from(*code))
        .collect();
    if printed.contains("Web") {
        codes.push(Code::from("web"));
    }
    codes
}

/// The record of a pilot base line.
pub(crate) fn base(entry: &Entry, tables: &Tables) -> Result<Record, CatalogError> {
    let mut head = titled(entry, tables)?;
    let (host, named): (Option<&String>, Option<&String>) = match &entry.enterprise {
        Some(printed) if tables.names.of(printed).is_empty() => (None, Some(printed)),
        printed => (printed.as_ref(), None),
    };
    // Who is named beside a base without being its host is told, but not as its host.
    head.notes.extend(named.map(|printed| Text {
        zh: Some(format!("来源提及：{printed}")),
        en: Some(format!("Named in the source: {printed}")),
    }));
    Ok(Record::Base(Box::new(Base {
        head,
        host: host.cloned(),
        partners: entry.partners.clone(),
        extra: entry.extra.clone(),
        ..Base::default()
    })))
}

/// The record of a dataset line.
pub(crate) fn dataset(entry: &Entry, tables: &Tables) -> Result<Record, CatalogError> {
    Ok(Record::Dataset(Box::new(Dataset {
        head: titled(entry, tables)?,
        holder: entry.enterprise.clone(),
        data_kind: entry.kind.clone(),
        size: entry.size.clone(),
        licence: None,
        extra: entry.extra.clone(),
    })))
}

/// The record of a model line.
pub(crate) fn model(entry: &Entry, tables: &Tables) -> Result<Record, CatalogError> {
    let mut head = titled(entry, tables)?;
    let printed = required(entry, "name", entry.name.as_ref())?;
    head.name.aliases.extend(model_aliases(printed));
    Ok(Record::Model(Box::new(Model {
        head,
        developer: entry.enterprise.clone(),
        filing_no: entry.filing_no.clone(),
        algorithm_filing_no: entry.algorithm_filing_no.clone(),
        algorithm_name: entry.algorithm_name.clone(),
        base_model: entry
            .technique
            .as_deref()
            .and_then(|text| text.strip_prefix("基座 "))
            .map(str::to_owned),
        extra: entry.extra.clone(),
    })))
}

/// The single names in `A（B）` and `A, B`. A bracket that tells a variant, as in 通义万相（视频）, is no name.
fn model_aliases(printed: &str) -> Vec<String> {
    let spaced = printed.replace(['(', '（', ')', '）', ',', '，', '、'], "\n");
    let parts: Vec<&str> = spaced
        .lines()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let is_variant = parts.iter().any(|part| ["图像", "视频"].contains(part))
        || parts.iter().any(|part| part.contains("助手"));
    if parts.len() < 2 || is_variant {
        return Vec::new();
    }
    parts.into_iter().map(str::to_owned).collect()
}

/// The record of a need line.
pub(crate) fn need(entry: &Entry, tables: &Tables) -> Result<Record, CatalogError> {
    let kind = match entry.need_kind.as_deref() {
        Some(kind) => code("need_kind", kind),
        None if entry.list.contains("机会") => Some(Code::from("opportunity")),
        None => None,
    };
    let wanted = entry.solution_wanted.as_ref().or(entry.need.as_ref());
    Ok(Record::Need(Box::new(Need {
        head: titled(entry, tables)?,
        buyer: entry.enterprise.clone(),
        need_kind: kind,
        problem: text(entry.problem.as_ref()),
        wanted: text(wanted),
        budget: entry.budget.as_deref().map(money),
        noticed: head::date(entry, entry.date.as_deref())?,
        deadline: head::date(entry, entry.deadline.as_deref())?,
        project_no: entry.project_no.clone(),
        extra: entry.extra.clone(),
        ..Need::default()
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_names_of_a_model_are_found_but_a_variant_is_no_name() {
        assert_eq!(model_aliases("BianQue (扁鹊)"), ["BianQue", "扁鹊"]);
        assert_eq!(model_aliases("CPM,CPM-Bee"), ["CPM", "CPM-Bee"]);
        assert!(model_aliases("通义万相（视频）").is_empty());
        assert!(model_aliases("星火").is_empty());
    }

    #[test]
    fn delivery_forms_are_read_from_their_words() {
        let codes = |text: &str| {
            delivery(text)
                .into_iter()
                .map(|code| code.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(codes("多租户账号订阅Web"), ["saas", "web"]);
        assert_eq!(codes("API+Web"), ["api", "web"]);
        assert_eq!(codes("智能体、Web嵌入"), ["embedded", "web"]);
        assert_eq!(codes("面谈"), Vec::<String>::new());
    }
}
