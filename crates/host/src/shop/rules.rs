//! What each platform's pages look like, by their public documentation and themes.

use super::{Key, Platform, dom};
use wasm_bindgen::JsValue;

/// Where a product's key stands.
#[derive(Debug)]
pub(super) struct KeyAt {
    /// Of which element; the very element where it is empty.
    pub(super) selector: &'static str,
    /// The attribute, `value` for what a field holds.
    pub(super) attribute: &'static str,
    /// Whether it is a SKU rather than an id.
    pub(super) is_sku: bool,
}

/// A platform.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) platform: Platform,
    /// Found on its pages and on no others.
    pub(super) detect: &'static str,
    /// What holds the choices of one attribute, a size or a colour.
    pub(super) groups: &'static str,
    /// Its name, within.
    pub(super) name: &'static str,
    /// What is replaced when another variant is chosen: it is watched from outside.
    pub(super) form: &'static str,
    pub(super) basket: &'static str,
    pub(super) product: &'static [KeyAt],
    pub(super) cards: &'static str,
    pub(super) card: &'static [KeyAt],
}

const fn id(selector: &'static str, attribute: &'static str) -> KeyAt {
    KeyAt { selector, attribute, is_sku: false }
}

const fn sku(selector: &'static str, attribute: &'static str) -> KeyAt {
    KeyAt { selector, attribute, is_sku: true }
}

/// The generic one last: it is there on any page.
pub(super) const RULES: [Rules; 5] = [
    Rules {
        platform: Platform::PrestaShop,
        detect: "#product_page_product_id, .js-product-miniature, .product-variants-item",
        groups: ".product-variants-item",
        name: ".control-label",
        form: "#main, .product-container",
        basket: "[data-button-action='add-to-cart']",
        product: &[id("#product_page_product_id", "value")],
        cards: ".js-product-miniature[data-id-product]",
        card: &[id("", "data-id-product")],
    },
    Rules {
        platform: Platform::Magento,
        detect: "#product_addtocart_form, .product-item [data-role='tocart-form'], .products .product-item .price-box[data-product-id]",
        groups: ".swatch-attribute, #product_addtocart_form .field.configurable",
        name: ".swatch-attribute-label, label",
        form: "#product_addtocart_form",
        basket: "#product-addtocart-button",
        product: &[
            sku("#product_addtocart_form[data-product-sku]", "data-product-sku"),
            id("#product_addtocart_form input[name='product']", "value"),
        ],
        cards: ".product-items > .product-item",
        card: &[sku("[data-product-sku]", "data-product-sku"), id("[data-product-id]", "data-product-id")],
    },
    Rules {
        platform: Platform::WooCommerce,
        detect: "form.variations_form, ul.products > li.product, body.woocommerce-page",
        groups: ".variations_form .variations tr, .variations_form .variations > div",
        name: "label, th.label, td.label",
        form: "form.variations_form",
        basket: ".single_add_to_cart_button",
        product: &[id("form.variations_form[data-product_id]", "data-product_id")],
        cards: "ul.products > li.product",
        card: &[
            sku("[data-product_sku]:not([data-product_sku=''])", "data-product_sku"),
            id("[data-product_id]", "data-product_id"),
        ],
    },
    Rules {
        platform: Platform::Shopify,
        detect: "variant-selects, variant-radios, product-form, product-info, .product-card-wrapper",
        groups: "variant-selects fieldset, variant-selects .product-form__input, variant-radios fieldset",
        name: "legend, .form__label, label",
        form: "product-info, [id^='ProductInfo-']",
        basket: "product-form [type='submit']",
        product: &[
            id("product-info[data-product-id]", "data-product-id"),
            id("product-form input[name='product-id']", "value"),
        ],
        cards: ".product-card-wrapper",
        card: &[id("[data-product-id]", "data-product-id"), id("a[href*='/products/']", "href")],
    },
    Rules {
        platform: Platform::Generic,
        detect: "html",
        groups: "fieldset, [role='radiogroup'], select",
        name: "legend",
        form: "form, [data-product]",
        basket: "[data-add-to-basket], [name='add-to-cart'], [name='add']",
        product: &[id("[data-product-page][data-product-id]", "data-product-id")],
        cards: "[data-product-card]",
        card: &[
            sku("", "data-sku"),
            id("", "data-product-id"),
            sku("[data-sku]", "data-sku"),
            id("[data-product-id]", "data-product-id"),
        ],
    },
];

/// The first key that is there.
pub(super) fn key(root: &JsValue, places: &[KeyAt]) -> Option<Key> {
    places.iter().find_map(|place| {
        let found =
            if place.selector.is_empty() { Some(root.clone()) } else { dom::find(root, place.selector) };
        let element = found?;
        let text = match place.attribute {
            "value" => dom::text(&element, "value"),
            // The product's name in Shopify's addresses.
            "href" => dom::attribute(&element, "href").and_then(|href| handle(&href)),
            name => dom::attribute(&element, name),
        }?;
        // What would not fit between commas is no key of a catalogue.
        let fits = text.len() <= 64 && !text.contains(',');
        fits.then_some(if place.is_sku { Key::Sku(text) } else { Key::Id(text) })
    })
}

fn handle(href: &str) -> Option<String> {
    // By single characters: a search for a text costs the download 3 KB.
    let path = href.split(['?', '#']).next()?;
    let mut parts = path.split('/');
    parts.find(|part| *part == "products")?;
    parts.next().filter(|handle| !handle.is_empty()).map(ToOwned::to_owned)
}
