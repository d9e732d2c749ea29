//! Size charts, what is left in each size, what was sold and kept, figures, and memories that shoppers keep here.

use devanture_domain::{
    civil::Date,
    size::{Chart, Dimension, Household, Kind, Range, Row, Sales},
    stock::StockSource,
};
use devanture_storage::{
    Count, Database, PrivateToken, Product, SizeChart, SizeCounts, SizeHolder, SizeMemory, SizeSales, Variant,
};

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
        repository.put_size_chart("maison", one, 1).await.unwrap();
    }
    repository.put_size_chart("maison", &chart(Some("été "), Some("WOMEN"), "6"), 1).await.unwrap();
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
    assert!(repository.remove_size_chart("maison", (Some("ÉTÉ"), Some("women")), None).await.unwrap());
    assert!(!repository.remove_size_chart("maison", (Some("ÉTÉ"), Some("women")), None).await.unwrap());
    assert_eq!(repository.size_charts("other").await.unwrap(), []);
}

pub(super) async fn of_two_who_change_a_chart_one_is_told(database: &Database) {
    tenant(database).await;
    let of = |label: &str| chart(Some("Été"), None, label);
    let name = (Some("été"), None);
    let mut repository = database.write().await.unwrap();
    let first = repository.replace_size_chart("maison", &of("1"), (0, 50)).await.unwrap().unwrap();
    assert_eq!(
        repository.replace_size_chart("maison", &of("2"), (0, 51)).await.unwrap(),
        None,
        "there is one"
    );
    assert_eq!(repository.replace_size_chart("other", &of("2"), (first, 51)).await.unwrap(), None);
    repository.save().await.unwrap();
    let change = async |label: &str| {
        let mut repository = database.write().await.unwrap();
        let done = repository.replace_size_chart("maison", &of(label), (first, 50)).await.unwrap();
        repository.save().await.unwrap();
        done
    };
    // Both have read the first; even within a millisecond a revision is another.
    let (one, other) = tokio::join!(change("2"), change("3"));
    let second = one.or(other).unwrap();
    assert!(one.xor(other).is_some() && second > first, "{one:?} {other:?}");
    let label = if one.is_some() { "2" } else { "3" };
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.revised_size_charts("maison").await.unwrap(), [(of(label), second)]);
    let third = repository.put_size_chart("maison", &of("4"), 40).await.unwrap();
    assert!(third > second, "files replace what there is, and editors are told");
    assert_eq!(repository.replace_size_chart("maison", &of("5"), (second, 60)).await.unwrap(), None);
    for seen in [second, 0] {
        assert!(!repository.remove_size_chart("maison", name, Some(seen)).await.unwrap(), "{seen}");
    }
    assert!(repository.has_size_chart("maison", name.0, name.1).await.unwrap());
    assert!(repository.remove_size_chart("maison", name, Some(third)).await.unwrap());
    let anew = repository.replace_size_chart("maison", &of("6"), (0, 70)).await.unwrap();
    assert!(anew.is_some_and(|anew| anew > third), "{anew:?}");
    assert_eq!(repository.replace_size_chart("maison", &of("7"), (third, 80)).await.unwrap(), None);
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

