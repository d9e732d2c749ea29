//! Files of what was sold and came back.

use std::io::Cursor;

use devanture_domain::size::Sales;
use devanture_storage::{Database, FeedKind, FeedState};

use super::{Done, NOW, database, products, target};
use crate::{
    Mapping,
    import::{BadRow, import_sales},
};

const MORE: &str = "sku,product_id,name,size,colour\nROBE-38-R,ROBE,Robe,38,rouge\nSAC,SAC,Sac,,noir\nJUPE-36,JUPE,Jupe,36,noir\n";

async fn sales(database: &Database, text: &str) -> Done {
    let mapping = Mapping { negative_is_zero: true, ..Mapping::default() };
    let target = target(database, &mapping, &|| NOW);
    let mut bad = Vec::new();
    let file = Cursor::new(text.as_bytes().to_vec());
    let done = import_sales(target, file, |row: BadRow| bad.push(row.to_string())).await;
    (done, bad)
}

/// `ROBE 38: sold, returned, too small, too large`
async fn sold(database: &Database) -> Vec<String> {
    let known = database.read().await.unwrap().size_sales("t", &["ROBE", "JUPE", "SAC"]).await.unwrap();
    let line = |one: devanture_storage::SizeSales| {
        let Sales { sold, returned, too_small, too_large } = one.sales;
        format!("{} {}: {sold}, {returned}, {too_small}, {too_large}", one.product_id, one.size)
    };
    known.into_iter().map(line).collect()
}

#[tokio::test]
async fn sales_of_all_colours_are_one_sum_and_a_second_file_replaces_its_products() {
    let file = database().await;
    products(&file.database, MORE).await.0.unwrap();
    let text = "sku;sold;returned;returned_too_small;returned_too_large\nrobe-38;100;10;6;2\nROBE-38-R;20;4;;1\n\
                robe-40;50;5;0;0\nSAC;9;1;0;0\nJUPE-36;0;0;0;0\n";
    let (done, bad) = sales(&file.database, text).await;
    assert_eq!((done.unwrap().rows, bad), (5, vec![]));
    assert_eq!(sold(&file.database).await, ["ROBE 38: 120, 14, 6, 3", "ROBE 40: 50, 5, 0, 0"]);
    let json = r#"[{"product_id":"jupe","size":"36","sold":30,"returned":3}]"#;
    assert_eq!(sales(&file.database, json).await.1, Vec::<String>::new());
    let before = ["JUPE 36: 30, 3, 0, 0", "ROBE 38: 120, 14, 6, 3", "ROBE 40: 50, 5, 0, 0"];
    assert_eq!(sold(&file.database).await, before, "of other products nothing changes");
    sales(&file.database, "sku,sold,returned\nROBE-40,60,6\n").await.0.unwrap();
    let after = ["JUPE 36: 30, 3, 0, 0", "ROBE 40: 60, 6, 0, 0"];
    assert_eq!(sold(&file.database).await, after, "what it leaves out of a product that it names is gone");
}

#[tokio::test]
async fn bad_rows_of_sales_are_told_and_their_sizes_stay() {
    let file = database().await;
    products(&file.database, MORE).await.0.unwrap();
    sales(&file.database, "sku,sold,returned\nROBE-38,40,4\nROBE-40,70,7\nJUPE-36,9,0\n").await.0.unwrap();
    let text = "sku,product_id,size,sold,returned,too small,too large\nROBE-38,,,50,5,0,0\nROBE-38-R,,,-3,0,0,0\nROBE-40,,,80,8,8,0\n\
                robe-40,,,80,8,8,0\nNOPE,,,1,0,0,0\n,ROBE,40,1,0,0,0\n,ROBE,42,1,0,0,0\n,NOPE,36,1,0,0,0\n,JUPE,,1,0,0,0\n\
                JUPE-36,,,1e18,0,0,0\n,,,1,0,0,0\nJUPE-36,,,1,0,0,0\nSAC,,,1,2,0,0\nROBE-40,,\nSAC,,,,0,0,0\n\
                ROBE\u{200b},,,1,0,0,0\n";
    let (done, bad) = sales(&file.database, text).await;
    let done = done.unwrap();
    assert_eq!((done.rows, done.bad), (16, 14));
    let expected = [
        "3: sold: \"-3\" is below nothing; write how many there were, without a minus",
        "5: sku: was on line 4 already",
        "6: sku: there is no variant NOPE; import its product first",
        "7: size: was on line 4 already",
        "8: size: ROBE is made in 38, 40 only",
        "9: product_id: there is no product NOPE with sizes",
        "10: size: is empty",
        "11: sold: \"1e18\" is not a whole number",
        "12: sku: is empty",
        "13: sku: was on line 11 already",
        "14: returned: 2 is more than the 1 that were sold",
        "15: has 3 cells",
        "16: sold: is empty; write 0 for none",
        "17: sku: holds the character U+200B",
    ];
    assert_eq!(bad.len(), expected.len(), "{bad:#?}");
    for (expected, told) in expected.iter().zip(&bad) {
        assert!(told.starts_with(expected), "{told}, not {expected}");
    }
    let after = ["JUPE 36: 9, 0, 0, 0", "ROBE 38: 40, 4, 0, 0", "ROBE 40: 80, 8, 8, 0"];
    assert_eq!(sold(&file.database).await, after, "a sum without a colour would be wrong");
    let (done, bad) =
        sales(&file.database, "sku,sold,returned,toosmall,toolarge\nROBE-38,9,5,3,3\nROBE-40,9,5,6,0\n")
            .await;
    assert_eq!((done.unwrap().bad, bad.len()), (2, 2));
    assert!(
        bad[0].starts_with("2: toolarge: too small and too large are 6 together, and 5 came back"),
        "{bad:?}"
    );
    assert!(bad[1].starts_with("3: toosmall: "), "{bad:?}");
    assert_eq!(sold(&file.database).await, after);
}

#[tokio::test]
async fn sales_that_break_off_change_nothing() {
    let file = database().await;
    sales(&file.database, "sku,sold,returned\nROBE-38,40,4\n").await.0.unwrap();
    for text in [
        "[{\"sku\":\"ROBE-38\",\"sold\":1,\"returned\":1},",
        "sku,sold,returned\nROBE-38,1,1\n\"ROBE-40,2,2\n",
    ] {
        let refused = sales(&file.database, text).await.0.unwrap_err().to_string();
        assert!(refused.contains("nothing of it was taken in"), "{text}: {refused}");
    }
    for (text, part) in [
        ("sku,sold\nROBE-38,1\n", "no column returned"),
        ("sold,returned\n1,1\n", "no column sku or product_id"),
    ] {
        let refused = sales(&file.database, text).await.0.unwrap_err().to_string();
        assert!(refused.contains(part), "{text}: {refused}");
    }
    assert_eq!(sold(&file.database).await, ["ROBE 38: 40, 4, 0, 0"]);
    let runs = file.database.read().await.unwrap().feed_runs("t", None, 9).await.unwrap();
    assert_eq!(runs.iter().filter(|run| run.kind == FeedKind::Sales).count(), 5);
    assert!(runs[..4].iter().all(|run| run.state == FeedState::Refused && run.reason.is_some()));
}
