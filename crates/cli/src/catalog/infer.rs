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

use atlas_core::model::{Code, Doubt, Head, Kind, Record, Taxonomies, Text};

use super::rules::{Rule, Rules, Texts};

/// Fields that rules may assign, in the order in which they are inferred.
pub(crate) const FIELDS: [&str; 4] = ["industry", "stage", "technique", "typical_scenario"];
/// Groups of manufacturing, to which typical scenarios belong.
const MANUFACTURING: [&str; 5] = [
    "raw_materials",
    "equipment",
    "consumer_goods",
    "electronics",
    "manufacturing",
];

/// Assigns the codes that the rules give to a record.
pub(crate) fn apply(rules: &Rules, record: &mut Record) {
    let fields = fields(record.kind());
    if fields.is_empty() {
        return;
    }
    let texts = Texts::of(record);
    let head = record.head_mut();
    for field in FIELDS.iter().filter(|field| fields.contains(field)) {
        let found: Vec<&Rule> = rules
            .rows()
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

/// The fields that rules may assign to records of a kind. The name of a firm tells its trade, but not what
/// it does with AI; a provider's trade is not that of its customers.
pub(crate) fn fields(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Scenario | Kind::Case | Kind::Solution | Kind::Need => &FIELDS,
        Kind::Base | Kind::Dataset | Kind::Model => &["industry", "technique"],
        Kind::Enterprise | Kind::Document => &["industry"],
        Kind::Provider => &["technique"],
        Kind::List => &[],
    }
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
    let concluded = head
        .inferred
        .iter()
        .any(|mark| mark.field == "industry" && mark.by == "source");
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
    fn a_broader_code_is_not_added_beside_a_narrower() {
        let rule = |code: &str| Rule {
            id: code.into(),
            code: code.into(),
            ..Rule::default()
        };
        let (broad, narrow, other) = (rule("raw_materials"), rule("C31"), rule("health"));
        let left: Vec<&str> = narrowest(&[&broad, &narrow, &other])
            .into_iter()
            .map(|rule| rule.code.as_str())
            .collect();
        assert_eq!(left, ["C31", "health"]);
    }
}
