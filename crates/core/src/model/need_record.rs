//! A need in its two shapes: the form in which it is matched, and the record that a feed carries.
//!
//! What is needed goes both ways without loss; a test names every field. The lower end of a budget stands in its printed
//! text alone, and what nobody states as a condition comes back as a wish. Only the form has how far the work on a need
//! has come and whether its enterprise is named; only the record has what a notice says of itself.

use super::{Budget, Choice, Code, Date, Day, Head, Money, Name, Need, NeedForm, Strength, Text};

impl Need {
    /// The day after which nobody waits for an answer: the closing date, or until when the need stands if that is earlier.
    pub fn until(&self) -> Option<&Date> {
        // A month or a year counts to its end.
        let end = |date: &&Date| format!("{:~<10}", date.as_str());
        self.deadline.iter().chain(&self.expires).min_by_key(end)
    }

    /// Whether a constraint is stated as a condition.
    fn demands(&self, constraint: &str) -> bool {
        self.hard.iter().any(|code| code.as_str() == constraint)
    }
}

impl NeedForm {
    /// The need as a record. Its id, its notice and its sources are for others to say.
    pub fn record(&self) -> Need {
        let line = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let text = |text: &str| line(text).map(Text::zh);
        Need {
            head: Head {
                name: Name {
                    zh: line(&self.title),
                    ..Name::default()
                },
                industry: self.industry.codes.clone(),
                stage: self.stage.codes.clone(),
                technique: self.technique.codes.clone(),
                typical_scenario: self.typical_scenario.codes.clone(),
                region: self.region.codes.clone(),
                ..Head::default()
            },
            buyer: line(&self.enterprise),
            problem: text(&self.problem),
            wanted: text(&self.wanted),
            budget: money(&self.budget),
            expires: self.expires.clone(),
            start: self.start.date.clone(),
            finish: self.deadline.date.clone(),
            data: self.data.codes.clone(),
            data_text: line(&self.data_text),
            sensitivity: self.sensitivity.clone(),
            deployment: self.deployment.codes.clone(),
            delivery: self.delivery.codes.clone(),
            maturity: self.maturity.clone(),
            goal: self.goal.clone(),
            partner: self.partner.codes.clone(),
            hard: self.hard(),
            consent: self.consent,
            ..Need::default()
        }
    }

    /// The constraints that are meant strictly and ask for something.
    fn hard(&self) -> Vec<Code> {
        let choice = |choice: &Choice| (!choice.codes.is_empty(), choice.strength);
        let day = |day: &Day| (day.date.is_some(), day.strength);
        let budget = &self.budget;
        let deployment = &self.deployment;
        // Sensitive data alone asks where it may run.
        let placed = !deployment.codes.is_empty() || self.sensitivity.is_some();
        let constraints = [
            ("industry", choice(&self.industry)),
            ("region", choice(&self.region)),
            ("stage", choice(&self.stage)),
            ("technique", choice(&self.technique)),
            ("typical_scenario", choice(&self.typical_scenario)),
            ("data", choice(&self.data)),
            ("deployment", (placed, deployment.strength)),
            ("delivery", choice(&self.delivery)),
            (
                "budget",
                (budget.low.or(budget.high).is_some(), budget.strength),
            ),
            ("start", day(&self.start)),
            ("finish", day(&self.deadline)),
            ("partner", choice(&self.partner)),
        ];
        let strict = constraints
            .into_iter()
            .filter(|(_, (asks, strength))| *asks && *strength == Strength::Hard);
        strict.map(|(name, _)| Code::from(name)).collect()
    }

    /// A record in the form in which it is matched. What a notice prints is taken as it is, and as a condition only where
    /// the record says so.
    pub fn of(need: &Need) -> Self {
        let strength = |constraint: &str, otherwise: Strength| {
            if need.demands(constraint) {
                Strength::Hard
            } else {
                otherwise
            }
        };
        let choice = |constraint: &str, codes: &[Code]| Choice {
            codes: codes.to_vec(),
            strength: strength(constraint, Strength::Soft),
        };
        let day = |constraint: &str, date: &Option<Date>| Day {
            date: date.clone(),
            strength: strength(constraint, Strength::Soft),
        };
        let text =
            |text: &Option<Text>| text.as_ref().map(Text::any).unwrap_or_default().to_owned();
        let head = &need.head;
        Self {
            title: head.name.any().to_owned(),
            problem: text(&need.problem),
            wanted: text(&need.wanted),
            enterprise: need.buyer.clone().unwrap_or_default(),
            industry: choice("industry", &head.industry),
            region: choice("region", &head.region),
            stage: choice("stage", &head.stage),
            typical_scenario: choice("typical_scenario", &head.typical_scenario),
            technique: choice("technique", &head.technique),
            data: choice("data", &need.data),
            data_text: need.data_text.clone().unwrap_or_default(),
            sensitivity: need.sensitivity.clone(),
            deployment: choice("deployment", &need.deployment),
            delivery: choice("delivery", &need.delivery),
            budget: Budget {
                low: None,
                high: need.budget.as_ref().and_then(|budget| budget.yuan),
                strength: strength("budget", Strength::Unknown),
            },
            start: day("start", &need.start),
            deadline: day("finish", &need.finish),
            maturity: need.maturity.clone(),
            goal: need.goal.clone(),
            partner: choice("partner", &need.partner),
            consent: need.consent,
            expires: need.until().cloned(),
            ..Self::default()
        }
    }
}

