//! Pinyin of names: index terms, the reading of a typed token, and the sort key.
//!
//! Names only, never body text: homophones would drown it. Characters with several readings take the one
//! of the phrase they stand in (`assets/lexicon/polyphones.csv`); a record may override the whole reading.
//! Terms are pairs of neighbouring syllables (`ning'de`) and windows of four initials (`#ndsd`), each again
//! with `^` where the name starts.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use pinyin::ToPinyin;

use super::text::{is_han, is_word, normalise};

const LEXICON: &str = include_str!("../../../../assets/lexicon/polyphones.csv");
/// Longest phrase of the lexicon, in characters.
const PHRASE: usize = 4;
/// Initials per window.
const WINDOW: usize = 4;
/// Readings of one token that are tried.
const READINGS: usize = 6;

static PHRASES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    LEXICON
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .collect()
});

static SYLLABLES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    ('\u{4e00}'..='\u{9fff}')
        .filter_map(|c| c.to_pinyin())
        .map(|syllable| plain(syllable.plain()))
        .collect()
});

/// `ü` is typed as `v`.
fn plain(syllable: &str) -> String {
    syllable.replace('ü', "v").replace('ê', "e")
}

/// One piece of a name as it is read: the syllables a Han character may have, or a word.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sound {
    Syllable(Vec<String>),
    Word(String),
}

fn sounds(name: &str) -> Vec<Sound> {
    placed(&normalise(name))
        .into_iter()
        .map(|(_, sound)| sound)
        .collect()
}

/// The sounds of a normalised name, each with the character at which it starts.
fn placed(normal: &str) -> Vec<(usize, Sound)> {
    let chars: Vec<(usize, char)> = normal.char_indices().collect();
    let end = |idx: usize| chars.get(idx).map_or(normal.len(), |(byte, _)| *byte);
    let mut sounds = Vec::new();
    let mut idx = 0;
    while idx < chars.len() {
        let (start, c) = chars[idx];
        if is_han(c) {
            let known = (1..=PHRASE.min(chars.len() - idx)).rev().find_map(|len| {
                PHRASES
                    .get(&normal[start..end(idx + len)])
                    .map(|reading| (len, *reading))
            });
            if let Some((len, reading)) = known {
                let syllables = reading
                    .split(' ')
                    .map(|syllable| syllable.split('|').map(str::to_owned).collect());
                sounds.extend((idx..).zip(syllables.map(Sound::Syllable)));
                idx += len;
                continue;
            }
            if let Some(syllable) = c.to_pinyin() {
                sounds.push((idx, Sound::Syllable(vec![plain(syllable.plain())])));
            }
            idx += 1;
        } else if is_word(c) {
            let len = chars[idx..].iter().take_while(|(_, c)| is_word(*c)).count();
            let word = normal[start..end(idx + len)].to_owned();
            sounds.push((idx, Sound::Word(word)));
            idx += len;
        } else {
            idx += 1;
        }
    }
    sounds
}

fn overridden(reading: &str) -> Vec<Sound> {
    let syllable = |syllable: &str| Sound::Syllable(vec![plain(&syllable.to_lowercase())]);
    reading.split_whitespace().map(syllable).collect()
}

/// The index terms of a name. `reading` overrides the computed pinyin.
pub fn name_terms(name: &str, reading: Option<&str>) -> BTreeSet<String> {
    let sounds = reading.map_or_else(|| sounds(name), overridden);
    let mut terms = BTreeSet::new();
    let mut start = true;
    for run in sounds.split(|sound| matches!(sound, Sound::Word(_))) {
        let syllables: Vec<&Vec<String>> = run
            .iter()
            .filter_map(|sound| {
                if let Sound::Syllable(readings) = sound {
                    Some(readings)
                } else {
                    None
                }
            })
            .collect();
        for (idx, readings) in syllables.iter().enumerate() {
            let first = start && idx == 0;
            for reading in *readings {
                let pairs: Vec<String> = match syllables.get(idx + 1) {
                    Some(next) => next
                        .iter()
                        .map(|next| format!("{reading}'{next}"))
                        .collect(),
                    None => vec![reading.clone()],
                };
                for pair in pairs {
                    if first {
                        terms.insert(format!("^{pair}"));
                    }
                    terms.insert(pair);
                }
            }
            let mut windows = vec![String::from("#")];
            for readings in syllables.iter().skip(idx).take(WINDOW) {
                let initials: BTreeSet<&str> = readings
                    .iter()
                    .filter_map(|reading| reading.get(..1))
                    .collect();
                windows = windows
                    .iter()
                    .flat_map(|window| {
                        initials
                            .iter()
                            .map(move |initial| format!("{window}{initial}"))
                    })
                    .collect();
            }
            if first {
                terms.extend(windows.iter().map(|window| format!("^{window}")));
            }
            terms.extend(windows);
        }
        // A word in front of the first Han character does not keep the name from starting there.
        start = start && syllables.is_empty();
    }
    terms
}

