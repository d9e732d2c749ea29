//! Files as they come, and as they should not.

use proptest::prelude::*;

use super::{Format, Rows};
use crate::{Field, Mapping, Subject};

/// A line, and what is told of it.
type Told = (u64, String);

/// SKU and quantity of each row; what is wrong with those that are bad; whether the file was cut.
fn read(text: impl AsRef<[u8]>) -> (Vec<Told>, Option<Told>) {
    let mut rows = Rows::open(text.as_ref(), Subject::Stock, &Mapping::default(), None).unwrap();
    let mut found = Vec::new();
    while let Some(row) = rows.next() {
        let cell = |field| match row.cells.as_ref().map(|cells| cells.get(field)) {
            Ok(Ok(text)) => text.unwrap_or("?").to_owned(),
            Ok(Err(bad)) => format!("!{}: {}", bad.column, bad.reason),
            Err(reason) => format!("!{reason}"),
        };
        let text = match &row.cells {
            Err(reason) => format!("!{reason}"),
            Ok(_) => format!("{} {}", cell(Field::Sku), cell(Field::Quantity)),
        };
        found.push((row.line, text));
    }
    (found, rows.cut().map(|cut| (cut.line, cut.reason.clone())))
}

fn refused(text: impl AsRef<[u8]>) -> String {
    Rows::open(text.as_ref(), Subject::Stock, &Mapping::default(), None).map(|_| ()).unwrap_err().to_string()
}

fn rows(expected: &[(u64, &str)]) -> Vec<Told> {
    expected.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
}

#[test]
fn lines_are_those_of_an_editor() {
    for end in ["\n", "\r\n"] {
        let text = ["sku,store,qty", "A,x,1", "", "\"B\nb\",x,2", "C,x,3", "", "", "D,x,4", ""].join(end);
        let expected = rows(&[(2, "A 1"), (4, "B\nb 2"), (6, "C 3"), (9, "D 4")]);
        let (found, cut) = read(text);
        assert_eq!((found, cut), (expected, None), "{end:?}");
    }
    let (found, _) = read("sku,store,qty\r\nA,x,1");
    assert_eq!(found, rows(&[(2, "A 1")]), "no line end at the end");
}

#[test]
fn what_excel_saves() {
    let (found, cut) = read("\u{feff}\"SKU\";Store code;On-Hand\r\nA;x;1\r\n");
    assert_eq!((found, cut), (rows(&[(2, "A 1")]), None));
    let (found, _) = read("store code\tid\tquantity\tprice\nx\tA\t1\t12.50 EUR\n");
    assert_eq!(found, rows(&[(2, "A 1")]));
    let (found, _) = read(b"sku,store,qty\nA,x,1\nB\xe9,x,1\nC,x,2\n");
    assert!(found[1].1.contains("not UTF-8") && found[1].1.contains("latin1"), "{found:?}");
    assert_eq!((found[1].0, found[2].1.as_str()), (3, "C 2"));
}

#[test]
fn cut_files() {
    let (found, cut) = read("sku,store,qty\nA,x,1\nB,\"x");
    assert_eq!((found, cut), (rows(&[(2, "A 1")]), Some((3, "a quote is not closed".to_owned()))));
    let (_, cut) = read("sku,store,qty\nA,x,1\nB,\"x,1\nC,x,1\nD,x,\"1\"");
    assert_eq!(cut.unwrap().1, "the last row is cut off", "a quote that a later one closes");
    let (found, cut) = read("sku,store,qty\nA,x,1\nB,x");
    assert_eq!(found.len(), 2);
    assert_eq!(cut, Some((3, "the last row is cut off".to_owned())));
    let (found, cut) = read("sku,store,qty\nA,x\nB,x,2\n");
    assert_eq!((found[0].1.as_str(), cut), ("!has 2 cells, the header has 3", None));
    let (_, cut) = read("[{\"sku\":\"A\",\"store\":\"x\",\"qty\":1},\n{\"sku\":\"B\"");
    assert_eq!(cut, Some((2, "the list is not closed".to_owned())));
    let (found, cut) = read("[{\"sku\":\"A\",\"store\":\"x\",\"qty\":1},\n");
    assert_eq!((found.len(), cut.map(|cut| cut.0)), (1, Some(2)));
    let (found, cut) = read("{\"sku\":\"A\",\"qty\":1}\n{\"sku\":\"B\",\"q");
    assert_eq!((found.len(), cut), (1, Some((2, "the last object is cut off".to_owned()))));
    let (found, cut) = read("<rss><channel><item><g:id>A</g:id></item>\n<item><g:id>B</g:id>");
    assert_eq!((found.len(), cut), (1, Some((2, "an element is not closed".to_owned()))));
    assert!(refused("sku,\"store,qty\nA,x,1\n").contains("quote is not closed"));
    let endless = format!("sku,store,qty\nA,\"{}", "x,1\n".repeat(1 << 20));
    let (found, cut) = read(endless);
    assert_eq!(found.len(), 0);
    assert!(cut.unwrap().1.contains("longer than 1 MB"));
}

