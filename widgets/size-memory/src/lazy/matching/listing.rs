//! The cards of a listing: one request for all of them, and what is written on each.

use core::cell::Cell;

use devanture_api::size::SizesParams;
use devanture_domain::size::{Mine, System, mine};
use devanture_host::shop::Key;
use yew::Context;

use super::{Finder, Known, Told, product::garment};
use crate::{
    app::App,
    state::{Event, Msg},
};

/// The API's own bound, and about as many as an address holds.
const AT_ONCE: usize = 500;

impl Finder {
    /// Asks for what is not known yet.
    pub(super) fn ask(&mut self, app: &App, ctx: &Context<App>, keys: Vec<Key>) {
        let (mut asked, mut lists) = (Vec::new(), [String::new(), String::new()]);
        for key in keys {
            if let Err(place) = self.place(&key) {
                let list = &mut lists[usize::from(matches!(key, Key::Sku(_)))];
                if !list.is_empty() {
                    list.push(',');
                }
                list.push_str(text(&key));
                self.known.insert(place, (key.clone(), Told::Asked));
                asked.push(key);
            }
            if asked.len() >= AT_ONCE {
                self.send(app, ctx, core::mem::take(&mut asked), core::mem::take(&mut lists));
            }
        }
        self.send(app, ctx, asked, lists);
    }

    fn send(&mut self, app: &App, ctx: &Context<App>, asked: Vec<Key>, lists: [String; 2]) {
        if asked.is_empty() {
            return;
        }
        self.asking += 1;
        let (answers, link) = (self.answers.clone(), ctx.link().clone());
        let [products, skus] = lists.map(|list| (!list.is_empty()).then_some(list));
        app.api.sizes(&SizesParams { products, skus }).then(move |page| {
            answers.borrow_mut().push((asked, page.ok()));
            link.send_message(Msg::Event(Event::Told));
        });
    }

    /// The API has answered, or not: what it does not know is not asked for again.
    pub(super) fn told(&mut self, app: &mut App, ctx: &Context<App>) {
        for (asked, page) in self.answers.take() {
            self.asking = self.asking.saturating_sub(1);
            let mut items = Vec::new();
            if let Some(page) = page {
                self.system = System::of_language(&page.locale);
                items = page.items;
            }
            for key in asked {
                // In the catalogue's form, mostly in the order asked for.
                let found = items.iter().position(|item| item.key.eq_ignore_ascii_case(text(&key)));
                let told = found.map_or(Told::Nothing, |at| {
                    let item = items.remove(at);
                    let is_left = |size: &String| !item.gone.contains(size);
                    let sizes = item.sizes.into_iter().map(|size| (is_left(&size), size));
                    let sizes = sizes.map(|(left, size)| (size, left)).collect();
                    Told::Known(Known {
                        brand: item.brand,
                        category: item.category,
                        sizes,
                        fit: item.fit,
                        kept: item.kept,
                        returned: item.returned,
                    })
                });
                if let Ok(place) = self.place(&key) {
                    self.known[place].1 = told;
                }
            }
        }
        self.consider(app, ctx);
    }

    fn place(&self, key: &Key) -> Result<usize, usize> {
        self.known.binary_search_by(|(known, _)| known.cmp(key))
    }

    pub(super) fn is_asking(&self, key: &Key) -> bool {
        self.place(key).is_ok_and(|at| matches!(self.known[at].1, Told::Asked))
    }

    pub(super) fn known(&self, key: &Key) -> Option<&Known> {
        match &self.known[self.place(key).ok()?].1 {
            Told::Known(known) => Some(known),
            _ => None,
        }
    }

    /// Writes on each card whether the shopper's size is left.
    pub(super) fn mark_cards(&mut self, app: &App) {
        let Some(shop) = app.shop.as_ref().filter(|_| self.listed > 0) else { return };
        let (left, said) = (Cell::new(0), Cell::new(false));
        // Most of a listing are made in the same sizes.
        let before: Cell<Option<(&Known, Option<Mine>)>> = Cell::new(None);
        let remembered = &app.home.person().sizes;
        let find = |known: &Known| {
            let (brand, garment) = garment(app, Some(known));
            mine(remembered, brand, garment, &labels(&known.sizes), self.home_system(app))
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
            let (key, size) = match mine.at.and_then(|at| known.sizes.get(at)) {
                Some((_, true)) => {
                    left.set(left.get() + 1);
                    return None;
                }
                Some((size, false)) => ("card_gone", &**size),
                None => ("card_not_made", &*remembered.get(mine.by)?.label),
            };
            Some(app.t.fill(key, &[("size", size)]))
        });
        self.left = said.get().then(|| left.get());
    }
}

pub(super) fn labels(sizes: &[(String, bool)]) -> Vec<&str> {
    let mut out = Vec::with_capacity(sizes.len());
    for (label, _) in sizes {
        out.push(&**label);
    }
    out
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
