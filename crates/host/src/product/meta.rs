//! Meta tags → the vocabulary that [`super::schema`] reads.

use super::json::Json;

/// Names of tags, and the property each one is; `offers.` before it where it is the offer's.
const TAGS: [(&str, &str); 24] = [
    ("og:title", "name"),
    ("og:url", "url"),
    ("og:image", "image"),
    ("og:image:secure_url", "image"),
    ("og:brand", "brand"),
    ("product:brand", "brand"),
    ("product:item_group_id", "inProductGroupWithID"),
    ("product:retailer_item_id", "sku"),
    ("product:sku", "sku"),
    ("product:mfr_part_no", "mpn"),
    ("product:ean", "gtin13"),
    ("product:upc", "gtin12"),
    ("product:gtin", "gtin"),
    ("product:isbn", "isbn"),
    ("product:size", "size"),
    ("product:color", "color"),
    ("product:sale_price:amount", "offers.price"),
    ("product:sale_price:currency", "offers.priceCurrency"),
    ("product:price:amount", "offers.price"),
    ("product:price:currency", "offers.priceCurrency"),
    ("og:price:amount", "offers.price"),
    ("og:price:currency", "offers.priceCurrency"),
    ("product:availability", "offers.availability"),
    ("og:availability", "offers.availability"),
];

/// The product that tags describe, as names with contents; `None` where they are of a page of another kind.
pub fn product(tags: &[(String, String)]) -> Option<Json> {
    let content = |name: &str| tags.iter().find(|(key, _)| key == name).map(|(_, content)| content.as_str());
    let of_product =
        content("og:type").is_some_and(|kind| matches!(kind, "product" | "og:product" | "product.item"));
    if !of_product && content("product:retailer_item_id").or(content("product:price:amount")).is_none() {
        return None;
    }
    let text = |text: &str| Json::Text(text.into());
    let mut product = vec![("@type".into(), text("Product"))];
    let mut offer = Vec::new();
    // The first of a name counts, and a sale's price stands before the other.
    for (name, property) in TAGS {
        let Some(content) = content(name).filter(|content| !content.is_empty()) else { continue };
        match property.strip_prefix("offers.") {
            Some(of_offer) => offer.push((of_offer.into(), text(content))),
            None => product.push((property.into(), text(content))),
        }
    }
    product.push(("offers".into(), Json::Object(offer)));
    Some(Json::Object(product))
}
