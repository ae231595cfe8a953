//! Inference: the rule table `assets/catalog/rules.csv` assigns codes by words in printed texts.
//!
//! Only four fields: industry, process stage, technique, typical scenario. What a source prints in our
//! terms stands and no rule touches it. Every assigned code is marked with the rule that gave it. A rule
//! sees words only; when in doubt it must not fire, since a wrong code is worse than a missing one.
//!
//! - Industry: only the rules of the first priority that fires count, so that a narrow word wins over a
//!   broad one. An industry that whoever gathered the source concluded gives way to rules that read the
//!   name; where the two contradict each other, a doubt tells so.
//! - Typical scenarios belong to manufacturing: they are assigned only to records of its groups.
//! - A broader code is never added beside a narrower one.

use std::path::Path;

use atlas_core::model::{Code, Doubt, Head, Inferred, Kind, Record, Taxonomies, Text};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::CatalogError;

/// Fields that rules may assign, in the order in which they are inferred.
const FIELDS: [&str; 4] = ["industry", "stage", "technique", "typical_scenario"];
/// Groups of manufacturing, to which typical scenarios belong.
const MANUFACTURING: [&str; 5] = [
    "raw_materials",
    "equipment",
    "consumer_goods",
    "electronics",
    "manufacturing",
];
/// Printed texts that rules may search.
const PLACES: [&str; 6] = ["name", "field", "technique_text", "problem", "list", "any"];

/// One row of the rule table.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Rule {
    pub(crate) id: String,
    /// The field that it assigns.
    pub(crate) field: String,
    /// The printed texts that it searches, joined by `+`.
    #[serde(rename = "where")]
    pub(crate) place: String,
    /// Words of which one must occur, separated by `|`.
    contains: String,
    /// Words of which none may occur.
    unless: String,
    pub(crate) code: String,
    /// Rules of a lower number come first.
    priority: u32,
}

/// The rule table.
#[derive(Debug)]
pub(crate) struct Rules(Vec<Rule>);

/// The printed texts of a record.
struct Texts {
    name: String,
    field: String,
    technique_text: String,
    problem: String,
    list: String,
}

impl Rules {
    /// Reads and checks `assets/catalog/rules.csv`.
    pub(crate) fn read(root: &Path) -> Result<Self, CatalogError> {
        const FILE: &str = "assets/catalog/rules.csv";
        let mut rules = super::read_csv::<Rule>(root, FILE)?;
        for (idx, rule) in rules.iter().enumerate() {
            let fault = |reason: String, remedy: &str| {
                Err(CatalogError::line(FILE, idx + 2, reason, remedy))
            };
            if rules[..idx].iter().any(|other| other.id == rule.id) {
                return fault(
                    format!("the id {} comes twice", rule.id),
                    "give each rule an id of its own",
                );
            }
            if !FIELDS.contains(&rule.field.as_str()) {
                return fault(
                    format!("{} may not be inferred", rule.field),
                    "use industry, stage, technique or typical_scenario",
                );
            }
            if rule.place.split('+').any(|place| !PLACES.contains(&place)) {
                return fault(
                    format!("{} is no text", rule.place),
                    "use name, field, technique_text, problem, list or any, joined by +",
                );
            }
            if !is_known(&rule.field, &rule.code) {
                return fault(
                    format!("the code {} is in no taxonomy", rule.code),
                    "use a code of the taxonomy of the field",
                );
            }
            if rule.contains.split('|').any(|word| word.trim().is_empty()) {
                return fault(
                    "has an empty word".to_owned(),
                    "remove the | or write a word",
                );
            }
        }
        rules.sort_by(|a, b| (a.priority, &a.id).cmp(&(b.priority, &b.id)));
        Ok(Self(rules))
    }

    /// The rules, by priority and id.
    #[cfg(test)]
    pub(crate) fn rows(&self) -> &[Rule] {
        &self.0
    }

    /// Assigns codes to a record.
    pub(crate) fn apply(&self, record: &mut Record) {
        let fields = fields(record.kind());
        if fields.is_empty() {
            return;
        }
        let texts = Texts::of(record);
        let head = record.head_mut();
        for field in FIELDS.iter().filter(|field| fields.contains(field)) {
            let found: Vec<&Rule> = self
                .0
                .iter()
                .filter(|rule| rule.field == **field && rule.fires(&texts))
                .collect();
            match *field {
                "industry" => industry(head, &found),
                "typical_scenario" if !is_manufacturing(head) => {}
                field => add(head, field, &found),
            }
        }
    }
}

fn is_known(field: &str, code: &str) -> bool {
    let taxonomies = Taxonomies::bundled();
    taxonomies.term(field, code).is_some()
        || field == "industry" && taxonomies.term("industry_group", code).is_some()
}

