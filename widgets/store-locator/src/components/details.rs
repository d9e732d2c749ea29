//! Everything about one store.

use devanture_api::store::{Promotion, Store};
use devanture_domain::civil::{UtcMs, Zone as _};
use devanture_ui::{format::Show, zone::IntlZone};
use yew::{Context, Html, MouseEvent, html};

use super::{
    icon::{self, icon},
    list, my_store, opening,
};
use crate::{app::App, opening::spans_text, state::Msg};

pub(crate) fn view(app: &App, ctx: &Context<App>, code: &str, now: UtcMs) -> Html {
    html! {
        <article class="details" part="details">
            { back(app, ctx, "back_to_list") }
            { match app.find(code) {
                Some(store) => body(app, ctx, store, now),
                None if app.open_error => html! {
                    <h2 tabindex="-1" ref={app.heading.clone()}>{ app.t.text("store_gone") }</h2>
                },
                None => html! { <h2 tabindex="-1" ref={app.heading.clone()}>{ app.t.text("loading") }</h2> },
            } }
        </article>
    }
}

pub(crate) fn back(app: &App, ctx: &Context<App>, key: &str) -> Html {
    html! {
        <button type="button" class="quiet back" part="back" onclick={ctx.link().callback(|_: MouseEvent| Msg::Back)}>
            { icon(icon::BACK) }{ app.t.text(key) }
        </button>
    }
}

fn body(app: &App, ctx: &Context<App>, store: &Store, now: UtcMs) -> Html {
    let code = store.code.clone();
    html! {
        <>
            <h2 tabindex="-1" ref={app.heading.clone()}>{ &store.name }</h2>
            { opening::view(app, store, now) }
            <p class="address">{ list::address(store) }</p>
            <div class="actions">
                if store.appointments {
                    <button type="button" class="action strong" part="action book"
                        onclick={ctx.link().callback(move |_: MouseEvent| Msg::Book(code.clone()))}>
                        { icon(icon::CALENDAR) }<span>{ app.t.text("book") }</span>
                    </button>
                }
                { my_store::choose(app, ctx, &store.code, &store.name) }
                { list::links(app, store) }
                if let Some(url) = app.options.page_of(&store.code, store.url.as_deref()) {
                    <a class="action" part="action page" href={url}>{ icon(icon::STORE) }<span>{ app.t.text("store_page") }</span></a>
                }
            </div>
            { for store.promotions.iter().map(|promotion| promotion_view(app, promotion)) }
            <div class="columns">
                { hours(app, store, now) }
                { services(app, store) }
            </div>
        </>
    }
}

fn promotion_view(app: &App, promotion: &Promotion) -> Html {
    let kind = if promotion.event { "event" } else { "offer" };
    let until = app.formats.date(promotion.ends_on, Show::LongDate);
    let dates = if promotion.starts_on == promotion.ends_on {
        until
    } else {
        app.t.fill("until_date", &[("date", &until)])
    };
    html! {
        <section class="offer" part="offer">
            <p class="kicker">{ icon(icon::TAG) }{ app.t.text(kind) }{ " · " }{ dates }</p>
            <h3>{ &promotion.title }</h3>
            <p>{ &promotion.text }</p>
        </section>
    }
}

/// Today and the six days after it: a special day shows in its place.
fn hours(app: &App, store: &Store, now: UtcMs) -> Html {
    if store.hours.is_empty() {
        return html! {};
    }
    let today = IntlZone::named(&store.time_zone).to_local(now).date;
    let upcoming = store.hours.special.iter().filter(|day| day.date > today.plus(6)).take(4);
    let row = |date: devanture_domain::civil::Date, show: Show| {
        let special = store.hours.special_on(date);
        let note = special.and_then(|day| day.note.clone());
        html! {
            <tr class={if date == today { "today" } else if special.is_some() { "special" } else { "" }}>
                <th scope="row">{ app.formats.date(date, show) }</th>
                <td>
                    { spans_text(store.hours.spans_on(date), &app.t, &app.formats) }
                    if let Some(note) = note { <small>{ note }</small> }
                </td>
            </tr>
        }
    };
    html! {
        <section>
            <h3>{ app.t.text("hours") }</h3>
            <table class="hours" part="hours"><tbody>
                { for (0..7).map(|offset| row(today.plus(offset), Show::Weekday)) }
                { for upcoming.map(|day| row(day.date, Show::ShortDate)) }
            </tbody></table>
        </section>
    }
}

fn services(app: &App, store: &Store) -> Html {
    let named = |codes: &[String], labels: Option<&Vec<devanture_api::site::Label>>| -> Vec<String> {
        let name = |code: &String| {
            labels?.iter().find(|label| label.code == *code).map(|label| label.name.clone())
        };
        codes.iter().filter_map(name).collect()
    };
    let page = app.listing.page.as_ref();
    let services = named(&store.services, page.map(|page| &page.services));
    let brands = named(&store.brands, page.map(|page| &page.brands));
    let list = |title: &str, names: Vec<String>| {
        if names.is_empty() {
            return html! {};
        }
        html! {
            <section>
                <h3>{ app.t.text(title) }</h3>
                <ul class="services" part="services">
                    { for names.into_iter().map(|name| html! { <li>{ icon(icon::CHECK) }{ name }</li> }) }
                </ul>
            </section>
        }
    };
    html! { <div>{ list("services", services) }{ list("brands", brands) }</div> }
}
