//! What the terminal says about importing spreadsheets, in both languages.

use atlas_core::api::types::{
    ApiError, TableCheck, TableFile, TableImported, TablePhase, TablePlan, TableSheet,
    TableTemplate, TemplateAge,
};
use atlas_core::exchange::read::{MAX_COLUMNS, MAX_ROWS};

use super::pick;
use crate::args::Language;

/// What is being done.
pub fn phase(language: Language, phase: TablePhase) -> &'static str {
    match phase {
        TablePhase::Read => pick(language, "读取", "reading"),
        TablePhase::Check => pick(language, "检查", "checking"),
        TablePhase::Compare => pick(language, "比对", "comparing"),
        TablePhase::Write => pick(language, "写入", "writing"),
    }
}

/// Which sheet is read, and how.
pub fn opened(
    language: Language,
    file: &TableFile,
    sheet: &TableSheet,
    plan: &TablePlan,
) -> String {
    let kind = plan.mapping.kind.as_str();
    let mut how = vec![file.format.clone()];
    how.extend(file.encoding.clone());
    how.extend(
        file.delimiter
            .as_ref()
            .map(|delimiter| format!("{delimiter:?}")),
    );
    let how = how.join(" ");
    match language {
        Language::Zh => format!(
            "{} {} · {how} · 表头在第 {} 行 · 类型 {kind}",
            file.name, sheet.name, plan.header
        ),
        Language::En => format!(
            "{} {} · {how} · header in row {} · kind {kind}",
            file.name, sheet.name, plan.header
        ),
    }
}

/// The sheet was made from a template of another version than this program writes.
pub fn other_template(language: Language, template: &TableTemplate) -> String {
    let TableTemplate {
        version,
        known,
        age,
    } = template;
    let (zh, en) = match age {
        TemplateAge::Newer => (
            "比本程序的新：本程序不认识的列按原列名保留。请核对列对应，或更新本程序后再导入。",
            "newer than this program's: columns that it does not know are kept under their own names. Check the mapping, or update the program and import again.",
        ),
        _ => (
            "与本程序的不同：已改动的列按原列名保留。请核对列对应；以后填写请用 atlas template 取新模板。",
            "not this program's: columns that changed since are kept under their own names. Check the mapping; take the new template with atlas template for what you fill in next.",
        ),
    };
    match language {
        Language::Zh => format!("模板版本 {version}（本程序的是 {known}）{zh}"),
        Language::En => {
            format!("The template has version {version} (this program's: {known}), {en}")
        }
    }
}

/// What a check found.
pub fn sums(language: Language, check: &TableCheck) -> String {
    let TableCheck {
        rows,
        new,
        duplicates,
        skipped,
        wrong,
        ..
    } = check;
    match language {
        Language::Zh => {
            format!("共 {rows} 行：新增 {new}，重复 {duplicates}，跳过 {skipped}，有错 {wrong}。")
        }
        Language::En => format!(
            "{rows} rows: {new} new, {duplicates} duplicates, {skipped} skipped, {wrong} wrong."
        ),
    }
}

/// What an import did.
pub fn imported(language: Language, done: &TableImported) -> String {
    let TableImported {
        added,
        changed,
        kept,
        wrong,
        ..
    } = done;
    match language {
        Language::Zh => format!(
            "已导入：新增 {added} 条，更新 {changed} 条，{kept} 条重复未变，{wrong} 行有错未导入。"
        ),
        Language::En => format!(
            "Imported: {added} added, {changed} changed, {kept} duplicates left as they were, {wrong} wrong rows left out."
        ),
    }
}

/// Some rows are wrong, and all had to be good.
pub fn nothing_imported(language: Language) -> &'static str {
    pick(
        language,
        "有错误的行，未导入任何内容。改正后再试，或加 --partly 只导入无误的行；加 --report 得到标出错误的表格。",
        "Some rows are wrong: nothing was imported. Correct them, or import the good rows with --partly; --report writes a sheet that marks what is wrong.",
    )
}

/// What is wrong with a cell, and what to do about it.
pub fn wrong(language: Language, place: &str, value: &str, reason: &str, remedy: &str) -> String {
    match language {
        Language::Zh => format!("  {place}“{value}”：{reason}。{remedy}。"),
        Language::En => format!("  {place} {value:?}: {reason}. {remedy}."),
    }
}

