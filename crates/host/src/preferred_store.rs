//! "My store": chosen once, known to every widget on every page of the site.
//!
//! It is kept in the browser's storage because the shopper asked for it by a click; where storage
//! is blocked it lives as long as the page.

use std::cell::RefCell;

use crate::{
    hear::{Hear, tell},
    kept,
};

const STORAGE_PREFIX: &str = "devanture:my-store:";
/// Dispatched on `window`, so that widgets of other versions on the page hear it too.
const CHANGED: &str = "devanture-my-store-changed";

/// What was chosen on this page: a site's key and a store's code.
type Choice = (String, Option<String>);

thread_local! {
    static IN_PAGE: RefCell<Option<Choice>> = const { RefCell::new(None) };
}

/// The code of the store chosen on the site of `key`.
pub fn get(key: &str) -> Option<String> {
    let in_page = IN_PAGE.with_borrow(|choice| choice.clone().filter(|(site, _)| site == key));
    match in_page {
        Some((_, code)) => code,
        None => kept::get(&item_name(key)),
    }
}

/// Chooses a store, or none, and tells every widget on the page.
pub fn set(key: &str, code: Option<&str>) {
    let item = item_name(key);
    let kept = kept::set(&item, code);
    // Where storage is blocked or full, the choice is this page's alone.
    IN_PAGE.set(if kept.is_some() { None } else { Some((key.into(), code.map(Into::into))) });
    tell(CHANGED);
}

fn item_name(key: &str) -> String {
    let mut name = String::from(STORAGE_PREFIX);
    name.push_str(key);
    name
}

/// Calls back when the choice may have changed, here or in another tab; stops when dropped.
pub struct Watch(#[expect(dead_code, reason = "held: it stops when dropped")] Hear);

impl Watch {
    /// `None` outside a page.
    pub fn new(changed: Box<dyn Fn()>) -> Option<Self> {
        Hear::new(&[CHANGED, "storage"], changed).map(Self)
    }
}
