//! A store's page: everything about it without any script, for people and for search engines.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use devanture_api::{site::Label, store::Store};
use devanture_domain::{civil::minute_text, hours::Span};
use maud::{Markup, html};

use crate::{
    app::{SharedShop, Shop},
    lang::Lang,
    layout::{Page, wrap},
    link::Link,
    reviews::{self, About},
    structured,
};

use super::{missing, product::window_display};

pub(crate) async fn page(lang: Lang, State(shop): State<SharedShop>, Path(code): Path<String>) -> Response {
    let Some(found) = shop.store(&code) else { return missing(&shop, lang) };
    let store = &found.store;
    let reviews = reviews::element(&shop, &shop.key, lang, About::Store(&code)).await;
    let body = html! {
        nav.crumbs aria-label=(lang.t("Fil d’Ariane", "Breadcrumb")) {
            ol { li { a href=(Link::Stores.href(lang)) { (lang.t("Nos magasins", "Our stores")) } } li { (found.region) } }
        }
        article.store-page {
            header {
                h1 { (store.name) }
                img.facade src="/img/facade.svg" alt="" width="640" height="420";
            }
            div.facts {
                (address(lang, store))
                (hours(&shop, lang, store))
                (offers(&shop, lang, store))
            }
            @if !store.promotions.is_empty() { (announcements(lang, store)) }
        }
        section.opinions #avis { (reviews) }
        section.block aria-labelledby="vitrine" {
            div.block-head { h2 #vitrine { (lang.t("En vitrine", "In the window")) } }
            (window_display(&shop, lang, &["trench-bellerive", "caban-kermadec", "robe-augustine", "pull-marin-ouessant"]))
        }
    };
    wrap(
        &shop,
        &Page {
            lang,
            link: Link::Store(code.clone()),
            title: store.name.clone(),
            description: format!(
                "{}, {} {}",
                store.address.street, store.address.postcode, store.address.town
            ),
            kind: "store",
            widgets: true,
            structured: Some(structured::store(&shop, lang, store)),
            body,
        },
    )
    .into_response()
}

pub(super) fn address(lang: Lang, store: &Store) -> Markup {
    let directions = format!(
        "https://www.openstreetmap.org/directions?to={},{}",
        store.location.lat(),
        store.location.lng()
    );
    html! {
        section {
            h2 { (lang.t("Adresse", "Address")) }
            address {
                (store.address.street) br;
                (store.address.postcode) " " (store.address.town)
            }
            ul.plain {
                @if let Some(phone) = &store.phone { li { a href={ "tel:" (phone.replace(' ', "")) } { (phone) } } }
                @if let Some(email) = &store.email { li { a href={ "mailto:" (email) } { (email) } } }
                li { a href=(directions) rel="noopener" { (lang.t("Itinéraire", "Directions")) } }
            }
        }
    }
}

pub(super) fn hours(shop: &Shop, lang: Lang, store: &Store) -> Markup {
    let ahead = shop.today.plus(45);
    let special: Vec<_> =
        store.hours.special.iter().filter(|day| (shop.today..=ahead).contains(&day.date)).collect();
    html! {
        section {
            h2 { (lang.t("Horaires", "Opening hours")) }
            table.hours {
                tbody {
                    @for (day, spans) in store.hours.weekly.iter().enumerate() {
                        tr { th scope="row" { (lang.weekday(day)) } td { (spans_text(lang, spans)) } }
                    }
                }
            }
            @if !special.is_empty() {
                h3 { (lang.t("À venir", "Coming up")) }
                table.hours {
                    tbody {
                        @for day in special {
                            tr { th scope="row" { (lang.day(day.date)) @if let Some(note) = &day.note { span.note lang="fr" { (note) } } } td { (spans_text(lang, &day.spans)) } }
                        }
                    }
                }
            }
        }
    }
}

fn spans_text(lang: Lang, spans: &[Span]) -> String {
    if spans.is_empty() {
        return lang.t("fermé", "closed").into();
    }
    let texts: Vec<String> = spans
        .iter()
        .map(|span| format!("{}–{}", minute_text(span.opens()), minute_text(span.closes())))
        .collect();
    texts.join(", ")
}

pub(super) fn offers(shop: &Shop, lang: Lang, store: &Store) -> Markup {
    let names = |labels: &[Label], codes: &[String]| -> Vec<String> {
        labels.iter().filter(|label| codes.contains(&label.code)).map(|label| label.name.clone()).collect()
    };
    let network = &shop.network;
    let services = if lang == Lang::Fr { &network.services } else { &network.english.services };
    html! {
        section {
            h2 { (lang.t("Sur place", "In the store")) }
            ul.chips { @for name in names(services, &store.services) { li { (name) } } }
            h3 { (lang.t("Marques", "Labels")) }
            p { (names(&shop.network.brands, &store.brands).join(", ")) }
        }
    }
}

pub(super) fn announcements(lang: Lang, store: &Store) -> Markup {
    html! {
        section.announcements aria-labelledby="en-ce-moment" {
            h2 #en-ce-moment { (lang.t("En ce moment", "At the moment")) }
            ul {
                @for promotion in &store.promotions {
                    li lang="fr" {
                        h3 { (promotion.title) }
                        @if !promotion.text.is_empty() { p { (promotion.text) } }
                        p.dates {
                            @if promotion.starts_on == promotion.ends_on { "Le " (Lang::Fr.day(promotion.starts_on)) }
                            @else { "Du " (Lang::Fr.day(promotion.starts_on)) " au " (Lang::Fr.day(promotion.ends_on)) }
                        }
                    }
                }
            }
        }
    }
}
