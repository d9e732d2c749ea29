//! Which stores have it.

use devanture_api::{
    availability::{AvailabilityPage, AvailabilityParams},
    store::{StorePage, StoreParams},
};
use devanture_client::ClientError;
use devanture_host::{position::coarse, preferred_store};
use devanture_ui::{dom::join, js};
use wasm_bindgen::JsValue;
use yew::Context;

use super::App;
use crate::{
    props::{Wanted, list_of},
    state::{Instead, Msg, Place},
    words::is_near,
};

/// The most other sizes to ask for, the API's own bound.
const MAX_OTHERS: usize = 12;

impl App {
    /// Asks which stores have what is wanted.
    pub(super) fn load(&mut self, ctx: &Context<Self>) {
        if self.wanted.is_empty() {
            return;
        }
        self.listing.loading = true;
        self.listing.error = None;
        self.listing.asked += 1;
        self.instead = Instead::default();
        let params = self.params(list_of(&self.wanted), self.listing.limit);
        let (link, asked) = (ctx.link().clone(), self.listing.asked);
        self.api.availability(&params).then(move |page| link.send_message(Msg::Loaded(asked, page)));
    }

    /// Asks again for whatever did not come, or for the list.
    pub(super) fn reload(&mut self, ctx: &Context<Self>) {
        if self.wanted.is_empty() || self.lookup.error.is_some() {
            self.resolve(ctx);
        } else {
            self.load(ctx);
        }
    }

    fn params(&self, items: String, limit: u16) -> AvailabilityParams {
        let mut params = AvailabilityParams { items, limit: Some(limit), ..AvailabilityParams::default() };
        let first: Vec<&str> = self.ad.iter().chain(&self.mine).map(String::as_str).collect();
        params.first = match first[..] {
            [] => None,
            [ad, mine] if ad != mine => Some(join(&[ad, ",", mine])),
            [one, ..] => Some(one.into()),
        };
        match &self.place {
            Place::Start => {}
            Place::Typed(text) => params.q = Some(text.clone()),
            Place::Known(_, at) => (params.lat, params.lng) = (Some(at.lat()), Some(at.lng())),
            Place::Device(at) => (params.lat, params.lng) = (Some(coarse(at.lat())), Some(coarse(at.lng()))),
        }
        params
    }

    pub(super) fn loaded(
        &mut self,
        ctx: &Context<Self>,
        asked: u32,
        answer: Result<AvailabilityPage, ClientError>,
    ) -> bool {
        if asked != self.listing.asked {
            return false;
        }
        self.listing.loading = false;
        match answer {
            Ok(page) => {
                // Where only the shopper's own store is known, the others are looked for around it.
                let own = page
                    .items
                    .first()
                    .filter(|one| self.place == Place::Start && self.is_first(&one.store.code));
                let around = own.filter(|one| !one.has_all).map(|one| &one.store);
                let around = around.map(|store| Place::Known(store.name.clone(), store.location));
                self.listing.page = Some(page);
                if let Some(place) = around {
                    self.look_from(ctx, place);
                    return true;
                }
                self.emit_availability(ctx);
                self.look_for_others(ctx);
            }
            Err(error) => self.listing.error = Some(error),
        }
        true
    }

    fn is_first(&self, code: &str) -> bool {
        self.ad.iter().chain(&self.mine).any(|first| first == code)
    }

    fn emit_availability(&self, ctx: &Context<Self>) {
        let Some(page) = &self.listing.page else { return };
        let sku = self
            .wanted
            .iter()
            .fold(String::new(), |all, item| join(&[&all, if all.is_empty() { "" } else { "," }, &item.sku]));
        let first = page.items.iter().find(|one| one.has_all);
        let store = first.map_or(JsValue::NULL, |one| one.store.code.as_str().into());
        let detail = js::object(&[
            ("sku", sku.as_str().into()),
            ("in_stock", (page.total > 0).into()),
            ("store_code", store),
        ]);
        Self::emit(ctx, "devanture-stock-availability", &detail);
    }

    /// Where nothing is near, finds what can be had instead.
    pub(super) fn look_for_others(&mut self, ctx: &Context<Self>) {
        let Some(page) = self.listing.page.as_ref().filter(|page| !self.listing.loading && !is_near(page))
        else {
            return;
        };
        let (has_nearest, asked) =
            (page.items.iter().any(|one| one.store.phone.is_some()), self.listing.asked);
        if !has_nearest && self.instead.nearest.is_none() {
            let place = self.params(String::new(), 1);
            let params = StoreParams {
                limit: Some(1),
                lat: place.lat,
                lng: place.lng,
                q: place.q,
                ..StoreParams::default()
            };
            let link = ctx.link().clone();
            let answer = self.api.stores(&params, &JsValue::NULL);
            answer.then(move |page| link.send_message(Msg::Nearest(asked, page)));
        }
        if !self.instead.skus.is_empty() || self.wanted.len() != 1 {
            return;
        }
        let now = self.wanted.first().map(|item| item.sku.clone()).unwrap_or_default();
        let variants = self.lookup.product.iter().flat_map(|product| &product.variants);
        let others =
            variants.filter(|other| other.colour == self.colour && !other.sku.eq_ignore_ascii_case(&now));
        self.instead.skus = others.take(MAX_OTHERS).map(|other| other.sku.clone()).collect();
        if self.instead.skus.is_empty() {
            return;
        }
        let items: Vec<Wanted> =
            self.instead.skus.iter().map(|sku| Wanted { sku: sku.clone(), quantity: 1 }).collect();
        let link = ctx.link().clone();
        let answer = self.api.availability(&self.params(list_of(&items), 20));
        answer.then(move |page| link.send_message(Msg::Others(asked, page)));
    }

    pub(super) fn others_loaded(
        &mut self,
        asked: u32,
        answer: Result<AvailabilityPage, ClientError>,
    ) -> bool {
        if asked != self.listing.asked {
            return false;
        }
        // Without it there is still a store to call.
        self.instead.others = answer.ok();
        true
    }

    pub(super) fn nearest_loaded(&mut self, asked: u32, answer: Result<StorePage, ClientError>) -> bool {
        if asked != self.listing.asked {
            return false;
        }
        self.instead.nearest = answer.ok();
        true
    }

    pub(super) fn set_mine(&mut self, ctx: &Context<Self>, code: Option<String>) {
        let store = code.as_deref().and_then(|code| self.find(code));
        let detail = store.map_or(JsValue::NULL, |store| {
            js::object(&[("code", store.code.as_str().into()), ("name", store.name.as_str().into())]).into()
        });
        self.mine = code;
        preferred_store::set(&ctx.props().settings.site_key, self.mine.as_deref());
        Self::emit(ctx, "devanture-my-store", &detail);
    }

    pub(super) fn mine_changed(&mut self, ctx: &Context<Self>) -> bool {
        let mine = preferred_store::get(&ctx.props().settings.site_key);
        if mine == self.mine {
            // Chosen here: the list stays as it is under the shopper's finger.
            return false;
        }
        self.mine = mine;
        self.load(ctx);
        true
    }
}
