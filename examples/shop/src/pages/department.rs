//! A department, whole or narrowed to one family of clothes.

use std::collections::HashMap;

use axum::extract::{Query, State};
use devanture_demo::catalogue::{Department, Product, Text, products};
use maud::{Markup, html};

use crate::{
    app::SharedShop,
    lang::{Lang, family},
    layout::{Page, wrap},
    link::Link,
};

use super::card;

pub(crate) async fn page(
    lang: Lang,
    department: Department,
    State(shop): State<SharedShop>,
    Query(query): Query<HashMap<String, String>>,
) -> Markup {
    let all: Vec<&'static Product> = products().filter(|product| product.department == department).collect();
    let mut families: Vec<(&str, Text)> = Vec::new();
    for product in &all {
        let found = family(product.garment);
        if !families.iter().any(|(code, _)| *code == found.0) {
            families.push(found);
        }
    }
    let parameter = lang.t("rayon", "section");
    let asked =
        query.get(parameter).and_then(|code| families.iter().find(|(known, _)| known == code)).copied();
    let shown: Vec<&'static Product> = all
        .iter()
        .copied()
        .filter(|product| asked.is_none_or(|(code, _)| family(product.garment).0 == code))
        .collect();
    let name = lang.department(department);
    let here = Link::Department(department).href(lang);
    let title = asked
        .map_or_else(|| name.to_owned(), |(_, text)| format!("{name} : {}", lang.text(text).to_lowercase()));
    let pages = asked.map_or_else(|| format!("{here}?"), |(code, _)| format!("{here}?{parameter}={code}&"));
    let body = html! {
        section.department {
            header.department-head {
                h1 { (name) @if let Some((_, text)) = asked { " " em { (lang.text(text).to_lowercase()) } } }
                p { (intro(lang, department)) }
                nav.families aria-label=(lang.t("Affiner", "Narrow down")) {
                    a href=(here) aria-current=[asked.is_none().then_some("true")] { (lang.t("Tout", "All")) }
                    @for (code, text) in &families {
                        a href={ (here) "?" (parameter) "=" (code) } aria-current=[asked.is_some_and(|(at, _)| at == *code).then_some("true")] { (lang.text(*text)) }
                    }
                }
            }
            devanture-size-memory.my-size height="48" {}
            (card::pages(&shop, lang, &shown, &pages, &query))
        }
    };
    wrap(
        &shop,
        &Page {
            lang,
            link: Link::Department(department),
            title,
            description: intro(lang, department).into(),
            kind: "department",
            widgets: true,
            structured: None,
            body,
        },
    )
}

fn intro(lang: Lang, department: Department) -> &'static str {
    match department {
        Department::Women => lang
            .t("Des coupes qui laissent respirer, du 34 au 46.", "Cuts that let you breathe, from 34 to 46."),
        Department::Men => lang
            .t("Peu de pièces, bien faites, qui vont ensemble.", "Few pieces, well made, that go together."),
        Department::Children => lang
            .t("Pour grimper, renverser, grandir et transmettre.", "To climb, spill, grow and hand down in."),
        Department::Accessories => lang.t(
            "Ce qui finit une tenue, et ce qui la porte loin.",
            "What finishes an outfit, and what takes it far.",
        ),
    }
}
