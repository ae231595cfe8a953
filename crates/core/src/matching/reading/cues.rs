//! Words that say how strictly something is meant, and words that deny it.

use super::Reader;
use crate::model::Strength;

const HARD: &[&str] = &[
    "必须",
    "务必",
    "一定要",
    "不得",
    "不能",
    "不可",
    "不允许",
    "禁止",
    "严禁",
    "仅限",
    "只能",
    "只接受",
    "仅接受",
    "须",
    "硬性",
    "强制",
    "不超过",
    "不高于",
    "不少于",
    "不低于",
    "上限",
    "封顶",
    "最多",
    "最高",
    "最迟",
    "最晚",
    "以内",
    "must",
    "shall",
    "required",
    "mandatory",
    "only",
    "no later than",
    "at most",
    "at least",
    "no more than",
    "not exceed",
    "cannot",
    "can't",
    "never",
    "up to",
    "maximum",
];
const SOFT: &[&str] = &[
    "最好",
    "优先",
    "尽量",
    "尽可能",
    "希望",
    "倾向",
    "争取",
    "可以考虑",
    "左右",
    "大约",
    "大概",
    "约",
    "预计",
    "计划",
    "暂定",
    "可接受",
    "prefer",
    "preferably",
    "preferred",
    "ideally",
    "nice to have",
    "would like",
    "about",
    "around",
    "roughly",
    "approximately",
    "hope",
    "hopefully",
    "plan to",
    "planned",
];
const DENIAL: &[&str] = &[
    "不得",
    "不能",
    "不可",
    "不允许",
    "不许",
    "禁止",
    "严禁",
    "不需要",
    "无需",
    "不要",
    "不做",
    "不含",
    "不包括",
    "不考虑",
    "不接受",
    "不想",
    "不用",
    "不上",
    "拒绝",
    "不限",
    "不再",
    "must not",
    "cannot",
    "can't",
    "may not",
    "no",
    "not",
    "without",
    "never",
    "don't want",
    "do not want",
    "don't need",
    "do not need",
];
/// Words that say by themselves that something has to stay.
const STAYS: &[&str] = &["不出", "留在"];
/// Characters between a denial and what it denies, at most.
const REACH: usize = 6;

impl Reader {
    /// How strictly something is meant: by the nearest such word of its clause.
    pub(super) fn strength(&self, start: usize, end: usize) -> Strength {
        let (from, to) = self.clauses.around(start, self.chars.len());
        let nearest = |words: &[&'static str]| -> Option<usize> {
            let places = (from..to).filter_map(|at| {
                let (_, after) = words
                    .iter()
                    .filter_map(|word| self.word(at, word))
                    .find(|(_, after)| *after <= to)?;
                Some(if after <= start {
                    start - after
                } else {
                    at.saturating_sub(end)
                })
            });
            places.min()
        };
        match (nearest(HARD), nearest(SOFT)) {
            (None, None) => Strength::Unknown,
            (Some(_), None) => Strength::Hard,
            (Some(hard), Some(soft)) if hard <= soft => Strength::Hard,
            (_, Some(_)) => Strength::Soft,
        }
    }

    /// How strictly words are meant that say where data stays: 数据不出厂 leaves no choice.
    pub(super) fn stays(&self, start: usize, end: usize) -> Strength {
        let stays = (start..end).any(|at| self.any(at, STAYS).is_some());
        if stays {
            Strength::Hard
        } else {
            Strength::Unknown
        }
    }

    /// Where the denial of something begins, if it is denied.
    pub(super) fn denied(&self, start: usize) -> Option<usize> {
        let (from, _) = self.clauses.around(start, self.chars.len());
        let from = from.max(start.saturating_sub(REACH + 12));
        (from..start).find(|at| {
            DENIAL.iter().any(|word| {
                self.word(*at, word).is_some_and(|(word, after)| {
                    // “not only” and 不得不 deny nothing.
                    after <= start
                        && start - after <= REACH
                        && !self.has(self.skip(after), "only")
                        && !(word == "不得" && self.has(after, "不"))
                })
            })
        })
    }

    /// A word at a place; a Latin one must not be a part of another.
    pub(super) fn word(&self, at: usize, word: &'static str) -> Option<(&'static str, usize)> {
        if !self.has(at, word) {
            return None;
        }
        let after = at + word.chars().count();
        let latin = |place: Option<usize>| {
            place
                .and_then(|place| self.chars.get(place))
                .is_some_and(char::is_ascii_alphanumeric)
        };
        let inside = latin(Some(at)) && (latin(at.checked_sub(1)) || latin(Some(after)));
        (!inside).then_some((word, after))
    }

    /// Whether one of `words` stands in the clause around a place.
    pub(super) fn says(&self, place: usize, words: &[&'static str]) -> bool {
        let (from, to) = self.clauses.around(place, self.chars.len());
        (from..to).any(|at| {
            words
                .iter()
                .any(|word| self.word(at, word).is_some_and(|(_, after)| after <= to))
        })
    }
}
