//! What the shop sells: forty products with a text of their own and ten of each of 36 cuts, with their names in French and
//! English, colours, sizes, and how they are drawn.

mod accessories;
mod children;
mod colour;
mod men;
mod range;
mod women;

pub use colour::Colour;

/// A text in both languages of the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// French.
    pub fr: &'static str,
    /// English.
    pub en: &'static str,
}

/// Where in the shop a product is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Department {
    /// Women's clothes.
    Women,
    /// Men's clothes.
    Men,
    /// Children's clothes.
    Children,
    /// Shoes, bags and the like.
    Accessories,
}

/// The silhouette that a product is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Garment {
    /// Knee-length, with a waist seam.
    Dress,
    /// Long, crossed over at the front.
    WrapDress,
    /// With a collar and buttons.
    Shirt,
    /// Wide sleeves, gathered at the cuffs.
    Blouse,
    /// Short sleeves.
    Tee,
    /// Long sleeves, boat neck.
    Jersey,
    /// Round-necked pullover.
    Knit,
    /// Pullover with a rolled collar.
    RollNeck,
    /// Buttoned knit.
    Cardigan,
    /// Tailored jacket.
    Blazer,
    /// Long, straight, double-breasted.
    Coat,
    /// Belted, with storm flaps.
    Trench,
    /// Quilted, with a hood.
    Puffer,
    /// Straight, with creases.
    Trousers,
    /// Wide legs.
    WideTrousers,
    /// Five pockets.
    Jeans,
    /// Flared, midi.
    Skirt,
    /// Pleated all round.
    PleatedSkirt,
    /// Bib and braces.
    Dungarees,
    /// Low trainer.
    Sneaker,
    /// Ankle boot.
    Boot,
    /// Shoulder bag with a flap.
    Handbag,
    /// Open bag with long handles.
    Tote,
    /// With fringes.
    Scarf,
    /// Flat and round.
    Beret,
}

/// What its cloth looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// One colour.
    Plain,
    /// Narrow horizontal stripes.
    Stripes,
    /// Narrow vertical stripes.
    Pinstripe,
    /// Crossed bands.
    Checks,
    /// Small dots.
    Dots,
    /// Scattered flowers.
    Flowers,
    /// Knitted ribs.
    Rib,
    /// Knitted cables.
    Cable,
    /// Twill in zigzag.
    Herringbone,
}

/// One product, in all its colours and sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Product {
    /// In its page's address, and its reference.
    pub slug: &'static str,
    /// Where it is found.
    pub department: Department,
    /// Code of its brand, as in [`crate::Network::brands`].
    pub brand: &'static str,
    /// As shown.
    pub name: Text,
    /// A sentence or two about it.
    pub about: Text,
    /// What it is made of.
    pub material: Text,
    /// Price in euro cents, taxes included.
    pub price_cents: u32,
    /// The price before a reduction.
    pub was_cents: Option<u32>,
    /// Sizes made, in order.
    pub sizes: &'static [&'static str],
    /// Colours, the one shown first in front.
    pub colours: &'static [Colour],
    /// Silhouette.
    pub garment: Garment,
    /// Cloth.
    pub pattern: Pattern,
    /// Where it hangs.
    pub spread: Spread,
}

/// How many of the stores have a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Most of those that carry its brand.
    Wide,
    /// Some of them.
    Narrow,
}

impl Product {
    /// What is on the price tag of a size of a colour.
    pub fn sku(&self, colour: &Colour, size: &str) -> String {
        format!("{}-{}-{}", self.slug, colour.code, size.replace(' ', "")).to_uppercase()
    }
}

/// Number sizes of women's clothes.
const WOMEN: &[&str] = &["34", "36", "38", "40", "42", "44", "46"];
/// Letter sizes.
const LETTERS: &[&str] = &["XS", "S", "M", "L", "XL", "XXL"];
/// Waist sizes of men's trousers.
const MEN: &[&str] = &["38", "40", "42", "44", "46", "48"];
/// Children's, by age.
const AGES: &[&str] = &["4 ans", "6 ans", "8 ans", "10 ans", "12 ans"];
/// Shoes.
const SHOES: &[&str] = &["36", "37", "38", "39", "40", "41", "42", "43", "44"];
/// What has no sizes.
const ONE: &[&str] = &["TU"];

/// All products, by department.
pub fn products() -> impl Iterator<Item = &'static Product> {
    [women::PRODUCTS, men::PRODUCTS, children::PRODUCTS, accessories::PRODUCTS, range::products()]
        .into_iter()
        .flatten()
}

/// The product with this slug.
pub fn product(slug: &str) -> Option<&'static Product> {
    products().find(|product| product.slug == slug)
}
