//! What the columns of a table mean: headers in Chinese or English, and the field of a record that each fills.
//!
//! A header is one of the synonyms below, a path such as `summary.en`, `关联:` or `link:` with a relation, or the name of
//! a part of a source with its number (`来源`, `来源2`). What no synonym knows is told, never guessed.

use atlas_core::model::Taxonomies;

/// How the text of a cell becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// As it is.
    Plain,
    /// A text in Chinese, or in English where the header says so.
    Text,
    /// Several plain texts.
    List,
    /// Several localized texts.
    Texts,
    /// A code of one of these taxonomies, or its name.
    Code(&'static str),
    /// Several codes.
    Codes(&'static str),
    /// A date.
    Date,
    /// An amount of money.
    Money,
    /// A result that a source reports.
    Outcomes,
}

/// The field that a column fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    /// A field, by its path.
    Field(String, Shape),
    /// A part of the source with that number, from 1.
    Source(u32, &'static str),
    /// Links of a relation.
    Link(String),
    /// The kind of the record.
    Kind,
}

/// Path, shape and synonyms. The first synonym is the header in templates.
pub(crate) const FIELDS: &[(&str, Shape, &[&str])] = &[
    ("id", Shape::Plain, &["编号", "id"]),
    (
        "name.zh",
        Shape::Plain,
        &[
            "名称",
            "中文名称",
            "name",
            "案例名称",
            "企业名称",
            "方案名称",
            "场景名称",
            "项目名称",
            "标题",
        ],
    ),
    ("name.en", Shape::Plain, &["英文名称", "english name"]),
    ("name.aliases", Shape::List, &["别名", "简称", "aliases"]),
    (
        "summary.zh",
        Shape::Plain,
        &["简介", "摘要", "概述", "summary", "description"],
    ),
    ("summary.en", Shape::Plain, &["英文简介", "english summary"]),
    (
        "industry",
        Shape::Codes("industry|industry_group"),
        &["行业", "所属行业", "industry"],
    ),
    ("field", Shape::List, &["领域", "应用领域", "field"]),
    (
        "stage",
        Shape::Codes("stage"),
        &["环节", "生产环节", "stage"],
    ),
    (
        "technique",
        Shape::Codes("technique"),
        &["技术", "AI技术", "technique"],
    ),
    (
        "technique_text",
        Shape::List,
        &["技术说明", "technique text"],
    ),
    (
        "typical_scenario",
        Shape::Codes("typical_scenario"),
        &["典型场景", "typical scenario"],
    ),
    ("action", Shape::Codes("action"), &["行动条款", "action"]),
    (
        "region",
        Shape::Codes("region"),
        &["地区", "省份", "所在地", "所在地区", "region", "province"],
    ),
    ("city", Shape::Plain, &["城市", "city"]),
    ("level", Shape::Code("level"), &["级别", "level"]),
    (
        "outcomes",
        Shape::Outcomes,
        &["成效", "效果", "应用成效", "outcome", "outcomes"],
    ),
    (
        "website",
        Shape::Plain,
        &["网址", "网站", "官网", "website", "url"],
    ),
    ("date", Shape::Date, &["日期", "时间", "date"]),
    ("notes", Shape::Texts, &["备注", "notes", "note"]),
    ("same_as", Shape::List, &["等同于", "same as"]),
    ("opened_by", Shape::Plain, &["开放单位", "opened by"]),
    ("problem", Shape::Text, &["痛点", "问题", "problem"]),
    ("approach", Shape::Text, &["做法", "解决方案", "approach"]),
    ("data_needed", Shape::Text, &["所需数据", "data needed"]),
    ("prerequisites", Shape::Text, &["前提条件", "prerequisites"]),
    (
        "maturity",
        Shape::Code("maturity"),
        &["成熟度", "应用进展", "maturity"],
    ),
    ("valid_until", Shape::Date, &["有效期至", "valid until"]),
    (
        "credit_code",
        Shape::Plain,
        &["统一社会信用代码", "信用代码", "credit code"],
    ),
    ("tier", Shape::Codes("tier"), &["梯度", "资质梯度", "tier"]),
    ("founded", Shape::Plain, &["成立年份", "founded"]),
    ("products", Shape::List, &["产品", "products"]),
    ("offers", Shape::List, &["服务内容", "offers"]),
    ("qualifications", Shape::List, &["资质", "qualifications"]),
    (
        "enterprise",
        Shape::Plain,
        &["应用企业", "应用单位", "enterprise"],
    ),
    ("provider", Shape::Plain, &["服务商", "供应商", "provider"]),
    (
        "category",
        Shape::Codes("solution_category"),
        &["方案类别", "类别", "category"],
    ),
    (
        "delivery",
        Shape::Codes("delivery"),
        &["交付方式", "delivery"],
    ),
    (
        "delivery_text",
        Shape::Plain,
        &["交付说明", "delivery text"],
    ),
    ("capability", Shape::Text, &["能力", "功能", "capability"]),
    ("price", Shape::Plain, &["价格", "收费方式", "price"]),
    ("host", Shape::Plain, &["建设单位", "依托单位", "host"]),
    ("partners", Shape::List, &["合作单位", "partners"]),
    ("services", Shape::Texts, &["服务项目", "services"]),
    ("entry", Shape::Text, &["入驻条件", "entry"]),
    ("holder", Shape::Plain, &["持有单位", "holder"]),
    ("data_kind", Shape::Plain, &["数据类型", "data kind"]),
    ("size", Shape::Plain, &["规模", "size"]),
    ("licence", Shape::Plain, &["许可", "licence", "license"]),
    ("developer", Shape::Plain, &["研制单位", "developer"]),
    ("filing_no", Shape::Plain, &["备案号", "filing no"]),
    (
        "algorithm_filing_no",
        Shape::Plain,
        &["算法备案号", "algorithm filing no"],
    ),
    (
        "algorithm_name",
        Shape::Plain,
        &["算法名称", "algorithm name"],
    ),
    ("base_model", Shape::Plain, &["基座模型", "base model"]),
    ("doc_number", Shape::Plain, &["文号", "doc number"]),
    (
        "doc_kind",
        Shape::Code("doc_kind"),
        &["文件类型", "doc kind"],
    ),
    ("issuers", Shape::List, &["印发单位", "issuers"]),
    ("signed", Shape::Date, &["成文日期", "signed"]),
    ("published", Shape::Date, &["公布日期", "published"]),
    ("validity", Shape::Code("validity"), &["效力", "validity"]),
    ("buyer", Shape::Plain, &["需求单位", "采购单位", "buyer"]),
    (
        "need_kind",
        Shape::Code("need_kind"),
        &["需求类型", "need kind"],
    ),
    ("wanted", Shape::Text, &["需求内容", "wanted"]),
    ("budget", Shape::Money, &["预算", "budget"]),
    ("noticed", Shape::Date, &["公告日期", "noticed"]),
    ("deadline", Shape::Date, &["截止日期", "deadline"]),
    ("project_no", Shape::Plain, &["项目编号", "project no"]),
    ("announced", Shape::Plain, &["公布数量", "announced"]),
    (
        "contact.phone",
        Shape::Plain,
        &["联系电话", "contact phone"],
    ),
    (
        "contact.email",
        Shape::Plain,
        &["联系邮箱", "contact email"],
    ),
    (
        "contact.consent.date",
        Shape::Date,
        &["同意公开日期", "consent date"],
    ),
    (
        "contact.consent.source",
        Shape::Plain,
        &["同意公开来源", "consent source"],
    ),
];

/// Parts of a source.
pub(crate) const SOURCES: &[(&str, &[&str])] = &[
    ("cited", &["来源", "source", "cited"]),
    ("title", &["来源标题", "source title"]),
    ("official", &["官方网址", "official"]),
    ("issuer", &["发布单位", "issuer"]),
    ("date", &["来源日期", "source date"]),
    ("checked", &["核对日期", "checked"]),
    ("status", &["核实程度", "status"]),
    ("licence", &["来源许可", "source licence"]),
    ("note", &["来源备注", "source note"]),
];

/// What a header means; none when no synonym knows it.
pub(crate) fn column(header: &str) -> Option<Column> {
    let header = plain(header);
    if ["类型", "记录类型", "kind"].contains(&header.as_str()) {
        return Some(Column::Kind);
    }
    for prefix in ["关联:", "关联：", "link:"] {
        if let Some(relation) = header.strip_prefix(prefix) {
            let code = code("relation", relation.trim())?;
            return Some(Column::Link(code));
        }
    }
    for (path, shape, synonyms) in FIELDS {
        if *path == header || synonyms.iter().any(|synonym| plain(synonym) == header) {
            let path = match shape {
                Shape::Text => format!("{path}.zh"),
                _ => (*path).to_owned(),
            };
            return Some(Column::Field(path, plain_shape(*shape)));
        }
        if *shape == Shape::Text
            && [".zh", ".en"]
                .iter()
                .any(|end| header == format!("{path}{end}"))
        {
            return Some(Column::Field(header, Shape::Plain));
        }
    }
    let number = header.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (name, number) = match number.parse::<u32>() {
        Ok(number @ 1..=20) => (
            header[..header.len() - number.to_string().len()].trim(),
            number,
        ),
        _ => (header.as_str(), 1),
    };
    SOURCES
        .iter()
        .find(|(part, synonyms)| name == format!("source.{part}") || synonyms.contains(&name))
        .map(|(part, _)| Column::Source(number, part))
}

fn plain_shape(shape: Shape) -> Shape {
    match shape {
        Shape::Text => Shape::Plain,
        other => other,
    }
}

/// A header without marks of obligation, case and doubled spaces.
fn plain(header: &str) -> String {
    let header = header.replace(['*', '＊'], "").to_lowercase();
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code that a text names in one of several taxonomies: by code, name or other name.
pub(crate) fn code(taxonomies: &str, text: &str) -> Option<String> {
    let wanted = text.to_lowercase();
    let find = |matches: &dyn Fn(&atlas_core::model::Term) -> bool| {
        taxonomies
            .split('|')
            .filter_map(|id| Taxonomies::bundled().get(id))
            .flat_map(|taxonomy| &taxonomy.terms)
            .find(|term| matches(term))
            .map(|term| term.code.to_string())
    };
    find(&|term| term.code.as_str() == text).or_else(|| {
        find(&|term| {
            [&term.zh, &term.en]
                .into_iter()
                .chain(&term.aliases)
                .any(|name| name.to_lowercase() == wanted)
        })
    })
}
