//! What the element's attributes say.

use devanture_ui::{
    js::{self, number},
    mount::Settings,
};

/// The API's own bound.
const MAX_ITEMS: usize = 12;

/// Some pieces of one variant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    pub sku: String,
    pub quantity: u32,
}

/// How much is shown before a click.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Mode {
    /// Everything.
    #[default]
    Full,
    /// One line, which opens the rest.
    Compact,
    /// A button that opens the rest; nothing is asked before.
    Button,
}

/// Attributes that are the widget's own; see `element.json`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// Several things at once.
    pub items: Option<String>,
    /// What the product is known by; where none is given, the page is read.
    pub sku: Option<String>,
    pub gtin: Option<String>,
    pub product_id: Option<String>,
    pub mode: Mode,
    /// Stores listed at first.
    pub limit: u16,
}

impl Options {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    pub(crate) fn read(settings: &Settings) -> Self {
        let limit = settings.attribute("limit").and_then(|text| js::parse_number(&text));
        Self {
            items: settings.attribute("items"),
            sku: settings.attribute("sku"),
            gtin: settings.attribute("gtin"),
            product_id: settings.attribute("product-id"),
            mode: match settings.attribute("mode").as_deref() {
                Some("compact") => Mode::Compact,
                Some("button") => Mode::Button,
                _ => Mode::Full,
            },
            limit: limit.map_or(5, |limit| limit as u16).clamp(1, 50),
        }
    }
}

/// What a list such as `SKU*2,SKU2` means, each SKU once.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
pub(crate) fn wanted(list: &str) -> Vec<Wanted> {
    let mut out: Vec<Wanted> = Vec::new();
    for part in list.split(',') {
        let (sku, pieces) = part.split_once('*').unwrap_or((part, "1"));
        let quantity = js::parse_number(pieces).map_or(1, |pieces| pieces as u32).clamp(1, 999);
        let sku = sku.trim();
        if let Some(item) = out.iter_mut().find(|item| same(&item.sku, sku)) {
            item.quantity += quantity;
        } else if !sku.is_empty() && out.len() < MAX_ITEMS {
            out.push(Wanted { sku: sku.into(), quantity });
        }
    }
    out
}

/// Whether two SKUs are one: the API minds no case.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// The list that the API takes.
pub(crate) fn list_of(wanted: &[Wanted]) -> String {
    let mut out = String::new();
    for item in wanted {
        if !out.is_empty() {
            out.push(',');
        }
        out.push_str(&item.sku);
        if item.quantity > 1 {
            out.push('*');
            out.push_str(&number(item.quantity.into()));
        }
    }
    out
}
