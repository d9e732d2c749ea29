//! The store locator's first view; its shape is that of `widgets/store-locator/src/components`.

use devanture_api::store::{Store, StorePage};
use devanture_domain::civil::UtcMs;
use maud::{DOCTYPE, Markup, html};

use super::{opening, path, words::Words};

/// Cards show no more promotions than this.
const PROMOTIONS: usize = 2;

pub(super) fn draw(page: &StorePage, words: &Words, now: UtcMs, offset: Option<i32>) -> Markup {
    html! {
        (DOCTYPE)
        html {
            body {
                // Nothing in it does anything yet.
                div.root.first part="root" inert aria-busy="true" {
                    (search(words))
                    (filters(page, words))
                    div.results {
                        div.bar {
                            p.status part="status" { (words.plural("stores", page.total)) }
                            button.quiet type="button" { (icon(path::MAP)) (words.text("show_map")) }
                        }
                        div.split { div.column { (list(page, words, now, offset)) } }
                    }
                }
            }
        }
    }
}

fn search(words: &Words) -> Markup {
    html! {
        form.search part="search" {
            div.field {
                (icon(path::SEARCH))
                input type="text" part="input" aria-label=(words.text("search_label")) placeholder=(words.text("search_placeholder"));
            }
            button.button.primary type="button" part="button" { (words.text("search")) }
            button.button.locate type="button" { (icon(path::TARGET)) span { (words.text("locate")) } }
        }
    }
}

fn filters(page: &StorePage, words: &Words) -> Markup {
    let chip = |label: &str| html! { button.chip type="button" part="chip" aria-pressed="false" { (label) } };
    html! {
        div.filters {
            (chip(words.text("open_now")))
            @if page.brands.len() > 1 {
                select aria-label=(words.text("brand")) {
                    option { (words.text("all_brands")) }
                    // The longest name says how wide the box is.
                    @for brand in &page.brands { option { (brand.name) } }
                }
            }
            @for service in &page.services { (chip(&service.name)) }
        }
    }
}

fn list(page: &StorePage, words: &Words, now: UtcMs, offset: Option<i32>) -> Markup {
    if page.items.is_empty() {
        return html! { div.empty { (icon(path::STORE)) p { (words.text("nothing")) } } };
    }
    let meant = page.origin.as_ref().is_some_and(|origin| !origin.is_default);
    html! {
        ol.list {
            @for store in &page.items {
                li.card part="card" {
                    div.head {
                        h2 { button.name type="button" { (store.name) } }
                        @if let Some(metres) = store.distance_m.filter(|_| meant) {
                            span.distance part="distance" { (words.distance(metres)) }
                        }
                    }
                    (opening_line(store, words, now, offset))
                    p.address part="address" { (store.address.line()) }
                    @for promotion in store.promotions.iter().take(PROMOTIONS) {
                        p.promotion part="promotion" { (icon(path::TAG)) span { (promotion.title) } }
                    }
                    div.actions {
                        (action(path::HEART, words.text("choose_store")))
                        @if store.phone.is_some() { (action(path::PHONE, words.text("call"))) }
                        (action(path::ROUTE, words.text("directions")))
                    }
                }
            }
        }
        @if page.next.is_some() { button.button.more type="button" { (words.text("more")) } }
    }
}

fn opening_line(store: &Store, words: &Words, now: UtcMs, offset: Option<i32>) -> Markup {
    let Some((class, state, until)) = opening::line(store, words, now, offset) else { return html! {} };
    html! {
        p.opening.(class) part="opening" {
            span.dot {}
            strong { (state) }
            @if !until.is_empty() { " · " (until) }
        }
    }
}

fn action(path: &str, label: &str) -> Markup {
    html! { span.action part="action" { (icon(path)) span { (label) } } }
}

fn icon(path: &str) -> Markup {
    html! { svg.icon viewBox="0 0 24 24" aria-hidden="true" { path d=(path) {} } }
}
