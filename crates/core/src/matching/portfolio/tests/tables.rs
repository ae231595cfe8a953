use super::super::table::{Matrix, TableError, amounts, days, loads, matrix};

#[test]
fn empty_cells_are_impossible_pairs() {
    let expected = Matrix {
        needs: vec!["甲".to_owned(), "b c".to_owned()],
        providers: vec!["x".to_owned(), "y,z".to_owned()],
        cells: vec![(0, 0, 0.5), (1, 0, -1.0), (1, 1, 2e-3)],
    };
    for text in [
        "need,x,\"y,z\"\n甲,0.5,\nb c,-1,2e-3\n",
        "\u{feff},x,\"y,z\"\r\n甲, 0.5 ,  \r\n\r\nb c,-1,2e-3",
        "need\tx\ty,z\n甲\t0.5\t\nb c\t-1\t2e-3\n",
        "need;x;y,z\n甲;0.5;\n;;\nb c;-1;2e-3\n",
    ] {
        assert_eq!(matrix(text.as_bytes()), Ok(expected.clone()), "{text:?}");
    }
}

#[test]
fn what_cannot_be_read_is_named_by_row_and_column() {
    let number = |row, column, text: &str| TableError::Number {
        row,
        column,
        text: text.to_owned(),
    };
    for (text, error) in [
        ("", TableError::Empty),
        ("need\na\n", TableError::Empty),
        ("need,x\n", TableError::Empty),
        ("need,x,y\na,1,2\nb,1,high\n", number(3, 3, "high")),
        ("need,x\na,NaN\n", number(2, 2, "NaN")),
        ("need,x\na,inf\n", number(2, 2, "inf")),
        ("need,x\na,1e300\n", number(2, 2, "1e300")),
        (
            "need,x,y\na,1\n",
            TableError::Width {
                row: 2,
                cells: 2,
                expected: 3,
            },
        ),
        ("need,x,\na,1,2\n", TableError::Name { row: 1, column: 3 }),
        (
            "need,x\na,1\na,2\n",
            TableError::Twice {
                row: 3,
                column: 1,
                name: "a".to_owned(),
            },
        ),
    ] {
        assert_eq!(matrix(text.as_bytes()), Err(error), "{text:?}");
    }
    assert_eq!(
        matrix(b"need,x\na,1\n\xff,2\n"),
        Err(TableError::Encoding { row: 3 })
    );
}

#[test]
fn amounts_go_by_name_or_by_order() {
    let names = ["a".to_owned(), "b".to_owned()];
    for text in [
        "b,2\na,1\n",
        "id,demand\na,1\nb,2\n",
        "1\n2\n",
        "demand\n1\n2\n",
    ] {
        assert_eq!(amounts(text.as_bytes(), &names), Ok(vec![1, 2]), "{text:?}");
    }
    assert_eq!(days(b"a,0.5\nb,12\n", &names), Ok(vec![500, 12_000]));
    assert_eq!(
        amounts(b"a,1\n", &names),
        Err(TableError::Missing {
            name: "b".to_owned()
        })
    );
    assert_eq!(
        amounts(b"a,1\nb,2\nc,3\n", &names),
        Err(TableError::Unknown {
            row: 3,
            name: "c".to_owned()
        })
    );
    assert_eq!(
        amounts(b"a,1\nb,2.5\n", &names),
        Err(TableError::Number {
            row: 2,
            column: 2,
            text: "2.5".to_owned()
        })
    );
}

#[test]
fn every_possible_pair_has_a_load() {
    let scores = matrix(b"need,x,y\na,1,\nb,1,1\n").unwrap();
    let complete = matrix(b"need,y,x\nb,2.5,3\na,,1\n").unwrap();
    assert_eq!(loads(&complete, &scores), Ok(vec![1_000, 3_000, 2_500]));
    let gap = matrix(b"need,x,y\na,1,1\nb,1,\n").unwrap();
    assert_eq!(
        loads(&gap, &scores),
        Err(TableError::Missing {
            name: "b × y".to_owned()
        })
    );
}
