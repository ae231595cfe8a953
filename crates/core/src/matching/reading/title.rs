//! The line that names a need, out of a text that has none: an e-mail is one long paragraph more often than not.

use crate::model::NeedForm;

/// Longest first line that is taken for a title, in characters: Han characters say about twice as much as letters.
const LONGEST: [usize; 2] = [40, 90];
/// Shortest clause that can name a need, in characters.
const SHORTEST: usize = 6;
/// Begins to say what is wanted.
const WISHES: &[&str] = &[
    "希望",
    "需要",
    "想",
    "寻求",
    "寻找",
    "拟",
    "计划",
    "打算",
    "求购",
    "征集",
    "诚征",
    "would like",
    "want",
    "need",
    "looking for",
    "seek",
    "hope to",
    "plan to",
];
/// What people say before they come to the point.
const GREETINGS: &[&str] = &[
    "您好",
    "你好",
    "尊敬的",
    "各位",
    "dear ",
    "hello",
    "hi ",
    "hi,",
    "to whom",
];

/// A need of which nothing but a text is known: its first line is the title where that is short enough, and otherwise the
/// clause that says what is wanted, with the whole text as the problem.
pub(super) fn titled(text: &str) -> NeedForm {
    let text = text.trim();
    let first = text.lines().next().unwrap_or_default().trim();
    if first.chars().count() <= longest(first) && !is_greeting(first) {
        return NeedForm::text(text);
    }
    NeedForm {
        title: short(gist(text)),
        problem: text.to_owned(),
        ..NeedForm::default()
    }
}

fn longest(text: &str) -> usize {
    LONGEST[usize::from(!text.chars().any(crate::search::text::is_han))]
}

/// The clause that says what is wanted; without one the first that is no greeting and names nobody's number.
fn gist(text: &str) -> &str {
    let clauses: Vec<&str> = text
        .split(|c: char| "。！？!?；;\n，,：:".contains(c))
        .flat_map(|clause| clause.split(". "))
        .map(str::trim)
        .filter(|clause| clause.chars().count() >= SHORTEST && !has_number(clause))
        .collect();
    let says = |words: &[&str], clause: &str| {
        let clause = clause.to_lowercase();
        words.iter().any(|word| clause.contains(word))
    };
    let wish = clauses.iter().find(|clause| says(WISHES, clause));
    let first = || clauses.iter().find(|clause| !is_greeting(clause));
    wish.or_else(first).copied().unwrap_or(text)
}

fn is_greeting(text: &str) -> bool {
    let text = text.to_lowercase();
    GREETINGS.iter().any(|word| text.starts_with(word))
}

/// Whether a text holds something like the number of a telephone.
fn has_number(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 7
}

fn short(title: &str) -> String {
    let most = longest(title);
    if title.chars().count() <= most {
        return title.to_owned();
    }
    let cut: String = title.chars().take(most - 1).collect();
    // Not within a word where words are told apart by spaces.
    let end = cut
        .rfind(' ')
        .filter(|end| *end > most / 2)
        .unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_named_by_what_it_wants_and_kept_whole() {
        for (text, title) in [
            (
                "您好：我们是无锡一家做汽车座椅骨架焊接的企业，焊缝靠人工目检，漏检率大概3%。希望用机器视觉做焊缝缺陷的自动检测，\
                 数据不能出厂。联系人张工 13912345678。",
                "希望用机器视觉做焊缝缺陷的自动检测",
            ),
            (
                "Hello, we run a plant for seat frames in Wuxi and inspect every weld by eye. We would like to find weld \
                 defects automatically with machine vision, on our own premises. Call 13912345678.",
                "We would like to find weld defects automatically with machine vision",
            ),
            (
                "尊敬的各位专家：\n注塑机故障频发，停机损失很大。",
                "注塑机故障频发",
            ),
        ] {
            let need = titled(text);
            assert_eq!((need.title.as_str(), need.problem.as_str()), (title, text));
        }
    }

    #[test]
    fn a_first_line_that_names_the_need_is_its_title() {
        let need = titled("表面缺陷检测\n目前靠人工。");
        assert_eq!(
            (need.title.as_str(), need.problem.as_str()),
            ("表面缺陷检测", "目前靠人工。")
        );
    }

    #[test]
    fn a_title_is_never_long_and_ends_with_a_word() {
        let long = "我们".repeat(200);
        assert_eq!(titled(&long).title.chars().count(), 40);
        let words = "we need something that is quite hard to describe ".repeat(9);
        let title = titled(&words).title;
        assert!(
            title.chars().count() <= 90 && title.ends_with('…'),
            "{title}"
        );
        assert!(
            words.contains(&format!("{} ", title.trim_end_matches('…'))),
            "{title}"
        );
    }
}
