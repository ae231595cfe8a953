//! The dictionary file, searched where it lies: its lines are sorted by headword.

/// Headword, tab, glosses separated by `/`. Derived from CC-CEDICT, CC BY-SA 4.0: see assets/lexicon/README.md.
static GLOSS: &str = include_str!("../../../../../assets/lexicon/gloss.txt");
/// Longest headword looked for, in characters.
pub(super) const LONGEST: usize = 6;
/// Characters and words that only hold sentences together; their glosses are about something else.
const SILENT: &[&str] = &[
    "的",
    "了",
    "和",
    "与",
    "及",
    "在",
    "是",
    "为",
    "对",
    "将",
    "把",
    "被",
    "从",
    "向",
    "到",
    "等",
    "也",
    "都",
    "而",
    "或",
    "以",
    "于",
    "之",
    "其",
    "所",
    "并",
    "中",
    "上",
    "下",
    "有",
    "无",
    "不",
    "可",
    "能",
    "会",
    "要",
    "应",
    "该",
    "此",
    "这",
    "那",
    "就",
    "还",
    "又",
    "再",
    "已",
    "更",
    "最",
    "很",
    "各",
    "每",
    "个",
    "种",
    "类",
    "项",
    "型",
    "性",
    "化",
    "式",
    "度",
    "者",
    "们",
    "地",
    "得",
    "着",
    "过",
    "一",
    "两",
    "如",
    "若",
    "则",
    "因",
    "由",
    "但",
    "且",
    "非",
    "只",
    "做",
    "用",
    "使",
    "让",
    "给",
    "基于",
    "进行",
    "通过",
    "以及",
    "或者",
    "并且",
    "因此",
    "所以",
    "但是",
    "如果",
    "由于",
    "其中",
    "等等",
    "可以",
    "能够",
    "需要",
    "希望",
    "我们",
    "我司",
    "本项目",
    "对于",
    "关于",
    "为了",
    "根据",
    "按照",
    "一种",
    "一个",
    "没有",
    "这个",
    "这些",
];

/// All lines with headword and glosses.
pub(super) fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    GLOSS.lines().filter_map(|line| line.split_once('\t'))
}

/// The glosses of a headword.
fn glosses(headword: &str) -> Option<&'static str> {
    let bytes = GLOSS.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low.midpoint(high);
        let start = bytes[..middle]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |newline| newline + 1);
        let length = bytes[start..].iter().position(|byte| *byte == b'\n')?;
        let (found, glosses) = GLOSS[start..start + length].split_once('\t')?;
        match found.cmp(headword) {
            std::cmp::Ordering::Equal => return Some(glosses),
            std::cmp::Ordering::Less => low = start + length + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// The English words for a headword; none for a word that only holds sentences together.
pub(super) fn english(headword: &str) -> Option<Vec<String>> {
    if SILENT.contains(&headword) {
        return Some(Vec::new());
    }
    let mut words: Vec<String> = Vec::new();
    for word in glosses(headword)?.split(['/', ' ']) {
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_headword_is_found_and_nothing_else() {
        let mut former = "";
        for (headword, expected) in lines() {
            assert!(former < headword, "sorted: {former} before {headword}");
            former = headword;
            assert_eq!(glosses(headword), Some(expected));
        }
        assert_eq!(glosses("人工智障"), None);
        assert_eq!(glosses(""), None);
        assert_eq!(glosses("\u{10ffff}"), None);
    }
}
