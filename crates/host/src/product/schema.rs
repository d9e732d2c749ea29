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
        product.id = first(&[group], &["productGroupID", "productID", "sku"], &[], text::code);
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
                product.image = first(&[node], &["image"], IMAGE, text::url);
            }
            product.variants.push(variant);
        }
        product.price = offers(group).first().and_then(|offer| price(offer)).or_else(|| lowest(&product));
        product
    }
}

/// A product that is no group. Several offers that differ in what they sell are its variants.
fn single(node: &Json) -> Product {
    let mut product = common(node);
    product.id = first(&[node], &["inProductGroupWithID", "productID", "sku", "mpn"], &[], text::code);
    let offers = offers(node);
    product.variants = offers.iter().take(MAX_VARIANTS).map(|offer| variant(node, Some(offer))).collect();
    let own = node.all("offers").iter().find_map(price);
    product.price = own.or_else(|| lowest(&product));
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

fn lowest(product: &Product) -> Option<Price> {
    let prices = product.variants.iter().filter_map(|variant| variant.price);
    prices.min_by_key(|price| price.minor)
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
    let from = [node];
    Product {
        name: first(&from, &["name"], &[], text::shown),
        brand: first(&from, &["brand", "manufacturer"], NAMED, text::shown),
        url: first(&from, &["url"], &[], text::url),
        image: first(&from, &["image"], IMAGE, text::url),
        ..Product::default()
    }
}

/// The text of a thing that is an object.
const NAMED: &[&str] = &["name"];
const IMAGE: &[&str] = &["url", "contentUrl"];

/// The first of these properties that makes sense, of the first node that has it; its own text, or what it says `within`. One function
/// with tables, since a chain of closures for each property weighs a third more.
fn first(
    nodes: &[&Json],
    names: &[&str],
    within: &[&str],
    clean: fn(&str) -> Option<String>,
) -> Option<String> {
    for name in names {
        for node in nodes {
            let Some(json) = node.get(name).and_then(|json| json.items().first()) else { continue };
            let inner = within.iter().find_map(|name| json.get(name)?.text());
            let found = json.text().or(inner).and_then(clean);
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

fn variant(node: &Json, offer: Option<&Json>) -> Variant {
    let mut from = Vec::with_capacity(3);
    if let Some(offer) = offer {
        from.push(offer);
        from.extend(offer.get("itemOffered"));
    }
    from.push(node);
    // A size may be a `SizeSpecification`.
    let described = |name: &str| {
        let own = first(&from, &[name], NAMED, text::code);
        own.or_else(|| from.iter().find_map(|json| additional(json, name)))
    };
    let url = first(&from, &["url"], &[], text::url);
    Variant {
        // The name of the parameter by which Shopify's URLs say it.
        id: url.as_deref().and_then(|url| landing::parameter(url, &["variant"])),
        sku: first(&from, &["sku"], &[], text::code),
        gtin: first(&from, &["gtin", "gtin13", "gtin12", "gtin14", "gtin8", "isbn"], &[], gtin),
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
