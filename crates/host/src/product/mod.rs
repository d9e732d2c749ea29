//! The product that the host page shows: what it is, its variants, and which one is chosen.
//!
//! Read from what shops publish anyway: JSON-LD, microdata, meta tags. The rules ([`find()`]) are pure and take texts; [`page`] and
//! [`watch`] are the glue to a browser. Everything on the page is taken for hostile: lengths, depths and counts are bounded, what makes
//! no sense is left out, and nothing here fails or throws.

mod find;
mod gtin;
mod json;
mod landing;
mod meta;
pub mod page;
mod price;
mod schema;
mod text;
pub mod watch;

pub use find::find;
pub use gtin::gtin;
pub use json::{Json, MAX_BYTES};
pub use landing::store_code;
pub use meta::product as meta_product;
pub use price::{Currency, Price};

/// A product, as far as the page tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// The shop's id of what all variants have in common: `productGroupID`, else the product's own number.
    pub id: Option<String>,
    /// Up to 200 characters.
    pub name: Option<String>,
    /// Its name.
    pub brand: Option<String>,
    /// Absolute, or from the site's root.
    pub url: Option<String>,
    /// Absolute, or from the site's root.
    pub image: Option<String>,
    /// Of the product, or the lowest of its variants.
    pub price: Option<Price>,
    /// At least one, at most 1,000; a product without variants is its only one.
    pub variants: Vec<Variant>,
    /// The place in `variants` of the one that is chosen on the page, if that can be told.
    pub chosen: Option<usize>,
}

impl Product {
    /// The variant that is chosen.
    pub fn chosen(&self) -> Option<&Variant> {
        self.variants.get(self.chosen?)
    }
}

impl Product {
    /// All its texts, in one order.
    fn texts(&mut self) -> [&mut Option<String>; 5] {
        [&mut self.id, &mut self.name, &mut self.brand, &mut self.url, &mut self.image]
    }
}

/// One size and colour of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// The shop's id of it, where its URL has one (`?variant=`).
    pub id: Option<String>,
    /// The shop's stock keeping unit.
    pub sku: Option<String>,
    /// 8, 12, 13 or 14 digits; the check digit is right.
    pub gtin: Option<String>,
    /// As the shop writes it.
    pub size: Option<String>,
    /// As the shop writes it.
    pub color: Option<String>,
    /// Its own.
    pub price: Option<Price>,
    /// In the online shop.
    pub availability: Option<Availability>,
    /// Absolute, or from the site's root.
    pub url: Option<String>,
}

impl Variant {
    /// All its texts, in one order.
    fn texts(&mut self) -> [&mut Option<String>; 6] {
        [&mut self.id, &mut self.sku, &mut self.gtin, &mut self.size, &mut self.color, &mut self.url]
    }
}

/// What an online shop says about a variant, by schema.org's `ItemAvailability`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It can be bought.
    InStock,
    /// The last ones.
    Limited,
    /// In stores only.
    InStoreOnly,
    /// Not in stores.
    OnlineOnly,
    /// It has not come out yet.
    PreOrder,
    /// It will come again.
    BackOrder,
    /// It cannot be bought now.
    OutOfStock,
    /// It will not come again.
    Discontinued,
}

/// What the caller says itself, by the element's attributes. It wins over everything on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explicit {
    /// [`Product::id`].
    pub product: Option<String>,
    /// [`Variant::id`], or its SKU.
    pub variant: Option<String>,
    /// [`Variant::sku`].
    pub sku: Option<String>,
    /// [`Variant::gtin`].
    pub gtin: Option<String>,
}

impl Explicit {
    fn is_empty(&self) -> bool {
        [&self.product, &self.variant, &self.sku, &self.gtin].iter().all(|text| text.is_none())
    }

    /// The variant as it is said; empty when none is.
    fn variant(&self) -> Variant {
        let code = |of: &Option<String>| of.as_deref().and_then(text::code);
        Variant {
            id: code(&self.variant),
            sku: code(&self.sku),
            gtin: self.gtin.as_deref().and_then(gtin),
            ..Variant::default()
        }
    }
}

/// What a page says, source by source; microdata and meta tags in the form of JSON-LD.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    /// One per script.
    pub json_ld: Vec<Json>,
    /// One per item that is no property of another.
    pub microdata: Vec<Json>,
    /// None or one, see [`meta_product`].
    pub meta: Vec<Json>,
}
