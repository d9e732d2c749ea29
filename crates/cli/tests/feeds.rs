//! Feeds as an operator takes them in.

#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use devanture_storage::{Database, FeedKind, NewSource};
use tempfile::TempDir;

const STORES: &str =
    "code,name,lat,lng,time_zone\nFR-1,Nantes,47.2,-1.5,Europe/Paris\nfr-2,Rennes,48.1,-1.7,Europe/Paris\n";
const STORES_MAPPING: &str = "[fields]\ncode.column = \"code\"\nname.column = \"name\"\nlat.column = \"lat\"\nlng.column = \"lng\"\n\
                              time_zone.column = \"time_zone\"\n";
const PRODUCTS: &str = "sku;product_id;name;size;price\nrobe-38;robe;Robe Augustine;38;89,00 EUR\nrobe-40;robe;Robe Augustine;40;89,00 EUR\n";

fn devanture(directory: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_devanture"));
    command.current_dir(directory).args(["--database", "test.db"]).args(arguments.split(' '));
    command.env("RUST_LOG", "warn").stdin(Stdio::null());
    command
}

/// What it printed, after its status.
fn run(directory: &TempDir, arguments: &str) -> String {
    let Output { status, stdout, stderr } = devanture(directory.path(), arguments).output().unwrap();
    let said = [stdout, stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    format!("{}: {said}", status.code().unwrap())
}

fn write(directory: &TempDir, name: &str, text: impl AsRef<[u8]>) {
    fs::write(directory.path().join(name), text).unwrap();
}

/// Two stores and a dress in two sizes.
fn network() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    write(&directory, "stores.csv", STORES);
    write(&directory, "stores.toml", STORES_MAPPING);
    write(&directory, "products.csv", PRODUCTS);
    let said = run(&directory, "import stores stores.csv --mapping stores.toml --tenant t");
    assert!(said.starts_with("0: 2 created"), "{said}");
    let said = run(&directory, "import products products.csv --tenant t");
    assert!(said.starts_with("0: run 1: 2 rows taken in, 0 refused"), "{said}");
    directory
}

fn inventory(directory: &TempDir) -> String {
    run(directory, "export google-local-inventory --tenant t")
}

