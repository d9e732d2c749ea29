use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    event::{Event, SourceEvent},
    reservation::Reservation,
};
use devanture_domain::reservation::State as Stands;
use devanture_storage::{FeedKind, NewSource, Webhook, WebhookSecret, WebhookUse};

use super::{deliver_due, wait_ms};
use crate::{
    Config,
    testing::{KEY, TestApp},
    webhooks::signature::verify,
};

const ROBE: &str = r#"{"store_code":"FR-NTE","items":[{"sku":"ROBE-38"}],"name":"Zoé <script>","email":"Zoe@example.com","phone":"06 12 34 56 78","locale":"fr-FR"}"#;
fn secret() -> WebhookSecret {
    WebhookSecret::from_random([7; 32])
}

/// A request's headers and body.
type Heard = (HeaderMap, Vec<u8>);

/// A program of the shop's: what it heard, and what it answers next; 204 once there is no more of it.
#[derive(Clone, Default)]
struct Program {
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

impl Program {
    /// Listens, and gives its address.
    async fn listens(&self) -> String {
        async fn hear(State(program): State<Program>, request: Request) -> Response {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
            program.heard.lock().unwrap().push((parts.headers, body));
            let status = program.answers.lock().unwrap().pop_front().unwrap_or(204);
            let status = StatusCode::from_u16(status).unwrap();
            (status, [(header::LOCATION, "/elsewhere")]).into_response()
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(hear).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/hooks")
    }

    fn answer(&self, statuses: impl IntoIterator<Item = u16>) {
        self.answers.lock().unwrap().extend(statuses);
    }

    fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }

