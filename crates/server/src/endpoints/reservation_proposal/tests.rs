use devanture_api::{
    admin::{StaffReservation, StaffReservations},
    reservation::Reservation,
};
use devanture_domain::{reservation::State, staff::Role};
use devanture_storage::{Price, Product, Variant};

use crate::testing::{Answer, KEY, LOGIN, OTHER_KEY, PASSWORD, TestApp};

const ROBE: &str = r#"{"store_code":"FR-NTE","items":[{"sku":"ROBE-38","quantity":2}],"name":"Zoé","email":"zoe@example.com","locale":"fr"}"#;
const PROPOSE: &str = r#"{"action":"refuse","refusal":"not_found","propose":{"sku":" robe-40 "}}"#;

/// Nantes has two sizes of a dress, Paris the first as well.
pub(crate) async fn shop() -> TestApp {
    let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
    app.count(&[("ROBE-38", "FR-NTE", 4), ("ROBE-40", "FR-NTE", 2), ("ROBE-38", "FR-PAR", 9)]).await;
    let product = Product { id: "robe".to_owned(), name: "Robe Augustine".to_owned(), ..Product::default() };
    let variants = ["38", "40", "42"].map(|size| Variant {
        sku: format!("ROBE-{size}"),
        product_id: "robe".to_owned(),
        size: Some(size.to_owned()),
        colour: Some("Écru".to_owned()),
        image_url: Some("https://shop.example/robe.jpg".to_owned()),
        ..Variant::default()
    });
    let price = Price { sku: "ROBE-40".to_owned(), amount: 9900, currency: "EUR".to_owned() };
    let mut repository = app.database().write().await.unwrap();
    repository.put_products("maison", &[product]).await.unwrap();
    repository.put_variants("maison", &variants).await.unwrap();
    repository.put_prices("maison", "default", &[price]).await.unwrap();
    repository.save().await.unwrap();
    app
}

pub(crate) async fn asked(app: &TestApp) -> Reservation {
    app.reserve("idempotency-0001", ROBE).await.json()
}

pub(crate) async fn act(app: &TestApp, body: &str) -> Answer {
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let list = app.get_with(&cookie, "/admin/v1/reservations?store=FR-NTE").await;
    let ended = app.get_with(&cookie, "/admin/v1/reservations?store=FR-NTE&ended=true").await;
    let lists = [list.json::<StaffReservations>().items, ended.json::<StaffReservations>().items].concat();
    let path = format!("/admin/v1/reservations/{}/actions", lists[0].id);
    app.send_with(&cookie, "POST", &path, body).await
}

async fn opened(app: &TestApp, made: &Reservation) -> Reservation {
    app.get(&format!("/v1/reservations/{}", made.token)).await.json()
}

async fn take(app: &TestApp, key: &str, made: &Reservation) -> Answer {
    let path = format!("/v1/reservations/{}/proposal", made.token);
    app.send("POST", &path, &[("devanture-key", key)], "").await
}

#[tokio::test]
async fn proposed_shown_and_taken() {
    let app = shop().await;
    let made = asked(&app).await;
    take(&app, KEY, &made).await.problem(409, "no_proposal");
    for _ in 0..2 {
        let refused: StaffReservation = act(&app, PROPOSE).await.json();
        assert_eq!((refused.state, &*refused.store_code), (State::Refused, "FR-NTE"), "and not passed on");
    }
    let shown = opened(&app, &made).await;
    let proposal = shown.proposal.unwrap();
    assert_eq!((shown.state, &*proposal.item.sku, proposal.item.quantity), (State::Refused, "ROBE-40", 2));
    assert_eq!(proposal.item.name.as_deref(), Some("Robe Augustine"));
    assert_eq!((proposal.item.size.as_deref(), proposal.item.colour.as_deref()), (Some("40"), Some("Écru")));
    assert_eq!(proposal.item.image_url.as_deref(), Some("https://shop.example/robe.jpg"));
    assert_eq!(proposal.item.price.map(|price| price.amount), Some(9900));
    assert_eq!(asked(&app).await.proposal.map(|proposal| proposal.item.sku).as_deref(), Some("ROBE-40"));
    take(&app, OTHER_KEY, &made).await.problem(404, "not_found");
    for _ in 0..2 {
        let taken: Reservation = take(&app, KEY, &made).await.json();
        assert_eq!((taken.state, &*taken.store_code, taken.stores_asked), (State::Accepted, "FR-NTE", 2));
        assert_eq!((&*taken.items[0].sku, taken.items[0].quantity, taken.items.len()), ("ROBE-40", 2, 1));
        assert_eq!(taken.items[0].price.as_ref().map(|price| price.amount), Some(9900));
        assert_eq!((&taken.pickup_code, taken.proposal), (&made.pickup_code, None));
        // From noon on, till the second day on which the store opens.
        let midnight = app.clock.midnight();
        assert_eq!(taken.ready_at, Some(midnight + 12 * 3_600_000));
        assert_eq!(taken.due_at, Some(midnight + (3 * 24 + 19) * 3_600_000));
    }
    let collect = format!(r#"{{"action":"collect","pickup_code":"{}"}}"#, made.pickup_code);
    assert_eq!(act(&app, &collect).await.json::<StaffReservation>().state, State::Collected);
    take(&app, KEY, &made).await.problem(409, "no_proposal");
}

#[tokio::test]
async fn gone_before_it_was_taken() {
    let app = shop().await;
    let made = asked(&app).await;
    act(&app, PROPOSE).await;
    let other = ROBE.replace("ROBE-38", "ROBE-40").replace("zoe@", "ann@");
    let faster: Reservation = app.reserve("idempotency-0002", &other).await.json();
    assert_eq!(take(&app, KEY, &made).await.problem(409, "not_enough").field.as_deref(), Some("ROBE-40"));
    assert_eq!(opened(&app, &made).await.state, State::Refused);
    // It comes back, and then the time is over.
    let path = format!("/v1/reservations/{}", faster.token);
    app.send("DELETE", &path, &[("devanture-key", KEY)], "").await;
    app.clock.advance_hours(24 * 4);
    assert_eq!(opened(&app, &made).await.proposal, None);
    take(&app, KEY, &made).await.problem(409, "no_proposal");
}

#[tokio::test]
async fn what_cannot_be_proposed() {
    let app = shop().await;
    asked(&app).await;
    for (from, to, status, code) in [
        ("robe-40", "robe-38", 400, "invalid_input"),
        ("robe-40", "robe-42", 409, "not_enough"),
        ("robe-40", "unknown", 404, "product_not_found"),
        ("robe-40", "", 400, "invalid_input"),
        (r#"" robe-40 ""#, r#""robe-40","quantity":0"#, 400, "invalid_input"),
        (r#"" robe-40 ""#, r#""robe-40","quantity":4"#, 400, "invalid_input"),
        (r#"" robe-40 ""#, r#""robe-40","quantity":3"#, 409, "not_enough"),
        (r#""refuse","refusal":"not_found""#, r#""accept""#, 400, "invalid_input"),
    ] {
        act(&app, &PROPOSE.replace(from, to)).await.problem(status, code);
    }
    let accepted = act(&app, r#"{"action":"accept"}"#).await.json::<StaffReservation>();
    assert_eq!(accepted.state, State::Accepted, "nothing of it was done");
    // Found missing when it was to be put aside.
    act(&app, PROPOSE).await.json::<StaffReservation>();
}
