//! The list: how many, the cards, the way on when there is nothing.

use devanture_api::store::{Store, StorePage};
use devanture_client::ClientError;
use devanture_domain::civil::UtcMs;
use devanture_ui::js::number;
use web_sys::HtmlElement;
use wasm_bindgen::JsCast as _;
use yew::{Context, Html, MouseEvent, html};

use super::{
    icon::{self, icon},
    map, my_store, opening,
};
use crate::{
    app::{App, AppProps},
    state::{Msg, Place},
};

pub(crate) fn view(app: &App, ctx: &Context<App>, now: UtcMs) -> Html {
    let page = app.listing.page.as_ref();
    html! {
        <div class="results" part="results" aria-busy={if app.listing.loading { "true" } else { "false" }}>
            <div class="bar">
                <p class="status" part="status" role="status">{ status(app) }</p>
                if page.is_some() {
                    <button type="button" class="quiet" part="map-toggle" aria-expanded={if app.map_shown { "true" } else { "false" }}
                        onclick={ctx.link().callback(|_: MouseEvent| Msg::ToggleMap)}>
                        { icon(icon::MAP) }{ app.t.text(if app.map_shown { "hide_map" } else { "show_map" }) }
                    </button>
                }
            </div>
            <div class={if app.map_shown { "split with-map" } else { "split" }}>
                { map::view(app, ctx) }
                <div class="column" tabindex="-1">
                    { failure(app, ctx) }
                    { page.map_or_else(|| skeleton(app), |page| cards(app, ctx, page, now)) }
                </div>
            </div>
        </div>
    }
}

fn cards(app: &App, ctx: &Context<App>, page: &StorePage, now: UtcMs) -> Html {
    if page.items.is_empty() {
        return nothing(app, ctx);
    }
    html! {
        <>
            <ol class="list" part="list" aria-label={app.t.text("stores_label")}>
                { for page.items.iter().map(|store| card(app, ctx, page, store, now)) }
            </ol>
            if page.next.is_some() {
                <button type="button" class="button more" part="button more" disabled={app.listing.loading}
                    onclick={ctx.link().callback(|_: MouseEvent| Msg::More)}>{ app.t.text("more") }</button>
            }
        </>
    }
}

fn card(app: &App, ctx: &Context<App>, page: &StorePage, store: &Store, now: UtcMs) -> Html {
    let code = store.code.clone();
    let open = ctx.link().callback(move |_: MouseEvent| Msg::Open(code.clone()));
    let meant = page.origin.as_ref().is_some_and(|origin| !origin.is_default);
    html! {
        <li key={store.code.clone()} class={if app.mine.as_ref() == Some(&store.code) { "card own" } else { "card" }} part="card">
            <div class="head">
                <h3><button type="button" class="name" id={["c-", &store.code].concat()} onclick={open}>{ &store.name }</button></h3>
                if let Some(metres) = store.distance_m.filter(|_| meant) {
                    <span class="distance" part="distance">{ app.formats.distance(metres) }</span>
                }
            </div>
            { opening::view(app, store, now) }
            <p class="address" part="address">{ address(store) }</p>
            { for store.promotions.iter().take(2).map(|promotion| html! {
                <p class="promotion" part="promotion">{ icon(icon::TAG) }<span>{ &promotion.title }</span></p>
            }) }
            <div class="actions" part="actions">
                { my_store::choose(app, ctx, &store.code, &store.name) }
                { links(app, store) }
            </div>
        </li>
    }
}

/// Call and directions: plain links, so that nothing is asked of a third party before a click.
pub(crate) fn links(app: &App, store: &Store) -> Html {
    html! {
        <>
            if let Some(phone) = &store.phone {
                <a class="action" part="action call" href={["tel:", &phone.replace(' ', "")].concat()}
                    aria-label={[&app.t.text("call"), " · ", &store.name].concat()}>
                    { icon(icon::PHONE) }<span>{ app.t.text("call") }</span>
                </a>
            }
            <a class="action" part="action directions" href={directions(store)} target="_blank" rel="noopener noreferrer"
                aria-label={[&app.t.text("directions"), " · ", &store.name].concat()}>
                { icon(icon::ROUTE) }<span>{ app.t.text("directions") }</span>
            </a>
        </>
    }
}