pub(super) async fn what_was_sold_and_kept_of_each_size(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let one = |product: &str, size: &str, sold: u32| SizeSales {
        product_id: product.to_owned(),
        size: size.to_owned(),
        sales: Sales { sold, returned: sold / 10, too_small: sold / 20, too_large: 1 },
    };
    let first =
        [one("JUPE", "38", 40), one("ROBE", "36", 100), one("ROBE", "38", 200), one("ROBE", "100", u32::MAX)];
    repository.put_size_sales("maison", &["JUPE", "ROBE"], &first).await.unwrap();
    repository.put_size_sales("other", &["ROBE"], &[one("ROBE", "36", 7)]).await.unwrap();
    let known = repository.size_sales("maison", &["ROBE", "JUPE", "NONE"]).await.unwrap();
    let texts = |known: &[SizeSales]| -> Vec<String> {
        known.iter().map(|one| format!("{} {}: {}", one.product_id, one.size, one.sales.sold)).collect()
    };
    assert_eq!(texts(&known), ["JUPE 38: 40", "ROBE 100: 4294967295", "ROBE 36: 100", "ROBE 38: 200"]);
    assert_eq!(known[2].sales, first[1].sales);
    repository.put_size_sales("maison", &["ROBE", "NONE"], &[one("ROBE", "38", 201)]).await.unwrap();
    let known = repository.size_sales("maison", &["ROBE", "JUPE"]).await.unwrap();
    assert_eq!(texts(&known), ["JUPE 38: 40", "ROBE 38: 201"]);
    assert_eq!(texts(&repository.size_sales("other", &["ROBE"]).await.unwrap()), ["ROBE 36: 7"]);
    // With what is left, once for each size however many colours it has.
    let product = Product { id: "ROBE".to_owned(), name: "Robe".to_owned(), ..Product::default() };
    repository.put_products("maison", &[product]).await.unwrap();
    let variant = |sku: &str, size: &str| Variant {
        sku: sku.to_owned(),
        product_id: "ROBE".to_owned(),
        size: Some(size.to_owned()),
        ..Variant::default()
    };
    let variants = [variant("S-A-36", "36"), variant("S-A-38", "38"), variant("S-B-38", "38")];
    repository.put_variants("maison", &variants).await.unwrap();
    for location in [None, Some("NTE")] {
        let found = repository.sizes_left("maison", &["ROBE"], location).await.unwrap();
        let of = |size: &str| found.iter().find(|one| one.size == size).unwrap().sales;
        assert_eq!((of("36"), of("38")), (Sales::default(), one("ROBE", "38", 201).sales), "{location:?}");
    }
    let many: Vec<SizeSales> = (0..120).map(|at| one("ROBE", &at.to_string(), at)).collect();
    repository.put_size_sales("maison", &["ROBE"], &many).await.unwrap();
    assert_eq!(repository.size_sales("maison", &["ROBE"]).await.unwrap().len(), 120);
}

pub(super) async fn figures_add_up(database: &Database) {
    let counts = |seen, preselected, kept, changed| SizeCounts { seen, preselected, kept, changed };
    let mut repository = database.write().await.unwrap();
    for (site, day, one) in [
        ("shop", 10, counts(20, 11, 6, 3)),
        ("shop", 10, counts(30, 12, 0, 1)),
        ("shop", 12, counts(1, 2, 4, 8)),
        ("mini", 11, counts(7, 6, 5, 4)),
    ] {
        repository.add_size_counts("maison", site, Date(day), one).await.unwrap();
    }
    let of = |figures: Vec<devanture_storage::SizeFigure>| -> Vec<(String, SizeCounts)> {
        figures.into_iter().map(|one| (one.site, one.counts)).collect()
    };
    let all = of(repository.size_figures("maison", (Date(10), Date(12))).await.unwrap());
    assert_eq!(all, [("mini".to_owned(), counts(7, 6, 5, 4)), ("shop".to_owned(), counts(51, 25, 10, 12))]);
    let two = of(repository.size_figures("maison", (Date(9), Date(10))).await.unwrap());
    assert_eq!(two, [("shop".to_owned(), counts(50, 23, 6, 4))]);
    assert_eq!(repository.size_figures("other", (Date(0), Date(99))).await.unwrap(), []);
}

fn remembers(label: &str) -> Household {
    let mut home = Household::default();
    home.remember(Kind::Tops, Some("Été"), label);
    home
}

fn link(number: u8) -> SizeHolder {
    SizeHolder::of_token(&PrivateToken::from_random([number; 18]))
}

const SITE: (&str, &str) = ("maison", "shop");
const NOW: i64 = 1_795_000_000_000;
const DAY: i64 = 86_400_000;

