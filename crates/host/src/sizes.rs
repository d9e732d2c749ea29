//! The sizes of those who share this browser: one memory for every widget on every page of the site.
//!
//! Without consent it lives as long as the page; so too where storage is blocked or full.

use std::cell::RefCell;

use devanture_domain::size::Household;

use crate::{
    consent::{Consent, consent},
    hear::{Hear, tell},
    kept,
};

const STORAGE_PREFIX: &str = "devanture:sizes:";
/// Of what the browser is linked with, so that other devices remember the same.
const LINK_PREFIX: &str = "devanture:sizes-link:";
/// Dispatched on `window`.
const CHANGED: &str = "devanture-sizes-changed";

thread_local! {
    /// A site's key and what is remembered on this page.
    static IN_PAGE: RefCell<Option<(String, Household)>> = const { RefCell::new(None) };
}

/// What is remembered on the site of `key`.
pub fn get(key: &str) -> Household {
    let in_page = || {
        IN_PAGE.with_borrow(|kept| {
            kept.as_ref().filter(|(site, _)| site == key).map(|(_, household)| household.clone())
        })
    };
    let stored = || may(key).then(|| kept::get(&item_name(key))).flatten().map(|text| Household::read(&text));
    in_page().or_else(stored).unwrap_or_default()
}

/// Whether it may be kept in this browser. What was kept on another page was allowed there, and may be until it is refused.
pub fn may(key: &str) -> bool {
    match consent() {
        Consent::Granted => true,
        Consent::Refused => false,
        Consent::Unknown => is_stored(key),
    }
}

/// Whether what is remembered is kept in this browser; where storage has become full, what it has is of before.
pub fn is_kept(key: &str) -> bool {
    IN_PAGE.with_borrow(|kept| kept.as_ref().is_none_or(|(site, _)| site != key)) && is_stored(key)
}

/// Whether anything is, which another version may have written.
fn is_stored(key: &str) -> bool {
    kept::get(&item_name(key)).is_some()
}

/// Remembers, and tells every widget on the page.
pub fn set(key: &str, household: &Household) {
    let may = may(key);
    let text = household.write();
    // Nothing to remember is nothing to keep, and erasing needs nobody's consent.
    let kept = if household.is_empty() {
        kept::set(&item_name(key), None)
    } else if may {
        kept::set(&item_name(key), Some(&text))
    } else {
        None
    };
    IN_PAGE.set(if kept.is_some() && may { None } else { Some((key.into(), household.clone())) });
    tell(CHANGED);
}

/// The shopper has said whether it may be kept: what the page remembers goes into storage, or what is in storage out of it.
pub fn consent_changed(key: &str) {
    match consent() {
        Consent::Granted => {
            let in_page = IN_PAGE.take().filter(|(site, _)| site == key).map(|(_, household)| household);
            if let Some(household) = in_page.filter(|household| !household.is_empty()) {
                set(key, &household);
            }
        }
        Consent::Refused => {
            let _ = kept::set(&item_name(key), None);
            // With it: what is gone here for want of consent was not erased, and is to stay on other devices.
            let _ = kept::set(&link_name(key), None);
        }
        Consent::Unknown => {}
    }
}

fn item_name(key: &str) -> String {
    named(STORAGE_PREFIX, key)
}

/// Where it is kept what the browser is linked with.
pub fn link_name(key: &str) -> String {
    named(LINK_PREFIX, key)
}

fn named(prefix: &str, key: &str) -> String {
    let mut name = String::from(prefix);
    name.push_str(key);
    name
}

/// Calls back when it may be otherwise, here or in another tab; stops when dropped.
pub fn watch(changed: Box<dyn Fn()>) -> Option<Hear> {
    Hear::new(&[CHANGED, "storage"], changed)
}
