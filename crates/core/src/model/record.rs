//! The kinds of record and their fields.
//!
//! Fields follow the union of the systems compared in the domain study: a field is here when two or
//! more good catalogs carry it. Each kind is `Head` (what all records share) plus its own fields plus
//! `extra` (what this version does not know).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use super::{Clause, Code, Date, Head, Kind, Money, Support, Target, Text};

macro_rules! kinds {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$field_doc:meta])* $field:ident: $ty:ty, )* } )*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
            pub struct $name {
                /// What all kinds share.
                #[serde(flatten)]
                pub head: Head,
                $( $(#[$field_doc])* #[serde(default, skip_serializing_if = "is_default")] pub $field: $ty, )*
                /// Fields that this version does not know.
                #[serde(flatten)]
                #[ts(skip)]
                pub extra: Map<String, Value>,
            }
        )*

        /// A record of any kind. On the wire: one object with the kind in the field `kind`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Record {
            $( $(#[$doc])* $name(Box<$name>), )*
        }

        impl Record {
            /// What all kinds share.
            pub fn head(&self) -> &Head {
                match self { $( Self::$name(record) => &record.head, )* }
            }

            /// What all kinds share, to change.
            pub fn head_mut(&mut self) -> &mut Head {
                match self { $( Self::$name(record) => &mut record.head, )* }
            }

            /// The kind.
            pub fn kind(&self) -> Kind {
                match self { $( Self::$name(_) => Kind::$name, )* }
            }

            /// Fields that this version does not know.
            pub fn extra(&self) -> &Map<String, Value> {
                match self { $( Self::$name(record) => &record.extra, )* }
            }
        }
    };
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

kinds! {
    /// An application scenario: the setting in which AI is applied or to be tried.
    Scenario {
        /// Who opens the scenario, in the words of the source.
        opened_by: Option<String>,
        /// The problem.
        problem: Option<Text>,
        /// What is done about it.
        approach: Option<Text>,
        /// Data that it needs.
        data_needed: Option<Text>,
        /// What must be in place first.
        prerequisites: Option<Text>,
        /// Maturity code.
        maturity: Option<Code>,
        /// Until when the opportunity stands.
        valid_until: Option<Date>,
    }
    /// An enterprise.
    Enterprise {
        /// Unified social credit code (GB 32100).
        credit_code: Option<String>,
        /// Tiers: smart-factory ladder, benchmark enterprise, lighthouse …
        tier: Vec<Code>,
    }
    /// A provider of AI solutions or services.
    Provider {
        /// Unified social credit code (GB 32100).
        credit_code: Option<String>,
        /// Tiers.
        tier: Vec<Code>,
        /// Year of foundation, as printed.
        founded: Option<String>,
        /// Products, as printed.
        products: Vec<String>,
        /// What it offers, in the words of the source.
        offers: Vec<String>,
        /// Qualifications, as printed.
        qualifications: Vec<String>,
    }
    /// A solution or product on offer.
    Solution {
        /// Provider in the words of the source.
        provider: Option<String>,
        /// Category: data, platform, toolchain, model, application, compute.
        category: Vec<Code>,
        /// Delivery forms.
        delivery: Vec<Code>,
        /// Delivery form in the words of the source.
        delivery_text: Option<String>,
        /// What it can do.
        capability: Option<Text>,
        /// What must be in place first.
        prerequisites: Option<Text>,
        /// Price model, as printed.
        price: Option<String>,
        /// Maturity code.
        maturity: Option<Code>,
    }
    /// A case: an enterprise applied AI, possibly with a provider, with some result.
    Case {
        /// Enterprise in the words of the source.
        enterprise: Option<String>,
        /// Provider in the words of the source.
        provider: Option<String>,
        /// The problem.
        problem: Option<Text>,
        /// What was done about it.
        approach: Option<Text>,
        /// Maturity code.
        maturity: Option<Code>,
    }
    /// A pilot base.
    Base {
        /// Host in the words of the source.
        host: Option<String>,
        /// Partners in the words of the source.
        partners: Vec<String>,
        /// Services: advice, need collection, product trial, test and verification.
        services: Vec<Text>,
        /// What must be met to enter.
        entry: Option<Text>,
    }
    /// A dataset.
    Dataset {
        /// Who made it, in the words of the source.
        holder: Option<String>,
        /// Type of data, in the words of the source.
        data_kind: Option<String>,
        /// Size, as printed.
        size: Option<String>,
        /// Licence, as printed.
        licence: Option<String>,
    }
    /// A model.
    Model {
        /// Developer in the words of the source.
        developer: Option<String>,
        /// Filing number of the generative AI service, as printed.
        filing_no: Option<String>,
        /// Filing number of the algorithm, as printed.
        algorithm_filing_no: Option<String>,
        /// Name under which the algorithm is filed.
        algorithm_name: Option<String>,
        /// Base model, in the words of the source.
        base_model: Option<String>,
    }
    /// A policy, standard or support measure.
    Document {
        /// Document number 文号.
        doc_number: Option<String>,
        /// `policy`, `standard` or `support`.
        doc_kind: Option<Code>,
        /// Issuing bodies.
        issuers: Vec<String>,
        /// Date of signature.
        signed: Option<Date>,
        /// Date of publication.
        published: Option<Date>,
        /// Validity: in force, draft, superseded …
        validity: Option<Code>,
        /// Document that replaces this one: `document/<id>`.
        replaced_by: Option<String>,
        /// Clauses.
        clauses: Vec<Clause>,
        /// Numeric targets.
        targets: Vec<Target>,
        /// Support offered.
        support: Vec<Support>,
    }
    /// A need: somebody looks for a solution.
    Need {
        /// Who needs it, in the words of the source; may be masked.
        buyer: Option<String>,
        /// Kind of need: tender, procurement intention, challenge, need list …
        need_kind: Option<Code>,
        /// The problem.
        problem: Option<Text>,
        /// What is wanted.
        wanted: Option<Text>,
        /// Budget.
        budget: Option<Money>,
        /// Date of the notice. A notice is never shown as open without it.
        noticed: Option<Date>,
        /// Until when one may answer: the closing date of the notice.
        deadline: Option<Date>,
        /// Until when the need stands.
        expires: Option<Date>,
        /// When work can begin.
        start: Option<Date>,
        /// When it has to be done.
        finish: Option<Date>,
        /// Data at hand: codes of `data_kind`.
        data: Vec<Code>,
        /// Data at hand in the words of the source.
        data_text: Option<String>,
        /// How sensitive the data is: a code of `sensitivity`.
        sensitivity: Option<Code>,
        /// Where it may run: codes of `deployment`.
        deployment: Vec<Code>,
        /// Form in which it is wanted: codes of `delivery`.
        delivery: Vec<Code>,
        /// Maturity of the enterprise now: a code of `maturity`.
        maturity: Option<Code>,
        /// Level aimed at: a code of `tier` or of `maturity`.
        goal: Option<Code>,
        /// Partner sought: codes of `partner`.
        partner: Vec<Code>,
        /// What the source states as a condition, and not as a wish: codes of `constraint`, which are names of fields.
        hard: Vec<Code>,
        /// The enterprise agreed that the need is shown to others. A notice that has to be public says nothing of it.
        consent: bool,
        /// Project number, as printed.
        project_no: Option<String>,
    }
    /// A list: the publication on which records stand.
    List {
        /// Document number 文号.
        doc_number: Option<String>,
        /// Issuing bodies.
        issuers: Vec<String>,
        /// How many entries the whole list has, as printed; the catalog may hold fewer.
        announced: Option<String>,
        /// Entries that are no records of their own (zones, areas).
        entries: Vec<ListEntry>,
    }
}

/// An entry of a list that is no record of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ListEntry {
    /// Name, as printed.
    pub name: String,
    /// Region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Code>,
    /// Date, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Key of the source that says so.
    pub source: String,
}
#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Record, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn fields_may_come_in_any_order_and_none_is_lost() {
        let fields = [
            r#""kind":"solution""#,
            r#""id":"x""#,
            r#""name":{"zh":"样例"}"#,
            r#""price":"30万元""#,
            r#""delivery":["saas"]"#,
            r#""maturity":null"#,
            r#""sources":[]"#,
            r#""lead_days":40"#,
            r#""later":{"deep":[1,"二"]}"#,
        ];
        let first = read(&format!("{{{}}}", fields.join(","))).unwrap();
        let Record::Solution(solution) = &first else {
            panic!("{first:?}");
        };
        assert_eq!(solution.price.as_deref(), Some("30万元"));
        assert_eq!(solution.extra.len(), 2);
        for turn in 1..fields.len() {
            let mut turned = fields;
            turned.rotate_left(turn);
            assert_eq!(read(&format!("{{{}}}", turned.join(","))).unwrap(), first);
        }
        let value = serde_json::to_value(&first).unwrap();
        assert_eq!(serde_json::from_value::<Record>(value).unwrap(), first);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for (json, reason) in [
            (
                r#"{"id":"x","name":{},"sources":[]}"#,
                "missing field `kind`",
            ),
            (r#"{"kind":"no","id":"x"}"#, "unknown variant `no`"),
            (
                r#"{"kind":"case","name":{},"sources":[]}"#,
                "missing field `id`",
            ),
            (
                r#"{"kind":"case","id":"x","sources":[]}"#,
                "missing field `name`",
            ),
            (
                r#"{"kind":"case","id":"x","name":{}}"#,
                "missing field `sources`",
            ),
            (r#"{"kind":"case","kind":"case"}"#, "duplicate field `kind`"),
            (
                r#"{"id":"x","kind":"case","id":"y"}"#,
                "duplicate field `id`",
            ),
            (
                r#"{"provider":"a","kind":"case","provider":"b"}"#,
                "duplicate field `provider`",
            ),
            (r#"{"provider":1,"kind":"case"}"#, "invalid type"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.starts_with(reason), "{json}: {error}");
        }
    }
}
