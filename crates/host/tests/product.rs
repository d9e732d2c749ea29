//! What shop systems publish, and what they should not: from texts to a product, without a browser.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use devanture_host::product::{Availability, Explicit, Json, Product, Sources, find, meta_product};

fn json_ld(scripts: &[&str]) -> Sources {
    Sources { json_ld: scripts.iter().filter_map(|text| Json::read(text)).collect(), ..Sources::default() }
}

fn at(scripts: &[&str], url: &str) -> Product {
    find(&json_ld(scripts), &Explicit::default(), url).unwrap()
}

fn minor(product: &Product) -> Option<(u64, &str)> {
    product.price.as_ref().map(|price| (price.minor, price.currency.as_str()))
}

fn skus(product: &Product) -> Vec<&str> {
    product.variants.iter().map(|variant| variant.sku.as_deref().unwrap_or("-")).collect()
}

const SHOPIFY: &str = include_str!("samples/shopify.json");
const SHOPIFY_OLD: &str = include_str!("samples/shopify-offers.json");
const PRESTASHOP: &str = include_str!("samples/prestashop.json");
const WOOCOMMERCE: &str = include_str!("samples/woocommerce.json");
const MAGENTO: &str = include_str!("samples/magento.json");

#[test]
fn shopify_a_group_with_variants() {
    let product = at(&[SHOPIFY], "https://shop.example/products/parka?variant=41002&utm=x");
    assert_eq!(product.id.as_deref(), Some("7712345"));
    assert_eq!(product.name.as_deref(), Some("Parka d'hiver & capuche"));
    assert_eq!(product.brand.as_deref(), Some("Atelier Nord"));
    assert_eq!(product.image.as_deref(), Some("https://cdn.shop.example/parka.jpg?v=1&width=1920"));
    assert_eq!(minor(&product), Some((12_900, "EUR")));
    assert_eq!(skus(&product), ["PARKA-S-NOIR", "PARKA-M-NOIR", "PARKA-L-VERT"]);
    let chosen = product.chosen().unwrap();
    assert_eq!((chosen.id.as_deref(), chosen.size.as_deref()), (Some("41002"), Some("M")));
    assert_eq!(chosen.color.as_deref(), Some("Noir"));
    assert_eq!(chosen.gtin.as_deref(), Some("4006381333931"));
    assert_eq!(chosen.availability, Some(Availability::OutOfStock));
    assert_eq!(product.variants[2].gtin, None, "a wrong check digit");
    assert_eq!(product.variants[2].price.unwrap().minor, 13_550);
    assert_eq!(at(&[SHOPIFY], "https://shop.example/products/parka").chosen, None);
    assert_eq!(at(&[SHOPIFY], "https://shop.example/products/parka?sku=PARKA-L-VERT").chosen, Some(2));
}

#[test]
fn shopify_offers_of_one_product() {
    let product = at(&[SHOPIFY_OLD], "https://shop.example/products/tee?variant=9002");
    assert_eq!(skus(&product), ["TEE-S", "TEE-M"]);
    assert_eq!(product.chosen().unwrap().sku.as_deref(), Some("TEE-M"));
    assert_eq!(minor(&product), Some((129_900, "JPY")));
}

#[test]
fn prestashop_one_offer() {
    let product = at(&[PRESTASHOP], "https://shop.example/homme/1-1-pull-colibri.html#/1-taille-s");
    assert_eq!(product.id.as_deref(), Some("demo_1"));
    assert_eq!(minor(&product), Some((2868, "EUR")));
    let chosen = product.chosen().unwrap();
    assert_eq!((chosen.sku.as_deref(), chosen.availability), (Some("demo_1"), Some(Availability::InStock)));
}

#[test]
fn woocommerce_a_graph_with_price_specifications() {
    let product = at(&[WOOCOMMERCE], "https://shop.example/produkt/wanderstiefel/");
    assert_eq!(product.name.as_deref(), Some("Wanderstiefel „Grat“"));
    assert_eq!(minor(&product), Some((18_900, "EUR")));
    let chosen = product.chosen().unwrap();
    assert_eq!((chosen.size.as_deref(), chosen.color.as_deref()), (Some("42,5"), Some("braun")));
    assert_eq!(chosen.sku.as_deref(), Some("1042"), "a number");
}

#[test]
fn magento_an_aggregate_of_offers() {
    let product = at(&[MAGENTO], "https://shop.example/hero-hoodie.html");
    assert_eq!(product.id.as_deref(), Some("MH07"));
    assert_eq!(skus(&product), ["MH07-XS-Black", "MH07-S-Black"]);
    assert_eq!(product.variants[1].size.as_deref(), Some("S"));
    assert_eq!(minor(&product), Some((5400, "USD")));
    assert_eq!(product.chosen, None);
}

#[test]
fn a_variant_s_own_page_names_its_group() {
    let group = r##"{"@type":"ProductGroup","@id":"#g","productGroupID":"44E01","name":"Coat","hasVariant":[{"@id":"/coat/green"},{"@id":"/coat/blue"}]}"##;
    let green = r##"{"@type":"Product","@id":"/coat/green","sku":"G","isVariantOf":{"@id":"#g"},"color":"green","offers":{"@type":"Offer","url":"/coat/green","price":39.99,"priceCurrency":"USD"}}"##;
    let blue = r#"{"@type":"Product","@id":"/coat/blue","sku":"B","inProductGroupWithID":"44E01","offers":{"url":"/coat/blue","price":"41","priceCurrency":"USD"}}"#;
    for scripts in [[group, green, blue], [blue, green, group]] {
        let product = at(&scripts, "https://a.example/coat/blue");
        assert_eq!((product.id.as_deref(), product.variants.len()), (Some("44E01"), 2));
        assert_eq!(product.chosen().unwrap().sku.as_deref(), Some("B"));
        assert_eq!(minor(&product), Some((3999, "USD")));
    }
}

