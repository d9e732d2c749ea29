//! The room of reviews: the queue, one review closely, and what is known of all together.

mod details;
mod dialog;
mod more;
mod requests;
mod talk;

use devanture_api::staff_review::Decision;
use devanture_ui::{
    attrs,
    dom::{El, KeyboardEvent, OFF, On, aria, el, join, leaf, listen, none, on_if, text},
    js,
};
use wasm_bindgen::JsCast as _;
use yew::Html;

use super::{LIST_HEADING, Link, button, failed, field, icon, submit};
use crate::{
    app::{App, ReviewMsg},
    model::{Msg, Room},
    reviews::{Filter, Told, View, decisions, name, wire::Item},
};

pub(super) use dialog::dialog;

/// The id of a review's heading in the list.
pub(crate) fn review_id(id: &str) -> String {
    join(&["rv-at-", id])
}

fn say(msg: ReviewMsg) -> Msg {
    Msg::Review(msg)
}

pub(super) fn room(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let reviews = &room.reviews;
    let moderates = app.moderates();
    let views = View::ALL.into_iter().filter(|view| moderates || matches!(view, View::Queue | View::Figures));
    let tabs = views.map(|view| {
        let key = join(&["rv-", view.as_str()]);
        let attrs = attrs![
            "type": "button", "class": "tab", "id": &key, "aria-pressed": aria(reviews.view == view)
        ];
        let words = app.texts.text(&join(&["rv.view.", view.as_str()]));
        button(attrs, link, move || say(ReviewMsg::View(view)), vec![text(&words)])
    });
    let looking = reviews.look.is_some();
    let content = match reviews.view {
        View::Queue => queue(app, room, link),
        View::Figures => more::figures(app, room, link),
        View::Words => more::words(app, room, link),
        View::Requests => requests::requests(app, room, link),
        View::Person => more::person(app, room, link),
    };
    let look = reviews.look.as_ref().map_or(none(), |look| details::details(app, room, look, link));
    vec![
        el(
            "div",
            attrs!["class": if looking { "head looking" } else { "head" }],
            vec![
                el(
                    "div",
                    attrs!["class": "title"],
                    vec![
                        leaf("h1", attrs!["id": LIST_HEADING, "tabindex": "-1"], &app.texts.text("reviews")),
                        counts(app, room),
                    ],
                ),
                el(
                    "div",
                    attrs!["class": "tabs views", "role": "group", "aria-labelledby": LIST_HEADING],
                    tabs.collect(),
                ),
            ],
        ),
        told(app, room, link),
        el(
            "div",
            attrs!["class": if looking { "shelf looking" } else { "shelf" }],
            vec![
                // Of another part nothing is taken over, neither what was typed.
                El::new("div", attrs!["class": "finds desk"]).key(reviews.view.as_str()).children(content),
                look,
            ],
        ),
    ]
}

fn counts(app: &App, room: &Room) -> Html {
    let Some(page) = &room.reviews.list.got else { return none() };
    let mut words = Vec::new();
    if app.moderates() {
        words.push(app.texts.count("rv.waiting", page.waiting as usize));
    }
    if page.reported > 0 {
        words.push(app.texts.count("rv.reported", page.reported as usize));
    }
    if page.unanswered > 0 {
        words.push(app.texts.count("rv.unanswered", page.unanswered as usize));
    }
    leaf("p", attrs!["class": "counts"], &words.join(" · "))
}

/// What came of the last decision.
fn told(app: &App, room: &Room, link: &Link) -> Html {
    let t = &app.texts;
    let inside = match &room.reviews.told {
        None => none(),
        Some(Told::Done(decision, count)) => {
            leaf("p", attrs!["class": "saved"], &t.count(&join(&["rv.done.", name(*decision)]), *count))
        }
        Some(Told::Meanwhile(others, done)) => {
            let mut words = t.count("rv.meanwhile", *others);
            if *done > 0 {
                words = join(&[&words, " ", &t.count("rv.meanwhile.done", *done)]);
            }
            let attrs = attrs!["class": "error", "id": "rv-told", "tabindex": "-1"];
            el("p", attrs, vec![icon::icon(icon::ALERT), text(&words)])
        }
        Some(Told::NotSent(failure, decide)) => {
            let again = decide.clone();
            let attrs = attrs!["class": "error", "id": "rv-told", "tabindex": "-1"];
            let quiet = attrs!["type": "button", "class": "button small"];
            el(
                "div",
                attrs,
                vec![
                    icon::icon(icon::ALERT),
                    leaf("p", attrs!["class": "line-words"], &t.text(details::why(failure, "rv.not_sent"))),
                    button(
                        quiet,
                        link,
                        move || say(ReviewMsg::Decide(again.clone())),
                        vec![text(&t.text("again"))],
                    ),
                ],
            )
        }
    };
    el("div", attrs!["role": "alert"], vec![inside])
}

