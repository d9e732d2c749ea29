use devanture_api::size_memory::{MAX_HOUSEHOLD, SizeMemory};
use devanture_storage::{Webhook, WebhookSecret, WebhookUse};
use serde_json::{Value, json};

use crate::{
    Config, LimitConfig,
    customer::sign,
    testing::{Answer, KEY, MINI_KEY, OTHER_KEY, TestApp},
};

const PATH: &str = "/v1/size-memory";
const HOME: &str = "1\nP\t\ns\ttops\tLormelle\t40";
const OTHER: &str = "1\nP\t\ns\ttops\tLormelle\t42";
const TOKEN: &str = "devanture-size-memory";
const CUSTOMER: &str = "devanture-customer";

async fn ask_as(app: &TestApp, key: &str, method: &str, who: &[(&str, &str)], body: &Value) -> Answer {
    let mut headers = vec![("devanture-key", key), ("content-type", "application/json")];
    headers.extend(who);
    let body = if body.is_null() { String::new() } else { body.to_string() };
    app.send(method, PATH, &headers, &body).await
}

async fn ask(app: &TestApp, method: &str, who: &[(&str, &str)], body: &Value) -> Answer {
    ask_as(app, KEY, method, who, body).await
}

/// The token of a new memory.
async fn made(app: &TestApp) -> String {
    let answer = ask(app, "POST", &[], &json!({"household": HOME})).await;
    assert_eq!((answer.status, &*answer.header("cache-control")), (201, "no-store"), "{}", answer.text());
    let made: SizeMemory = answer.json();
    assert_eq!((made.version, &*made.household), (1, HOME));
    made.token.unwrap()
}

fn secret(number: u8) -> WebhookSecret {
    WebhookSecret::from_random([number; 32])
}

/// A server on which each network signs its customers with a secret of its own.
async fn signing() -> TestApp {
    let app = TestApp::new().await;
    let mut repository = app.database().write().await.unwrap();
    for (tenant, number, does) in [
        ("maison", 1, WebhookUse::Customers),
        ("other", 2, WebhookUse::Customers),
        ("maison", 3, WebhookUse::Payments),
    ] {
        let (id, tenant) = (format!("wh_{number}"), tenant.to_owned());
        let webhook = Webhook { tenant, id, does, secret: secret(number), created_at: 0 };
        repository.add_webhook(&webhook).await.unwrap();
    }
    repository.save().await.unwrap();
    app
}

#[tokio::test]
async fn made_read_changed_and_erased_by_its_token() {
    let app = TestApp::new().await;
    let token = made(&app).await;
    let who = [(TOKEN, &*token)];
    let read = ask(&app, "GET", &who, &Value::Null).await;
    assert_eq!(read.header("cache-control"), "no-store");
    let kept =
        |household: &str, version| SizeMemory { household: household.to_owned(), version, token: None };
    assert_eq!(read.json::<SizeMemory>(), kept(HOME, 1));
    let change = json!({"household": OTHER, "version": 1});
    // Sent again, since its answer was lost, it is done.
    for _ in 0..2 {
        assert_eq!(ask(&app, "PUT", &who, &change).await.json::<SizeMemory>(), kept(OTHER, 2));
    }
    let late = json!({"household": HOME, "version": 1});
    ask(&app, "PUT", &who, &late).await.problem(409, "changed_meanwhile");
    ask(&app, "PUT", &who, &json!({"household": HOME, "version": 3})).await.problem(409, "changed_meanwhile");
    for _ in 0..2 {
        assert_eq!(ask(&app, "DELETE", &who, &Value::Null).await.status, 204);
    }
    ask(&app, "GET", &who, &Value::Null).await.problem(404, "size_memory_erased");
    ask(&app, "PUT", &who, &late).await.problem(404, "size_memory_erased");
    assert_ne!(made(&app).await, token);
}

