//! Availability, products and reservations.

use devanture_api::{
    availability::{AvailabilityPage, ItemAvailability, StoreAvailability},
    product::{Money, Product, Variant},
    reservation::{Proposal, Reservation, ReservedItem},
    similar::{SimilarPage, SimilarProduct},
};
use devanture_domain::{
    reservation::State,
    stock::{Availability, Confidence, Reason, Trust},
};

use super::{FromJs, Reader};

/// The value whose name is `key`'s text.
fn named<T: Copy>(from: &mut Reader, key: &str, names: &[(&str, T)], otherwise: T) -> T {
    let text = from.text(key);
    let found = names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    from.or_fail(found, otherwise)
}

impl FromJs for AvailabilityPage {
    fn read(from: &mut Reader) -> Self {
        let mut shippable = Vec::new();
        from.each(&from.get("shippable"), |item| shippable.push(item.object.is_truthy()));
        let mut ships_from = Vec::new();
        from.each(&from.get("ships_from"), |item| ships_from.push(item.object.as_string()));
        Self {
            items: from.list("items"),
            total: from.count("total"),
            shippable,
            ships_from,
            origin: from.optional("origin"),
        }
    }
}

impl FromJs for SimilarPage {
    fn read(from: &mut Reader) -> Self {
        Self { items: from.list("items"), origin: from.optional("origin") }
    }
}

impl FromJs for SimilarProduct {
    fn read(from: &mut Reader) -> Self {
        Self {
            product_id: from.text("product_id"),
            name: from.text("name"),
            sku: from.text("sku"),
            size: from.optional_text("size"),
            colour: from.optional_text("colour"),
            url: from.optional_text("url"),
            image_url: from.optional_text("image_url"),
            price: from.optional("price"),
            store: from.object("store"),
        }
    }
}

impl FromJs for StoreAvailability {
    fn read(from: &mut Reader) -> Self {
        Self {
            items: from.list("items"),
            has_all: from.flag("has_all"),
            ready_at: from.has("ready_at").then(|| from.instant("ready_at")),
            store: from.object("store"),
        }
    }
}

impl FromJs for ItemAvailability {
    fn read(from: &mut Reader) -> Self {
        const NAMES: [(&str, Availability); 4] = [
            ("in_stock", Availability::InStock),
            ("low", Availability::Low),
            ("to_order", Availability::ToOrder),
            ("out", Availability::Out),
        ];
        Self {
            sku: from.text("sku"),
            availability: named(from, "availability", &NAMES, Availability::Out),
            left: from.has("left").then(|| from.count("left")),
            expected_on: from.has("expected_on").then(|| from.date("expected_on")),
            counted_at: from.has("counted_at").then(|| from.instant("counted_at")),
            confidence: from.optional("confidence"),
        }
    }
}

impl FromJs for Confidence {
    fn read(from: &mut Reader) -> Self {
        const TRUST: [(&str, Trust); 3] =
            [("low", Trust::Low), ("medium", Trust::Medium), ("high", Trust::High)];
        const REASONS: [(&str, Reason); 6] = [
            ("counted", Reason::Counted),
            ("recent", Reason::Recent),
            ("reliable", Reason::Reliable),
            ("old", Reason::Old),
            ("often_refused", Reason::OftenRefused),
            ("last_piece", Reason::LastPiece),
        ];
        Self {
            trust: named(from, "trust", &TRUST, Trust::Low),
            reason: named(from, "reason", &REASONS, Reason::Old),
        }
    }
}

impl FromJs for Product {
    fn read(from: &mut Reader) -> Self {
        Self {
            id: from.text("id"),
            name: from.text("name"),
            brand: from.optional_text("brand"),
            category: from.optional_text("category"),
            url: from.optional_text("url"),
            image_url: from.optional_text("image_url"),
            variants: from.list("variants"),
            chosen: from.optional_text("chosen"),
        }
    }
}

impl FromJs for Variant {
    fn read(from: &mut Reader) -> Self {
        Self {
            sku: from.text("sku"),
            gtin: from.optional_text("gtin"),
            size: from.optional_text("size"),
            colour: from.optional_text("colour"),
            image_url: from.optional_text("image_url"),
            price: from.optional("price"),
        }
    }
}

impl FromJs for Money {
    fn read(from: &mut Reader) -> Self {
        Self { amount: from.instant("amount"), currency: from.text("currency") }
    }
}

impl FromJs for Reservation {
    fn read(from: &mut Reader) -> Self {
        let state = State::parse(&from.text("state"));
        Self {
            id: from.optional_text("id"),
            proposal: from.optional("proposal"),
            token: from.text("token"),
            pickup_code: from.text("pickup_code"),
            state: from.or_fail(state, State::Requested),
            store_code: from.text("store_code"),
            sent_from: from.optional_text("sent_from"),
            store_name: from.text("store_name"),
            time_zone: from.text("time_zone"),
            stores_asked: u16::try_from(from.count("stores_asked")).unwrap_or(u16::MAX),
            items: from.list("items"),
            due_at: from.has("due_at").then(|| from.instant("due_at")),
            ready_at: from.has("ready_at").then(|| from.instant("ready_at")),
            created_at: from.instant("created_at"),
        }
    }
}

impl FromJs for Proposal {
    fn read(from: &mut Reader) -> Self {
        Self { item: from.object("item"), open_until: from.instant("open_until") }
    }
}

impl FromJs for ReservedItem {
    fn read(from: &mut Reader) -> Self {
        Self {
            sku: from.text("sku"),
            quantity: from.count("quantity"),
            name: from.optional_text("name"),
            size: from.optional_text("size"),
            colour: from.optional_text("colour"),
            image_url: from.optional_text("image_url"),
            price: from.optional("price"),
        }
    }
}
