//! What reviews say together, what words they use, and what is kept of a person.

use devanture_api::{routes::admin, staff_review::Phrase};
use devanture_ui::{
    attrs,
    dom::{El, el, join, leaf, list, none, text},
    js,
};
use yew::Html;

use super::{details::fact, say, select};
use crate::{
    app::{App, ReviewMsg},
    model::{Msg, Room},
    reviews::{
        Asked,
        wire::{Figures, Person},
    },
    view::{Link, button, failed, field, icon, list::empty, submit},
};

/// What was asked for, or why it is not there.
pub(super) fn shown<T>(
    app: &App,
    asked: &Asked<T>,
    link: &Link,
    again: impl Fn() -> Msg + 'static,
    draw: impl FnOnce(&T) -> Html,
) -> Html {
    match (&asked.got, &asked.failure) {
        (_, Some(failure)) => failed(app, failure, link, again),
        (Some(got), None) => draw(got),
        (None, None) if asked.asking => leaf("p", attrs!["class": "loading"], &app.texts.text("rv.asking")),
        (None, None) => none(),
    }
}

fn typed(app: &App, (id, kind): (&str, &str), key: &str, value: &str) -> Html {
    let attrs = attrs![
        "id": id, "name": id, "type": kind, "autocomplete": "off", "spellcheck": "false", "maxlength": "200", "value": value
    ];
    el(
        "div",
        attrs!["class": "field"],
        vec![leaf("label", attrs!["for": id], &app.texts.text(key)), el("input", attrs, vec![])],
    )
}

fn go(app: &App, key: &str) -> Html {
    leaf("button", attrs!["type": "submit", "class": "button primary"], &app.texts.text(key))
}

pub(super) fn figures(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let (t, reviews) = (|key: &str| app.texts.text(key), &room.reviews);
    let (product, store) = reviews.figures_of.clone();
    let mut all = Vec::new();
    if app.moderates() {
        let mut stores = vec![(String::new(), t("rv.no_store"))];
        stores.extend(room.stores.iter().map(|one| (one.code.clone(), one.name.clone())));
        let sent = submit(link, |fields| {
            let product = field(fields, "of-product").trim().to_owned();
            // A product that is named is meant.
            let store = if product.is_empty() { field(fields, "figures-store") } else { String::new() };
            say(ReviewMsg::Figures(product, store))
        });
        all.push(El::new("form", attrs!["class": "filters"]).on(sent).children(vec![
            typed(app, ("of-product", "text"), "rv.product", &product),
            select(app, "figures-store", "rv.or_store", &stores, &store),
            go(app, "rv.show"),
        ]));
        let export = attrs!["class": "quiet feed", "href": admin::EXPORT_REVIEWS, "download": "google-product-reviews.xml"];
        all.push(leaf("a", export, &t("rv.export")));
    }
    let again = move || say(ReviewMsg::Figures(product.clone(), store.clone()));
    all.push(shown(app, &reviews.figures, link, again, |got| summary(app, got)));
    all
}

/// `4.37`, in the language's own way.
fn mean(app: &App, hundredths: u32) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let comma = if app.texts.lang == "fr" { "," } else { "." };
    let zero = if part < 10 { "0" } else { "" };
    join(&[&whole.to_string(), comma, zero, &part.to_string()])
}

fn bar(words: &str, count: u32, all: u32) -> Html {
    let (value, max) = (count.to_string(), all.max(1).to_string());
    el(
        "div",
        attrs!["class": "bar-row"],
        vec![
            leaf("span", attrs![], words),
            el("meter", attrs!["value": &value, "max": &max, "aria-label": words], vec![]),
            leaf("span", attrs!["class": "price"], &value),
        ],
    )
}

fn summary(app: &App, got: &Figures) -> Html {
    let t = |key: &str| app.texts.text(key);
    let Some(average) = got.average_hundredths else { return empty(&t("rv.no_reviews"), "") };
    let part = |title: &str, inside: Vec<Html>| {
        let mut all = vec![leaf("h2", attrs!["class": "name"], &t(title))];
        all.extend(inside);
        el("section", attrs!["class": "part"], all)
    };
    let mean_of = app.texts.fill("rv.mean", &[("mean", &mean(app, average))]);
    let mut stars = vec![
        leaf("p", attrs!["class": "big"], &mean_of),
        leaf("p", attrs!["class": "hint"], &app.texts.count("rv.found", got.count as usize)),
    ];
    for (at, count) in got.stars.iter().enumerate().rev() {
        stars.push(bar(&app.texts.fill("rv.stars", &[("n", &(at + 1).to_string())]), *count, got.count));
    }
    let mut all = vec![part("rv.of_stars", stars)];
    let fit = [("small", got.fit.small), ("true", got.fit.true_to_size), ("large", got.fit.large)];
    let votes = fit.iter().map(|(_, count)| count).sum();
    if votes > 0 {
        let bars = fit.map(|(key, count)| bar(&t(&join(&["rv.fit.", key])), count, votes));
        all.push(part("rv.fit", bars.into()));
    }
    if !got.criteria.is_empty() {
        let scored = got.criteria.iter().map(|one| {
            let value = match one.average_hundredths {
                Some(average) => app.texts.fill(
                    "rv.criterion",
                    &[
                        ("mean", &mean(app, average)),
                        ("most", &one.scale.most().to_string()),
                        ("count", &one.count.to_string()),
                    ],
                ),
                None => "—".to_owned(),
            };
            fact(&one.name, &value)
        });
        all.push(part("rv.criteria", vec![el("dl", attrs!["class": "week"], scored.collect())]));
    }
    let counts = [
        ("rv.with_photos", got.with_photos),
        ("rv.verified", got.verified),
        ("rv.incentivised", got.incentivised),
    ];
    let counts = counts.map(|(key, count)| fact(&t(key), &count.to_string()));
    all.push(part("rv.more_figures", vec![el("dl", attrs!["class": "week"], counts.into())]));
    el("div", attrs!["class": "shop"], all)
}

