//! The shop as a visitor walks it: from the front page along every link.

use std::collections::BTreeSet;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use devanture_demo::Origins;
use devanture_domain::civil::Date;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::app::{self, SharedShop, Shop};

const API: &str = "https://api.example";

fn state() -> SharedShop {
    let origins =
        Origins { shop: "https://shop.example".into(), mini_site: "https://guerande.example".into() };
    let today = Date::parse("2026-12-01").expect("a date");
    Shop::new(API.into(), ("pk_shop".into(), "pk_mini".into()), origins, today, true)
}

async fn get(app: &Router, path: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = app.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).expect("text"))
}

/// Values of `href` and `src` that stay on the site, without fragments.
fn links(page: &str) -> BTreeSet<String> {
    [" href=\"", " src=\""]
        .into_iter()
        .flat_map(|name| page.split(name).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.starts_with('/'))
        .map(|link| link.split('#').next().unwrap_or(link).replace("&amp;", "&"))
        .collect()
}

async fn walk(app: &Router) -> BTreeSet<String> {
    let mut seen = BTreeSet::from(["/".to_owned()]);
    let mut next = vec!["/".to_owned()];
    while let Some(path) = next.pop() {
        let (status, headers, body) = get(app, &path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        let html = headers[header::CONTENT_TYPE].to_str().is_ok_and(|kind| kind.starts_with("text/html"));
        if html {
            assert!(!body.contains("style=\""), "{path} has inline style, which its policy forbids");
            next.extend(links(&body).into_iter().filter(|link| seen.insert(link.clone())));
        }
    }
    seen
}

#[tokio::test]
async fn every_link_of_the_shop_leads_somewhere() {
    let seen = walk(&app::shop(state())).await;
    for path in ["/en/", "/femme", "/en/women", "/magasins/1190", "/en/stores/1001", "/panier", "/en/legal"] {
        assert!(seen.contains(path), "{path} is not linked from anywhere");
    }
    assert!(seen.len() > 190 * 2 + 40 * 2, "{}", seen.len());
}

#[tokio::test]
async fn every_link_of_the_mini_site_leads_somewhere() {
    let seen = walk(&app::mini_site(state())).await;
    assert!(seen.contains("/confidentialite") && seen.contains("/articles?rayon=enfant"));
    assert!(seen.iter().filter(|path| path.starts_with("/produit/")).count() > 40, "{seen:?}");
}

#[tokio::test]
async fn the_mini_site_shows_what_its_store_has_and_nothing_else() {
    let state = state();
    let mini = app::mini_site(state.clone());
    let (_, _, page) = get(&mini, "/produit/pull-marin-ouessant").await;
    assert!(
        page.contains(r#"<link rel="canonical" href="https://shop.example/produit/pull-marin-ouessant">"#),
        "{page}"
    );
    assert!(page.contains("product-id=\"pull-marin-ouessant\"") && !page.contains("data-buy"));
    let not_there = devanture_demo::catalogue::products().find(|product| !state.assortment.contains(product));
    let path = format!("/produit/{}", not_there.expect("a product that it does not have").slug);
    for path in [&*path, "/produit/rien", "/en/"] {
        let (status, _, page) = get(&mini, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.contains("Nous n’avons pas cela") && page.contains(r#"class="mini""#), "{path}");
    }
}

#[tokio::test]
async fn the_locator_is_one_script_tag_with_the_sites_own_key() {
    let (_, headers, page) = get(&app::shop(state()), "/magasins").await;
    assert_eq!(page.matches("/devanture.js").count(), 1);
    assert!(page.contains(r#"src="https://api.example/devanture.js" data-site-key="pk_shop""#));
    let locator = page.split("<devanture-store-locator").nth(1).expect("a locator");
    assert!(locator.contains(r#"store-url="/magasins/{code}""#));
    assert!(locator.contains(r#"href="/magasins/1014""#), "the fallback links to stores' pages");
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
    assert!(policy.contains("script-src 'self' https://api.example 'wasm-unsafe-eval'"));
    let (_, _, mini) = get(&app::mini_site(state()), "/").await;
    assert!(mini.contains(r#"data-site-key="pk_mini""#));
}

fn json_ld(page: &str) -> Value {
    let text = page.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    serde_json::from_str(text.expect("JSON-LD")).expect("JSON")
}

#[tokio::test]
async fn products_and_stores_are_described_for_search_engines() {
    let app = app::shop(state());
    let (_, _, page) = get(&app, "/produit/robe-portefeuille-irma").await;
    let product = json_ld(&page);
    assert_eq!(product["@type"], "Product");
    assert_eq!(product["offers"][0]["price"], "99.00");
    assert_eq!(product["offers"].as_array().map(Vec::len), Some(21), "three colours in seven sizes");
    let (_, _, page) = get(&app, "/magasins/1137").await;
    let store = json_ld(&page);
    assert_eq!(store["@type"], "ClothingStore");
    assert!(store.get("aggregateRating").is_none(), "no self-serving stars");
    let closed = store["specialOpeningHoursSpecification"].as_array().expect("special days");
    assert!(closed.iter().any(|day| day["validFrom"] == "2026-12-25" && day["closes"] == "00:00"));
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_visitors_language() {
    let app = app::shop(state());
    for (path, words) in [
        ("/produit/rien", "décousue"),
        ("/en/product/nothing", "unstitched"),
        ("/magasins/9999", "décousue"),
        ("/en/nowhere", "unstitched"),
        ("/%3Cscript%3E", "décousue"),
    ] {
        let (status, _, page) = get(&app, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.contains(words), "{path}");
    }
    for path in ["/img/nothing.svg", "/img/robe-augustine.mauve.svg", "/img/robe-augustine.sapin.png"] {
        assert_eq!(get(&app, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_colour_or_section_that_is_unknown_is_ignored() {
    let app = app::shop(state());
    for path in ["/produit/robe-augustine?couleur=%22%3E%3Cb%3E", "/femme?rayon=%22%3E%3Cb%3E"] {
        let (status, _, page) = get(&app, path).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!page.contains("<b>"));
    }
}

#[tokio::test]
async fn the_tills_are_stopped_and_started_from_any_page() {
    let state = state();
    let shop = app::shop(state.clone());
    let press = async |path: &str| {
        let request = Request::post(path).body(Body::empty()).expect("a request");
        let response = shop.clone().oneshot(request).await.expect("an answer");
        response.headers()[header::LOCATION].to_str().expect("an address").to_owned()
    };
    let (_, _, page) = get(&shop, "/en/women").await;
    assert!(
        page.contains("stock moves by itself") && page.contains("/caisses?on=false&amp;back=/en/women"),
        "{page}"
    );
    assert_eq!(press("/caisses?on=false&back=/en/women").await, "/en/women");
    let (_, _, page) = get(&shop, "/femme").await;
    assert!(page.contains("arrêtées") && page.contains("/caisses?on=true&amp;back=/femme"), "{page}");
    for elsewhere in ["//evil.example", "https://evil.example", "/%5Cevil.example"] {
        assert_eq!(press(&format!("/caisses?on=true&back={elsewhere}")).await, "/");
    }
}
