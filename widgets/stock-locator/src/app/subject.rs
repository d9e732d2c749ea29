//! What is wanted: from attributes, from the host page, by the shopper's choice.

use devanture_api::{
    problem::code::PRODUCT_NOT_FOUND,
    product::{Product, ProductParams, Variant},
};
use devanture_client::ClientError;
use yew::Context;

use super::App;
use crate::{
    lazy::{Found, Part},
    props::{Wanted, wanted},
    state::{Instead, Key, Lookup, Msg},
};

impl App {
    /// Begins anew: finds out what is wanted.
    pub(super) fn resolve(&mut self, ctx: &Context<Self>) {
        self.lookup = Lookup { asked: self.lookup.asked + 1, ..Lookup::default() };
        self.wanted.clear();
        self.names.clear();
        self.listing.page = None;
        self.follow = None;
        if let Some(items) = self.checking.as_ref().or(self.options.items.as_ref()) {
            let items = wanted(items);
            if items.len() > 1 || items.iter().any(|item| item.quantity > 1) {
                self.name_all(ctx, &items);
                return self.ask_for(ctx, items);
            }
            if let Some(item) = items.into_iter().next() {
                return self.known_by(ctx, Key::Sku(item.sku));
            }
        }
        let key = None
            .or_else(|| self.options.sku.clone().map(Key::Sku))
            .or_else(|| self.options.gtin.clone().map(Key::Gtin))
            .or_else(|| self.options.product_id.clone().map(Key::Id));
        match key {
            Some(key) => self.known_by(ctx, key),
            None => self.want(ctx, Part::Page),
        }
    }

    fn known_by(&mut self, ctx: &Context<Self>, key: Key) {
        if let Key::Sku(sku) = &key {
            // Stores are asked at once, beside the sizes.
            self.ask_for(ctx, vec![Wanted { sku: sku.clone(), quantity: 1 }]);
        }
        self.look_up(ctx, vec![key]);
    }

    /// Asks for the product by the first of these; by the next if it is not known.
    fn look_up(&mut self, ctx: &Context<Self>, mut keys: Vec<Key>) {
        if keys.is_empty() {
            return;
        }
        let key = keys.remove(0);
        self.lookup.next = keys;
        self.lookup.asked += 1;
        self.lookup.loading = true;
        self.lookup.error = None;
        let (link, asked) = (ctx.link().clone(), self.lookup.asked);
        let answer = self.api.product(&params(key.clone()));
        answer.then(move |product| link.send_message(Msg::Product(asked, key, product)));
    }

