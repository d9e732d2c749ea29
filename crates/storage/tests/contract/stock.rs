//! Catalogue and stock: figures that end up the same in whatever order they are heard.

use std::collections::BTreeMap;

use devanture_domain::{
    civil::{Date, UtcMs},
    stock::{StockLevel, StockSource},
};
use devanture_storage::{Count, Database, Price, Product, Stock, StockMove, Subjects, Variant};

use super::network::tenant;

pub(super) fn count(sku: &str, location: &str, on_hand: u32, counted_at: UtcMs) -> Count {
    Count {
        sku: sku.to_owned(),
        location_code: location.to_owned(),
        on_hand,
        safety: None,
        on_order: 0,
        expected_on: None,
        source: StockSource::Feed,
        counted_at,
    }
}

pub(super) async fn put(database: &Database, counts: &[Count]) {
    let mut repository = database.write().await.unwrap();
    repository.put_counts("maison", counts).await.unwrap();
    repository.save().await.unwrap();
}

pub(super) async fn level(database: &Database, sku: &str, location: &str) -> StockLevel {
    let mut repository = database.read().await.unwrap();
    repository.stock_at("maison", sku, location).await.unwrap().unwrap().level
}

async fn moved(database: &Database, (sku, sequence): (&str, &str), delta: i64, moved_at: UtcMs) -> bool {
    let sequence = &format!("{sku}/{sequence}");
    let one = StockMove { source: "till-7", sequence, sku, location_code: "FR-1", delta, moved_at };
    let mut repository = database.write().await.unwrap();
    let new = repository.put_move("maison", &one).await.unwrap();
    repository.save().await.unwrap();
    new
}

pub(super) async fn catalogue_round_trip(database: &Database) {
    tenant(database).await;
    let product = Product {
        id: "robe".to_owned(),
        name: "Robe <Augustine>".to_owned(),
        brand: Some("Lormelle".to_owned()),
        ..Product::default()
    };
    let variant = |sku: &str, size: &str, position| Variant {
        sku: sku.to_owned(),
        product_id: "robe".to_owned(),
        size: Some(size.to_owned()),
        gtin: (sku == "ROBE-38").then(|| "3760000000017".to_owned()),
        position,
        ..Variant::default()
    };
    let variants = [variant("ROBE-40", "40", 2), variant("ROBE-38", "38", 1)];
    let price = |amount| Price { sku: "ROBE-38".to_owned(), amount, currency: "EUR".to_owned() };
    let mut repository = database.write().await.unwrap();
    repository.put_products("maison", std::slice::from_ref(&product)).await.unwrap();
    repository.put_variants("maison", &variants).await.unwrap();
    repository.put_prices("maison", "default", &[price(8900)]).await.unwrap();
    repository.put_prices("maison", "default", &[price(7900)]).await.unwrap();
    repository.save().await.unwrap();

    let mut repository = database.read().await.unwrap();
    assert_eq!(repository.product("maison", "robe").await.unwrap(), Some(product));
    assert_eq!(repository.product("other", "robe").await.unwrap(), None);
    let [forty, thirty_eight] = variants;
    let found = repository.variants_of("maison", "robe").await.unwrap();
    assert_eq!(found, [thirty_eight.clone(), forty]);
    let by_gtin = repository.variant_by_gtin("maison", "3760000000017").await.unwrap();
    assert_eq!(by_gtin.as_ref(), Some(&thirty_eight));
    assert_eq!(repository.variant("maison", "ROBE-38").await.unwrap(), Some(thirty_eight));
    let named = repository.named_variants("maison", &["ROBE-38", "UNKNOWN"]).await.unwrap();
    assert_eq!((named.len(), &*named["ROBE-38"].name), (1, "Robe <Augustine>"));
    let prices = repository.prices("maison", "default", &["ROBE-40", "ROBE-38"]).await.unwrap();
    assert_eq!(prices, [price(7900)]);
    assert!(repository.prices("maison", "default", &[]).await.unwrap().is_empty());
}

