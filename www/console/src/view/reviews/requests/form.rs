//! The form that asks a customer for reviews.

use devanture_api::{
    staff_review::{AskingSite, ReviewRequestPage},
    staff_stock::StockProduct,
};
use devanture_ui::{
    attrs,
    dom::{El, OFF, On, aria, el, join, leaf, list, listen, none, on_if, text},
    js,
};
use wasm_bindgen::JsValue;
use yew::Html;

use super::{
    super::{described_select, select},
    to,
};
use crate::{
    api::Failure,
    app::{App, RequestMsg},
    model::Room,
    reviews::request::{Asking, Chosen, Typed},
    view::{Link, button, dialog, failed, field, icon, submit},
};

/// Products are looked for in a form of their own, so that Enter there sends nothing yet.
pub(super) fn form(
    app: &App,
    room: &Room,
    asking: &Asking,
    page: Option<&ReviewRequestPage>,
    link: &Link,
) -> Html {
    let t = |key: &str| app.texts.text(key);
    let sites = page.map_or(&[][..], |page| &page.sites);
    El::new(
        "section",
        attrs!["class": "part form", "aria-labelledby": "ask-title", "aria-busy": aria(asking.sending)],
    )
    .children(vec![
        leaf("h2", attrs!["class": "name", "id": "ask-title", "tabindex": "-1"], &t("rv.ask")),
        leaf("p", attrs!["class": "hint"], &t("rv.ask.hint")),
        search(app, asking, link),
        found(app, asking, link),
        main_form(app, room, asking, sites, link),
    ])
}

fn search(app: &App, asking: &Asking, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let sent = submit(link, |fields| to(RequestMsg::Search(field(fields, "ask-q"))));
    let wrong = wrong_of(asking, "ask-q");
    let (example, search) = (t("stock.placeholder"), t("stock.go"));
    let input = attrs![
        "id": "ask-q", "name": "ask-q", "type": "search", "autocomplete": "off", "autocapitalize": "none",
        "spellcheck": "false", "enterkeyhint": "search", "maxlength": "200", "placeholder": &example,
        "value": &asking.query,
        "aria-invalid": aria(wrong.is_some()), "aria-describedby": described(wrong, "ask-q-error")
    ];
    let go = attrs!["type": "submit", "class": "button go", "aria-label": &search];
    let role = attrs!["class": "search", "role": "search", "aria-busy": aria(asking.found.asking)];
    let form = El::new("form", role)
        .on(sent)
        .children(vec![el("input", input, vec![]), el("button", go, vec![icon::icon(icon::SEARCH)])]);
    el(
        "div",
        attrs!["class": "field"],
        vec![
            leaf("label", attrs!["for": "ask-q"], &t("rv.ask.what")),
            form,
            dialog::error(app, "ask-q-error", wrong),
        ],
    )
}

fn found(app: &App, asking: &Asking, link: &Link) -> Html {
    let (t, query) = (|key: &str| app.texts.text(key), asking.query.clone());
    if let Some(failure) = &asking.found.failure {
        return failed(app, failure, link, move || to(RequestMsg::Search(query.clone())));
    }
    let Some(page) = &asking.found.got else {
        return if asking.found.asking {
            leaf("p", attrs!["class": "loading"], &t("stock.asking"))
        } else {
            none()
        };
    };
    if page.items.is_empty() {
        return leaf("p", attrs!["class": "hint"], &app.texts.fill("stock.none", &[("typed", &query)]));
    }
    let more = if page.more { leaf("p", attrs!["class": "hint"], &t("stock.more")) } else { none() };
    let items = page.items.iter().enumerate().map(|(at, item)| hit(app, (at, item), link));
    list(vec![el("ul", attrs!["class": "lines", "aria-label": &t("stock")], items.collect()), more])
}

