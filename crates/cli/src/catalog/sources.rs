//! Where the facts of an entry come from, and the results with the pages that report them.

use atlas_core::model::{Date, Head, Outcome, Source, Status};

use super::CatalogError;
use super::entry::{self, Entry};
use super::head::{date, entry_fault};
use super::remarks::Remarks;

/// Date on which the sources were last checked.
const CHECKED: &str = "2026-11-22";

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

/// Adds the results of an entry to a head.
pub(crate) fn outcomes(entry: &Entry, remarks: &Remarks, head: &mut Head) {
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

#[cfg(test)]
mod tests {
    use super::*;

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