#[test]
fn related_products_are_not_the_product() {
    let related = r#"{"@type":"ItemList","itemListElement":[{"@type":"Product","sku":"OTHER"}]}"#;
    let own = r#"{"@context":"x","@type":["Product","Thing"],"sku":"OWN","isRelatedTo":[{"@type":"Product","sku":"MORE"}]}"#;
    assert_eq!(skus(&at(&[related, own], "/")), ["OWN"]);
    let several = r#"[{"@type":"Product","sku":"A","url":"/a"},{"@type":"Product","sku":"B","url":"https://x.example/b?y"}]"#;
    assert_eq!(skus(&at(&[several], "https://x.example/b#z")), ["B"]);
    assert_eq!(skus(&at(&[several], "https://x.example/c")), ["A"]);
}

#[test]
fn what_the_caller_says_wins() {
    let said =
        |explicit: Explicit| find(&json_ld(&[SHOPIFY]), &explicit, "/products/parka?variant=41002").unwrap();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(said(Explicit { sku: text("PARKA-S-NOIR"), ..Explicit::default() }).chosen, Some(0));
    assert_eq!(said(Explicit { variant: text("41003"), ..Explicit::default() }).chosen, Some(2));
    assert_eq!(said(Explicit { gtin: text("4 006381 333931"), ..Explicit::default() }).chosen, Some(1));
    let other = said(Explicit { product: text("mine"), sku: text("NEW"), ..Explicit::default() });
    assert_eq!((other.id.as_deref(), other.variants.len(), other.chosen), (Some("mine"), 4, Some(3)));
    let alone = find(&Sources::default(), &Explicit { sku: text(" X "), ..Explicit::default() }, "").unwrap();
    assert_eq!((skus(&alone), alone.chosen), (vec!["X"], Some(0)));
    assert_eq!(find(&Sources::default(), &Explicit::default(), "/?sku=1"), None);
}

#[test]
fn sources_complete_each_other() {
    let tags = [
        ("og:type", "product"),
        ("og:title", "Pull | Shop"),
        ("product:price:amount", "1 299,00"),
        ("product:price:currency", "EUR"),
        ("product:retailer_item_id", "P-M"),
        ("og:image", "https://a.example/p.jpg"),
    ];
    let tags: Vec<_> = tags.iter().map(|(name, content)| ((*name).into(), (*content).into())).collect();
    let json = r#"{"@type":"Product","name":"Pull","offers":[{"sku":"P-S","priceCurrency":"EUR","price":"NaN"},{"sku":"P-M"}]}"#;
    let mut sources = json_ld(&[json]);
    sources.meta.extend(meta_product(&tags));
    let product = find(&sources, &Explicit::default(), "/").unwrap();
    assert_eq!((product.name.as_deref(), product.chosen), (Some("Pull"), Some(1)));
    assert_eq!(product.image.as_deref(), Some("https://a.example/p.jpg"));
    assert_eq!(minor(&product), Some((129_900, "EUR")));
    assert_eq!(product.variants[1].price.unwrap().minor, 129_900);
    assert_eq!(product.variants[0].price, None);
    assert_eq!(meta_product(&[("og:type".into(), "article".into())]), None);
}

#[test]
fn broken_scripts_are_skipped() {
    let sources = json_ld(&["{\"@type\":\"Product\",\"sku\":", "<!-- nothing -->", "", "{}", SHOPIFY]);
    assert_eq!(find(&sources, &Explicit::default(), "/").unwrap().variants.len(), 3);
}

#[test]
fn hostile_scripts_cost_little() {
    let started = std::time::Instant::now();
    let many = |item: &str, count: usize| vec![item; count].join(",");
    let offer = r#"{"@type":"Offer","sku":"1","price":"1","priceCurrency":"EUR"}"#;
    let circle = r##"{"@type":"Product","@id":"#a","isVariantOf":{"@id":"#a"},"hasVariant":{"@id":"#a"}}"##;
    let group = r##"{"@type":"ProductGroup","@id":"#g","productGroupID":"1","hasVariant":[{"@id":"#g"},{"@id":"#a"}]}"##;
    for text in [
        format!(r#"{{"@type":"Product","name":"{}"}}"#, "x".repeat(10_000)),
        format!(r#"{{"@type":"Product","offers":[{}]}}"#, many(offer, 6000)),
        format!(r"[{}]", many(r#"{"@type":"Product","inProductGroupWithID":"1"}"#, 5000)),
        format!(r"[{},{}]", many(group, 3000), many(circle, 3000)),
        format!(r#"{{"@type":"ProductGroup","hasVariant":[{}]}}"#, many(circle, 8000)),
        format!(r#"{{"@type":"Product","additionalProperty":[{}]}}"#, many("{\"name\":\"x\"}", 30_000)),
        "[".repeat(900_000),
        "{\"@graph\":".repeat(30),
    ] {
        if let Some(product) = find(&json_ld(&[&text, SHOPIFY]), &Explicit::default(), "/") {
            assert!(product.variants.len() <= 1001);
            assert!(product.name.is_none_or(|name| name.chars().count() <= 200));
        }
    }
    // Half a second in a debug build on a busy machine; anything quadratic takes minutes.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
