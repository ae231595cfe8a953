//! The kinds of record.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
