//! Size charts, what is left in each size, and figures.

use devanture_domain::{
    civil::Date,
    size::{Chart, Dimension, Range, Row},
    stock::StockSource,
};
use devanture_storage::{Count, Database, Product, SizeChart, SizeCounts, Variant};

use super::network::tenant;

fn chart(brand: Option<&str>, category: Option<&str>, label: &str) -> SizeChart {
    let ranges = vec![Range { dimension: Dimension::Chest, from: 840, to: 880 }];
    let chart = Chart::checked(vec![Row { label: label.to_owned(), ranges }]).unwrap();
    SizeChart { brand: brand.map(ToOwned::to_owned), category: category.map(ToOwned::to_owned), chart }
}

pub(super) async fn charts_round_trip_and_the_most_special_holds(database: &Database) {
    tenant(database).await;
    let all = [
        chart(None, None, "1"),
        chart(None, Some("Women"), "2"),
        chart(None, Some("women > dress"), "3"),
        chart(Some("Été"), None, "4"),
        chart(Some("Été"), Some("women"), "5"),
    ];
    let mut repository = database.write().await.unwrap();
    for one in &all {
        repository.put_size_chart("maison", one).await.unwrap();
    }
    repository.put_size_chart("maison", &chart(Some("été "), Some("WOMEN"), "6")).await.unwrap();
    repository.save().await.unwrap();
    let mut repository = database.write().await.unwrap();
    let kept = repository.size_charts("maison").await.unwrap();
    assert_eq!((kept.len(), &kept[..4]), (5, &all[..4]));
    for (brand, category, label) in [
        (None, None, "1"),
        (Some("Other"), Some("men"), "1"),
        (None, Some("women"), "2"),
        (None, Some("womenswear"), "1"),
        (None, Some("Women > Dress > Long"), "3"),
        (Some("ÉTÉ"), Some("men"), "4"),
        (Some("été"), Some("women > dress"), "6"),
    ] {
        let found = repository.size_chart_for("maison", brand, category).await.unwrap().unwrap();
        assert_eq!(found.chart.rows()[0].label, label, "{brand:?} {category:?}");
    }
    assert!(repository.remove_size_chart("maison", Some("ÉTÉ"), Some("women")).await.unwrap());
    assert!(!repository.remove_size_chart("maison", Some("ÉTÉ"), Some("women")).await.unwrap());
    assert_eq!(repository.size_charts("other").await.unwrap(), []);
}

pub(super) async fn what_is_left_in_each_size(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let product = |id: &str| Product { id: id.to_owned(), name: id.to_owned(), ..Product::default() };
    repository.put_products("maison", &[product("ROBE"), product("SAC")]).await.unwrap();
    let variant = |sku: &str, product: &str, size: Option<&str>, position| Variant {
        sku: sku.to_owned(),
        product_id: product.to_owned(),
        size: size.map(ToOwned::to_owned),
        position,
        ..Variant::default()
    };
    let variants = [
        variant("R-A-36", "ROBE", Some("36"), 0),
        variant("R-A-38", "ROBE", Some("38"), 1),
        variant("R-B-36", "ROBE", Some("36"), 2),
        variant("R-B-100", "ROBE", Some("100"), 3),
        variant("SAC", "SAC", None, 0),
    ];
    repository.put_variants("maison", &variants).await.unwrap();
    let count = |sku: &str, location: &str, on_hand: u32, safety: u32| Count {
        sku: sku.to_owned(),
        location_code: location.to_owned(),
        on_hand,
        safety: Some(safety),
        on_order: 0,
        expected_on: None,
        source: StockSource::Feed,
        counted_at: 1_795_255_200_000,
    };
    let counts = [
        count("R-A-36", "NTE", 0, 0),
        count("R-B-36", "PAR", 2, 0),
        count("R-A-38", "NTE", 1, 1),
        count("R-B-100", "NTE", 1, 0),
    ];
    repository.put_counts("maison", &counts).await.unwrap();
    for (location, left) in
        [(None, [true, false, true]), (Some("NTE"), [false, false, true]), (Some("XXX"), [false; 3])]
    {
        let found = repository.sizes_left("maison", &["ROBE", "SAC", "NONE"], location).await.unwrap();
        let found: Vec<(&str, bool)> = found.iter().map(|one| (&*one.size, one.left)).collect();
        assert_eq!(found, [("36", left[0]), ("38", left[1]), ("100", left[2])], "{location:?}");
    }
    assert_eq!(repository.sizes_left("maison", &[], None).await.unwrap(), []);
    let many: Vec<String> = (0..120).map(|at| format!("P{at}")).chain(["ROBE".to_owned()]).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(repository.sizes_left("maison", &many, None).await.unwrap().len(), 3);
}

pub(super) async fn figures_add_up(database: &Database) {
    let counts = |seen, kept| SizeCounts { seen, preselected: seen, kept, changed: 0 };
    let mut repository = database.write().await.unwrap();
    for (site, day, one) in [
        ("shop", 10, counts(2, 1)),
        ("shop", 10, counts(3, 0)),
        ("shop", 12, counts(1, 1)),
        ("mini", 11, counts(7, 0)),
    ] {
        repository.add_size_counts("maison", site, Date(day), one).await.unwrap();
    }
    let of = |figures: Vec<devanture_storage::SizeFigure>| -> Vec<(String, u32, u32)> {
        figures.into_iter().map(|one| (one.site, one.counts.seen, one.counts.kept)).collect()
    };
    let all = of(repository.size_figures("maison", (Date(10), Date(12))).await.unwrap());
    assert_eq!(all, [("mini".to_owned(), 7, 0), ("shop".to_owned(), 6, 2)]);
    let two = of(repository.size_figures("maison", (Date(9), Date(10))).await.unwrap());
    assert_eq!(two, [("shop".to_owned(), 5, 1)]);
    assert_eq!(repository.size_figures("other", (Date(0), Date(99))).await.unwrap(), []);
}
