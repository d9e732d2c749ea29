//! What each store holds of the catalogue, and the warehouse that the web shop sends from.

use crate::{
    DemoStore,
    catalogue::{Colour, Product, Spread, products},
    mix::{chance, mix},
};

/// Code of the warehouse.
pub const WAREHOUSE: &str = "WEB";

/// The pieces of a variant at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoStock {
    /// Of what.
    pub sku: String,
    /// Code of the store, or [`WAREHOUSE`].
    pub location: String,
    /// Pieces that are there.
    pub on_hand: u32,
    /// Pieces on their way, when there are none.
    pub on_order: u32,
    /// How long ago they were counted, in minutes.
    pub minutes_ago: u32,
}

/// Everything made of a product: colour, size, SKU.
pub fn variants(product: &'static Product) -> impl Iterator<Item = (&'static Colour, &'static str, String)> {
    product.colours.iter().flat_map(move |colour| {
        product.sizes.iter().map(move |size| (colour, *size, product.sku(colour, size)))
    })
}

/// What all of these stores hold. A store has something of every brand that it carries, and now and then of another.
pub fn stock(stores: &[DemoStore]) -> impl Iterator<Item = DemoStock> {
    products().flat_map(variants_of).flat_map(|(product, sku)| {
        let of_stores = stores.iter().filter_map({
            let sku = sku.clone();
            move |store| in_store(product, &sku, store)
        });
        let pieces = 20 + u32::try_from(mix(&sku, "warehouse") % 60).unwrap_or(0);
        let in_warehouse = DemoStock {
            location: WAREHOUSE.to_owned(),
            on_hand: if chance(&sku, "sold out", 6) { 0 } else { pieces },
            on_order: 0,
            minutes_ago: 4,
            sku,
        };
        of_stores.chain([in_warehouse])
    })
}

fn variants_of(product: &'static Product) -> impl Iterator<Item = (&'static Product, String)> {
    variants(product).map(move |(_, _, sku)| (product, sku))
}

fn in_store(product: &Product, sku: &str, store: &DemoStore) -> Option<DemoStock> {
    let code = &store.store.code;
    let place = format!("{sku}/{code}");
    let carried = store.store.brands.iter().any(|brand| brand == product.brand);
    let percent = match (product.spread, carried) {
        (Spread::Wide, true) => 70,
        (Spread::Wide, false) => 5,
        (Spread::Narrow, true) => 18,
        (Spread::Narrow, false) => 2,
    };
    if !chance(&place, "listed", percent) {
        return None;
    }
    let pieces = |most, purpose| 1 + u32::try_from(mix(&place, purpose) % most).unwrap_or(0);
    let is_there = chance(&place, "there", 80);
    Some(DemoStock {
        on_hand: if is_there { pieces(7, "pieces") } else { 0 },
        on_order: if !is_there && chance(&place, "ordered", 40) { pieces(10, "ordered") } else { 0 },
        minutes_ago: pieces(180, "counted"),
        location: code.clone(),
        sku: sku.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use devanture_domain::civil::Date;

    use super::*;
    use crate::{Origins, network};

    #[test]
    fn every_variant_is_somewhere_and_none_is_listed_twice() {
        let origins = Origins { shop: String::new(), mini_site: String::new() };
        let network = network(Date::parse("2026-11-21").unwrap(), &origins);
        let all: Vec<DemoStock> = stock(&network.stores).collect();
        let places: HashSet<_> = all.iter().map(|one| (&one.sku, &one.location)).collect();
        assert_eq!(places.len(), all.len());
        let mut stores_with: BTreeMap<&str, u32> = BTreeMap::new();
        for one in all.iter().filter(|one| one.on_hand > 0 && one.location != WAREHOUSE) {
            *stores_with.entry(&one.sku).or_default() += 1;
        }
        let variants: Vec<String> = products().flat_map(variants_of).map(|(_, sku)| sku).collect();
        assert_eq!(variants.iter().collect::<HashSet<_>>().len(), variants.len());
        assert!(variants.iter().all(|sku| stores_with.get(&**sku).is_some_and(|stores| *stores >= 3)));
        let form = |sku: &str| sku.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
        assert!(variants.iter().all(|sku| form(sku)), "{variants:?}");
    }
}
