use std::collections::HashSet;

use devanture_api::{availability::AvailabilityPage, reservation::Reservation};
use devanture_domain::{
    reservation::{ReservationRules, State},
    stock::Trust,
};

use devanture_storage::{Warehouse, test_support::PostgresServer};

use crate::{
    Config, LimitConfig,
    testing::{KEY, OTHER_KEY, TestApp},
};

const ROBE: &str = r#"{"store_code":"FR-NTE","items":[{"sku":" robe-38 "}],"name":"Zoé <script>","email":"Zoe@example.com","phone":"06 12 34 56 78","locale":"fr-FR"}"#;

fn key(number: u32) -> String {
    format!("idempotency-{number:05}")
}

fn robe(quantity: u32, person: &str) -> String {
    format!(
        r#"{{"store_code":"FR-NTE","items":[{{"sku":"ROBE-38","quantity":{quantity}}}],"name":"{person}","email":"{person}@example.com","locale":"fr"}}"#
    )
}

/// Any number of requests from one address.
async fn unlimited() -> TestApp {
    let limits = LimitConfig { reads_per_second: None, writes_per_hour: None, sign_ins_per_hour: None };
    TestApp::with_config(Config { limits, ..Config::default() }).await
}

async fn left(app: &TestApp) -> u32 {
    let page: AvailabilityPage = app.get("/v1/availability?items=ROBE-38&first=FR-NTE").await.json();
    page.items[0].items[0].left.unwrap_or(0)
}

async fn opened(app: &TestApp, token: &str) -> Reservation {
    app.get(&format!("/v1/reservations/{token}")).await.json()
}

#[tokio::test]
async fn held_shown_and_called_off() {
    let app = TestApp::new().await;
    app.sell_dress().await;
    app.count(&[("ROBE-38", "FR-NTE", 2)]).await;
    let answer = app.reserve(&key(1), ROBE).await;
    assert_eq!((answer.status, &*answer.header("cache-control")), (201, "no-store"));
    let made: Reservation = answer.json();
    assert_eq!((made.state, &*made.store_name, made.stores_asked), (State::Requested, "Maison Nantes", 1));
    let [item] = &made.items[..] else { panic!("one") };
    assert_eq!((&*item.sku, item.quantity, item.name.as_deref()), ("ROBE-38", 1, Some("Robe")));
    assert_eq!(item.size.as_deref(), Some("38"));
    assert_eq!(made.pickup_code.len(), 8);
    // 11:00 in Nantes, which is open till 12:30 and from 14:00: two hours later for the store, one for the shopper.
    let noon = app.clock.midnight() + 12 * 3_600_000;
    assert_eq!((made.due_at, made.ready_at), (Some(noon + 5 * 1_800_000), Some(noon)));
    assert_eq!(left(&app).await, 1);
    assert_eq!(opened(&app, &made.token).await, made);
    let path = format!("/v1/reservations/{}", made.token);
    app.get_as(OTHER_KEY, &path).await.problem(404, "not_found");
    app.get("/v1/reservations/AAAAAAAAAAAAAAAAAAAAAAAA").await.problem(404, "not_found");
    for _ in 0..2 {
        let cancelled: Reservation = app.send("DELETE", &path, &[("devanture-key", KEY)], "").await.json();
        assert_eq!((cancelled.state, cancelled.due_at), (State::Cancelled, None));
    }
    assert_eq!(left(&app).await, 2);
}

