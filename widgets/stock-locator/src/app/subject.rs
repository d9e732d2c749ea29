//! What is wanted: from attributes, from the host page, by the shopper's choice.

use devanture_api::{
    problem::code::PRODUCT_NOT_FOUND,
    product::{Product, ProductParams, Variant},
};
use devanture_client::ClientError;
use devanture_host::page_size;
use yew::Context;

use super::App;
use crate::{
    lazy::{Found, Part},
    props::{Options, Wanted, same, wanted},
    state::{Key, Lookup, Msg},
};

/// In the place of a request's number: it is only about what one of several items is called.
const NAMES: u32 = 0;

impl App {
    /// Another variant of the product that is shown, by the page's own choosers.
    pub(super) fn resolve_again(&mut self, ctx: &Context<Self>, mut before: Options) {
        before.sku.clone_from(&self.options.sku);
        match before.sku.as_ref().filter(|sku| self.knows(sku)) {
            Some(sku) if before == self.options => self.choose_variant(ctx, sku),
            _ => self.resolve(ctx),
        }
    }

    /// Whether the product that is shown has such a variant.
    fn knows(&self, sku: &str) -> bool {
        self.variants().iter().any(|variant| same(&variant.sku, sku))
    }

    /// Begins anew: finds out what is wanted.
    pub(super) fn resolve(&mut self, ctx: &Context<Self>) {
        self.forget(None);
        self.names.clear();
        self.follow = None;
        let items = self.checking.as_ref().or(self.options.items.as_ref()).or(self.options.sku.as_ref());
        let items = items.map(|items| wanted(items)).unwrap_or_default();
        let key = match (&items[..], &self.options) {
            ([item], _) => Key::Sku(item.sku.clone()),
            ([], Options { gtin: Some(gtin), .. }) => Key::Gtin(gtin.clone()),
            ([], Options { product_id: Some(id), .. }) => Key::Id(id.clone()),
            ([], _) => return self.want(ctx, Part::Page),
            _ => {
                for item in &items {
                    self.fetch(ctx, NAMES, Key::Sku(item.sku.clone()));
                }
                return self.ask_for(ctx, items);
            }
        };
        if !items.is_empty() {
            // Stores are asked at once, beside the sizes.
            self.ask_for(ctx, items);
        }
        self.look_up(ctx, vec![key]);
    }

    /// There is nothing wanted any more, until the page's product is known.
    fn forget(&mut self, found: Option<Found>) {
        self.lookup = Lookup { asked: self.lookup.asked + 1, found, ..Lookup::default() };
        self.unchoose();
    }

    fn unchoose(&mut self) {
        self.wanted.clear();
        self.listing.page = None;
        self.listing.error = None;
        self.listing.loading = false;
        self.listing.asked += 1;
    }

    /// Asks for the product by the last of these; by the one before if it is not known.
    fn look_up(&mut self, ctx: &Context<Self>, mut keys: Vec<Key>) {
        let Some(key) = keys.pop() else { return };
        self.lookup.next = keys;
        self.lookup.asked += 1;
        self.lookup.loading = true;
        self.lookup.error = None;
        self.fetch(ctx, self.lookup.asked, key);
    }

    pub(super) fn looked_up(
        &mut self,
        ctx: &Context<Self>,
        asked: u32,
        tried: Key,
        answer: Result<Product, ClientError>,
    ) -> bool {
        if asked == NAMES {
            return self.named(&tried, answer);
        }
        if asked != self.lookup.asked {
            return false;
        }
        self.lookup.loading = false;
        match answer {
            Ok(product) => {
                let found = self.lookup.found.as_ref();
                let picked = match &self.checking_size {
                    Some(size) => in_size(&product.variants, size, found),
                    None => pick(&product, found).or_else(|| sized(&product.variants, found)),
                };
                let picked = picked.map(|variant| variant.sku.clone());
                self.lookup.product = Some(product);
                match picked {
                    Some(sku) => self.choose_variant(ctx, &sku),
                    None => self.colour = self.lookup.found.as_ref().and_then(|found| found.colour.clone()),
                }
            }
            Err(error) if error.code() == PRODUCT_NOT_FOUND => {
                let next = core::mem::take(&mut self.lookup.next);
                if next.is_empty() && self.wanted.is_empty() {
                    // Unknown to the stores too, most likely; what can be done then is said where nothing is near.
                    let (Key::Sku(sku) | Key::Gtin(sku) | Key::Id(sku)) = tried;
                    self.ask_for(ctx, vec![Wanted { sku, quantity: 1 }]);
                }
                self.look_up(ctx, next);
            }
            Err(error) => self.lookup.error = Some(error),
        }
        true
    }

    /// The size memory has found the shopper's size: chosen, unless something is.
    pub(super) fn size_found(&mut self, ctx: &Context<Self>) {
        let found = self.lookup.found.as_ref();
        let sku = sized(self.variants(), found).map(|variant| variant.sku.clone());
        if let Some(sku) = sku.filter(|_| self.wanted.is_empty()) {
            self.choose_variant(ctx, &sku);
        }
    }

    /// The host page shows this now.
    pub(super) fn page_says(&mut self, ctx: &Context<Self>, mut found: Option<Found>) {
        if self.lookup.product.is_some() {
            self.checking_size = None;
        }
        let sku = found.as_ref().and_then(|found| found.sku.clone());
        if let Some(sku) = sku.filter(|sku| self.knows(sku)) {
            self.lookup.found = found;
            return self.choose_variant(ctx, &sku);
        }
        let keys = found.as_mut().map(|found| core::mem::take(&mut found.keys)).unwrap_or_default();
        self.forget(found);
        self.look_up(ctx, keys);
    }