#[tokio::test]
async fn no_other_token_opens_it_nor_another_networks_key() {
    let limits = LimitConfig { reads_per_second: None, writes_per_hour: None, sign_ins_per_hour: None };
    let app = TestApp::with_config(Config { limits, ..Config::default() }).await;
    let token = made(&app).await;
    let change = json!({"household": OTHER, "version": 1});
    for (method, body) in [("GET", &Value::Null), ("PUT", &change), ("DELETE", &Value::Null)] {
        let never = [(TOKEN, "AAAAAAAAAAAAAAAAAAAAAAAA")];
        ask(&app, method, &never, body).await.problem(404, "size_memory_not_found");
        ask_as(&app, OTHER_KEY, method, &[(TOKEN, &*token)], body)
            .await
            .problem(404, "size_memory_not_found");
        for bad in ["", "short", "AAAAAAAAAAAAAAAAAAAAAAA!", "é"] {
            let problem = ask(&app, method, &[(TOKEN, bad)], body).await.problem(400, "invalid_input");
            assert_eq!(problem.field.as_deref(), Some("Devanture-Size-Memory"), "{bad}");
        }
        ask(&app, method, &[], body).await.problem(400, "invalid_input");
        ask(&app, method, &[(TOKEN, &*token), (CUSTOMER, "c.1.x")], body).await.problem(400, "invalid_input");
    }
    ask(&app, "POST", &[(TOKEN, &*token)], &json!({"household": HOME})).await.problem(400, "invalid_input");
    // Another site of the same network.
    let read = ask_as(&app, MINI_KEY, "GET", &[(TOKEN, &*token)], &Value::Null).await;
    assert_eq!(read.json::<SizeMemory>().household, HOME);
}

#[tokio::test]
async fn nothing_but_a_household_is_kept() {
    let app = TestApp::new().await;
    let token = made(&app).await;
    let filled = |bytes: usize| {
        let mut text = HOME.to_owned();
        text.push('\n');
        text.push_str(&"x".repeat(bytes - text.len()));
        text
    };
    for (text, why) in [
        (filled(MAX_HOUSEHOLD + 1), "at most 16384 bytes"),
        (String::new(), "is not what the size memory writes"),
        ("{\"people\":[]}".to_owned(), "is not what the size memory writes"),
        (HOME.replacen('1', "2", 1), "is not what the size memory writes"),
    ] {
        for (method, who) in [("POST", &[][..]), ("PUT", &[(TOKEN, &*token)][..])] {
            let answer = ask(&app, method, who, &json!({"household": text, "version": 1})).await;
            let problem = answer.problem(400, "invalid_input");
            assert_eq!(problem.field.as_deref(), Some("household"));
            assert!(problem.detail.unwrap().contains(why));
        }
    }
    let missing = ask(&app, "PUT", &[(TOKEN, &*token)], &json!({"household": HOME})).await;
    assert_eq!(missing.problem(400, "invalid_input").field.as_deref(), Some("version"));
    // What makes no sense in it is left out.
    let answer = ask(&app, "POST", &[], &json!({"household": filled(MAX_HOUSEHOLD)})).await;
    assert_eq!(answer.json::<SizeMemory>().household, HOME);
    let whole = format!("{HOME}\nb\tchest\t99999\nsecret\n<script>");
    let change = json!({"household": whole, "version": 1});
    assert_eq!(ask(&app, "PUT", &[(TOKEN, &*token)], &change).await.json::<SizeMemory>().household, HOME);
}

#[tokio::test]
async fn a_customers_own_by_the_shops_signature() {
    let app = signing().await;
    let seconds = app.app().now() / 1000;
    let zoe = sign(&secret(1), "zoe@example.com", seconds);
    let who = [(CUSTOMER, &*zoe)];
    ask(&app, "GET", &who, &Value::Null).await.problem(404, "size_memory_not_found");
    let answer = ask(&app, "POST", &who, &json!({"household": HOME})).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.json::<SizeMemory>().token, None, "nobody needs one");
    ask(&app, "POST", &who, &json!({"household": OTHER})).await.problem(409, "changed_meanwhile");
    // Signed anew, and on another site of the network, it is the same customer.
    app.clock.advance_hours(20);
    let later = sign(&secret(1), "zoe@example.com", app.app().now() / 1000);
    let change = json!({"household": OTHER, "version": 1});
    let changed = ask_as(&app, MINI_KEY, "PUT", &[(CUSTOMER, &*later)], &change).await;
    assert_eq!(changed.json::<SizeMemory>().version, 2);
    assert_eq!(ask(&app, "GET", &who, &Value::Null).await.json::<SizeMemory>().household, OTHER);
    let leo = sign(&secret(1), "leo@example.com", seconds);
    ask(&app, "GET", &[(CUSTOMER, &*leo)], &Value::Null).await.problem(404, "size_memory_not_found");
    assert_eq!(ask(&app, "DELETE", &who, &Value::Null).await.status, 204);
    ask(&app, "GET", &who, &Value::Null).await.problem(404, "size_memory_erased");
    assert_eq!(ask(&app, "POST", &who, &json!({"household": HOME})).await.status, 201, "and begins anew");
    app.clock.advance_seconds(4 * 3600 + 1);
    ask(&app, "GET", &who, &Value::Null).await.problem(401, "signature_expired");
}

