use std::io::{self, Write as _};

use axum::body::Body;
use devanture_api::{
    availability::AvailabilityPage,
    feed::{FeedKind, FeedPage, FeedReport, FeedState},
};
use devanture_domain::{
    civil::Date,
    staff::{KeyScope, Role},
    stock::Availability,
};
use devanture_storage::{FeedKind as Kind, NewFeed};
use flate2::{Compression, write::GzEncoder};
use futures_util::stream;

use crate::{
    Config,
    testing::{Answer, KEY, LOGIN, PASSWORD, TestApp},
};

const PRODUCTS: &str =
    "sku,product_id,name,size,price\nrobe-38,robe,Robe,38,89.00\nRobe 40,robe,Robe,40,89.00\n";
const STOCK: &str = "/admin/v1/feeds/stock";
const FULL: &str = "/admin/v1/feeds/stock?mode=full&source=erp";

struct Program {
    app: TestApp,
    authorization: String,
}

impl Program {
    async fn new() -> Self {
        Self::of(TestApp::new().await).await
    }

    async fn of(app: TestApp) -> Self {
        let authorization = format!("Bearer {}", app.add_key(&[KeyScope::Feeds]).await);
        let program = Self { app, authorization };
        let path = "/admin/v1/feeds/products?currency=eur";
        let done = program.post(path, "text/csv", PRODUCTS).await;
        assert_eq!(done.status, 200, "{}", done.text());
        program
    }

    async fn send(&self, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut all = vec![("authorization", self.authorization.as_str())];
        all.extend_from_slice(headers);
        self.app.send_body("POST", path, &all, body.into()).await
    }

