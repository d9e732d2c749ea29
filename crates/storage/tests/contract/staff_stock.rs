//! What sellers find and count.

use devanture_domain::stock::StockSource;
use devanture_storage::{Counted, Database, Product, StaffCount, StockMove};

use super::{
    network::tenant,
    stock::{count, level, put},
};

fn counted(id: &str, on_hand: u32, seen: Option<(u32, i64)>, counted_at: i64) -> StaffCount<'_> {
    StaffCount {
        id,
        sku: "A",
        location_code: "FR-1",
        on_hand,
        seen,
        reason: "counted",
        counted_at,
        heard_at: counted_at,
    }
}

async fn by_staff(database: &Database, count: &StaffCount<'_>) -> Counted {
    let mut repository = database.write().await.unwrap();
    let counted = repository.count_by_staff("maison", count).await.unwrap();
    repository.save().await.unwrap();
    counted
}

pub(super) async fn products_by_their_words(database: &Database) {
    tenant(database).await;
    let product =
        |id: &str, name: &str| Product { id: id.to_owned(), name: name.to_owned(), ..Product::default() };
    let mut repository = database.write().await.unwrap();
    let all: Vec<Product> = (0..120).map(|n| product(&format!("P{n:03}"), &format!("Jupe {n}"))).collect();
    repository.put_products("maison", &all).await.unwrap();
    repository.put_products("maison", &[product("E", "Écharpe d’Été"), product("Z", "Zèbre")]).await.unwrap();
    let mut found = async |typed: &str| repository.products_named("maison", typed, 3).await.unwrap();
    assert_eq!(found("ECH ete").await, ["E"]);
    assert_eq!(found("zebre").await, ["Z"]);
    assert_eq!(found("jup 11").await, ["P011", "P110", "P111"]);
    assert_eq!(found("p11").await, ["P110", "P111", "P112"], "by the beginning of the id");
    assert_eq!(found("harpe").await, [""; 0], "words are found by how they begin");
    assert_eq!(found("'; --").await, [""; 0]);
    // Renamed, it is found by its new name alone.
    repository.put_products("maison", &[product("Z", "Tigre")]).await.unwrap();
    assert_eq!(repository.products_named("maison", "zebre", 3).await.unwrap(), [""; 0]);
    assert_eq!(repository.products_named("maison", "tigre", 3).await.unwrap(), ["Z"]);
    assert_eq!(repository.products_named("other", "tigre", 3).await.unwrap(), [""; 0]);
}

pub(super) async fn a_count_by_staff_is_a_count(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 5, 100)]).await;
    let mut repository = database.write().await.unwrap();
    let sold = StockMove {
        source: "till",
        sequence: "1",
        sku: "A",
        location_code: "FR-1",
        delta: -1,
        moved_at: 300,
    };
    repository.put_move("maison", &sold).await.unwrap();
    repository.save().await.unwrap();
    let first = counted("one", 9, Some((5, 100)), 200);
    let Counted::Done(Some(before), after) = by_staff(database, &first).await else {
        panic!("not taken over")
    };
    assert_eq!((before.stock.level.on_hand, after.stock.level.on_hand, after.based_at), (4, 8, 200));
    assert!(matches!(by_staff(database, &first).await, Counted::Again(now) if now == after));
    assert!(matches!(by_staff(database, &StaffCount { on_hand: 1, ..first }).await, Counted::IdReused));
    assert_eq!(by_staff(database, &counted("two", 3, Some((5, 100)), 400)).await, Counted::Changed);
    put(database, &[count("A", "FR-1", 30, 150)]).await;
    assert_eq!(level(database, "A", "FR-1").await.on_hand, 8, "a feed from before the count");
    // A clock that was set back: what was seen was there before.
    let back = counted("three", 2, Some((8, 200)), 50);
    let Counted::Done(_, after) = by_staff(database, &back).await else { panic!("not taken over") };
    assert_eq!((after.stock.level.on_hand, after.based_at), (1, 200));
    assert_eq!(after.stock.level.source, StockSource::Count);
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.forget_staff_counts(201).await.unwrap(), 2);
}

pub(super) async fn of_two_counts_at_once_one_holds(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 5, 100)]).await;
    let counts = (0..8u32).map(|n| async move {
        let id = format!("count-{n}");
        by_staff(database, &counted(&id, n + 10, Some((5, 100)), 200 + i64::from(n))).await
    });
    let all = futures_util::future::join_all(counts).await;
    let held = all.iter().filter(|one| matches!(one, Counted::Done(..))).count();
    assert_eq!((held, all.iter().filter(|one| **one == Counted::Changed).count()), (1, 7));
}
