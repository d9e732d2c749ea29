//! What the console asks of stock: what a store holds, what others do, and corrections.

use core::fmt;

use devanture_domain::{
    civil::{Date, UtcMs},
    stock::{MAX_PIECES, StockSource},
};
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::product::Money;

/// Query of `GET /admin/v1/stock`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct StaffStockParams {
    /// Whose figures: one of one's own stores.
    pub store: String,
    /// A SKU, a GTIN, a product's id, or the beginnings of words of a name; at most 200 characters.
    pub q: String,
}

/// Query of `GET /admin/v1/stock/variant`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct StaffVariantParams {
    /// The store from which one looks.
    pub store: String,
    /// Of what, in any case.
    pub sku: String,
}

/// Products that were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffStock {
    /// The products, by name.
    pub items: Vec<StockProduct>,
    /// Whether there are more than these: a longer search finds fewer.
    pub more: bool,
    /// The server's clock.
    pub now: UtcMs,
}

/// A product with what a store holds of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockProduct {
    /// The retailer's own id.
    pub id: String,
    /// As shown.
    pub name: String,
    /// Brand's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// A picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// In their order.
    pub variants: Vec<StockVariant>,
}

/// A variant with what a store holds of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockVariant {
    /// The retailer's own stock keeping unit.
    pub sku: String,
    /// Global Trade Item Number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// As shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// As shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// Whether it is the very one that was asked for, by its SKU or GTIN.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub exact: bool,
    /// Absent where nobody has ever said anything of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub here: Option<StockFigures>,
}

/// The figures of one variant at one place. They are never added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockFigures {
    /// Pieces that are there, the reserved ones among them.
    pub on_hand: u32,
    /// Pieces that are there and promised.
    pub reserved: u32,
    /// Pieces that are never promised.
    pub safety: u32,
    /// Pieces that can still be promised.
    pub available: u32,
    /// Pieces on their way.
    pub on_order: u32,
    /// When these are due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub expected_on: Option<Date>,
    /// Who said so last.
    pub source: StockSource,
    /// As of when.
    pub counted_at: UtcMs,
    /// As of when the last count was; sent back with a correction.
    pub based_at: UtcMs,
}

/// One variant, here and elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffVariant {
    /// The product's name.
    pub name: String,
    /// Brand's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// A picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// The variant with the store's own figures.
    pub variant: StockVariant,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// Other places that hold it or wait for it, the nearest first, warehouses last; at most 50.
    pub elsewhere: Vec<StockPlace>,
    /// The server's clock.
    pub now: UtcMs,
}

/// Another place that holds a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockPlace {
    /// A store's code, or a warehouse's.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Whether it is a warehouse.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub warehouse: bool,
    /// Metres from the store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
    /// To call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What it holds.
    pub figures: StockFigures,
}

/// Body of `POST /admin/v1/stock/counts`. Sent again with the same `id`, it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockCount {
    /// Drawn at random by who sends it: 16 to 64 visible ASCII characters.
    pub id: String,
    /// Where: one of one's own stores.
    pub store_code: String,
    /// Of what.
    pub sku: String,
    /// Pieces that are there, the reserved ones among them; at most a million.
    #[serde(deserialize_with = "pieces")]
    pub on_hand: u32,
    /// Why the figure was wrong.
    pub reason: CountReason,
    /// What was shown when it was counted; absent where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<SeenStock>,
    /// When it was counted, by the server's clock: what moves later comes on top. At most a day ago.
    pub counted_at: UtcMs,
}

/// What was shown when something was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeenStock {
    /// `on_hand` of the figures.
    pub on_hand: u32,
    /// `based_at` of the figures.
    pub based_at: UtcMs,
}

/// Why a figure was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CountReason {
    /// The shelf was counted.
    Counted,
    /// Pieces were found.
    Found,
    /// Pieces are missing.
    Missing,
    /// Pieces cannot be sold.
    Damaged,
}

impl CountReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Counted, Self::Found, Self::Missing, Self::Damaged];

    /// As on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Found => "found",
            Self::Missing => "missing",
            Self::Damaged => "damaged",
        }
    }
}

/// What a correction has led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountedStock {
    /// Where.
    pub store_code: String,
    /// Of what.
    pub sku: String,
    /// The figures from now on.
    pub figures: StockFigures,
}

/// A number of pieces, whatever kind of number was sent: all that is wrong with it is said in one sentence.
fn pieces<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    struct Pieces;

    impl de::Visitor<'_> for Pieces {
        type Value = u32;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a whole number from 0 to {MAX_PIECES}")
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<u32, E> {
            let fits = u32::try_from(value).ok().filter(|value| *value <= MAX_PIECES);
            fits.ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(value), &self))
        }
    }
    deserializer.deserialize_u64(Pieces)
}
