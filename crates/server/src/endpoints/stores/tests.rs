use devanture_api::store::StorePage;

use crate::testing::{KEY, MINI_KEY, ORIGIN, TestApp};

fn codes(page: &StorePage) -> Vec<&str> {
    page.items.iter().map(|store| store.code.as_str()).collect()
}

async fn page(app: &TestApp, query: &str) -> StorePage {
    let answer = app.get(&format!("/v1/stores?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

#[tokio::test]
async fn nearest_first_with_distances() {
    let app = TestApp::new().await;
    let near = page(&app, "lat=47.2&lng=-1.55").await;
    assert_eq!(codes(&near), ["FR-NTE", "FR-PAR", "RE-STD", "FJ-SUV"]);
    assert_eq!((near.total, &near.next), (4, &None));
    let metres = near.items[0].distance_m.unwrap();
    assert!((1500.0..1800.0).contains(&metres), "{metres}");
    let origin = near.origin.unwrap();
    assert_eq!((origin.location.lat(), origin.label, origin.is_default), (47.2, None, false));
    // Samoa is beyond 180° from Fiji.
    assert_eq!(codes(&page(&app, "lat=-13.8&lng=-171.7&limit=1").await), ["FJ-SUV"]);
    assert_eq!(codes(&page(&app, "lat=-90&lng=0&limit=1").await), ["RE-STD"]);
}

#[tokio::test]
async fn nothing_asked_begins_at_the_centre() {
    let app = TestApp::new().await;
    let list = page(&app, "").await;
    let origin = list.origin.clone().unwrap();
    assert!(origin.is_default);
    assert_eq!(codes(&list)[0], "FR-PAR");
    assert!(list.items.iter().all(|store| store.distance_m.is_none()));
    let services: Vec<_> = list.services.iter().map(|l| (l.code.as_str(), l.name.as_str())).collect();
    assert_eq!(services, [("tailor", "Retouches")], "only what stores have");
    let english = page(&app, "lang=en-IE").await;
    assert_eq!(english.services[0].name, "Alterations");
    assert_eq!(page(&app, "lang=it").await.services[0].name, "Retouches");
    let brands: Vec<_> = list.brands.iter().map(|l| (l.code.as_str(), l.name.as_str())).collect();
    assert_eq!(brands, [("lin", "Lin & Co"), ("unnamed", "unnamed")]);
}

#[tokio::test]
async fn typed_places() {
    let app = TestApp::new().await;
    let near = page(&app, "q=NANTES").await;
    assert_eq!(codes(&near)[0], "FR-NTE");
    assert_eq!(near.origin.unwrap().label.as_deref(), Some("Nantes (FR)"));
    let by_name = page(&app, "q=maison%20saint%20denis&limit=1").await;
    assert_eq!(
        (codes(&by_name)[0], by_name.origin.as_ref().unwrap().label.as_deref()),
        ("RE-STD", Some("Maison Saint-Denis"))
    );
    let by_postcode = page(&app, "q=44000&limit=1").await;
    assert_eq!(codes(&by_postcode), ["FR-NTE"]);
    let unknown = page(&app, "q=zzzzzz").await;
    assert_eq!((unknown.origin, unknown.items.len()), (None, 4), "a list all the same");
}

#[tokio::test]
async fn filters() {
    let app = TestApp::new().await;
    let at = "lat=47.2&lng=-1.55";
    // 11:00 in Paris: open; 14:00 on Réunion: opens just now; 22:00 in Suva: open for the night.
    assert_eq!(
        codes(&page(&app, &format!("{at}&open_now=true")).await),
        ["FR-NTE", "FR-PAR", "RE-STD", "FJ-SUV"]
    );
    app.clock.advance_hours(2);
    let lunch = page(&app, &format!("{at}&open_now=true")).await;
    assert_eq!((codes(&lunch), lunch.total), (vec!["RE-STD", "FJ-SUV"], 2));
    assert_eq!(codes(&page(&app, &format!("{at}&services=tailor")).await), ["FR-NTE", "FR-PAR"]);
    assert_eq!(codes(&page(&app, &format!("{at}&services=tailor&brands=lin")).await), ["FR-NTE"]);
    assert_eq!(codes(&page(&app, &format!("{at}&brands=lin,unnamed")).await), ["FR-NTE"]);
    assert_eq!(page(&app, &format!("{at}&brands=nobody")).await.total, 0);
}

#[tokio::test]
async fn pages() {
    let app = TestApp::new().await;
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let one = page(&app, &format!("lat=47.2&lng=-1.55&limit=1{cursor}")).await;
        assert_eq!(one.total, 4);
        all.extend(codes(&one).into_iter().map(str::to_owned));
        match one.next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(all, ["FR-NTE", "FR-PAR", "RE-STD", "FJ-SUV"]);
}

#[tokio::test]
async fn just_these() {
    let app = TestApp::new().await;
    let these = page(&app, "codes=FJ-SUV,none,FR-NTE,FJ-SUV").await;
    assert_eq!((codes(&these), these.total, &these.next), (vec!["FJ-SUV", "FR-NTE"], 2, &None));
    let many = vec!["a"; 51].join(",");
    app.get(&format!("/v1/stores?codes={many}")).await.problem(400, "invalid_input");
}

#[tokio::test]
async fn a_mini_site_shows_its_own_store_only() {
    let app = TestApp::new().await;
    for query in ["", "lat=48.8&lng=2.3", "q=paris", "codes=FR-PAR,FR-NTE", "services=tailor"] {
        let list: StorePage = app.get_as(MINI_KEY, &format!("/v1/stores?{query}")).await.json();
        assert_eq!((codes(&list), list.total), (vec!["FR-NTE"], 1), "{query}");
        assert_eq!(list.services[0].name, "Alterations", "in the site's language");
    }
    let none: StorePage = app.get_as(MINI_KEY, "/v1/stores?services=none").await.json();
    assert_eq!(none.total, 0);
}

#[tokio::test]
async fn refused_parameters_are_named() {
    let app = TestApp::new().await;
    let long = format!("q={}", "a".repeat(10_000));
    for (query, field) in [
        ("lat=91&lng=0", "lat"),
        ("lat=NaN&lng=0", "lat"),
        ("lat=0&lng=inf", "lng"),
        ("lat=&lng=0", "lat"),
        ("lat=0", "lng"),
        ("lng=0", "lat"),
        ("lat=x&lng=0", "lat"),
        ("lat=0&lng=180.1", "lng"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("open_now=perhaps", "open_now"),
        ("cursor=garbage!", "cursor"),
        ("cursor=AAAA", "cursor"),
        ("cursor=f_gAAAAAAABB", "cursor"),
        ("lat=1&lat=2&lng=0", "lat"),
        (&long, "q"),
    ] {
        let problem = app.get(&format!("/v1/stores?{query}")).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{query} {problem:?}");
    }
    let swapped = app.get("/v1/stores?lat=139.7&lng=35.7").await.problem(400, "invalid_input");
    assert!(swapped.detail.unwrap().contains("swapped"));
    let long = app.get(&format!("/v1/stores?{long}")).await.problem(400, "invalid_input");
    assert!(long.detail.unwrap().contains("200"));
    let typed = "é".repeat(200);
    assert_eq!(app.get(&format!("/v1/stores?q={}", typed.replace('é', "%C3%A9"))).await.status, 200);
}

#[tokio::test]
async fn odd_texts_are_just_texts() {
    let app = TestApp::new().await;
    for typed in
        ["%F0%9F%91%97", "%27%20OR%201=1--", "%3Cimg%20src=x%20onerror=alert(1)%3E", "%FF%FE", "%00", "%"]
    {
        assert_eq!(page(&app, &format!("q={typed}")).await.origin, None, "{typed}");
    }
}

#[tokio::test]
async fn keys_and_origins() {
    let app = TestApp::new().await;
    app.get_plain("/v1/stores").await.problem(401, "key_missing");
    app.get_as("pk_short", "/v1/stores").await.problem(401, "key_malformed");
    app.get_as("pk_00000000000000000000000000none", "/v1/stores").await.problem(401, "key_unknown");
    app.get_plain("/v1/stores?key=%27").await.problem(401, "key_malformed");
    assert_eq!(app.get_plain(&format!("/v1/stores?key={KEY}&limit=1")).await.status, 200);

    let from = async |origin: &str| {
        app.send("GET", "/v1/stores", &[("devanture-key", KEY), ("origin", origin)], "").await
    };
    let allowed = from(ORIGIN).await;
    assert_eq!((allowed.status, allowed.header("access-control-allow-origin").as_str()), (200, ORIGIN));
    assert!(allowed.header("vary").contains("origin"));
    for origin in [
        "https://evil.example",
        "https://mini.example",
        "http://shop.example",
        "https://shop.example.evil",
        "null",
    ] {
        let refused = from(origin).await;
        refused.problem(403, "origin_not_allowed");
        // The code, and nothing else, can be read by the page that was refused.
        assert_eq!(refused.header("access-control-allow-origin"), origin);
        assert!(refused.header("vary").contains("origin"));
    }
    // Errors can be read where the key may be used.
    let headers = [("devanture-key", KEY), ("origin", ORIGIN)];
    let refused = app.send("GET", "/v1/stores?lat=91&lng=0", &headers, "").await;
    assert_eq!(refused.header("access-control-allow-origin"), ORIGIN);
}

#[tokio::test]
async fn preflights() {
    let app = TestApp::new().await;
    let ask = async |path: &str, origin: &str| {
        let headers = [("origin", origin), ("access-control-request-method", "POST")];
        app.send("OPTIONS", path, &headers, "").await
    };
    let path = "/v1/stores/FR-NTE/appointments";
    let yes = ask(path, ORIGIN).await;
    assert_eq!((yes.status, yes.header("access-control-allow-origin").as_str()), (204, ORIGIN));
    assert_eq!(yes.header("access-control-max-age"), "7200");
    for needed in ["devanture-key", "idempotency-key", "content-type"] {
        assert!(yes.header("access-control-allow-headers").contains(needed));
    }
    assert!(yes.header("access-control-allow-methods").contains("DELETE"));
    assert_eq!(ask(path, "https://evil.example").await.header("access-control-allow-origin"), "");
    let other_sites = ask(&format!("{path}?key={KEY}"), "https://mini.example").await;
    assert_eq!(other_sites.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn cached_by_tag_and_compressed_on_request() {
    let app = TestApp::new().await;
    let path = "/v1/stores?lat=47.2&lng=-1.55";
    let first = app.get(path).await;
    assert_eq!(first.header("content-encoding"), "");
    assert!(first.header("cache-control").starts_with("public, max-age=30"));
    let tag = first.header("etag");
    let again = app.send("GET", path, &[("devanture-key", KEY), ("if-none-match", &tag)], "").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    for encoding in ["br", "gzip"] {
        let headers = [("devanture-key", KEY), ("accept-encoding", encoding)];
        let small = app.send("GET", path, &headers, "").await;
        assert_eq!(
            (small.header("content-encoding").as_str(), small.header("etag")),
            (encoding, tag.clone())
        );
        assert!(small.body.len() < first.body.len() / 2);
        assert!(small.header("vary").contains("accept-encoding"), "{:?}", small.headers);
    }
}

#[tokio::test]
async fn everything_else_is_a_problem_too() {
    let app = TestApp::new().await;
    app.get("/v1/nothing").await.problem(404, "not_found");
    app.get_plain("/").await.problem(404, "not_found");
    let wrong = app.send("PUT", "/v1/stores", &[("devanture-key", KEY)], "").await;
    wrong.problem(405, "invalid_input");
    assert!(wrong.header("allow").contains("GET"));
    assert_eq!(app.send("HEAD", "/v1/stores", &[("devanture-key", KEY)], "").await.status, 200);
}

#[tokio::test]
async fn changes_are_shown_after_a_refresh() {
    let app = TestApp::new().await;
    let mut repository = app.database().write().await.unwrap();
    let mut store = repository.store("maison", "FR-NTE").await.unwrap().unwrap();
    "Maison Nantes Graslin".clone_into(&mut store.name);
    repository.put_store("maison", &store).await.unwrap();
    repository.save().await.unwrap();
    assert!(app.refresh().await);
    assert_eq!(page(&app, "codes=FR-NTE").await.items[0].name, "Maison Nantes Graslin");
}