#[test]
fn json_of_both_kinds() {
    let (found, cut) = read(
        "\u{feff} [\n {\"sku\": \"A\", \"storeCode\": \"x\", \"quantity\": 1},\n 7, {\"sku\": \"B\" \"qty\": 1},\n\n \
         {\"sku\": \"C\", \"qty\": NaN},\n {\"sku\": \"D]},\", \"qty\": \"4\", \"more\": {\"deep\": [1, {}]}}\n]\n",
    );
    assert_eq!(cut, None);
    assert_eq!((found[0].0, found[0].1.as_str()), (2, "A 1"));
    assert_eq!((found[1].0, found[1].1.as_str()), (3, "!is no object { … }"));
    assert!(found[2].0 == 3 && found[2].1.contains("not right JSON"), "{found:?}");
    assert!(found[3].0 == 5 && found[3].1.contains("not right JSON"), "{found:?}");
    assert_eq!((found[4].0, found[4].1.as_str()), (6, "D]}, 4"));
    let (found, cut) = read("{\"sku\":\"A\",\"qty\":1}\r\n\r\n{\"sku\":\"B\"\n{\"sku\":\"C\",\"qty\":[]}\n");
    assert_eq!(cut, None);
    assert!(found[1].0 == 3 && found[1].1.contains("not right JSON"), "{found:?}");
    assert!(found[2].0 == 4 && found[2].1.contains("!qty") || found[2].1.contains("!quantity"), "{found:?}");
    assert_eq!(read("[]"), (vec![], None));
    let (found, _) = read("{\"sku\":\"A\",\"sku\":\"B\",\"qty\":1}");
    assert!(found[0].1.contains("is there twice"), "{found:?}");
}

#[test]
fn xml_of_google() {
    let text = "<?xml version=\"1.0\"?>\n<rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel><title>t</title>\n\
        <item><g:store_code>x &amp; y</g:store_code><g:id><![CDATA[A<]]></g:id><g:quantity>1</g:quantity></item>\n\
        <item><g:id>B&nope;</g:id><g:shipping><g:price>1</g:price></g:shipping></item>\n</channel></rss>";
    let (found, cut) = read(text);
    assert_eq!(cut, None);
    assert_eq!((found[0].0, found[0].1.as_str()), (3, "A< 1"));
    assert!(found[1].0 == 4 && found[1].1.contains("&nope; is not known"), "{found:?}");
    let (found, cut) = read("<feed><entry><id>A</id></entry><entry><id>B</wrong></entry></feed>");
    assert_eq!((found.len(), cut.map(|cut| cut.1.contains("not right XML"))), (1, Some(true)));
}

#[test]
fn headers_that_do_not_do() {
    assert!(refused("").contains("empty"));
    assert!(refused("\u{feff}").contains("empty"));
    assert!(refused(b"\xff\xfes\0k\0").contains("UTF-16"));
    assert!(refused(b"PK\x03\x04abc").contains("Excel"));
    assert!(refused("sku,store,qty,SKU\nA,x,1,B\n").contains("two columns \"SKU\""));
    let message = refused("article,store,qty\n");
    assert!(message.contains("no column sku") && message.contains("\"article\""), "{message}");
    assert!(refused("sku|store|qty\n").contains("delimiter = \"|\""));
    assert!(refused(b"sku,store,qty,\xe9\n").contains("not UTF-8"));
}

#[test]
fn by_a_mapping() {
    let mapping = "delimiter = \"|\"\nencoding = \"latin1\"\n[fields.sku]\ncolumn = \"Réf\"\nafter = \"#\"\n\
                   [fields.store]\nvalue = \"FR-1\"\n[fields.quantity]\ncolumn = \"Qté\"\nmap = { \"beaucoup\" = \"9\" }\n";
    let mapping = Mapping::parse(mapping).unwrap();
    let file: &[u8] = b"R\xe9f|Qt\xe9|sku\nx#A|beaucoup|B\n";
    let mut rows = Rows::open(file, Subject::Stock, &mapping, None).unwrap();
    let cells = rows.next().unwrap().cells.unwrap();
    let text = |field| cells.get(field).unwrap();
    assert_eq!(
        (text(Field::Sku), text(Field::Store), text(Field::Quantity)),
        (Some("A"), Some("FR-1"), Some("9"))
    );
}

proptest! {
    #[test]
    fn cells_come_through(rows in proptest::collection::vec(("[A-Z0-9]{1,8}", "\\PC{0,8}[,\"\r\n;é ]{0,3}x"), 1..30), sign in 0usize..3) {
        let sign = [',', ';', '\t'][sign];
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let line = |(sku, words): &(String, String)| format!("{}{sign}x{sign}{}\r\n", quoted(sku), quoted(words));
        let file = format!("sku{sign}store{sign}name\r\n{}", rows.iter().map(line).collect::<String>());
        let mut read = Rows::open(file.as_bytes(), Subject::Products, &Mapping::default(), None).unwrap();
        let mut starts = 2;
        for (sku, words) in &rows {
            let row = read.next().unwrap();
            let cells = row.cells.unwrap();
            prop_assert_eq!(cells.get(Field::Sku), Ok(Some(sku.as_str())));
            prop_assert_eq!(cells.get(Field::Name), Ok(Some(words.trim())));
            prop_assert_eq!(row.line, starts);
            starts += 1 + words.matches('\n').count() as u64;
        }
        prop_assert!(read.next().is_none() && read.cut().is_none());
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400), json: bool) {
        soup(&bytes, json.then_some(Format::Json));
    }

    #[test]
    fn any_syntax(text in "(sku,store,qty\n|\\[|\\{|<rss><item>)?[\\[\\]{}\",:;<>/&\\\\\\r\\n\\ta-c0-9 ]{0,200}") {
        soup(text.as_bytes(), None);
    }
}

fn soup(bytes: &[u8], named: Option<Format>) {
    for subject in [Subject::Stock, Subject::Products, Subject::Sales] {
        let Ok(mut rows) = Rows::open(bytes, subject, &Mapping::default(), named) else { continue };
        let (mut count, mut last) = (0, 0);
        while let Some(row) = rows.next() {
            count += 1;
            assert!(row.line >= last && row.ordinal == count, "{row:?}");
            last = row.line;
        }
        assert!(rows.next().is_none());
    }
}