#[test]
fn sales_are_taken_in_and_bad_rows_told_by_their_lines() {
    let directory = network();
    let text = "Article;Ventes;Retours\nrobe-38;100;15\nROBE-40;10;12\nROBE-42;1;0\nrobe-38;1;0\n";
    write(&directory, "sales.csv", text);
    let refused = run(&directory, "import sales sales.csv --tenant t");
    assert!(refused.contains("no column sku or product_id"), "{refused}");
    let mapping = "fields.sku.column = \"Article\"\nfields.sold.column = \"Ventes\"\nfields.returned.column = \"Retours\"\n";
    write(&directory, "sales.toml", mapping);
    let said = run(&directory, "import sales sales.csv --tenant t --mapping sales.toml");
    for part in [
        "2: run 3: 1 rows taken in, 3 refused",
        "sales.csv:3: Retours: 12 is more than the 10 that were sold",
        "sales.csv:4: sku: there is no variant ROBE-42; import its product first",
        "sales.csv:5: sku: was on line 2 already; the first one counts",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    let listed = run(&directory, "feed list --tenant t");
    assert!(listed.contains("\tsales\tsales\t"), "{listed}");
}

#[test]
fn the_example_of_a_tills_sales() {
    let directory = network();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    write(&directory, "till.toml", fs::read(root.join("examples/import/sales-erp.toml")).unwrap());
    let columns = b"Mod\xE8le;Taille;Vendus;Retours;Retours trop petit;Retours trop grand\n";
    write(&directory, "sales.csv", [&columns[..], b"ROBE;38;100;15;9;2\nrobe;40;80;4;4;\n"].concat());
    let said = run(&directory, "import sales sales.csv --tenant t --mapping till.toml");
    assert!(said.starts_with("0: run 2: 2 rows taken in, 0 refused"), "{said}");
}

#[test]
fn stock_in_and_googles_inventory_out() {
    let directory = network();
    write(&directory, "stock.csv", "SKU,Store code,Quantity\n Robe-38 ,fr-1,5\nROBE-40,FR-2,1\n");
    let said = run(&directory, "import stock stock.csv --tenant t --counted-at 2026-11-01T06:00:00Z");
    assert_eq!(said, "0: run 2: 2 rows taken in, 0 refused\n");
    let expected = "0: store_code\tid\tquantity\tavailability\tprice\nFR-1\tROBE-38\t5\tin_stock\t89.00 EUR\n\
                    fr-2\tROBE-40\t1\tlimited_availability\t89.00 EUR\n";
    assert_eq!(inventory(&directory), expected);
    // Older, so nothing changes; then a mapping of its own.
    write(&directory, "old.json", r#"[{"sku":"robe-38","store":"FR-1","quantity":9}]"#);
    run(&directory, "import stock old.json --tenant t --counted-at 2026-10-01T06:00:00Z");
    assert_eq!(inventory(&directory), expected);
    write(&directory, "erp.txt", "Article|Magasin|Dispo\nrobe-38|FR-1|-2\nrobe-40|fr-2|0\n");
    let mapping = "delimiter = \"|\"\nnegative_is_zero = true\n[fields]\nsku.column = \"Article\"\nstore.column = \"Magasin\"\n\
                   quantity.column = \"Dispo\"\n";
    write(&directory, "erp.toml", mapping);
    let said = run(&directory, "import stock erp.txt --mapping erp.toml --tenant t --delta");
    assert!(said.starts_with("0: run 4: 2 rows"), "{said}");
    let out = run(&directory, "export google-local-inventory --tenant t --format jsonl --price-list none");
    let gone = r#"{"store_code":"FR-1","id":"ROBE-38","quantity":0,"availability":"out_of_stock"}"#;
    assert!(out.contains(gone), "{out}");
    assert!(
        run(&directory, "export google-local-inventory --tenant nobody")
            .starts_with("1: error: there is no tenant")
    );
}

#[test]
fn bad_rows_are_printed_and_the_others_go_in() {
    let directory = network();
    let bad = (0..150).map(|i| format!("NOPE-{i},FR-1,1")).collect::<Vec<_>>().join("\n");
    write(&directory, "stock.csv", format!("sku,store,quantity\n{bad}\nROBE-38,FR-1,3\n"));
    let said = run(&directory, "import stock stock.csv --tenant t");
    assert!(said.starts_with("2: run 2: 1 rows taken in, 150 refused\n"), "{said}");
    assert!(said.contains("stock.csv:2: sku: there is no variant NOPE-0;"), "{said}");
    assert!(said.contains("NOPE-99;") && !said.contains("NOPE-100;"), "{said}");
    assert!(said.ends_with("stock.csv: 50 more rows were refused\n"), "{said}");
    assert!(inventory(&directory).contains("FR-1\tROBE-38\t3"));
    for (file, text, part) in [
        ("empty.csv", "", "the file is empty"),
        ("header.csv", "sku,store,quantity\n", "no rows"),
        ("twice.csv", "sku,store,quantity,sku\n", "two columns \"sku\""),
        ("pipe.csv", "sku|store|quantity\n", "set delimiter = \"|\""),
        ("other.csv", "article,store,quantity\n", "no column sku"),
        ("text.json", "sku,store,quantity\n", "JSON begins with"),
        ("book.csv", "PK\u{3}\u{4}", "Excel"),
    ] {
        write(&directory, file, text);
        let said = run(&directory, &format!("import stock {file} --tenant t"));
        assert!(said.starts_with("1: error: ") && said.contains(file) && said.contains(part), "{said}");
    }
    for (arguments, part) in [
        ("missing.csv", "missing.csv: No such file"),
        ("stock.csv --mapping missing.toml", "missing.toml: the mapping cannot be read"),
        ("stock.csv --full --delta", "cannot be used with"),
        ("stock.csv --accept", "--full"),
        ("stock.csv --counted-at 2026-11-22", "written 2026-11-22T06:00:00Z"),
        ("stock.csv --counted-at 2999-11-22T06:00Z", "in the future"),
        ("stock.csv --full --max-emptied 101", "101"),
    ] {
        let said = run(&directory, &format!("import stock {arguments} --tenant t"));
        assert!(!said.starts_with("0:") && said.contains(part), "{said}");
    }
}

#[test]
fn a_full_feed_that_empties_too_much_waits_for_a_word() {
    let directory = network();
    let product = |i: usize| format!("s{i};s;S;{i};1,00 EUR\n");
    let products: Vec<String> = (0..40).map(product).collect();
    write(&directory, "products.csv", format!("sku;product_id;name;size;price\n{}", products.concat()));
    run(&directory, "import products products.csv --tenant t");
    let rows: Vec<String> = (0..40).map(|i| format!("s{i},FR-1,1\n")).collect();
    write(&directory, "full.csv", format!("sku,store,quantity\n{}", rows.concat()));
    write(&directory, "half.csv", format!("sku,store,quantity\n{}", rows[..20].concat()));
    assert!(run(&directory, "import stock full.csv --full --tenant t").starts_with("0: run 3: 40 rows"));
    let before = inventory(&directory);

    let said = run(&directory, "import stock half.csv --full --tenant t");
    assert!(said.starts_with("2: run 4: 20 rows") && said.contains("would empty 20 of 40 rows"), "{said}");
    assert!(said.contains("devanture feed accept 4 --tenant t"), "{said}");
    assert_eq!(inventory(&directory), before);
    let shown = run(&directory, "feed show 4");
    assert!(shown.contains("held: it would empty") && shown.contains("S25 at FR-1: 1 on hand"), "{shown}");
    assert!(run(&directory, "feed refuse 4").starts_with("0: run 4 refused"));
    assert!(run(&directory, "feed accept 4").contains("not held any more"));
    assert_eq!(inventory(&directory), before);

    run(&directory, "import stock half.csv --full --tenant t");
    assert!(run(&directory, "feed accept 5 --tenant t").starts_with("0: run 5 applied"));
    assert!(inventory(&directory).contains("FR-1\tS25\t0\tout_of_stock"));
    run(&directory, "import stock full.csv --full --tenant t");
    let said = run(&directory, "import stock half.csv --full --accept --tenant t");
    assert!(said.starts_with("0: run 7: 20 rows taken in, 0 refused; 20 of 40"), "{said}");
    run(&directory, "import stock full.csv --full --tenant t");
    let said = run(&directory, "import stock half.csv --full --max-emptied 50 --tenant t");
    assert!(said.starts_with("0: "), "{said}");

    // Cut off: held, whatever is said.
    write(&directory, "cut.csv", format!("sku,store,quantity\n{}s20,\"FR", rows[..20].concat()));
    let said = run(&directory, "import stock cut.csv --full --accept --tenant t");
    assert!(
        said.starts_with("2: ") && said.contains("cut.csv:22: the file ends here: a quote is not closed"),
        "{said}"
    );
    assert!(said.contains("held, nothing was changed: it was not complete"), "{said}");
    let listed = run(&directory, "feed list --tenant t");
    assert_eq!(listed.lines().filter(|line| line.contains("stock_full")).count(), 8, "{listed}");
    assert!(run(&directory, "feed show 99").starts_with("1: error: there is no run 99"));
}

#[test]
fn two_feeds_of_a_source_at_once_and_one_that_was_killed() {
    let directory = network();
    // One that never comes to an end: its file is a pipe that nobody closes.
    let pipe = directory.path().join("pipe.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Opened both ways, so that nobody waits for the other end.
    let mut first = devanture(directory.path(), "import stock pipe.csv --full --tenant t").spawn().unwrap();
    let mut writer = fs::OpenOptions::new().read(true).write(true).open(&pipe).unwrap();
    std::io::Write::write_all(&mut writer, b"sku,store,quantity\nROBE-38,FR-1,3\n").unwrap();
    write(&directory, "stock.csv", "sku,store,quantity\nROBE-38,FR-1,5\n");
    // It opens the pipe before it begins its run.
    while !run(&directory, "feed list --tenant t").contains("staging") {
        assert!(first.try_wait().unwrap().is_none(), "it ended");
    }
    let said = run(&directory, "import stock stock.csv --tenant t");
    assert!(said.starts_with("1: error: stock.csv: run 2 of the source \"stock\" has not ended"), "{said}");
    let said = run(&directory, "import stock stock.csv --tenant t --source other");
    assert!(said.starts_with("0: run 3"), "{said}");
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(inventory(&directory).contains("FR-1\tROBE-38\t5"), "nothing by half");
}

#[test]
fn a_source_is_added_shown_and_polled() {
    let directory = network();
    let add = "source add erp --tenant t --kind stock --full --every 10 --authorization hidden --url";
    for (url, part) in [
        ("http://erp.example/x", "is not https"),
        ("https://10.0.0.1/x", "private address"),
        ("https://me:pw@erp.example/", "--authorization"),
        ("erp.csv", "no https URL"),
    ] {
        let said = run(&directory, &format!("{add} {url}"));
        assert!(said.starts_with("1: ") && said.contains(part), "{said}");
    }
    // Nobody listens on this port.
    let url = "http://127.0.0.1:1/stock.csv?token=hidden";
    let said = run(&directory, &format!("{add} {url}"));
    assert!(said.starts_with("0: source erp added"), "{said}");
    assert!(run(&directory, &format!("{add} {url}")).starts_with("1: error: there is a source erp already"));
    let said = run(&directory, "source list --tenant t");
    assert!(
        said.contains("erp\tstock_full\thttp://127.0.0.1:1/stock.csv\tevery 10 min\tnew\tfresh never"),
        "{said}"
    );
    let said = run(&directory, "source poll erp --tenant t");
    assert!(said.starts_with("2: it cannot be reached"), "{said}");
    let said = run(&directory, "source list --tenant t");
    assert!(said.contains("1 failures: it cannot be reached") && !said.contains("hidden"), "{said}");
    let healthy = run(&directory, "doctor");
    assert!(healthy.contains("ok    feeds: 1 fetched, none of them stale"), "{healthy}");
    run(&directory, "source add usual --tenant t --kind stock --url https://erp.example/stock.csv");
    let said = run(&directory, "source list --tenant t");
    assert!(said.contains("usual\tstock_delta\thttps://erp.example/stock.csv\tevery 5 min"), "{said}");
    assert!(run(&directory, "source remove erp --tenant t").starts_with("0: source erp removed"));
    assert!(run(&directory, "source remove erp --tenant t").starts_with("1: error: there is no source erp"));
    assert!(run(&directory, "source poll erp --tenant t").starts_with("1: error: there is no source erp"));
}

#[tokio::test]
async fn the_doctor_tells_of_a_feed_that_is_not_heard() {
    let directory = network();
    run(&directory, "site add --tenant t --id shop --origin https://shop.example");
    assert!(run(&directory, "doctor").starts_with("0: "), "all is well");
    let new = NewSource {
        tenant: "t".to_owned(),
        name: "erp".to_owned(),
        kind: FeedKind::StockFull,
        url: "https://erp.example/stock.csv?token=hidden".to_owned(),
        mapping: String::new(),
        price_list: "default".to_owned(),
        authorization: None,
        interval_ms: 300_000,
    };
    let path = directory.path().join("test.db").display().to_string();
    let database = Database::open(&path).await.unwrap();
    let mut repository = database.write().await.unwrap();
    // Of 1970.
    repository.add_source(&new, 0).await.unwrap();
    repository.save().await.unwrap();
    database.close().await;
    let said = run(&directory, "doctor");
    assert!(said.starts_with("1: ") && !said.contains("hidden"), "{said}");
    assert!(
        said.contains("fail  feeds: stale: erp of t (fresh: never; is a server running?); see"),
        "{said}"
    );
}
