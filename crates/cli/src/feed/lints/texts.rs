//! What each rule says and advises, in both languages.

use std::fmt::Write as _;

use super::{Finding, Rule};
use crate::args::Language;

impl Rule {
    /// What is wrong, and what to do: Chinese, then English.
    #[expect(clippy::too_many_lines, reason = "a table of texts")]
    fn texts(self) -> [[&'static str; 2]; 2] {
        match self {
            Self::Unreadable => [
                ["无法读取", "修复文件后重试"],
                ["cannot be read", "mend the file"],
            ],
            Self::Ignored => [
                [
                    "不是记录文件，未读取",
                    "记录请用 .jsonl、.json、.xlsx 或 .csv",
                ],
                [
                    "is no file of records and was not read",
                    "records are .jsonl, .json, .xlsx or .csv",
                ],
            ],
            Self::UnknownColumn => [
                ["表头无法识别，该列未读取", "使用模板中的表头或字段路径"],
                [
                    "is no known header; the column was not read",
                    "use a header of the template, or the path of a field",
                ],
            ],
            Self::UnknownField => [
                ["没有这个字段", "检查拼写；自有字段请以 x_ 开头"],
                [
                    "is no field of a record",
                    "check the spelling; begin a field of your own with x_",
                ],
            ],
            Self::Schema => [
                ["值不符合该字段的格式", "按字段格式改正"],
                [
                    "has a value that the field cannot have",
                    "give it the form of the field",
                ],
            ],
            Self::BadId => [
                ["编号不合规", "只用字母、数字和 . _ : -，最长 96 个字符"],
                [
                    "is no id",
                    "use letters, digits and . _ : - only, 96 at most",
                ],
            ],
            Self::DuplicateId => [
                ["另一条记录已用此编号", "合并两条记录，或改其中一个编号"],
                [
                    "is the id of another record too",
                    "merge the two, or change one id",
                ],
            ],
            Self::NoName => [
                ["缺少名称", "填写中文或英文名称"],
                ["is missing", "give a Chinese or an English name"],
            ],
            Self::TooLong => [
                ["超出读者可接受的长度", "缩短或拆分"],
                ["is longer than readers accept", "shorten or split it"],
            ],
            Self::BadDate => [
                ["不是日期", "写作 2025、2025-11 或 2025-11-24"],
                ["is no date", "write 2025, 2025-11 or 2025-11-24"],
            ],
            Self::FutureDate => [
                ["日期晚于今天", "改为实际核对或同意的日期"],
                [
                    "is later than today",
                    "give the day on which it was checked or agreed",
                ],
            ],
            Self::UnknownCode => [
                ["代码不在分类表中", "使用分类表中的代码或名称"],
                [
                    "is no code of its taxonomy",
                    "use a code or a name of the taxonomy",
                ],
            ],
            Self::BrokenLink => [
                [
                    "所指记录不存在",
                    "改为本目录源中的 类型/编号，或其他目录源的 目录源/类型/编号",
                ],
                [
                    "points to no record",
                    "link to kind/id of this feed, or to feed/kind/id of another",
                ],
            ],
            Self::BadAddress => [
                ["不是网页地址", "以 https:// 或 http:// 开头，不含空格"],
                [
                    "is no web address",
                    "begin it with https:// or http://, without spaces",
                ],
            ],
            Self::ControlCharacter => [
                ["含有控制字符或改变书写方向的字符", "删除这些字符"],
                [
                    "has control characters, or some that hide or turn the direction",
                    "remove them",
                ],
            ],
            Self::NotNormal => [
                ["文字未按 Unicode NFC 规范化", "重新输入，或以 NFC 保存"],
                [
                    "is not in Unicode form NFC",
                    "type it again, or save it in NFC",
                ],
            ],
            Self::Confusable => [
                [
                    "与另一名称看上去相同而实际不同",
                    "确认不是仿冒；若为同一事物，请统一写法",
                ],
                [
                    "looks like another name and is not the same",
                    "make sure that it is no imitation; write one thing one way",
                ],
            ],
            Self::Unsourced => [
                [
                    "没有来源支持",
                    "填写来源，或在某一来源的 fields 中列出该字段",
                ],
                [
                    "has no source",
                    "name a source, or list the field in the fields of one",
                ],
            ],
            Self::UnknownSource => [
                ["引用了本记录没有的来源", "使用本记录 sources 中的 key"],
                [
                    "cites a source that the record does not have",
                    "use a key of the record's sources",
                ],
            ],
            Self::PersonalPhone => [
                [
                    "含有个人手机号码",
                    "删除；单位公开的联系方式请填入“联系电话”并注明同意公开的日期",
                ],
                [
                    "holds a personal mobile number",
                    "remove it; an organisation's published contact belongs in contact, with its consent",
                ],
            ],
            Self::PersonalMailbox => [
                [
                    "含有个人邮箱",
                    "删除；单位公开的联系方式请填入“联系邮箱”并注明同意公开的日期",
                ],
                [
                    "holds a personal mailbox",
                    "remove it; an organisation's published contact belongs in contact, with its consent",
                ],
            ],
            Self::NoConsent => [
                [
                    "联系方式没有同意公开的记载",
                    "填写同意公开的日期和来源（contact.consent），否则删除",
                ],
                [
                    "has no consent to its publication",
                    "give date and source of the consent (contact.consent), or remove it",
                ],
            ],
            Self::StaleEdit => [
                [
                    "更正所依据的原值已变，未应用",
                    "核对后重新运行 atlas feed correct，并删除 edits.jsonl 中的这一行",
                ],
                [
                    "is no longer what was corrected; the correction was not applied",
                    "decide, run `atlas feed correct` again and remove this line of edits.jsonl",
                ],
            ],
            Self::EditWithoutRecord => [
                [
                    "更正或确认所指的记录已不存在",
                    "若记录改了编号，请相应修改 edits.jsonl",
                ],
                [
                    "is edited, but no longer there",
                    "where only its id changed, change it in edits.jsonl too",
                ],
            ],
        }
    }
}

impl Finding {
    /// The finding on one line: place, record, field, value, reason, remedy.
    pub(crate) fn text(&self, language: Language) -> String {
        let [zh, en] = self.rule.texts();
        let [reason, remedy] = match language {
            Language::Zh => zh,
            Language::En => en,
        };
        let mut text = self.place.file.clone();
        if let Some(row) = self.place.row {
            let _ = write!(text, ":{row}");
        }
        let words: Vec<&str> = [self.record.as_str(), self.field.as_str()]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        let _ = write!(text, ": {}", words.join(" "));
        if !self.value.is_empty() {
            let _ = write!(text, " “{}”", self.value);
        }
        text.push(' ');
        text.push_str(reason);
        if !self.detail.is_empty() {
            let _ = write!(text, " ({})", self.detail);
        }
        text.push_str(match language {
            Language::Zh => "；",
            Language::En => "; ",
        });
        text.push_str(remedy);
        text
    }
}
