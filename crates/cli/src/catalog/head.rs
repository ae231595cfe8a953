//! What all records of an entry share: name, place, field, sources, list, doubts, marks.
//!
//! Nothing is concluded here. A printed word becomes a code only where a taxonomy has that very word as
//! name or alias; what whoever gathered the source concluded keeps its mark (`by: source`).

use atlas_core::model::{Code, Date, Doubt, Head, Inferred, Membership, Name, Taxonomies, Text};

use super::entry::{Entry, word};
use super::remarks::{Remarks, has_han};
use super::sources::{outcomes, sources};
use super::{CatalogError, lists, place};

/// A printed name: Chinese where it has Chinese characters, else English.
pub(crate) fn name(printed: &str) -> Name {
    if has_han(printed) {
        Name::zh(printed)
    } else {
        Name {
            en: Some(printed.to_owned()),
            ..Name::default()
        }
    }
}

/// The code of a printed word, where the taxonomy has that word as name or alias.
pub(crate) fn code(taxonomy: &str, printed: &str) -> Option<Code> {
    let taxonomy = Taxonomies::bundled().get(taxonomy)?;
    let term = taxonomy.terms.iter().find(|term| {
        term.zh == printed
            || term.en.eq_ignore_ascii_case(printed)
            || term.aliases.iter().any(|alias| alias == printed)
    })?;
    Some(term.code.clone())
}

/// The industry of a printed word: the code in brackets, the policy group of that name, or the division.
pub(crate) fn industry(printed: &str) -> Option<Code> {
    let bracketed = printed
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    if let Some((_, inner)) = bracketed
        && Taxonomies::bundled().term("industry", inner).is_some()
    {
        return Some(Code::from(inner));
    }
    code("industry_group", printed).or_else(|| code("industry", printed))
}

/// Parses a printed date.
pub(crate) fn date(entry: &Entry, printed: Option<&str>) -> Result<Option<Date>, CatalogError> {
    printed
        .map(|text| {
            Date::parse(text).map_err(|error| {
                entry_fault(
                    entry,
                    "date",
                    error.to_string(),
                    "write YYYY, YYYY-MM or YYYY-MM-DD",
                )
            })
        })
        .transpose()
}

/// An error in one field of an entry.
pub(crate) fn entry_fault(
    entry: &Entry,
    field: &str,
    reason: String,
    remedy: &str,
) -> CatalogError {
    CatalogError::Field {
        file: format!("assets/catalog/entries/{}.jsonl", entry.entry_type),
        id: entry.id.clone(),
        field: field.to_owned(),
        reason,
        remedy: remedy.to_owned(),
    }
}

/// The head of a record made from an entry.
pub(crate) fn head(entry: &Entry, remarks: &Remarks, name: Name) -> Result<Head, CatalogError> {
    let mut head = plain(entry, remarks, name)?;
    head.id.clone_from(&entry.id);
    head.name.composed |= entry.is_composed();
    head.name.aliases.extend(entry.alias.clone());
    head.region = place::regions(entry.province.as_deref(), entry.city.as_deref());
    head.city.clone_from(&entry.city);
    fields(entry, &mut head);
    techniques(entry, &mut head);
    if let Some(scenario) = &entry.scenario {
        head.typical_scenario
            .extend(code("typical_scenario", scenario));
    }
    outcomes(entry, remarks, &mut head);
    head.lists = vec![membership(entry)];
    head.website = entry.website.clone().or_else(|| {
        entry
            .url
            .clone()
            .filter(|_| entry.official_site == Some(true))
    });
    if let Some(url) = entry
        .url
        .as_ref()
        .filter(|_| entry.official_site == Some(false))
    {
        head.notes.push(Text {
            zh: Some(format!("介绍页（非官网）：{url}")),
            en: Some(format!("Page about it (not its own site): {url}")),
        });
    }
    head.notes.extend(notes(entry, remarks));
    if let Some(doubt) = &entry.doubt {
        head.doubts.push(Doubt {
            field: remarks.field(doubt),
            text: remarks.text(doubt),
        });
    }
    head.name.composed |= entry.is_concluded("name");
    head.inferred = marks(entry);
    // Codes that are not there yet can only come from rules, which leave their own mark.
    let given = [
        ("industry", head.industry.is_empty()),
        ("technique", head.technique.is_empty()),
        ("typical_scenario", head.typical_scenario.is_empty()),
    ];
    head.inferred
        .retain(|mark| !given.contains(&(mark.field.as_str(), true)));
    Ok(head)
}

