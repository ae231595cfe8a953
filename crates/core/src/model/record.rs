//! The kinds of record and their fields.
//!
//! Fields follow the union of the systems compared in the domain study: a field is here when two or
//! more good catalogs carry it. Each kind is `Head` (what all records share) plus its own fields plus
//! `extra` (what this version does not know).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use super::{
    Clause, Code, Date, Doubt, Inferred, Name, RecordRef, Source, Status, Support, Target, Text,
};

/// The kinds of record that this version shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Application scenario 场景.
    Scenario,
    /// Enterprise, above all benchmark enterprises 标杆企业.
    Enterprise,
    /// Solution provider 服务商.
    Provider,
    /// Solution or product 方案.
    Solution,
    /// Case 案例: who did what with which result.
    Case,
    /// Pilot base 中试基地.
    Base,
    /// Dataset 数据集.
    Dataset,
    /// Model 模型.
    Model,
    /// Policy, standard or support measure 政策.
    Document,
    /// Need 需求.
    Need,
    /// List, the publication on which other records appear 名单.
    List,
}

impl Kind {
    /// Every kind, in the order in which screens show them.
    pub const ALL: [Self; 11] = [
        Self::Scenario,
        Self::Enterprise,
        Self::Provider,
        Self::Solution,
        Self::Case,
        Self::Base,
        Self::Dataset,
        Self::Model,
        Self::Document,
        Self::Need,
        Self::List,
    ];

    /// The kind as it stands in references, SQL views and filters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Enterprise => "enterprise",
            Self::Provider => "provider",
            Self::Solution => "solution",
            Self::Case => "case",
            Self::Base => "base",
            Self::Dataset => "dataset",
            Self::Model => "model",
            Self::Document => "document",
            Self::Need => "need",
            Self::List => "list",
        }
    }

    /// The kind of that name, if this version knows it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A typed link to another record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Link {
    /// Code of the taxonomy `relation`, such as `applied_by` (case → enterprise).
    pub rel: Code,
    /// Target: `kind/id` within the same feed, or `feed/kind/id`.
    pub to: String,
    /// Clause of a document, when the target is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// That a record stands on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Membership {
    /// The list: `list/<id>`.
    pub list: String,
    /// Number on the list, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<u32>,
    /// Tier, class or group on the list, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Review score, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    /// Key of the source that says so.
    pub source: String,
}

/// A result that a source reports. Figures stay exactly as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Outcome {
    /// What was measured; the whole sentence where the source does not separate it.
    pub metric: String,
    /// Figure, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Unit, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it is compared with, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// Keys of the sources that report it.
    pub sources: Vec<String>,
}

/// An amount of money: the text as printed and, where it is one clear figure, its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Money {
    /// As printed: `162万元`.
    pub text: String,
    /// The figure in yuan (CNY), where the text is one clear amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yuan: Option<f64>,
}

/// What all kinds of record share.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Head {
    /// Id within feed and kind.
    pub id: String,
    /// Name, exactly as printed.
    pub name: Name,
    /// What it is, in the catalog's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub industry: Vec<Code>,
    /// Industry or field in the words of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub field: Vec<String>,
    /// Process stages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stage: Vec<Code>,
    /// AI techniques.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub technique: Vec<Code>,
    /// Techniques in the words of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub technique_text: Vec<String>,
    /// Typical scenarios of 2025 (1–40).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub typical_scenario: Vec<Code>,
    /// Clauses of the AI+ action: `2`, `2.2`, `(十)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub action: Vec<Code>,
    /// Regions: GB/T 2260 codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub region: Vec<Code>,
    /// City, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Administrative level of the list or act: national, provincial …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Code>,
    /// Results that sources report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// Lists on which the record stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<Membership>,
    /// Links to other records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Web page of the thing itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Date of the newest fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Remarks that the reader should see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Text>,
    /// Where the facts come from; never empty in a published record.
    pub sources: Vec<Source>,
    /// Fields concluded, not printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inferred: Vec<Inferred>,
    /// Doubts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<RecordRef>,
}

impl Head {
    /// The strongest verification status among the sources.
    pub fn status(&self) -> Option<Status> {
        self.sources.iter().map(|source| source.status).min()
    }

    /// Whether a field was concluded rather than printed.
    pub fn is_inferred(&self, field: &str) -> bool {
        self.inferred.iter().any(|inferred| inferred.field == field)
    }
}

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
        /// Until when one may answer.
        deadline: Option<Date>,
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
