use devanture_api::availability::{AvailabilityPage, StoreAvailability};
use devanture_domain::stock::{Availability, Reason, Trust};
use devanture_storage::Warehouse;

use crate::testing::{MINI_KEY, OTHER_KEY, TestApp};

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
