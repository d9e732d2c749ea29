//! Loading the list.

use devanture_api::store::StorePage;
use devanture_client::ClientError;
use wasm_bindgen::JsValue;
use yew::Context;

use super::App;
use crate::{requests::store_params, state::Msg};

impl App {
    /// The first list: the loader's early request if there is one.
    pub(super) fn load_first(&mut self, ctx: &Context<Self>) {
        self.request(ctx, &ctx.props().settings.first, None);
        self.load_mine(ctx);
    }

    /// Asks for the list anew, or for its next page.
    pub(super) fn load(&mut self, ctx: &Context<Self>, more: bool) {
        let cursor = if more { self.listing.page.as_ref().and_then(|page| page.next.clone()) } else { None };
        if !more || (cursor.is_some() && !self.listing.loading) {
            self.request(ctx, &JsValue::NULL, cursor);
        }
    }

    fn request(&mut self, ctx: &Context<Self>, first: &JsValue, cursor: Option<String>) {
        self.listing.loading = true;
        self.listing.error = None;
        self.listing.asked += 1;
        let more = cursor.is_some();
        let params = store_params(&self.options, &self.place, &self.filters, cursor);
        let (link, asked) = (ctx.link().clone(), self.listing.asked);
        self.api.stores(&params, first).then(move |page| link.send_message(Msg::Loaded(asked, more, page)));
    }

    pub(super) fn loaded(
        &mut self,
        ctx: &Context<Self>,
        asked: u32,
        more: bool,
        answer: Result<StorePage, ClientError>,
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
