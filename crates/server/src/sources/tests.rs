use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, Response},
    routing::any,
};
use devanture_api::{
    feed::FeedReport,
    source::{Source, SourceState, Sources},
};
use devanture_domain::staff::KeyScope;
use devanture_storage::{FeedKind, NewSource, Polled, SecretHeader};
use flate2::{Compression, write::GzEncoder};

use super::{SourceConfig, due, poll, poll_now, tell_stale, wait_ms};
use crate::{Config, testing::TestApp};

const PRODUCTS: &str = "sku,product_id,name,size\nrobe-38,robe,Robe,38\nrobe-40,robe,Robe,40\n";
const BOTH: &str = "sku,store,quantity\nrobe-38,FR-NTE,5\nrobe-40,FR-NTE,6\n";
const MINUTES_5: i64 = 5 * 60_000;

/// What the other end answers next: status, headers, body.
type Next = (u16, Vec<(&'static str, String)>, Vec<u8>);

/// Somebody's server, on this machine.
struct There {
    url: String,
    next: Arc<Mutex<Next>>,
    asked: Arc<Mutex<Vec<HeaderMap>>>,
}

impl There {
    async fn new() -> Self {
        let next: Arc<Mutex<Next>> = Arc::default();
        let asked: Arc<Mutex<Vec<HeaderMap>>> = Arc::default();
        let (answers, seen) = (Arc::clone(&next), Arc::clone(&asked));
        let handler = any(async move |request: Request| {
            seen.lock().unwrap().push(request.headers().clone());
            let (status, headers, body) = answers.lock().unwrap().clone();
            if status == 0 {
                std::future::pending::<()>().await;
            }
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            response
                .body(Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>(body)])))
                .unwrap()
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/stock.csv?token=hidden", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback_service(handler)).await });
        Self { url, next, asked }
    }

    fn answers(&self, status: u16, headers: &[(&'static str, &str)], body: impl Into<Vec<u8>>) {
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        *self.next.lock().unwrap() = (status, headers, body.into());
    }

    fn last(&self, header: &str) -> Option<String> {
        let asked = self.asked.lock().unwrap();
        asked.last()?.get(header).map(|value| value.to_str().unwrap().to_owned())
    }
}

struct Here {
    app: TestApp,
    key: String,
}

impl Here {
    async fn new(there: &There) -> Self {
        Self::with(there, SourceConfig::default()).await
    }

    async fn with(there: &There, sources: SourceConfig) -> Self {
        let app = TestApp::with_config(Config { sources, ..Config::default() }).await;
        let key = app.add_key(&[KeyScope::Feeds]).await;
        let authorization = format!("Bearer {key}");
        let headers = [("authorization", authorization.as_str()), ("content-type", "text/csv")];
        app.send("POST", "/admin/v1/feeds/products", &headers, PRODUCTS).await.json::<FeedReport>();
        let here = Self { app, key };
        here.add(FeedKind::StockFull, &there.url).await;
        here
    }

    async fn add(&self, kind: FeedKind, url: &str) {
        let new = NewSource {
            tenant: "maison".to_owned(),
            name: "erp".to_owned(),
            kind,
            url: url.to_owned(),
            mapping: String::new(),
            price_list: "default".to_owned(),
            authorization: Some(SecretHeader::new("Basic aGlkZGVu".to_owned())),
            interval_ms: MINUTES_5,
        };
        let mut repository = self.app.database().write().await.unwrap();
        repository.remove_source("maison", "erp").await.unwrap();
        assert!(repository.add_source(&new, self.app.app().now()).await.unwrap());
        repository.save().await.unwrap();
    }

    async fn poll(&self) -> Polled {
        poll_now(self.app.app(), "maison", "erp").await.unwrap().unwrap()
    }

    async fn shown(&self) -> Source {
        let answer = self.app.get_by_key(&self.key, "/admin/v1/sources").await;
        assert!(
            !answer.text().contains("hidden") && !answer.text().contains("aGlkZGVu"),
            "{}",
            answer.text()
        );
        answer.json::<Sources>().items.remove(0)
    }

    async fn on_hand(&self, sku: &str) -> Option<(u32, i64)> {
        let mut repository = self.app.database().read().await.unwrap();
        let stock = repository.stock_at("maison", sku, "FR-NTE").await.unwrap();
        stock.map(|stock| (stock.level.on_hand, stock.level.counted_at))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fetched_when_it_is_due_and_has_changed() {
    let there = There::new().await;
    let here = Here::new(&there).await;
    let app = here.app.app();
    assert_eq!(here.shown().await.state, SourceState::New);
    // Made half an hour ago, packed, and by its address CSV.
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    std::io::Write::write_all(&mut packed, BOTH.as_bytes()).unwrap();
    let made = [("etag", "\"1\""), ("last-modified", "Sat, 21 Nov 2026 09:30:00 GMT")];
    there.answers(200, &made, packed.finish().unwrap());
    let now = app.now();
    assert_eq!(due(app, 9).await.unwrap(), [("maison".to_owned(), "erp".to_owned())]);
    let polled = poll(app, ("maison", "erp"), now).await.unwrap().unwrap();
    assert_eq!((polled.fresh, polled.failed, polled.due_at), (true, false, now + MINUTES_5));
    assert_eq!(there.last("authorization").as_deref(), Some("Basic aGlkZGVu"));
    assert_eq!(there.last("if-none-match"), None);
    assert_eq!(here.on_hand("ROBE-40").await, Some((6, now - 30 * 60_000)));
    assert!(due(app, 9).await.unwrap().is_empty());
    assert_eq!(poll(app, ("maison", "erp"), now).await.unwrap(), None, "not due");

    here.app.clock.advance_seconds(300);
    there.answers(304, &[], "");
    let polled = poll(app, ("maison", "erp"), app.now()).await.unwrap().unwrap();
    assert!(polled.fresh && polled.run.is_none());
    assert_eq!(there.last("if-none-match").as_deref(), Some("\"1\""));
    assert_eq!(there.last("if-modified-since").as_deref(), Some("Sat, 21 Nov 2026 09:30:00 GMT"));
    let shown = here.shown().await;
    assert_eq!((shown.state, shown.fresh_at, shown.feed), (SourceState::Fresh, Some(app.now()), Some(2)));

    there.answers(
        200,
        &[("content-type", "application/json")],
        r#"[{"sku":"robe-38","store":"FR-NTE","quantity":1}]"#,
    );
    here.app.clock.advance_seconds(300);
    assert!(here.poll().await.fresh);
    assert_eq!(here.on_hand("ROBE-38").await, Some((1, app.now())));
    assert_eq!(here.on_hand("ROBE-40").await, Some((0, app.now())), "left out");
    there.answers(304, &[], "");
    let polled = here.poll().await;
    assert!(polled.failed, "it was not asked whether it has changed: {polled:?}");
}

/// Of all tests the only one that does not wait long: on a busy machine every other answer would come too late for it.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_silent_is_not_waited_for() {
    let there = There::new().await;
    let soon = SourceConfig { silence: Duration::from_millis(50), ..SourceConfig::default() };
    let here = Here::with(&there, soon).await;
    there.answers(0, &[], "");
    let polled = here.poll().await;
    assert!(polled.failed && polled.reason.as_deref().unwrap().contains("in time"), "{polled:?}");
}

/// By the job itself: at once, then each time that its interval is over.
#[tokio::test(flavor = "multi_thread")]
async fn fetched_again_and_again() {
    let there = There::new().await;
    let here = Here::new(&there).await;
    there.answers(200, &[], BOTH);
    let tick = Duration::from_millis(5);
    let job = tokio::spawn(super::run(here.app.app().clone(), tick));
    let asked = || there.asked.lock().unwrap().len();
    let fresh = async |times: usize| {
        let now = here.app.app().now();
        for _ in 0..2000 {
            if asked() == times && here.shown().await.fresh_at == Some(now) {
                return;
            }
            tokio::time::sleep(tick).await;
        }
        panic!("asked {} times, not {times}: {:?}", asked(), here.shown().await);
    };
    fresh(1).await;
    assert_eq!(here.on_hand("ROBE-38").await.map(|(pieces, _)| pieces), Some(5));
    for times in 2..4 {
        there.answers(200, &[], BOTH.replace('5', &times.to_string()));
        here.app.clock.advance_seconds(299);
        tokio::time::sleep(20 * tick).await;
        assert_eq!(asked(), times - 1, "a second too early");
        here.app.clock.advance_seconds(1);
        fresh(times).await;
        let on_hand = here.on_hand("ROBE-38").await.map(|(pieces, _)| pieces);
        assert_eq!(on_hand, u32::try_from(times).ok());
    }
    job.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_asked_less_often_and_told() {
    let there = There::new().await;
    let here = Here::new(&there).await;
    let app = here.app.app();
    let mut waits = Vec::new();
    for (status, part) in [(500, "500"), (404, "404"), (503, "503"), (401, "401"), (304, "304"), (302, "302")]
    {
        there.answers(status, &[], "");
        let polled = here.poll().await;
        assert!(
            polled.failed && !polled.fresh && polled.reason.as_deref().unwrap().contains(part),
            "{polled:?}"
        );
        waits.push((polled.due_at - app.now()) / 60_000);
    }
    for (wait, about) in waits.iter().zip([10, 20, 40, 60, 60, 60]) {
        assert!((about * 4 / 5 - 1..=about * 6 / 5).contains(wait), "{waits:?}");
    }
    assert_eq!(here.shown().await.failures, 6);
    there.answers(200, &[("content-type", "text/csv")], "sku;nothing\n");
    assert!(here.poll().await.reason.unwrap().contains("no column"));
    // Three intervals without success are told once.
    here.app.clock.advance_seconds(900);
    assert_eq!((tell_stale(app).await.unwrap(), here.shown().await.state), (0, SourceState::New));
    here.app.clock.advance_seconds(1);
    assert_eq!((tell_stale(app).await.unwrap(), here.shown().await.state), (1, SourceState::Stale));
    assert_eq!(tell_stale(app).await.unwrap(), 0);
    there.answers(200, &[], BOTH);
    assert!(here.poll().await.fresh);
    let shown = here.shown().await;
    assert_eq!((shown.state, shown.failures, shown.reason), (SourceState::Fresh, 0, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_off_or_empties_too_much() {
    let there = There::new().await;
    let here = Here::new(&there).await;
    there.answers(200, &[], BOTH);
    assert!(here.poll().await.fresh);
    // So long that it is under way when it breaks off.
    let start = format!("sku,store,quantity\n{}", "robe-38,FR-NTE,1\n".repeat(50_000));
    there.answers(200, &[("content-length", "99999999"), ("etag", "\"cut\"")], start);
    let polled = here.poll().await;
    assert!(polled.failed && polled.etag.is_none(), "{polled:?}");
    assert!(polled.reason.as_deref().unwrap().contains("not complete"), "{polled:?}");
    assert_eq!(here.on_hand("ROBE-40").await.unwrap().0, 6);
    // Thirty articles, then five of them.
    let lines = |lines: Vec<String>| lines.join("\n") + "\n";
    let rows = |range: std::ops::Range<u32>| lines(range.map(|n| format!("s{n},FR-NTE,3")).collect());
    let names = lines((0..30).map(|n| format!("s{n},S")).collect());
    there.answers(200, &[], format!("sku,name\n{names}"));
    here.add(FeedKind::Products, &there.url).await;
    assert!(here.poll().await.fresh);
    here.add(FeedKind::StockFull, &there.url).await;
    there.answers(200, &[], format!("sku,store,quantity\n{}", rows(0..30)));
    assert!(here.poll().await.fresh);
    let fresh_at = here.shown().await.fresh_at;
    here.app.clock.advance_seconds(300);
    there.answers(200, &[("etag", "\"few\"")], format!("sku,store,quantity\n{}", rows(0..5)));
    for _ in 0..2 {
        let polled = here.poll().await;
        assert!(
            !polled.fresh && !polled.failed && polled.reason.unwrap().contains("held"),
            "as often as before"
        );
    }
    there.answers(304, &[], "");
    let polled = here.poll().await;
    assert!(!polled.fresh && polled.reason.as_deref().unwrap().contains("held"), "{polled:?}");
    let shown = here.shown().await;
    assert_eq!(shown.fresh_at, fresh_at, "what waits for somebody is not what shoppers are told");
    let runs = here.app.database().read().await.unwrap().feed_runs("maison", None, 2).await.unwrap();
    let states: Vec<_> = runs.iter().map(|run| run.state.as_str()).collect();
    assert_eq!(states, ["held", "refused"], "one is enough to decide about");
    let accept = format!("/admin/v1/feeds/{}/accept", runs[0].id);
    let authorization = format!("Bearer {}", here.key);
    here.app.send("POST", &accept, &[("authorization", &authorization)], "").await.json::<FeedReport>();
    assert!(here.poll().await.fresh, "now it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn sales_that_break_off_are_fetched_again() {
    let there = There::new().await;
    let here = Here::new(&there).await;
    here.add(FeedKind::Sales, &there.url).await;
    let kept = async || here.app.get("/v1/sizes?products=ROBE").await.text();
    let rows = "robe-38,100,15\n".repeat(50_000);
    there.answers(200, &[("content-length", "99999999")], format!("sku,sold,returned\n{rows}"));
    let polled = here.poll().await;
    assert!(
        polled.failed && polled.reason.as_deref().unwrap().contains("nothing of it was taken in"),
        "{polled:?}"
    );
    assert!(!kept().await.contains("100"), "{}", kept().await);
    there.answers(200, &[], "sku,sold,returned\nrobe-38,100,15\n");
    assert!(here.poll().await.fresh);
    assert!(kept().await.contains("\"85/100\""), "{}", kept().await);
    assert_eq!(here.shown().await.kind, devanture_api::feed::FeedKind::Sales);
}

#[tokio::test(flavor = "multi_thread")]
async fn led_elsewhere() {
    let there = There::new().await;
    let here = Here::new(&there).await;
    for (location, part) in [
        ("http://10.0.0.1/stock.csv", "is not https"),
        ("https://10.0.0.1/stock.csv", "private address"),
        ("https://[fd00::1]/", "private address"),
        ("ftp://erp.example/", ""),
        ("/again", "redirected too often"),
    ] {
        there.answers(302, &[("location", location)], "");
        let polled = here.poll().await;
        let reason = polled.reason.unwrap();
        assert!(polled.failed && reason.contains(part) && !reason.contains("hidden"), "{location}: {reason}");
    }
    assert!(there.asked.lock().unwrap().len() <= 12);
    // Nobody listens there any more.
    here.add(FeedKind::StockFull, "http://127.0.0.1:1/?token=hidden").await;
    let reason = here.poll().await.reason.unwrap();
    assert!(reason.contains("cannot be reached") && !reason.contains("hidden"), "{reason}");
    here.add(FeedKind::StockFull, "https://192.168.0.7/").await;
    assert!(here.poll().await.reason.unwrap().contains("--allow-private-sources"));
}

#[test]
fn waits_are_bounded() {
    assert_eq!(wait_ms(MINUTES_5, 0, [0, 0]), 480_000);
    assert_eq!(wait_ms(MINUTES_5, 0, [255, 255]), 720_000);
    assert!(wait_ms(MINUTES_5, 60, [0, 128]) <= 72 * 60_000);
    let day = 86_400_000;
    assert!(wait_ms(day, 3, [0, 128]) >= day * 4 / 5, "not more often than when all is well");
}