    fn events(&self) -> Vec<Event> {
        self.heard().iter().map(|(_, body)| serde_json::from_slice(body).unwrap()).collect()
    }
}

async fn shop(private_too: bool) -> (TestApp, Program) {
    let config = Config { webhooks_to_private_addresses: private_too, ..Config::default() };
    let (app, program) = (TestApp::with_config(config).await, Program::default());
    app.count(&[("ROBE-38", "FR-NTE", 5)]).await;
    let mut repository = app.database().write().await.unwrap();
    for (id, tenant, does) in [
        ("wh_1", "maison", WebhookUse::Events(program.listens().await)),
        ("wh_2", "other", WebhookUse::Payments),
        ("wh_3", "maison", WebhookUse::Payments),
    ] {
        let webhook = Webhook {
            tenant: tenant.to_owned(),
            id: id.to_owned(),
            does,
            secret: secret(),
            created_at: app.clock.midnight(),
        };
        repository.add_webhook(&webhook).await.unwrap();
    }
    repository.save().await.unwrap();
    (app, program)
}

async fn told(app: &TestApp) -> usize {
    deliver_due(app.app()).await.unwrap()
}

/// What is not told yet: whether it was given up, how often it was tried, what went wrong.
async fn waiting(app: &TestApp) -> Vec<(bool, u32, String)> {
    let listed = app.database().read().await.unwrap().outbox("maison", 9).await.unwrap();
    listed.into_iter().map(|one| (one.dead, one.attempts, one.failure.unwrap_or_default())).collect()
}

#[tokio::test]
async fn a_program_is_told_that_a_feed_is_not_heard() {
    let (app, program) = shop(true).await;
    let new = NewSource {
        tenant: "maison".to_owned(),
        name: "Caisses n° 1".to_owned(),
        kind: FeedKind::StockFull,
        // Nobody listens on this port.
        url: "http://127.0.0.1:1/stock.csv?token=hidden".to_owned(),
        mapping: String::new(),
        price_list: "default".to_owned(),
        authorization: None,
        interval_ms: 300_000,
    };
    let mut repository = app.database().write().await.unwrap();
    repository.add_source(&new, app.app().now()).await.unwrap();
    repository.save().await.unwrap();
    app.clock.advance_seconds(901);
    let tick = std::time::Duration::from_millis(5);
    let job = tokio::spawn(crate::sources::run(app.app().clone(), tick));
    for _ in 0..2000 {
        if told(&app).await > 0 {
            break;
        }
        tokio::time::sleep(tick).await;
    }
    job.abort();
    let heard = program.heard();
    let [(headers, body)] = &heard[..] else { panic!("{heard:?}") };
    verify(secret().key(), headers, body, app.app().now()).unwrap();
    let event: SourceEvent = serde_json::from_slice(body).unwrap();
    assert_eq!((&*event.kind, &*event.data.source), ("source.stale", "Caisses n° 1"));
    assert_eq!((&*event.data.feed, event.data.interval_s, event.data.fresh_at), ("stock_full", 300, None));
    assert!(!String::from_utf8_lossy(body).contains("hidden"));
}

#[tokio::test]
async fn a_program_is_told_signed_and_once() {
    let (app, program) = shop(true).await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    assert_eq!((told(&app).await, told(&app).await), (1, 0));
    let heard = program.heard();
    let [(headers, body)] = &heard[..] else { panic!("{heard:?}") };
    let now = app.app().now();
    verify(secret().key(), headers, body, now).unwrap();
    assert!(verify(secret().key(), headers, b"{}", now).is_err());
    assert_eq!(headers["content-type"], "application/json");
    let event: Event = serde_json::from_slice(body).unwrap();
    assert_eq!((&*event.kind, &*event.timestamp), ("reservation.requested", "2026-11-21T10:00:00Z"));
    let data = event.data;
    assert_eq!(headers["webhook-id"], format!("evt_{}_1", data.reservation));
    assert_eq!(
        (data.state, &*data.store_name, &*data.time_zone),
        (Stands::Requested, "Maison Nantes", "Europe/Paris")
    );
    assert_eq!(
        (&data.pickup_code, data.due_at, data.ready_at),
        (&made.pickup_code, made.due_at, made.ready_at)
    );
    assert_eq!((&*data.items[0].sku, data.items[0].quantity), ("ROBE-38", 1));
    let person = data.person.unwrap();
    assert_eq!((&*person.name, person.phone.as_deref()), ("Zoé <script>", Some("06 12 34 56 78")));
    // The link is another than the browser's, and opens the same.
    let token = data.link.unwrap().rsplit_once('/').unwrap().1.to_owned();
    assert_ne!(token, made.token);
    let path = format!("/v1/reservations/{token}");
    assert_eq!(app.get(&path).await.json::<Reservation>().pickup_code, made.pickup_code);
    app.send("DELETE", &path, &[("devanture-key", KEY)], "").await;
    assert_eq!(told(&app).await, 1);
    assert_eq!(program.events()[0].kind, "reservation.cancelled");
    app.clock.advance_hours(31 * 24);
    let mut repository = app.database().write().await.unwrap();
    repository.erase_reservers(app.app().now() - 30 * 86_400_000, 0).await.unwrap();
    repository.save().await.unwrap();
    app.get(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn whoever_is_erased_is_not_named() {
    let (app, program) = shop(true).await;
    app.reserve("idempotency-0001", ROBE).await;
    app.clock.advance_hours(200);
    app.settle().await;
    let mut repository = app.database().write().await.unwrap();
    assert_eq!(repository.erase_reservers(i64::MAX, i64::MAX).await.unwrap(), 1);
    repository.save().await.unwrap();
    assert_eq!(told(&app).await, 2);
    for event in program.events() {
        assert_eq!((event.data.person, event.data.link), (None, None), "{}", event.kind);
    }
}

#[tokio::test]
async fn tried_for_three_days_under_one_id_and_then_given_up() {
    let (app, program) = shop(true).await;
    app.reserve("idempotency-0001", ROBE).await;
    let began = app.app().now();
    program.answer(std::iter::repeat_n(503, 100));
    let mut attempts = 0;
    loop {
        assert_eq!(told(&app).await, 1);
        attempts += 1;
        let waiting = waiting(&app).await;
        assert_eq!(waiting[0].1, attempts);
        assert_eq!(waiting[0].2, "answered 503");
        if waiting[0].0 {
            break;
        }
        assert_eq!(told(&app).await, 0, "not at once");
        app.clock.advance_seconds(wait_ms(attempts) / 1000);
    }
    let took = app.app().now() - began;
    assert!((60 * 3_600_000..=72 * 3_600_000).contains(&took), "{took}");
    assert!((15..25).contains(&attempts), "{attempts}");
    let ids: std::collections::BTreeSet<_> =
        program.heard().into_iter().map(|(headers, _)| headers["webhook-id"].clone()).collect();
    assert_eq!(ids.len(), 1);
    app.clock.advance_hours(24);
    assert_eq!(told(&app).await, 0);
    let mut repository = app.database().write().await.unwrap();
    repository.retry_deliveries("maison", None, app.app().now()).await.unwrap();
    repository.save().await.unwrap();
    program.answers.lock().unwrap().clear();
    assert_eq!((told(&app).await, waiting(&app).await.len(), program.heard().len()), (1, 0, 1));
}

#[tokio::test]
async fn what_no_program_gets() {
    let (app, program) = shop(true).await;
    app.reserve("idempotency-0001", ROBE).await;
    program.answer([302]);
    told(&app).await;
    assert_eq!(waiting(&app).await, [(false, 1, "answered 302; give the address it leads to".to_owned())]);
    assert_eq!(program.heard().len(), 1, "nobody follows");
    app.clock.advance_seconds(10);
    program.answer([410]);
    told(&app).await;
    assert_eq!(waiting(&app).await, [(true, 2, "answered 410".to_owned())]);
    let mut repository = app.database().write().await.unwrap();
    assert!(repository.remove_webhook("maison", "wh_1").await.unwrap());
    repository.save().await.unwrap();
    assert_eq!(waiting(&app).await, []);
}

#[tokio::test]
async fn private_addresses_hear_nothing_unless_allowed() {
    let (app, program) = shop(false).await;
    app.reserve("idempotency-0001", ROBE).await;
    assert_eq!(told(&app).await, 1);
    assert!(waiting(&app).await[0].2.contains("https://"), "{:?}", waiting(&app).await);
    assert!(program.heard().is_empty());
}

#[test]
fn waits_grow_and_have_an_end() {
    let waits: Vec<i64> = (1..40).map(wait_ms).collect();
    assert_eq!(waits[..4], [10_000, 30_000, 90_000, 270_000]);
    assert!(waits.is_sorted() && waits[38] == 6 * 3_600_000);
}
