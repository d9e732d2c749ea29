//! The page's product: which size is the shopper's, selected for them unless they have chosen.

use std::cell::{Cell, RefCell};

use devanture_client::sizes::Count;
use devanture_domain::size::{Garment, Label, Mine, Remembered, System, mine};
use devanture_host::{
    page_size,
    shop::{Choice, Key},
};
use yew::Context;

use super::{Finder, Known, listing::labels};
use crate::{app::App, state::Seen};

/// What an unclear host is tried on: one that replaces its selector while it is set gets a second chance.
const MAX_TRIES: u8 = 2;

thread_local! {
    /// Products of this page that were counted: two widgets on one page count once.
    static COUNTED: RefCell<Vec<Option<Key>>> = const { RefCell::new(Vec::new()) };
    /// Whether a widget has looked at this page.
    static LOOKED: Cell<bool> = const { Cell::new(false) };
}

/// How far it has come with the page's product.
#[derive(Default)]
pub(super) struct Product {
    /// Of which product: by what the element says, else by the page.
    key: Option<Key>,
    pub(super) seen: Seen,
    /// The shopper's size among [`Product::sizes`].
    pub(super) mine: Option<Mine>,
    /// The sizes that `mine` is about, each with whether it is left.
    pub(super) sizes: Vec<(String, bool)>,
    /// Nothing is selected for whoever has chosen.
    pub(super) is_chosen: bool,
    /// What was selected, and how often that was tried.
    preselected: Option<String>,
    pub(super) tries: u8,
    /// What the shopper chose before it was known what it is a size of.
    waiting: Option<String>,
    /// The page has not taken it.
    pub(super) is_refused: bool,
    is_counted: bool,
}

impl Product {
    /// What is chosen in the page.
    pub(super) fn chosen(&self) -> Option<&str> {
        let chosen: Option<&Choice> = self.seen.choices.iter().find(|choice| choice.is_chosen);
        chosen.map(|choice| &*choice.label)
    }
}

impl Finder {
    pub(super) fn key(&self, app: &App) -> Option<Key> {
        app.product_key(self.product.seen.key.as_ref())
    }

    /// Looks at the page.
    pub(super) fn look(&mut self, app: &mut App, ctx: &Context<App>) {
        let Some(shop) = &app.shop else { return };
        let (seen, cards) = (shop.product(), shop.cards());
        let key = app.product_key(seen.key.as_ref());
        if key != self.product.key {
            self.product = Product { key, ..Product::default() };
        }
        // What the page came with counts once: what is chosen later is told by events.
        if self.product.tries == 0 && self.product.preselected.is_none() {
            self.product.is_chosen |= seen.was_changed;
        }
        self.product.seen = seen;
        // Nor is lost what somebody of whom nothing is known yet has chosen before a widget was there.
        if !LOOKED.replace(true) && self.product.seen.was_chosen && app.home.is_empty() {
            self.product.waiting = self.product.chosen().filter(|size| is_size(size)).map(ToOwned::to_owned);
        }
        self.listed = cards.len();
        let mut keys = cards;
        keys.extend(self.key(app));
        self.ask(app, ctx, keys);
        self.consider(app, ctx);
    }

    /// Whether what is to be said is not known yet.
    pub(super) fn is_waiting(&self, app: &App) -> bool {
        match self.key(app) {
            Some(key) => self.is_asking(&key),
            None => self.left.is_none() && self.asking > 0,
        }
    }

    /// What sizes without a country mean.
    pub(super) fn home_system(&self, app: &App) -> System {
        app.options.home.unwrap_or(self.system)
    }

    /// Finds the shopper's size, on the product and on the cards, and selects it if nothing is against that.
    pub(super) fn consider(&mut self, app: &mut App, ctx: &Context<App>) {
        self.mark_cards(app);
        let key = self.key(app);
        if key.as_ref().is_some_and(|key| self.is_asking(key)) {
            return;
        }
        if let Some(chosen) = self.product.waiting.take() {
            self.remember(app, ctx, key.as_ref(), &chosen);
        }
        let known = key.as_ref().and_then(|key| self.known(key));
        let of_api = known.map_or(&[][..], |known| &known.sizes);
        let choices = &self.product.seen.choices;
        let mut sizes = Vec::new();
        for one in choices {
            let said = of_api.iter().find(|(size, _)| same(size, &one.label));
            sizes.push((one.label.clone(), one.is_left && said.is_none_or(|(_, left)| *left)));
        }
        if choices.is_empty() {
            sizes.extend_from_slice(of_api);
        }
        let (brand, garment) = garment(app, known);
        let found = mine(&app.home.person().sizes, brand, garment, &labels(&sizes), self.home_system(app));
        self.product.mine = found;
        self.product.sizes = sizes;
        let size = found.and_then(|mine| self.product.sizes.get(mine.at?));
        page_size::set(size.map(|(size, _)| &**size));
        if let Some(at) = found.and_then(|mine| mine.at) {
            self.propose(app, ctx, at, key);
        }
    }

