use serde_json::{Value, json};

use super::linked::decimal;
use crate::{
    endpoints::reviews::tests::{link, open_to_all, published},
    testing::TestApp,
};

async fn drawn(app: &TestApp, query: &str) -> String {
    let answer = app.get(&format!("/v1/ssr/reviews?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    answer.text()
}

fn script<'a>(html: &'a str, kind: &str) -> Option<&'a str> {
    let begin = html.find(kind)?;
    let text = &html[begin..];
    let text = &text[text.find('>')? + 1..];
    Some(&text[..text.find("</script>")?])
}

fn linked(html: &str) -> Option<Value> {
    script(html, "<script type=\"application/ld+json\"").map(|text| serde_json::from_str(text).unwrap())
}

/// What Google asks of a product snippet, and schema.org of its types; what is wrong with it otherwise.
fn wrong(data: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |is: bool, what: &str| {
        if !is {
            wrong.push(what.to_owned());
        }
    };
    check(data["@context"] == "https://schema.org" && data["@type"] == "Product", "a Product of schema.org");
    check(data["name"].as_str().is_some_and(|name| !name.is_empty()), "name");
    let known = [
        "@context",
        "@type",
        "@id",
        "name",
        "productID",
        "url",
        "image",
        "brand",
        "aggregateRating",
        "review",
    ];
    let keys = data.as_object().unwrap().keys();
    check(keys.into_iter().all(|key| known.contains(&key.as_str())), "only properties of Product");
    check(
        data.get("aggregateRating").is_some() || data.get("review").is_some(),
        "aggregateRating, review or offers",
    );
    let rating = |rating: &Value, kind: &str| {
        let value = match &rating["ratingValue"] {
            Value::String(text) => text.parse::<f64>().ok(),
            number => number.as_f64(),
        };
        rating["@type"] == kind
            && rating["bestRating"] == 5
            && rating["worstRating"] == 1
            && value.is_some_and(|value| (1.0..=5.0).contains(&value))
    };
    if let Some(all) = data.get("aggregateRating") {
        check(rating(all, "AggregateRating"), "a value between worst and best");
        check(all["reviewCount"].as_u64().is_some_and(|count| count > 0), "reviewCount");
    }
    for review in data["review"].as_array().into_iter().flatten() {
        check(review["@type"] == "Review", "a Review");
        check(rating(&review["reviewRating"], "Rating"), "reviewRating");
        let author = review["author"]["name"].as_str().unwrap_or_default();
        check(
            !author.is_empty() && author.chars().count() < 100,
            "an author's name of less than 100 characters",
        );
        check(
            matches!(review["author"]["@type"].as_str(), Some("Person" | "Organization")),
            "an author with a type",
        );
        let published = review["datePublished"].as_str().unwrap_or_default();
        check(
            published.len() >= 10 && published.as_bytes()[4] == b'-' && published.contains('T'),
            "datePublished in ISO 8601",
        );
        check(review.get("itemReviewed").is_none(), "what is nested does not name what it is about");
    }
    wrong
}

fn body(rating: u8, author: &str, text: &str) -> Value {
    json!({
        "product": "ROBE", "rating": rating, "title": "Titre & co", "body": text, "author": author, "size": "38",
        "criteria": [{"code": "comfort", "points": 4}], "experienced_on": "2026-11-03", "locale": "fr-FR",
    })
}

