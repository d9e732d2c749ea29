use devanture_api::{
    availability::AvailabilityPage,
    feed::FeedReport,
    moves::{StockMoveResult, StockMovesAnswer},
};
use devanture_domain::staff::KeyScope;
use serde_json::{Value, json};

use crate::testing::{Answer, KEY, TestApp};

const MOVES: &str = "/admin/v1/stock/moves";

async fn app() -> (TestApp, String) {
    let app = TestApp::new().await;
    let authorization = format!("Bearer {}", app.add_key(&[KeyScope::Feeds]).await);
    let headers = [("authorization", authorization.as_str()), ("content-type", "text/csv")];
    let products = "sku,product_id,name,size\nrobe-38,robe,Robe,38\nrobe 40,robe,Robe,40\n";
    let done = app.send("POST", "/admin/v1/feeds/products", &headers, products).await;
    assert_eq!(done.json::<FeedReport>().feed.bad_rows, 0);
    (app, authorization)
}

async fn post((app, authorization): &(TestApp, String), body: &Value) -> Answer {
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    app.send("POST", MOVES, &headers, &body.to_string()).await
}

fn results(answer: &Answer) -> (Vec<StockMoveResult>, Option<u64>) {
    let answer: StockMovesAnswer = answer.json();
    (answer.items.into_iter().map(|item| item.result).collect(), answer.missing_from)
}

#[tokio::test(flavor = "multi_thread")]
async fn at_once_visible_to_shoppers() {
    use StockMoveResult::{AlreadyKnown, Applied, OlderThanCount};
    let app = app().await;
    let now = app.0.clock.midnight();
    let sold = json!({"sequence": 8, "sku": " Robe-38", "location": "fr-nte ", "change": -2, "at": now - 5});
    let counted = json!({"sequence": 5, "sku": "ROBE-38", "location": "FR-NTE", "counted": 6, "at": now - 9});
    let older = json!({"sequence": 6, "sku": "ROBE-38", "location": "FR-NTE", "change": 3, "at": now - 20});
    let batch = json!({"source": "till 3", "items": [sold, counted, older, sold]});
    let answer = post(&app, &batch).await;
    assert_eq!(results(&answer), (vec![Applied, Applied, OlderThanCount, AlreadyKnown], Some(7)));
    assert_eq!(results(&post(&app, &batch).await).0, [AlreadyKnown; 4]);
    let page: AvailabilityPage = app.0.get("/v1/availability?items=ROBE-38").await.json();
    let told = serde_json::to_string(&page).unwrap();
    let mut repository = app.0.database().read().await.unwrap();
    let stock = repository.stock_at("maison", "ROBE-38", "FR-NTE").await.unwrap().unwrap();
    assert_eq!((stock.level.on_hand, stock.level.counted_at), (4, now - 5));
    assert!(told.contains("FR-NTE") && told.contains(&format!("\"counted_at\":{}", now - 5)), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_item_is_judged_alone() {
    use StockMoveResult::{Applied, Refused, UnknownLocation, UnknownSku};
    let app = app().await;
    let now = app.0.app().now();
    let item = |sequence: u64, more: Value| {
        let mut item = json!({"sequence": sequence, "sku": "robe-38", "location": "FR-NTE", "at": now});
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item
    };
    let bad = [
        item(2, json!({"sku": "nope", "change": 1})),
        item(3, json!({"sku": "ro\u{200b}be", "change": 1})),
        item(4, json!({"location": "nope", "change": 1})),
        item(5, json!({"counted": -1})),
        item(6, json!({"counted": 1e18})),
        item(7, json!({"change": -1e18})),
        item(8, json!({"change": 1.5})),
        item(9, json!({"change": 1, "counted": 1})),
        item(10, json!({})),
        item(11, json!({"change": 1, "at": now + 60_001})),
        item(12, json!({"change": 1, "at": -1})),
        item(0, json!({"change": 1})),
        item(1 << 53, json!({"change": 1})),
    ];
    let mut items = vec![item(1, json!({"counted": 5}))];
    items.extend(bad);
    items.push(item(13, json!({"change": 2, "sku": "Robe \u{a0} 40"})));
    let answer = post(&app, &json!({"source": "till", "items": items})).await;
    let expected =
        [[Applied, UnknownSku, UnknownSku, UnknownLocation].as_slice(), &[Refused; 10], &[Applied]].concat();
    let (found, missing_from) = results(&answer);
    assert_eq!((&found, missing_from), (&expected, Some(2)), "what was not taken over is missed");
    for item in answer.json::<StockMovesAnswer>().items {
        assert_eq!(item.reason.is_some(), item.result != Applied, "{item:?}");
    }
    // The product comes late; the same number counts then.
    let headers = [("authorization", app.1.as_str()), ("content-type", "text/csv")];
    app.0
        .send("POST", "/admin/v1/feeds/products", &headers, "sku,name\nnope,Late\n")
        .await
        .json::<FeedReport>();
    let again = json!({"source": "till", "items": [item(2, json!({"sku": "nope", "change": 1}))]});
    assert_eq!(results(&post(&app, &again).await), (vec![Applied], Some(3)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_batch() {
    let app = app().await;
    let item = json!({"sequence": 1, "sku": "robe-38", "location": "FR-NTE", "change": 1, "at": 1});
    let many = |count: usize| json!({"source": "till", "items": vec![item.clone(); count]});
    assert_eq!(post(&app, &many(1_000)).await.status, 200);
    for (body, field) in [
        (many(1_001), "items"),
        (many(0), "items"),
        (json!({"source": "", "items": [item]}), "source"),
        (json!({"source": "a\u{0}", "items": [item]}), "source"),
        (json!({"items": [item]}), "source"),
        (json!({"source": "till", "items": [{"sequence": -1}]}), "items[0].sequence"),
        (
            json!({"source": "till", "items": [{"sequence": 1, "sku": "a", "location": "b", "at": 1e18}]}),
            "items[0].at",
        ),
    ] {
        assert_eq!(post(&app, &body).await.problem(400, "invalid_input").field.as_deref(), Some(field));
    }
    let headers = [("authorization", app.1.as_str()), ("content-type", "application/json")];
    app.0.send("POST", MOVES, &headers, &" ".repeat(2 << 20)).await.problem(413, "too_large");
    let headers = [("authorization", app.1.as_str()), ("content-type", "text/csv")];
    app.0.send("POST", MOVES, &headers, "x").await.problem(400, "invalid_input");
    let nothing = (app.0, format!("Bearer {KEY}"));
    post(&nothing, &many(1)).await.problem(401, "key_malformed");
    let scopeless = format!("Bearer {}", nothing.0.add_key(&[]).await);
    post(&(nothing.0, scopeless), &many(1)).await.problem(403, "forbidden");
}