/// Rows that are not printed.
pub fn more(language: Language, count: u32) -> String {
    match language {
        Language::Zh => format!("  还有 {count} 行有错，见 --report。"),
        Language::En => format!("  {count} more wrong rows; see --report."),
    }
}

/// A file was written.
pub fn written(language: Language, path: &str) -> String {
    match language {
        Language::Zh => format!("已写入 {path}。"),
        Language::En => format!("{path} written."),
    }
}

/// There is no such sheet.
pub fn no_sheet(language: Language, name: &str, names: &str) -> String {
    match language {
        Language::Zh => format!("没有工作表 {name}。文件中有：{names}"),
        Language::En => format!("There is no sheet {name}. The file has: {names}"),
    }
}

/// Why a file or a mapping was refused; none for reasons that are told in general words.
pub fn refused(language: Language, error: &ApiError) -> Option<String> {
    let fact = |key: &str| error.facts.get(key).map_or("", String::as_str);
    let row = fact("row");
    let (zh, en) = match (fact("reason"), fact("field")) {
        ("too_large", _) => (
            "文件过大：最大 64 MB，解压后最大 512 MB。请拆分后再导入。".to_owned(),
            "The file is too large: at most 64 MB, and 512 MB unpacked. Split it.".to_owned(),
        ),
        ("bomb", _) => (
            "文件解压后异常庞大，可能是恶意文件，未读取。".to_owned(),
            "The file unpacks to far more than a spreadsheet holds; it may be malicious and was not read.".to_owned(),
        ),
        ("too_much", _) => (
            format!("第 {row} 行超出限度：最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列，单元格最多 64 KB。请拆分后再导入。"),
            format!("Row {row} is beyond the limits: at most {MAX_ROWS} rows, {MAX_COLUMNS} columns, 64 KB a cell. Split the file."),
        ),
        ("encrypted", _) => (
            "文件有密码保护。请在表格软件中去掉密码，另存后再导入。".to_owned(),
            "The file is protected by a password. Remove it in the spreadsheet program and save again.".to_owned(),
        ),
        ("macros", _) => (
            "文件含有宏，未读取。请另存为不含宏的 .xlsx。".to_owned(),
            "The file contains macros and was not read. Save it as .xlsx without macros.".to_owned(),
        ),
        ("wrong_ending", _) => (
            format!("文件内容其实是 {}，与扩展名不符。确认是要导入的文件后，改用正确的扩展名。", fact("format")),
            format!("The content is {}, not what the name says. If it is the right file, give it that ending.", fact("format")),
        ),
        ("unsupported", _) => (
            "不支持这种表格格式。请在表格软件中另存为 .xlsx。".to_owned(),
            "This format is not read. Save it as .xlsx in the spreadsheet program.".to_owned(),
        ),
        ("no_spreadsheet", _) => (
            "这不是表格文件。可导入 XLSX、XLS、ODS、CSV。".to_owned(),
            "This is no spreadsheet. XLSX, XLS, ODS and CSV can be imported.".to_owned(),
        ),
        ("open_quote", _) => (
            format!("第 {row} 行的引号没有结束。请补上或删去引号。"),
            format!("The quotation mark opened in row {row} is never closed. Close or remove it."),
        ),
        ("encoding", _) => (
            format!("文字不是 {} 编码。请用 --encoding 指定，例如 gb18030。", fact("encoding")),
            format!("The text is not in {}. Name the encoding with --encoding, such as gb18030.", fact("encoding")),
        ),
        ("damaged", _) => (
            "文件已损坏，无法读取。请用表格软件打开并另存后再试。".to_owned(),
            "The file is damaged. Open it in a spreadsheet program and save it again.".to_owned(),
        ),
        ("empty", _) => ("表格是空的。".to_owned(), "The spreadsheet is empty.".to_owned()),
        ("unreadable", _) => (
            format!("无法读取 {}。请核对路径、文件名和读取权限。", fact("path")),
            format!("{} cannot be read. Check its path and name, and that you may read it.", fact("path")),
        ),
        (_, "header") => (
            "找不到表头行。请用 --header 指定行号。".to_owned(),
            "There is no such header row. Name it with --header.".to_owned(),
        ),
        (_, "mapping") => (
            format!("列对应关系有误：字段 {} 不存在或被对应了两次。", fact("column")),
            format!("The mapping is wrong: the field {} does not exist or is filled twice.", fact("column")),
        ),
        _ => return None,
    };
    Some(pick(language, &zh, &en).to_owned())
}
