use serde_json::Value;

use crate::testing::TestApp;

const NANTES: &str = "/pages/shop/stores/maison-nantes-FR-NTE";

fn data(html: &str) -> Value {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[tokio::test]
async fn a_store_in_french() {
    let app = TestApp::new().await;
    let page = app.get_plain(NANTES).await;
    assert_eq!((page.status, page.header("content-type").as_str()), (200, "text/html; charset=utf-8"));
    let html = page.text();
    for part in [
        "<html lang=\"fr\">",
        "<title>Maison Nantes | Maison</title>",
        "<meta name=\"description\" content=\"Maison Nantes à Nantes\u{a0}: adresse, horaires",
        "<link rel=\"canonical\" href=\"http://localhost:4870/pages/shop/stores/maison-nantes-FR-NTE\">",
        "12, rue Crébillon",
        "tel:+33240000000",
        "lundi",
        "10:00\u{a0}–\u{a0}12:30, 14:00\u{a0}–\u{a0}19:00",
        "vendredi 25 décembre 2026",
        "Offre &lt;now&gt;",
        "−20 % &amp; plus",
        "Retouches",
        "Maison &quot;Rivoli&quot;",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("Offre &lt;past&gt;"), "a past offer");
}

#[tokio::test]
async fn linked_data_of_a_store() {
    let app = TestApp::new().await;
    let data = data(&app.get_plain(NANTES).await.text());
    assert_eq!(data["@type"], "ClothingStore");
    assert_eq!(data["address"]["addressLocality"], "Nantes");
    assert_eq!(data["geo"]["latitude"], 47.2131);
    assert_eq!(data["telephone"], "+33 2 40 00 00 00");
    assert!(data.get("aggregateRating").is_none());
    let hours = data["openingHoursSpecification"].as_array().unwrap();
    let monday: Vec<_> = hours.iter().filter(|h| h["dayOfWeek"] == "https://schema.org/Monday").collect();
    assert_eq!((monday.len(), &monday[1]["opens"]), (2, &Value::from("14:00")));
    assert!(hours.iter().all(|h| h["dayOfWeek"] != "https://schema.org/Sunday"));
    let christmas = hours.iter().find(|h| h["validFrom"] == "2026-12-25").unwrap();
    assert_eq!((&christmas["opens"], &christmas["closes"]), (&Value::from("00:00"), &Value::from("00:00")));
}

#[tokio::test]
async fn one_address_per_page() {
    let app = TestApp::new().await;
    for (wrong, right) in [
        ("/pages/shop/stores/FR-NTE", NANTES),
        ("/pages/shop/stores/old-name-FR-NTE", NANTES),
        ("/pages/shop/towns/FR/Nantes", "/pages/shop/towns/fr/nantes"),
        ("/pages/shop/towns/re/Saint%20Denis", "/pages/shop/towns/re/saint-denis"),
    ] {
        let moved = app.get_plain(wrong).await;
        assert_eq!(moved.status, 301, "{wrong}");
        assert_eq!(moved.header("location"), format!("http://localhost:4870{right}"));
        assert_eq!(app.get_plain(right).await.status, 200, "{right}");
    }
    app.get_plain("/pages/shop/stores/nowhere").await.problem(404, "store_not_found");
    app.get_plain("/pages/shop/towns/fr/nowhere").await.problem(404, "not_found");
    app.get_plain("/pages/nobody").await.problem(404, "not_found");
}

#[tokio::test]
async fn the_directory_names_countries_in_the_sites_language() {
    let html = TestApp::new().await.get_plain("/pages/shop").await.text();
    for part in
        ["4 magasins", "<h2>Fidji</h2>", "<h2>France</h2>", "/pages/shop/towns/fj/suva", ">Saint-Denis</a>"]
    {
        assert!(html.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_mini_site_has_pages_of_its_own_store_only() {
    let app = TestApp::new().await;
    let page = app.get_plain("/pages/mini/stores/maison-nantes-FR-NTE").await.text();
    assert!(page.contains("<html lang=\"en\">") && page.contains("Monday") && page.contains("Alterations"));
    assert!(!page.contains("Rivoli"), "no other store is linked");
    app.get_plain("/pages/mini/stores/paris-maison-rivoli-FR-PAR").await.problem(404, "store_not_found");
    app.get_plain("/pages/mini/towns/fr/paris").await.problem(404, "not_found");
    let all = app.get_plain("/pages/mini").await.text();
    assert!(all.contains("1 store<") && !all.contains("Paris"));
}

#[tokio::test]
async fn every_page_of_the_sitemap_is_there_and_is_canonical() {
    let app = TestApp::new().await;
    let map = app.get_plain("/pages/shop/sitemap.xml").await;
    assert_eq!(map.header("content-type"), "application/xml");
    let text = map.text();
    let urls: Vec<&str> =
        text.lines().filter_map(|l| l.strip_prefix("<url><loc>")?.strip_suffix("</loc></url>")).collect();
    assert_eq!(urls.len(), 9, "a directory, four stores, four towns");
    for url in urls {
        let page = app.get_plain(url.strip_prefix("http://localhost:4870").unwrap()).await;
        assert_eq!(page.status, 200, "{url}");
        assert!(page.text().contains(&format!("<link rel=\"canonical\" href=\"{url}\">")), "{url}");
    }
}

#[tokio::test]
async fn pages_are_checked_by_tag() {
    let app = TestApp::new().await;
    let tag = app.get_plain(NANTES).await.header("etag");
    assert_eq!(app.send("GET", NANTES, &[("if-none-match", &tag)], "").await.status, 304);
}