#[tokio::test]
async fn a_product_with_its_reviews() {
    let app = open_to_all().await;
    let evil = "Jolie robe </script><script>alert(1)</script>\n\nEt légère.";
    published(&app, 1, &body(4, "Zoé <b>", evil)).await;
    // The newest comes first.
    app.clock.advance_seconds(-60);
    published(&app, 2, &body(5, "Ann", "Très bien aussi, je recommande.")).await;
    let html = drawn(&app, "product=ROBE&lang=fr&item_id=https://shop.example/robe%23product").await;
    for part in [
        "<div class=\"root\" lang=\"fr\">",
        "<strong class=\"value\">4,5</strong>",
        "aria-label=\"4,5 sur 5\"",
        "<span>2 avis</span>",
        "<span>5 étoiles</span>",
        "<dt>Confort</dt>",
        "<span>4/5</span>",
        "Avis triés par date de publication, du plus récent au plus ancien.",
        "0 avis vérifiés sur 2",
        "Tous les avis sont lus avant d’être publiés",
        "<h3 dir=\"auto\">Titre &amp; co</h3>",
        "<strong dir=\"auto\">Zoé &lt;b&gt;</strong>",
        "non vérifié",
        "publié le <time datetime=\"2026-11-21\">21 novembre 2026</time>",
        "expérience du <time datetime=\"2026-11-03\">3 novembre 2026</time>",
        "<p dir=\"auto\">Jolie robe &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p><p dir=\"auto\">Et légère.</p>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(html.matches("<script").count(), 2, "data and linked data, nothing else: {html}");
    let data = linked(&html).unwrap();
    assert_eq!(wrong(&data), [""; 0], "{data:#}");
    assert_eq!(data["@id"], "https://shop.example/robe#product");
    assert_eq!(
        (&data["aggregateRating"]["ratingValue"], &data["aggregateRating"]["reviewCount"]),
        (&json!("4.5"), &json!(2))
    );
    assert_eq!(data["review"][0]["reviewBody"], evil);
    // The stars are those that readers see on the page.
    assert_eq!(data["review"].as_array().unwrap().len(), html.matches("<article").count());
    let taken_over: Value = serde_json::from_str(
        script(&html, "<script type=\"application/json\" data-devanture=\"reviews\"").unwrap(),
    )
    .unwrap();
    assert_eq!(taken_over, app.get("/v1/reviews?product=ROBE&lang=fr").await.json::<Value>());

    let english = drawn(&app, "product=ROBE&lang=en-GB&linked_data=false").await;
    assert!(
        english.contains(">4.5</strong>")
            && english.contains("<span>2 reviews</span>")
            && english.contains("not verified"),
        "{english}"
    );
    assert!(english.contains("<dt>Comfort</dt>") && linked(&english).is_none());
}

#[tokio::test]
async fn what_was_given_for_a_review_stands_beside_it() {
    let app = open_to_all().await;
    let mut rewarded = body(5, "Ann", "Très bien, et remerciée pour l’avoir dit.");
    rewarded["link"] = json!(link(&app, 1, 60_000, Some("Bon de 5 € <carte>")).await);
    published(&app, 1, &rewarded).await;
    published(&app, 2, &body(4, "Zoé", "Très bien aussi, sans contrepartie.")).await;
    for (lang, says) in [
        ("fr", "<p class=\"incentive\">Contrepartie : Bon de 5 € &lt;carte&gt;</p>"),
        ("en", "<p class=\"incentive\">In return: Bon de 5 € &lt;carte&gt;</p>"),
    ] {
        let html = drawn(&app, &format!("product=ROBE&lang={lang}")).await;
        let cards: Vec<&str> = html.split("<article").skip(1).collect();
        let of = |author: &str| cards.iter().find(|card| card.contains(author)).unwrap();
        assert!(of(">Ann<").contains(says), "{says} in {html}");
        assert!(!of(">Zoé<").contains("class=\"incentive\""), "{html}");
    }
}

#[tokio::test]
async fn nothing_is_linked_where_there_is_nothing_or_a_store_speaks_of_itself() {
    let app = open_to_all().await;
    let html = drawn(&app, "product=JUPE&lang=fr").await;
    assert!(html.contains("Aucun avis pour le moment.") && linked(&html).is_none());
    let store = json!({
        "store": "FR-NTE", "rating": 5, "body": "Accueil chaleureux et bons conseils.", "author": "Ann",
        "experienced_on": "2026-11-20", "locale": "fr",
    });
    published(&app, 1, &store).await;
    let html = drawn(&app, "store=FR-NTE&lang=fr").await;
    assert!(html.contains("Accueil chaleureux") && linked(&html).is_none());
    app.get("/v1/ssr/reviews?product=ROBE&q=lin").await.problem(400, "invalid_input");
    app.get("/v1/ssr/reviews").await.problem(400, "invalid_input");
}

#[tokio::test]
async fn its_styles_touch_nothing_but_the_element() {
    let app = open_to_all().await;
    let html = drawn(&app, "product=ROBE&lang=fr").await;
    let link = html
        .split("<link rel=\"stylesheet\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let path = &link[link.find("/v1/").unwrap()..];
    let answer = app.get(path).await;
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    let css = answer.text();
    assert!(css.starts_with("devanture-reviews:not(#_){") && css.trim_end().ends_with('}'), "{css}");
    assert_eq!(
        css.matches('{').count(),
        css.matches('}').count(),
        "nothing ends the element's own rule early"
    );
    assert!(!css.contains(":host") && !css.contains("@import") && !css.contains("@keyframes"));
}

#[test]
fn the_checks_find_what_is_wrong() {
    let good = json!({
        "@context": "https://schema.org", "@type": "Product", "name": "Robe",
        "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4.5", "bestRating": 5, "worstRating": 1, "reviewCount": 2},
    });
    assert_eq!(wrong(&good), [""; 0]);
    for (path, value) in [
        ("/name", json!("")),
        ("/aggregateRating/ratingValue", json!("4,5")),
        ("/aggregateRating/ratingValue", json!("5.5")),
        ("/aggregateRating/reviewCount", json!(0)),
        ("/@type", json!("Thing")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(path).unwrap() = value;
        assert_eq!(wrong(&bad).len(), 1, "{path}");
    }
    assert_eq!([400, 437, 450, 500, 305].map(decimal), ["4", "4.37", "4.5", "5", "3.05"]);
}