    fn propose(&mut self, app: &App, ctx: &Context<App>, at: usize, key: Option<Key>) {
        let (Some((label, left)), Some(shop)) = (self.product.sizes.get(at).cloned(), &app.shop) else {
            return;
        };
        let product = &mut self.product;
        let may_try = product.tries < MAX_TRIES;
        if may_try {
            // As it is now: a second widget on the page may have been faster, and a second click would take it back.
            product.seen.choices = shop.product().choices;
        }
        let is_there = product.chosen() == Some(&*label);
        if left && !product.is_chosen && !product.seen.choices.is_empty() && !is_there {
            if may_try {
                product.tries += 1;
                if shop.choose(&label) {
                    product.seen.choices = shop.product().choices;
                    product.preselected = Some(label.clone());
                    App::tell(ctx, &label, "preselected");
                }
            } else {
                product.is_refused = true;
            }
        }
        if !core::mem::replace(&mut product.is_counted, true) && first_of(key) {
            let seen = if product.preselected.is_some() { Count::Preselected } else { Count::Seen };
            app.api.count_size(seen);
            if !left {
                App::tell(ctx, &label, "gone");
            }
        }
    }

    /// The shopper has used the page's selector. It is remembered when it is known what it is a size of.
    pub(super) fn shopper_chose(&mut self, app: &mut App, ctx: &Context<App>) {
        let product = &mut self.product;
        product.is_chosen = true;
        if let Some(shop) = &app.shop {
            product.seen = shop.product();
        }
        if let Some(chosen) = product.chosen().map(ToOwned::to_owned) {
            if product.preselected.take_if(|before| *before != chosen).is_some() {
                app.api.count_size(Count::Changed);
            }
            product.waiting = Some(chosen).filter(|size| is_size(size));
        }
        self.consider(app, ctx);
    }

    fn remember(&self, app: &mut App, ctx: &Context<App>, key: Option<&Key>, chosen: &str) {
        let (brand, garment) = garment(app, key.and_then(|key| self.known(key)));
        let (brand, kind) = (brand.map(ToOwned::to_owned), garment.kind);
        let same = |one: &Remembered| one.kind == kind && one.brand == brand && one.label == chosen;
        if !app.home.person().sizes.last().is_some_and(same) {
            app.keep(ctx, &mut |home| home.remember(kind, brand.as_deref(), chosen));
        }
        App::tell(ctx, chosen, "chosen");
    }

    /// Selects a size in the page because the shopper said so here.
    pub(super) fn choose(&mut self, app: &mut App, ctx: &Context<App>, label: &str) {
        let Some(shop) = &app.shop else { return };
        let took = shop.choose(label);
        let product = &mut self.product;
        product.is_chosen = true;
        product.is_refused = !took && !product.seen.choices.is_empty();
        product.seen.choices = shop.product().choices;
        product.waiting = Some(label.to_owned());
        self.consider(app, ctx);
    }

    /// It was put into the basket: with the size that was selected for the shopper, that was right.
    pub(super) fn added(&mut self, app: &App) {
        let chosen = self.product.chosen().map(ToOwned::to_owned);
        if self.product.preselected.take_if(|label| chosen.as_deref() == Some(&**label)).is_some() {
            app.api.count_size(Count::Kept);
        }
    }
}

/// Brand and garment of a product.
pub(super) fn garment<'a>(app: &'a App, known: Option<&'a Known>) -> (Option<&'a str>, Garment) {
    let brand = known.and_then(|known| known.brand.as_deref()).or(app.options.brand.as_deref());
    let category = known.and_then(|known| known.category.as_deref()).or(app.options.category.as_deref());
    (brand, Garment::of(category.unwrap_or_default()))
}

fn first_of(key: Option<Key>) -> bool {
    COUNTED.with_borrow_mut(|counted| {
        let is_new = !counted.contains(&key);
        if is_new {
            counted.push(key);
        }
        is_new
    })
}

/// A size that nobody can read would be found nowhere else.
fn is_size(label: &str) -> bool {
    Label::parse(label).is_some()
}

/// Whether two labels are one, by what they mean.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
        || Label::parse(one).is_some_and(|label| Some(label) == Label::parse(other))
}
