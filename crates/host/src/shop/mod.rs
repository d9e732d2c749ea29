//! The host's shop: its size selector, its basket, its product cards.
//!
//! One interface for all platforms. What differs between them is a table of selectors ([`rules`]); how a choice is made is the same
//! everywhere, by the events that a shopper's own click or change would have. Everything is looked for anew each time, since hosts
//! replace whole forms while they are used, and nothing here throws.
//!
//! The DOM is reached by name ([`dom`]): this is a part that is loaded on demand, and bindings would be in every page's core.

mod cards;
mod dom;
mod groups;
mod picker;
mod published;
mod rules;
mod variants;
mod watch;

pub use cards::{Card, Marks, shown};
pub use picker::{Choice, ChooseError, Picker};
pub use watch::{Change, Watch};

use std::{cell::RefCell, rc::Rc};

use devanture_domain::size::Label;
use rules::{RULES, Rules};
use wasm_bindgen::JsValue;

/// What a shop is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// PrestaShop 1.7 and 8, theme *classic* and those made of it.
    PrestaShop,
    /// Magento 2, theme *Luma* and those made of it.
    Magento,
    /// `WooCommerce`, theme *Storefront* and most others.
    WooCommerce,
    /// Shopify, theme *Dawn* and those made of it.
    Shopify,
    /// Anything: by HTML's own controls and by what the page's attributes say.
    Generic,
}

/// What the page says itself; it wins over what a platform is known for. Each is a CSS selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Custom {
    /// The size selector: a `select`, or what holds radio buttons or swatches.
    pub sizes: Option<String>,
    /// A product's card on a listing.
    pub cards: Option<String>,
    /// The button that puts into the basket.
    pub basket: Option<String>,
}

/// What a product is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The retailer's id of it.
    Id(String),
    /// The SKU of one of its variants.
    Sku(String),
}

/// The shop of the host page.
#[derive(Clone, Debug)]
pub struct Shop {
    rules: &'static Rules,
    custom: Custom,
    known: Rc<RefCell<cards::Read>>,
}

impl Shop {
    /// Looks at the page; `None` outside one.
    pub fn detect(custom: Custom) -> Option<Self> {
        let document = dom::document()?;
        let rules = RULES.iter().find(|rules| dom::find(&document, rules.detect).is_some());
        Some(Self { rules: rules.or(RULES.last())?, custom, known: Rc::default() })
    }

    /// What it is made with.
    pub fn platform(&self) -> Platform {
        self.rules.platform
    }

    /// The product that the page is about: by the platform's own markup, else by what is published for search engines.
    pub fn product(&self) -> Option<Key> {
        let document = dom::document()?;
        rules::key(&document, self.rules.product).or_else(|| published::key(&document))
    }

    /// The product's size selector, if there is one now.
    pub fn picker(&self) -> Option<Picker> {
        Picker::find(self.rules, self.custom.sizes.as_deref())
    }

    /// Chooses this size, as the page writes it, in its selector if it has one; whether it was another before.
    pub fn choose(&self, size: &str) -> Result<bool, ChooseError> {
        let Some(picker) = self.picker() else { return Ok(false) };
        let choices = picker.choices();
        let choice = called(&choices, size).filter(|choice| choice.is_left).ok_or(ChooseError::NotThere)?;
        if !choice.is_chosen {
            picker.choose(&choice.label)?;
        }
        Ok(!choice.is_chosen)
    }

    /// Whether this size is chosen, or there is none to choose.
    pub fn is_chosen(&self, size: &str) -> bool {
        self.picker()
            .is_none_or(|picker| called(&picker.choices(), size).is_some_and(|choice| choice.is_chosen))
    }

    /// The cards of a listing, as they stand now.
    pub fn cards(&self) -> Vec<Card> {
        cards::all(self.rules, self.custom.cards.as_deref(), &mut self.known.borrow_mut())
    }

    /// Whether the address names a variant that its sender meant: an ad's, a shared link's.
    pub fn is_said(&self) -> bool {
        let Some(window) = web_sys::window() else { return false };
        let search = window.location().search().unwrap_or_default();
        // What Magento's swatches are chosen by; PrestaShop's own listings have such for every product.
        let hash = window.location().hash().unwrap_or_default();
        search.split(['?', '&']).any(|part| part.starts_with("variant="))
            || (self.rules.platform == Platform::Magento && hash.contains('='))
    }

    /// Whether there is a button that puts into the basket, also where it waits for a choice.
    pub fn has_basket(&self) -> bool {
        self.button().is_some()
    }

    /// Puts what is chosen into the basket, by the host's own button: whether the browser has let it go there. `None` where the host
    /// does not let one now, and nothing was pressed.
    pub fn add_to_basket(&self) -> Option<bool> {
        let button = self.button().filter(is_on)?;
        let form = dom::get(&button, "form");
        // Where a field is left open the browser says so beside it, and sends nothing.
        let is_complete =
            dom::get(&form, "noValidate").is_truthy() || dom::call(&form, "checkValidity", &[]) != false;
        dom::call(&button, "click", &[]);
        Some(is_complete)
    }

    fn button(&self) -> Option<JsValue> {
        dom::find(&dom::document()?, self.basket())
    }

    fn basket(&self) -> &str {
        self.custom.basket.as_deref().unwrap_or(self.rules.basket)
    }
}

/// The one that is this size: written the same, or else meaning the same.
fn called<'a>(choices: &'a [Choice], size: &str) -> Option<&'a Choice> {
    let wanted = Label::parse(size);
    let is_meant = |choice: &&Choice| wanted.is_some() && Label::parse(&choice.label) == wanted;
    choices.iter().find(|choice| choice.label == size).or_else(|| choices.iter().find(is_meant))
}

/// Whether a button can be pressed; `WooCommerce` says by a class that it cannot.
fn is_on(button: &JsValue) -> bool {
    !dom::get(button, "disabled").is_truthy() && !dom::is(button, ".disabled, [aria-disabled='true']")
}