/// The characters of a normalised name that a normalised token reads: whole syllables, the last of which may be
/// unfinished, or else initials. `reading` overrides the computed pinyin. Nothing where the token reads nothing.
pub fn read_places(token: &str, normal: &str, reading: Option<&str>) -> Vec<usize> {
    let mut sounds = placed(normal);
    if let Some(reading) = reading {
        let given = overridden(reading);
        let han = normal.chars().enumerate().filter(|(_, c)| is_han(*c));
        let places: Vec<usize> = han.map(|(place, _)| place).collect();
        // A reading that is not one syllable a character cannot be laid over the name.
        if places.len() == given.len() {
            sounds = places.into_iter().zip(given).collect();
        }
    }
    let initials = initial_reading(token).is_some();
    let by_syllables = read_all(&sounds, token, |readings, rest, first| {
        let whole = readings.iter().filter(|one| rest.starts_with(one.as_str()));
        let unfinished = || {
            let starts = !first && readings.iter().any(|one| one.starts_with(rest));
            starts.then_some(rest.len())
        };
        whole.map(String::len).max().or_else(unfinished)
    });
    if !by_syllables.is_empty() || !initials {
        return by_syllables;
    }
    read_all(&sounds, token, |readings, rest, _| {
        let first = rest.get(..1)?;
        let starts = readings.iter().any(|one| one.starts_with(first));
        starts.then_some(1)
    })
}

/// The places of neighbouring syllables over which a token can be read to its end. `eaten` tells how much of the rest
/// of the token a syllable reads, if it is the first one or not.
fn read_all(
    sounds: &[(usize, Sound)],
    token: &str,
    eaten: impl Fn(&[String], &str, bool) -> Option<usize>,
) -> Vec<usize> {
    let mut places = Vec::new();
    let mut start = 0;
    while start < sounds.len() {
        let mut rest = token;
        let mut end = start;
        while !rest.is_empty()
            && let Some((_, Sound::Syllable(readings))) = sounds.get(end)
            && let Some(length) = eaten(readings, rest, end == start)
        {
            rest = &rest[length..];
            end += 1;
        }
        if rest.is_empty() && end > start {
            places.extend(sounds[start..end].iter().map(|(place, _)| *place));
            start = end;
        } else {
            start += 1;
        }
    }
    places
}

/// By what a name is sorted: syllables and Latin words alike, so that Latin names stand among Chinese ones.
pub fn sort_key(name: &str, reading: Option<&str>) -> String {
    let sounds = reading.map_or_else(|| sounds(name), overridden);
    let words: Vec<String> = sounds
        .into_iter()
        .map(|sound| match sound {
            Sound::Syllable(readings) => readings.into_iter().next().unwrap_or_default(),
            Sound::Word(word) => word,
        })
        .collect();
    words.join(" ")
}

/// One way to read a typed token: names must hold all of `terms` and one term that starts with `prefix`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Whole terms.
    pub terms: Vec<String>,
    /// Start of one more term.
    pub prefix: String,
}

impl Reading {
    /// The same reading at the start of the name.
    #[must_use]
    pub fn at_start(&self) -> Self {
        let mut reading = self.clone();
        let first = reading.terms.first_mut().unwrap_or(&mut reading.prefix);
        first.insert(0, '^');
        reading
    }
}

/// Reads a normalised token as syllables, the last of which may be unfinished.
pub fn full_readings(token: &str) -> Vec<Reading> {
    let mut found = Vec::new();
    if token.len() > 1 && token.len() <= 48 && token.bytes().all(|byte| byte.is_ascii_lowercase()) {
        split(token, &mut Vec::new(), &mut found);
    }
    found
        .into_iter()
        .map(|syllables| reading_of(&syllables))
        .collect()
}

/// Reads a normalised token as initials.
pub fn initial_reading(token: &str) -> Option<Reading> {
    let legal = |byte: u8| byte.is_ascii_lowercase() && !b"iuv".contains(&byte);
    if !(2..=16).contains(&token.len()) || !token.bytes().all(legal) {
        return None;
    }
    if token.len() <= WINDOW {
        return Some(Reading {
            terms: Vec::new(),
            prefix: format!("#{token}"),
        });
    }
    let windows = (0..token.len() - WINDOW)
        .step_by(WINDOW)
        .map(|at| format!("#{}", &token[at..at + WINDOW]));
    Some(Reading {
        terms: windows.collect(),
        prefix: format!("#{}", &token[token.len() - WINDOW..]),
    })
}

fn split<'a>(rest: &'a str, before: &mut Vec<&'a str>, found: &mut Vec<Vec<&'a str>>) {
    if found.len() >= READINGS {
        return;
    }
    if rest.is_empty() {
        found.push(before.clone());
        return;
    }
    for len in (1..=rest.len().min(6)).rev() {
        let (head, tail) = rest.split_at(len);
        let whole = SYLLABLES.contains(head);
        let unfinished = tail.is_empty() && !before.is_empty() && is_syllable_start(head);
        if whole || unfinished {
            before.push(head);
            split(tail, before, found);
            before.pop();
        }
    }
}