/// The filter stays the same element whatever is below it, with what is being typed into it.
fn queue(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let filters = if app.moderates() { filters(app, room, link) } else { managers_filter(app, room, link) };
    vec![filters, el("div", attrs!["class": "desk"], below(app, room, link))]
}

fn below(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let (t, reviews) = (|key: &str| app.texts.text(key), &room.reviews);
    if !app.moderates() && app.is_without_stores() {
        return vec![super::list::empty(&t("no_store"), &t("no_store.hint"))];
    }
    if let (Some(failure), None) = (&reviews.list.failure, &reviews.list.got) {
        return vec![failed(app, failure, link, || say(ReviewMsg::Load))];
    }
    let Some(page) = &reviews.list.got else {
        return vec![leaf("p", attrs!["class": "loading"], &t("rv.asking"))];
    };
    if page.items.is_empty() {
        let refresh = attrs!["type": "button", "class": "button"];
        return vec![
            super::list::empty(&t("rv.none"), &t("rv.none.hint")),
            el(
                "div",
                attrs!["class": "center"],
                vec![button(
                    refresh,
                    link,
                    || say(ReviewMsg::Filter(Filter::default())),
                    vec![text(&t("rv.look_again"))],
                )],
            ),
        ];
    }
    let keys = link.clone();
    let rows = page.items.iter().map(|one| row(app, room, one, link));
    let list = El::new("ul", attrs!["class": "lines", "id": "rv-list", "aria-label": &t("reviews")])
        .on(listen(On::KeyDown, move |event| on_key(&event, &keys, true)))
        .children(rows.collect());
    let more = match (&page.next, &reviews.list.failure) {
        (_, Some(failure)) => failed(app, failure, link, || say(ReviewMsg::More)),
        (None, None) => none(),
        (Some(_), None) => {
            let attrs =
                attrs!["type": "button", "class": "button wide", "disabled": on_if(reviews.list.asking)];
            button(attrs, link, || say(ReviewMsg::More), vec![text(&t("rv.more"))])
        }
    };
    let bulk = if app.moderates() { bulk(app, room, link) } else { none() };
    vec![bulk, list, more]
}

/// A store's manager sees what is published of it, or those of it whose authors wait for an answer.
fn managers_filter(app: &App, room: &Room, link: &Link) -> Html {
    let (t, filter) = (|key: &str| app.texts.text(key), &room.reviews.filter);
    let store = filter.store.clone();
    let sent = submit(link, move |fields| {
        let which = field(fields, "which");
        say(ReviewMsg::Filter(Filter { which, store: store.clone(), ..Filter::default() }))
    });
    let which = [("", "rv.which.published"), ("unanswered", "rv.which.unanswered")]
        .map(|(value, key)| (value.to_owned(), t(key)));
    El::new("form", attrs!["class": "filters", "aria-label": &t("rv.filter")]).on(sent).children(vec![
        select(app, "which", "rv.which", &which, &filter.which),
        leaf("button", attrs!["type": "submit", "class": "button"], &t("rv.filter.go")),
    ])
}

