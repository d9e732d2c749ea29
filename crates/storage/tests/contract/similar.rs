//! What is like a product, and where it can be had.

use devanture_storage::{Database, Product};

use super::{
    network::tenant,
    reservations::{made, reserve, wish},
    stock::{count, put},
};

fn product(id: &str, category: Option<&str>, brand: Option<&str>) -> Product {
    let text = |text: &str| text.to_owned();
    let (category, brand) = (category.map(text), brand.map(text));
    Product { id: text(id), name: text(id), category, brand, ..Product::default() }
}

pub(super) async fn of_its_brand_then_of_its_category(database: &Database) {
    tenant(database).await;
    let all = [
        product("robe", Some("dress"), Some("Lormelle")),
        product("b-own", Some("dress"), Some("Lormelle")),
        product("a-own", Some("dress"), Some("Lormelle")),
        product("other", Some("dress"), Some("Autre")),
        product("bare", Some("dress"), None),
        product("shirt", Some("shirt"), Some("Lormelle")),
        product("nowhere", None, Some("Lormelle")),
    ];
    let mut repository = database.write().await.unwrap();
    repository.put_products("maison", &all).await.unwrap();
    repository.save().await.unwrap();
    let like = async |of: &Product, limit| -> Vec<String> {
        let mut repository = database.read().await.unwrap();
        let found = repository.products_like("maison", of, limit).await.unwrap();
        found.into_iter().map(|product| product.id).collect()
    };
    let found = like(&all[0], 9).await;
    assert_eq!(found[..2], ["a-own", "b-own"]);
    let mut rest = found[2..].to_vec();
    // Where one without a brand stands, the engines do not agree.
    rest.sort();
    assert_eq!(rest, ["bare", "other"]);
    assert_eq!(like(&all[0], 1).await[0], "a-own");
    assert_eq!(like(&all[6], 9).await, [""; 0]);
}

pub(super) async fn only_what_nobody_holds(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 1, 1), count("B", "FR-1", 2, 1), count("B", "FR-2", 0, 1)]).await;
    let had = async || {
        let mut repository = database.read().await.unwrap();
        let mut found = repository.to_be_had("maison", &["A", "B", "C"], &["FR-1", "FR-2"]).await.unwrap();
        found.sort();
        found
    };
    let there = |sku: &str| (sku.to_owned(), "FR-1".to_owned());
    assert_eq!(had().await, [there("A"), there("B")]);
    assert!(made(&reserve(database, &wish(1, &[("A", 1)])).await));
    assert_eq!(had().await, [there("B")]);
}
