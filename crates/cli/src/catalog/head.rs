//! What all records of an entry share: name, place, field, sources, list, doubts, marks.
//!
//! Nothing is concluded here. A printed word becomes a code only where a taxonomy has that very word as
//! name or alias; what whoever gathered the source concluded keeps its mark (`by: source`).

use std::collections::BTreeMap;
use std::path::Path;

use atlas_core::model::{
    Code, Date, Doubt, Head, Inferred, Membership, Name, Outcome, Source, Status, Taxonomies, Text,
};
use serde::Deserialize;

use super::entry::{self, Entry, word};
use super::{CatalogError, lists, place};

/// Date on which the sources were last checked.
const CHECKED: &str = "2026-11-22";

#[derive(Deserialize)]
struct RemarkRow {
    remark: String,
    zh: String,
    field: String,
}

/// Chinese wording of the English remarks in entries, and the field that a doubt is about.
#[derive(Debug, Default)]
pub(crate) struct Remarks(BTreeMap<String, (String, Option<String>)>);

impl Remarks {
    /// Reads `assets/catalog/remarks.csv`.
    pub(crate) fn read(root: &Path) -> Result<Self, CatalogError> {
        let rows = super::read_csv::<RemarkRow>(root, "assets/catalog/remarks.csv")?;
        Ok(Self(
            rows.into_iter()
                .map(|row| {
                    (
                        row.remark,
                        (row.zh, Some(row.field).filter(|field| !field.is_empty())),
                    )
                })
                .collect(),
        ))
    }

    /// A remark in the languages in which there is one.
    pub(crate) fn text(&self, remark: &str) -> Text {
        match self.0.get(remark) {
            Some((zh, _)) => Text {
                zh: Some(zh.clone()),
                en: Some(remark.to_owned()),
            },
            None if has_han(remark) => Text::zh(remark),
            None => Text {
                zh: None,
                en: Some(remark.to_owned()),
            },
        }
    }

    fn field(&self, remark: &str) -> Option<String> {
        self.0.get(remark).and_then(|(_, field)| field.clone())
    }

    fn zh(&self, remark: &str) -> Option<String> {
        self.0.get(remark).map(|(zh, _)| zh.clone())
    }
}

/// Whether a text has Chinese characters.
pub(crate) fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

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

/// How far an entry's source was verified.
pub(crate) fn status(trust: &str) -> Option<Status> {
    // Longer beginnings first: "third-party copy" was read in full, other pages only as excerpts.
    const STATUSES: [(&str, Status); 10] = [
        ("third-party copy read", Status::ThirdParty),
        ("text read in a public repository file", Status::ThirdParty),
        (
            "institute's own site; table row read in full",
            Status::ThirdParty,
        ),
        ("community list", Status::Community),
        ("third-party page", Status::Excerpt),
        ("excerpt read", Status::Excerpt),
        ("people.cn text on a third-party page", Status::Excerpt),
        ("park authority site, excerpt", Status::Excerpt),
        ("news site, excerpt", Status::Excerpt),
        ("short or brand name as printed", Status::Excerpt),
    ];
    STATUSES
        .iter()
        .find(|(beginning, _)| trust.starts_with(beginning))
        .map(|(_, status)| *status)
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

/// The sources of an entry: what was read, and a second page where there is one.
pub(crate) fn sources(entry: &Entry, remarks: &Remarks) -> Result<Vec<Source>, CatalogError> {
    let status = status(&entry.trust).ok_or_else(|| {
        entry_fault(
            entry,
            "trust",
            format!("{:?} is not a known wording", entry.trust),
            "use one that the README lists",
        )
    })?;
    let note: Vec<String> = entry
        .source_note
        .iter()
        .chain(Some(&entry.trust))
        .filter_map(|remark| remarks.zh(remark))
        .collect();
    let first = Source {
        key: "s1".to_owned(),
        cited: entry.source.clone(),
        title: Some(entry.list.clone()),
        official: entry.official().map(str::to_owned),
        issuer: entry.issuer.clone(),
        date: date(entry, entry.date.as_deref())?,
        checked: checked(),
        status,
        licence: entry.licence.clone(),
        note: Some(note.join("；")).filter(|note| !note.is_empty()),
        fields: Vec::new(),
    };
    let mut sources = vec![first];
    if let Some(second) = &entry.source2 {
        sources.push(Source {
            key: "s2".to_owned(),
            cited: second.clone(),
            official: None,
            note: None,
            ..sources[0].clone()
        });
    }
    Ok(sources)
}

/// The date on which sources were last checked.
pub(crate) fn checked() -> Date {
    Date::parse(CHECKED).expect("the constant is a date")
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

fn outcomes(entry: &Entry, remarks: &Remarks, head: &mut Head) {
    if entry.outcomes.is_empty() {
        return;
    }
    let mut keys = vec!["s1".to_owned()];
    if let Some(trust) = &entry.outcome_trust {
        // The figures come from elsewhere, gathered by a community: they have sources of their own.
        let template = Source {
            key: String::new(),
            cited: entry.source.clone(),
            title: None,
            official: None,
            issuer: None,
            date: None,
            checked: checked(),
            status: Status::Community,
            licence: None,
            note: remarks.zh(trust),
            fields: vec!["outcomes".to_owned()],
        };
        let mut pages: Vec<Source> = entry
            .outcome_sources
            .iter()
            .map(|page| Source {
                cited: page.url.clone(),
                issuer: page.publisher.clone(),
                ..template.clone()
            })
            .collect();
        if pages.is_empty() {
            pages.push(template);
        }
        keys.clear();
        for mut page in pages {
            page.key = format!("s{}", head.sources.len() + 1);
            keys.push(page.key.clone());
            head.sources.push(page);
        }
    }
    head.outcomes = entry
        .outcomes
        .iter()
        .map(|result| match result {
            entry::Result::Sentence(metric) => Outcome {
                metric: metric.clone(),
                sources: keys.clone(),
                ..Outcome::default()
            },
            entry::Result::Parts {
                metric,
                value,
                unit,
                baseline,
            } => Outcome {
                metric: metric.clone(),
                value: value.clone(),
                unit: unit.clone(),
                baseline: baseline.clone(),
                sources: keys.clone(),
            },
        })
        .collect();
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

    #[test]
    fn nothing_counts_as_confirmed() {
        assert_eq!(status("third-party copy read"), Some(Status::ThirdParty));
        assert_eq!(
            status(
                "third-party page or mirror, excerpt read; check against the official list before bundling"
            ),
            Some(Status::Excerpt)
        );
        assert_eq!(
            status("community list; not an official register; date is that of the snapshot"),
            Some(Status::Community)
        );
        assert_eq!(status("official text read"), None);
    }
}
