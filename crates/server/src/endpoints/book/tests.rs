use devanture_api::appointment::{Appointment, SlotList};
use devanture_storage::test_support::PostgresServer;

use crate::testing::{KEY, TestApp, booking};

const IDEMPOTENCY: &str = "7f3a2c7e-0000-4000-8000-000000000001";

async fn post(app: &TestApp, key: &str, body: &str) -> crate::testing::Answer {
    let headers = [("devanture-key", KEY), ("idempotency-key", key), ("content-type", "application/json")];
    app.send("POST", "/v1/stores/FR-NTE/appointments", &headers, body).await
}

#[tokio::test]
async fn booked_once_per_idempotency_key() {
    let app = TestApp::new().await;
    let slot = app.first_slot().await;
    let first = app.book("FR-NTE", IDEMPOTENCY, slot).await;
    assert_eq!(first.status, 201);
    let first: Appointment = first.json();
    assert_eq!((first.starts_at, first.ends_at), (slot, slot + 1_800_000));
    assert_eq!((first.store_name.as_str(), first.time_zone.as_str()), ("Maison Nantes", "Europe/Paris"));
    assert!(first.token.len() >= 22, "128 bits in base64url");
    assert!(!first.cancelled);
    let again = app.book("FR-NTE", IDEMPOTENCY, slot).await;
    assert_eq!((again.status, again.json::<Appointment>()), (201, first.clone()));
    app.clock.advance_hours(24);
    let late = app.book("FR-NTE", IDEMPOTENCY, slot).await;
    assert_eq!((late.status, late.json::<Appointment>()), (201, first), "even when the time has gone by");
    app.book("FR-NTE", IDEMPOTENCY, slot + 1_800_000).await.problem(422, "idempotency_mismatch");
}

#[tokio::test]
async fn a_slot_booked_at_the_same_instant() {
    one_wins(&TestApp::new().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slot_booked_at_the_same_instant_on_postgres() {
    let server = PostgresServer::start();
    let app = TestApp::with_database(server.database().await).await;
    one_wins(&app).await;
    app.database().close().await;
}

/// Two seats, ten shoppers.
async fn one_wins(app: &TestApp) {
    let slot = app.first_slot().await;
    let keys: Vec<String> = (0..10).map(|i| format!("idempotency-key-{i}")).collect();
    let answers = futures_util::future::join_all(keys.iter().map(|key| app.book("FR-NTE", key, slot))).await;
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(won, 2);
    for lost in answers.iter().filter(|answer| answer.status != 201) {
        lost.problem(409, "slot_taken");
    }
    let list: SlotList = app.get("/v1/stores/FR-NTE/slots").await.json();
    assert!(list.items.iter().all(|free| free.starts_at != slot));
}

#[tokio::test]
async fn times_that_are_not_offered() {
    let app = TestApp::new().await;
    let slot = app.first_slot().await;
    for at in [slot + 60_000, slot - 1_800_000, slot + 400 * 86_400_000, 0, i64::MAX, i64::MIN] {
        app.book("FR-NTE", IDEMPOTENCY, at).await.problem(409, "slot_taken");
    }
    app.book("FR-PAR", IDEMPOTENCY, slot).await.problem(409, "slot_taken");
    app.book("none", IDEMPOTENCY, slot).await.problem(404, "store_not_found");
    assert_eq!(app.book("FR-NTE", IDEMPOTENCY, slot).await.status, 201, "refusals did not use the key up");
}

#[tokio::test]
async fn fields_at_fault_are_named() {
    let app = TestApp::new().await;
    let slot = app.first_slot().await;
    let long = "x".repeat(1001);
    for (change, field) in [
        (r#"{"name":" "}"#, "name"),
        (r#"{"name":null}"#, "name"),
        (&format!(r#"{{"name":"{long}"}}"#), "name"),
        (r#"{"email":"nobody"}"#, "email"),
        (r#"{"email":null,"phone":null}"#, "email"),
        (r#"{"email":null,"phone":"call me"}"#, "phone"),
        (r#"{"subject":"weather"}"#, "subject"),
        (&format!(r#"{{"note":"{long}"}}"#), "note"),
        (r#"{"locale":"<b>"}"#, "locale"),
        (r#"{"starts_at":"tomorrow"}"#, "starts_at"),
    ] {
        let mut body: serde_json::Value = serde_json::from_str(&booking(slot)).unwrap();
        let change: serde_json::Value = serde_json::from_str(change).unwrap();
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        let problem = post(&app, IDEMPOTENCY, &body.to_string()).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{problem:?}");
    }
    let problem = post(&app, IDEMPOTENCY, r#"{"name":"Zoé"}"#).await.problem(400, "invalid_input");
    assert_eq!(problem.field.as_deref(), Some("starts_at"));
}

#[tokio::test]
async fn bodies_that_are_none() {
    let app = TestApp::new().await;
    for body in ["", "{", "[]", "null", "\u{fffd}"] {
        post(&app, IDEMPOTENCY, body).await.problem(400, "invalid_input");
    }
    post(&app, IDEMPOTENCY, &format!("\"{}\"", "x".repeat(100_000))).await.problem(413, "too_large");
    let headers = [("devanture-key", KEY), ("idempotency-key", IDEMPOTENCY), ("content-type", "text/plain")];
    let problem = app.send("POST", "/v1/stores/FR-NTE/appointments", &headers, &booking(0)).await;
    assert_eq!(problem.problem(400, "invalid_input").field.as_deref(), Some("Content-Type"));
}

#[tokio::test]
async fn idempotency_keys_are_needed_and_hard_to_guess() {
    let app = TestApp::new().await;
    let slot = app.first_slot().await;
    for key in ["short", &"x".repeat(129), "with spaces in between", ""] {
        let problem = post(&app, key, &booking(slot)).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some("Idempotency-Key"));
    }
    let headers = [("devanture-key", KEY), ("content-type", "application/json")];
    app.send("POST", "/v1/stores/FR-NTE/appointments", &headers, &booking(slot))
        .await
        .problem(400, "invalid_input");
}

#[tokio::test]
async fn writes_are_limited_and_told_when_to_come_back() {
    let app = TestApp::limited().await;
    let slot = app.first_slot().await;
    let mut refused = None;
    for i in 0..4 {
        let answer = app.book("FR-NTE", &format!("idempotency-key-{i}"), slot).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.unwrap();
    refused.problem(429, "rate_limited");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 60);
    assert_eq!(app.get("/v1/stores").await.status, 200, "reading goes on");
}
