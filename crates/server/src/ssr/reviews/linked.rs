//! Linked data of a product with its reviews: <https://developers.google.com/search/docs/appearance/structured-data/review-snippet>.

use devanture_api::review::{Review, ReviewPage};
use devanture_storage::Product;
use serde_json::{Map, Value, json};

use crate::NamedZone;

/// A product with its stars and with the reviews that the page shows; `None` without reviews, which would be a product with nothing to say.
pub(super) fn product(product: &Product, page: &ReviewPage, item_id: Option<&str>) -> Option<Value> {
    let summary = page.summary.as_ref()?;
    let average = summary.average_hundredths?;
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("@context", json!("https://schema.org"));
    put("@type", json!("Product"));
    if let Some(id) = item_id {
        put("@id", json!(id));
    }
    put("name", json!(product.name));
    put("productID", json!(product.id));
    for (key, value) in [("url", &product.url), ("image", &product.image_url)] {
        if let Some(value) = value {
            put(key, json!(value));
        }
    }
    if let Some(brand) = &product.brand {
        put("brand", json!({ "@type": "Brand", "name": brand }));
    }
    put(
        "aggregateRating",
        json!({
            "@type": "AggregateRating",
            "ratingValue": decimal(average),
            "bestRating": 5,
            "worstRating": 1,
            "reviewCount": summary.count,
            "ratingCount": summary.count,
        }),
    );
    // The engines want an author; one without is counted and not listed.
    let reviews: Vec<Value> = page.items.iter().filter_map(review).collect();
    if !reviews.is_empty() {
        put("review", Value::Array(reviews));
    }
    Some(Value::Object(out))
}

fn review(review: &Review) -> Option<Value> {
    let author = review.author.as_deref().filter(|name| !name.is_empty())?;
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("@type", json!("Review"));
    put("author", json!({ "@type": "Person", "name": author }));
    put(
        "reviewRating",
        json!({ "@type": "Rating", "ratingValue": review.rating.stars(), "bestRating": 5, "worstRating": 1 }),
    );
    put("inLanguage", json!(review.language));
    if let Some(at) = review.published_at {
        put("datePublished", json!(NamedZone::utc().rfc3339(at)));
    }
    if let Some(title) = &review.title {
        put("name", json!(title));
    }
    if !review.body.is_empty() {
        put("reviewBody", json!(review.body));
    }
    Some(Value::Object(out))
}

/// 4.37, with a point in every language.
pub(super) fn decimal(hundredths: u32) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
