//! The cards of a listing: one request for all of them, and what is written on each.

use devanture_api::size::{ProductSizes, SizesPage, SizesParams};
use devanture_domain::size::mine;
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
        keys.sort_by(order);
        keys.dedup();
        keys.retain(|key| {
            self.known.binary_search_by(|(known, _)| order(known, key)).is_err() && !self.is_asking(key)
        });
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

    /// The API has answered, or not: what it does not know is not asked for again.
    pub(super) fn told(&mut self, ctx: &Context<Self>, asked: Vec<Key>, page: Option<SizesPage>) {
        self.asking.retain(|key| !asked.contains(key));
        let mut items: Vec<ProductSizes> = page.map(|page| page.items).unwrap_or_default();
        items.sort_by(|a, b| a.key.cmp(&b.key));
        for key in asked {
            // In the catalogue's form.
            let upper = text(&key).to_ascii_uppercase();
            let found = items.binary_search_by(|item| item.key.as_str().cmp(&upper)).ok();
            let known = found.and_then(|at| items.get(at)).map(|item| Known {
                brand: item.brand.clone(),
                category: item.category.clone(),
                sizes: item.sizes.iter().map(|size| (size.size.clone(), size.left)).collect(),
            });
            self.known.push((key, known));
        }
        self.known.sort_by(|(a, _), (b, _)| order(a, b));
        self.consider(ctx);
    }

    pub(super) fn known(&self, key: &Key) -> Option<&Known> {
        let at = self.known.binary_search_by(|(known, _)| order(known, key)).ok()?;
        self.known.get(at)?.1.as_ref()
    }

    /// Writes on each card whether the shopper's size is left.
    pub(super) fn mark_cards(&mut self) {
        let Some(shop) = self.shop.as_ref().filter(|_| self.listed > 0) else { return };
        let (left, said) = (core::cell::Cell::new(0), core::cell::Cell::new(false));
        shop.mark(&|key| {
            let known = self.known(key)?;
            let (brand, garment) = self.garment(Some(known));
            let labels: Vec<&str> = known.sizes.iter().map(|(label, _)| &**label).collect();
            let remembered = &self.home.person().sizes;
            let mine = mine(remembered, brand.as_deref(), garment, &labels, self.options.home)?;
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

fn text(key: &Key) -> &str {
    match key {
        Key::Id(text) | Key::Sku(text) => text,
    }
}

fn order(a: &Key, b: &Key) -> core::cmp::Ordering {
    let is_sku = |key: &Key| matches!(key, Key::Sku(_));
    is_sku(a).cmp(&is_sku(b)).then_with(|| text(a).cmp(text(b)))
}
