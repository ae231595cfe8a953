//! In which encoding a text file is written.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Options, ReadError};

/// The text of a file and the name of its encoding.
pub(super) fn decode(bytes: &[u8], options: &Options) -> Result<(String, &'static str), ReadError> {
    let chosen = match &options.encoding {
        Some(label) => Some(
            Encoding::for_label(label.as_bytes())
                .ok_or_else(|| ReadError::Encoding(label.clone()))?,
        ),
        None => None,
    };
    let encoding = chosen.unwrap_or_else(|| guess(bytes));
    let (text, used, broken) = encoding.decode(bytes);
    if broken {
        return Err(ReadError::Encoding(used.name().to_owned()));
    }
    let mut text = text.into_owned();
    // Other controls than these stand in no table that a person made.
    let controls = text
        .chars()
        .filter(|c| {
            c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}')
        })
        .count();
    if controls > text.len() / 200 {
        return Err(ReadError::NoSpreadsheet);
    }
    if controls > 0 {
        text.retain(|c| c != '\0');
    }
    Ok((text, used.name()))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // In UTF-16 bytes of zero are the high half of Latin letters and delimiters. A stray one in a text of another encoding
    // does not make it UTF-16.
    let unicode = std::str::from_utf8(bytes).is_ok();
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let zeros = |odd: usize| {
        let mut found = sample.iter().skip(odd).step_by(2);
        found.by_ref().filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let most = sample.len() / 8;
    if even + odd > if unicode { most } else { 0 } && bytes.len().is_multiple_of(2) {
        return if odd >= even { UTF_16LE } else { UTF_16BE };
    }
    if unicode {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let guess = if guess == GBK { GB18030 } else { guess };
    let fits = |encoding: &'static Encoding| !encoding.decode_without_bom_handling(bytes).1;
    // Chinese spreadsheets write GB 18030 and Western ones Windows-1252, which takes any bytes.
    [guess, GB18030]
        .into_iter()
        .find(|encoding| fits(encoding))
        .unwrap_or(WINDOWS_1252)
}