fn filters(app: &App, room: &Room, link: &Link) -> Html {
    let (t, filter) = (|key: &str| app.texts.text(key), &room.reviews.filter);
    let sent = submit(link, |fields| {
        say(ReviewMsg::Filter(Filter {
            which: field(fields, "which"),
            stars: field(fields, "stars"),
            product: field(fields, "product").trim().to_owned(),
            store: field(fields, "of-store"),
            photos: js::get(&js::get(fields, "photos"), "checked").is_truthy(),
        }))
    });
    let which = ["", "reported", "unanswered", "published", "refused", "deleted"]
        .map(|value| (value.to_owned(), t(&join(&["rv.which.", value]))));
    let stars = ["", "1", "2", "3", "4", "5", "1,2", "4,5"].map(|value| {
        let words = if value.is_empty() {
            t("rv.all_stars")
        } else {
            app.texts.fill("rv.stars", &[("n", &value.replace(',', "–"))])
        };
        (value.to_owned(), words)
    });
    let mut stores = vec![(String::new(), t("rv.all_stores"))];
    stores.extend(room.stores.iter().map(|store| (store.code.clone(), store.name.clone())));
    let product = attrs![
        "id": "rv-product", "name": "product", "type": "text", "autocomplete": "off", "spellcheck": "false",
        "maxlength": "64", "value": &filter.product
    ];
    let check = attrs!["id": "photos", "type": "checkbox", "name": "photos", "checked": on_if(filter.photos)];
    El::new("form", attrs!["class": "filters", "aria-label": &t("rv.filter")]).on(sent).children(vec![
        select(app, "which", "rv.which", &which, &filter.which),
        select(app, "stars", "rv.of_stars", &stars, &filter.stars),
        select(app, "of-store", "store", &stores, &filter.store),
        el(
            "div",
            attrs!["class": "field"],
            vec![leaf("label", attrs!["for": "rv-product"], &t("rv.product")), el("input", product, vec![])],
        ),
        el(
            "label",
            attrs!["class": "choice", "for": "photos"],
            vec![el("input", check, vec![]), leaf("span", attrs![], &t("rv.with_photos"))],
        ),
        leaf("button", attrs!["type": "submit", "class": "button"], &t("rv.filter.go")),
    ])
}

/// A choice, each with its value and its words.
fn select(app: &App, id: &str, key: &str, options: &[(String, String)], chosen: &str) -> Html {
    described_select(app, (id, OFF), key, options, chosen)
}

/// The same; the second id is that of what is wrong with it.
fn described_select(
    app: &App,
    (id, wrong): (&str, &str),
    key: &str,
    options: &[(String, String)],
    chosen: &str,
) -> Html {
    let options = options.iter().map(|(value, words)| {
        let attrs = attrs!["value": value, "selected": if value == chosen { "" } else { OFF }];
        leaf("option", attrs, words)
    });
    let invalid = if wrong == OFF { OFF } else { "true" };
    let attrs =
        attrs!["id": id, "name": id, "class": "select", "aria-invalid": invalid, "aria-describedby": wrong];
    el(
        "div",
        attrs!["class": "field"],
        vec![
            leaf("label", attrs!["for": id], &app.texts.text(key)),
            el(
                "div",
                attrs!["class": "pick"],
                vec![el("select", attrs, options.collect()), icon::icon(icon::DOWN)],
            ),
        ],
    )
}

/// What is done with those that are chosen.
fn bulk(app: &App, room: &Room, link: &Link) -> Html {
    let (t, reviews) = (&app.texts, &room.reviews);
    let chosen: Vec<&Item> = reviews.items().iter().filter(|one| reviews.chosen.contains(&one.id)).collect();
    let all = !chosen.is_empty() && chosen.len() == reviews.items().len();
    let toggle = attrs!["type": "checkbox", "id": "rv-all", "checked": on_if(all)];
    let toggle =
        El::new("input", toggle).on(send_change(link, || say(ReviewMsg::ChooseAll))).children(vec![]);
    let mut inside = vec![el(
        "label",
        attrs!["class": "choice", "for": "rv-all"],
        vec![toggle, leaf("span", attrs![], &t.count("rv.chosen", chosen.len()))],
    )];
    for decision in [Decision::Publish, Decision::Refuse, Decision::Dismiss, Decision::Delete] {
        let count = chosen.iter().filter(|one| decisions(one).contains(&decision)).count();
        if count > 0 {
            let words = join(&[&t.text(&join(&["rv.do.", name(decision)])), " (", &count.to_string(), ")"]);
            let id = join(&["rv-bulk-", name(decision)]);
            inside.push(decide(room, link, decision, (&id, &words), Vec::new()));
        }
    }
    inside.push(leaf("p", attrs!["class": "hint keys"], &t.text("rv.keys")));
    el("div", attrs!["class": "bulk", "role": "group", "aria-label": &t.text("rv.bulk")], inside)
}

