//! The host's shop on pages that behave as each platform's do: those of the browser tests, whose own scripts run.

use devanture_host::shop::{Custom, Platform, Shop};
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Page, document, script, until};

const SIZES: &str = r#"[{"label":"36"},{"label":"40"}]"#;

/// A page and its script, which does not run by being put into it.
fn open(html: &str) -> Page {
    let html = html.replace("{{sizes}}", SIZES).replace("{{product}}", "ROBE").replace("{{sku}}", "ROBE-40");
    let (markup, rest) = html.rsplit_once("<script>").unwrap();
    let page = Page::new("", markup);
    script(rest.rsplit_once("</script>").unwrap().0);
    page
}

fn log() -> Vec<String> {
    let log = Reflect::get(&js_sys::global(), &"hostLog".into()).unwrap_or(JsValue::UNDEFINED);
    Array::from(&log).iter().filter_map(|line| line.as_string()).collect()
}

fn chosen(shop: &Shop) -> Option<String> {
    let choices = shop.picker()?.choices();
    choices.into_iter().find(|choice| choice.is_chosen).map(|choice| choice.label)
}

async fn chosen_and_added(html: &str, platform: Platform) {
    let _page = open(html);
    let shop = Shop::detect(Custom::default()).unwrap();
    assert_eq!(shop.platform(), platform);
    // Magento's swatches come after the page.
    until(|| shop.picker().is_some()).await;
    shop.picker().unwrap().choose("40").unwrap();
    // What was chosen is drawn anew by some.
    super::wait(super::LONG).await;
    assert_eq!(chosen(&shop).as_deref(), Some("40"), "{platform:?}");
    assert_eq!(shop.add_to_basket(), Some(true), "{platform:?}");
    assert_eq!(log().last().map(String::as_str), Some("added 40"), "{platform:?}");
}

macro_rules! platforms {
    ($($name:ident: $file:literal, $platform:ident;)*) => {
        $(
            #[wasm_bindgen_test]
            async fn $name() {
                let html = include_str!(concat!("../../../../tests/fixtures/shops/", $file));
                chosen_and_added(html, Platform::$platform).await;
            }
        )*
    };
}

platforms! {
    into_the_basket_on_prestashop: "prestashop.html", PrestaShop;
    into_the_basket_on_magento: "magento.html", Magento;
    into_the_basket_on_woocommerce: "woocommerce.html", WooCommerce;
    into_the_basket_on_shopify: "shopify.html", Shopify;
    into_the_basket_anywhere_else: "generic.html", Generic;
}

#[wasm_bindgen_test]
fn nothing_is_added_where_the_host_does_not_let_one() {
    let html = include_str!("../../../../tests/fixtures/shops/woocommerce.html");
    let _page = open(html);
    let shop = Shop::detect(Custom::default()).unwrap();
    // Of a variable product nothing is chosen yet.
    assert_eq!(shop.add_to_basket(), None);
    let custom = Custom { basket: Some("button".into()), ..Custom::default() };
    document().query_selector("button").unwrap().unwrap().set_attribute("disabled", "").unwrap();
    assert_eq!(Shop::detect(custom).unwrap().add_to_basket(), None);
    assert_eq!(log(), [""; 0]);
}