/// The fields that rules may assign to records of a kind. The name of a firm tells its trade, but not what
/// it does with AI; a provider's trade is not that of its customers.
fn fields(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Scenario | Kind::Case | Kind::Solution | Kind::Need => &FIELDS,
        Kind::Base | Kind::Dataset | Kind::Model => &["industry", "technique"],
        Kind::Enterprise | Kind::Document => &["industry"],
        Kind::Provider => &["technique"],
        Kind::List => &[],
    }
}

impl Texts {
    fn of(record: &Record) -> Self {
        let head = record.head();
        let texts = |texts: &[Option<&Text>]| -> Vec<String> {
            texts
                .iter()
                .flatten()
                .flat_map(|text| text.all())
                .map(str::to_owned)
                .collect()
        };
        let problem = match record {
            Record::Scenario(record) => texts(&[record.problem.as_ref(), record.approach.as_ref()]),
            Record::Case(record) => texts(&[record.problem.as_ref(), record.approach.as_ref()]),
            Record::Need(record) => texts(&[record.problem.as_ref(), record.wanted.as_ref()]),
            Record::Solution(record) => texts(&[record.capability.as_ref()]),
            _ => Vec::new(),
        };
        let mut technique_text = head.technique_text.clone();
        if let Record::Provider(record) = record {
            technique_text.extend(record.products.iter().chain(&record.offers).cloned());
        }
        // The lists on which the record itself stands, not those that only name it.
        let on_list = |key: &str| head.lists.iter().any(|membership| membership.source == key);
        let list: Vec<String> = head
            .sources
            .iter()
            .filter(|source| on_list(&source.key))
            .filter_map(|source| source.title.clone())
            .collect();
        Self {
            name: plain(&head.name.all().collect::<Vec<_>>().join("\n")),
            field: plain(&head.field.join("\n")),
            technique_text: plain(&technique_text.join("\n")),
            problem: plain(&problem.join("\n")),
            list: plain(&list.join("\n")),
        }
    }

    fn at(&self, place: &str) -> Vec<&str> {
        match place {
            "name" => vec![&self.name],
            "field" => vec![&self.field],
            "technique_text" => vec![&self.technique_text],
            "problem" => vec![&self.problem],
            "list" => vec![&self.list],
            _ => vec![&self.name, &self.field, &self.technique_text, &self.problem],
        }
    }
}

fn plain(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| *c != ' ')
        .collect()
}

impl Rule {
    fn fires(&self, texts: &Texts) -> bool {
        let texts: Vec<&str> = self
            .place
            .split('+')
            .flat_map(|place| texts.at(place))
            .collect();
        let occurs = |words: &str| {
            words
                .split('|')
                .map(plain)
                .any(|word| !word.is_empty() && texts.iter().any(|text| has_word(text, &word)))
        };
        occurs(&self.contains) && !occurs(&self.unless)
    }

    /// Whether the words of the rule occur in a record of a kind to which it may assign its field.
    #[cfg(test)]
    pub(crate) fn applies(&self, record: &Record) -> bool {
        fields(record.kind()).contains(&self.field.as_str()) && self.fires(&Texts::of(record))
    }

    fn mark(&self) -> Inferred {
        Inferred {
            field: self.field.clone(),
            by: format!("rule:{}", self.id),
        }
    }
}

/// Whether a word occurs. A Latin word must stand alone: `rag` is not in `storage`.
fn has_word(text: &str, word: &str) -> bool {
    let is_latin = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !is_latin
            || !before.is_some_and(|c| c.is_ascii_alphanumeric())
                && !after.is_some_and(|c| c.is_ascii_alphanumeric())
    })
}

fn codes<'a>(head: &'a mut Head, field: &str) -> &'a mut Vec<Code> {
    match field {
        "industry" => &mut head.industry,
        "stage" => &mut head.stage,
        "technique" => &mut head.technique,
        _ => &mut head.typical_scenario,
    }
}

/// Adds the codes of rules, beside those that whoever gathered the source concluded.
fn add(head: &mut Head, field: &str, found: &[&Rule]) {
    // What a source prints, and a typical scenario that it names, stand alone.
    let is_given = !codes(head, field).is_empty();
    if is_given && (field == "typical_scenario" || !head.is_inferred(field)) {
        return;
    }
    for rule in found {
        let code = Code::from(rule.code.as_str());
        if codes(head, field).contains(&code) {
            continue;
        }
        codes(head, field).push(code);
        head.inferred.push(rule.mark());
    }
}

