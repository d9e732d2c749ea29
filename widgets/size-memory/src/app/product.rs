//! The page's product: which size is the shopper's, selected for them unless they have chosen.

use std::cell::RefCell;

use devanture_api::size::SizeCounts;
use devanture_domain::size::{Garment, Label, Mine, Remembered, System, mine};
use devanture_host::shop::Key;
use yew::Context;

use super::App;
use crate::state::{ChartState, Known, Product, Shows};

/// What an unclear host is tried on: one that replaces its selector while it is set gets a second chance.
const MAX_TRIES: u8 = 2;

thread_local! {
    /// Products of this page that were counted: two widgets on one page count once.
    static COUNTED: RefCell<Vec<Option<Key>>> = const { RefCell::new(Vec::new()) };
}

impl App {
    /// What the page's product is known by.
    pub(crate) fn product_key(&self) -> Option<Key> {
        self.options.key.clone().or_else(|| self.product.seen.key.clone())
    }

    /// Looks at the page; whether anything is otherwise.
    pub(super) fn look(&mut self, ctx: &Context<Self>) -> bool {
        let Some(shop) = &self.shop else { return false };
        let seen = shop.product();
        let before = self.product_key();
        let was = (self.product.clone(), self.listed, self.left);
        if seen.key != self.product.seen.key {
            self.product = Product::default();
            self.chart = ChartState::Unasked;
        }
        // What the page came with counts once: what is chosen later is told by events.
        if self.product.tries == 0 && self.product.preselected.is_none() {
            self.product.is_chosen |= seen.was_changed;
        }
        self.product.seen = seen;
        let keys = shop_keys(self);
        self.ask(ctx, keys);
        self.consider(ctx);
        if self.shows == Shows::Panel {
            self.want_chart(ctx);
        }
        before != self.product_key() || was != (self.product.clone(), self.listed, self.left)
    }

    /// Whether what is to be said is not known yet.
    pub(crate) fn is_waiting(&self) -> bool {
        let asks = |key: Key| self.is_asking(&key);
        self.shop.is_none() || self.product_key().map_or(self.left.is_none() && self.asks_any(), asks)
    }

    /// What is known of the page's product.
    pub(crate) fn known_product(&self) -> Option<&Known> {
        self.known(&self.product_key()?)
    }

    /// Brand and garment of a product.
    pub(super) fn garment(&self, known: Option<&Known>) -> (Option<String>, Garment) {
        let brand = known.and_then(|known| known.brand.clone());
        let category = known.and_then(|known| known.category.clone());
        let category = category.or_else(|| self.options.category.clone()).unwrap_or_default();
        (brand.or_else(|| self.options.brand.clone()), Garment::of(&category))
    }

    /// What sizes without a country mean.
    pub(super) fn home_system(&self) -> System {
        self.options.home.unwrap_or(self.system)
    }

    /// What the page's product is.
    pub(crate) fn garment_of_product(&self) -> Garment {
        self.garment(self.known_product()).1
    }

    /// Finds the shopper's size, on the product and on the cards, and selects it if nothing is against that.
    pub(super) fn consider(&mut self, ctx: &Context<Self>) {
        self.mark_cards();
        let key = self.product_key();
        if key.as_ref().is_some_and(|key| self.is_asking(key)) {
            return;
        }
        if let Some(chosen) = self.product.waiting.take() {
            self.remember(ctx, &chosen);
        }
        let known = self.known_product().cloned();
        let of_api = known.as_ref().map_or(&[][..], |known| &known.sizes);
        let is_left = |label: &str| {
            let is_it = |(size, _): &&(String, bool)| same(size, label);
            of_api.iter().find(is_it).is_none_or(|(_, left)| *left)
        };
        let choices = &self.product.seen.choices;
        let sizes: Vec<(String, bool)> = if choices.is_empty() {
            of_api.to_vec()
        } else {
            choices.iter().map(|one| (one.label.clone(), one.is_left && is_left(&one.label))).collect()
        };
        let (brand, garment) = self.garment(known.as_ref());
        let labels: Vec<&str> = sizes.iter().map(|(label, _)| &**label).collect();
        let found = mine(&self.home.person().sizes, brand.as_deref(), garment, &labels, self.home_system());
        self.product.mine = found;
        self.product.sizes = sizes;
        if let Some(mine) = found {
            self.propose(ctx, mine, key);
        }
    }

