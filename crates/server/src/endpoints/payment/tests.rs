use devanture_api::{
    availability::AvailabilityPage,
    reservation::{PaymentTaken, Reservation},
};
use devanture_domain::reservation::State;
use devanture_storage::{Webhook, WebhookSecret, WebhookUse};

use crate::{
    testing::{Answer, KEY, TestApp},
    webhooks::signature::sign,
};

const ROBE: &str = r#"{"store_code":"FR-NTE","items":[{"sku":"ROBE-38"}],"name":"Zoé","email":"zoe@example.com","locale":"fr","checkout":true}"#;

fn secret(number: u8) -> WebhookSecret {
    WebhookSecret::from_random([number; 32])
}

/// A shop with one dress, whose checkout tells of payments as `wh_pay`.
async fn shop() -> TestApp {
    let app = TestApp::new().await;
    app.count(&[("ROBE-38", "FR-NTE", 1)]).await;
    let mut repository = app.database().write().await.unwrap();
    let hears = WebhookUse::Events("https://shop.example/hooks".to_owned());
    for (id, tenant, does, number) in [
        ("wh_pay", "maison", WebhookUse::Payments, 1),
        ("wh_hears", "maison", hears, 1),
        ("wh_signs", "maison", WebhookUse::Customers, 1),
        ("wh_other", "other", WebhookUse::Payments, 2),
    ] {
        let (id, tenant) = (id.to_owned(), tenant.to_owned());
        let webhook = Webhook { tenant, id, does, secret: secret(number), created_at: 0 };
        repository.add_webhook(&webhook).await.unwrap();
    }
    repository.save().await.unwrap();
    app
}

