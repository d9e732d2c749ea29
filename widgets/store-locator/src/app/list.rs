//! Loading the list.

use devanture_client::ClientError;
use wasm_bindgen_futures::spawn_local;
use yew::Context;

use super::App;
use crate::{requests::store_params, state::Msg};

impl App {
    pub(super) fn update_list(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::ToggleOpenNow => self.filters.open_now = !self.filters.open_now,
            Msg::ToggleService(code) => {
                let chosen = &mut self.filters.services;
                match chosen.iter().position(|other| *other == code) {
                    Some(at) => drop(chosen.remove(at)),
                    None => chosen.push(code),
                }
            }
            Msg::SetBrand(brand) => self.filters.brand = brand,
            Msg::ClearFilters => self.filters = crate::state::Filters::default(),
            Msg::More => {
                self.load(ctx, true);
                return true;
            }
            Msg::Loaded(asked, more, answer) => return self.loaded(ctx, asked, more, answer),
            _ => {}
        }
        self.load(ctx, false);
        true
    }

    /// The first list: the loader's early request if there is one.
    pub(super) fn load_first(&mut self, ctx: &Context<Self>) {
        let first = ctx.props().settings.first.clone();
        if !first.is_object() {
            return self.load(ctx, false);
        }
        self.listing.loading = true;
        self.listing.asked += 1;
        let (api, link, asked) = (self.api.clone(), ctx.link().clone(), self.listing.asked);
        spawn_local(async move {
            let answer = match api.first_stores(&first).await {
                Some(answer) => answer,
                None => Err(ClientError::Network),
            };
            link.send_message(Msg::Loaded(asked, false, answer));
        });
        self.load_mine(ctx);
    }

    /// Asks for the list anew, or for its next page.
    pub(super) fn load(&mut self, ctx: &Context<Self>, more: bool) {
        let cursor = if more { self.listing.page.as_ref().and_then(|page| page.next.clone()) } else { None };
        if more && (cursor.is_none() || self.listing.loading) {
            return;
        }
        self.listing.loading = true;
        self.listing.error = None;
        self.listing.asked += 1;
        let params = store_params(&self.options, &self.place, &self.filters, cursor);
        let (api, link, asked) = (self.api.clone(), ctx.link().clone(), self.listing.asked);
        spawn_local(async move {
            link.send_message(Msg::Loaded(asked, more, api.stores(&params).await));
        });
    }

    fn loaded(
        &mut self,
        ctx: &Context<Self>,
        asked: u32,
        more: bool,
        answer: Result<devanture_api::store::StorePage, ClientError>,
    ) -> bool {
        if asked != self.listing.asked {
            return false;
        }
        self.listing.loading = false;
        match answer {
            Ok(mut page) => {
                if more && let Some(before) = self.listing.page.take() {
                    // What was listed stays where it is; a store never stands there twice.
                    let mut items = before.items;
                    page.items.retain(|new| items.iter().all(|old| old.code != new.code));
                    items.append(&mut page.items);
                    page.items = items;
                } else {
                    self.emit_search(ctx, page.total);
                }
                self.listing.page = Some(page);
            }
            Err(error) => self.listing.error = Some(error),
        }
        true
    }
}