/// A budget in the words of the catalog, and in yuan where it is one figure or has an upper one.
fn money(budget: &Budget) -> Option<Money> {
    let written = |yuan: f64| match yuan {
        yuan if yuan >= 1e8 => format!("{}亿元", yuan / 1e8),
        yuan if yuan >= 1e4 => format!("{}万元", yuan / 1e4),
        yuan => format!("{yuan}元"),
    };
    let text = match (budget.low, budget.high) {
        (None, None) => return None,
        (Some(low), Some(high)) if low < high => format!("{}至{}", written(low), written(high)),
        (_, Some(high)) => format!("不超过{}", written(high)),
        (Some(low), None) => format!("不低于{}", written(low)),
    };
    Some(Money {
        text,
        yuan: budget.high,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::Taxonomies;

    /// A need that states everything that a need can state, half of it as a condition.
    fn whole() -> NeedForm {
        let form = json!({
            "title": "极片表面缺陷检测", "problem": "靠人工目检。", "wanted": "在线检测。", "enterprise": "夹具电池公司",
            "industry": { "codes": ["C38"], "strength": "hard" },
            "region": { "codes": ["32"], "strength": "soft" },
            "stage": { "codes": ["production"], "strength": "hard" },
            "typical_scenario": { "codes": ["24"], "strength": "soft" },
            "technique": { "codes": ["vision"], "strength": "hard" },
            "data": { "codes": ["image", "no_such_code"], "strength": "soft" },
            "data_text": "两年的极片照片", "sensitivity": "important",
            "deployment": { "codes": ["private"], "strength": "hard" },
            "delivery": { "codes": ["appliance"], "strength": "soft" },
            "budget": { "low": null, "high": 1e6, "strength": "hard" },
            "start": { "date": "2027-01", "strength": "soft" },
            "deadline": { "date": "2027-06-30", "strength": "hard" },
            "maturity": "g2", "goal": "smart_advanced",
            "partner": { "codes": ["vendor"], "strength": "soft" },
            "consent": true, "expires": "2027-03-31",
        });
        serde_json::from_value(form).unwrap()
    }

    #[test]
    fn every_field_of_a_need_is_there_again_after_it_was_a_record() {
        let form = whole();
        let again = NeedForm::of(&form.record());
        let (Value::Object(before), Value::Object(after)) = (
            serde_json::to_value(&form).unwrap(),
            serde_json::to_value(&again).unwrap(),
        ) else {
            unreachable!("forms are objects");
        };
        let empty = serde_json::to_value(NeedForm::default()).unwrap();
        for (field, value) in &before {
            // The work on a need and what its record leaves out by being masked are no part of what is published.
            if !["masked", "status"].contains(&field.as_str()) {
                assert_ne!(*value, empty[field], "{field} is not tried");
            }
            assert_eq!(after[field], *value, "{field}");
        }
    }

    #[test]
    fn only_what_a_record_states_as_a_condition_is_one() {
        let mut need = whole().record();
        let stated: Vec<&str> = need.hard.iter().map(Code::as_str).collect();
        assert_eq!(
            stated,
            [
                "industry",
                "stage",
                "technique",
                "deployment",
                "budget",
                "finish"
            ]
        );
        for constraint in &Taxonomies::bundled().get("constraint").unwrap().terms {
            need.hard = vec![constraint.code.clone()];
            let form = NeedForm::of(&need);
            assert_eq!(form.record().hard, need.hard);
        }
        need.hard.clear();
        assert!(NeedForm::of(&need).record().hard.is_empty());
        // Nothing is demanded by a constraint that asks for nothing.
        let mut bare = NeedForm::default();
        bare.partner.strength = Strength::Hard;
        assert_eq!(bare.record().hard, []);
        // Sensitive data asks where it may run.
        bare.deployment.strength = Strength::Hard;
        bare.sensitivity = Some(Code::from("core"));
        assert_eq!(bare.record().hard, [Code::from("deployment")]);
    }

    #[test]
    fn a_need_stands_until_the_earlier_of_its_two_days() {
        let day = |text: &str| Some(Date::parse(text).unwrap());
        for (deadline, expires, until) in [
            (None, None, None),
            (day("2026-05-01"), None, day("2026-05-01")),
            (None, day("2026-05-01"), day("2026-05-01")),
            (day("2026-05-01"), day("2026-04"), day("2026-04")),
            (day("2026-05-01"), day("2026-05"), day("2026-05-01")),
        ] {
            let need = Need {
                deadline,
                expires,
                ..Need::default()
            };
            assert_eq!(need.until(), until.as_ref());
            assert_eq!(NeedForm::of(&need).expires, until);
        }
    }

    #[test]
    fn a_budget_is_told_in_words_and_by_its_upper_end() {
        for (low, high, text, yuan) in [
            (Some(5e5), Some(1e6), "50万元至100万元", Some(1e6)),
            (Some(1e6), Some(1e6), "不超过100万元", Some(1e6)),
            (None, Some(2e8), "不超过2亿元", Some(2e8)),
            (Some(900.0), None, "不低于900元", None),
        ] {
            let budget = Budget {
                low,
                high,
                ..Budget::default()
            };
            let money = money(&budget).unwrap();
            assert_eq!((money.text.as_str(), money.yuan), (text, yuan));
        }
        assert_eq!(money(&Budget::default()), None);
    }
}