#[tokio::test]
async fn another_code_is_drawn_for_one_that_is_taken() {
    another_code(TestApp::new().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_code_is_drawn_for_one_that_is_taken_on_postgres() {
    let server = PostgresServer::start();
    let app = TestApp::with_database(server.database().await).await;
    another_code(app).await;
}

/// One draws the code of another twice, and two at once draw the same.
async fn another_code(app: TestApp) {
    app.count(&[("ROBE-38", "FR-NTE", 6)]).await;
    let reserve = async |number: u32, person: &str| -> Reservation {
        let answer = app.reserve(&key(number), &robe(1, person)).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    };
    let drawn = |times: usize, byte: u8| (0..times).for_each(|_| app.fix_draw(&[byte; 8]));
    drawn(1, 1);
    let ann = reserve(1, "ann").await;
    assert_eq!(ann.pickup_code, "33333333");
    drawn(2, 1);
    let ben = reserve(2, "ben").await;
    drawn(2, 2);
    let (cleo, dan) = tokio::join!(reserve(3, "cleo"), reserve(4, "dan"));
    let codes: HashSet<String> = [ann, ben, cleo, dan].into_iter().map(|made| made.pickup_code).collect();
    assert_eq!((codes.len(), left(&app).await), (4, 2));
    // Random numbers that are all the same are not gone on with for ever, and nothing is held.
    drawn(5, 1);
    app.reserve(&key(5), &robe(1, "eve")).await.problem(500, "internal");
    assert_eq!(left(&app).await, 2);
    reserve(5, "eve").await;
    app.database().close().await;
}

#[tokio::test]
async fn the_same_request_again_is_the_same_reservation() {
    let app = TestApp::new().await;
    app.count(&[("ROBE-38", "FR-NTE", 9)]).await;
    let key = key(1);
    let answers = futures_util::future::join_all((0..5).map(|_| app.reserve(&key, ROBE))).await;
    let tokens: Vec<String> = answers.iter().map(|answer| answer.json::<Reservation>().token).collect();
    assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
    let two = app.reserve(&key, &ROBE.replace("robe-38", "other")).await;
    two.problem(422, "idempotency_mismatch");
    assert_eq!(app.reserve(&self::key(2), ROBE).await.status, 201);
}

/// Each shopper of another address, so that only the pieces are limited.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_shoppers_after_ten_pieces() {
    let app = unlimited().await;
    app.count(&[("ROBE-38", "FR-NTE", 10)]).await;
    let orders: Vec<(String, String)> = (0..200).map(|i| (key(i), robe(1, &format!("p{i}")))).collect();
    let answers =
        futures_util::future::join_all(orders.iter().map(|(key, body)| app.reserve(key, body))).await;
    let held = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(held, 10);
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(refused.problem(409, "not_enough").field.as_deref(), Some("ROBE-38"));
    }
    assert_eq!(left(&app).await, 0);
}

#[tokio::test]
async fn passed_on_to_the_next_store_then_over() {
    let app = TestApp::new().await;
    app.count(&[("ROBE-38", "FR-NTE", 1), ("ROBE-38", "FR-PAR", 1), ("ROBE-38", "RE-STD", 0)]).await;
    let made: Reservation = app.reserve(&key(1), ROBE).await.json();
    app.clock.advance_hours(3);
    assert_eq!(app.settle().await, 0, "the lunch break does not count");
    app.clock.advance_hours(1);
    assert_eq!(app.settle().await, 1);
    let passed = opened(&app, &made.token).await;
    assert_eq!((&*passed.store_code, passed.state, passed.stores_asked), ("FR-PAR", State::Requested, 2));
    assert_eq!(left(&app).await, 1, "given back in Nantes");
    // Nobody has it any more: Nantes was asked before, Saint-Denis has none.
    app.clock.advance_hours(100);
    assert_eq!(app.settle().await, 1);
    assert_eq!(opened(&app, &made.token).await.state, State::Expired);
    let page: AvailabilityPage = app.get("/v1/availability?items=ROBE-38&first=FR-PAR").await.json();
    assert!(page.items[0].has_all);
}

#[tokio::test]
async fn after_the_stores_the_warehouse_which_sends_it_to_the_first() {
    let app = TestApp::new().await;
    add_warehouse(&app).await;
    app.count(&[("ROBE-38", "FR-NTE", 1), ("ROBE-38", "FR-PAR", 1), ("ROBE-38", "WEB", 1)]).await;
    let made: Reservation = app.reserve(&key(1), ROBE).await.json();
    for (store, sent_from) in [("FR-PAR", None), ("FR-NTE", Some("WEB"))] {
        app.clock.advance_hours(100);
        assert_eq!(app.settle().await, 1);
        let now = opened(&app, &made.token).await;
        assert_eq!((&*now.store_code, now.sent_from.as_deref()), (store, sent_from));
        assert_eq!(now.state, State::Requested);
    }
    let calendar = format!("/v1/reservations/{}/calendar.ics", made.token);
    app.get(&calendar).await.problem(409, "not_possible");
}

#[tokio::test]
async fn after_as_many_stores_as_are_asked_the_warehouse() {
    let app = TestApp::new().await;
    add_warehouse(&app).await;
    let everywhere = ["FR-NTE", "FR-PAR", "RE-STD", "FJ-SUV", "WEB"];
    app.count(&everywhere.map(|place| ("ROBE-38", place, 1))).await;
    let made: Reservation = app.reserve(&key(1), ROBE).await.json();
    let mut asked = Vec::new();
    for _ in 0..3 {
        app.clock.advance_hours(100);
        assert_eq!(app.settle().await, 1);
        let now = opened(&app, &made.token).await;
        asked.push((now.state, now.sent_from.unwrap_or(now.store_code)));
    }
    // Three stores, of the four that have it.
    let expected = ["FR-PAR", "RE-STD", "WEB"].map(|code| (State::Requested, code.to_owned()));
    assert_eq!(asked, expected);
    app.clock.advance_hours(100);
    assert_eq!(app.settle().await, 1);
    assert_eq!(opened(&app, &made.token).await.state, State::Expired, "the fourth is not asked afterwards");
}