fn hit(app: &App, (at, item): (usize, &StockProduct), link: &Link) -> Html {
    let name = app.texts.fill("rv.ask.choose", &[("name", &item.name)]);
    let attrs = attrs!["type": "button", "class": "button small", "aria-label": &name];
    let choose =
        button(attrs, link, move || to(RequestMsg::Choose(at)), vec![text(&app.texts.text("rv.ask.add"))]);
    let about = [item.brand.as_deref().unwrap_or_default(), &item.id];
    let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
    let words =
        vec![leaf("strong", attrs![], &item.name), leaf("span", attrs!["class": "hint"], &about.join(" · "))];
    let words = el("span", attrs!["class": "line-words"], words);
    El::new("li", attrs!["class": "step phrase"]).key(&item.id).children(vec![words, choose])
}

fn main_form(app: &App, room: &Room, asking: &Asking, sites: &[AskingSite], link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let (count, now) = (asking.chosen.len(), &asking.typed);
    let first = sites.first().map(|site| site.id.clone()).unwrap_or_default();
    let read = move |fields: &JsValue| {
        let several = field(fields, "ask-site");
        Box::new(Typed {
            site: if several.is_empty() { first.clone() } else { several },
            store: field(fields, "ask-store"),
            on: field(fields, "ask-on"),
            name: field(fields, "ask-name"),
            email: field(fields, "ask-email"),
            locale: field(fields, "ask-locale"),
            incentive: field(fields, "ask-incentive"),
            sizes: (0..count).map(|at| field(fields, &size_name(at))).collect(),
        })
    };
    let (reader, held) = (read.clone(), link.clone());
    let sent = submit(link, move |fields| to(RequestMsg::Send(read(fields))));
    let holds = listen(On::Input, move |event| {
        let Some(changed) = event.target() else { return };
        let fields = js::get(&js::get(&changed, "form"), "elements");
        held.send_message(to(RequestMsg::Typed(reader(&fields))));
    });
    let chosen = asking.chosen.iter().enumerate().map(|(at, one)| product(app, (at, one), link));
    let chosen = if count == 0 {
        none()
    } else {
        el(
            "ul",
            attrs!["class": "lines", "id": "ask-chosen", "aria-label": &t("rv.ask.these")],
            chosen.collect(),
        )
    };
    let mut stores = vec![(String::new(), t("rv.no_store"))];
    stores.extend(room.stores.iter().map(|store| (store.code.clone(), store.name.clone())));
    let languages = [("fr".to_owned(), "Français".to_owned()), ("en".to_owned(), "English".to_owned())];
    let site = if sites.len() < 2 {
        none()
    } else {
        let all: Vec<_> = sites.iter().map(|site| (site.id.clone(), site.name.clone())).collect();
        // Without one that is chosen the browser would take the one that was drawn first, which is the last.
        let chosen = if now.site.is_empty() { &all[0].0 } else { &now.site };
        chosen_of(app, asking, "ask-site", "rv.ask.site", &all, chosen)
    };
    let go = attrs!["type": "submit", "class": "button primary", "disabled": on_if(asking.sending)];
    let back = attrs!["type": "button", "class": "button", "disabled": on_if(asking.sending)];
    let pair = |fields: Vec<Html>| el("div", attrs!["class": "dates"], fields);
    El::new("form", attrs!["class": "form", "novalidate": "", "aria-labelledby": "ask-title"])
        .on(sent)
        .on(holds)
        .children(vec![
            chosen,
            pair(vec![
                chosen_of(app, asking, "ask-store", "rv.ask.store", &stores, &now.store),
                typed(app, asking, ("ask-on", "date"), "rv.ask.on", &now.on),
            ]),
            pair(vec![
                typed(app, asking, ("ask-name", "text"), "order.name", &now.name),
                typed(app, asking, ("ask-email", "email"), "order.email", &now.email),
            ]),
            pair(vec![
                chosen_of(app, asking, "ask-locale", "rv.ask.language", &languages, &now.locale),
                site,
            ]),
            typed(app, asking, ("ask-incentive", "text"), "rv.ask.incentive", &now.incentive),
            why(app, asking),
            el(
                "div",
                attrs!["class": "dialog-actions"],
                vec![
                    leaf("button", go, &t(if asking.sending { "rv.ask.sending" } else { "rv.ask.go" })),
                    button(back, link, || to(RequestMsg::Close), vec![text(&t("back"))]),
                ],
            ),
        ])
}

