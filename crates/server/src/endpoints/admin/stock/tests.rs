use devanture_api::staff_stock::{CountedStock, StaffStock, StaffVariant, StockFigures};
use devanture_domain::{staff::Role, stock::StockSource};
use devanture_storage::{Price, Product, StockMove, Variant, Warehouse};
use serde_json::{Value, json};

use crate::testing::{Answer, LOGIN, PASSWORD, TestApp};

/// A shop with a dress in two sizes, a scarf, and a seller in Nantes.
async fn shop() -> (TestApp, String) {
    let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
    let product = |id: &str, name: &str| Product {
        id: id.to_owned(),
        name: name.to_owned(),
        brand: Some("Lormelle".to_owned()),
        ..Product::default()
    };
    let variant = |sku: &str, product: &str, gtin: Option<&str>, position| Variant {
        sku: sku.to_owned(),
        product_id: product.to_owned(),
        gtin: gtin.map(str::to_owned),
        size: Some(sku[sku.len() - 2..].to_owned()),
        position,
        ..Variant::default()
    };
    let mut repository = app.database().write().await.unwrap();
    let products = [product("ROBE", "Robe d’été Augustine"), product("ECHARPE", "Écharpe Œillet")];
    repository.put_products("maison", &products).await.unwrap();
    let variants = [
        variant("ROBE-40", "ROBE", Some("0012345678905"), 2),
        variant("ROBE-38", "ROBE", Some("3760000000017"), 1),
        variant("ECHARPE-TU", "ECHARPE", None, 1),
    ];
    repository.put_variants("maison", &variants).await.unwrap();
    let price = Price { sku: "ROBE-38".to_owned(), amount: 12_900, currency: "EUR".to_owned() };
    repository.put_prices("maison", "default", &[price]).await.unwrap();
    let warehouse = Warehouse { code: "WEB".to_owned(), name: "Entrepôt".to_owned() };
    repository.put_warehouse("maison", &warehouse).await.unwrap();
    repository.save().await.unwrap();
    app.refresh().await;
    app.count(&[("ROBE-38", "FR-NTE", 3), ("ROBE-38", "FR-PAR", 2), ("ROBE-38", "WEB", 40)]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    (app, cookie)
}

async fn found(app: &TestApp, cookie: &str, q: &str) -> StaffStock {
    let q: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    app.get_with(cookie, &format!("/admin/v1/stock?store=FR-NTE&q={q}")).await.json()
}

async fn variant(app: &TestApp, cookie: &str) -> StaffVariant {
    app.get_with(cookie, "/admin/v1/stock/variant?store=FR-NTE&sku=robe-38").await.json()
}

async fn count(app: &TestApp, cookie: &str, change: Value) -> Answer {
    let mut body = json!({
        "id": "0123456789abcdef", "store_code": "FR-NTE", "sku": "robe-38", "on_hand": 1, "reason": "missing",
        "seen": { "on_hand": 3, "based_at": app.app().now() }, "counted_at": app.app().now(),
    });
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    app.send_with(cookie, "POST", "/admin/v1/stock/counts", &body.to_string()).await
}

fn names(found: &StaffStock) -> Vec<&str> {
    found.items.iter().map(|item| item.id.as_str()).collect()
}

#[tokio::test]
async fn found_by_what_is_typed_or_scanned() {
    let (app, cookie) = shop().await;
    for q in [" robe-38 ", "3760000000017", "376 0000 000017", "03760000000017"] {
        let found = found(&app, &cookie, q).await;
        let exact: Vec<_> = found.items[0].variants.iter().map(|v| (v.sku.as_str(), v.exact)).collect();
        assert_eq!(exact, [("ROBE-38", true), ("ROBE-40", false)], "{q}");
    }
    let upc = found(&app, &cookie, "012345678905").await;
    assert!(upc.items[0].variants[1].exact, "a barcode of 12 digits is one of 13");
    for (q, ids) in [
        ("robe", vec!["ROBE"]),
        ("aug ete", vec!["ROBE"]),
        ("echarpe oeil", vec!["ECHARPE"]),
        ("LORMELLE", vec!["ROBE", "ECHARPE"]),
        ("robe écharpe", vec![]),
        ("99999999", vec![]),
        ("—", vec![]),
        ("%' OR 1=1", vec![]),
    ] {
        assert_eq!(names(&found(&app, &cookie, q).await), ids, "{q}");
    }
    let here = found(&app, &cookie, "robe").await.items[0].variants[0].here.clone().unwrap();
    assert_eq!((here.on_hand, here.reserved, here.available, here.source), (3, 0, 3, StockSource::Feed));
}

#[tokio::test]
async fn here_and_elsewhere() {
    let (app, cookie) = shop().await;
    let seen = variant(&app, &cookie).await;
    assert_eq!((&*seen.name, seen.price.unwrap().amount), ("Robe d’été Augustine", 12_900));
    assert_eq!(seen.variant.here.unwrap().on_hand, 3);
    let places: Vec<_> =
        seen.elsewhere.iter().map(|place| (&*place.code, place.warehouse, place.figures.on_hand)).collect();
    assert_eq!(places, [("FR-PAR", false, 2), ("WEB", true, 40)]);
    assert_eq!(seen.elsewhere[0].distance_m.unwrap() / 10_000, 34);
    app.get_with(&cookie, "/admin/v1/stock/variant?store=FR-NTE&sku=nothing")
        .await
        .problem(404, "product_not_found");
}

#[tokio::test]
async fn corrected_once_and_written_down() {
    let (app, cookie) = shop().await;
    for _ in 0..2 {
        let counted: CountedStock = count(&app, &cookie, json!({})).await.json();
        assert_eq!((counted.figures.on_hand, counted.figures.source), (1, StockSource::Count));
    }
    assert_eq!(variant(&app, &cookie).await.variant.here.unwrap().on_hand, 1);
    let counts = app.audited().await.into_iter().filter(|action| action == "stock.counted").count();
    assert_eq!(counts, 1);
    count(&app, &cookie, json!({ "on_hand": 2 })).await.problem(422, "idempotency_mismatch");
}

#[tokio::test]
async fn what_moves_after_the_count_comes_on_top() {
    let (app, cookie) = shop().await;
    let seen = app.app().now();
    app.clock.advance_hours(1);
    let mut repository = app.database().write().await.unwrap();
    let sold = StockMove {
        source: "till",
        sequence: "1",
        sku: "ROBE-38",
        location_code: "FR-NTE",
        delta: -1,
        moved_at: app.app().now(),
    };
    repository.put_move("maison", &sold).await.unwrap();
    repository.save().await.unwrap();
    // Counted without network before the sale, sent after it.
    let change =
        json!({ "on_hand": 5, "counted_at": seen + 1000, "seen": { "on_hand": 3, "based_at": seen } });
    let counted: CountedStock = count(&app, &cookie, change).await.json();
    assert_eq!(counted.figures.on_hand, 4);
}

#[tokio::test]
async fn not_over_somebody_elses_count() {
    let (app, cookie) = shop().await;
    let seen = app.app().now();
    app.clock.advance_hours(1);
    app.count(&[("ROBE-38", "FR-NTE", 3)]).await;
    let same: CountedStock =
        count(&app, &cookie, json!({ "seen": { "on_hand": 3, "based_at": seen } })).await.json();
    assert_eq!(same.figures.on_hand, 1, "a feed that says the same again is no other count");
    let late = json!({ "id": "another-0123456789", "seen": { "on_hand": 3, "based_at": seen } });
    count(&app, &cookie, late).await.problem(409, "changed_meanwhile");
    let nothing_seen = json!({ "id": "another-0123456789", "seen": null });
    count(&app, &cookie, nothing_seen).await.problem(409, "changed_meanwhile");
    let first = json!({ "sku": "ECHARPE-TU", "id": "another-0123456789", "seen": null, "on_hand": 7 });
    let first: StockFigures = count(&app, &cookie, first).await.json::<CountedStock>().figures;
    assert_eq!((first.on_hand, first.available), (7, 7), "where there was no figure");
}

#[tokio::test]
async fn nobody_counts_anothers_store() {
    let (app, cookie) = shop().await;
    count(&app, &cookie, json!({ "store_code": "FR-PAR" })).await.problem(403, "store_not_yours");
    for path in ["/admin/v1/stock?store=FR-PAR&q=robe", "/admin/v1/stock/variant?store=FR-PAR&sku=ROBE-38"] {
        app.get_with(&cookie, path).await.problem(403, "store_not_yours");
        app.get_with("", path).await.problem(401, "not_signed_in");
    }
    app.add_staff("maison", "siege@shop.example", Role::HeadOffice, &[]).await;
    let office = app.sign_in("siege@shop.example", PASSWORD).await;
    count(&app, &office, json!({ "store_code": "NOWHERE" })).await.problem(404, "store_not_found");
    let web = json!({ "store_code": "WEB", "seen": { "on_hand": 40, "based_at": app.app().now() } });
    assert_eq!(count(&app, &office, web).await.status, 200);
}

#[tokio::test]
async fn refuses_what_is_not_documented() {
    let (app, cookie) = shop().await;
    for (change, field) in [
        (json!({ "on_hand": -1 }), "on_hand"),
        (json!({ "on_hand": 1e18 }), "on_hand"),
        (json!({ "on_hand": 1_000_001 }), "on_hand"),
        (json!({ "on_hand": 1_000_000_000_000_000_000_u64 }), "on_hand"),
        (json!({ "on_hand": 1.5 }), "on_hand"),
        (json!({ "on_hand": "3" }), "on_hand"),
        (json!({ "reason": "bored" }), "reason"),
        (json!({ "id": "short" }), "id"),
        (json!({ "sku": "x".repeat(10_000) }), "sku"),
        (json!({ "counted_at": app.app().now() + 120_000 }), "counted_at"),
        (json!({ "counted_at": app.app().now() - 2 * 86_400_000 }), "counted_at"),
        (json!({ "counted_at": i64::MAX }), "counted_at"),
    ] {
        let problem = count(&app, &cookie, change.clone()).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{change}");
    }
    let said =
        count(&app, &cookie, json!({ "on_hand": -1 })).await.problem(400, "invalid_input").detail.unwrap();
    assert!(said.contains("a whole number from 0 to 1000000"), "{said}");
    count(&app, &cookie, json!({ "sku": "UNKNOWN" })).await.problem(404, "product_not_found");
    let long = "a".repeat(10_000);
    for q in ["", "%20", &long] {
        let problem = app.get_with(&cookie, &format!("/admin/v1/stock?store=FR-NTE&q={q}")).await;
        assert_eq!(problem.problem(400, "invalid_input").field.as_deref(), Some("q"));
    }
}