async fn add_warehouse(app: &TestApp) {
    let mut repository = app.database().write().await.unwrap();
    let warehouse = Warehouse { code: "WEB".to_owned(), name: "Entrepôt".to_owned() };
    repository.put_warehouse("maison", &warehouse).await.unwrap();
    repository.save().await.unwrap();
    app.refresh().await;
}

#[tokio::test]
async fn limits_per_article_and_person() {
    let app = unlimited().await;
    let mut repository = app.database().write().await.unwrap();
    let rules =
        ReservationRules { max_open: 2, max_no_shows: 1, pass_on: false, ..ReservationRules::default() };
    repository.put_reservation_rules("maison", &rules).await.unwrap();
    repository.save().await.unwrap();
    app.refresh().await;
    app.count(&[("ROBE-38", "FR-NTE", 100)]).await;
    let refused = app.reserve(&key(0), &robe(4, "zoe")).await.problem(400, "invalid_input");
    assert_eq!(refused.field.as_deref(), Some("items"));
    for i in 1..3 {
        assert_eq!(app.reserve(&key(i), &robe(1, "zoe")).await.status, 201);
    }
    app.reserve(&key(3), &robe(1, "zoe")).await.problem(403, "too_many_open");
    let same_person = robe(1, "zoe").replace("zoe@", "ZOE+shop@");
    app.reserve(&key(4), &same_person).await.problem(403, "too_many_open");
    assert_eq!(app.reserve(&key(2), &robe(1, "zoe")).await.status, 201, "the second, sent again");
    assert_eq!(app.reserve(&key(5), &robe(1, "other")).await.status, 201);
    // Those that expired unanswered are not the shopper's fault.
    app.clock.advance_hours(200);
    assert_eq!(app.settle().await, 3);
    assert_eq!(app.reserve(&key(6), &robe(1, "zoe")).await.status, 201);
}