/// A head with nothing but name, level, date and source: for records derived from a name in an entry.
pub(crate) fn plain(entry: &Entry, remarks: &Remarks, name: Name) -> Result<Head, CatalogError> {
    Ok(Head {
        name,
        level: entry
            .level
            .as_deref()
            .and_then(|level| code("level", level)),
        date: date(entry, entry.date.as_deref())?,
        sources: sources(entry, remarks)?,
        ..Head::default()
    })
}

fn fields(entry: &Entry, head: &mut Head) {
    let printed = entry
        .industry
        .iter()
        .chain(&entry.domain)
        .chain(&entry.field)
        .chain(&entry.industries);
    for text in printed.filter(|text| *text != "other") {
        if !head.field.contains(text) {
            head.field.push(text.clone());
        }
        if let Some(code) = industry(text).filter(|code| !head.industry.contains(code)) {
            head.industry.push(code);
        }
    }
}

fn techniques(entry: &Entry, head: &mut Head) {
    let Some(text) = entry
        .technique
        .as_ref()
        .filter(|text| !text.starts_with("基座 "))
    else {
        return;
    };
    for part in text
        .split(['、', '；'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        head.technique_text.push(part.to_owned());
        if let Some(code) = code("technique", part).filter(|code| !head.technique.contains(code)) {
            head.technique.push(code);
        }
    }
}

/// That the record of an entry stands on the entry's list.
pub(crate) fn membership(entry: &Entry) -> Membership {
    let category = entry
        .category
        .as_ref()
        .filter(|_| entry.entry_type == "benchmark_enterprise");
    let groups: Vec<&str> = [
        entry.group.as_ref(),
        entry.subgroup.as_ref(),
        category,
        entry.batch.as_ref(),
        entry.stage.as_ref(),
        entry.揭榜方向.as_ref(),
        entry
            .细分领域
            .as_ref()
            .filter(|field| entry.揭榜方向.as_ref() != Some(*field)),
    ]
    .into_iter()
    .flatten()
    .map(String::as_str)
    .collect();
    Membership {
        list: format!("list/{}", lists::id(&entry.list)),
        no: entry.list_no.or(entry.row),
        group: Some(groups.join(" / ")).filter(|group| !group.is_empty()),
        score: entry.review_score.map(|score| format!("{score:.1}")),
        source: "s1".to_owned(),
    }
}

fn notes(entry: &Entry, remarks: &Remarks) -> Vec<Text> {
    let mut notes: Vec<Text> = Vec::new();
    notes.extend(entry.detail.as_deref().map(Text::zh));
    notes.extend(
        entry
            .推荐单位
            .as_ref()
            .map(|body| Text::zh(format!("推荐单位：{body}"))),
    );
    notes.extend(entry.note.as_deref().map(|note| remarks.text(note)));
    notes.extend(entry.date_note.as_deref().map(|note| {
        let text = remarks.text(note);
        Text {
            zh: text.zh.map(|zh| format!("日期：{zh}")),
            en: text.en.map(|en| format!("Date: {en}")),
        }
    }));
    notes
}

/// The marks of what whoever gathered the source concluded. Marks of fields that the record does not
/// have are dropped later, when all fields are known.
fn marks(entry: &Entry) -> Vec<Inferred> {
    let mut marks: Vec<Inferred> = Vec::new();
    for item in &entry.inferred_not_printed {
        let fields: &[&str] = match word(item) {
            "province" => &["region"],
            "industry" | "domain" | "industries" => &["field", "industry"],
            "technique" => &["technique_text", "technique", "base_model"],
            "list_no" => &["lists.no"],
            "scenario" => &["typical_scenario", "links.instance_of"],
            "stage" => &["lists.group"],
            "issuer" => &["sources.issuer"],
            "wording" => &["name"],
            other => &[other],
        };
        for field in fields {
            let mark = Inferred {
                field: (*field).to_owned(),
                by: "source".to_owned(),
            };
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_industries_map_by_their_own_words() {
        for (text, want) in [
            ("黑色金属冶炼和压延加工业(C31)", Some("C31")),
            ("卫生健康", Some("health")),
            ("汽车", Some("equipment")),
            ("制造业", Some("manufacturing")),
            ("软件与互联网", Some("software")),
            ("多学科", None),
            ("虚构行业(C99)", None),
        ] {
            assert_eq!(industry(text), want.map(Code::from), "{text}");
        }
    }
}
