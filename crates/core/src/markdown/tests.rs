use super::*;

fn text(text: &str) -> Inline {
    Inline::Text {
        text: text.to_owned(),
    }
}

fn paragraph(spans: Vec<Inline>) -> Block {
    Block::Paragraph { spans }
}

#[test]
fn a_note_is_read_into_its_parts() {
    let note = "# 访谈\n\n**重点**：*先*试点。\n下一行\n\n- [x] 问过\n- [ ] 报价\n\n1. 甲\n\n> 原话\n\n`code`\n\n---\n";
    assert_eq!(
        read(note),
        [
            Block::Heading {
                level: 1,
                spans: vec![text("访谈")]
            },
            paragraph(vec![
                Inline::Strong {
                    spans: vec![text("重点")]
                },
                text("："),
                Inline::Emphasis {
                    spans: vec![text("先")]
                },
                text("试点。"),
                Inline::Break,
                text("下一行"),
            ]),
            Block::List {
                start: None,
                items: vec![
                    Item {
                        done: Some(true),
                        blocks: vec![paragraph(vec![text("问过")])]
                    },
                    Item {
                        done: Some(false),
                        blocks: vec![paragraph(vec![text("报价")])]
                    },
                ]
            },
            Block::List {
                start: Some(1),
                items: vec![Item {
                    done: None,
                    blocks: vec![paragraph(vec![text("甲")])]
                }]
            },
            Block::Quote {
                blocks: vec![paragraph(vec![text("原话")])]
            },
            paragraph(vec![Inline::Code {
                text: "code".to_owned()
            }]),
            Block::Rule,
        ]
    );
}

#[test]
fn a_table_has_a_head_and_rows() {
    let [Block::Table { head, rows }] = &read("| 项 | 值 |\n|---|---|\n| 价 | 3 |\n")[..] else {
        panic!("a table");
    };
    assert_eq!(head, &[vec![text("项")], vec![text("值")]]);
    assert_eq!(rows, &[vec![vec![text("价")], vec![text("3")]]]);
}

#[test]
fn only_addresses_of_the_web_are_links() {
    let links = |note: &str| -> Vec<String> {
        let mut found = Vec::new();
        for block in read(note) {
            if let Block::Paragraph { spans } = block {
                found.extend(spans.into_iter().filter_map(|span| match span {
                    Inline::Link { address, .. } => Some(address),
                    _ => None,
                }));
            }
        }
        found
    };
    assert_eq!(
        links("[官网](https://example.org/a?b#c) ![图](http://example.org/x.png)"),
        ["https://example.org/a?b#c", "http://example.org/x.png"]
    );
    for hostile in [
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](file:///etc/passwd)",
        "[a](//example.org)",
        "[a](https://bank.example@evil.example/)",
        "[a](tauri://localhost)",
        &format!("[a](https://example.org/{})", "x".repeat(3000)),
    ] {
        assert_eq!(links(hostile), [] as [&str; 0], "{hostile}");
        assert_eq!(read(hostile), [paragraph(vec![text("a")])], "{hostile}");
    }
}

#[test]
fn html_stays_the_text_that_it_is() {
    assert_eq!(
        read("a <script>alert(1)</script> b"),
        [paragraph(vec![text("a <script>alert(1)</script> b")])]
    );
    assert_eq!(
        read("<img src=x onerror=alert(1)>\n"),
        [Block::Code {
            text: "<img src=x onerror=alert(1)>\n".to_owned()
        }]
    );
}

fn depth(blocks: &[Block]) -> usize {
    let inner = |block: &Block| match block {
        Block::Quote { blocks } => depth(blocks),
        Block::List { items, .. } => items
            .iter()
            .map(|item| depth(&item.blocks))
            .max()
            .unwrap_or(0),
        _ => 0,
    };
    1 + blocks.iter().map(inner).max().unwrap_or(0)
}

#[test]
fn depth_has_an_end_and_the_innermost_words_stay() {
    for note in [
        format!("{} tief", ">".repeat(5_000)),
        format!("{}tief", "- ".repeat(2_000)),
        format!("{}tief{}", "*a **b ".repeat(2_000), "** *".repeat(2_000)),
        format!("{}tief", "[".repeat(5_000)),
    ] {
        let tree = read(&note);
        assert!(depth(&tree) <= DEPTH, "{}", depth(&tree));
        let json = serde_json::to_string(&tree).unwrap();
        assert!(json.contains("tief"), "{}", &note[..20]);
    }
}

#[test]
fn a_text_without_end_has_one() {
    let long = "字".repeat(TEXT_MAX);
    let [Block::Paragraph { spans }] = &read(&long)[..] else {
        panic!("a paragraph");
    };
    assert_eq!(spans, &[text(&"字".repeat(TEXT_MAX / 3))]);
}