fn told(reservation: &Reservation, payment: &str) -> String {
    let id = reservation.id.as_deref().unwrap();
    format!(r#"{{"reservation":"{id}","payment":"{payment}","paid":{{"amount":12900,"currency":"EUR"}}}}"#)
}

async fn signed(app: &TestApp, to: &str, body: &str, number: u8, at: i64) -> Answer {
    let seconds = at / 1000;
    let signature = sign(secret(number).key(), "msg_1", seconds, body.as_bytes());
    sent(app, to, body, &seconds.to_string(), &signature).await
}

async fn sent(app: &TestApp, to: &str, body: &str, seconds: &str, signature: &str) -> Answer {
    let headers = [
        ("content-type", "application/json"),
        ("webhook-id", "msg_1"),
        ("webhook-timestamp", seconds),
        ("webhook-signature", signature),
    ];
    app.send("POST", &format!("/v1/payments/{to}"), &headers, body).await
}

async fn pays(app: &TestApp, body: &str) -> Answer {
    signed(app, "wh_pay", body, 1, app.app().now()).await
}

async fn stands(app: &TestApp, made: &Reservation) -> Reservation {
    app.get(&format!("/v1/reservations/{}", made.token)).await.json()
}

async fn left(app: &TestApp) -> u32 {
    let page: AvailabilityPage = app.get("/v1/availability?items=ROBE-38&first=FR-NTE").await.json();
    page.items[0].items[0].left.unwrap_or(0)
}

/// Which payments were said to be due back.
async fn refunds(app: &TestApp) -> Vec<String> {
    let mut repository = app.database().write().await.unwrap();
    let now = app.app().now();
    repository.spread_events(now, 500, |_, _| vec!["test".to_owned()]).await.unwrap();
    let leased = repository.lease_deliveries(now, now + 1, 500).await.unwrap();
    repository.save().await.unwrap();
    let refunds = leased.iter().flat_map(|one| &one.event.reservation().unwrap().facts.refunds);
    refunds.map(|refund| refund.payment.clone()).collect()
}

#[tokio::test]
async fn held_until_it_is_paid_then_asked_for() {
    let app = shop().await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    assert_eq!((made.state, left(&app).await), (State::AwaitingPayment, 0));
    assert_eq!(made.due_at, Some(app.app().now() + 30 * 60_000));
    app.clock.advance_seconds(60);
    // The callback comes twice, and once more after the signature was made anew.
    for _ in 0..2 {
        let taken: PaymentTaken = pays(&app, &told(&made, "pay_1")).await.json();
        assert_eq!((taken.state, taken.refund_due), (State::Requested, false));
        app.clock.advance_seconds(1);
    }
    let asked = stands(&app, &made).await;
    // From 11:01 on, an hour and a half till the break, then half an hour.
    let noon = app.clock.midnight() + 12 * 3_600_000;
    assert_eq!((asked.state, asked.due_at), (State::Requested, Some(noon + 151 * 60_000)));
    let other = told(&made, "pay_1").replace("12900", "1");
    pays(&app, &other).await.problem(409, "payment_mismatch");
    assert_eq!(refunds(&app).await, Vec::<String>::new());
    // The shopper pays in another tab as well.
    let twice: PaymentTaken = pays(&app, &told(&made, "pay_2")).await.json();
    assert_eq!((twice.state, twice.refund_due), (State::Requested, true));
    assert_eq!(refunds(&app).await, ["pay_2"]);
    let path = format!("/v1/reservations/{}", made.token);
    app.send("DELETE", &path, &[("devanture-key", KEY)], "").await;
    assert_eq!(refunds(&app).await, ["pay_1"]);
}

#[tokio::test]
async fn not_paid_in_time_gives_the_piece_back() {
    let app = shop().await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    app.clock.advance_seconds(30 * 60);
    assert_eq!(app.settle().await, 1);
    assert_eq!((stands(&app, &made).await.state, left(&app).await), (State::Expired, 1));
    let mut repository = app.database().read().await.unwrap();
    let seen = repository.store_reservations("maison", "FR-NTE", (true, 9)).await.unwrap();
    assert!(seen.is_empty(), "the store was never asked");
    drop(repository);
    // Paid after all, and the piece is still there.
    let taken: PaymentTaken = pays(&app, &told(&made, "pay_1")).await.json();
    assert_eq!((taken.state, taken.refund_due, left(&app).await), (State::Requested, false, 0));
    // The store never answers: what was paid goes back.
    app.clock.advance_hours(100);
    app.settle().await;
    assert_eq!((stands(&app, &made).await.state, left(&app).await), (State::Expired, 1));
    assert_eq!(refunds(&app).await, ["pay_1"]);
}

#[tokio::test]
async fn paid_too_late_and_gone() {
    let app = shop().await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    app.clock.advance_seconds(30 * 60);
    app.settle().await;
    let other = ROBE.replace("zoe@", "ann@").replace(r#","checkout":true"#, "");
    let faster: Reservation = app.reserve("idempotency-0002", &other).await.json();
    for _ in 0..2 {
        let taken: PaymentTaken = pays(&app, &told(&made, "pay_1")).await.json();
        assert_eq!((taken.state, taken.refund_due), (State::Expired, true));
    }
    assert_eq!(refunds(&app).await, ["pay_1"], "said once");
    pays(&app, &told(&faster, "pay_2")).await.problem(409, "not_payable");
    assert_eq!(stands(&app, &faster).await.state, State::Requested);
}

#[tokio::test]
async fn nobody_else_says_that_it_is_paid() {
    let app = shop().await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    let (body, now) = (told(&made, "pay_1"), app.app().now());
    signed(&app, "wh_pay", &body, 2, now).await.problem(401, "signature_invalid");
    let seconds = (now / 1000).to_string();
    let good = sign(secret(1).key(), "msg_1", now / 1000, body.as_bytes());
    let dearer = body.replace("12900", "99");
    sent(&app, "wh_pay", &dearer, &seconds, &good).await.problem(401, "signature_invalid");
    for (seconds, signature) in [("", &*good), ("soon", &good), (&*seconds, "")] {
        let refused = sent(&app, "wh_pay", &body, seconds, signature).await;
        assert!(matches!(refused.status, 400 | 401), "{}", refused.text());
    }
    app.send("POST", "/v1/payments/wh_pay", &[], &body).await.problem(400, "invalid_input");
    // Overheard, and sent again when the time is over.
    app.clock.advance_seconds(301);
    sent(&app, "wh_pay", &body, &seconds, &good).await.problem(401, "signature_expired");
    let now = app.app().now();
    signed(&app, "wh_pay", &body, 1, now + 400_000).await.problem(401, "signature_expired");
    // Another network's checkout, a program that only hears, and nobody.
    signed(&app, "wh_other", &body, 2, now).await.problem(404, "reservation_not_found");
    signed(&app, "wh_hears", &body, 1, now).await.problem(404, "not_found");
    signed(&app, "wh_none", &body, 1, now).await.problem(404, "not_found");
    assert_eq!(stands(&app, &made).await.state, State::AwaitingPayment);
}

#[tokio::test]
async fn what_is_not_of_the_form() {
    let app = shop().await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    let good = told(&made, "pay_1");
    for (from, to) in [
        ("pay_1", ""),
        ("pay_1", "pay 1"),
        ("12900", "-1"),
        ("12900", "1000000000000000000"),
        ("12900", "1.5"),
        ("EUR", "eur"),
        ("EUR", "EURO"),
        ("\"payment\"", "\"pay\""),
    ] {
        pays(&app, &good.replace(from, to)).await.problem(400, "invalid_input");
    }
    pays(&app, "{").await.problem(400, "invalid_input");
    pays(&app, &good.replace(made.id.as_deref().unwrap(), "nothing"))
        .await
        .problem(404, "reservation_not_found");
    assert_eq!(stands(&app, &made).await.state, State::AwaitingPayment);
}

/// All payments come from one address.
#[tokio::test]
async fn a_busy_checkout_is_not_slowed_down() {
    let app = TestApp::limited().await;
    for _ in 0..30 {
        app.send("POST", "/v1/payments/wh_none", &[], "{}").await.problem(404, "not_found");
    }
}
