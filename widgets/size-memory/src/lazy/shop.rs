//! The host's shop.

use devanture_host::shop::{Card, Change, Custom, Key, Marks, Picker, Shop, Watch, shown};

use devanture_ui::js::{Array, call, get, global};

use super::HostShop;
use crate::state::Seen;

struct Following {
    shop: Shop,
    marks: Option<Marks>,
    /// Held: it stops when dropped.
    _watch: Option<Watch>,
}

pub(super) fn follow(custom: Custom, changed: Box<dyn Fn(Change)>) -> Option<Box<dyn HostShop>> {
    let shop = Shop::detect(custom)?;
    let watch = Watch::new(&shop, changed);
    Some(Box::new(Following { shop, marks: Marks::new(), _watch: watch }))
}

impl HostShop for Following {
    fn product(&self) -> Seen {
        let picker = self.shop.picker();
        let is_said = self.shop.is_said();
        let was_changed = picker.as_ref().is_some_and(Picker::was_changed);
        let was_chosen =
            was_changed && !is_said && picker.as_ref().is_some_and(Picker::is_field) && is_fresh();
        Seen {
            key: self.shop.product(),
            choices: picker.map(|picker| picker.choices()).unwrap_or_default(),
            was_changed: was_changed || is_said,
            was_chosen,
        }
    }

    fn choose(&self, label: &str) -> bool {
        self.shop.picker().is_some_and(|picker| picker.choose(label).is_ok())
    }

    fn cards(&self) -> Vec<Key> {
        self.shop.cards().into_iter().map(|card: Card| card.key).collect()
    }

    fn mark(&self, said: &dyn Fn(&Key) -> Option<String>) {
        let Some(marks) = &self.marks else { return };
        let said = |card: Card| {
            let text = said(&card.key);
            (card, text)
        };
        marks.write(self.shop.cards().into_iter().map(said).collect());
    }

    fn show(&self, all: bool) {
        shown(all);
    }
}

/// Whether the page was gone to: what is reloaded, or gone back to, has its fields as they were left.
fn is_fresh() -> bool {
    let entries = call(&get(&global(), "performance"), "getEntriesByType", &Array::of1(&"navigation".into()));
    let kind = get(&get(&entries.unwrap_or_default(), "0"), "type");
    kind == "navigate"
}

impl Drop for Following {
    fn drop(&mut self) {
        // What a widget that has gone would hide, nobody could show again.
        shown(true);
    }
}
