//! JSON-LD: what search engines read of a product and of a store.

use devanture_api::store::Store;
use devanture_demo::catalogue::Product;
use devanture_domain::civil::minute_text;
use serde_json::{Value, json};

use crate::{
    app::Shop,
    lang::Lang,
    link::{Link, picture},
};

/// What the page's linked data calls a product, so that reviews speak of the same.
pub(crate) fn product_id(shop: &Shop, lang: Lang, product: &Product) -> String {
    format!("{}{}#product", shop.origins.shop, Link::Product(product.slug).href(lang))
}

/// A schema.org `Product` with an offer per colour.
pub(crate) fn product(shop: &Shop, lang: Lang, product: &Product) -> String {
    let url = format!("{}{}", shop.origins.shop, Link::Product(product.slug).href(lang));
    let offers: Vec<Value> = product
        .colours
        .iter()
        .flat_map(|colour| product.sizes.iter().map(move |size| (colour, size)))
        .map(|(colour, size)| {
            json!({
                "@type": "Offer",
                "sku": product.sku(colour, size),
                "url": format!("{url}?{}={}", lang.t("couleur", "colour"), colour.code),
                "priceCurrency": "EUR",
                "price": format!("{}.{:02}", product.price_cents / 100, product.price_cents % 100),
                "availability": "https://schema.org/InStock",
                "itemOffered": { "@type": "Product", "color": lang.text(colour.name), "size": size },
            })
        })
        .collect();
    let images: Vec<String> = product
        .colours
        .iter()
        .map(|colour| format!("{}{}", shop.origins.shop, picture(product, colour, "")))
        .collect();
    json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": product_id(shop, lang, product),
        "name": lang.text(product.name),
        "description": lang.text(product.about),
        "sku": product.slug,
        "brand": { "@type": "Brand", "name": shop.brand_name(product.brand) },
        "material": lang.text(product.material),
        "image": images,
        "url": url,
        "offers": offers,
    })
    .to_string()
}

/// A schema.org `ClothingStore` with its week and its special days.
pub(crate) fn store(shop: &Shop, lang: Lang, store: &Store) -> String {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let week = store.hours.weekly.iter().zip(DAYS).flat_map(|(spans, day)| {
        spans.iter().map(move |span| {
            json!({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": day,
                "opens": minute_text(span.opens()),
                "closes": minute_text(span.closes()),
            })
        })
    });
    let ahead = shop.today.plus(60);
    let special =
        store.hours.special.iter().filter(|day| (shop.today..=ahead).contains(&day.date)).map(|day| {
            // Closed all day is written as opening and closing at midnight.
            let (opens, closes) = day
                .spans
                .first()
                .map_or((0, 0), |first| (first.opens(), day.spans.last().map_or(0, |last| last.closes())));
            json!({
                "@type": "OpeningHoursSpecification",
                "validFrom": day.date.to_text(),
                "validThrough": day.date.to_text(),
                "opens": minute_text(opens),
                "closes": minute_text(closes),
            })
        });
    json!({
        "@context": "https://schema.org",
        "@type": "ClothingStore",
        "name": store.name,
        "branchCode": store.code,
        "url": format!("{}{}", shop.origins.shop, Link::Store(store.code.clone()).href(lang)),
        "telephone": store.phone,
        "email": store.email,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": store.address.street,
            "postalCode": store.address.postcode,
            "addressLocality": store.address.town,
            "addressCountry": store.address.country,
        },
        "geo": { "@type": "GeoCoordinates", "latitude": store.location.lat(), "longitude": store.location.lng() },
        "openingHoursSpecification": week.collect::<Vec<_>>(),
        "specialOpeningHoursSpecification": special.collect::<Vec<_>>(),
    })
    .to_string()
}
