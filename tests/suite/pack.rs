//! Hostile packs: each is refused with its place, and none costs more than it announces.

use atlas_core::feed::{Digest, PackError, PackInfo, PackReader};
use atlas_core::feed::{Manifest, manifest::ManifestError};

const HEADER: &str =
    r#"{"pack":"snapshot","feed":"fixture","from":null,"to":1,"part":0,"parts":1}"#;

fn info(bytes: &[u8], raw: usize, lines: usize) -> PackInfo {
    PackInfo {
        sha256: Digest::of(bytes).to_string(),
        size: u32::try_from(bytes.len()).unwrap(),
        raw: u32::try_from(raw).unwrap(),
        lines: u32::try_from(lines).unwrap(),
    }
}

/// Reads a whole pack of these lines, announced truthfully.
fn read(lines: &[&str]) -> Result<usize, PackError> {
    let mut raw = format!("{HEADER}\n");
    for line in lines {
        raw.push_str(line);
        raw.push('\n');
    }
    let bytes = zstd::encode_all(raw.as_bytes(), 3).unwrap();
    PackReader::open(&bytes, &info(&bytes, raw.len(), lines.len()))?
        .try_fold(0, |count, op| op.map(|_| count + 1))
}

fn put(kind: &str, id: &str) -> String {
    format!(r#"{{"op":"put","t":"{kind}","id":"{id}","rec":{{}}}}"#)
}

#[test]
fn sorted_lines_are_read_and_anything_else_is_refused_with_its_line() {
    assert_eq!(
        read(&[&put("a", "1"), &put("a", "2"), &put("b", "1")]).unwrap(),
        3
    );
    let bad: &[&[&str]] = &[
        &[&put("b", "1"), &put("a", "1")],
        &[&put("a", "1"), &put("a", "1")],
        &[&put("a", "../../x")],
        &[&put("a", "x\\u0000")],
        &[&put("A", "x")],
        &[&put("a", &"x".repeat(97))],
        &[r#"{"op":"del","t":"a","id":"1"}"#],
        &[r#"{"op":"put","t":"a","id":"1"}"#],
        &[r#"{"op":"put","t":"a","id":"1","rec":{},"more":1}"#],
        &[&format!(
            r#"{{"op":"put","t":"a","id":"1","rec":{}{}}}"#,
            "[".repeat(17),
            "]".repeat(17)
        )],
        &[r#"{"op":"drop","t":"a","id":"1","rec":{}}"#],
        &["not json"],
        &[""],
        &[&format!(
            r#"{{"op":"put","t":"a","id":"1","rec":"{}"}}"#,
            "x".repeat(300 * 1024)
        )],
        &[&format!(
            r#"{{"op":"put","t":"a","id":"1","rec":{}{}}}"#,
            "[".repeat(10_000),
            "]".repeat(10_000)
        )],
    ];
    for lines in bad {
        let line = u32::try_from(lines.len()).unwrap() + 1;
        match read(lines) {
            Err(PackError::Line { line: found, .. }) => assert_eq!(found, line, "{:.80}", lines[0]),
            other => panic!("{:.80}: {other:?}", lines[0]),
        }
    }
}

#[test]
fn a_pack_that_is_longer_or_shorter_than_announced_is_refused() {
    let raw = format!("{HEADER}\n{}\n", put("a", "1"));
    let bytes = zstd::encode_all(raw.as_bytes(), 3).unwrap();
    let read = |info: &PackInfo| {
        PackReader::open(&bytes, info)
            .and_then(|pack| pack.map(|op| op.map(|_| ())).collect::<Result<Vec<_>, _>>())
    };
    assert!(read(&info(&bytes, raw.len(), 1)).is_ok());
    for (size, lines) in [
        (raw.len() - 1, 1),
        (raw.len() + 1, 1),
        (raw.len(), 0),
        (raw.len(), 2),
    ] {
        assert!(
            matches!(read(&info(&bytes, size, lines)), Err(PackError::Length)),
            "{size} {lines}"
        );
    }
}

#[test]
fn a_bomb_stops_at_its_announced_size() {
    let raw = format!("{HEADER}\n{}", "x".repeat(64 << 20));
    let bytes = zstd::encode_all(raw.as_bytes(), 19).unwrap();
    assert!(bytes.len() < 64 << 10, "the fixture must be a bomb");
    let mut pack = PackReader::open(&bytes, &info(&bytes, 1000, 1)).unwrap();
    assert!(matches!(
        pack.next(),
        Some(Err(PackError::Length | PackError::Line { .. }))
    ));
}

#[test]
fn damaged_compression_is_refused_not_panicked_over() {
    let raw = format!("{HEADER}\n{}\n", put("a", "1"));
    let good = zstd::encode_all(raw.as_bytes(), 3).unwrap();
    for idx in 0..good.len() {
        let mut bytes = good.clone();
        bytes[idx] ^= 0x55;
        // The hash is that of the damaged bytes: only the decompressor stands between.
        if let Ok(pack) = PackReader::open(&bytes, &info(&bytes, raw.len(), 1)) {
            for op in pack {
                if op.is_err() {
                    break;
                }
            }
        }
    }
    for end in 0..good.len() {
        let bytes = &good[..end];
        let read = PackReader::open(bytes, &info(bytes, raw.len(), 1))
            .and_then(|pack| pack.map(|op| op.map(|_| ())).collect::<Result<Vec<_>, _>>());
        assert!(read.is_err(), "cut at {end}");
    }
}

#[test]
fn manifests_with_impossible_values_are_refused_by_field() {
    let good = tests::fixtures::bundle(1, &[]);
    let text = String::from_utf8(good.manifest.to_vec()).unwrap();
    assert!(Manifest::parse(text.as_bytes()).is_ok());
    let cases = [
        (r#""v":1"#, r#""v":2"#, ManifestError::TooNew(2)),
        (
            r#""format":"atlas-feed""#,
            r#""format":"other""#,
            ManifestError::Field("format"),
        ),
        (
            r#""feed":"fixture""#,
            r#""feed":"../x""#,
            ManifestError::Field("feed"),
        ),
        (r#""gen":1"#, r#""gen":0"#, ManifestError::Field("gen")),
        ("sha256-buckets-1", "md5", ManifestError::Field("state")),
    ];
    for (from, to, error) in cases {
        assert!(text.contains(from), "{from}");
        assert_eq!(
            Manifest::parse(text.replace(from, to).as_bytes()),
            Err(error)
        );
    }
    for number in ["-1", "1.5", "9223372036854775807", "\"1\""] {
        let text = text.replace(r#""gen":1"#, &format!(r#""gen":{number}"#));
        assert!(
            matches!(
                Manifest::parse(text.as_bytes()),
                Err(ManifestError::Syntax(_))
            ),
            "{number}"
        );
    }
    assert_eq!(
        Manifest::parse(&vec![b' '; 300 * 1024]),
        Err(ManifestError::TooLarge)
    );
}