pub(super) async fn descriptions_of_products(database: &Database) {
    tenant(database).await;
    let products: Vec<Product> = ["robe", "caftan", "jupe"]
        .iter()
        .map(|id| Product {
            id: (*id).to_owned(),
            name: "—".to_owned(),
            category: Some(if *id == "jupe" { "Jupes" } else { "Robes" }.to_owned()),
            ..Product::default()
        })
        .collect();
    let mut repository = database.write().await.unwrap();
    repository.put_products("maison", &products).await.unwrap();
    let said = [("robe", Some("Un ÉTÉ en lin.")), ("caftan", Some("Lin lavé")), ("jupe", Some("Plis"))];
    repository.put_product_descriptions("maison", &said).await.unwrap();
    let again = [("robe", Some("Un été\nen lin, poches")), ("jupe", None)];
    repository.put_product_descriptions("maison", &again).await.unwrap();
    // What is put anew is the product, not what is said of it.
    repository.put_products("maison", &products).await.unwrap();
    repository.save().await.unwrap();
    let mut repository = database.read().await.unwrap();
    let kept = repository.product_description("maison", "robe").await.unwrap();
    assert_eq!(kept.as_deref(), Some("Un été\nen lin, poches"));
    assert_eq!(repository.product_description("maison", "jupe").await.unwrap(), None);
    assert_eq!(repository.product_description("other", "robe").await.unwrap(), None);
    for (of, words) in [
        (Subjects::Product("robe"), &["", "Robes", "en", "lin", "poches", "un", "été", "—"][..]),
        (Subjects::Product("jupe"), &["", "Jupes", "—"]),
        (Subjects::Category("Robes"), &["", "Robes", "en", "lavé", "lin", "poches", "un", "été", "—"]),
    ] {
        assert_eq!(repository.catalogue_texts("maison", of).await.unwrap(), words, "{of:?}");
    }
}

pub(super) async fn many_rows_at_once(database: &Database) {
    tenant(database).await;
    let counts: Vec<Count> =
        (0..1_201).map(|i| count(&format!("S{i}"), "FR-1", u32::try_from(i).unwrap(), 5)).collect();
    put(database, &counts).await;
    assert_eq!(level(database, "S1200", "FR-1").await.on_hand, 1200);
    // The same row twice in one file: the later count, of two at once the one said last.
    put(database, &[count("S1", "FR-1", 7, 9), count("S1", "FR-1", 8, 9), count("S1", "FR-1", 6, 8)]).await;
    assert_eq!(level(database, "S1", "FR-1").await.on_hand, 8);
}

pub(super) async fn looked_at_together(database: &Database) {
    tenant(database).await;
    let mut counts = Vec::new();
    for n in 0..40_u32 {
        for store in 0..n % 4 {
            let on_order = n % 3;
            let expected_on = (on_order > 0).then_some(Date(20_000 + i32::try_from(n).unwrap()));
            let sku = format!("Ä'{n}, %");
            let location = format!("Store {store} ‘é’");
            let one = count(&sku, &location, n, i64::from(n));
            counts.push(Count { safety: Some(store), on_order, expected_on, ..one });
        }
    }
    put(database, &counts).await;
    // More has gone than was there.
    moved(database, ("Ä'7, %", "1"), -1, 1_000).await;
    let skus: Vec<String> = (0..41).map(|n| format!("Ä'{n}, %")).collect();
    for asked in [1, 2, 5, Database::LOOK_AT_ONCE] {
        for skus in skus.chunks(asked) {
            let skus: Vec<&str> = skus.iter().map(String::as_str).collect();
            let mut found: BTreeMap<String, Vec<Stock>> =
                database.look("maison", &skus).await.unwrap().into_iter().collect();
            let mut repository = database.read().await.unwrap();
            for sku in skus {
                let mut one = found.remove(sku).unwrap_or_default();
                one.sort_by(|a, b| a.location_code.cmp(&b.location_code));
                assert_eq!(one, repository.stock_of("maison", sku).await.unwrap(), "{sku}");
            }
            assert!(found.is_empty(), "{found:?}");
        }
    }
    assert!(database.look("maison", &[]).await.unwrap().is_empty());
    assert!(database.look("another", &["Ä'7, %"]).await.unwrap().is_empty());
}