#[tokio::test]
async fn refuses_what_is_not_documented() {
    let app = unlimited().await;
    app.count(&[("ROBE-38", "FR-NTE", 100)]).await;
    let without = |from: &str, to: &str| ROBE.replace(from, to);
    for (body, field) in [
        (without(r#"[{"sku":" robe-38 "}]"#, "[]"), "items"),
        (without(r#"{"sku":" robe-38 "}"#, r#"{"sku":"A","quantity":0}"#), "items"),
        (without(r#"{"sku":" robe-38 "}"#, r#"{"sku":"A","quantity":2},{"sku":"a","quantity":2}"#), "items"),
        (without("Zoé <script>", ""), "name"),
        (without("Zoé", &"x".repeat(10_000)), "name"),
        (without("Zoe@example.com", "zoe@yopmail.com"), "email"),
        (without("Zoe@example.com", "zoe"), "email"),
        (without("06 12 34 56 78", "call me"), "phone"),
        (without("fr-FR", "<script>"), "locale"),
    ] {
        let problem = app.reserve(&key(1), &body).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{body}");
    }
    app.reserve(&key(1), &without("FR-NTE", "XX")).await.problem(404, "store_not_found");
    app.reserve(&key(1), &without("robe-38", "unknown")).await.problem(409, "not_enough");
    app.reserve("short", ROBE).await.problem(400, "invalid_input");
}

#[tokio::test]
async fn a_store_that_finds_nothing_is_trusted_less() {
    let app = unlimited().await;
    let trust = async || {
        let page: AvailabilityPage = app.get("/v1/availability?items=ROBE-38&first=FR-NTE").await.json();
        page.items[0].items[0].confidence.unwrap().trust
    };
    app.count(&[("ROBE-38", "FR-NTE", 50)]).await;
    assert_eq!(trust().await, Trust::High);
    for i in 0..12 {
        let made: Reservation = app.reserve(&key(i), &robe(1, &format!("p{i}"))).await.json();
        let mut repository = app.database().write().await.unwrap();
        let token = devanture_storage::PrivateToken::parse(&made.token).unwrap();
        let id = repository.reservation_by_token(&token).await.unwrap().unwrap().id;
        let act = devanture_storage::Act {
            leg: None,
            action: devanture_domain::reservation::Action::Refuse,
            by: devanture_domain::reservation::Actor::Staff,
            staff_id: None,
            refusal: Some(devanture_domain::reservation::Refusal::NoTime),
            due_at: None,
            at: made.created_at,
        };
        repository.act("maison", &id, &act).await.unwrap();
        repository.save().await.unwrap();
    }
    app.refresh_answers().await;
    assert_ne!(trust().await, Trust::High);
}

#[tokio::test]
async fn a_phone_number_in_twelve_formats_is_one_person() {
    let app = unlimited().await;
    let mut repository = app.database().write().await.unwrap();
    let rules = ReservationRules { max_open: 1, ..ReservationRules::default() };
    repository.put_reservation_rules("maison", &rules).await.unwrap();
    repository.save().await.unwrap();
    app.refresh().await;
    app.count(&[("ROBE-38", "FR-NTE", 100)]).await;
    let by_phone = |phone: &str| {
        format!(
            r#"{{"store_code":"FR-NTE","items":[{{"sku":"ROBE-38"}}],"name":"Zoé","phone":"{phone}","locale":"fr"}}"#
        )
    };
    let formats = [
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "06/12/34/56/78",
        "(06) 12 34 56 78",
        "+33 6 12 34 56 78",
        "+33612345678",
        "+33 (0)6 12 34 56 78",
        "0033 6 12 34 56 78",
        "+33.6.12.34.56.78",
        " 06 12345678 ",
    ];
    for (i, first) in (0..).zip(formats) {
        let made: Reservation = app.reserve(&key(i * 100), &by_phone(first)).await.json();
        for (j, again) in (1..).zip(formats) {
            let refused = app.reserve(&key(i * 100 + j), &by_phone(again)).await;
            refused.problem(403, "too_many_open");
        }
        let other = app.reserve(&key(i * 100 + 50), &by_phone("06 12 34 56 79")).await;
        assert_eq!(other.status, 201, "another number is another person");
        for token in [made.token, other.json::<Reservation>().token] {
            app.send("DELETE", &format!("/v1/reservations/{token}"), &[("devanture-key", KEY)], "").await;
        }
    }
}

#[tokio::test]
async fn a_guessed_link_is_answered_as_one_that_never_was() {
    let app = unlimited().await;
    app.count(&[("ROBE-38", "FR-NTE", 1)]).await;
    let made: Reservation = app.reserve(&key(1), ROBE).await.json();
    let token = &made.token;
    let turned = |at: usize| {
        let mut bytes = token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    let mut answers = std::collections::BTreeSet::new();
    for (site, guess) in [
        (KEY, "AAAAAAAAAAAAAAAAAAAAAAAA"),
        (KEY, &*turned(0)),
        (KEY, &*turned(23)),
        (KEY, &token[..20]),
        (KEY, &*format!("{token}{token}")),
        (KEY, made.pickup_code.as_str()),
        (KEY, made.id.as_deref().unwrap()),
        // The right one, in another network.
        (OTHER_KEY, &**token),
    ] {
        for (method, path) in [
            ("GET", format!("/v1/reservations/{guess}")),
            ("DELETE", format!("/v1/reservations/{guess}")),
            ("POST", format!("/v1/reservations/{guess}/proposal")),
        ] {
            let origin = if site == KEY { "https://shop.example" } else { "https://other.example" };
            let mut answer =
                app.send(method, &path, &[("devanture-key", site), ("origin", origin)], "").await;
            answer.problem(404, "not_found");
            assert_eq!(answer.headers.remove("access-control-allow-origin").unwrap(), origin);
            answers.insert((answer.text(), format!("{:?}", answer.headers)));
        }
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(opened(&app, token).await, made);
}

#[tokio::test]
async fn a_stolen_key_does_nothing_on_another_origin() {
    let app = unlimited().await;
    app.count(&[("ROBE-38", "FR-NTE", 2)]).await;
    let made: Reservation = app.reserve(&key(1), ROBE).await.json();
    let link = format!("/v1/reservations/{}", made.token);
    for origin in ["https://evil.example", "https://mini.example", "http://shop.example", "null"] {
        let headers = [
            ("devanture-key", KEY),
            ("origin", origin),
            ("idempotency-key", "idempotency-99999"),
            ("content-type", "application/json"),
        ];
        for (method, path, body) in [
            ("POST", "/v1/reservations", ROBE),
            ("GET", &*link, ""),
            ("DELETE", &*link, ""),
            ("POST", &*format!("{link}/proposal"), ""),
        ] {
            app.send(method, path, &headers, body).await.problem(403, "origin_not_allowed");
        }
    }
    // Nor where nobody says from where: no page writes so.
    let programs = [("devanture-key", KEY), ("origin", ""), ("idempotency-key", "idempotency-99999")];
    for (method, path, body) in [
        ("POST", "/v1/reservations", ROBE),
        ("DELETE", &*link, ""),
        ("POST", &*format!("{link}/proposal"), ""),
        ("PUT", "/v1/size-memory", "{}"),
    ] {
        let refused = app.send(method, path, &programs, body).await.problem(403, "origin_not_allowed");
        assert!(refused.detail.unwrap().contains("secret key"), "{method} {path}");
    }
    assert_eq!(app.send("GET", &link, &programs, "").await.status, 200, "pages of its own origin read so");
    assert_eq!((left(&app).await, opened(&app, &made.token).await), (1, made));
}
