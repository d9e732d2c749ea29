//! The product of the host page, read and followed.

use core::any::Any;

use devanture_host::product::{Explicit, Product, watch::Watch};

use super::Found;
use crate::state::Key;

pub(super) fn follow(changed: Box<dyn Fn(Option<Found>)>) -> (Option<Found>, Box<dyn Any>) {
    let watch = Watch::new(Explicit::default(), move |product| changed(product.as_ref().map(found)));
    let now = watch.as_ref().and_then(Watch::product).as_ref().map(found);
    (now, Box::new(watch))
}

fn found(product: &Product) -> Found {
    let variant = product.chosen();
    let chosen = variant.is_some();
    let mut keys = Vec::new();
    // Where none is chosen, any tells which product it is.
    for variant in variant.into_iter().chain(product.variants.first()).take(1) {
        keys.extend(variant.sku.clone().map(Key::Sku));
        keys.extend(variant.gtin.clone().map(Key::Gtin));
        // Shops that have no SKUs of their own name variants by their ids.
        keys.extend(variant.id.clone().map(Key::Sku));
    }
    keys.extend(product.id.clone().map(Key::Id));
    keys.reverse();
    let variant = variant.cloned().unwrap_or_default();
    Found { keys, chosen, sku: variant.sku.or(variant.id), size: variant.size, colour: variant.color }
}
