use devanture_api::{
    availability::{AvailabilityPage, StoreAvailability},
    reservation::Reservation,
};
use devanture_domain::stock::{Availability, Reason, StockSource, Trust};
use devanture_storage::{Count, Warehouse};

use crate::{
    Clock as _,
    testing::{MINI_KEY, OTHER_KEY, TestApp},
};

const NANTES: &str = "lat=47.2&lng=-1.5";

async fn stocked() -> TestApp {
    let app = TestApp::new().await;
    let mut repository = app.database().write().await.unwrap();
    let warehouse = Warehouse { code: "WH".to_owned(), name: "Entrepôt".to_owned() };
    repository.put_warehouse("maison", &warehouse).await.unwrap();
    repository.save().await.unwrap();
    app.refresh().await;
    app.count(&[
        ("ROBE-38", "FR-NTE", 2),
        ("ROBE-38", "FR-PAR", 9),
        ("ROBE-38", "RE-STD", 0),
        ("ROBE-38", "WH", 100),
        ("ROBE-38", "ELSEWHERE", 5),
        ("CEINTURE", "FR-PAR", 1),
    ])
    .await;
    app
}

async fn page(app: &TestApp, query: &str) -> AvailabilityPage {
    app.get(&format!("/v1/availability?{query}")).await.json()
}

fn codes(page: &AvailabilityPage) -> Vec<&str> {
    page.items.iter().map(|one| one.store.code.as_str()).collect()
}

fn told(one: &StoreAvailability) -> Vec<(Availability, Option<u32>)> {
    one.items.iter().map(|item| (item.availability, item.left)).collect()
}

#[tokio::test]
async fn nearest_that_have_it() {
    let app = stocked().await;
    let found = page(&app, &format!("items=robe-38&{NANTES}")).await;
    assert_eq!(codes(&found), ["FR-NTE", "FR-PAR"]);
    assert_eq!((found.total, &*found.shippable), (2, &[true][..]));
    let nantes = &found.items[0];
    assert_eq!(told(nantes), [(Availability::Low, Some(2))]);
    assert!(nantes.has_all && nantes.store.distance_m.is_some());
    let confidence = nantes.items[0].confidence.unwrap();
    assert_eq!((confidence.trust, confidence.reason), (Trust::High, Reason::Recent));
    assert_eq!(told(&found.items[1]), [(Availability::InStock, None)]);
    // 11:00 in Nantes, which closes for lunch at 12:30.
    assert_eq!(nantes.ready_at, Some(app.clock.midnight() + 12 * 3_600_000));
    let limited = page(&app, &format!("items=robe-38&limit=1&{NANTES}")).await;
    assert_eq!((codes(&limited), limited.total), (vec!["FR-NTE"], 2));
}

#[tokio::test]
async fn the_shoppers_own_store_first_whatever_it_holds() {
    let app = stocked().await;
    let found = page(&app, &format!("items=ROBE-38&first=RE-STD,unknown,FR-PAR&{NANTES}")).await;
    assert_eq!(codes(&found), ["RE-STD", "FR-PAR", "FR-NTE"]);
    assert_eq!(told(&found.items[0]), [(Availability::Out, None)]);
    assert_eq!(found.items[0].items[0].confidence, None);
    // A mini-site's own store, and the others after it.
    let mini: AvailabilityPage =
        app.get_as(MINI_KEY, "/v1/availability?items=ROBE-38&lat=48.8&lng=2.3").await.json();
    assert_eq!(codes(&mini), ["FR-NTE", "FR-PAR"]);
}

#[tokio::test]
async fn stores_with_all_of_several_then_with_most() {
    let app = stocked().await;
    let found = page(&app, &format!("items=ROBE-38*2,CEINTURE&{NANTES}")).await;
    assert_eq!((codes(&found), found.total), (vec!["FR-PAR", "FR-NTE"], 1));
    assert_eq!(told(&found.items[1]), [(Availability::Low, Some(2)), (Availability::Out, None)]);
    assert_eq!(found.shippable, [true, false]);
    let too_many = page(&app, &format!("items=ROBE-38*3&{NANTES}")).await;
    assert_eq!(codes(&too_many), ["FR-PAR"]);
}

/// From now on these stores ship, and no other.
async fn ships(app: &TestApp, codes: &[&str]) {
    let mut repository = app.database().write().await.unwrap();
    for code in ["FR-NTE", "FR-PAR", "RE-STD"] {
        let mut store = repository.store("maison", code).await.unwrap().unwrap();
        store.ships = codes.contains(&code);
        repository.put_store("maison", &store).await.unwrap();
    }
    repository.save().await.unwrap();
    app.refresh().await;
}

