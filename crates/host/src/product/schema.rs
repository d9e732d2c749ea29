//! schema.org's vocabulary → a [`Product`]. JSON-LD, microdata and meta tags all come here in one form, so that there is one set of
//! rules.

use super::{
    Availability, Product, Variant,
    gtin::gtin,
    json::{self, Json},
    landing,
    price::{Currency, Price},
    text,
};

/// Most variants that are read.
const MAX_VARIANTS: usize = 1000;
/// Most products of a page that are looked at.
const MAX_PRODUCTS: usize = 50;

const GROUP: &[&str] = &["ProductGroup"];
const PRODUCT: &[&str] = &["Product", "ProductGroup", "IndividualProduct", "ProductModel"];

/// All that one source says, for references by `@id` within it.
pub(super) struct Graph<'a> {
    /// The products, but not those that are only mentioned by others, such as related ones.
    products: Vec<&'a Json>,
    /// The group of each, where it has one.
    groups: Vec<Option<&'a Json>>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(roots: &'a [Json]) -> Self {
        let mut graph = Self { products: Vec::new(), groups: Vec::new() };
        for root in roots {
            graph.collect(root, 0);
        }
        graph.groups = graph.products.iter().map(|node| graph.group_of(node)).collect();
        graph
    }

    fn collect(&mut self, json: &'a Json, depth: usize) {
        // A list, its page, the page's graph, a list in it.
        if depth > 4 || self.products.len() >= MAX_PRODUCTS + MAX_VARIANTS {
            return;
        }
        if let Json::List(items) = json {
            for item in items {
                self.collect(item, depth + 1);
            }
        } else if json.is(PRODUCT) {
            self.products.push(json);
        } else {
            for inner in ["@graph", "mainEntity"].into_iter().filter_map(|name| json.get(name)) {
                self.collect(inner, depth + 1);
            }
        }
    }

    /// What a reference refers to, else the value itself. One step only, so there are no circles.
    fn resolved(&self, json: &'a Json) -> &'a Json {
        let id = json.get("@id").and_then(Json::text);
        let found = id.filter(|_| json.get("@type").is_none()).and_then(|id| {
            self.products.iter().find(|node| node.get("@id").and_then(Json::text) == Some(id))
        });
        found.copied().unwrap_or(json)
    }

    /// The group that a product is a variant of.
    fn group_of(&self, node: &'a Json) -> Option<&'a Json> {
        if node.is(GROUP) {
            return Some(node);
        }
        let of = node.all("isVariantOf").iter().take(4).map(|of| self.resolved(of)).find(|of| of.is(GROUP));
        of.or_else(|| {
            let id = node.get("inProductGroupWithID").and_then(Json::text)?;
            let of = |group: &&&Json| {
                group.is(GROUP) && group.get("productGroupID").and_then(Json::text) == Some(id)
            };
            self.products.iter().find(of).copied()
        })
    }

    /// The products of this source, a group once with all its variants.
    pub(super) fn read(&self) -> Vec<Product> {
        let mut out = Vec::new();
        let mut done: Vec<*const Json> = Vec::new();
        for (&node, group) in self.products.iter().zip(&self.groups) {
            let parent = group.unwrap_or(node);
            if out.len() < MAX_PRODUCTS && !done.contains(&core::ptr::from_ref(parent)) {
                done.push(parent);
                out.push(if parent.is(GROUP) { self.group(parent) } else { single(parent) });
            }
        }
        out
    }

    fn group(&self, group: &'a Json) -> Product {
        let mut product = common(group);
        let id = group.get("productGroupID").or_else(|| group.get("productID")).or_else(|| group.get("sku"));
        product.id = id.and_then(Json::text).and_then(text::code);
        let within = group.all("hasVariant").iter().map(|variant| self.resolved(variant));
        let of_this = |of: Option<&Json>| of.is_some_and(|of| core::ptr::eq(of, group));
        let pairs = self.products.iter().zip(&self.groups);
        let beside = pairs.filter(|(node, of)| !node.is(GROUP) && of_this(**of)).map(|(node, _)| *node);
        let mut listed: Vec<*const Json> = Vec::new();
        for node in within.chain(beside).take(MAX_VARIANTS) {
            // A variant may be listed in the group and name its group besides.
            if listed.contains(&core::ptr::from_ref(node)) {
                continue;
            }
            listed.push(node);
            let variant = variant(node, offers(node).first().copied());
            if product.image.is_none() {
                product.image = image(node);
            }
            product.variants.push(variant);
        }
        let prices = product.variants.iter().filter_map(|variant| variant.price);
        let lowest = prices.min_by_key(|price| price.minor);
        product.price = offers(group).first().and_then(|offer| price(offer)).or(lowest);
        product
    }
}

/// A product that is no group. Several offers that differ in what they sell are its variants.
fn single(node: &Json) -> Product {
    let mut product = common(node);
    let ids = ["inProductGroupWithID", "productID", "sku", "mpn"];
    product.id = ids.into_iter().find_map(|name| text::code(node.get(name)?.text()?));
    let offers = offers(node);
    product.variants = offers.iter().take(MAX_VARIANTS).map(|offer| variant(node, Some(offer))).collect();
    let own = node.all("offers").iter().find_map(price);
    product.price = own.or_else(|| {
        let prices = product.variants.iter().filter_map(|variant| variant.price);
        prices.min_by_key(|price| price.minor)
    });
    let mut seen: Vec<&str> = Vec::new();
    let differ = offers.len() > 1
        && offers.iter().all(|offer| {
            let key = sold(offer);
            let new = key.is_some_and(|key| !seen.contains(&key));
            seen.extend(key);
            new
        });
    if !differ {
        // Other sellers, other conditions, or no offer at all.
        product.variants.truncate(1);
        if product.variants.is_empty() {
            product.variants.push(variant(node, None));
        }
    }
    product
}

/// What an offer sells, by whatever tells it from others.
fn sold(offer: &Json) -> Option<&str> {
    let item = offer.get("itemOffered");
    let of = |name| offer.get(name).or_else(|| item?.get(name)).and_then(Json::text);
    ["sku", "gtin13", "gtin", "gtin12", "gtin14", "gtin8", "mpn", "url"].into_iter().find_map(of)
}

/// The offers of a product, those of an `AggregateOffer` included.
fn offers(node: &Json) -> Vec<&Json> {
    let mut out = Vec::new();
    for offer in node.all("offers").iter().take(MAX_VARIANTS) {
        match offer.get("offers") {
            Some(inner) => out.extend(inner.items().iter().take(MAX_VARIANTS)),
            None if matches!(offer, Json::Object(_)) => out.push(offer),
            None => {}
        }
    }
    out.truncate(MAX_VARIANTS);
    out
}

/// What a product and a group have both.
fn common(node: &Json) -> Product {
    let brand = node.get("brand").or_else(|| node.get("manufacturer"));
    let brand = brand.and_then(name);
    Product {
        id: None,
        name: node.get("name").and_then(Json::text).and_then(text::shown),
        brand,
        url: node.get("url").and_then(Json::text).and_then(text::url),
        image: image(node),
        price: None,
        variants: Vec::new(),
        chosen: None,
    }
}

/// A text, or the name of a thing.
fn name(json: &Json) -> Option<String> {
    let one = json.items().first()?;
    one.text().or_else(|| one.get("name")?.text()).and_then(text::shown)
}

fn image(node: &Json) -> Option<String> {
    let one = node.all("image").first()?;
    let text = one.text().or_else(|| one.get("url").or_else(|| one.get("contentUrl"))?.text())?;
    text::url(text)
}

fn variant(node: &Json, offer: Option<&Json>) -> Variant {
    let item = offer.and_then(|offer| offer.get("itemOffered"));
    let from = [offer, item, Some(node)];
    let find = |name: &str| from.iter().find_map(|json| (*json)?.get(name));
    let of = |name: &str| find(name).and_then(Json::text).and_then(text::code);
    let gtins = ["gtin", "gtin13", "gtin12", "gtin14", "gtin8", "isbn"];
    let url = find("url").and_then(Json::text).and_then(text::url);
    // A size may be a `SizeSpecification`.
    let described = |name: &str| {
        let own = find(name).and_then(self::name).and_then(|text| text::code(&text));
        own.or_else(|| from.iter().find_map(|json| additional((*json)?, name)))
    };
    Variant {
        // The name of the parameter by which Shopify's URLs say it.
        id: url.as_deref().and_then(|url| landing::parameter(url, &["variant"])),
        sku: of("sku"),
        gtin: gtins.into_iter().find_map(|name| gtin(find(name)?.text()?)),
        size: described("size"),
        color: described("color"),
        price: offer.and_then(price),
        availability: offer.and_then(|offer| availability(offer.get("availability")?.text()?)),
        url,
    }
}

/// A size or colour among `additionalProperty`, which shops name in their own language.
fn additional(node: &Json, wanted: &str) -> Option<String> {
    let names: &[&str] = match wanted {
        "size" => {
            &["size", "taille", "pointure", "größe", "groesse", "talla", "taglia", "maat", "schuhgröße"]
        }
        _ => &["color", "colour", "couleur", "farbe", "colore", "kleur"],
    };
    let is_it = |json: &&Json| {
        let labels = ["propertyID", "name"].into_iter().filter_map(|label| json.get(label)?.text());
        // WooCommerce writes `pa_size`.
        labels.into_iter().any(|label| {
            let prefix = label.bytes().rposition(|byte| matches!(byte, b'_' | b'/'));
            let label = prefix.map_or(label, |at| text::after(label, at + 1)).trim_ascii();
            names.iter().any(|name| name.eq_ignore_ascii_case(label))
        })
    };
    let found = node.all("additionalProperty").iter().take(100).find(is_it)?;
    text::code(found.get("value")?.text()?)
}

/// An offer's price: its own, of its specification, or the lowest of several.
fn price(offer: &Json) -> Option<Price> {
    let specification = offer.all("priceSpecification").iter().find(|of| {
        // What it cost before is none.
        let kind = of.get("priceType").and_then(Json::text).unwrap_or_default();
        !["ListPrice", "StrikethroughPrice", "SRP", "MSRP"].iter().any(|old| kind.ends_with(old))
    });
    let find = |name| offer.get(name).or_else(|| specification?.get(name));
    let currency = Currency::parse(find("priceCurrency")?.text()?)?;
    let amount = find("price").or_else(|| find("lowPrice"))?;
    match amount.items().first()? {
        Json::Number(number) => Price::from_number(number, currency),
        other => Price::from_text(other.text()?, currency),
    }
}

fn availability(text: &str) -> Option<Availability> {
    Some(match json::local(text.trim_ascii()) {
        "InStock" | "instock" | "in stock" | "in_stock" | "MadeToOrder" => Availability::InStock,
        "LimitedAvailability" => Availability::Limited,
        "InStoreOnly" => Availability::InStoreOnly,
        "OnlineOnly" => Availability::OnlineOnly,
        "PreOrder" | "PreSale" | "preorder" => Availability::PreOrder,
        "BackOrder" | "backorder" | "available for order" => Availability::BackOrder,
        "OutOfStock" | "oos" | "out of stock" | "out_of_stock" | "SoldOut" | "Reserved" => {
            Availability::OutOfStock
        }
        "Discontinued" | "discontinued" => Availability::Discontinued,
        _ => return None,
    })
}