/// A product that was chosen, in which size, and the way to leave it out.
fn product(app: &App, (at, one): (usize, &Chosen), link: &Link) -> Html {
    let size = if one.sizes.is_empty() {
        none()
    } else {
        let mut sizes = vec![(String::new(), app.texts.text("rv.ask.any_size"))];
        sizes.extend(one.sizes.iter().map(|size| (size.clone(), size.clone())));
        select(app, &size_name(at), "rv.size", &sizes, &one.size)
    };
    let name = app.texts.fill("rv.ask.remove", &[("name", &one.name)]);
    let attrs = attrs!["type": "button", "class": "dismiss", "aria-label": &name];
    let remove = button(attrs, link, move || to(RequestMsg::Remove(at)), vec![icon::icon(icon::CLOSE)]);
    let words = leaf("strong", attrs!["class": "line-words"], &one.name);
    El::new("li", attrs!["class": "step phrase"]).key(&one.id).children(vec![words, size, remove])
}

fn size_name(at: usize) -> String {
    join(&["ask-size-", &at.to_string()])
}

fn wrong_of(asking: &Asking, id: &str) -> Option<&'static str> {
    asking.wrong.iter().find(|(field, _)| *field == id).map(|(_, key)| *key)
}

fn described<'a>(wrong: Option<&str>, id: &'a str) -> &'a str {
    if wrong.is_some() { id } else { OFF }
}

/// A field that is typed into, with what is wrong below it.
fn typed(app: &App, asking: &Asking, (id, kind): (&str, &str), key: &str, value: &str) -> Html {
    let (wrong, error) = (wrong_of(asking, id), join(&[id, "-error"]));
    let attrs = attrs![
        "id": id, "name": id, "type": kind, "autocomplete": "off", "maxlength": "200", "value": value,
        "aria-invalid": aria(wrong.is_some()), "aria-describedby": described(wrong, &error)
    ];
    el(
        "div",
        attrs!["class": "field"],
        vec![
            leaf("label", attrs!["for": id], &app.texts.text(key)),
            el("input", attrs, vec![]),
            dialog::error(app, &error, wrong),
        ],
    )
}

/// The same for a choice.
fn chosen_of(
    app: &App,
    asking: &Asking,
    id: &str,
    key: &str,
    options: &[(String, String)],
    chosen: &str,
) -> Html {
    let (wrong, error) = (wrong_of(asking, id), join(&[id, "-error"]));
    let select = described_select(app, (id, described(wrong, &error)), key, options, chosen);
    el("div", attrs!["class": "field"], vec![select, dialog::error(app, &error, wrong)])
}

/// Why nobody was asked, where no field is at fault: a line that gets the focus.
fn why(app: &App, asking: &Asking) -> Html {
    let said = asking.failure.as_ref().map(|failure| match failure {
        Failure::Unreachable => app.texts.text("rv.ask.offline"),
        Failure::Refused { code, .. } => match code.as_str() {
            devanture_api::problem::code::MAIL_OFF => app.texts.text("rv.ask.mail_off"),
            devanture_api::problem::code::FORBIDDEN => app.texts.text("rv.forbidden"),
            code => app.texts.fill("why.other", &[("code", code)]),
        },
        _ => app.texts.text("error.server"),
    });
    let inside = said
        .map_or(none(), |said| el("p", attrs!["class": "error"], vec![icon::icon(icon::ALERT), text(&said)]));
    el("div", attrs!["role": "alert", "id": "ask-form", "tabindex": "-1"], vec![inside])
}
