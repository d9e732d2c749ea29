use super::words::Words;
use crate::testing::{KEY, TestApp};

async fn view(app: &TestApp, query: &str, accepted: &str) -> String {
    let headers = [("devanture-key", KEY), ("accept-language", accepted)];
    let answer = app.send("GET", &format!("/v1/ssr/store-locator?{query}"), &headers, "").await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(answer.header("vary").contains("accept-language"), "{:?}", answer.headers);
    answer.text()
}

#[tokio::test]
async fn the_list_in_french() {
    let app = TestApp::new().await;
    // 11:00 in Paris.
    let html = view(&app, "lang=fr&utc_offset=60&limit=3", "").await;
    for part in [
        "<div class=\"root first\" part=\"root\" inert aria-busy=\"true\">",
        ">4 magasins</p>",
        "Ouvert maintenant</button>",
        "Retouches</button>",
        ">Maison &quot;Rivoli&quot;</button>",
        "<strong>Ouvert</strong> · jusqu’à 12:30<",
        "12, rue Crébillon, 44000 Nantes",
        "<span>Offre &lt;now&gt;</span>",
        "Afficher plus de magasins</button>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    // Distances from the site's centre would mean nothing.
    assert!(!html.contains("class=\"distance\""));
    assert!(!html.contains("Offre &lt;past&gt;"));
}

#[tokio::test]
async fn the_shoppers_own_variety_of_english() {
    let app = TestApp::new().await;
    let at = "lang=en&lat=47.2&lng=-1.55";
    let british = view(&app, at, "fr;q=0.5, en-GB, en;q=0.9").await;
    assert!(british.contains("until 12:30") && british.contains("1 mi<"), "{british}");
    let american = view(&app, at, "en-US").await;
    assert!(american.contains("until 12:30 PM"), "{american}");
    let irish = view(&app, at, "en-IE").await;
    assert!(irish.contains(">1.7 km<") && irish.contains(">9,470 km<"), "{irish}");
    let closed = async |hours| {
        app.clock.advance_hours(hours);
        view(&app, "lang=en-GB&codes=FR-NTE", "").await
    };
    assert!(closed(2).await.contains("<strong>Closed</strong> · opens at 14:00"));
    assert!(closed(7).await.contains("<strong>Closed</strong> · opens "));
}

#[tokio::test]
async fn times_of_another_clock_are_marked() {
    let app = TestApp::new().await;
    let marked = "(local time)";
    let query = |offset: &str| format!("lang=en-GB&codes=FR-NTE{offset}");
    assert!(!view(&app, &query("&utc_offset=60"), "").await.contains(marked));
    assert!(view(&app, &query("&utc_offset=-300"), "").await.contains(marked));
    assert!(!view(&app, &query(""), "").await.contains(marked), "not known");
}

#[tokio::test]
async fn no_view_where_it_could_differ() {
    let app = TestApp::new().await;
    let get = async |query: &str| app.get(&format!("/v1/ssr/store-locator?{query}")).await;
    for lang in ["de", "fr-CA", "en-IN", "", "%27%22%3C"] {
        assert_eq!(get(&format!("lang={lang}")).await.status, 204, "{lang}");
    }
    let missing = get("").await.problem(400, "invalid_input");
    assert_eq!(missing.field.as_deref(), Some("lang"));
    let wrong = get("lang=fr&utc_offset=noon").await.problem(400, "invalid_input");
    assert_eq!(wrong.field.as_deref(), Some("utc_offset"));
    get("lang=fr&lat=91&lng=0").await.problem(400, "invalid_input");
    app.get_plain("/v1/ssr/store-locator?lang=fr").await.problem(401, "key_missing");
}

#[test]
fn numbers_and_times() {
    let french = Words::of("fr", "").unwrap();
    assert_eq!(french.plural("stores", 25_600), "25\u{202f}600 magasins");
    assert_eq!(
        (french.plural("stores", 0), french.plural("stores", 1)),
        ("0 magasin".into(), "1 magasin".into())
    );
    assert_eq!(french.distance(1_249.0), "1,2\u{202f}km");
    assert_eq!(french.distance(123.0), "120\u{202f}m");
    assert_eq!(french.distance(12_900.0), "13\u{202f}km");
    assert_eq!((french.time(570), french.time(0)), ("9:30".into(), "0:00".into()));
    let american = Words::of("en-US", "").unwrap();
    assert_eq!(american.plural("stores", 1_234_567), "1,234,567 stores");
    assert_eq!(american.distance(20.0), "0.1 mi");
    for (minute, text) in [(0, "12:00"), (65, "1:05"), (720, "12:00"), (1439, "11:59")] {
        let half = if minute < 720 { "AM" } else { "PM" };
        assert_eq!(american.time(minute), format!("{text} {half}"));
    }
    assert_eq!(french.text("no such text"), "no such text");
}