#[tokio::test]
async fn sent_home_by_a_store_where_no_warehouse_has_enough() {
    let app = stocked().await;
    let from = |name: &str| Some(name.to_owned());
    ships(&app, &["FR-NTE", "FR-PAR", "RE-STD"]).await;
    let both = page(&app, &format!("items=ROBE-38,CEINTURE&{NANTES}")).await;
    assert_eq!(both.shippable, [true, true]);
    assert_eq!(both.ships_from, [None, from("Maison \"Rivoli\"")], "the warehouse has the dress");
    let answer = app.get(&format!("/v1/availability?items=ROBE-38&{NANTES}")).await;
    assert!(!answer.text().contains("ships_from"), "warehouses send all of it");

    // Without the warehouse: the nearest that has enough, wherever the shopper's list begins.
    app.count(&[("ROBE-38", "WH", 0)]).await;
    for (query, expected) in [
        (format!("items=ROBE-38&{NANTES}"), from("Maison Nantes")),
        ("items=ROBE-38&lat=48.9&lng=2.3&first=FR-NTE".to_owned(), from("Maison \"Rivoli\"")),
        (format!("items=ROBE-38*3&{NANTES}"), from("Maison \"Rivoli\"")),
    ] {
        let found = page(&app, &query).await;
        assert_eq!((found.shippable, found.ships_from), (vec![true], vec![expected]), "{query}");
    }
    let too_many = page(&app, &format!("items=ROBE-38*10&{NANTES}")).await;
    assert_eq!((too_many.shippable, too_many.ships_from), (vec![false], vec![]));

    // One that has it and does not ship sends nothing.
    ships(&app, &["FR-NTE"]).await;
    let belt = page(&app, &format!("items=CEINTURE&{NANTES}")).await;
    assert_eq!((belt.total, belt.shippable, belt.ships_from), (1, vec![false], vec![]));
}

#[tokio::test]
async fn a_store_sends_neither_what_is_kept_back_nor_what_is_reserved() {
    let app = stocked().await;
    ships(&app, &["FR-PAR"]).await;
    let count = |safety| Count {
        sku: "GANTS".to_owned(),
        location_code: "FR-PAR".to_owned(),
        on_hand: 3,
        safety: Some(safety),
        on_order: 0,
        expected_on: None,
        source: StockSource::Feed,
        counted_at: app.clock.now(),
    };
    let shippable = async |quantity: u32| page(&app, &format!("items=GANTS*{quantity}")).await.shippable[0];
    let mut repository = app.database().write().await.unwrap();
    repository.put_counts("maison", &[count(1)]).await.unwrap();
    repository.save().await.unwrap();
    assert_eq!((shippable(2).await, shippable(3).await), (true, false));
    let body = r#"{"store_code":"FR-PAR","items":[{"sku":"GANTS","quantity":2}],"name":"Zoé","email":"zoe@example.com","locale":"fr"}"#;
    app.reserve("idempotency-0001", body).await.json::<Reservation>();
    assert!(!shippable(1).await);
}

#[tokio::test]
async fn nothing_anywhere_and_nothing_known() {
    let app = stocked().await;
    for items in ["UNKNOWN", "%3Cscript%3E"] {
        let found = page(&app, &format!("items={items}&{NANTES}")).await;
        assert!(found.items.is_empty() && found.total == 0 && found.shippable == [false]);
    }
    let other: AvailabilityPage = app.get_as(OTHER_KEY, "/v1/availability?items=ROBE-38").await.json();
    assert!(other.items.is_empty(), "another network's stock");
}

#[tokio::test]
async fn refuses_what_is_not_documented() {
    let app = stocked().await;
    let first: Vec<String> = (0..11).map(|i| format!("S{i}")).collect();
    for (query, field) in [
        ("items=", "items"),
        ("lat=1&lng=2", "items"),
        ("items=A&limit=0", "limit"),
        ("items=A&limit=51", "limit"),
        ("items=A&lat=1", "lng"),
        ("items=A&lat=NaN&lng=2", "lat"),
        ("items=A*1e18", "items"),
        (&*format!("items={}", "x".repeat(10_000)), "items"),
        (&*format!("items=A&first={}", first.join(",")), "first"),
    ] {
        let problem = app.get(&format!("/v1/availability?{query}")).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{query}");
    }
}
