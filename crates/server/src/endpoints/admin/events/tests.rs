use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream},
    http::Request,
};
use devanture_domain::staff::Role;
use devanture_storage::test_support::PostgresServer;
use futures_util::StreamExt as _;
use tower::ServiceExt as _;

use crate::{
    Config, router,
    testing::{LOGIN, PASSWORD, TestApp},
};

const PATH: &str = "/admin/v1/events?store=FR-NTE";

/// A seller in Nantes, and streams that beat so often.
async fn shop(heartbeat: Duration) -> (TestApp, String) {
    with_seller(TestApp::with_config(Config { heartbeat, ..Config::default() }).await).await
}

async fn with_seller(app: TestApp) -> (TestApp, String) {
    app.add_staff("maison", LOGIN, Role::Seller, &["FR-NTE"]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    (app, cookie)
}

async fn listen(app: &TestApp, cookie: &str) -> BodyDataStream {
    let request = Request::builder().uri(PATH).header("cookie", cookie).body(Body::empty()).unwrap();
    let response = router(app.app().clone()).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["cache-control"], "no-store");
    response.into_body().into_data_stream()
}

/// The next event; nothing when the stream has ended.
async fn next(stream: &mut BodyDataStream) -> Option<String> {
    let bytes = stream.next().await?.unwrap();
    Some(String::from_utf8(bytes.to_vec()).unwrap().trim().replace('\n', " "))
}

async fn reserve(app: &TestApp, key: &str, store: &str) {
    let body = format!(
        r#"{{"store_code":"{store}","items":[{{"sku":"ROBE-38"}}],"name":"Zoé","email":"zoe@example.com","locale":"fr"}}"#
    );
    assert_eq!(app.reserve(key, &body).await.status, 201);
}

#[tokio::test]
async fn a_change_at_the_store_is_told_at_once_and_no_other() {
    let (app, cookie) = shop(Duration::from_hours(1)).await;
    app.count(&[("ROBE-38", "FR-NTE", 9), ("ROBE-38", "FR-PAR", 9)]).await;
    let mut stream = listen(&app, &cookie).await;
    assert_eq!(next(&mut stream).await.unwrap(), "event: hello data: 0");
    reserve(&app, "idempotency-0001", "FR-PAR").await;
    reserve(&app, "idempotency-0002", "FR-NTE").await;
    assert_eq!(next(&mut stream).await.unwrap(), "event: changed data: 1");
    let mut repository = app.database().read().await.unwrap();
    let id = repository.store_reservations("maison", "FR-NTE", (false, 1)).await.unwrap()[0]
        .reservation
        .id
        .clone();
    drop(repository);
    let path = format!("/admin/v1/reservations/{id}/actions");
    assert_eq!(app.send_with(&cookie, "POST", &path, r#"{"action":"accept"}"#).await.status, 200);
    assert_eq!(next(&mut stream).await.unwrap(), "event: changed data: 2");
}

#[tokio::test]
async fn another_instance_sees_it_when_it_looks() {
    another_instance_sees_it(TestApp::new().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_instance_sees_it_when_it_looks_on_postgres() {
    let server = PostgresServer::start();
    another_instance_sees_it(TestApp::on_postgres(&server, Config::default()).await).await;
}

async fn another_instance_sees_it(app: TestApp) {
    let (app, cookie) = with_seller(app).await;
    app.count(&[("ROBE-38", "FR-NTE", 9)]).await;
    let other =
        TestApp::with_database(devanture_storage::Database::open(&app.location()).await.unwrap()).await;
    let mut stream = listen(&other, &cookie).await;
    assert_eq!(next(&mut stream).await.unwrap(), "event: hello data: 0");
    reserve(&app, "idempotency-0001", "FR-NTE").await;
    for _ in 0..2 {
        other.app().live().look(other.database()).await.unwrap();
    }
    assert_eq!(next(&mut stream).await.unwrap(), "event: changed data: 1");
    other.app().close_streams();
    assert_eq!(next(&mut stream).await, None, "once is enough");
    other.database().close().await;
    app.database().close().await;
}

#[tokio::test]
async fn ends_with_the_session_and_with_the_server() {
    let (app, cookie) = shop(Duration::from_millis(5)).await;
    let mut stream = listen(&app, &cookie).await;
    assert_eq!(next(&mut stream).await.unwrap(), "event: hello data: 0");
    assert_eq!(next(&mut stream).await.unwrap(), "event: beat data: 0");
    assert_eq!(app.send_with(&cookie, "DELETE", "/admin/v1/session", "").await.status, 204);
    while let Some(event) = next(&mut stream).await {
        assert_eq!(event, "event: beat data: 0", "one that was under way");
    }
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let mut stream = listen(&app, &cookie).await;
    app.app().close_streams();
    while next(&mut stream).await.is_some() {}
    let mut late = listen(&app, &cookie).await;
    assert_eq!(next(&mut late).await.unwrap(), "event: hello data: 0");
    assert_eq!(next(&mut late).await, None);
}

#[tokio::test]
async fn listening_keeps_no_session_alive_and_takes_a_place() {
    let (app, cookie) = shop(Duration::from_millis(5)).await;
    let mut streams = Vec::new();
    for _ in 0..3 {
        streams.push(listen(&app, &cookie).await);
    }
    let refused = app.get_with(&cookie, PATH).await;
    refused.problem(429, "rate_limited");
    assert_eq!(refused.header("retry-after"), "10");
    streams.clear();
    let mut stream = listen(&app, &cookie).await;
    app.clock.advance_hours(13);
    while next(&mut stream).await.is_some() {}
}

#[tokio::test]
async fn only_ones_own_store() {
    let (app, cookie) = shop(Duration::from_hours(1)).await;
    app.get_with("", PATH).await.problem(401, "not_signed_in");
    app.get_with(&cookie, "/admin/v1/events?store=FR-PAR").await.problem(403, "store_not_yours");
    app.get_with(&cookie, "/admin/v1/events").await.problem(400, "invalid_input");
    app.add_staff("maison", "siege@shop.example", Role::HeadOffice, &[]).await;
    let office = app.sign_in("siege@shop.example", PASSWORD).await;
    app.get_with(&office, "/admin/v1/events?store=NOWHERE").await.problem(404, "store_not_found");
}
