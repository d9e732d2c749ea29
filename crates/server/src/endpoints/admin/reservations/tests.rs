use devanture_api::{
    admin::{StaffReservation, StaffReservations, StaffStores},
    reservation::Reservation,
};
use devanture_domain::{
    reservation::{ReservationRules, State},
    staff::Role,
};
use devanture_storage::{Product, Variant, Warehouse};

use crate::testing::{Answer, LOGIN, PASSWORD, TestApp};

const ROBE: &str = r#"{"store_code":"FR-NTE","items":[{"sku":"ROBE-38"}],"name":"Zoé <b>","phone":"06 12 34 56 78","locale":"fr-FR"}"#;
const OTHER: &str = "paul@example.com";

/// A seller in Nantes and one in Paris, and a dress in either store.
async fn shop() -> (TestApp, String, String) {
    let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
    app.add_staff("maison", OTHER, Role::Seller, &["FR-PAR"]).await;
    app.count(&[("ROBE-38", "FR-NTE", 1), ("ROBE-38", "FR-PAR", 1)]).await;
    let product = Product { id: "robe".to_owned(), name: "Robe Augustine".to_owned(), ..Product::default() };
    let variant = Variant {
        sku: "ROBE-38".to_owned(),
        product_id: "robe".to_owned(),
        size: Some("38".to_owned()),
        ..Variant::default()
    };
    let mut repository = app.database().write().await.unwrap();
    repository.put_products("maison", &[product]).await.unwrap();
    repository.put_variants("maison", &[variant]).await.unwrap();
    repository.save().await.unwrap();
    let (nantes, paris) = (app.sign_in(LOGIN, PASSWORD).await, app.sign_in(OTHER, PASSWORD).await);
    (app, nantes, paris)
}

async fn list(app: &TestApp, cookie: &str, query: &str) -> Vec<StaffReservation> {
    let answer = app.get_with(cookie, &format!("/admin/v1/reservations?{query}")).await;
    answer.json::<StaffReservations>().items
}

async fn act(app: &TestApp, cookie: &str, id: &str, body: &str) -> Answer {
    app.send_with(cookie, "POST", &format!("/admin/v1/reservations/{id}/actions"), body).await
}