fn is_syllable_start(text: &str) -> bool {
    SYLLABLES
        .range(text.to_owned()..)
        .next()
        .is_some_and(|syllable| syllable.starts_with(text))
}

fn reading_of(syllables: &[&str]) -> Reading {
    let mut terms: Vec<String> = syllables.windows(2).map(|pair| pair.join("'")).collect();
    let prefix = terms.pop().unwrap_or_else(|| syllables.concat());
    Reading { terms, prefix }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(token: &str, name: &str) -> bool {
        let terms = name_terms(name, None);
        let holds = |reading: &Reading| {
            reading.terms.iter().all(|term| terms.contains(term))
                && terms
                    .range(reading.prefix.clone()..)
                    .next()
                    .is_some_and(|term| term.starts_with(&reading.prefix))
        };
        full_readings(token).iter().any(holds)
            || initial_reading(token).is_some_and(|reading| holds(&reading))
    }

    #[test]
    fn polyphones_follow_their_phrase() {
        for (token, name) in [
            ("chongqing", "重庆长安汽车股份有限公司"),
            ("changan", "重庆长安汽车股份有限公司"),
            ("xiamen", "厦门大学"),
            ("yinhang", "中国工商银行"),
            ("changsha", "长沙中联重科"),
            ("leshan", "乐山市人民医院"),
            ("zhonggong", "三一重工"),
            ("ningdeshidai", "宁德时代新能源科技股份有限公司"),
            ("ningdeshid", "宁德时代新能源科技股份有限公司"),
            ("lvse", "绿色制造"),
            ("xian", "西安飞机工业"),
            ("ndsd", "宁德时代新能源科技股份有限公司"),
            ("ndsdxny", "宁德时代新能源科技股份有限公司"),
            ("cqca", "重庆长安汽车"),
        ] {
            assert!(finds(token, name), "{token} must find {name}");
        }
        for (token, name) in [
            ("zhongqing", "重庆长安汽车"),
            ("shamen", "厦门大学"),
            ("zhangan", "长安"),
            ("shidaining", "宁德时代"),
        ] {
            assert!(!finds(token, name), "{token} must not find {name}");
        }
    }

    #[test]
    fn a_record_may_say_how_its_name_is_read() {
        let terms = name_terms("单田芳工作室", Some("shan tian fang gong zuo shi"));
        assert!(terms.contains("^shan'tian") && !terms.contains("dan'tian"));
        assert_eq!(sort_key("单田芳", Some("Shan Tian Fang")), "shan tian fang");
    }

    #[test]
    fn a_token_reads_characters_of_a_name() {
        let read = |token: &str, name: &str, reading: Option<&str>| -> String {
            let chars: Vec<char> = name.chars().collect();
            let places = read_places(token, name, reading);
            places.into_iter().map(|place| chars[place]).collect()
        };
        for (token, name, marked) in [
            ("gongye", "中国工业智能", "工业"),
            ("zhineng", "工业智能与智能制造", "智能智能"),
            ("gyzn", "中国工业智能", "工业智能"),
            ("zhinengzhij", "ai智能质检", "智能质检"),
            ("chongqing", "重庆长安", "重庆"),
            ("ca", "重庆长安", "长安"),
            ("xian", "西安", "西安"),
            ("zhongqing", "重庆长安", ""),
            ("gongye", "智能", ""),
        ] {
            assert_eq!(read(token, name, None), marked, "{token} {name}");
        }
        let (name, given) = ("中车工作室", "zhong ju gong zuo shi");
        assert_eq!(read("zhongju", name, Some(given)), "中车");
        assert_eq!(read("zhongju", name, None), "");
    }

    #[test]
    fn the_sort_key_mixes_latin_names_in() {
        let mut names = ["重庆", "NVIDIA", "宁德时代", "百度", "Amazon"];
        names.sort_by_key(|name| sort_key(name, None));
        assert_eq!(names, ["Amazon", "百度", "重庆", "宁德时代", "NVIDIA"]);
    }

    #[test]
    fn what_is_no_pinyin_has_no_reading() {
        assert!(
            full_readings("xyz").is_empty()
                && full_readings("质检").is_empty()
                && full_readings("gpt4").is_empty()
        );
        assert!(initial_reading("ai").is_none() && initial_reading("gpt4").is_none());
    }

    #[test]
    fn every_line_of_the_lexicon_reads_its_phrase_character_by_character() {
        for (phrase, reading) in LEXICON
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
        {
            assert_eq!(
                phrase.chars().count(),
                reading.split(' ').count(),
                "{phrase}"
            );
            for syllable in reading.split([' ', '|']) {
                assert!(SYLLABLES.contains(syllable), "{phrase}: {syllable}");
            }
        }
    }
}