pub(super) async fn memories_are_changed_by_their_version(database: &Database) {
    tenant(database).await;
    let (first, customer) = (link(1), SizeHolder::of_customer("maison", "c-1"));
    assert_ne!(customer, SizeHolder::of_customer("other", "c-1"));
    let mut repository = database.write().await.unwrap();
    for holder in [&first, &customer] {
        assert_eq!(repository.add_size_memory(SITE, holder, &remembers("38"), NOW).await.unwrap(), Some(1));
    }
    assert_eq!(repository.add_size_memory(SITE, &first, &remembers("40"), NOW).await.unwrap(), None);
    let change = (&remembers("40"), 1);
    assert_eq!(repository.change_size_memory("maison", &first, change, NOW).await.unwrap(), Some(2));
    assert_eq!(repository.change_size_memory("maison", &first, change, NOW).await.unwrap(), None, "changed");
    assert_eq!(repository.change_size_memory("other", &first, (change.0, 2), NOW).await.unwrap(), None);
    assert_eq!(repository.change_size_memory("maison", &link(2), change, NOW).await.unwrap(), None);
    let kept =
        |label: &str, version| Some(SizeMemory { household: Some(remembers(label)), version, used_at: NOW });
    assert_eq!(repository.size_memory("maison", &first).await.unwrap(), kept("40", 2));
    assert_eq!(repository.size_memory("maison", &customer).await.unwrap(), kept("38", 1));
    assert_eq!(repository.size_memory("other", &first).await.unwrap(), None, "another network's");
    repository.save().await.unwrap();
}

pub(super) async fn of_several_writers_one_changes_a_memory(database: &Database) {
    tenant(database).await;
    let holder = SizeHolder::of_customer("maison", "c-1");
    let write = |added: bool| {
        let database = database.clone();
        let holder = holder.clone();
        tokio::spawn(async move {
            let mut repository = database.write().await.unwrap();
            let written = if added {
                repository.add_size_memory(SITE, &holder, &remembers("38"), NOW).await.unwrap()
            } else {
                repository.change_size_memory("maison", &holder, (&remembers("40"), 1), NOW).await.unwrap()
            };
            repository.save().await.unwrap();
            written
        })
    };
    for (added, version) in [(true, 1), (false, 2)] {
        let mut written = Vec::new();
        for task in (0..6).map(|_| write(added)).collect::<Vec<_>>() {
            written.extend(task.await.unwrap());
        }
        assert_eq!(written, [version]);
    }
}

pub(super) async fn erased_memories_say_so_until_they_are_forgotten(database: &Database) {
    tenant(database).await;
    let holder = link(1);
    let mut repository = database.write().await.unwrap();
    repository.add_size_memory(SITE, &holder, &remembers("38"), NOW).await.unwrap();
    assert!(!repository.erase_size_memory("other", &holder, NOW).await.unwrap());
    assert!(repository.erase_size_memory("maison", &holder, NOW).await.unwrap());
    assert!(!repository.erase_size_memory("maison", &holder, NOW).await.unwrap(), "there is nothing");
    let erased = SizeMemory { household: None, version: 2, used_at: NOW };
    assert_eq!(repository.size_memory("maison", &holder).await.unwrap(), Some(erased));
    assert_eq!(
        repository.change_size_memory("maison", &holder, (&remembers("40"), 2), NOW).await.unwrap(),
        None
    );
    assert_eq!(repository.add_size_memory(SITE, &holder, &remembers("42"), NOW).await.unwrap(), Some(3));
    repository.use_size_memory("maison", &holder, NOW + DAY).await.unwrap();
    assert_eq!(repository.size_memory("maison", &holder).await.unwrap().unwrap().used_at, NOW + DAY);
    repository.add_size_memory(SITE, &link(2), &remembers("38"), NOW).await.unwrap();
    repository.erase_size_memory("maison", &link(2), NOW).await.unwrap();
    repository.use_size_memory("maison", &link(2), NOW + 2 * DAY).await.unwrap();
    assert_eq!(repository.forget_size_memories(NOW).await.unwrap(), 0);
    assert_eq!(repository.forget_size_memories(NOW + DAY).await.unwrap(), 1);
    assert_eq!(repository.size_memory("maison", &link(2)).await.unwrap(), None);
    assert_eq!(repository.forget_size_memories(NOW + DAY + 1).await.unwrap(), 1);
    repository.save().await.unwrap();
}