    pub(super) fn looked_up(
        &mut self,
        ctx: &Context<Self>,
        asked: u32,
        tried: Key,
        answer: Result<Product, ClientError>,
    ) -> bool {
        if asked != self.lookup.asked {
            return false;
        }
        self.lookup.loading = false;
        match answer {
            Ok(product) => {
                let picked = pick(&product, self.lookup.found.as_ref()).map(|variant| variant.sku.clone());
                self.lookup.product = Some(product);
                match picked {
                    Some(sku) => self.choose_variant(ctx, &sku),
                    None => self.colour = self.lookup.found.as_ref().and_then(|found| found.colour.clone()),
                }
                // The list may have been waiting for the sizes to offer in its place.
                self.look_for_others(ctx);
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

    /// The host page shows this now.
    pub(super) fn page_says(&mut self, ctx: &Context<Self>, found: Option<Found>) {
        let keys = found.as_ref().map(|found| found.keys.clone()).unwrap_or_default();
        let same = self.lookup.product.as_ref().filter(|product| keys.iter().any(|key| is_of(product, key)));
        let picked = same.map(|product| pick(product, found.as_ref()).map(|variant| variant.sku.clone()));
        match picked {
            Some(picked) => {
                self.lookup.found = found;
                if let Some(sku) = picked {
                    self.choose_variant(ctx, &sku);
                }
            }
            None => {
                self.wanted.clear();
                self.listing.page = None;
                self.instead = Instead::default();
                self.lookup = Lookup { asked: self.lookup.asked + 1, found, ..Lookup::default() };
                self.look_up(ctx, keys);
            }
        }
    }

    /// Another size, or the first.
    pub(super) fn choose_variant(&mut self, ctx: &Context<Self>, sku: &str) {
        let variants = self.lookup.product.iter().flat_map(|product| &product.variants);
        let chosen = variants.clone().find(|variant| variant.sku.eq_ignore_ascii_case(sku));
        self.colour = chosen.and_then(|variant| variant.colour.clone());
        if self.wanted.first().is_none_or(|item| !item.sku.eq_ignore_ascii_case(sku)) {
            self.ask_for(ctx, vec![Wanted { sku: sku.into(), quantity: 1 }]);
        }
    }

    /// Another colour, in the same size if there is one.
    pub(super) fn choose_colour(&mut self, ctx: &Context<Self>, name: String) {
        let now = self.chosen().and_then(|variant| variant.size.clone());
        let variants = self.lookup.product.iter().flat_map(|product| &product.variants);
        let mut of_it = variants.filter(|variant| variant.colour.as_ref() == Some(&name));
        let same = of_it.clone().find(|variant| variant.size == now).or_else(|| {
            // The only one of its colour needs no choice.
            let only = of_it.next();
            only.filter(|_| of_it.next().is_none())
        });
        match same.map(|variant| variant.sku.clone()) {
            Some(sku) => self.choose_variant(ctx, &sku),
            None => {
                self.colour = Some(name);
                self.wanted.clear();
                self.listing.page = None;
                self.instead = Instead::default();
            }
        }
    }

    /// The variant that is asked for, if it is one that is known.
    pub(crate) fn chosen(&self) -> Option<&Variant> {
        let item = self.wanted.first()?;
        let product = self.lookup.product.as_ref()?;
        product.variants.iter().find(|variant| variant.sku.eq_ignore_ascii_case(&item.sku))
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

    fn name_all(&self, ctx: &Context<Self>, items: &[Wanted]) {
        for item in items {
            let (link, sku) = (ctx.link().clone(), item.sku.clone());
            let answer = self.api.product(&params(Key::Sku(sku.clone())));
            answer.then(move |product| link.send_message(Msg::Name(sku, product)));
        }
    }

    pub(super) fn named(&mut self, sku: String, answer: Result<Product, ClientError>) -> bool {
        // Without it the SKU is shown.
        let Ok(product) = answer else { return false };
        let is_it = |variant: &&Variant| variant.sku.eq_ignore_ascii_case(&sku);
        let name = name_of(&product, product.variants.iter().find(is_it));
        self.names.push((sku, name));
        true
    }

    /// What an item is called.
    pub(crate) fn name(&self, sku: &str) -> String {
        let known = self.names.iter().find(|(other, _)| other.eq_ignore_ascii_case(sku));
        if let Some((_, name)) = known {
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
    let of = variant.iter().flat_map(|variant| variant.colour.iter().chain(&variant.size));
    for part in of {
        name.push_str(" · ");
        name.push_str(part);
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

fn is_of(product: &Product, key: &Key) -> bool {
    match key {
        Key::Id(id) => product.id.eq_ignore_ascii_case(id),
        Key::Sku(sku) => product.variants.iter().any(|variant| variant.sku.eq_ignore_ascii_case(sku)),
        Key::Gtin(gtin) => product.variants.iter().any(|variant| same_gtin(variant, gtin)),
    }
}

/// GTINs of 8 to 14 digits differ by zeros before them.
fn same_gtin(variant: &Variant, gtin: &str) -> bool {
    let own = variant.gtin.as_deref().unwrap_or_default();
    !own.is_empty() && own.trim_start_matches('0') == gtin.trim_start_matches('0')
}

/// The variant that is meant, if that can be told.
fn pick<'a>(product: &'a Product, found: Option<&Found>) -> Option<&'a Variant> {
    let variants = &product.variants;
    if let [only] = &variants[..] {
        return Some(only);
    }
    let by_sku = |sku: &String| variants.iter().find(|variant| variant.sku.eq_ignore_ascii_case(sku));
    let Some(found) = found else {
        return product.chosen.as_ref().and_then(by_sku);
    };
    if let Some(variant) = found.sku.as_ref().and_then(by_sku) {
        return Some(variant);
    }
    if let Some(gtin) = &found.gtin
        && let Some(variant) = variants.iter().find(|variant| same_gtin(variant, gtin))
    {
        return Some(variant);
    }
    let same = |said: &Option<String>, own: &Option<String>| said.is_none() || said == own;
    let mut alike = variants
        .iter()
        .filter(|variant| same(&found.size, &variant.size) && same(&found.colour, &variant.colour));
    let first = alike.next();
    first.filter(|_| alike.next().is_none())
}