pub(super) async fn an_older_count_changes_nothing(database: &Database) {
    tenant(database).await;
    put(database, &[count("ROBE-38", "FR-1", 5, 100)]).await;
    put(database, &[count("ROBE-38", "FR-1", 9, 50)]).await;
    let known = level(database, "ROBE-38", "FR-1").await;
    assert_eq!((known.on_hand, known.counted_at, known.source), (5, 100, StockSource::Feed));
    put(database, &[count("ROBE-38", "FR-1", 4, 100)]).await;
    assert_eq!(level(database, "ROBE-38", "FR-1").await.on_hand, 4);
}

pub(super) async fn what_a_count_does_not_say_stays(database: &Database) {
    tenant(database).await;
    let spare =
        Count { safety: Some(2), on_order: 6, expected_on: Some(Date(20_000)), ..count("A", "FR-1", 5, 1) };
    put(database, &[spare]).await;
    put(database, &[count("A", "FR-1", 5, 2), Count { safety: Some(1), ..count("B", "FR-1", 3, 2) }]).await;
    let known = level(database, "A", "FR-1").await;
    assert_eq!((known.safety, known.on_order, known.expected_on), (2, 0, None));
    assert_eq!(level(database, "B", "FR-1").await.safety, 1);
}

/// Every order of one count and three moves, one of them heard twice, ends in the same figure.
pub(super) async fn moves_in_any_order(database: &Database) {
    tenant(database).await;
    let orders = [[0, 1, 2, 3, 3], [3, 2, 3, 1, 0], [1, 3, 0, 3, 2], [2, 0, 3, 1, 3], [3, 3, 1, 2, 0]];
    for (sku, order) in ["A", "B", "C", "D", "E"].into_iter().zip(orders) {
        for step in order {
            match step {
                // Sold before the count, which knows it.
                0 => drop(moved(database, (sku, "early"), -4, 50).await),
                1 => put(database, &[count(sku, "FR-1", 10, 100)]).await,
                2 => drop(moved(database, (sku, "sold"), -1, 150).await),
                _ => drop(moved(database, (sku, "returned"), 3, 160).await),
            }
        }
        let known = level(database, sku, "FR-1").await;
        assert_eq!((known.on_hand, known.counted_at), (12, 160), "{order:?}");
        assert!(!moved(database, (sku, "sold"), -1, 150).await, "heard before");
    }
}

/// A move before any count; the figure is below nothing until then, and nothing can be had.
pub(super) async fn a_move_before_its_count(database: &Database) {
    tenant(database).await;
    assert!(moved(database, ("ROBE-38", "sold"), -1, 150).await);
    assert_eq!(level(database, "ROBE-38", "FR-1").await.available(), 0);
    put(database, &[count("ROBE-38", "FR-1", 10, 100)]).await;
    assert_eq!(level(database, "ROBE-38", "FR-1").await.on_hand, 9);
    put(database, &[count("ROBE-38", "FR-1", 7, 200)]).await;
    assert_eq!(level(database, "ROBE-38", "FR-1").await.on_hand, 7);
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.forget_moves(150).await.unwrap(), 0);
    assert_eq!(repository.forget_moves(151).await.unwrap(), 1);
    repository.save().await.unwrap();
    assert!(moved(database, ("ROBE-38", "sold"), -1, 150).await, "forgotten, and still of no effect");
    assert_eq!(level(database, "ROBE-38", "FR-1").await.on_hand, 7);
}
