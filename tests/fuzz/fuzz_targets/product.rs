//! Any text as a page's JSON-LD and meta tags, at any URL, whatever the caller says.
#![no_main]

use devanture_host::product::{Currency, Explicit, Json, Price, Sources, find, gtin, meta_product, store_code};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, &str, &str)| {
    let (script, tags, url, said) = input;
    let tags: Vec<_> = tags.lines().filter_map(|line| line.split_once('=')).map(|(name, content)| (name.into(), content.into())).collect();
    let sources = Sources {
        json_ld: Json::read(script).into_iter().collect(),
        microdata: Json::read(said).into_iter().collect(),
        meta: meta_product(&tags).into_iter().collect(),
    };
    let mut said = said.lines().map(Into::into);
    let explicit = Explicit { product: said.next(), variant: said.next(), sku: said.next(), gtin: said.next() };
    assert!(store_code(|_| Some(url.into())).is_none_or(|code| (1..=64).contains(&code.len())));
    if let Some(price) = Currency::parse("EUR").and_then(|currency| Price::from_text(script, currency)) {
        assert!(price.minor < 1 << 53);
    }
    let Some(product) = find(&sources, &explicit, url) else { return };
    assert!(product.chosen.is_none_or(|at| at < product.variants.len()));
    assert!(product.variants.len() <= 1001);
    let of_variants = |variant: &devanture_host::product::Variant| [variant.size.clone(), variant.color.clone(), variant.sku.clone()];
    let texts = product.variants.iter().flat_map(of_variants).chain([product.name, product.brand, product.id]).flatten();
    for text in texts {
        assert!(!text.trim().is_empty() && text.chars().count() <= 200);
    }
    for number in product.variants.iter().filter_map(|variant| variant.gtin.as_ref()) {
        assert_eq!(gtin(number).as_ref(), Some(number));
    }
    let urls = product.variants.into_iter().filter_map(|variant| variant.url).chain(product.url).chain(product.image);
    for url in urls {
        assert!(["https://", "http://", "/"].iter().any(|start| url.starts_with(start)));
    }
});