    fn propose(&mut self, ctx: &Context<Self>, mine: Mine, key: Option<Key>) {
        let Some((label, left)) = mine.at.and_then(|at| self.product.sizes.get(at)).cloned() else { return };
        if self.product.tries < MAX_TRIES
            && let Some(shop) = &self.shop
        {
            // As it is now: a second widget on the page may have been faster, and a second click would take it back.
            self.product.seen.choices = shop.product().choices;
        }
        let chosen = self.product.seen.choices.iter().find(|choice| choice.is_chosen);
        let is_there = chosen.is_some_and(|choice| choice.label == label);
        let may = left && !self.product.is_chosen && !self.product.seen.choices.is_empty() && !is_there;
        if may && self.product.tries < MAX_TRIES {
            self.product.tries += 1;
            if self.shop.as_ref().is_some_and(|shop| shop.choose(&label)) {
                if let Some(shop) = &self.shop {
                    self.product.seen.choices = shop.product().choices;
                }
                self.product.preselected = Some(label.clone());
                Self::tell(ctx, &label, "preselected");
            }
        } else if may {
            self.product.is_refused = true;
        }
        if !core::mem::replace(&mut self.product.is_counted, true) && first_of(key) {
            let preselected = u32::from(self.product.preselected.is_some());
            self.count(SizeCounts { seen: 1, preselected, ..SizeCounts::default() });
            if !left {
                Self::tell(ctx, &label, "gone");
            }
        }
    }

    /// The shopper has used the page's selector.
    pub(super) fn shopper_chose(&mut self, ctx: &Context<Self>) {
        self.product.is_chosen = true;
        if let Some(shop) = &self.shop {
            self.product.seen = shop.product();
        }
        self.note_chosen();
        self.consider(ctx);
    }

    /// Notes what the shopper has chosen in the page; it is remembered when it is known what it is a size of.
    fn note_chosen(&mut self) {
        let choices = &self.product.seen.choices;
        let Some(chosen) = choices.iter().find(|one| one.is_chosen).map(|one| one.label.clone()) else {
            return;
        };
        if self.product.preselected.take_if(|before| **before != chosen).is_some() {
            self.count(SizeCounts { changed: 1, ..SizeCounts::default() });
        }
        // A size that nobody can read would be found nowhere else.
        if Label::parse(&chosen).is_some() {
            self.product.waiting = Some(chosen);
        }
    }

    fn remember(&mut self, ctx: &Context<Self>, chosen: &str) {
        let (brand, garment) = self.garment(self.known_product());
        let kind = garment.kind;
        let same = |one: &Remembered| one.kind == kind && one.brand == brand && one.label == chosen;
        if !self.home.person().sizes.last().is_some_and(same) {
            self.keep(ctx, |home| home.remember(kind, brand.as_deref(), chosen));
        }
        Self::tell(ctx, chosen, "chosen");
    }

    /// Selects a size in the page because the shopper said so here.
    pub(super) fn choose(&mut self, ctx: &Context<Self>, label: &str) {
        self.product.is_chosen = true;
        let took = self.shop.as_ref().is_some_and(|shop| shop.choose(label));
        self.product.is_refused = !took && !self.product.seen.choices.is_empty();
        if let Some(shop) = &self.shop {
            self.product.seen.choices = shop.product().choices;
        }
        self.product.waiting = Some(label.to_owned());
        self.consider(ctx);
    }

    /// It was put into the basket: with the size that was selected for the shopper, that was right.
    pub(super) fn added(&mut self) {
        let chosen = self.product.seen.choices.iter().find(|one| one.is_chosen);
        let kept = self.product.preselected.take_if(|label| chosen.is_some_and(|one| one.label == **label));
        if kept.is_some() {
            self.count(SizeCounts { kept: 1, ..SizeCounts::default() });
        }
    }
}

fn shop_keys(app: &App) -> Vec<Key> {
    let cards = app.shop.as_ref().map(|shop| shop.cards()).unwrap_or_default();
    app.product_key().into_iter().chain(cards).collect()
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

/// Whether two labels are one, by what they mean.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
        || Label::parse(one).is_some_and(|label| Some(label) == Label::parse(other))
}
