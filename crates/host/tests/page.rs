//! The product reader and the shop on a page, in a browser: `cargo xtask test --only wasm`, or `wasm-pack test --headless --chrome crates/host`.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod shop;

use std::{cell::RefCell, rc::Rc};

use devanture_host::product::{Availability, Explicit, Product, page, watch::Watch};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn script(body: &str) -> JsValue {
    Function::new_no_args(body).call0(&JsValue::NULL).unwrap()
}

/// Nodes of a page, gone when dropped; the tests share one document.
struct Page(Vec<Element>, String);

impl Page {
    fn new(head: &str, body: &str) -> Self {
        let url = web_sys::window().unwrap().location().href().unwrap();
        let mut page = Self(Vec::new(), url);
        page.add(&document().head().unwrap(), head);
        page.add(&document().body().unwrap(), body);
        page
    }

    fn add(&mut self, parent: &Element, html: &str) {
        let template = document().create_element("div").unwrap();
        template.set_inner_html(html);
        while let Some(child) = template.first_element_child() {
            parent.append_child(&child).unwrap();
            self.0.push(child);
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        for node in &self.0 {
            node.remove();
        }
        go(&self.1);
    }
}

fn go(url: &str) {
    let history = web_sys::window().unwrap().history().unwrap();
    history.push_state_with_url(&JsValue::NULL, "", Some(url)).unwrap();
}

fn read() -> Option<Product> {
    page::read(&Explicit::default())
}

async fn wait(milliseconds: i32) {
    let promise = Promise::new(&mut |done, _| {
        web_sys::window()
            .unwrap()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds)
            .unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
}

/// Longer than a watch takes to read the page, for what must not come.
const LONG: i32 = 250;

async fn until(what: impl Fn() -> bool) {
    for _ in 0..100 {
        if what() {
            return;
        }
        wait(20).await;
    }
    panic!("it has not come");
}

fn product(sku: &str) -> String {
    [
        "<script type='application/ld+json'>{\"@type\":\"Product\",\"name\":\"P\",\"sku\":\"",
        sku,
        "\"}</script>",
    ]
    .concat()
}

fn sku(product: Option<&Product>) -> Option<String> {
    product?.chosen()?.sku.clone()
}

const GROUP: &str = r#"<script type="application/ld+json">{"@type":"ProductGroup","productGroupID":"7","hasVariant":[
  {"@type":"Product","sku":"S","offers":{"url":"/p?variant=1","price":"1","priceCurrency":"EUR"}},
  {"@type":"Product","sku":"M","offers":{"url":"/p?variant=2","price":"1","priceCurrency":"EUR"}}]}</script>"#;

#[wasm_bindgen_test]
fn a_page_without_a_product() {
    let _page = Page::new(
        "<script type='application/ld+json'>{broken</script><meta property='og:title' content='Home'>",
        "<div itemscope itemtype='https://schema.org/Organization'><b itemprop='name'>Shop</b></div>",
    );
    assert_eq!(read(), None);
}

#[wasm_bindgen_test]
fn microdata_as_magento_writes_it() {
    let _page = Page::new(
        "<meta property='og:type' content='product'><meta property='product:retailer_item_id' content='MH07'>
         <meta property='product:color' content='Black'>",
        "<main itemscope itemtype='http://schema.org/Product'>
           <h1><span itemprop='name'>Hero&nbsp; Hoodie</span></h1>
           <a itemprop='brand' itemscope itemtype='http://schema.org/Brand' href='/b'><b itemprop='name'>Hero</b></a>
           <img itemprop='image' src='/hero.jpg'>
           <div itemprop='sku'> MH07 </div><meta itemprop='gtin13' content='4006381333931'>
           <div itemprop='offers' itemscope itemtype='http://schema.org/Offer'>
             <meta itemprop='price' content='54'><meta itemprop='priceCurrency' content='USD'>
             <link itemprop='availability' href='http://schema.org/InStock'>
           </div>
           <div itemprop='review' itemscope itemtype='http://schema.org/Review'><b itemprop='name'>Nice</b></div>
           <div itemprop='isRelatedTo' itemscope itemtype='http://schema.org/Product'><b itemprop='sku'>NOT</b></div>
         </main>",
    );
    let product = read().unwrap();
    assert_eq!((product.name.as_deref(), product.brand.as_deref()), (Some("Hero Hoodie"), Some("Hero")));
    assert_eq!(product.id.as_deref(), Some("MH07"));
    assert!(product.image.as_ref().unwrap().ends_with("/hero.jpg"));
    let chosen = product.chosen().unwrap();
    assert_eq!((chosen.price.unwrap().minor, chosen.availability), (5400, Some(Availability::InStock)));
    assert_eq!((chosen.gtin.as_deref(), chosen.color.as_deref()), (Some("4006381333931"), Some("Black")));
}

