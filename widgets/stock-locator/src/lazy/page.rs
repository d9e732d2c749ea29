//! The product of the host page, read and followed.

use core::any::Any;

use devanture_host::product::{Explicit, Product, watch::Watch};

use super::Found;
use crate::state::Key;

pub(super) fn follow(changed: Box<dyn Fn(Option<Found>)>) -> (Option<Found>, Box<dyn Any>) {
    let watch = Watch::new(Explicit::default(), move |product| changed(product.map(found)));
    let now = watch.as_ref().and_then(Watch::product).map(found);
    (now, Box::new(watch))
}

fn found(product: Product) -> Found {
    let variant = product.chosen().cloned().unwrap_or_default();
    let mut keys = Vec::new();
    keys.extend(variant.sku.clone().map(Key::Sku));
    keys.extend(variant.gtin.clone().map(Key::Gtin));
    // Shops that have no SKUs of their own name variants by their ids.
    keys.extend(variant.id.clone().filter(|id| variant.sku.as_ref() != Some(id)).map(Key::Sku));
    keys.extend(product.id.clone().map(Key::Id));
    if variant == Default::default() {
        // No variant is chosen: any of them tells which product it is.
        keys.extend(product.variants.iter().find_map(|other| other.sku.clone()).map(Key::Sku));
        keys.extend(product.variants.iter().find_map(|other| other.gtin.clone()).map(Key::Gtin));
    }
    Found {
        keys,
        sku: variant.sku.or(variant.id),
        gtin: variant.gtin,
        size: variant.size,
        colour: variant.color,
    }
}
