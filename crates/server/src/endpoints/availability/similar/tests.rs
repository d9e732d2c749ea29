use devanture_api::similar::SimilarPage;
use devanture_storage::{Price, Product, Variant};

use crate::testing::{MINI_KEY, OTHER_KEY, TestApp};

const NANTES: &str = "lat=47.2&lng=-1.5";

/// Id, category, brand, and size, colour and price of its one variant, whose SKU is the id.
type Garment<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, i64);

async fn sell(app: &TestApp, garments: &[Garment<'_>]) {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut repository = app.database().write().await.unwrap();
    for &(id, category, brand, size, colour, amount) in garments {
        let product = Product {
            id: id.to_owned(),
            name: format!("Name of {id}"),
            brand: text(brand),
            category: text(category),
            url: Some(format!("https://shop.example/{id}")),
            image_url: None,
        };
        let variant = Variant {
            sku: id.to_owned(),
            product_id: id.to_owned(),
            size: text(size),
            colour: text(colour),
            ..Variant::default()
        };
        repository.put_products("maison", &[product]).await.unwrap();
        repository.put_variants("maison", &[variant]).await.unwrap();
        let price = Price { sku: id.to_owned(), amount, currency: "EUR".to_owned() };
        repository.put_prices("maison", "default", &[price]).await.unwrap();
    }
    repository.save().await.unwrap();
}

async fn page(app: &TestApp, query: &str) -> SimilarPage {
    app.get(&format!("/v1/availability/similar?{query}")).await.json()
}

fn skus(page: &SimilarPage) -> Vec<&str> {
    page.items.iter().map(|one| one.sku.as_str()).collect()
}

#[tokio::test]
async fn of_the_same_category_and_size_the_most_alike_first() {
    let app = TestApp::new().await;
    let others = [
        ("Z-COLOUR-BRAND", "women > dress", "Été", "38", "bleu", 20_000),
        ("COLOUR-CLOSE", "women > dress", "Hiver", "FR 38", "Bleu", 8_800),
        ("COLOUR-FAR", "women > dress", "Hiver", "38", "Bleu", 1_000),
        ("BRAND", "women > dress", "Été", "38", "Rouge", 8_900),
        ("A-NEITHER", "women > dress", "Hiver", "38", "Rouge", 8_900),
        ("B-NEITHER", "women > dress", "Hiver", "38", "Rouge", 8_900),
        ("C-SEVENTH", "women > dress", "Hiver", "38", "Rouge", 8_900),
        ("OTHER-SIZE", "women > dress", "Été", "40", "Bleu", 8_900),
        ("OTHER-SYSTEM", "women > dress", "Été", "UK 38", "Bleu", 8_900),
        ("LETTER", "women > dress", "Été", "M", "Bleu", 8_900),
        ("NO-SIZE", "women > dress", "Été", "", "Bleu", 8_900),
        ("SKIRT", "women > skirt", "Été", "38", "Bleu", 8_900),
    ];
    sell(&app, &[("WANTED", "women > dress", "Été", "38", "Bleu", 8_900)]).await;
    sell(&app, &others).await;
    let everywhere: Vec<_> = others.iter().map(|one| (one.0, "FR-NTE", 3)).collect();
    app.count(&everywhere).await;
    app.count(&[("WANTED", "FR-NTE", 3)]).await;
    let found = page(&app, &format!("sku=wanted&{NANTES}")).await;
    let expected = ["Z-COLOUR-BRAND", "COLOUR-CLOSE", "COLOUR-FAR", "BRAND", "A-NEITHER", "B-NEITHER"];
    assert_eq!(skus(&found), expected);
    let first = &found.items[0];
    assert_eq!(first.name, "Name of Z-COLOUR-BRAND");
    assert_eq!(first.url.as_deref(), Some("https://shop.example/Z-COLOUR-BRAND"));
    assert_eq!(first.price.as_ref().map(|price| price.amount), Some(20_000));
    assert_eq!(first.store.code, "FR-NTE");
    assert!(first.store.distance_m.is_some_and(|metres| metres < 50_000.0));
}

#[tokio::test]
async fn only_what_can_be_had_near() {
    let app = TestApp::new().await;
    let dress = |id| (id, "dress", "", "38", "", 100);
    sell(&app, &["WANTED", "NONE", "KEPT-BACK", "PARIS", "NANTES"].map(dress)).await;
    app.count(&[("NONE", "FR-NTE", 0), ("KEPT-BACK", "FR-NTE", 2), ("PARIS", "FR-PAR", 2)]).await;
    app.count(&[("NANTES", "FR-NTE", 1), ("NANTES", "FR-PAR", 9)]).await;
    let mut repository = app.database().write().await.unwrap();
    let kept = devanture_storage::Count {
        sku: "KEPT-BACK".to_owned(),
        location_code: "FR-NTE".to_owned(),
        on_hand: 2,
        safety: Some(2),
        on_order: 0,
        expected_on: None,
        source: devanture_domain::stock::StockSource::Feed,
        counted_at: app.app().now(),
    };
    repository.put_counts("maison", &[kept]).await.unwrap();
    repository.save().await.unwrap();
    assert_eq!(skus(&page(&app, &format!("sku=WANTED&{NANTES}")).await), ["NANTES"]);
    let paris = page(&app, "sku=WANTED&lat=48.85&lng=2.35").await;
    assert_eq!(skus(&paris), ["NANTES", "PARIS"]);
    assert!(paris.items.iter().all(|one| one.store.code == "FR-PAR"));
    // Nobody has said where: nothing is far, and there is no distance to tell.
    let anywhere = page(&app, "sku=WANTED").await;
    assert_eq!(skus(&anywhere), ["NANTES", "PARIS"]);
    assert!(anywhere.items.iter().all(|one| one.store.distance_m.is_none()));
    let mini: SimilarPage = app.get_as(MINI_KEY, "/v1/availability/similar?sku=WANTED").await.json();
    assert_eq!(mini.items[0].store.code, "FR-NTE", "a mini-site's own before all others");
    let sea = page(&app, "sku=WANTED&lat=0&lng=0").await;
    assert!(sea.items.is_empty() && sea.origin.is_some());
}

#[tokio::test]
async fn a_product_without_a_category_is_like_no_other() {
    let app = TestApp::new().await;
    sell(&app, &[("A", "", "Été", "38", "", 1), ("B", "", "Été", "38", "", 1)]).await;
    app.count(&[("B", "FR-NTE", 1)]).await;
    assert!(page(&app, "sku=A").await.items.is_empty());
}

#[tokio::test]
async fn refuses_what_is_not_known() {
    let app = TestApp::new().await;
    sell(&app, &[("WANTED", "dress", "", "38", "", 100)]).await;
    app.get("/v1/availability/similar?sku=UNKNOWN").await.problem(404, "product_not_found");
    let other = app.get_as(OTHER_KEY, "/v1/availability/similar?sku=WANTED").await;
    other.problem(404, "product_not_found");
    for (query, field) in [
        ("sku=", "sku"),
        ("sku=WANTED&lat=NaN&lng=2", "lat"),
        ("sku=WANTED&lat=1", "lng"),
        (&*format!("sku=WANTED&q={}", "x".repeat(300)), "q"),
    ] {
        let problem =
            app.get(&format!("/v1/availability/similar?{query}")).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{query}");
    }
}
