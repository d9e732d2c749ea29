//! Which of the products on a page is the one that the page is about, and which of its variants is chosen.

use super::{Explicit, Product, Sources, Variant, landing, schema::Graph, text};

/// The product of the page at `url`: what the caller says, then JSON-LD, microdata and meta tags, each for what those before it lack.
pub fn find(sources: &Sources, explicit: &Explicit, url: &str) -> Option<Product> {
    let said = explicit.variant();
    let mut found: Option<Product> = None;
    for source in [&sources.json_ld, &sources.microdata, &sources.meta] {
        let Some(next) = pick(Graph::new(source).read(), explicit, &said, url) else { continue };
        match &mut found {
            Some(product) => fill(product, next),
            None => found = Some(next),
        }
    }
    let mut product = match found {
        Some(product) => product,
        None if explicit.is_empty() => return None,
        None => Product::default(),
    };
    if let Some(id) = explicit.product.as_deref().and_then(text::code) {
        product.id = Some(id);
    }
    if !choose_said(&mut product, said) {
        choose(&mut product, url);
    }
    Some(product)
}

/// Among several: the one that the caller means, the one whose address this is, a group, one with a price, the first.
fn pick(mut products: Vec<Product>, explicit: &Explicit, said: &Variant, url: &str) -> Option<Product> {
    let here = landing::path(url);
    let is_here = |url: &Option<String>| {
        let path = url.as_deref().map(landing::path);
        path.is_some_and(|path| !path.is_empty() && path == here)
    };
    let rank = |product: &Product| {
        let meant = explicit.product.is_some() && explicit.product == product.id
            || product.variants.iter().any(|variant| means(said, variant));
        let by_url = is_here(&product.url) || product.variants.iter().any(|variant| is_here(&variant.url));
        let score = |yes: bool, points: u8| if yes { points } else { 0 };
        score(meant, 8)
            + score(by_url, 4)
            + score(product.variants.len() > 1, 2)
            + score(product.price.is_some(), 1)
    };
    let mut best = 0;
    for at in 1..products.len() {
        if rank(&products[at]) > rank(&products[best]) {
            best = at;
        }
    }
    // Of several that all are others, none is meant.
    let wanted =
        products.len() < 2 || explicit.is_empty() || products.get(best).is_some_and(|best| rank(best) >= 4);
    (wanted && best < products.len()).then(|| products.swap_remove(best))
}

/// Takes what a first source lacks from a second that is about the same product.
fn fill(product: &mut Product, mut other: Product) {
    let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && !same(a, b);
    // The other is of one variant, as the microdata of a page are, or of the same kind.
    let one = other.variants.first().filter(|_| other.variants.len() == 1);
    let mine = one.and_then(|one| {
        let of = |mine: &Variant| {
            same(&mine.sku, &one.sku) || same(&mine.gtin, &one.gtin) || same(&mine.id, &one.id)
        };
        product.variants.iter().position(of)
    });
    let about_another =
        differ(&product.id, &other.id) && differ(&product.name, &other.name) && mine.is_none();
    if about_another {
        return;
    }
    for (mine, theirs) in product.texts().into_iter().zip(other.texts()) {
        take(mine, theirs);
    }
    product.price = product.price.or(other.price);
    let alone = (product.variants.len() == 1).then_some(0);
    if mine.is_some() && product.variants.len() > 1 {
        product.chosen = mine;
    }
    let wanted = mine.is_some() || alone.is_some();
    let one = other.variants.first_mut().filter(|_| wanted);
    if let (Some(mine), Some(one)) = (mine.or(alone).and_then(|at| product.variants.get_mut(at)), one) {
        if differ(&mine.sku, &one.sku) || differ(&mine.gtin, &one.gtin) {
            return;
        }
        for (mine, theirs) in mine.texts().into_iter().zip(one.texts()) {
            take(mine, theirs);
        }
        mine.price = mine.price.or(one.price);
        mine.availability = mine.availability.or(one.availability);
    }
}

#[expect(clippy::ref_option, reason = "they are fields")]
fn same(a: &Option<String>, b: &Option<String>) -> bool {
    a.is_some() && a == b
}

/// What is lacking is taken from another.
fn take(mine: &mut Option<String>, theirs: &mut Option<String>) {
    if mine.is_none() {
        core::mem::swap(mine, theirs);
    }
}

/// Whether a variant is the one that the caller says.
fn means(said: &Variant, variant: &Variant) -> bool {
    same(&said.sku, &variant.sku)
        || same(&said.gtin, &variant.gtin)
        || same(&said.id, &variant.id)
        || same(&said.id, &variant.sku)
}

/// Chooses what the caller says, which need not be among the variants. Whether it says any.
fn choose_said(product: &mut Product, mut said: Variant) -> bool {
    if said.texts().iter().all(|text| text.is_none()) {
        return false;
    }
    let at = product.variants.iter().position(|variant| means(&said, variant)).unwrap_or_else(|| {
        // A product without a word of variants is the one that is meant.
        let blank =
            |variant: &Variant| variant.id.is_none() && variant.sku.is_none() && variant.gtin.is_none();
        if product.variants.len() != 1 || !product.variants.iter().all(blank) {
            product.variants.push(Variant::default());
        }
        product.variants.len() - 1
    });
    if let Some(variant) = product.variants.get_mut(at) {
        // It may have been found by its SKU.
        if same(&said.id, &variant.sku) {
            said.id = None;
        }
        for (mine, theirs) in variant.texts().into_iter().zip(said.texts()) {
            take(mine, theirs);
        }
    }
    product.chosen = Some(at);
    true
}

/// Chooses by the page's URL, then by what the sources agreed on, then the only one.
fn choose(product: &mut Product, url: &str) {
    let variants = &product.variants;
    let said = landing::parameter(url, &["variant", "sku"]);
    let by_parameter = said.is_some().then(|| {
        let is = |variant: &Variant| [&variant.id, &variant.sku, &variant.gtin].contains(&&said);
        variants.iter().position(is)
    });
    let by_parameter = by_parameter.flatten();
    let here = landing::path_and_query(url);
    let mut at_url = (0..variants.len())
        .filter(|&at| variants[at].url.as_deref().is_some_and(|url| landing::path_and_query(url) == here));
    // Of several at one address, none is it.
    let by_url = at_url.next().filter(|_| at_url.next().is_none());
    let only = (variants.len() == 1).then_some(0);
    product.chosen = by_parameter.or(by_url).or(product.chosen).or(only);
}
