//! The list: what is wanted, where, and which stores have it.

use std::rc::Rc;

use devanture_api::availability::AvailabilityPage;
use devanture_client::ClientError;
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, aria, el, leaf, list, none, on_if, text},
    icon::{self, icon},
    search::{self, Tell},
};
use yew::{Context, Html};

use super::{
    button::{button, error_text, retry},
    card::card,
    product,
};
use crate::{
    app::App,
    lazy::Part,
    state::{Action, Msg, Place},
    words::is_near,
};

pub(crate) fn view(app: &App, ctx: &Context<App>, now: UtcMs) -> Html {
    let status = leaf("p", attrs!["class": "status", "part": "status", "role": "status"], &status(app));
    let said = app
        .said
        .map_or_else(none, |key| leaf("p", attrs!["class": "notice", "role": "alert"], &app.t.text(key)));
    // Sizes and stores are shown together, so that what comes last does not push the rest down.
    let children = if is_first_wait(app) {
        vec![ticket(app, ctx), status, skeleton()]
    } else {
        let page = app.listing.page.as_ref();
        let place = if app.wanted.is_empty() { none() } else { search(app, ctx) };
        let body = page.map_or_else(none, |page| stores(app, ctx, page, now));
        vec![ticket(app, ctx), product::choosers(app, ctx), said, place, status, failure(app, ctx), body]
    };
    el("div", attrs!["class": "results", "aria-busy": aria(app.listing.loading)], children)
}

/// Whether the first answers are still to come.
fn is_first_wait(app: &App) -> bool {
    let stores = app.listing.loading && app.listing.page.is_none() && app.lookup.product.is_none();
    stores || app.lookup.loading || app.waits_for_page()
}

/// What has failed, where it keeps the list from being there.
pub(super) fn error(app: &App) -> Option<&ClientError> {
    // Where only the sizes did not come, the stores are still there.
    app.listing.error.as_ref().or(app.lookup.error.as_ref().filter(|_| app.wanted.is_empty()))
}

fn search(app: &App, ctx: &Context<App>) -> Html {
    let link = ctx.link().clone();
    let tell: Tell = Rc::new(move |what| link.send_message(Msg::Act(Action::Search(what))));
    search::form(&app.field, &app.t, &tell)
}

/// The way back to a reservation.
fn ticket(app: &App, ctx: &Context<App>) -> Html {
    if app.token.is_none() {
        return none();
    }
    let label = vec![icon(icon::TAG), text(&app.t.text("my_reservation"))];
    button(
        ctx,
        attrs!["type": "button", "class": "button", "part": "button", "id": "ticket"],
        Action::ShowTicket,
        label,
    )
}

fn stores(app: &App, ctx: &Context<App>, page: &AvailabilityPage, now: UtcMs) -> Html {
    let instead = app.instead.filter(|_| !app.listing.loading && !is_near(page));
    let instead = instead.map_or_else(none, |draw| draw(app, ctx));
    if page.items.is_empty() {
        return instead;
    }
    let mut cards = Vec::with_capacity(page.items.len());
    let mut shown = 0;
    for one in &page.items {
        cards.push(card(app, ctx, one, now));
        shown += u32::from(one.has_all);
    }
    let attrs = attrs!["type": "button", "class": "button more", "part": "button", "disabled": on_if(app.listing.loading)];
    let more = || button(ctx, attrs, Action::More, vec![text(&app.t.text("more"))]);
    let has_more = page.total > shown && app.listing.limit < 50;
    list(vec![
        instead,
        el("ol", attrs!["class": "list", "aria-label": &app.t.text("stores_label")], cards),
        if has_more { more() } else { none() },
    ])
}

fn status(app: &App) -> String {
    if error(app).is_some() || app.part_failed.is_some() {
        // The alert below says what there is to say.
        return String::new();
    }
    if product::is_open(app) {
        return app.t.text("choose_size");
    }
    let Some(page) = app.listing.page.as_ref().filter(|_| !app.listing.loading) else {
        let is_coming = app.listing.loading || is_first_wait(app);
        return app.t.text(if is_coming { "loading" } else { "no_product" });
    };
    let count = |key: &str, place: &str| app.t.plural(key, page.total, &app.formats, &[("place", place)]);
    let several = app.wanted.len() > 1;
    let (key, near, around) = if several {
        ("stores_with_all", "stores_with_all_near", "stores_with_all_around")
    } else {
        ("stores_with", "stores_with_near", "stores_with_around")
    };
    if page.total == 0 {
        return app.t.text(if several { "nowhere_all" } else { "nowhere" });
    }
    let found = page.origin.as_ref().filter(|origin| !origin.is_default);
    match &app.place {
        Place::Typed(text) => match found {
            Some(origin) => count(near, origin.label.as_ref().unwrap_or(text)),
            None => app.t.fill("unknown_place", &[("place", text)]),
        },
        Place::Known(place, _) => count(near, place),
        Place::Device(_) => count(around, ""),
        Place::Start => count(key, ""),
    }
}

fn failure(app: &App, ctx: &Context<App>) -> Html {
    if app.part_failed == Some(Part::Page) {
        return retry(app, ctx, &app.t.text("error"), Action::Retry(Part::Page));
    }
    match error(app) {
        Some(error) => retry(app, ctx, &error_text(app, error), Action::Reload),
        None => none(),
    }
}

/// Grey cards of the size of real ones while the first list is on its way.
fn skeleton() -> Html {
    let line = || leaf("i", NO_ATTRS, "");
    let ghost = || el("div", attrs!["class": "card ghost"], vec![line(), line(), line()]);
    el("div", attrs!["class": "list", "aria-hidden": "true"], vec![ghost(), ghost(), ghost()])
}
