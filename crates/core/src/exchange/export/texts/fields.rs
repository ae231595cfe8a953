//! The fields of records as columns: path, shape, and header in both languages.
//!
//! The headers are those that the publisher's tables and the import know, so that an exported list can be read back.

use crate::model::Kind;

/// How a value becomes a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As it is.
    Plain,
    /// A web address.
    Link,
    /// A text in both languages: the one of the document.
    Text,
    /// Several plain texts.
    List,
    /// Several localized texts.
    Texts,
    /// A code of one of these taxonomies.
    Code(&'static str),
    /// Several codes.
    Codes(&'static str),
    /// A date.
    Date,
    /// An amount of money, as printed.
    Money,
    /// Results that sources report.
    Outcomes,
}

/// A field of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Path in the record.
    pub path: &'static str,
    /// Shape.
    pub shape: Shape,
    /// Header in Chinese.
    pub zh: &'static str,
    /// Header in English.
    pub en: &'static str,
}

const fn field(path: &'static str, shape: Shape, zh: &'static str, en: &'static str) -> Field {
    Field {
        path,
        shape,
        zh,
        en,
    }
}

/// Every field that a column can show.
pub const FIELDS: &[Field] = &[
    field("id", Shape::Plain, "编号", "Id"),
    field("name.zh", Shape::Plain, "名称", "Name"),
    field("name.en", Shape::Plain, "英文名称", "English name"),
    field("name.aliases", Shape::List, "别名", "Aliases"),
    field("summary.zh", Shape::Plain, "简介", "Summary"),
    field("summary.en", Shape::Plain, "英文简介", "English summary"),
    field(
        "industry",
        Shape::Codes("industry|industry_group"),
        "行业",
        "Industry",
    ),
    field("field", Shape::List, "领域", "Field"),
    field("stage", Shape::Codes("stage"), "环节", "Stage"),
    field("technique", Shape::Codes("technique"), "技术", "Technique"),
    field("technique_text", Shape::List, "技术说明", "Technique text"),
    field(
        "typical_scenario",
        Shape::Codes("typical_scenario"),
        "典型场景",
        "Typical scenario",
    ),
    field("action", Shape::Codes("action"), "行动条款", "Action"),
    field("region", Shape::Codes("region"), "地区", "Region"),
    field("city", Shape::Plain, "城市", "City"),
    field("level", Shape::Code("level"), "级别", "Level"),
    field("outcomes", Shape::Outcomes, "成效", "Outcomes"),
    field("website", Shape::Link, "网址", "Website"),
    field("date", Shape::Date, "日期", "Date"),
    field("notes", Shape::Texts, "备注", "Notes"),
    field("same_as", Shape::List, "等同于", "Same as"),
    field("opened_by", Shape::Plain, "开放单位", "Opened by"),
    field("problem", Shape::Text, "痛点", "Problem"),
    field("approach", Shape::Text, "做法", "Approach"),
    field("data_needed", Shape::Text, "所需数据", "Data needed"),
    field("prerequisites", Shape::Text, "前提条件", "Prerequisites"),
    field("maturity", Shape::Code("maturity"), "成熟度", "Maturity"),
    field("valid_until", Shape::Date, "有效期至", "Valid until"),
    field(
        "credit_code",
        Shape::Plain,
        "统一社会信用代码",
        "Credit code",
    ),
    field("tier", Shape::Codes("tier"), "梯度", "Tier"),
    field("founded", Shape::Plain, "成立年份", "Founded"),
    field("products", Shape::List, "产品", "Products"),
    field("offers", Shape::List, "服务内容", "Offers"),
    field("qualifications", Shape::List, "资质", "Qualifications"),
    field("enterprise", Shape::Plain, "应用企业", "Enterprise"),
    field("provider", Shape::Plain, "服务商", "Provider"),
    field(
        "category",
        Shape::Codes("solution_category"),
        "方案类别",
        "Category",
    ),
    field("delivery", Shape::Codes("delivery"), "交付方式", "Delivery"),
    field("delivery_text", Shape::Plain, "交付说明", "Delivery text"),
    field("capability", Shape::Text, "能力", "Capability"),
    field("price", Shape::Plain, "价格", "Price"),
    field("host", Shape::Plain, "建设单位", "Host"),
    field("partners", Shape::List, "合作单位", "Partners"),
    field("services", Shape::Texts, "服务项目", "Services"),
    field("entry", Shape::Text, "入驻条件", "Entry"),
    field("holder", Shape::Plain, "持有单位", "Holder"),
    field("data_kind", Shape::Plain, "数据类型", "Data kind"),
    field("size", Shape::Plain, "规模", "Size"),
    field("licence", Shape::Plain, "许可", "Licence"),
    field("developer", Shape::Plain, "研制单位", "Developer"),
    field("filing_no", Shape::Plain, "备案号", "Filing no"),
    field(
        "algorithm_filing_no",
        Shape::Plain,
        "算法备案号",
        "Algorithm filing no",
    ),
    field("algorithm_name", Shape::Plain, "算法名称", "Algorithm name"),
    field("base_model", Shape::Plain, "基座模型", "Base model"),
    field("doc_number", Shape::Plain, "文号", "Doc number"),
    field("doc_kind", Shape::Code("doc_kind"), "文件类型", "Doc kind"),
    field("issuers", Shape::List, "印发单位", "Issuers"),
    field("signed", Shape::Date, "成文日期", "Signed"),
    field("published", Shape::Date, "公布日期", "Published"),
    field("validity", Shape::Code("validity"), "效力", "Validity"),
    field("buyer", Shape::Plain, "需求单位", "Buyer"),
    field(
        "need_kind",
        Shape::Code("need_kind"),
        "需求类型",
        "Need kind",
    ),
    field("wanted", Shape::Text, "需求内容", "Wanted"),
    field("budget", Shape::Money, "预算", "Budget"),
    field("noticed", Shape::Date, "公告日期", "Noticed"),
    field("deadline", Shape::Date, "截止日期", "Deadline"),
    field("project_no", Shape::Plain, "项目编号", "Project no"),
    field("announced", Shape::Plain, "公布数量", "Announced"),
    field("contact.person", Shape::Plain, "联系人", "Contact person"),
    field("contact.phone", Shape::Plain, "联系电话", "Contact phone"),
    field("contact.email", Shape::Plain, "联系邮箱", "Contact email"),
    field(
        "contact.consent.date",
        Shape::Date,
        "同意公开日期",
        "Consent date",
    ),
    field(
        "contact.consent.source",
        Shape::Plain,
        "同意公开来源",
        "Consent source",
    ),
];

