use devanture_storage::{Product, Variant, test_support::PostgresServer};
use serde_json::{Value, json};

use super::super::tests::{body, office};
use crate::{endpoints::reviews::tests::published, testing::TestApp};

#[tokio::test]
async fn what_shoppers_say_and_the_catalogue_does_not() {
    let (app, cookie) = office(TestApp::new().await).await;
    for (n, text) in (1..).zip([
        "Portée à un mariage, les poches sont profondes.",
        "Pour un mariage en lin.",
        "La robe en lin est jolie.",
    ]) {
        let mut review = body(n);
        review["body"] = json!(text);
        published(&app, n, &review).await;
    }
    let said = async |query: &str| app.get_with(&cookie, &format!("/admin/v1/reviews/phrases?{query}")).await;
    let found: Value = said("product=robe&language=fr").await.json();
    assert_eq!(
        (&found["reviews"], &found["items"][0]["text"], &found["items"][0]["count"]),
        (&json!(3), &json!("mariage"), &json!(2))
    );
    assert_eq!(found["items"][0]["reviews"].as_array().unwrap().len(), 2);
    assert_eq!(said("category=none&language=fr").await.json::<Value>(), json!({"reviews": 0, "items": []}));
    assert_eq!(
        said("product=robe&language=de").await.problem(400, "invalid_input").field.as_deref(),
        Some("language")
    );
    said("language=fr").await.problem(400, "invalid_input");
}

#[tokio::test]
async fn of_a_category_in_sqlite() {
    category(TestApp::new().await).await;
}

#[tokio::test]
async fn without_what_descriptions_say_in_sqlite() {
    described(TestApp::new().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_what_descriptions_say_in_postgres() {
    let server = PostgresServer::start();
    described(TestApp::with_database(server.database().await).await).await;
}

/// Words that come into the catalogue by a feed are its own from then on.
async fn described(app: TestApp) {
    let (app, cookie) = office(app).await;
    let fed = async |rows: Value| {
        let path = "/admin/v1/feeds/products";
        let report: Value = app.send_with(&cookie, "POST", path, &rows.to_string()).await.json();
        assert_eq!(report["bad"], json!([]), "{report}");
    };
    fed(json!([
        {"sku": "r-1", "product_id": "caftan", "name": "Caftan", "category": "Robes"},
        {"sku": "r-2", "product_id": "sari", "name": "Sari", "category": "Robes"},
    ]))
    .await;
    for (n, (product, text)) in (1..).zip([
        ("CAFTAN", "Aux poches profondes, pour un mariage."),
        ("SARI", "Des poches profondes ; un mariage."),
        ("CAFTAN", "Ma poche profonde."),
    ]) {
        let mut review = body(n);
        review["product"] = json!(product);
        review["body"] = json!(text);
        published(&app, n, &review).await;
    }
    let said = async |of: &str| -> Vec<String> {
        let path = format!("/admin/v1/reviews/phrases?{of}&language=fr");
        let found: Value = app.get_with(&cookie, &path).await.json();
        let items = found["items"].as_array().unwrap().iter();
        items.map(|one| one["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(said("category=Robes").await, ["poches profondes", "mariage"]);
    assert_eq!(said("product=CAFTAN").await.len(), 1);
    fed(json!([{"sku": "r-1", "description": "Poche profonde\nde chaque côté"}])).await;
    assert_eq!(said("category=Robes").await, ["mariage"]);
    assert_eq!(said("product=CAFTAN").await, [""; 0]);
    // What does not speak of it takes nothing away.
    fed(json!([{"sku": "r-1", "name": "Caftan"}])).await;
    assert_eq!(said("product=CAFTAN").await, [""; 0]);
    app.database().close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_category_in_postgres() {
    let server = PostgresServer::start();
    category(TestApp::with_database(server.database().await).await).await;
}

/// Two dresses, of which nobody says the same twice, and a skirt.
async fn category(app: TestApp) {
    let (app, cookie) = office(app).await;
    let product = |id: &str, category: &str| Product {
        id: id.to_owned(),
        name: id.to_owned(),
        category: Some(category.to_owned()),
        ..Product::default()
    };
    let colour = Variant {
        sku: "CAFTAN-I".to_owned(),
        product_id: "CAFTAN".to_owned(),
        colour: Some("Ivoire".to_owned()),
        ..Variant::default()
    };
    let mut repository = app.database().write().await.unwrap();
    let products = [product("ROBE", "Robes"), product("CAFTAN", "Robes"), product("JUPE", "Jupes")];
    repository.put_products("maison", &products).await.unwrap();
    repository.put_variants("maison", &[colour]).await.unwrap();
    repository.save().await.unwrap();
    let mut ids = Vec::new();
    for (n, (product, text)) in (1..).zip([
        ("ROBE", "Portée à un mariage, en ivoire."),
        ("CAFTAN", "Pour un mariage ! Ivoire sur la photo."),
        ("JUPE", "Des poches profondes."),
        ("JUPE", "Ses poches sont pratiques."),
    ]) {
        let mut review = body(n);
        review["product"] = json!(product);
        review["body"] = json!(text);
        ids.push(published(&app, n, &review).await.review.id);
        app.clock.advance_seconds(1);
    }
    for (query, reviews, items) in [
        ("category=Robes", 2, json!([{"text": "mariage", "count": 2, "reviews": [ids[1], ids[0]]}])),
        ("category=Jupes", 2, json!([{"text": "poches", "count": 2, "reviews": [ids[3], ids[2]]}])),
        ("product=ROBE", 1, json!([])),
        ("category=robes", 0, json!([])),
    ] {
        let path = format!("/admin/v1/reviews/phrases?{query}&language=fr");
        let said: Value = app.get_with(&cookie, &path).await.json();
        assert_eq!(said, json!({"reviews": reviews, "items": items}), "{query}");
    }
    app.database().close().await;
}