#[tokio::test]
async fn answered_put_aside_and_handed_over() {
    let (app, nantes, _) = shop().await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    let open = list(&app, &nantes, "store=FR-NTE").await;
    let [asked] = &open[..] else { panic!("{open:?}") };
    assert_eq!((asked.state, asked.due_at, asked.paid), (State::Requested, made.due_at, false));
    assert_eq!(asked.items[0].name.as_deref(), Some("Robe Augustine"));
    assert_eq!(asked.person.as_ref().map(|person| person.name.as_str()), Some("Zoé <b>"));
    for _ in 0..2 {
        let accepted: StaffReservation = act(&app, &nantes, &asked.id, r#"{"action":"accept"}"#).await.json();
        // Two more days on which the store opens, after Saturday: Monday, Tuesday.
        assert_eq!(accepted.due_at, Some(app.clock.midnight() + (3 * 24 + 19) * 3_600_000));
    }
    assert_eq!(act(&app, &nantes, &asked.id, r#"{"action":"mark_ready"}"#).await.status, 200);
    let code = &made.pickup_code;
    for wrong in ["null", r#""""#, r#""AAAAAAAA""#, &format!("\"{code}X\"")] {
        let body = format!(r#"{{"action":"collect","pickup_code":{wrong}}}"#);
        act(&app, &nantes, &asked.id, &body).await.problem(403, "wrong_pickup_code");
    }
    let typed = format!("{}-{} ", &code[..4].to_lowercase(), &code[4..]);
    assert_eq!(list(&app, &nantes, &format!("store=FR-NTE&code={}", typed.trim())).await.len(), 1);
    assert!(list(&app, &nantes, "store=FR-NTE&code=AAAAAAAA").await.is_empty());
    let body = format!(r#"{{"action":"collect","pickup_code":"{typed}"}}"#);
    let collected: StaffReservation = act(&app, &nantes, &asked.id, &body).await.json();
    assert_eq!((collected.state, collected.due_at), (State::Collected, None));
    act(&app, &nantes, &asked.id, r#"{"action":"cancel"}"#).await.problem(409, "not_possible");
    assert!(list(&app, &nantes, "store=FR-NTE").await.is_empty());
    assert_eq!(list(&app, &nantes, "store=FR-NTE&ended=true").await.len(), 1);
}

#[tokio::test]
async fn a_forged_code_hands_nothing_over() {
    let (app, nantes, _) = shop().await;
    app.count(&[("ROBE-38", "FR-NTE", 2)]).await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    let other: Reservation =
        app.reserve("idempotency-0002", &ROBE.replace("06 12 34 56 78", "06 12 34 56 79")).await.json();
    let open = list(&app, &nantes, &format!("store=FR-NTE&code={}", made.pickup_code)).await;
    act(&app, &nantes, &open[0].id, r#"{"action":"accept"}"#).await;
    let last = if made.pickup_code.ends_with('2') { "3" } else { "2" };
    let nearly = format!("{}{last}", &made.pickup_code[..7]);
    for forged in [&other.pickup_code, &nearly, &made.pickup_code[..7].to_owned(), &made.token, &open[0].id] {
        let body = format!(r#"{{"action":"collect","pickup_code":"{forged}"}}"#);
        act(&app, &nantes, &open[0].id, &body).await.problem(403, "wrong_pickup_code");
    }
    assert_eq!(list(&app, &nantes, "store=FR-NTE").await.len(), 2, "both are still held");
}

#[tokio::test]
async fn refused_here_asked_there() {
    let (app, nantes, paris) = shop().await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    let id = list(&app, &nantes, "store=FR-NTE").await[0].id.clone();
    act(&app, &nantes, &id, r#"{"action":"refuse"}"#).await.problem(400, "invalid_input");
    let refuse = r#"{"action":"refuse","refusal":"not_found"}"#;
    // The second time it is Paris's already, and for who sends it again it is done.
    for _ in 0..2 {
        let refused: StaffReservation = act(&app, &nantes, &id, refuse).await.json();
        assert_eq!((refused.state, &*refused.store_code), (State::Refused, "FR-NTE"));
    }
    act(&app, &nantes, &id, r#"{"action":"accept"}"#).await.problem(403, "store_not_yours");
    let gone = list(&app, &nantes, "store=FR-NTE&ended=true").await;
    assert_eq!((gone[0].state, &gone[0].person), (State::Refused, &None));
    let come = list(&app, &paris, "store=FR-PAR").await;
    assert_eq!((come[0].state, come[0].stores_asked), (State::Requested, 2));
    // Paris has nobody to pass it on to.
    let last: StaffReservation = act(&app, &paris, &id, refuse).await.json();
    assert_eq!(last.state, State::Refused);
    let path = format!("/v1/reservations/{}", made.token);
    assert_eq!(app.get(&path).await.json::<Reservation>().state, State::Refused);
}

#[tokio::test]
async fn nobody_acts_on_anothers_store() {
    let (app, nantes, paris) = shop().await;
    app.reserve("idempotency-0001", ROBE).await;
    let id = list(&app, &nantes, "store=FR-NTE").await[0].id.clone();
    act(&app, &paris, &id, r#"{"action":"accept"}"#).await.problem(403, "store_not_yours");
    act(&app, &paris, &id, r#"{"action":"refuse","refusal":"sold"}"#).await.problem(403, "store_not_yours");
    app.get_with(&paris, "/admin/v1/reservations?store=FR-NTE").await.problem(403, "store_not_yours");
    app.get_with("", "/admin/v1/reservations?store=FR-NTE").await.problem(401, "not_signed_in");
    act(&app, &nantes, "unknown", r#"{"action":"accept"}"#).await.problem(404, "reservation_not_found");
    act(&app, &nantes, &id, r#"{"action":"expire"}"#).await.problem(400, "invalid_input");
    let stores: StaffStores = app.get_with(&nantes, "/admin/v1/stores").await.json();
    let names: Vec<_> = stores.items.iter().map(|store| store.name.as_str()).collect();
    assert_eq!(names, ["Maison Nantes"]);
}

#[tokio::test]
async fn sent_again_only_when_something_changed() {
    let (app, nantes, _) = shop().await;
    app.reserve("idempotency-0001", ROBE).await;
    let path = "/admin/v1/reservations?store=FR-NTE";
    let tag = app.get_with(&nantes, path).await.header("etag");
    let again = async || {
        let headers = [("cookie", nantes.as_str()), ("if-none-match", tag.as_str())];
        app.send("GET", path, &headers, "").await.status
    };
    assert_eq!(again().await, 304);
    app.clock.advance_hours(1);
    assert_eq!(again().await, 304, "the time alone is nothing new");
    let id = list(&app, &nantes, "store=FR-NTE").await[0].id.clone();
    act(&app, &nantes, &id, r#"{"action":"accept"}"#).await;
    assert_eq!(again().await, 200);
}

/// Reserves where one that is not collected is too many; returns its id.
async fn reserved_by_who_may_miss_none(app: &TestApp, cookie: &str) -> String {
    let mut repository = app.database().write().await.unwrap();
    let rules = ReservationRules { max_no_shows: 1, ..ReservationRules::default() };
    repository.put_reservation_rules("maison", &rules).await.unwrap();
    repository.save().await.unwrap();
    app.refresh().await;
    app.reserve("idempotency-0001", ROBE).await;
    list(app, cookie, "store=FR-NTE").await[0].id.clone()
}

#[tokio::test]
async fn not_come_for() {
    for said in [&["accept", "mark_ready"][..], &["accept"]] {
        let (app, nantes, _) = shop().await;
        let id = reserved_by_who_may_miss_none(&app, &nantes).await;
        for action in said {
            act(&app, &nantes, &id, &format!(r#"{{"action":"{action}"}}"#)).await;
        }
        app.clock.advance_hours(24 * 3 + 9);
        assert_eq!(app.settle().await, 1);
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        assert_eq!(list(&app, &cookie, "store=FR-NTE&ended=true").await[0].state, State::NoShow, "{said:?}");
        app.reserve("idempotency-0002", ROBE).await.problem(403, "too_many_missed");
    }
}

#[tokio::test]
async fn a_seller_says_that_nobody_came_after_the_last_day() {
    let (app, nantes, _) = shop().await;
    let id = reserved_by_who_may_miss_none(&app, &nantes).await;
    let no_show = r#"{"action":"no_show"}"#;
    act(&app, &nantes, &id, no_show).await.problem(409, "not_possible");
    act(&app, &nantes, &id, r#"{"action":"accept"}"#).await;
    act(&app, &nantes, &id, no_show).await.problem(409, "not_possible");
    app.clock.advance_hours(24 * 3 + 9);
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let missed: StaffReservation = act(&app, &cookie, &id, no_show).await.json();
    assert_eq!(missed.state, State::NoShow);
    app.reserve("idempotency-0002", ROBE).await.problem(403, "too_many_missed");
}

/// Nobody has to come for what the warehouse has sent and the store never had.
#[tokio::test]
async fn what_never_arrived_is_not_the_shopper_s_fault() {
    let (app, nantes, _) = shop().await;
    app.add_staff("maison", "head@example.com", Role::HeadOffice, &[]).await;
    app.count(&[("ROBE-38", "FR-PAR", 0), ("ROBE-38", "WEB", 1)]).await;
    let mut repository = app.database().write().await.unwrap();
    let warehouse = Warehouse { code: "WEB".to_owned(), name: "Entrepôt".to_owned() };
    repository.put_warehouse("maison", &warehouse).await.unwrap();
    repository.save().await.unwrap();
    let id = reserved_by_who_may_miss_none(&app, &nantes).await;
    act(&app, &nantes, &id, r#"{"action":"refuse","refusal":"no_time"}"#).await;
    let head = app.sign_in("head@example.com", PASSWORD).await;
    let sent: StaffReservation = act(&app, &head, &id, r#"{"action":"accept"}"#).await.json();
    assert_eq!(sent.state, State::Accepted);
    app.clock.advance_hours(24 * 15);
    let nantes = app.sign_in(LOGIN, PASSWORD).await;
    act(&app, &nantes, &id, r#"{"action":"no_show"}"#).await.problem(409, "not_possible");
    assert_eq!(app.settle().await, 1);
    assert_eq!(list(&app, &nantes, "store=FR-NTE&ended=true").await[0].state, State::Expired);
    app.count(&[("ROBE-38", "FR-NTE", 1)]).await;
    assert_eq!(app.reserve("idempotency-0002", ROBE).await.status, 201);
}

#[tokio::test]
async fn a_clock_that_is_set_back_an_hour_loses_nothing() {
    let (app, nantes, _) = shop().await;
    app.count(&[("ROBE-38", "FR-NTE", 2)]).await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    app.clock.advance_hours(-1);
    let again: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    assert_eq!(again.token, made.token, "the same request");
    let other = ROBE.replace("34 56 78", "34 56 79");
    let second: Reservation = app.reserve("idempotency-0002", &other).await.json();
    assert_ne!(second.token, made.token);
    let third = ROBE.replace("34 56 78", "34 56 70");
    app.reserve("idempotency-0003", &third).await.problem(409, "not_enough");
    assert_eq!(app.settle().await, 0, "nobody's time is up");
    // The session from the hour to come still holds, and what was asked then is answered now.
    for asked in list(&app, &nantes, "store=FR-NTE").await {
        let accepted: StaffReservation = act(&app, &nantes, &asked.id, r#"{"action":"accept"}"#).await.json();
        assert_eq!(accepted.state, State::Accepted);
    }
    assert_eq!(list(&app, &nantes, "store=FR-NTE").await.len(), 2);
    for token in [&made.token, &second.token] {
        let path = format!("/v1/reservations/{token}");
        let key = [("devanture-key", crate::testing::KEY)];
        let cancelled: Reservation = app.send("DELETE", &path, &key, "").await.json();
        assert_eq!(cancelled.state, State::Cancelled);
    }
    assert_eq!(level(&app).await, (2, 0));
}

/// On hand and reserved in Nantes.
async fn level(app: &TestApp) -> (u32, u32) {
    let stock = app.database().read().await.unwrap().stock_at("maison", "ROBE-38", "FR-NTE").await.unwrap();
    let level = stock.unwrap().level;
    (level.on_hand, level.reserved)
}

/// What leaves, or is not found, in an hour that was counted already is gone all the same.
#[tokio::test]
async fn handed_over_and_refused_after_the_clock_was_set_back() {
    let (app, nantes, _) = shop().await;
    app.count(&[("ROBE-38", "FR-NTE", 3), ("ROBE-38", "FR-PAR", 0)]).await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    let other = ROBE.replace("34 56 78", "34 56 79");
    let second: Reservation = app.reserve("idempotency-0002", &other).await.json();
    app.clock.advance_hours(-1);
    let id = |made: &Reservation| made.id.clone().unwrap();
    act(&app, &nantes, &id(&made), r#"{"action":"accept"}"#).await;
    let collect = format!(r#"{{"action":"collect","pickup_code":"{}"}}"#, made.pickup_code);
    let collected: StaffReservation = act(&app, &nantes, &id(&made), &collect).await.json();
    assert_eq!((collected.state, level(&app).await), (State::Collected, (2, 1)));
    let refuse = r#"{"action":"refuse","refusal":"not_found"}"#;
    let refused: StaffReservation = act(&app, &nantes, &id(&second), refuse).await.json();
    assert_eq!((refused.state, level(&app).await), (State::Refused, (0, 0)), "nothing is where it should be");
    // The same count, told once more, brings neither back.
    app.clock.advance_hours(1);
    app.count(&[("ROBE-38", "FR-NTE", 3)]).await;
    assert_eq!(level(&app).await, (2, 0), "one has left since");
}

#[tokio::test]
async fn who_did_what_and_when_is_kept() {
    let (app, nantes, paris) = shop().await;
    let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
    let id = made.id.clone().unwrap();
    let asked_at = app.clock.midnight() + 11 * 3_600_000;
    for (cookie, action) in [
        (&nantes, r#"{"action":"refuse","refusal":"sold"}"#.to_owned()),
        (&paris, r#"{"action":"accept"}"#.to_owned()),
        (&paris, format!(r#"{{"action":"collect","pickup_code":"{}"}}"#, made.pickup_code)),
    ] {
        app.clock.advance_seconds(60);
        assert_eq!(act(&app, cookie, &id, &action).await.status, 200);
    }
    let (zoe, paul) = (Some(app.staff_id(LOGIN).await), Some(app.staff_id(OTHER).await));
    let history = app.database().read().await.unwrap().reservation_events("maison", &id).await.unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|one| (one.leg, (one.at - asked_at) / 60_000, one.after, &*one.actor, &one.staff_id))
        .collect();
    let expected = [
        (1, 0, State::Requested, "shopper", &None),
        (1, 1, State::Refused, "staff", &zoe),
        (2, 1, State::Requested, "system", &None),
        (2, 2, State::Accepted, "staff", &paul),
        (2, 3, State::Collected, "staff", &paul),
    ];
    assert_eq!(told, expected);
    assert_eq!(history[1].refusal.as_deref(), Some("sold"));
}