/// What every kind has, before its own fields and after them.
const FIRST: &[&str] = &[
    "id",
    "name.zh",
    "name.en",
    "name.aliases",
    "summary.zh",
    "summary.en",
];
const LAST: &[&str] = &[
    "industry",
    "field",
    "stage",
    "technique",
    "technique_text",
    "typical_scenario",
    "action",
    "region",
    "city",
    "level",
    "outcomes",
    "website",
    "date",
    "notes",
    "same_as",
    "contact.person",
    "contact.phone",
    "contact.email",
    "contact.consent.date",
    "contact.consent.source",
];

fn own(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Scenario => &[
            "opened_by",
            "problem",
            "approach",
            "data_needed",
            "prerequisites",
            "maturity",
            "valid_until",
        ],
        Kind::Enterprise => &["credit_code", "tier"],
        Kind::Provider => &[
            "credit_code",
            "tier",
            "founded",
            "products",
            "offers",
            "qualifications",
        ],
        Kind::Solution => &[
            "provider",
            "category",
            "delivery",
            "delivery_text",
            "capability",
            "prerequisites",
            "price",
            "maturity",
        ],
        Kind::Case => &["enterprise", "provider", "problem", "approach", "maturity"],
        Kind::Base => &["host", "partners", "services", "entry"],
        Kind::Dataset => &["holder", "data_kind", "size", "licence"],
        Kind::Model => &[
            "developer",
            "filing_no",
            "algorithm_filing_no",
            "algorithm_name",
            "base_model",
        ],
        Kind::Document => &[
            "doc_number",
            "doc_kind",
            "issuers",
            "signed",
            "published",
            "validity",
        ],
        Kind::Need => &[
            "buyer",
            "need_kind",
            "problem",
            "wanted",
            "budget",
            "noticed",
            "deadline",
            "project_no",
        ],
        Kind::List => &["doc_number", "issuers", "announced"],
    }
}

/// The fields of records of these kinds, from the left, each once.
pub fn columns_of(kinds: &[Kind]) -> Vec<Field> {
    let own = kinds.iter().flat_map(|kind| own(*kind));
    let mut columns: Vec<Field> = Vec::new();
    for path in FIRST.iter().chain(own).chain(LAST) {
        let known = FIELDS.iter().find(|field| field.path == *path);
        if let Some(field) = known.filter(|field| !columns.contains(field)) {
            columns.push(*field);
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_a_column_of_some_kind_and_every_column_is_a_field() {
        let columns = columns_of(&Kind::ALL);
        assert_eq!(columns.len(), FIELDS.len());
        let paths = FIRST.iter().chain(LAST).count()
            + Kind::ALL.iter().map(|kind| own(*kind).len()).sum::<usize>();
        assert!(paths >= columns.len());
        for kind in Kind::ALL {
            let there = columns_of(&[kind]);
            assert!(
                own(kind)
                    .iter()
                    .all(|path| there.iter().any(|field| field.path == *path))
            );
        }
    }
}