#[wasm_bindgen_test]
fn microdata_that_nests_for_ever() {
    let mut body = String::new();
    for _ in 0..200 {
        body.push_str("<div itemscope itemprop='offers' itemtype='x'><b itemprop='sku'>1</b>");
    }
    let _page = Page::new("", &["<div itemscope itemtype='http://schema.org/Product'>", &body].concat());
    assert_eq!(read().unwrap().variants.len(), 1);
}

#[wasm_bindgen_test]
fn a_page_that_has_tampered_with_json_and_arrays() {
    let _page = Page::new(GROUP, "");
    script(
        "globalThis.kept = [JSON.parse, Array.from, Array.prototype.map];
         Object.prototype.toJSON = Array.prototype.toJSON = () => 'x';
         JSON.parse = Array.from = Array.prototype.map = () => { throw Error('tampered'); };",
    );
    let product = read();
    script(
        "[JSON.parse, Array.from, Array.prototype.map] = kept; delete globalThis.kept;
         delete Object.prototype.toJSON; delete Array.prototype.toJSON;",
    );
    assert_eq!(product.unwrap().variants.len(), 2);
}

#[wasm_bindgen_test]
fn the_store_of_an_ad() {
    let _page = Page::new("", "");
    assert_eq!(page::store_code(), None);
    go("?store_code=FR-75");
    assert_eq!(page::store_code().as_deref(), Some("FR-75"));
}

/// A watch and what it has told.
fn watch() -> (Watch, Rc<RefCell<Vec<Option<String>>>>) {
    let told = Rc::new(RefCell::new(Vec::new()));
    let tell = told.clone();
    let watch = Watch::new(Explicit::default(), move |product| tell.borrow_mut().push(sku(product.as_ref())));
    (watch.unwrap(), told)
}

#[wasm_bindgen_test]
async fn a_product_that_comes_late_changes_and_goes() {
    let mut page = Page::new("", "<section></section>");
    let (watch, told) = watch();
    assert_eq!(watch.product(), None);
    let section = page.0[0].clone();
    page.add(&section, &product("A"));
    until(|| told.borrow().len() == 1).await;
    let script = page.0[1].clone();
    script.set_text_content(Some("{\"@type\":\"Product\",\"sku\":\"B\"}"));
    until(|| told.borrow().len() == 2).await;
    script.remove();
    until(|| told.borrow().len() == 3).await;
    assert_eq!(*told.borrow(), [Some("A".into()), Some("B".into()), None]);
}

#[wasm_bindgen_test]
async fn another_variant_by_the_url_or_by_microdata() {
    let _page = Page::new(
        GROUP,
        "<p itemscope itemtype='http://schema.org/Product'><meta itemprop='sku' content='S'></p>",
    );
    let (watch, told) = watch();
    assert_eq!(sku(watch.product().as_ref()).as_deref(), Some("S"));
    document().query_selector("[itemprop=sku]").unwrap().unwrap().set_attribute("content", "M").unwrap();
    until(|| told.borrow().len() == 1).await;
    go("?variant=1");
    until(|| told.borrow().len() == 2).await;
    assert_eq!(*told.borrow(), [Some("M".into()), Some("S".into())]);
    watch.explicit(Explicit { sku: Some("M".into()), ..Explicit::default() });
    assert_eq!(told.borrow().len(), 3, "at once");
}

#[wasm_bindgen_test]
async fn without_the_navigation_api_a_click_tells() {
    let _page = Page::new(GROUP, "<button></button>");
    script(
        "globalThis.kept = Object.getOwnPropertyDescriptor(window, 'navigation');
         Object.defineProperty(window, 'navigation', { value: undefined, configurable: true });",
    );
    let (_watch, told) = watch();
    go("?variant=2");
    wait(LONG).await;
    assert!(told.borrow().is_empty(), "nothing has been said");
    document().query_selector("button").unwrap().unwrap().dyn_into::<web_sys::HtmlElement>().unwrap().click();
    until(|| told.borrow().len() == 1).await;
    script("Object.defineProperty(window, 'navigation', kept); delete globalThis.kept;");
    assert_eq!(*told.borrow(), [Some("M".into())]);
}

#[wasm_bindgen_test]
async fn what_is_dropped_says_nothing_more() {
    let mut page = Page::new("", "");
    let (watch, told) = watch();
    page.add(&document().body().unwrap(), &product("A"));
    // The change is noticed, and the timer runs.
    wait(0).await;
    drop(watch);
    page.add(&document().head().unwrap(), &product("B"));
    go("?variant=1");
    wait(LONG).await;
    assert!(told.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn a_callback_may_drop_its_own_watch() {
    let mut page = Page::new("", "");
    let own: Rc<RefCell<Option<Watch>>> = Rc::default();
    let (count, inner) = (Rc::new(RefCell::new(0)), own.clone());
    let counting = count.clone();
    let watch = Watch::new(Explicit::default(), move |_| {
        *counting.borrow_mut() += 1;
        drop(inner.take());
    });
    *own.borrow_mut() = watch;
    page.add(&document().body().unwrap(), &product("A"));
    until(|| *count.borrow() == 1).await;
    page.0[0].remove();
    wait(LONG).await;
    assert_eq!(*count.borrow(), 1);
}
