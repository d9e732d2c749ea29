//! Whole feeds into a database, good ones and bad ones.

mod sales;

use std::io::{Cursor, Read};

use devanture_domain::{civil::UtcMs, geo::LatLng, stock::StockLevel};
use devanture_storage::{Database, FeedKind, FeedState, NewFeed, StockMove, Store, test_support::SqliteFile};

use super::{BadRow, Outcome, StockFeed, Target, accept_feed, import_products, import_stock, refuse_feed};
use crate::{FeedError, GoogleFormat, LocalInventory, Mapping};

const NOW: UtcMs = 1_000_000_000;
const PRODUCTS: &str =
    "sku,product_id,name,size,price\nROBE-38,ROBE,Robe,38,\"89,00 EUR\"\nROBE-40,robe,Robe,40,89.00 EUR\n";

async fn database() -> SqliteFile {
    let file = SqliteFile::new().await;
    let mut repository = file.database.write().await.unwrap();
    repository.put_tenant("t", "T").await.unwrap();
    let place = LatLng::new(47.2, -1.5).unwrap();
    for code in ["FR-1", "fr-2", "Same", "SAME"] {
        repository.put_store("t", &Store::new(code, code, place, "Europe/Paris")).await.unwrap();
    }
    repository.save().await.unwrap();
    products(&file.database, PRODUCTS).await.0.unwrap();
    file
}

fn target<'a>(
    database: &'a Database,
    mapping: &'a Mapping,
    clock: &'a (dyn Fn() -> UtcMs + Sync),
) -> Target<'a> {
    Target { database, tenant: "t", source: "erp", mapping, named: None, clock }
}

type Done = (Result<Outcome, FeedError>, Vec<String>);

async fn products(database: &Database, text: &str) -> Done {
    let mapping = Mapping::default();
    let target = target(database, &mapping, &|| NOW);
    let mut bad = Vec::new();
    let file = Cursor::new(text.as_bytes().to_vec());
    let done = import_products(target, file, "default", |row| bad.push(row.to_string())).await;
    (done, bad)
}

async fn stock_of(database: &Database, file: impl Read + Send + 'static, feed: StockFeed) -> Done {
    let mapping = Mapping::default();
    let target = target(database, &mapping, &|| NOW);
    let mut bad = Vec::new();
    let done = import_stock(target, file, feed, |row: BadRow| bad.push(row.to_string())).await;
    (done, bad)
}

fn feed(counted_at: UtcMs, full: bool) -> StockFeed {
    StockFeed { counted_at, full, max_emptied: 30, accept: false }
}

async fn delta(database: &Database, text: impl AsRef<[u8]>) -> Done {
    stock_of(database, Cursor::new(text.as_ref().to_vec()), feed(100, false)).await
}

async fn full(database: &Database, text: &str, counted_at: UtcMs) -> Outcome {
    let file = Cursor::new(text.as_bytes().to_vec());
    stock_of(database, file, feed(counted_at, true)).await.0.unwrap()
}

async fn level(database: &Database, sku: &str, location: &str) -> StockLevel {
    database.read().await.unwrap().stock_at("t", sku, location).await.unwrap().unwrap().level
}

async fn on_hand(database: &Database, sku: &str, location: &str) -> u32 {
    level(database, sku, location).await.on_hand
}

