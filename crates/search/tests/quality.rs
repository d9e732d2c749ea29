//! What real shoppers type, against the real network: the town of the first result.

mod common;

use devanture_search::{Index, encode, fold};

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold::words(text, &mut |word| {
        out += &String::from_utf8_lossy(word);
        out.push(' ');
    });
    out
}

#[test]
fn the_expected_town_comes_first() {
    let Some(stores) = common::stores() else { return };
    let bytes = encode(stores.iter().map(common::Row::entry)).unwrap();
    let index = Index::decode(&bytes).unwrap();
    let mut wrong = Vec::new();
    let lines = include_str!("quality.tsv").lines().filter(|l| !l.starts_with('#'));
    for (query, town) in lines.filter_map(|line| line.split_once('\t')) {
        let first = index.search(query, 8, None).first().map_or("", |hit| index.town(hit.ordinal));
        if folded(first) != folded(town) {
            wrong.push(format!("{query}: {first} instead of {town}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Hundred-thousandths of a degree.
#[expect(clippy::cast_possible_truncation, reason = "at most eight digits")]
fn metre(degrees: f64) -> i32 {
    (degrees * 1e5).round() as i32
}

#[test]
fn every_row_comes_back() {
    let Some(stores) = common::stores() else { return };
    let bytes = encode(stores.iter().map(common::Row::entry)).unwrap();
    let index = Index::decode(&bytes).unwrap();
    let mut read: Vec<_> = (0..index.len())
        .map(|at| {
            let location = index.location(at).unwrap();
            let texts =
                [index.name(at), index.town(at), index.region(at), index.postcode(at), index.country(at)];
            (index.code(at), texts.map(String::from), metre(location.lat()), metre(location.lng()))
        })
        .collect();
    let mut written: Vec<_> = stores
        .iter()
        .map(|row| {
            let texts = [&row.name, &row.town, &row.region, &row.postcode, &row.country];
            let lines = texts.map(|t| t.replace(char::is_control, " "));
            (row.code.clone(), lines, metre(row.location.lat()), metre(row.location.lng()))
        })
        .collect();
    read.sort();
    written.sort();
    assert_eq!(read.len(), written.len());
    for (read, written) in read.iter().zip(&written) {
        assert_eq!(read, written);
    }
}