/// Like [`send`], for a box that the browser has ticked by itself.
fn send_change(link: &Link, msg: impl Fn() -> Msg + 'static) -> std::rc::Rc<dyn yew::virtual_dom::Listener> {
    let link = link.clone();
    listen(On::Change, move |_| link.send_message(msg()))
}

fn decide(room: &Room, link: &Link, decision: Decision, (id, words): (&str, &str), ids: Vec<String>) -> Html {
    let class = match decision {
        Decision::Publish => "button small primary",
        Decision::Refuse | Decision::Dismiss => "button small",
        Decision::Delete => "quiet remove",
    };
    let popup = if matches!(decision, Decision::Refuse | Decision::Delete) { "dialog" } else { OFF };
    let attrs = attrs![
        "type": "button", "class": class, "id": id, "aria-haspopup": popup,
        "disabled": on_if(room.reviews.sending)
    ];
    button(attrs, link, move || say(ReviewMsg::Ask(decision, ids.clone())), vec![text(words)])
}

fn row(app: &App, room: &Room, one: &Item, link: &Link) -> Html {
    let (id, review) = (&one.id, one);
    let reviews = &room.reviews;
    let looked_at = reviews.look.as_ref().is_some_and(|look| look.id == *id);
    let heading = review_id(id);
    let (look, choose) = (id.clone(), id.clone());
    let tick = if app.moderates() {
        let name = app.texts.fill("rv.choose", &[("name", review.author.as_deref().unwrap_or("—"))]);
        let attrs = attrs![
            "type": "checkbox", "class": "tick", "checked": on_if(reviews.chosen.contains(id)), "aria-label": &name
        ];
        El::new("input", attrs)
            .on(send_change(link, move || say(ReviewMsg::Choose(choose.clone()))))
            .children(vec![])
    } else {
        none()
    };
    let says = review.title.as_deref().filter(|title| !title.is_empty());
    let words = vec![
        el(
            "span",
            attrs!["class": "row-head"],
            vec![details::stars(app, review.rating), details::badges(app, one)],
        ),
        leaf("span", attrs!["class": "variant"], says.unwrap_or_default()),
        leaf("span", attrs!["class": "clip"], &review.body),
        leaf(
            "span",
            attrs!["class": "hint"],
            &join(&[
                one.name.as_deref().unwrap_or(&one.subject),
                " · ",
                review.author.as_deref().unwrap_or("—"),
                " · ",
                &app.texts.day(one.written_at, room.zone()),
            ]),
        ),
    ];
    let attrs = attrs![
        "type": "button", "class": "line row-open", "id": &heading, "aria-current": if looked_at { "true" } else { OFF }
    ];
    let open = button(attrs, link, move || say(ReviewMsg::Look(Some(look.clone()))), words);
    El::new("li", attrs!["class": "row", "data-review": id]).key(id).children(vec![tick, open])
}

/// Keys that moderators use, where the focus is among reviews and not in a field.
fn on_key(event: &web_sys::Event, link: &Link, in_list: bool) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
    if key.ctrl_key() || key.meta_key() || key.alt_key() || is_typed_into(event) {
        return;
    }
    let msg = match key.key().as_str() {
        "j" => ReviewMsg::Step(1),
        "k" => ReviewMsg::Step(-1),
        "ArrowDown" if in_list => ReviewMsg::Step(1),
        "ArrowUp" if in_list => ReviewMsg::Step(-1),
        "a" => ReviewMsg::Key(Decision::Publish),
        "r" => ReviewMsg::Key(Decision::Refuse),
        "x" => match crate::focus::review() {
            Some(id) => ReviewMsg::Choose(id),
            None => return,
        },
        "Escape" if !in_list => ReviewMsg::Look(None),
        _ => return,
    };
    event.prevent_default();
    link.send_message(say(msg));
}

fn is_typed_into(event: &web_sys::Event) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return false;
    };
    target.matches("textarea, select, input:not([type=checkbox])").unwrap_or(false)
}
