use std::num::NonZeroU32;

use devanture_api::staff::Session;
use devanture_domain::staff::Role;
use devanture_storage::{Login, SESSION_IDLE_MS, TriedLogin, test_support::PostgresServer};

use crate::{
    Clock as _, Config, LimitConfig, PasswordCost, hash_password,
    testing::{Answer, LOGIN, ORIGIN, PASSWORD, TestApp},
};

async fn post(app: &TestApp, body: &str) -> Answer {
    app.send_with("", "POST", "/admin/v1/session", body).await
}

async fn named(app: &TestApp, tenant: &str) -> Answer {
    let body = serde_json::json!({ "login": LOGIN, "password": PASSWORD, "tenant": tenant });
    post(app, &body.to_string()).await
}

#[tokio::test]
async fn in_with_a_cookie_that_scripts_cannot_read() {
    let app = TestApp::with_staff(Role::StoreManager, &["FR-NTE", "FR-PAR"]).await;
    let answer = app.try_sign_in(LOGIN, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let session: Session = answer.json();
    assert_eq!((session.staff.name.as_str(), session.staff.role), ("Zoé Martin", Role::StoreManager));
    assert_eq!(
        (session.staff.stores.as_slice(), session.staff.locale.as_str()),
        (&["FR-NTE".to_owned(), "FR-PAR".to_owned()][..], "fr")
    );
    assert_eq!((session.tenant.id.as_str(), session.tenant.name.as_str()), ("maison", "maison"));
    assert_eq!(session.expires_at, app.clock.now() + SESSION_IDLE_MS);
    let cookie = answer.header("set-cookie");
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(pair.strip_prefix("devanture_session=").map(str::len), Some(43), "256 bits in base64url");
    assert_eq!(attributes, "Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(app.get_with(pair, "/admin/v1/session").await.json::<Session>(), session);
    assert_eq!(app.audited().await, ["session.opened"]);
    assert!(!answer.text().contains("argon2") && !answer.text().contains(&pair[20..]));
}

#[tokio::test]
async fn by_https_the_cookie_is_bound_to_the_host() {
    let config = Config { public_url: "https://api.shop.example".to_owned(), ..Config::default() };
    let app = TestApp::with_config(config).await;
    app.add_staff("maison", LOGIN, Role::Seller, &[]).await;
    let body = serde_json::json!({ "login": LOGIN, "password": PASSWORD }).to_string();
    let from = async |origin| {
        let headers = [("origin", origin), ("content-type", "application/json")];
        app.send("POST", "/admin/v1/session", &headers, &body).await
    };
    let cookie = from("https://api.shop.example").await.header("set-cookie");
    assert!(cookie.starts_with("__Host-devanture_session="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure"), "{cookie}");
    for origin in ["http://api.shop.example", "https://api.shop.example:444", ORIGIN, "null", ""] {
        from(origin).await.problem(403, "cross_site");
    }
}

#[tokio::test]
async fn another_sites_page_can_neither_ask_nor_read() {
    let app = TestApp::with_staff(Role::Seller, &[]).await;
    let asks = [
        ("origin", ORIGIN),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-type"),
    ];
    let preflight = app.send("OPTIONS", "/admin/v1/session", &asks, "").await;
    assert_eq!(preflight.header("access-control-allow-origin"), "", "{}", preflight.status);
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let reads = app.send("GET", "/admin/v1/session", &[("origin", ORIGIN), ("cookie", &cookie)], "").await;
    assert_eq!((reads.status, reads.header("access-control-allow-origin").as_str()), (200, ""));
    let body = serde_json::json!({ "login": LOGIN, "password": PASSWORD }).to_string();
    let forms = [("origin", ORIGIN), ("content-type", "text/plain")];
    app.send("POST", "/admin/v1/session", &forms, &body).await.problem(403, "cross_site");
}

#[tokio::test]
async fn case_and_spaces_of_a_login_do_not_matter() {
    let app = TestApp::with_staff(Role::Seller, &[]).await;
    app.sign_in("  Zoe.MARTIN@Shop.Example\t", PASSWORD).await;
    for login in ["zoe.martin", "", " ", "zoe martin@shop.example", "zoe.martin@shop.example\0"] {
        let problem = app.try_sign_in(login, PASSWORD).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some("login"), "{login}");
    }
    for password in [PASSWORD.to_uppercase(), format!(" {PASSWORD}"), format!("{PASSWORD}\0")] {
        app.try_sign_in(LOGIN, &password).await.problem(401, "sign_in_failed");
    }
}

#[tokio::test]
async fn the_same_answer_whatever_is_wrong() {
    let app = TestApp::with_staff(Role::Seller, &[]).await;
    app.add_staff("maison", "gone@shop.example", Role::HeadOffice, &[]).await;
    let gone = app.staff_id("gone@shop.example").await;
    let mut repository = app.database().write().await.unwrap();
    repository.disable_staff("maison", &gone, 0).await.unwrap();
    repository.save().await.unwrap();
    let wrong = app.try_sign_in(LOGIN, "battery staple horse").await;
    wrong.problem(401, "sign_in_failed");
    let unknown = app.try_sign_in("nobody@shop.example", PASSWORD).await;
    let disabled = app.try_sign_in("gone@shop.example", PASSWORD).await;
    let elsewhere = named(&app, "other").await;
    let nowhere = named(&app, "no such network").await;
    for other in [&unknown, &disabled, &elsewhere, &nowhere] {
        assert_eq!((other.status, &other.body, &other.headers), (401, &wrong.body, &wrong.headers));
    }
    assert_eq!(app.audited().await, [""; 0]);
}

#[tokio::test]
async fn the_network_is_named_by_who_has_a_login_in_two() {
    let app = TestApp::with_staff(Role::Seller, &[]).await;
    app.add_staff("other", LOGIN, Role::HeadOffice, &[]).await;
    app.try_sign_in(LOGIN, PASSWORD).await.problem(401, "sign_in_failed");
    assert_eq!(named(&app, "maison").await.json::<Session>().staff.role, Role::Seller);
    assert_eq!(named(&app, " other ").await.json::<Session>().tenant.id, "other");
    named(&app, "a\0b").await.problem(400, "invalid_input");
    named(&app, &"x".repeat(201)).await.problem(400, "invalid_input");
}

#[tokio::test]
async fn locked_after_five_failures_and_longer_each_time() {
    let app = TestApp::with_staff(Role::Seller, &[]).await;
    for login in [LOGIN, "nobody@shop.example"] {
        for _ in 0..5 {
            app.try_sign_in(login, "not the password").await.problem(401, "sign_in_failed");
        }
        for minutes in [1, 2, 4, 8, 16, 32, 60, 60] {
            let locked = app.try_sign_in(&login.to_uppercase(), PASSWORD).await;
            locked.problem(429, "locked_out");
            assert_eq!(locked.header("retry-after"), (minutes * 60).to_string(), "{login}");
            app.clock.advance_seconds(minutes * 60 - 1);
            let locked = app.try_sign_in(login, PASSWORD).await;
            locked.problem(429, "locked_out");
            assert_eq!(locked.header("retry-after"), "1");
            app.clock.advance_seconds(1);
            app.try_sign_in(login, "not the password").await.problem(401, "sign_in_failed");
        }
    }
    let audited = app.audited().await;
    assert_eq!(audited, ["staff.last_attempt"; 9], "each lock of the account there is");
    app.clock.advance_hours(1);
    app.sign_in(LOGIN, PASSWORD).await;
    app.try_sign_in(LOGIN, "not the password").await.problem(401, "sign_in_failed");
    app.sign_in(LOGIN, PASSWORD).await;
}

#[tokio::test]
async fn guesses_at_once_are_no_more_than_guesses_in_a_row() {
    guessed(&TestApp::with_staff(Role::Seller, &[]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_at_once_on_postgres() {
    let server = PostgresServer::start();
    let app = TestApp::with_database(server.database().await).await;
    app.add_staff("maison", LOGIN, Role::Seller, &[]).await;
    guessed(&app).await;
    app.clock.advance_hours(1);
    named(&app, "maison").await.json::<Session>();
    app.database().close().await;
}

async fn guessed(app: &TestApp) {
    let guesses = (0..40).map(|_| app.try_sign_in(LOGIN, "not the password"));
    let answers = futures_util::future::join_all(guesses).await;
    let tried = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(tried, 5);
    for answer in answers.iter().filter(|answer| answer.status != 401) {
        answer.problem(429, "locked_out");
    }
}

#[tokio::test]
async fn each_session_is_a_new_one() {
    let app = TestApp::with_staff(Role::Seller, &[]).await;
    let body = serde_json::json!({ "login": LOGIN, "password": PASSWORD }).to_string();
    // What someone else has put into the browser beforehand is not taken up.
    let planted = format!("devanture_session={}", "A".repeat(43));
    let first = app.send_with(&planted, "POST", "/admin/v1/session", &body).await.cookie();
    assert_ne!(first, planted);
    app.get_with(&planted, "/admin/v1/session").await.problem(401, "not_signed_in");
    let second = app.send_with(&first, "POST", "/admin/v1/session", &body).await.cookie();
    assert_ne!(second, first);
    app.get_with(&first, "/admin/v1/session").await.problem(401, "not_signed_in");
    assert_eq!(app.get_with(&second, "/admin/v1/session").await.status, 200);
    let failed = app.send_with(&second, "POST", "/admin/v1/session", &body.replace("horse", "cow")).await;
    failed.problem(401, "sign_in_failed");
    assert_eq!(failed.header("set-cookie"), "");
    assert_eq!(app.get_with(&second, "/admin/v1/session").await.status, 200, "a failure ends nothing");
}

#[tokio::test]
async fn what_cannot_be_a_password_is_not_tried() {
    let app = TestApp::with_staff(Role::Seller, &[]).await;
    for password in ["x".repeat(10_000), "é".repeat(257), String::new()] {
        for _ in 0..3 {
            let problem = app.try_sign_in(LOGIN, &password).await.problem(400, "invalid_input");
            assert_eq!(problem.field.as_deref(), Some("password"));
        }
    }
    app.try_sign_in(LOGIN, &"x".repeat(100_000)).await.problem(413, "too_large");
    app.sign_in(LOGIN, PASSWORD).await;
    for body in ["", "{", "[]", "null", r#"{"login":"a@b.c"}"#, r#"{"login":1,"password":"x"}"#] {
        post(&app, body).await.problem(400, "invalid_input");
    }
}

#[tokio::test]
async fn a_password_in_any_script() {
    let app = TestApp::with_staff(Role::Seller, &[]).await;
    let id = app.staff_id(LOGIN).await;
    // At another cost than that of today, at which it is written down when it is next used.
    let cost = PasswordCost { memory_kib: 16, passes: 1 };
    let mut repository = app.database().write().await.unwrap();
    let hash = hash_password(cost, "Ångström 🧵 パスワード", [3; 16]).unwrap();
    repository.set_password("maison", &id, &hash).await.unwrap();
    repository.save().await.unwrap();
    app.sign_in(LOGIN, "Ångström 🧵 パスワード").await;
    app.sign_in(LOGIN, "A\u{30a}ngstro\u{308}m 🧵 \u{30cf}\u{309a}スワート\u{3099}").await;
    app.try_sign_in(LOGIN, "Angstrom 🧵 パスワード").await.problem(401, "sign_in_failed");
    let mut repository = app.database().read().await.unwrap();
    let login = Login::parse(LOGIN).unwrap();
    let (_, kept) = repository.staff_to_sign_in(None, &login).await.unwrap().unwrap();
    assert!(kept.contains("m=8,"), "{kept}");
}

#[tokio::test]
async fn tried_from_one_address_only_so_often() {
    let limits = LimitConfig { sign_ins_per_hour: NonZeroU32::new(8), ..LimitConfig::default() };
    let app = TestApp::with_config(Config { limits, trust_forwarded_for: true, ..Config::default() }).await;
    let from = async |address: &str, n: u8| {
        let body = serde_json::json!({ "login": format!("{n}@shop.example"), "password": "x" }).to_string();
        let headers = [
            ("x-forwarded-for", address),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json"),
        ];
        app.send("POST", "/admin/v1/session", &headers, &body).await
    };
    for n in 0..2 {
        from("192.0.2.1", n).await.problem(401, "sign_in_failed");
    }
    from("192.0.2.1", 3).await.problem(429, "rate_limited");
    from("192.0.2.2", 3).await.problem(401, "sign_in_failed");
}

#[tokio::test]
async fn a_password_changed_meanwhile_does_not_open_a_session() {
    let app = TestApp::with_staff(Role::Seller, &[]).await;
    let login = Login::parse(LOGIN).unwrap();
    let tried = TriedLogin { tenant: None, login: &login };
    let trusted = super::trial::tried(app.app(), tried, PASSWORD.to_owned()).await.unwrap().unwrap();
    let mut repository = app.database().write().await.unwrap();
    assert!(super::trial::still_stands(&mut repository, &trusted).await.unwrap());
    repository.set_password("maison", &trusted.staff.id, "another").await.unwrap();
    assert!(!super::trial::still_stands(&mut repository, &trusted).await.unwrap());
}
