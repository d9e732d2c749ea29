//! Which stores have it.

use devanture_api::availability::{AvailabilityPage, AvailabilityParams};
use devanture_client::ClientError;
use devanture_host::{position::coarse, preferred_store};
use devanture_ui::{dom::join, js};
use wasm_bindgen::JsValue;
use yew::Context;

use super::App;
use crate::{
    lazy::Part,
    props::list_of,
    state::{Msg, Place, View},
    words::is_near,
};

impl App {
    /// Asks which stores have what is wanted.
    pub(super) fn load(&mut self, ctx: &Context<Self>) {
        if self.wanted.is_empty() {
            return;
        }
        self.listing.loading = true;
        self.listing.error = None;
        self.ask_stores(ctx);
    }

    /// Asks again without a word while the list is looked at; what does not come leaves it as it is.
    pub(super) fn look_again(&mut self, ctx: &Context<Self>) {
        let document = js::get(&js::global(), "document");
        if self.view == View::List && js::get(&document, "hidden").is_falsy() {
            self.ask_stores(ctx);
        }
    }

    fn ask_stores(&mut self, ctx: &Context<Self>) {
        self.listing.asked += 1;
        let params = self.params(list_of(&self.wanted));
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

    /// The request for these items, from where stores are looked for.
    pub(crate) fn params(&self, items: String) -> AvailabilityParams {
        let limit = Some(self.listing.limit);
        let mut params = AvailabilityParams { items, limit, ..AvailabilityParams::default() };
        params.first = match (&self.ad, &self.mine) {
            (Some(ad), Some(mine)) => Some(join(&[ad, ",", mine])),
            (ad, mine) => ad.as_ref().or(mine.as_ref()).cloned(),
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
        let was_told = core::mem::take(&mut self.listing.loading);
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
                if !self.listing.page.as_ref().is_none_or(is_near) {
                    self.want(ctx, Part::Instead);
                }
            }
            Err(error) if was_told => self.listing.error = Some(error),
            Err(_) => {}
        }
        true
    }

    /// Whether a store is listed first: the ad's, the shopper's own.
    pub(crate) fn is_first(&self, code: &str) -> bool {
        self.ad.as_deref() == Some(code) || self.mine.as_deref() == Some(code)
    }

    fn emit_availability(&self, ctx: &Context<Self>) {
        let Some(page) = &self.listing.page else { return };
        let first = page.items.iter().find(|one| one.has_all);
        let store = first.map_or(JsValue::NULL, |one| one.store.code.as_str().into());
        let detail = js::object(&[
            ("sku", list_of(&self.wanted).as_str().into()),
            ("in_stock", (page.total > 0).into()),
            ("store_code", store),
        ]);
        Self::emit(ctx, "devanture-stock-availability", &detail);
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
