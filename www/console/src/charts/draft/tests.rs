use Dimension::{Chest, Foot, Height, Hip, Waist};

use super::*;

/// A draft of chest and waist, from rows such as `38 84 88 66 70`; `.` is a field that is left empty.
fn draft(rows: &[&str]) -> Draft {
    let mut draft = Draft::of(None, false);
    draft.toggle(Hip);
    draft.lines.clear();
    for row in rows {
        let mut texts = row.split(' ').map(|text| if text == "." { String::new() } else { text.to_owned() });
        let mut text = || texts.next().unwrap_or_default();
        draft.lines.push(Line { size: text(), cells: vec![[text(), text()], [text(), text()]] });
    }
    draft
}

fn wrong(rows: &[&str]) -> Vec<(String, &'static str)> {
    let wrong = draft(rows).checked(&[]).unwrap_err();
    wrong.into_iter().map(|one| (one.field, one.key)).collect()
}

fn is(field: &str, key: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), key)]
}

#[test]
fn as_it_is_sent_and_back() {
    let mut draft = draft(&["38 84 88 66 70", ". . . . .", "40 88 92,5 70 74"]);
    draft.names = [" Lormelle ".to_owned(), "  ".to_owned()];
    let chart = draft.checked(&[]).unwrap();
    assert_eq!((chart.brand.as_deref(), chart.category.as_deref()), (Some("Lormelle"), None));
    assert_eq!(chart.rows.len(), 2, "an empty row is none");
    assert_eq!((chart.rows[1].body[0].from_mm, chart.rows[1].body[0].to_mm), (880, 925));
    let again = Draft::of(Some(&chart), true);
    assert_eq!(again.dimensions, [Chest, Waist]);
    assert_eq!(again.lines[1].cells[0], ["88", "92,5"]);
    assert_eq!(again.checked(std::slice::from_ref(&chart)).unwrap(), chart);
}

#[test]
fn one_number_is_from_and_to() {
    let chart = draft(&["38 84 . 66 70", "40 88 . 70 74"]).checked(&[]).unwrap();
    assert_eq!((chart.rows[0].body[0].from_mm, chart.rows[0].body[0].to_mm), (840, 840));
    assert_eq!(Draft::of(Some(&chart), false).lines[0].cells[0], ["84", ""]);
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    for (rows, field, key) in [
        (&["38 88 84"][..], "c-0-0-1", "sc.wrong.upwards"),
        (&["38 eighty 88"], "c-0-0-0", "sc.wrong.number"),
        (&["38 84 88.55"], "c-0-0-1", "sc.wrong.number"),
        (&["38 84-88 90"], "c-0-0-0", "sc.wrong.number"),
        (&["38 -84 88"], "c-0-0-0", "sc.wrong.bounds"),
        (&["38 84 880"], "c-0-0-1", "sc.wrong.bounds"),
        (&["38 84 12345"], "c-0-0-1", "sc.wrong.bounds"),
        (&["38 33 88"], "c-0-0-0", "sc.wrong.bounds"),
        (&["38 . 88"], "c-0-0-0", "sc.wrong.from"),
        (&[". 84 88"], "c-0", "sc.wrong.no_label"),
        (&["rouge 84 88"], "c-0", "sc.wrong.no_size"),
        (&["m 84 88", "M 88 92"], "c-1", "sc.wrong.twice"),
        (&["38 84 88 66 70", "40 88 92"], "c-1-1-0", "sc.wrong.missing"),
        (&["38 84 86", "40 90 92"], "c-1-0-0", "sc.wrong.gap"),
        (&["38 84 89", "40 88 92"], "c-1-0-0", "sc.wrong.overlap"),
        (&["40 88 92", "38 84 88"], "c-1-0-0", "sc.wrong.order"),
        (&[], "c-0", "sc.wrong.empty"),
        (&["38"], "c-0", "sc.wrong.empty"),
    ] {
        assert_eq!(wrong(rows), is(field, key), "{rows:?}");
    }
}

#[test]
fn what_cannot_be_read_leaves_no_gap() {
    assert_eq!(wrong(&["38 84 88", "40 x 92", "42 92 96"]), is("c-1-0-0", "sc.wrong.number"));
    let both = [("c-1-0-0".to_owned(), "sc.wrong.number"), ("c-2-1-0".to_owned(), "sc.wrong.gap")];
    assert_eq!(wrong(&["38 84 88 66 70", "40 x 92 70 74", "42 92 96 78 82"]), both);
}

#[test]
fn more_sizes_than_a_chart_has() {
    let rows: Vec<String> = (0..61).map(|row| format!("{} {} {}", row + 30, 40 + row, 41 + row)).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    assert_eq!(wrong(&rows), is("form", "sc.wrong.many"));
}

#[test]
fn two_charts_of_one_name() {
    let mut one = draft(&["38 84 88"]);
    one.names = ["LORMELLE".to_owned(), "Robe".to_owned()];
    let known = KeptSizeChart {
        brand: Some("Lormelle".into()),
        category: Some("robe ".into()),
        rows: vec![],
        revision: Some(7),
    };
    assert_eq!(one.checked(std::slice::from_ref(&known)).unwrap_err()[0].key, "sc.wrong.exists");
    one.was = Some(known.clone());
    one.checked(&[known]).unwrap();
}

#[test]
fn said_while_it_is_put_right() {
    let mut one = draft(&["38 88 84"]);
    one.tried = true;
    one.typed("r.0.0.1", "90".to_owned());
    assert_eq!(one.wrong, []);
    one.typed("r.0", String::new());
    assert_eq!(one.wrong[0].key, "sc.wrong.no_label");
    one.typed("r.9.9.9", "nowhere".to_owned());
    one.typed("n.0", "Lormelle".to_owned());
    assert_eq!(one.names[0], "Lormelle");
}

#[test]
fn rows_and_dimensions_move() {
    let mut one = draft(&["38 84 88 66 70", "40 88 92 70 74"]);
    assert_eq!(one.lines(Move::Up(1)), 0);
    assert_eq!(one.lines[0].size, "40");
    assert_eq!(one.lines(Move::Up(0)), 0);
    assert_eq!(one.lines(Move::Add), 2);
    assert_eq!(one.lines(Move::Remove(2)), 1);
    one.toggle(Height);
    assert_eq!(
        (one.dimensions.as_slice(), one.lines[0].cells[0][0].as_str()),
        (&[Height, Chest, Waist][..], "")
    );
    one.toggle(Chest);
    assert_eq!((one.dimensions.as_slice(), one.lines[0].cells[1][0].as_str()), (&[Height, Waist][..], "70"));
    one.toggle(Foot);
    assert_eq!(one.dimensions.last(), Some(&Foot));
    assert!(one.touched);
}

#[test]
fn pasted_from_a_spreadsheet() {
    let mut one = draft(&["38"]);
    one.paste("r.0", "38\t84-88\t66\t70\r\n40\t88 – 92\t70\t74\t99\r\n");
    assert_eq!(one.lines.len(), 2);
    assert_eq!(one.lines[0].cells, [["84", "88"], ["66", "70"]]);
    assert_eq!(
        (one.lines[1].size.as_str(), &one.lines[1].cells[0]),
        ("40", &["88".to_owned(), "92".to_owned()])
    );
    one.checked(&[]).unwrap();
    one.paste("r.1.0.1", "93\t71");
    assert_eq!(one.lines[1].cells, [["88", "93"], ["71", "74"]]);
    one.paste("r.0", &"40\n".repeat(500));
    assert_eq!(one.lines.len(), 61, "and no more, however much there is");
}