/// The device's own maps where it has a scheme for them, else OpenStreetMap's route planner.
fn directions(store: &Store) -> String {
    let at = [number(store.location.lat()), ",".into(), number(store.location.lng())].concat();
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    if agent.contains("Android") {
        ["geo:0,0?q=", &at].concat()
    } else if agent.contains("iPhone") || agent.contains("iPad") {
        ["https://maps.apple.com/?daddr=", &at].concat()
    } else {
        ["https://www.openstreetmap.org/directions?to=", &at].concat()
    }
}

/// One line, in the order of the country.
pub(crate) fn address(store: &Store) -> String {
    let address = &store.address;
    let town = match (address.country.as_str(), &address.region) {
        ("US" | "CA" | "AU", Some(region)) => [&address.town, ", ", region, " ", &address.postcode].concat(),
        ("GB" | "IE", _) => [&address.town, " ", &address.postcode].concat(),
        _ => [&address.postcode, " ", &address.town].concat(),
    };
    let town = town.trim();
    if address.street.is_empty() { town.into() } else { [&address.street, ", ", town].concat() }
}

fn status(app: &App) -> String {
    let Some(page) = app.listing.page.as_ref().filter(|_| !app.listing.loading) else {
        return app.t.text("loading");
    };
    let label = page.origin.as_ref().and_then(|origin| origin.label.as_deref());
    match (&app.place, label) {
        (Place::Typed(text), None) if page.origin.as_ref().is_none_or(|origin| origin.is_default) => {
            app.t.fill("unknown_place", &[("place", text)])
        }
        (Place::Typed(place), None) | (Place::Known(place, _), _) => near(app, page.total, place),
        (Place::Typed(_), Some(place)) => near(app, page.total, place),
        (Place::Device(_), _) => app.t.plural("stores_around", page.total, &app.formats, &[]),
        (Place::Start, _) => app.t.plural("stores", page.total, &app.formats, &[]),
    }
}

fn near(app: &App, total: u32, place: &str) -> String {
    app.t.plural("stores_near", total, &app.formats, &[("place", place)])
}

fn nothing(app: &App, ctx: &Context<App>) -> Html {
    html! {
        <div class="empty" part="empty">
            { icon(icon::STORE) }
            <p>{ app.t.text("nothing") }</p>
            if app.filters.count() > 0 {
                <button type="button" class="button" onclick={ctx.link().callback(|_: MouseEvent| Msg::ClearFilters)}>
                    { app.t.text("clear_filters") }
                </button>
            }
        </div>
    }
}

fn failure(app: &App, ctx: &Context<App>) -> Html {
    let Some(error) = &app.listing.error else { return html! {} };
    html! {
        <div class="failure" part="failure" role="alert">
            <p>{ error_text(app, error) }</p>
            <button type="button" class="button" onclick={ctx.link().callback(|_: MouseEvent| Msg::Reload)}>
                { app.t.text("retry") }
            </button>
        </div>
    }
}

/// What to tell the shopper: the locale's words for the code, else a general line.
pub(crate) fn error_text(app: &App, error: &ClientError) -> String {
    app.t.find(&["error.", error.code()].concat()).unwrap_or_else(|| app.t.text("error"))
}

/// Grey cards of the size of real ones while the first list is on its way.
fn skeleton(app: &App) -> Html {
    if app.listing.error.is_some() {
        return html! {};
    }
    html! {
        <div class="list" aria-hidden="true">
            { for (0..4).map(|_| html! { <div class="card ghost"><i></i><i></i><i></i></div> }) }
        </div>
    }
}

/// Puts the focus back on the card that was opened.
pub(crate) fn focus_card(props: &AppProps, code: &str) {
    let root = props.host.shadow_root();
    let name = root.and_then(|root| root.get_element_by_id(&["c-", code].concat()));
    if let Some(name) = name.and_then(|name| name.dyn_into::<HtmlElement>().ok()) {
        let _ = name.focus();
    }
}
