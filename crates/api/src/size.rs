//! Sizes: what products are made in and what is left, size charts, and how often the size memory was of use.

use devanture_domain::{
    civil::Date,
    review::{Fit, FitCounts},
    size::{self, Share},
};
use serde::{Deserialize, Serialize};

/// The most products that are asked about at once, by ids and SKUs together.
pub const MAX_PRODUCTS: usize = 500;

/// Query of `GET /v1/sizes`: at most [`MAX_PRODUCTS`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct SizesParams {
    /// Retailer's product ids, comma-separated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub products: Option<String>,
    /// SKUs of one variant of each product, comma-separated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skus: Option<String>,
}

/// The products that are known, in the order in which they were asked for. Whose size is which is for the page to find out: no
/// shopper's size is sent, and so all of them get the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizesPage {
    /// The products.
    pub items: Vec<ProductSizes>,
    /// BCP 47 language that the site is written in: what sizes without a country mean there, whatever language the page is shown in.
    pub locale: String,
}

/// The sizes of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductSizes {
    /// What it was asked for by, in the form of the catalogue: an id, or a SKU.
    pub key: String,
    /// Brand's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The retailer's category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// As shown, in their order, each once.
    pub sizes: Vec<String>,
    /// Of these, those of which no piece is left in any colour: anywhere in the network, on a mini-site in its own store.
    pub gone: Vec<String>,
    /// What reviewers say of how it fits, where enough do and most agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitCounts>,
    /// Of each of `sizes`, in their order, how many of those who took it kept it: of 20, of 50 from 50 sold on, of 100 from 100 on; `null` where
    /// fewer than 20 were sold. Left out where nothing is known of any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Option<String>>, example = json!(["17/20", null, "85/100"])))]
    pub kept: Vec<Option<Share>>,
    /// How most who sent it back say that it fits, `small` or `large`, where enough do and that is why it comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Fit>,
}

/// Query of `GET /v1/size-chart`: one of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct SizeChartParams {
    /// The retailer's product id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// SKU of one of its variants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
}

/// Which body each size is cut for. Of several charts the one of the product's brand and category holds, then of its brand, then of
/// its category, then the one for everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizeChart {
    /// Of which brand; of all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Of which category and those below it (`women` is above `women > dress`); of all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// From the smallest to the largest.
    pub rows: Vec<SizeRow>,
}

/// One size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizeRow {
    /// As on the product.
    pub size: String,
    /// Each dimension once.
    pub body: Vec<SizeRange>,
}

/// What it is cut for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizeRange {
    /// `height`, `chest`, `underbust`, `waist`, `hip`, `inside_leg`, `neck` or `foot`, as EN 13402-1 measures them.
    pub dimension: String,
    /// Millimetres.
    pub from_mm: u16,
    /// Millimetres; the same where the chart names one number.
    pub to_mm: u16,
}

/// What happened on a page: counts without anything about who it was. At most 100 of each at once. It is a query, as a page that is left
/// can send no JSON (`navigator.sendBeacon`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct SizeCounts {
    /// Product pages with sizes on which a size was remembered.
    pub seen: u32,
    /// Of these, those on which it was selected.
    pub preselected: u32,
    /// Of these, those that went into the basket so.
    pub kept: u32,
    /// Of those preselected, those on which the shopper chose another.
    pub changed: u32,
}

/// Query of `GET /admin/v1/size-figures`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct SizeFiguresParams {
    /// The first day, in UTC; thirty days ago unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date))]
    pub from: Option<Date>,
    /// The last day; today unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date))]
    pub to: Option<Date>,
}

/// How often the size memory was of use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizeFigures {
    /// By site.
    pub items: Vec<SizeFigure>,
}

/// Of one site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizeFigure {
    /// The site's id.
    pub site: String,
    /// The sums.
    #[serde(flatten)]
    pub counts: SizeCounts,
}

impl SizeChart {
    /// Its rows, checked: everything that is wrong, in words.
    pub fn checked(&self) -> Result<size::Chart, Vec<String>> {
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut wrong = Vec::new();
        for row in &self.rows {
            let mut ranges = Vec::with_capacity(row.body.len());
            for range in &row.body {
                match size::Dimension::parse(&range.dimension) {
                    Some(dimension) => {
                        ranges.push(size::Range { dimension, from: range.from_mm, to: range.to_mm });
                    }
                    None => wrong.push(unknown_dimension(&range.dimension)),
                }
            }
            rows.push(size::Row { label: row.size.trim().to_owned(), ranges });
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        size::Chart::checked(rows).map_err(|wrong| wrong.iter().map(ToString::to_string).collect())
    }

    /// A chart as it is sent.
    pub fn new(brand: Option<String>, category: Option<String>, chart: &size::Chart) -> Self {
        let row = |row: &size::Row| SizeRow {
            size: row.label.clone(),
            body: row
                .ranges
                .iter()
                .map(|range| SizeRange {
                    dimension: range.dimension.name().to_owned(),
                    from_mm: range.from,
                    to_mm: range.to,
                })
                .collect(),
        };
        Self { brand, category, rows: chart.rows().iter().map(row).collect() }
    }
}

/// What to say of a name that is no dimension's.
pub fn unknown_dimension(name: &str) -> String {
    let known: Vec<&str> = size::Dimension::ALL.iter().map(|(_, name)| *name).collect();
    format!("“{}” is not measured: use {}", name.chars().take(40).collect::<String>(), known.join(", "))
}