    /// Another size, or the first.
    pub(super) fn choose_variant(&mut self, ctx: &Context<Self>, sku: &str) {
        let chosen = self.variants().iter().find(|variant| same(&variant.sku, sku));
        self.colour = chosen.and_then(|variant| variant.colour.clone());
        if self.wanted.first().is_none_or(|item| !same(&item.sku, sku)) {
            self.ask_for(ctx, vec![Wanted { sku: sku.into(), quantity: 1 }]);
        }
    }

    /// Another colour, in the same size if there is one.
    pub(super) fn choose_colour(&mut self, ctx: &Context<Self>, name: String) {
        let size = self.chosen().and_then(|variant| variant.size.clone());
        let (mut same_size, mut count) = (None, 0);
        for variant in self.variants() {
            if variant.colour.as_ref() == Some(&name) {
                count += 1;
                // The only one of its colour needs no choice.
                if variant.size == size || count == 1 {
                    same_size = Some((variant.sku.clone(), variant.size == size));
                }
            }
        }
        if let Some((sku, _)) = same_size.filter(|(_, is_same)| *is_same || count == 1) {
            self.choose_variant(ctx, &sku);
        } else {
            self.colour = Some(name);
            self.unchoose();
        }
    }

    /// All sizes and colours that are known.
    pub(crate) fn variants(&self) -> &[Variant] {
        self.lookup.product.as_ref().map_or(&[], |product| &product.variants)
    }

    /// The variant that is asked for, if it is one that is known.
    pub(crate) fn chosen(&self) -> Option<&Variant> {
        let item = self.wanted.first()?;
        self.variants().iter().find(|variant| same(&variant.sku, &item.sku))
    }

    /// Whether the host page is still to be read.
    pub(crate) fn waits_for_page(&self) -> bool {
        self.loading_part == Some(Part::Page)
    }

    fn ask_for(&mut self, ctx: &Context<Self>, items: Vec<Wanted>) {
        self.wanted = items;
        self.listing.limit = self.options.limit;
        self.load(ctx);
    }

    fn fetch(&self, ctx: &Context<Self>, asked: u32, key: Key) {
        let link = ctx.link().clone();
        let answer = self.api.product(&params(key.clone()));
        answer.then(move |product| link.send_message(Msg::Product(asked, key, product)));
    }

    fn named(&mut self, tried: &Key, answer: Result<Product, ClientError>) -> bool {
        // Without it the SKU is shown.
        let (Key::Sku(sku), Ok(product)) = (tried, answer) else { return false };
        let variant = product.variants.iter().find(|variant| same(&variant.sku, sku));
        self.names.push((sku.clone(), name_of(&product, variant)));
        true
    }

    /// What an item is called.
    pub(crate) fn name(&self, sku: &str) -> String {
        if let Some((_, name)) = self.names.iter().find(|(other, _)| same(other, sku)) {
            return name.clone();
        }
        match &self.lookup.product {
            Some(product) => name_of(product, self.chosen()),
            None => sku.into(),
        }
    }
}

/// "Robe Élise · Bleu · 38"
fn name_of(product: &Product, variant: Option<&Variant>) -> String {
    let mut name = product.name.clone();
    if let Some(variant) = variant {
        for part in [&variant.colour, &variant.size].into_iter().flatten() {
            name.push_str(" · ");
            name.push_str(part);
        }
    }
    name
}

fn params(key: Key) -> ProductParams {
    let mut params = ProductParams::default();
    match key {
        Key::Sku(sku) => params.sku = Some(sku),
        Key::Gtin(gtin) => params.gtin = Some(gtin),
        Key::Id(id) => params.id = Some(id),
    }
    params
}

/// One in the shopper's size, unless the page says another.
fn sized<'a>(variants: &'a [Variant], found: Option<&Found>) -> Option<&'a Variant> {
    let size = page_size::get()?;
    let said = found.and_then(|found| found.size.as_ref());
    if said.is_some_and(|said| *said != size) { None } else { in_size(variants, &size, found) }
}

/// One in this size, in the page's colour.
fn in_size<'a>(variants: &'a [Variant], size: &str, found: Option<&Found>) -> Option<&'a Variant> {
    let colour = found.and_then(|found| found.colour.as_ref());
    variants.iter().find(|variant| {
        variant.size.as_deref() == Some(size) && (colour.is_none() || colour == variant.colour.as_ref())
    })
}

/// The variant that is meant, if that can be told.
fn pick<'a>(product: &'a Product, found: Option<&Found>) -> Option<&'a Variant> {
    if let [only] = &product.variants[..] {
        return Some(only);
    }
    let (mut alike, mut count) = (None, 0);
    for variant in &product.variants {
        let is_it = match found {
            // The page's size and colour in words.
            Some(Found { chosen: false, size, colour, .. }) => {
                (size.is_none() || *size == variant.size) && (colour.is_none() || *colour == variant.colour)
            }
            _ => product.chosen.as_ref() == Some(&variant.sku),
        };
        if is_it {
            alike = Some(variant);
            count += 1;
        }
    }
    alike.filter(|_| count == 1)
}
