use devanture_api::{
    admin::{Delivery, StaffReservation, StaffReservations, StaffStores},
    staff_order::StaffOrder,
};
use devanture_domain::{reservation::State, staff::Role};
use devanture_storage::Warehouse;
use serde_json::{Value, json};

use crate::{
    Config, LimitConfig,
    testing::{Answer, LOGIN, PASSWORD, TestApp},
};

/// A seller in Nantes, which has nothing; a piece in Paris, and some in the warehouse.
async fn shop() -> (TestApp, String) {
    let limits = LimitConfig { reads_per_second: None, writes_per_hour: None, sign_ins_per_hour: None };
    let app = TestApp::with_config(Config { limits, ..Config::default() }).await;
    app.add_staff("maison", LOGIN, Role::Seller, &["FR-NTE"]).await;
    app.add_staff("maison", "paris@shop.example", Role::Seller, &["FR-PAR"]).await;
    app.add_staff("maison", "siege@shop.example", Role::HeadOffice, &[]).await;
    let mut repository = app.database().write().await.unwrap();
    let warehouse = Warehouse { code: "WEB".to_owned(), name: "Entrepôt".to_owned() };
    repository.put_warehouse("maison", &warehouse).await.unwrap();
    repository.save().await.unwrap();
    app.refresh().await;
    app.count(&[("ROBE-38", "FR-PAR", 1), ("ROBE-38", "WEB", 20)]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    (app, cookie)
}

async fn order(app: &TestApp, cookie: &str, key: &str, change: Value) -> Answer {
    let mut body = json!({
        "store_code": "FR-NTE", "from": "FR-PAR", "sku": "robe-38", "quantity": 1, "name": " Iris Petit ",
        "phone": "06 12 34 56 78", "locale": "fr", "consent": true,
    });
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    let (origin, body) = (Config::default().public_url, body.to_string());
    let headers = [
        ("cookie", cookie),
        ("origin", origin.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", key),
    ];
    app.send("POST", "/admin/v1/orders", &headers, &body).await
}

#[tokio::test]
async fn the_other_store_has_to_answer_it() {
    let (app, cookie) = shop().await;
    let answer = order(&app, &cookie, "idempotency-0001", json!({})).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let made: StaffOrder = answer.json();
    assert_eq!(
        (&*made.from_name, &*made.time_zone, made.pickup_code.len()),
        ("Maison \"Rivoli\"", "Europe/Paris", 8)
    );
    assert!(made.answer_by.is_some() && made.ready_at.is_some());
    let again: StaffOrder = order(&app, &cookie, "idempotency-0001", json!({})).await.json();
    assert_eq!(again, made);
    let paris = app.sign_in("paris@shop.example", PASSWORD).await;
    let list: StaffReservations = app.get_with(&paris, "/admin/v1/reservations?store=FR-PAR").await.json();
    assert_eq!((list.items.len(), &list.items[0].id, list.items[0].state), (1, &made.id, State::Requested));
    assert_eq!(list.items[0].person.as_ref().unwrap().name, "Iris Petit");
    let mut repository = app.database().read().await.unwrap();
    let events = repository.reservation_events("maison", &made.id).await.unwrap();
    let seller = app.staff_id(LOGIN).await;
    assert_eq!((&*events[0].actor, events[0].staff_id.as_ref()), ("staff", Some(&seller)));
    assert_eq!(app.audited().await.iter().filter(|action| *action == "order.placed").count(), 1);
    order(&app, &cookie, "idempotency-0002", json!({})).await.problem(409, "not_enough");
}

#[tokio::test]
async fn a_warehouse_sends_it_to_the_seller_s_store() {
    let (app, cookie) = shop().await;
    let made: StaffOrder = order(&app, &cookie, "idempotency-0001", json!({ "from": "WEB" })).await.json();
    assert_eq!((&*made.from_name, &*made.time_zone, made.ready_at), ("Entrepôt", "Europe/Paris", None));
    let office = app.sign_in("siege@shop.example", PASSWORD).await;
    let stores: StaffStores = app.get_with(&office, "/admin/v1/stores").await.json();
    let last = stores.items.last().unwrap();
    assert!(last.warehouse && last.code == "WEB");
    let own: StaffStores = app.get_with(&cookie, "/admin/v1/stores").await.json();
    assert_eq!(own.items.len(), 1, "a seller has no warehouse");
    let path = format!("/admin/v1/reservations/{}/actions", made.id);
    let of = async |who: &str, store: &str| -> StaffReservations {
        app.get_with(who, &format!("/admin/v1/reservations?store={store}")).await.json()
    };
    assert_eq!(of(&cookie, "FR-NTE").await.items.len(), 0, "nothing is on its way yet");
    app.send_with(&cookie, "POST", &path, r#"{"action":"accept"}"#).await.problem(403, "store_not_yours");
    let sent =
        app.send_with(&office, "POST", &path, r#"{"action":"accept"}"#).await.json::<StaffReservation>();
    let delivery = Delivery { from: "Entrepôt".to_owned(), to: "Maison Nantes".to_owned() };
    assert_eq!((&*sent.store_code, &sent.delivery), ("FR-NTE", &Some(delivery)));
    for (who, store) in [(&office, "WEB"), (&cookie, "FR-NTE")] {
        assert_eq!(of(who, store).await.items, std::slice::from_ref(&sent), "{store}");
    }
    let paris = app.sign_in("paris@shop.example", PASSWORD).await;
    app.send_with(&paris, "POST", &path, r#"{"action":"mark_ready"}"#).await.problem(403, "store_not_yours");
    let there: StaffReservation =
        app.send_with(&cookie, "POST", &path, r#"{"action":"mark_ready"}"#).await.json();
    // Until it is fetched it has the days that lie in Nantes, not those for which it may be on its way.
    assert!(there.state == State::Ready && there.due_at.unwrap() < sent.due_at.unwrap());
    let collect = json!({ "action": "collect", "pickup_code": made.pickup_code }).to_string();
    let handed: StaffReservation = app.send_with(&cookie, "POST", &path, &collect).await.json();
    assert_eq!(handed.state, State::Collected);
    let mut repository = app.database().read().await.unwrap();
    let left = repository.stock_at("maison", "ROBE-38", "WEB").await.unwrap().unwrap().level;
    assert_eq!((left.on_hand, left.reserved), (19, 0));
    let ended: StaffReservations =
        app.get_with(&cookie, "/admin/v1/reservations?store=FR-NTE&ended=true").await.json();
    assert_eq!(ended.items.len(), 1);
}

#[tokio::test]
async fn the_same_limits_as_for_shoppers() {
    let (app, cookie) = shop().await;
    for n in 0..5 {
        // However the number is written, and by whomever it is ordered.
        let phone = if n % 2 == 0 { "06 12 34 56 78" } else { "+33 6 12.34.56.78" };
        let change = json!({ "from": "WEB", "phone": phone });
        assert_eq!(order(&app, &cookie, &format!("idempotency-000{n}"), change).await.status, 201);
    }
    order(&app, &cookie, "idempotency-0006", json!({ "from": "WEB" })).await.problem(403, "too_many_open");
}

#[tokio::test]
async fn refuses_what_is_not_documented() {
    let (app, cookie) = shop().await;
    for (change, field) in [
        (json!({ "consent": false }), "consent"),
        (json!({ "quantity": 0 }), "items"),
        (json!({ "quantity": 4 }), "items"),
        (json!({ "quantity": -1 }), "quantity"),
        (json!({ "name": "" }), "name"),
        (json!({ "name": "x".repeat(10_000) }), "name"),
        (json!({ "phone": null }), "email"),
        (json!({ "phone": "call me" }), "phone"),
        (json!({ "email": "zoe@yopmail.com" }), "email"),
    ] {
        let problem =
            order(&app, &cookie, "idempotency-0001", change.clone()).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{change}");
    }
    order(&app, &cookie, "idempotency-0001", json!({ "store_code": "FR-PAR" }))
        .await
        .problem(403, "store_not_yours");
    order(&app, &cookie, "idempotency-0001", json!({ "from": "NOWHERE" }))
        .await
        .problem(404, "store_not_found");
    order(&app, &cookie, "idempotency-0001", json!({ "sku": "UNKNOWN" })).await.problem(409, "not_enough");
    order(&app, "", "idempotency-0001", json!({})).await.problem(401, "not_signed_in");
}