fn industry(head: &mut Head, found: &[&Rule]) {
    let concluded = head.is_inferred("industry");
    if !head.industry.is_empty() && !concluded {
        return;
    }
    let by_name: Vec<&Rule> = found
        .iter()
        .copied()
        .filter(|rule| rule.place == "name")
        .collect();
    let pool = if head.industry.is_empty() {
        found.to_vec()
    } else {
        by_name
    };
    let Some(first) = pool.first().map(|rule| rule.priority) else {
        return;
    };
    let chosen: Vec<&Rule> = pool
        .into_iter()
        .filter(|rule| rule.priority == first)
        .collect();
    if !head.industry.is_empty() {
        // Plain "manufacturing" says less than a part of it.
        let is_broader =
            chosen.iter().all(|rule| rule.code == "manufacturing") && is_manufacturing(head);
        let says_the_same = chosen
            .iter()
            .all(|rule| head.industry.iter().any(|code| code.as_str() == rule.code));
        if is_broader || says_the_same {
            return;
        }
        let agree = chosen.iter().any(|rule| {
            head.industry
                .iter()
                .any(|code| agree(code.as_str(), &rule.code))
        });
        if !agree {
            head.doubts.push(overruled(head, chosen[0]));
        }
        head.industry.clear();
        head.inferred.retain(|mark| mark.field != "industry");
    }
    for rule in narrowest(&chosen) {
        let code = Code::from(rule.code.as_str());
        if !head.industry.contains(&code) {
            head.industry.push(code);
            head.inferred.push(rule.mark());
        }
    }
}

/// Rules without those whose code covers that of another.
fn narrowest<'a>(rules: &[&'a Rule]) -> Vec<&'a Rule> {
    let covers = |broad: &str, narrow: &str| {
        broad != narrow && lineage(narrow).iter().any(|code| code.as_str() == broad)
    };
    rules
        .iter()
        .copied()
        .filter(|rule| !rules.iter().any(|other| covers(&rule.code, &other.code)))
        .collect()
}

/// A code, what it is part of, and the policy groups that cover it.
fn lineage(code: &str) -> Vec<Code> {
    let taxonomies = Taxonomies::bundled();
    let mut codes = taxonomies
        .get("industry")
        .map_or_else(Vec::new, |taxonomy| taxonomy.with_ancestors(code));
    codes.extend(taxonomies.industry_groups(code));
    codes
}

fn groups(code: &str) -> Vec<Code> {
    Taxonomies::bundled().industry_groups(code)
}

/// Whether a concluded industry and that of a rule can both be right: one group, or unspecified
/// manufacturing against a part of it.
fn agree(concluded: &str, rule: &str) -> bool {
    let (a, b) = (groups(concluded), groups(rule));
    let is =
        |codes: &[Code], wanted: &[&str]| codes.iter().any(|code| wanted.contains(&code.as_str()));
    a.iter().any(|code| b.contains(code))
        || is(&a, &["manufacturing"]) && is(&b, &MANUFACTURING)
        || is(&a, &["energy", "mining"]) && is(&b, &["energy", "mining"])
        || is(&a, &["environment"]) && rule == "D46"
        || is(&a, &["software", "telecom"]) && is(&b, &["software", "telecom"])
}

fn overruled(head: &Head, rule: &Rule) -> Doubt {
    let printed = head.field.join("、");
    let taxonomies = Taxonomies::bundled();
    let term = taxonomies
        .term("industry", &rule.code)
        .or_else(|| taxonomies.term("industry_group", &rule.code));
    let (zh, en) = term.map_or((rule.code.as_str(), rule.code.as_str()), |term| {
        (term.zh.as_str(), term.en.as_str())
    });
    Doubt {
        field: Some("industry".to_owned()),
        text: Text {
            zh: Some(format!(
                "收集者标注的行业为“{printed}”，本目录按名称归入“{zh}”"
            )),
            en: Some(format!(
                "Whoever gathered it put it under “{printed}”; by its name this catalog puts it under “{en}”"
            )),
        },
    }
}

fn is_manufacturing(head: &Head) -> bool {
    head.industry
        .iter()
        .flat_map(|code| groups(code.as_str()))
        .any(|group| MANUFACTURING.contains(&group.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latin_word_stands_alone_and_a_chinese_word_anywhere() {
        assert!(has_word("基于rag的问答", "rag"));
        assert!(!has_word("storage", "rag"));
        assert!(has_word("钢铁表面缺陷检测", "缺陷检测"));
    }

    #[test]
    fn a_broader_code_is_not_added_beside_a_narrower() {
        let rule = |code: &str| Rule {
            id: code.into(),
            field: "industry".into(),
            place: "name".into(),
            contains: "x".into(),
            unless: String::new(),
            code: code.into(),
            priority: 1,
        };
        let (broad, narrow, other) = (rule("raw_materials"), rule("C31"), rule("health"));
        let left: Vec<&str> = narrowest(&[&broad, &narrow, &other])
            .into_iter()
            .map(|rule| rule.code.as_str())
            .collect();
        assert_eq!(left, ["C31", "health"]);
    }
}
