use std::collections::BTreeSet;

use devanture_api::{
    staff_store::{OwnField, StaffStoreDetails},
    store::Store,
};
use devanture_domain::{hours::Span, staff::Role};
use devanture_storage::StoreField;
use serde_json::{Value, json};

use crate::testing::{Answer, KEY, LOGIN, PASSWORD, TestApp};

const PATH: &str = "/admin/v1/stores/FR-NTE";

async fn manager() -> (TestApp, String) {
    let app = TestApp::with_staff(Role::StoreManager, &["FR-NTE"]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    (app, cookie)
}

async fn details(app: &TestApp, cookie: &str) -> StaffStoreDetails {
    app.get_with(cookie, PATH).await.json()
}

async fn put(app: &TestApp, cookie: &str, body: &Value) -> Answer {
    app.send_with(cookie, "PUT", PATH, &body.to_string()).await
}

async fn seen_by_shoppers(app: &TestApp) -> Store {
    app.get("/v1/stores/FR-NTE").await.json()
}

fn sunday() -> Value {
    let day = json!([{"opens": "10:00", "closes": "12:30"}, {"opens": "14:00", "closes": "19:00"}]);
    json!({
        "weekly": [day, day, day, day, day, day, [{"opens": "15:00", "closes": "18:00"}]],
        "special": [{"date": "2026-11-22", "spans": [{"opens": "11:00", "closes": "17:00"}], "note": " Marché "}],
    })
}

#[tokio::test]
async fn its_own_hours_are_seen_at_once_and_survive_an_import() {
    let (app, cookie) = manager().await;
    let before = details(&app, &cookie).await;
    assert_eq!((before.own.as_slice(), before.today.to_text().as_str()), ([].as_slice(), "2026-11-21"));
    assert_eq!(before.promotions.len(), 3, "those that are over too");
    let tag = app.get("/v1/stores/FR-NTE").await.header("etag");
    let body = json!({ "version": before.version, "hours": sunday() });
    let after: StaffStoreDetails = put(&app, &cookie, &body).await.json();
    assert_eq!(after.own, [OwnField::Hours]);
    assert_eq!(after.head_office.hours.as_ref(), Some(&before.hours));
    assert_ne!(app.get("/v1/stores/FR-NTE").await.header("etag"), tag);
    let shown = seen_by_shoppers(&app).await.hours;
    assert_eq!(shown.weekly[6], [Span::parse("15:00", "18:00").unwrap()]);
    assert_eq!(shown.special[0].note.as_deref(), Some("Marché"));
    // The answer may have been lost: sent again, nothing is done twice.
    assert_eq!(put(&app, &cookie, &body).await.json::<StaffStoreDetails>(), after);
    assert_eq!(app.audited().await.iter().filter(|action| *action == "store.edited").count(), 1);

    let mut repository = app.database().write().await.unwrap();
    let mut incoming = repository.store("maison", "FR-NTE").await.unwrap().unwrap();
    incoming.hours = before.hours.clone();
    incoming.hours.special.clear();
    let supplied = BTreeSet::from([StoreField::Hours]);
    let outcome = repository.import_store("maison", &incoming, &supplied, false).await.unwrap();
    assert_eq!(outcome.kept, [StoreField::Hours]);
    repository.save().await.unwrap();
    app.refresh().await;
    assert_eq!(seen_by_shoppers(&app).await.hours.weekly, after.hours.weekly);

    // Given back, it says what head office has said last.
    for _ in 0..2 {
        let back: StaffStoreDetails =
            app.send_with(&cookie, "DELETE", &format!("{PATH}/own/hours"), "").await.json();
        assert_eq!((back.own.len(), back.hours.special.len()), (0, 0));
        assert_eq!(back.hours.weekly, before.hours.weekly);
    }
    assert_eq!(seen_by_shoppers(&app).await.hours.weekly[6], []);
    assert_eq!(app.audited().await.iter().filter(|action| *action == "store.given_back").count(), 1);
}

#[tokio::test]
async fn promotions_and_events() {
    let (app, cookie) = manager().await;
    let before = details(&app, &cookie).await;
    let body = json!({ "version": before.version, "promotions": [
        { "id": "n1", "title": " Vente privée ", "text": "", "starts_on": "2026-11-21", "ends_on": "2026-11-30", "event": true },
    ]});
    let after: StaffStoreDetails = put(&app, &cookie, &body).await.json();
    assert_eq!((after.own, after.hours), (vec![OwnField::Promotions], before.hours));
    let shown = seen_by_shoppers(&app).await.promotions;
    assert_eq!((shown.len(), shown[0].title.as_str(), shown[0].event), (1, "Vente privée", true));
    let page = app.send("GET", "/v1/stores?codes=FR-NTE", &[("devanture-key", KEY)], "").await;
    assert!(page.text().contains("Vente privée"));
}

#[tokio::test]
async fn somebody_else_was_faster() {
    let (app, cookie) = manager().await;
    let before = details(&app, &cookie).await;
    let none = json!({ "version": before.version, "promotions": [] });
    assert_eq!(put(&app, &cookie, &none).await.status, 200);
    let late = json!({ "version": before.version, "hours": sunday() });
    put(&app, &cookie, &late).await.problem(409, "changed_meanwhile");
    assert_eq!(details(&app, &cookie).await.hours, before.hours);
}

#[tokio::test]
async fn only_who_runs_it() {
    let (app, cookie) = manager().await;
    app.add_staff("maison", "seller@shop.example", Role::Seller, &["FR-NTE"]).await;
    let seller = app.sign_in("seller@shop.example", PASSWORD).await;
    let body = json!({ "version": "", "promotions": [] }).to_string();
    for (method, path) in [("GET", ""), ("PUT", ""), ("DELETE", "/own/hours")] {
        let of = |store: &str| format!("/admin/v1/stores/{store}{path}");
        app.send_with(&seller, method, &of("FR-NTE"), &body).await.problem(403, "forbidden");
        app.send_with(&cookie, method, &of("FR-PAR"), &body).await.problem(403, "store_not_yours");
        app.send_with("", method, &of("FR-NTE"), &body).await.problem(401, "not_signed_in");
    }
    app.add_staff("maison", "siege@shop.example", Role::HeadOffice, &[]).await;
    let office = app.sign_in("siege@shop.example", PASSWORD).await;
    app.get_with(&office, "/admin/v1/stores/NOWHERE").await.problem(404, "store_not_found");
    app.send_with(&cookie, "DELETE", &format!("{PATH}/own/name"), "").await.problem(404, "not_found");
    let cross = [
        ("cookie", cookie.as_str()),
        ("content-type", "application/json"),
        ("origin", "https://evil.example"),
    ];
    app.send("PUT", PATH, &cross, &body).await.problem(403, "cross_site");
}

#[tokio::test]
async fn says_which_field_is_wrong() {
    let (app, cookie) = manager().await;
    let version = details(&app, &cookie).await.version;
    let hours = |change: &dyn Fn(&mut Value)| {
        let mut hours = sunday();
        change(&mut hours);
        json!({ "version": version, "hours": hours })
    };
    let promotion = |change: Value| {
        let mut one = json!({ "id": "a", "title": "Soldes", "text": "", "starts_on": "2026-11-21", "ends_on": "2026-11-30" });
        one.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({ "version": version, "promotions": [one] })
    };
    let span = |opens: &str, closes: &str| json!({ "opens": opens, "closes": closes });
    for (body, field) in [
        (json!({ "version": version }), "hours"),
        (json!({ "promotions": [] }), "version"),
        (hours(&|h| h["weekly"][1] = json!([span("19:00", "09:00")])), "hours.weekly[1][0]"),
        (hours(&|h| h["weekly"][1] = json!([span("9h", "19:00")])), "hours.weekly[1][0]"),
        (
            hours(&|h| h["weekly"][1] = json!([span("09:00", "13:00"), span("12:00", "19:00")])),
            "hours.weekly[1]",
        ),
        (hours(&|h| h["special"][0]["date"] = json!("2026-02-30")), "hours.special[0].date"),
        (hours(&|h| h["special"][0]["date"] = json!("2126-02-20")), "hours.special[0].date"),
        (hours(&|h| h["special"][0]["note"] = json!("x".repeat(10_000))), "hours.special[0].note"),
        (promotion(json!({ "title": "" })), "promotions[0].title"),
        (promotion(json!({ "ends_on": "2026-11-20" })), "promotions[0].ends_on"),
        (promotion(json!({ "text": "a\u{0}b" })), "promotions[0].text"),
    ] {
        let problem = put(&app, &cookie, &body).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{body}");
    }
    let many: Vec<Value> = (0..101).map(|n| json!({ "id": n.to_string(), "title": "a", "text": "", "starts_on": "2026-11-21", "ends_on": "2026-11-21" })).collect();
    let problem = put(&app, &cookie, &json!({ "version": version, "promotions": many })).await;
    assert_eq!(problem.problem(400, "invalid_input").field.as_deref(), Some("promotions"));
    assert_eq!(details(&app, &cookie).await.version, version, "nothing was written");
}