    async fn post(&self, path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
        self.send(path, &[("content-type", content_type)], body).await
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> T {
        self.app.send("GET", path, &[("authorization", &self.authorization)], "").await.json()
    }

    async fn on_hand(&self, sku: &str, location: &str) -> Option<u32> {
        let mut repository = self.app.database().read().await.unwrap();
        repository.stock_at("maison", sku, location).await.unwrap().map(|stock| stock.level.on_hand)
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn csv_json_and_xml_by_their_type() {
    let program = Program::new().await;
    let csv = "Sku;Store code;Quantity\n ROBE-38 ; fr-nte ;5\nrobe \u{a0} 40;FR-PAR;2\n";
    let report: FeedReport = program.post(STOCK, "text/csv; charset=utf-8", csv).await.json();
    assert_eq!((report.feed.rows, report.feed.bad_rows, report.feed.state), (2, 0, FeedState::Applied));
    assert_eq!((report.feed.kind, report.feed.source.as_str()), (FeedKind::StockDelta, "stock"));
    assert_eq!(program.on_hand("ROBE-38", "FR-NTE").await, Some(5));
    assert_eq!(program.on_hand("ROBE 40", "FR-PAR").await, Some(2));
    let json = r#"[{"sku":"robe-38","store":"FR-NTE","quantity":4}]"#;
    program.post(STOCK, "application/json", json).await.json::<FeedReport>();
    assert_eq!(program.on_hand("ROBE-38", "FR-NTE").await, Some(4));
    let lines = "{\"sku\":\"robe-38\",\"store\":\"FR-NTE\",\"quantity\":3}\n";
    program
        .send(
            STOCK,
            &[("content-type", "application/x-ndjson"), ("content-encoding", "gzip")],
            gzip(lines.as_bytes()),
        )
        .await
        .json::<FeedReport>();
    assert_eq!(program.on_hand("ROBE-38", "FR-NTE").await, Some(3));
    let xml = "<rss xmlns:g=\"x\"><channel><item><g:id>robe-38</g:id><g:store_code>FR-NTE</g:store_code>\
               <g:quantity>2</g:quantity></item></channel></rss>";
    program.post(STOCK, "application/xml", xml).await.json::<FeedReport>();
    assert_eq!(program.on_hand("ROBE-38", "FR-NTE").await, Some(2));
    let latin = b"sku,store,quantity,name\nrobe-38,FR-NTE,1,\xe9t\xe9\n".to_vec();
    program.post(STOCK, "text/csv; charset=\"latin1\"", latin).await.json::<FeedReport>();
    assert_eq!(program.on_hand("ROBE-38", "FR-NTE").await, Some(1));
    let page: FeedPage = program.get("/admin/v1/feeds?limit=2").await;
    assert_eq!((page.items[0].id, page.items[1].id, page.next), (6, 5, Some(5)));
    let page: FeedPage = program.get("/admin/v1/feeds?before=2").await;
    assert_eq!((page.items.len(), page.items[0].kind, page.next), (1, FeedKind::Products, None));
    assert_eq!(program.app.audited().await, ["feed.received"; 6]);
}

/// What is kept back is not told to shoppers, what is on its way is, with its day.
#[tokio::test(flavor = "multi_thread")]
async fn kept_back_and_on_its_way() {
    let day = |text| Some(Date::parse(text).unwrap());
    let csv = "sku,store,quantity,safety,on_order,expected_on\nrobe-38,FR-NTE,3,1,0,\nrobe-38,FR-PAR,1,1,0,\n\
               robe 40,FR-NTE,0,0,4,2026-12-03\n";
    let json = r#"[{"sku":"robe-38","store":"FR-NTE","quantity":3,"safety":1},{"sku":"robe-38","store":"FR-PAR","quantity":1,"safety":1},
        {"sku":"robe 40","store":"FR-NTE","quantity":0,"on_order":4,"expected_on":"2026-12-03"}]"#;
    for (content_type, text) in [("text/csv", csv), ("application/json", json)] {
        let program = Program::new().await;
        let report: FeedReport = program.post(STOCK, content_type, text).await.json();
        assert_eq!((report.feed.rows, report.feed.bad_rows), (3, 0), "{content_type}");
        let told = async |sku: &str, store: &str| {
            let page: AvailabilityPage =
                program.app.get(&format!("/v1/availability?items={sku}&first={store}")).await.json();
            let item = page.items.into_iter().find(|one| one.store.code == store).unwrap().items.remove(0);
            (item.availability, item.left, item.expected_on)
        };
        assert_eq!(told("ROBE-38", "FR-NTE").await, (Availability::Low, Some(2), None), "{content_type}");
        assert_eq!(told("ROBE-38", "FR-PAR").await, (Availability::ToOrder, None, None), "on display");
        let to_order = (Availability::ToOrder, None, day("2026-12-03"));
        assert_eq!(told("ROBE%2040", "FR-NTE").await, to_order, "{content_type}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_rows_are_told_now_and_later() {
    let program = Program::new().await;
    let text = "sku,store,quantity\nrobe-38,FR-NTE,-1\nrobe-38,FR-NTE,1e18\nrobe-38,FR-NTE,1000000000000000000\nnope,FR-NTE,1\n\
                robe-38,nope,1\nrobe-38,FR-NTE,7\n";
    let report: FeedReport = program.post(STOCK, "text/csv", text).await.json();
    assert_eq!((report.feed.rows, report.feed.bad_rows), (6, 5));
    let told: Vec<_> = report
        .bad
        .iter()
        .map(|bad| (bad.line, bad.column.as_deref().unwrap(), bad.reason.as_str()))
        .collect();
    assert!(told[0].0 == 2 && told[0].2.starts_with("\"-1\" is below nothing"), "{told:?}");
    assert_eq!(told[3], (5, "sku", "there is no variant NOPE; import its product first"));
    assert_eq!(told[4], (6, "store", "there is no store or warehouse NOPE"));
    assert_eq!(program.on_hand("ROBE-38", "FR-NTE").await, Some(7));
    assert_eq!(program.get::<FeedReport>("/admin/v1/feeds/2").await, report);
    // All are counted, some are kept, and what they hold does not matter.
    let text = format!("sku,store,\"quan\0tity\"\n{}", "robe-38,FR-NTE,\0\u{7}\n".repeat(7_000));
    let report: FeedReport = program.post(STOCK, "text/csv", text).await.json();
    assert_eq!((report.feed.bad_rows, report.bad.len()), (7_000, 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_feed_that_is_cut_off_empties_nothing() {
    let program = Program::new().await;
    let whole = "sku,store,quantity\nrobe-38,FR-NTE,5\nrobe 40,FR-NTE,6\n";
    let report: FeedReport = program.post(FULL, "text/csv", whole).await.json();
    assert_eq!((report.feed.state, report.feed.kind), (FeedState::Applied, FeedKind::StockFull));
    let start = "sku,store,quantity\nrobe-38,FR-NTE,1\n";
    let broken = || {
        let gone = io::Error::new(io::ErrorKind::ConnectionReset, "the client is gone");
        Body::from_stream(stream::iter([Ok(start.to_owned()), Err(gone)]))
    };
    let packed = gzip(start.repeat(50).as_bytes());
    let cut = Body::from(packed[..packed.len() - 10].to_vec());
    for body in [broken(), cut] {
        let report: FeedReport = program.post(FULL, "text/csv", body).await.json();
        assert_eq!(report.feed.state, FeedState::Held, "{report:?}");
        assert!(report.bad.last().unwrap().reason.starts_with("the file ends here"), "{report:?}");
        assert_eq!(report.would_empty.len(), 1, "{report:?}");
        assert_eq!(program.on_hand("ROBE-38", "FR-NTE").await, Some(5));
        assert_eq!(program.on_hand("ROBE 40", "FR-NTE").await, Some(6));
    }
    // Then somebody decides, once.
    let refused: FeedReport = program.post("/admin/v1/feeds/3/refuse", "text/csv", "").await.json();
    assert_eq!(refused.feed.state, FeedState::Refused);
    program.post("/admin/v1/feeds/3/accept", "text/csv", "").await.problem(409, "feed_not_held");
    let accepted: FeedReport = program.post("/admin/v1/feeds/4/accept", "text/csv", "").await.json();
    assert_eq!(accepted.feed.state, FeedState::Applied);
    assert_eq!(program.on_hand("ROBE 40", "FR-NTE").await, Some(0));
    program.post("/admin/v1/feeds/4/refuse", "text/csv", "").await.problem(409, "feed_not_held");
    for id in ["5", "0", "-1", "x", "99999999999999999999"] {
        program
            .post(&format!("/admin/v1/feeds/{id}/accept"), "text/csv", "")
            .await
            .problem(404, "feed_not_found");
    }
    let audited = program.app.audited().await;
    assert_eq!(audited.iter().filter(|action| *action == "feed.accepted").count(), 1);
    assert_eq!(audited.iter().filter(|action| *action == "feed.refused").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_feed_of_a_source_at_a_time() {
    let program = Program::new().await;
    let mut repository = program.app.database().write().await.unwrap();
    let now = program.app.app().now();
    let new = NewFeed { tenant: "maison", kind: Kind::StockFull, source: "erp", counted_at: now, now };
    repository.begin_feed(&new).await.unwrap();
    repository.save().await.unwrap();
    let text = "sku,store,quantity\nrobe-38,FR-NTE,5\n";
    let problem = program.post(FULL, "text/csv", text).await.problem(409, "feed_busy");
    assert!(problem.detail.unwrap().contains("run 2 of the source \"erp\""));
    assert_eq!(program.post(STOCK, "text/csv", text).await.status, 200, "another source");
    program.app.clock.advance_seconds(121);
    assert_eq!(program.post(FULL, "text/csv", text).await.status, 200, "its program has ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_is_refused_with_what_to_do() {
    let config = Config { max_feed_bytes: 500, ..Config::default() };
    let program = Program::of(TestApp::with_config(config).await).await;
    program.post(FULL, "text/csv", "sku,store,quantity\nrobe-38,FR-NTE,5\n").await.json::<FeedReport>();
    let long = format!("sku,store,quantity\n{}", "robe 40,FR-NTE,1\n".repeat(100));
    let told =
        program.post(FULL, "text/csv", Body::from_stream(stream::iter([Ok::<_, io::Error>(long.clone())])));
    let problem = told.await.problem(413, "feed_too_large");
    assert!(problem.detail.unwrap().contains("--max-feed-mb"));
    program.post(FULL, "text/csv", gzip(long.as_bytes())).await.problem(413, "feed_too_large");
    assert_eq!(program.on_hand("ROBE-38", "FR-NTE").await, Some(5));
    let page: FeedPage = program.get("/admin/v1/feeds").await;
    assert_eq!(page.items[0].state, FeedState::Refused, "nobody is asked about half of it");
    let runs = page.items.len();
    let length = [("content-type", "text/csv"), ("content-length", "501")];
    program.send(FULL, &length, "").await.problem(413, "feed_too_large");
    assert_eq!(program.get::<FeedPage>("/admin/v1/feeds").await.items.len(), runs, "not even begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_is_not_unpacked() {
    let program = Program::new().await;
    let rows = format!("robe 40,FR-NTE,1,{}\n", "x".repeat(983)).repeat(1_000);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"sku,store,quantity,note\n").unwrap();
    for _ in 0..25 {
        encoder.write_all(rows.as_bytes()).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let problem = program.post(FULL, "text/csv", bomb).await.problem(413, "feed_too_large");
    assert!(problem.detail.unwrap().contains("times its size"));
    // One endless row ends at a megabyte.
    let zeros = gzip(&[b"sku,store,quantity\n".as_slice(), &vec![b'0'; 3 << 20]].concat());
    let report: FeedReport = program.post(FULL, "text/csv", zeros).await.json();
    assert_eq!(report.feed.state, FeedState::Held);
    assert_eq!(program.on_hand("ROBE 40", "FR-NTE").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_feed() {
    let program = Program::new().await;
    for (content_type, field) in [("text/plain", "Content-Type"), ("", "Content-Type")] {
        let problem =
            program.post(STOCK, content_type, "sku,store,quantity\n").await.problem(415, "unsupported_type");
        assert_eq!(problem.field.as_deref(), Some(field));
    }
    let packed = [("content-type", "text/csv"), ("content-encoding", "br")];
    let problem = program.send(STOCK, &packed, "x").await.problem(415, "unsupported_type");
    assert_eq!(problem.field.as_deref(), Some("Content-Encoding"));
    for (content_type, body) in [
        ("text/csv", ""),
        ("text/csv", "sku,store,quantity\n"),
        ("text/csv", "sku,store\na,b\n"),
        ("text/csv; charset=utf-16", "sku,store,quantity\na,b,1\n"),
        ("application/json", "sku,store,quantity\na,b,1\n"),
        ("application/json", "{"),
    ] {
        let answer = program.post(STOCK, content_type, body).await;
        if answer.status == 200 {
            assert!(answer.json::<FeedReport>().feed.bad_rows > 0, "{body}");
        } else {
            answer.problem(422, "feed_unreadable");
        }
    }
    for query in [
        "source=",
        "source=%00",
        "mode=all",
        "max_emptied=5",
        "accept=true",
        "mode=full&max_emptied=101",
        "counted_at=-1",
        "counted_at=9999999999999",
        "counted_at=1e18",
    ] {
        program.post(&format!("{STOCK}?{query}"), "text/csv", "x").await.problem(400, "invalid_input");
    }
    program
        .post("/admin/v1/feeds/products?currency=EURO", "text/csv", "x")
        .await
        .problem(400, "invalid_input");
}

#[tokio::test(flavor = "multi_thread")]
async fn for_feeders_only() {
    let program = Program::new().await;
    let app = &program.app;
    let text = "sku,store,quantity\nrobe-38,FR-NTE,5\n";
    for path in ["/admin/v1/feeds", "/admin/v1/feeds/1", "/admin/v1/exports/google-local-inventory"] {
        app.get(path).await.problem(401, "not_signed_in");
        app.get_by_key(KEY, path).await.problem(401, "key_malformed");
        let nothing = app.add_key(&[]).await;
        app.get_by_key(&nothing, path).await.problem(403, "forbidden");
    }
    let publishable = [("devanture-key", KEY), ("content-type", "text/csv")];
    app.send("POST", STOCK, &publishable, text).await.problem(403, "cross_site");
    let nothing = format!("Bearer {}", app.add_key(&[]).await);
    let headers = [("authorization", nothing.as_str()), ("content-type", "text/csv")];
    app.send("POST", STOCK, &headers, text).await.problem(403, "forbidden");
    let admin = format!("Bearer {}", app.add_key(&[KeyScope::Admin]).await);
    let headers = [("authorization", admin.as_str()), ("content-type", "text/csv")];
    assert_eq!(app.send("POST", STOCK, &headers, text).await.status, 200);
    for (login, role, status) in [(LOGIN, Role::HeadOffice, 200), ("m@shop.example", Role::StoreManager, 403)]
    {
        app.add_staff("maison", login, role, &["FR-NTE"]).await;
        let cookie = app.sign_in(login, PASSWORD).await;
        let origin = Config::default().public_url;
        let headers = [("cookie", cookie.as_str()), ("origin", &origin), ("content-type", "text/csv")];
        assert_eq!(app.send("POST", STOCK, &headers, text).await.status, status);
        let elsewhere =
            [("cookie", cookie.as_str()), ("origin", "https://evil.example"), ("content-type", "text/csv")];
        app.send("POST", STOCK, &elsewhere, text).await.problem(403, "cross_site");
    }
    // Another network's feeds are not seen.
    let mut repository = app.database().write().await.unwrap();
    let new = NewFeed { tenant: "other", kind: Kind::StockFull, source: "erp", counted_at: 1, now: 1 };
    for _ in 0..9 {
        repository
            .begin_feed(&NewFeed { source: &format!("{:?}", app.app().random::<8>()), ..new })
            .await
            .unwrap();
    }
    repository.save().await.unwrap();
    app.get_by_key(&program.authorization[7..], "/admin/v1/feeds/9").await.problem(404, "feed_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn googles_inventory_goes_out() {
    let program = Program::new().await;
    let text = "sku,store,quantity\nrobe-38,FR-NTE,5\nrobe 40,FR-PAR,0\n";
    program.post(STOCK, "text/csv", text).await.json::<FeedReport>();
    let path = "/admin/v1/exports/google-local-inventory";
    let answer = program.app.get_by_key(&program.authorization[7..], path).await;
    assert_eq!(answer.header("content-type"), "text/tab-separated-values; charset=utf-8");
    let lines = "store_code\tid\tquantity\tavailability\tprice\nFR-PAR\tROBE 40\t0\tout_of_stock\t89.00 EUR\n\
                 FR-NTE\tROBE-38\t5\tin_stock\t89.00 EUR\n";
    assert_eq!(answer.text(), lines);
    let report: FeedReport = program.post(STOCK, "text/tab-separated-values", answer.body).await.json();
    assert_eq!((report.feed.rows, report.feed.bad_rows), (2, 0), "what goes out comes in");
    let path = "/admin/v1/exports/google-local-inventory?format=jsonl&price_list=none";
    let answer = program.app.get_by_key(&program.authorization[7..], path).await;
    assert!(
        answer.text().starts_with(r#"{"store_code":"FR-PAR","id":"ROBE 40","quantity":0,"#),
        "{}",
        answer.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sales_replace_what_was_known_of_their_products() {
    const SALES: &str = "/admin/v1/feeds/sales";
    let program = Program::new().await;
    let csv = "sku;sold;returned;too small\nrobe-38;100;15;10\nRobe 40;9;0;0\nnope;1;0;0\nrobe-38;1;0;0\n";
    let report: FeedReport = program.post(SALES, "text/csv", csv).await.json();
    assert_eq!((report.feed.kind, report.feed.source.as_str()), (FeedKind::Sales, "sales"));
    assert_eq!((report.feed.state, report.feed.rows, report.feed.bad_rows), (FeedState::Applied, 4, 2));
    let lines: Vec<u64> = report.bad.iter().map(|bad| bad.line).collect();
    assert_eq!(lines, [4, 5]);
    let kept = async || program.app.get("/v1/sizes?products=ROBE").await.text();
    assert!(kept().await.contains("\"85/100\",null"), "{}", kept().await);
    let packed = gzip("sku,sold,returned\nrobe-38,20,0\n".repeat(50).as_bytes());
    let cut = program.post(SALES, "text/csv", packed[..packed.len() - 10].to_vec()).await;
    cut.problem(422, "feed_unreadable");
    assert!(kept().await.contains("\"85/100\""), "{}", kept().await);
    let json = r#"[{"product_id":"robe","size":"40","sold":20,"returned":3}]"#;
    program.post(SALES, "application/json", json).await.json::<FeedReport>();
    assert!(kept().await.contains("null,\"17/20\""), "{}", kept().await);
}
