use devanture_api::{
    size::{SizeRange, SizeRow},
    staff_size::{KeptSizeChart, SizeCharts},
};
use devanture_domain::staff::Role;

use crate::testing::{LOGIN, PASSWORD, TestApp};

const PATH: &str = "/admin/v1/size-charts";

fn row(size: &str, dimension: &str, from_mm: u16, to_mm: u16) -> SizeRow {
    SizeRow {
        size: size.to_owned(),
        body: vec![SizeRange { dimension: dimension.to_owned(), from_mm, to_mm }],
    }
}

fn chart(rows: Vec<SizeRow>) -> String {
    seen(rows, None)
}

fn seen(rows: Vec<SizeRow>, revision: Option<i64>) -> String {
    let (brand, category) = (Some("Lormelle".to_owned()), Some("women".to_owned()));
    serde_json::to_string(&KeptSizeChart { brand, category, rows, revision }).unwrap()
}

#[tokio::test]
async fn put_read_and_removed() {
    let app = TestApp::with_staff(Role::HeadOffice, &[]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let body = chart(vec![row(" 38 ", "chest", 840, 880), row("40", "chest", 880, 920)]);
    let put: KeptSizeChart = app.send_with(&cookie, "PUT", PATH, &body).await.json();
    assert_eq!(put.rows[0].size, "38");
    let all: SizeCharts = app.get_with(&cookie, PATH).await.json();
    assert_eq!(all.items, [put]);
    assert!(app.audited().await.iter().any(|action| action == "size_chart.put"));
    let gone = app.send_with(&cookie, "DELETE", &format!("{PATH}?brand=LORMELLE&category=women"), "").await;
    assert_eq!(gone.status, 204, "{}", gone.text());
    app.send_with(&cookie, "DELETE", PATH, "").await.problem(404, "size_chart_not_found");
}

#[tokio::test]
async fn what_somebody_else_has_changed_is_not_overwritten() {
    let app = TestApp::with_staff(Role::HeadOffice, &[]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let put = async |size: &str, revision| {
        let body = seen(vec![row(size, "chest", 840, 880)], revision);
        app.send_with(&cookie, "PUT", PATH, &body).await
    };
    let first: KeptSizeChart = put("38", Some(0)).await.json();
    put("40", Some(0)).await.problem(409, "changed_meanwhile");
    let second: KeptSizeChart = put("40", first.revision).await.json();
    assert_ne!(second.revision, first.revision);
    put("42", first.revision).await.problem(409, "changed_meanwhile");
    let of = format!("{PATH}?brand=lormelle&category=women&revision=");
    let remove = async |revision: Option<i64>| {
        app.send_with(&cookie, "DELETE", &format!("{of}{}", revision.unwrap()), "").await
    };
    remove(first.revision).await.problem(409, "changed_meanwhile");
    assert_eq!(app.get_with(&cookie, PATH).await.json::<SizeCharts>().items, std::slice::from_ref(&second));
    // Programs that know of no revisions replace what there is.
    let third: KeptSizeChart = put("44", None).await.json();
    remove(second.revision).await.problem(409, "changed_meanwhile");
    assert_eq!(remove(third.revision).await.status, 204);
    remove(third.revision).await.problem(404, "size_chart_not_found");
    put("46", third.revision).await.problem(409, "changed_meanwhile");
}

#[tokio::test]
async fn what_is_wrong_is_told_at_once() {
    let app = TestApp::with_staff(Role::HeadOffice, &[]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    for (rows, said) in [
        (
            vec![row("38", "chest", 840, 860), row("40", "chest", 900, 920)],
            "a gap between 38 and 40 in chest",
        ),
        (vec![row("38", "chest", 840, 900), row("40", "chest", 880, 920)], "38 and 40 overlap in chest"),
        (vec![row("38", "tail", 840, 900)], "“tail” is not measured: use height, chest"),
        (vec![row("rouge", "chest", 33, 36)], "“rouge” is not a size"),
        (vec![], "no size with a measurement"),
    ] {
        let problem = app.send_with(&cookie, "PUT", PATH, &chart(rows)).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some("rows"));
        assert!(problem.detail.as_deref().is_some_and(|detail| detail.contains(said)), "{problem:?}");
    }
    assert_eq!(app.get_with(&cookie, PATH).await.json::<SizeCharts>().items, []);
}

#[tokio::test]
async fn for_head_office() {
    let app = TestApp::with_staff(Role::StoreManager, &["FR-NTE"]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let body = chart(vec![row("38", "chest", 840, 880)]);
    for (method, body) in [("GET", ""), ("PUT", &*body), ("DELETE", "")] {
        app.send_with(&cookie, method, PATH, body).await.problem(403, "forbidden");
    }
}