async fn inventory(database: &Database, price_list: &str, format: GoogleFormat) -> String {
    let mut inventory = LocalInventory::new("t", price_list, format);
    let mut out = Vec::new();
    while let Some(lines) = inventory.next(database).await.unwrap() {
        out.extend(lines);
    }
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn mixed_case_and_spaces_find_the_same_row() {
    let file = database().await;
    let text = "SKU;Store code;Quantity\n robe-38 ;fr-1;5\nRobe-40;\u{a0}FR-2 ;6\n";
    let (done, bad) = delta(&file.database, text).await;
    assert_eq!((done.unwrap().rows, bad), (2, vec![]));
    assert_eq!(on_hand(&file.database, "ROBE-38", "FR-1").await, 5);
    assert_eq!(on_hand(&file.database, "ROBE-40", "fr-2").await, 6);
}

#[tokio::test]
async fn bad_rows_are_told_and_the_others_go_in() {
    let file = database().await;
    let long = "x".repeat(10_000);
    let text = format!(
        "sku,store,quantity\nROBE-38,FR-1,-1\nROBE-38,FR-1,1e18\nROBE-38,FR-1,1000000000000000000\nROBE-38,FR-1,NaN\n\
         ROBE-38,FR-1,1.5\nNOPE,FR-1,1\nROBE-38,NOPE,1\n{long},FR-1,1\nROBE-38,{long},1\nROBE-38,FR-1,{long}\n,FR-1,1\n\
         ROBE-38,same,1\nROBE\u{200b}-38,FR-1,1\nROBE-38,FR-1\nROBE-38,FR-1,\nROBE-38,FR-1,7\n"
    );
    let (done, bad) = delta(&file.database, text).await;
    let done = done.unwrap();
    assert_eq!((done.rows, done.bad, done.cut), (16, 15, false));
    let expected = [
        "2: quantity: \"-1\" is below nothing",
        "3: quantity: \"1e18\" is not a whole number",
        "4: quantity: \"1000000000000000000\" is more than 1000000 pieces",
        "5: quantity: \"NaN\" is not a whole number",
        "6: quantity: \"1.5\" is not a whole number",
        "7: sku: there is no variant NOPE",
        "8: store: there is no store or warehouse NOPE",
        "9: sku: is longer than 64 characters",
        "10: store: is longer than 64 characters",
        "11: quantity: \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"… is not",
        "12: sku: is empty",
        "13: store: SAME is the code of several",
        "14: sku: holds the character U+200B",
        "15: has 2 cells, the header has 3",
        "16: quantity: is empty",
    ];
    assert_eq!(bad.len(), expected.len(), "{bad:#?}");
    for (expected, told) in expected.iter().zip(&bad) {
        assert!(told.starts_with(expected), "{told}, not {expected}");
    }
    assert_eq!(on_hand(&file.database, "ROBE-38", "FR-1").await, 7);
}

#[tokio::test]
async fn nothing_to_read() {
    let file = database().await;
    for (text, part) in [
        ("", "empty"),
        ("sku,store,quantity\n", "no rows"),
        ("[]", "no rows"),
        ("sku|store|quantity\n", "delimiter"),
    ] {
        let refused = delta(&file.database, text).await.0.unwrap_err().to_string();
        assert!(refused.contains(part), "{text}: {refused}");
    }
    let runs = file.database.read().await.unwrap().feed_runs("t", None, 9).await.unwrap();
    assert_eq!(runs.len(), 5);
    assert!(runs[..4].iter().all(|run| run.state == FeedState::Refused && run.reason.is_some()));
}

#[tokio::test]
async fn googles_local_inventory_in_and_out() {
    let file = database().await;
    let text = "store code\tid\tquantity\tprice\tavailability\tpickup method\tpickup sla\n\
        FR-1\trobe-38\t5\t89.00 EUR\tin stock\tbuy\tsame day\nFR-1\trobe-40\t1\t89.00 EUR\ton_display_to_order\tbuy\tsame day\n\
        fr-2\trobe-38\t3\t\tout_of_stock\t\t\nfr-2\trobe-40\t\t\tlimited_availability\t\t\nfr-2\trobe-40\t2\t\tpreorder\t\t\n";
    let (done, bad) = delta(&file.database, text).await;
    assert_eq!(done.unwrap().bad, 2);
    assert!(
        bad[0].starts_with("5: quantity: is empty, and limited_availability") && bad[1].contains("preorder"),
        "{bad:?}"
    );
    let json = r#"{"storeCode": "fr-2", "offerId": "ROBE-40", "quantity": 2, "availability": "limited_availability", "price": {"value": "89.00", "currency": "EUR"}}"#;
    assert_eq!(delta(&file.database, json).await.0.unwrap().bad, 0);
    let xml = "<feed xmlns:g='x'><entry><g:store_code>fr-2</g:store_code><g:id>ROBE-40</g:id><g:quantity>1</g:quantity></entry></feed>";
    assert_eq!(delta(&file.database, xml).await.0.unwrap().bad, 0);

    let out = inventory(&file.database, "default", GoogleFormat::Tsv).await;
    let expected = "store_code\tid\tquantity\tavailability\tprice\nFR-1\tROBE-38\t5\tin_stock\t89.00 EUR\n\
        fr-2\tROBE-38\t0\tout_of_stock\t89.00 EUR\nFR-1\tROBE-40\t0\ton_display_to_order\t89.00 EUR\n\
        fr-2\tROBE-40\t1\tlimited_availability\t89.00 EUR\n";
    assert_eq!(out, expected);
    let first = inventory(&file.database, "none", GoogleFormat::JsonLines).await;
    assert!(first.starts_with(
        "{\"store_code\":\"FR-1\",\"id\":\"ROBE-38\",\"quantity\":5,\"availability\":\"in_stock\"}\n"
    ));
    assert_eq!(delta(&file.database, first).await.0.unwrap().bad, 0, "what goes out comes in");
}

#[tokio::test]
async fn products_keep_what_a_file_does_not_speak_of() {
    let file = database().await;
    let text = "id\titem_group_id\ttitle\tlink\tgtin\tbrand\tprice\nveste-1\tveste\tVeste\thttps://a.example/v\t4006381333931\tLormelle\t1 250,50 EUR\n\
        veste-2\tveste\t\t\t4006381333932\t\t\nveste-3\t\t\t\t\t\t\nveste-4\tveste\tVeste\tjavascript:x\t\t\t\nveste-5\tveste\tVeste\t\t\t\t12 dollars\n";
    let (done, bad) = products(&file.database, text).await;
    assert_eq!(done.unwrap().bad, 4);
    assert!(bad[0].contains("3: gtin: 4006381333932 has a wrong check digit"), "{bad:?}");
    assert!(
        bad.iter().any(|bad| bad.contains("4: name: is empty, and there is no product VESTE-3")),
        "{bad:?}"
    );
    assert!(
        bad.iter().any(|bad| bad.contains("not a web address"))
            && bad.iter().any(|bad| bad.contains("6: price")),
        "{bad:?}"
    );
    // Only prices, of what is known.
    let (done, bad) =
        products(&file.database, "[{\"sku\": \"Veste-1\", \"price\": 99.5, \"currency\": \"EUR\"}]").await;
    assert_eq!((done.unwrap().rows, bad), (1, vec![]));
    let mut repository = file.database.read().await.unwrap();
    let product = repository.product("t", "VESTE").await.unwrap().unwrap();
    assert_eq!((product.name.as_str(), product.brand.as_deref()), ("Veste", Some("Lormelle")));
    let variant = repository.variant("t", "VESTE-1").await.unwrap().unwrap();
    assert_eq!((variant.product_id.as_str(), variant.gtin.as_deref()), ("VESTE", Some("4006381333931")));
    let prices = repository.prices("t", "default", &["VESTE-1", "ROBE-38"]).await.unwrap();
    assert_eq!(prices.iter().map(|price| price.amount).collect::<Vec<_>>(), [8900, 9950]);
    let sizes = repository.variants_of("t", "ROBE").await.unwrap();
    assert_eq!(sizes.iter().map(|variant| variant.sku.as_str()).collect::<Vec<_>>(), ["ROBE-38", "ROBE-40"]);
}

#[tokio::test]
async fn descriptions_are_bounded_and_stay_where_a_file_has_none() {
    let file = database().await;
    let long = "x".repeat(50_001);
    let text = format!(
        "id,item_group_id,title,description,price\nveste-1,veste,Veste,\"Laine <b>,\n  doublée\",100 EUR\n\
         jupe-1,jupe,Jupe,{long},50 EUR\nveste-2,veste,Veste,\"Laine\n\ndoublée\",100 EUR\n"
    );
    let (done, bad) = products(&file.database, &text).await;
    assert_eq!((done.unwrap().bad, bad.len()), (1, 1));
    assert!(
        bad[0].starts_with("4: description: \"xxx")
            && bad[0].ends_with("is longer than 50000 characters: it has 50001"),
        "{bad:?}"
    );
    let said =
        async |id: &str| file.database.read().await.unwrap().product_description("t", id).await.unwrap();
    assert_eq!(said("VESTE").await.as_deref(), Some("Laine\n\ndoublée"), "the last row holds");
    assert_eq!(said("JUPE").await, None);
    for (changes, kept) in [
        ("sku,price\nveste-1,90 EUR\n", Some("Laine\n\ndoublée")),
        ("sku,product_id,name\nveste-1,veste,Veste en laine\n", Some("Laine\n\ndoublée")),
        ("[{\"sku\": \"veste-1\", \"description\": \"Lin\"}]", Some("Lin")),
        ("sku,description\nveste-1,\n", None),
    ] {
        let (done, bad) = products(&file.database, changes).await;
        assert_eq!((done.unwrap().bad, bad), (0, vec![]), "{changes}");
        assert_eq!(said("VESTE").await.as_deref(), kept, "{changes}");
    }
}

#[tokio::test]
async fn a_full_feed_empties_what_it_leaves_out() {
    let file = database().await;
    let database = &file.database;
    delta(database, "sku,store,quantity\nROBE-38,FR-1,5\nROBE-40,FR-1,6\nROBE-38,fr-2,7\nROBE-40,fr-2,8\n")
        .await
        .0
        .unwrap();
    let moved = StockMove {
        source: "till",
        sequence: "1",
        sku: "ROBE-40",
        location_code: "FR-1",
        delta: 2,
        moved_at: 300,
    };
    let mut repository = database.write().await.unwrap();
    repository.put_move("t", &moved).await.unwrap();
    repository.save().await.unwrap();
    let done = full(database, "sku,store,quantity\nrobe-38,fr-1,4\nrobe-38,fr-1,3\n", 200).await;
    assert_eq!((done.held, done.emptied.known, done.emptied.emptied), (None, 2, 1));
    assert_eq!(on_hand(database, "ROBE-38", "FR-1").await, 3);
    assert_eq!(on_hand(database, "ROBE-40", "FR-1").await, 2, "none, and two came since");
    assert_eq!(on_hand(database, "ROBE-40", "fr-2").await, 8, "a store that it does not speak of");
    full(database, "sku,store,quantity\nROBE-38,FR-1,9\n", 150).await;
    assert_eq!(on_hand(database, "ROBE-38", "FR-1").await, 3, "older than what is known");
}

#[tokio::test]
async fn what_a_bad_row_may_have_meant_stays() {
    let file = database().await;
    let database = &file.database;
    let all = "sku,store,quantity\nROBE-38,FR-1,5\nROBE-40,FR-1,6\n";
    for (at, bad) in ["ROBE-40,FR-1,-3", "ROBE\0,FR-1,1", "ROBE-40,\u{200b},1", "ROBE-40,same,1", "broken"]
        .into_iter()
        .enumerate()
    {
        let at = 1_000 * (1 + UtcMs::try_from(at).unwrap());
        full(database, all, at).await;
        let done =
            full(database, &format!("sku,store,quantity\nROBE-38,FR-1,1\n{bad}\nROBE-38,FR-1,2\n"), at + 1)
                .await;
        assert_eq!((done.bad, done.held, done.unplaced), (1, None, u64::from(bad == "broken")));
        assert_eq!(on_hand(database, "ROBE-38", "FR-1").await, 2);
        assert_eq!(on_hand(database, "ROBE-40", "FR-1").await, 6, "{bad}");
    }
    let done =
        full(database, "sku,store,quantity\nROBE-38,FR-1,1\nNOPE,FR-1,1\nROBE-38,NOPE,1\n", 9_000).await;
    assert_eq!((done.bad, on_hand(database, "ROBE-40", "FR-1").await), (2, 0), "these are no rows of ours");
}

#[tokio::test]
async fn a_cut_file_is_held() {
    let file = database().await;
    let database = &file.database;
    let all = "sku,store,quantity\nROBE-38,FR-1,5\nROBE-40,FR-1,6\n";
    full(database, all, 100).await;
    for cut in [
        "sku,store,quantity\nROBE-38,FR-1,1\nROBE-40,\"FR",
        "sku,store,quantity\nROBE-38,FR-1,1\nROBE-4",
        "[{\"sku\":\"ROBE-38\",\"store\":\"FR-1\",\"quantity\":1},",
        "{\"sku\":\"ROBE-38\",\"store\":\"FR-1\",\"quantity\":1}\n{\"sku\":\"ROB",
        "<rss><channel><item><id>ROBE-38</id><store>FR-1</store><quantity>1</quantity></item>",
    ] {
        let done = full(database, cut, 200).await;
        assert!(done.cut && done.bad > 0 && done.held.is_some(), "{cut}: {done:?}");
        assert_eq!(
            (on_hand(database, "ROBE-38", "FR-1").await, on_hand(database, "ROBE-40", "FR-1").await),
            (5, 6)
        );
        let run = database.read().await.unwrap().feed_run("t", done.run).await.unwrap().unwrap();
        assert_eq!(run.state, FeedState::Held);
    }
    let huge = format!("sku,store,quantity\nROBE-38,FR-1,1\nROBE-40,FR-1,{}", "9".repeat(3 << 20));
    assert!(full(database, &huge, 200).await.held.is_some());
    let (done, bad) = delta(database, "sku,store,quantity\nROBE-38,FR-1,4\nROBE-40,\"FR").await;
    assert!(done.unwrap().cut && bad[0].contains("3: the file ends here: a quote is not closed"), "{bad:?}");
}

#[tokio::test]
async fn too_much_at_once_is_held_until_somebody_decides() {
    let file = database().await;
    let database = &file.database;
    let lines = |lines: Vec<String>| lines.join("\n") + "\n";
    let rows = |from: usize| lines((from..30).map(|i| format!("S{i},FR-1,{}", i + 1)).collect());
    let names = lines((0..30).map(|i| format!("S{i},S,{i}")).collect());
    products(database, &format!("sku,name,size\n{names}")).await.0.unwrap();
    full(database, &format!("sku,store,quantity\n{}", rows(0)), 100).await;
    let few = full(database, &format!("sku,store,quantity\n{}", rows(19)), 110).await;
    assert_eq!(few.held, None, "nineteen rows are few");
    full(database, &format!("sku,store,quantity\n{}", rows(0)), 120).await;

    let zeros = lines((0..25).map(|i| format!("S{i},FR-1,0")).collect());
    for text in [rows(25), zeros + &rows(25)] {
        let held = full(database, &format!("sku,store,quantity\n{text}"), 200).await;
        assert!(held.held.as_deref().unwrap().contains("25 of 30"), "{held:?}");
        assert_eq!(on_hand(database, "S0", "FR-1").await, 1);
        let mut repository = database.read().await.unwrap();
        let run = repository.feed_run("t", held.run).await.unwrap().unwrap();
        assert_eq!((run.state, run.emptied_rows, run.known_rows), (FeedState::Held, 25, 30));
        let emptied = repository.emptied_by_feed(&run, 2).await.unwrap();
        assert_eq!(
            emptied,
            [("S0".to_owned(), "FR-1".to_owned(), 1), ("S1".to_owned(), "FR-1".to_owned(), 2)]
        );
    }
    let mut repository = database.read().await.unwrap();
    let runs = repository.feed_runs("t", None, 2).await.unwrap();
    drop(repository);
    refuse_feed(database, &runs[0], &|| NOW).await.unwrap();
    assert!(
        refuse_feed(database, &runs[0], &|| NOW).await.is_err()
            && accept_feed(database, &runs[0], &|| NOW).await.is_err()
    );
    delta(database, "sku,store,quantity\nS1,FR-1,40\n").await.0.unwrap();
    accept_feed(database, &runs[1], &|| NOW).await.unwrap();
    assert_eq!(on_hand(database, "S0", "FR-1").await, 0);
    assert_eq!(on_hand(database, "S29", "FR-1").await, 30);
}

#[tokio::test]
async fn one_feed_of_a_source_at_a_time() {
    let file = database().await;
    let database = &file.database;
    let new = NewFeed { tenant: "t", kind: FeedKind::StockFull, source: "erp", counted_at: 1, now: NOW };
    let mut repository = database.write().await.unwrap();
    repository.begin_feed(&new).await.unwrap();
    repository.save().await.unwrap();
    let text = "sku,store,quantity\nROBE-38,FR-1,5\n";
    let refused = delta(database, text).await.0.unwrap_err();
    assert!(matches!(refused, FeedError::Busy { run: 2, seconds: 0, .. }), "{refused}");
    let mapping = Mapping::default();
    let file = || Cursor::new(text.as_bytes().to_vec());
    let other = Target { source: "other", ..target(database, &mapping, &|| NOW) };
    import_stock(other, file(), feed(100, false), |_| ()).await.unwrap();
    let later = target(database, &mapping, &|| NOW + 121_000);
    import_stock(later, file(), feed(100, false), |_| ()).await.unwrap();
    let run = database.read().await.unwrap().feed_run("t", 2).await.unwrap().unwrap();
    assert!(run.state == FeedState::Refused && run.reason.unwrap().contains("without a word"));
}

/// Rows of a file that does not exist, as many as asked for.
struct Endless {
    row: u32,
    rows: u32,
    rest: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.rest.len() < buffer.len() && self.row < self.rows {
            self.rest.extend(format!("ROBE-38,FR-1,{}\n", self.row % 1000).bytes());
            self.row += 1;
        }
        let count = self.rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        Ok(count)
    }
}

#[tokio::test]
async fn many_rows_of_one_piece() {
    let file = database().await;
    let rows = Endless { row: 0, rows: 40_500, rest: b"sku,store,quantity\n".to_vec() };
    let (done, bad) = stock_of(&file.database, rows, feed(100, true)).await;
    assert_eq!((done.unwrap().rows, bad.len()), (40_500, 0));
    assert_eq!(on_hand(&file.database, "ROBE-38", "FR-1").await, 499, "the last one said");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_stream() {
    let file = database().await;
    let database = file.database.clone();
    // As a handler of a server does it.
    let done = tokio::spawn(async move {
        let stream = super::from_async(&b"sku,store,quantity\nROBE-38,FR-1,5\n"[..]);
        let mapping = Mapping::default();
        let target = target(&database, &mapping, &|| NOW);
        import_stock(target, stream, feed(100, true), |_| ()).await
    });
    assert_eq!(done.await.unwrap().unwrap().rows, 1);
}
