//! The cards of a listing: one request for all of them, and what is written on each.

use core::cell::Cell;

use devanture_api::size::{ProductSizes, SizesPage, SizesParams};
use devanture_domain::size::{Mine, System, mine};
use devanture_host::shop::Key;
use yew::Context;

use super::App;
use crate::state::{Known, Msg};

/// The API's own bound, and about as many as an address holds.
const AT_ONCE: usize = 500;

impl App {
    /// Asks for what is not known yet.
    pub(super) fn ask(&mut self, ctx: &Context<Self>, mut keys: Vec<Key>) {
        self.listed = keys.len() - usize::from(self.product_key().is_some());
        let known = core::mem::take(&mut keys);
        for key in known {
            // In order and each once: a sort would weigh four times as much.
            let place = keys.binary_search_by(|other| order(other, &key));
            if let (Err(place), Err(_), false) = (place, self.place(&key), self.is_asking(&key)) {
                keys.insert(place, key);
            }
        }
        for keys in keys.chunks(AT_ONCE) {
            let list = |is_sku: bool| {
                let mut out = String::new();
                for key in keys {
                    let text = match key {
                        Key::Sku(text) if is_sku => text,
                        Key::Id(text) if !is_sku => text,
                        _ => continue,
                    };
                    if !out.is_empty() {
                        out.push(',');
                    }
                    out.push_str(text);
                }
                (!out.is_empty()).then_some(out)
            };
            let (asked, link) = (keys.to_vec(), ctx.link().clone());
            self.asking.extend_from_slice(keys);
            let answer = self.api.sizes(&SizesParams { products: list(false), skus: list(true) });
            answer.then(move |page| link.send_message(Msg::Sizes(asked, page)));
        }
    }

    pub(super) fn is_asking(&self, key: &Key) -> bool {
        self.asking.contains(key)
    }

    pub(super) fn asks_any(&self) -> bool {
        !self.asking.is_empty()
    }

    /// The API has answered, or not: what it does not know is not asked for again.
    pub(super) fn told(&mut self, ctx: &Context<Self>, asked: Vec<Key>, page: Option<SizesPage>) {
        self.asking.retain(|key| !asked.contains(key));
        if let Some(page) = &page {
            self.system = System::of_language(&page.locale);
        }
        let mut items: Vec<ProductSizes> = page.map(|page| page.items).unwrap_or_default();
        for key in asked {
            // In the catalogue's form.
            let is_it = |item: &ProductSizes| item.key.eq_ignore_ascii_case(text(&key));
            let found = items.iter().position(is_it).map(|at| items.swap_remove(at));
            let known = found.map(|item| Known {
                brand: item.brand,
                category: item.category,
                sizes: item.sizes.into_iter().map(|size| (size.size, size.left)).collect(),
            });
            if let Err(place) = self.place(&key) {
                self.known.insert(place, (key, known));
            }
        }
        self.consider(ctx);
    }

    pub(super) fn known(&self, key: &Key) -> Option<&Known> {
        self.known.get(self.place(key).ok()?)?.1.as_ref()
    }

    fn place(&self, key: &Key) -> Result<usize, usize> {
        self.known.binary_search_by(|(known, _)| order(known, key))
    }

    /// Writes on each card whether the shopper's size is left.
    pub(super) fn mark_cards(&mut self) {
        let Some(shop) = self.shop.as_ref().filter(|_| self.listed > 0) else { return };
        let (left, said) = (Cell::new(0), Cell::new(false));
        // Most of a listing are made in the same sizes.
        let before: Cell<Option<(&Known, Option<Mine>)>> = Cell::new(None);
        let remembered = &self.home.person().sizes;
        let find = |known: &Known| {
            let (brand, garment) = self.garment(Some(known));
            let labels: Vec<&str> = known.sizes.iter().map(|(label, _)| &**label).collect();
            mine(remembered, brand.as_deref(), garment, &labels, self.home_system())
        };
        shop.mark(&|key| {
            let known = self.known(key)?;
            let found = match before.get() {
                Some((other, found)) if alike(other, known) => found,
                _ => find(known),
            };
            before.set(Some((known, found)));
            let mine = found?;
            said.set(true);
            let wanted = remembered.get(mine.by).map(|one| one.label.as_str()).unwrap_or_default();
            match mine.at.and_then(|at| known.sizes.get(at)) {
                Some((_, true)) => {
                    left.set(left.get() + 1);
                    None
                }
                Some((size, false)) => Some(self.t.fill("card_gone", &[("size", size)])),
                None => Some(self.t.fill("card_not_made", &[("size", wanted)])),
            }
        });
        self.left = said.get().then(|| left.get());
    }
}

/// Whether the same size is somebody's of both.
fn alike(a: &Known, b: &Known) -> bool {
    a.brand == b.brand
        && a.category == b.category
        && a.sizes.len() == b.sizes.len()
        && a.sizes.iter().zip(&b.sizes).all(|((one, _), (other, _))| one == other)
}

fn text(key: &Key) -> &str {
    match key {
        Key::Id(text) | Key::Sku(text) => text,
    }
}

fn order(a: &Key, b: &Key) -> core::cmp::Ordering {
    let is_sku = |key: &Key| matches!(key, Key::Sku(_));
    is_sku(a).cmp(&is_sku(b)).then_with(|| text(a).cmp(text(b)))
}