#[tokio::test]
async fn a_forged_or_borrowed_signature_opens_nothing() {
    let app = signing().await;
    let seconds = app.app().now() / 1000;
    let good = sign(&secret(1), "zoe", seconds);
    assert_eq!(ask(&app, "POST", &[(CUSTOMER, &*good)], &json!({"household": HOME})).await.status, 201);
    let forged = [
        good.replacen("zoe", "leo", 1),
        sign(&secret(2), "zoe", seconds),
        sign(&secret(3), "zoe", seconds),
        sign(&secret(9), "zoe", seconds),
    ];
    let change = json!({"household": OTHER, "version": 1});
    for text in &forged {
        for (method, body) in
            [("GET", &Value::Null), ("PUT", &change), ("POST", &change), ("DELETE", &Value::Null)]
        {
            ask(&app, method, &[(CUSTOMER, text)], body).await.problem(401, "signature_invalid");
        }
    }
    ask_as(&app, OTHER_KEY, "GET", &[(CUSTOMER, &*good)], &Value::Null)
        .await
        .problem(401, "signature_invalid");
    let theirs = sign(&secret(2), "zoe", seconds);
    let answer = ask_as(&app, OTHER_KEY, "GET", &[(CUSTOMER, &*theirs)], &Value::Null).await;
    answer.problem(404, "size_memory_not_found");
    let ahead = sign(&secret(1), "zoe", seconds + 301);
    ask(&app, "GET", &[(CUSTOMER, &*ahead)], &Value::Null).await.problem(401, "signature_expired");
    for bad in ["", "zoe", "zoe.1", "zoe.now.AAAA"] {
        let problem = ask(&app, "GET", &[(CUSTOMER, bad)], &Value::Null).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some("Devanture-Customer"));
    }
}

#[tokio::test]
async fn as_many_as_other_writes_and_asked_for_from_a_page() {
    let app = TestApp::limited().await;
    for _ in 0..2 {
        made(&app).await;
    }
    ask(&app, "POST", &[], &json!({"household": HOME})).await.problem(429, "rate_limited");
    let headers = [
        ("origin", "https://shop.example"),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "devanture-size-memory,devanture-customer"),
    ];
    let allowed = app.send("OPTIONS", PATH, &headers, "").await.header("access-control-allow-headers");
    assert!(allowed.contains("devanture-size-memory") && allowed.contains("devanture-customer"), "{allowed}");
}

#[tokio::test]
async fn in_use_by_being_read() {
    let app = TestApp::new().await;
    let (read, left) = (made(&app).await, made(&app).await);
    let forget = async || {
        let unused_since = app.app().now() - 396 * 86_400_000;
        let mut repository = app.database().write().await.unwrap();
        let gone = repository.forget_size_memories(unused_since).await.unwrap();
        repository.save().await.unwrap();
        gone
    };
    app.clock.advance_hours(200 * 24);
    assert_eq!(ask(&app, "GET", &[(TOKEN, &*read)], &Value::Null).await.status, 200);
    app.clock.advance_hours(196 * 24);
    assert_eq!(forget().await, 0);
    app.clock.advance_hours(1);
    assert_eq!(forget().await, 1);
    ask(&app, "GET", &[(TOKEN, &*left)], &Value::Null).await.problem(404, "size_memory_not_found");
    assert_eq!(ask(&app, "GET", &[(TOKEN, &*read)], &Value::Null).await.status, 200);
}