pub(super) fn words(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let t = |key: &str| app.texts.text(key);
    let sent = submit(link, |fields| {
        let product = field(fields, "words-product").trim().to_owned();
        let category =
            if product.is_empty() { field(fields, "category").trim().to_owned() } else { String::new() };
        say(ReviewMsg::Words(product, category, field(fields, "language")))
    });
    let languages = [("fr".to_owned(), "Français".to_owned()), ("en".to_owned(), "English".to_owned())];
    let form = El::new("form", attrs!["class": "filters"]).on(sent).children(vec![
        typed(app, ("words-product", "text"), "rv.product", ""),
        typed(app, ("category", "text"), "rv.or_category", ""),
        select(app, "language", "rv.language", &languages, app.texts.lang),
        go(app, "rv.show"),
    ]);
    let hint = leaf("p", attrs!["class": "hint"], &t("rv.words.hint"));
    // What was typed is still in its fields.
    let again = || say(ReviewMsg::View(crate::reviews::View::Words));
    let got = shown(app, &room.reviews.words, link, again, |got| {
        let hint = leaf("p", attrs!["class": "hint"], &app.texts.count("rv.words.of", got.reviews as usize));
        if got.items.is_empty() {
            return list(vec![hint, empty(&t("rv.words.none"), &t("rv.words.none.hint"))]);
        }
        let items = got.items.iter().map(|phrase| said(app, phrase, link));
        list(vec![hint, el("ul", attrs!["class": "lines"], items.collect())])
    });
    vec![form, hint, got]
}

/// A phrase and the reviews that it comes from.
fn said(app: &App, phrase: &Phrase, link: &Link) -> Html {
    let from = phrase.reviews.iter().enumerate().map(|(at, id)| {
        let number = (at + 1).to_string();
        let name = app.texts.fill("rv.words.from", &[("n", &number), ("words", &phrase.text)]);
        let (key, id) = (super::review_id(&join(&[&phrase.text, "-", id])), id.clone());
        let attrs = attrs!["type": "button", "class": "quiet", "id": &key, "aria-label": &name];
        button(attrs, link, move || say(ReviewMsg::Look(Some(id.clone()))), vec![text(&number)])
    });
    let words = leaf("strong", attrs!["class": "line-words"], &phrase.text);
    let count =
        leaf("span", attrs!["class": "price"], &app.texts.count("rv.words.count", phrase.count as usize));
    let links = el("span", attrs!["class": "phrase-from"], from.collect());
    El::new("li", attrs!["class": "step phrase"]).key(&phrase.text).children(vec![words, count, links])
}

pub(super) fn person(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let (t, reviews) = (|key: &str| app.texts.text(key), &room.reviews);
    let sent = submit(link, |fields| say(ReviewMsg::Person(field(fields, "email").trim().to_owned())));
    let form = El::new("form", attrs!["class": "filters"])
        .on(sent)
        .children(vec![typed(app, ("email", "email"), "rv.email", &reviews.email), go(app, "rv.person.go")]);
    let hint = leaf("p", attrs!["class": "hint"], &t("rv.person.hint"));
    let erased = reviews.erased.map_or(none(), |count| {
        leaf("p", attrs!["class": "saved"], &app.texts.count("rv.erased", count as usize))
    });
    let email = reviews.email.clone();
    let again = move || say(ReviewMsg::Person(email.clone()));
    let got = shown(app, &reviews.person, link, again, |got| known(app, room, got, link));
    vec![form, hint, el("div", attrs!["role": "status"], vec![erased]), got]
}

fn known(app: &App, room: &Room, got: &Person, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    if got.reviews.is_empty() && got.invitations.is_empty() {
        return empty(&t("rv.person.none"), &t("rv.person.none.hint"));
    }
    let found = |key: &str, count| leaf("p", attrs!["class": "variant"], &app.texts.count(key, count));
    let all = got.reviews.iter().map(|one| {
        let id = one.id.clone();
        let words = el(
            "span",
            attrs!["class": "line-words"],
            vec![
                leaf("strong", attrs![], one.name.as_deref().unwrap_or(&one.subject)),
                leaf("span", attrs!["class": "hint"], &app.texts.day(one.written_at, room.zone())),
            ],
        );
        let key = super::review_id(&id);
        let open = attrs!["type": "button", "class": "button small", "id": &key];
        let open =
            button(open, link, move || say(ReviewMsg::Look(Some(id.clone()))), vec![text(&t("rv.open"))]);
        El::new("li", attrs!["class": "step phrase"]).key(&one.id).children(vec![words, open])
    });
    let url = join(&["data:application/json;charset=utf-8,", &js::encode(&got.whole)]);
    let save = attrs!["class": "button", "href": &url, "download": "person.json"];
    let erase =
        attrs!["type": "button", "class": "button danger", "id": "rv-erase", "aria-haspopup": "dialog"];
    list(vec![
        found("rv.found", got.reviews.len()),
        el("ul", attrs!["class": "lines"], all.collect()),
        found("rv.invitations", got.invitations.len()),
        el(
            "div",
            attrs!["class": "actions"],
            vec![
                leaf("a", save, &t("rv.person.save")),
                button(
                    erase,
                    link,
                    || say(ReviewMsg::AskErase),
                    vec![icon::icon(icon::ALERT), text(&t("rv.erase"))],
                ),
            ],
        ),
    ])
}
