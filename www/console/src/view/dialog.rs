//! What is asked before something is done that cannot be undone.

use devanture_api::staff_store::OwnField;
use devanture_domain::reservation::Refusal;
use devanture_ui::{
    attrs,
    dom::{El, OFF, aria, el, join, leaf, none, on_if, text},
};
use yew::Html;

use super::{Link, button, field, icon, order::order, shop::said_by_head_office, submit, summary};
use crate::{
    app::{App, ReviewAsk, ShopMsg},
    model::{Ask, Dialog, Msg, Room, WrongCode},
    scan,
};

const REASONS: [(&str, Refusal); 4] = [
    ("not_found", Refusal::NotFound),
    ("sold", Refusal::Sold),
    ("damaged", Refusal::Damaged),
    ("no_time", Refusal::NoTime),
];

pub(super) fn dialog(app: &App, room: &Room, link: &Link) -> Html {
    let Some(Dialog { id, ask }) = &room.dialog else { return none() };
    let about = room.find(id).map(summary).unwrap_or_default();
    let (title, content) = match ask {
        Ask::Refuse(missing) => ("refuse.title", refuse(app, link, *missing)),
        Ask::Collect { checking, scanning, wrong } => {
            ("collect.title", collect(app, link, *checking, *scanning, *wrong))
        }
        Ask::NoShow => ("no_show.title", confirm(app, link, "no_show.hint", "no_show.go", || Msg::NoShow)),
        Ask::Find(failed) => ("find.title", find(app, link, *failed)),
        Ask::Order(ordering) if ordering.done.is_some() => ("order.done", order(app, room, ordering, link)),
        Ask::Order(ordering) => ("order.title", order(app, room, ordering, link)),
        Ask::GiveBack(own) => ("shop.give_back.title", give_back(app, room, link, *own)),
        Ask::Review(ask) => super::reviews::dialog(app, room, ask, link),
        Ask::Chart(ask) => super::charts::dialog(app, *ask, link),
        Ask::SignOut(count) => {
            let hint = app.texts.count("sign_out.unsent", *count);
            ("sign_out.title", confirm_with(app, link, &hint, "sign_out.anyway", || Msg::SignOutAnyway))
        }
    };
    let wide = matches!(ask, Ask::Review(ReviewAsk::Photo(..)));
    let class = if wide { "dialog wide-dialog" } else { "dialog" };
    let attrs = attrs!["id": "dialog", "class": class, "aria-labelledby": "dialog-title"];
    el(
        "dialog",
        attrs,
        vec![
            leaf("h2", attrs!["id": "dialog-title"], &app.texts.text(title)),
            if about.is_empty() { none() } else { leaf("p", attrs!["class": "about"], &about) },
            content,
        ],
    )
}

fn refuse(app: &App, link: &Link, missing: bool) -> Html {
    let t = |key: &str| app.texts.text(key);
    let choices = REASONS.map(|(name, _)| {
        let id = join(&["reason-", name]);
        let attrs = attrs!["type": "radio", "name": "reason", "value": name, "id": &id];
        el(
            "label",
            attrs!["class": "choice", "for": &id],
            vec![el("input", attrs, vec![]), leaf("span", attrs![], &t(&join(&["reason.", name])))],
        )
    });
    let mut fields = vec![leaf("legend", attrs![], &t("refuse.why"))];
    fields.extend(choices);
    let sent = submit(link, |fields| {
        let chosen = field(fields, "reason");
        let reason = REASONS.into_iter().find(|(name, _)| *name == chosen).map(|(_, reason)| reason);
        Msg::Refuse(reason, field(fields, "instead"))
    });
    let instead = attrs![
        "id": "instead", "name": "instead", "type": "text", "autocomplete": "off", "autocapitalize": "characters",
        "spellcheck": "false", "maxlength": "64", "aria-describedby": "instead-hint"
    ];
    El::new("form", attrs!["class": "form"]).on(sent).children(vec![
        el("fieldset", attrs!["aria-describedby": if missing { "reason-error" } else { OFF }], fields),
        error(app, "reason-error", missing.then_some("refuse.missing")),
        leaf("label", attrs!["for": "instead"], &t("refuse.instead")),
        el("input", instead, vec![]),
        leaf("p", attrs!["class": "hint", "id": "instead-hint"], &t("refuse.instead_hint")),
        leaf("p", attrs!["class": "hint"], &t("refuse.hint")),
        buttons(app, link, "refuse.go", "button danger", false),
    ])
}

fn collect(app: &App, link: &Link, checking: bool, scanning: bool, wrong: Option<WrongCode>) -> Html {
    let t = |key: &str| app.texts.text(key);
    let sent = submit(link, |fields| Msg::Collect(field(fields, "code")));
    let described = if wrong.is_some() { "code-error code-hint" } else { "code-hint" };
    let input = attrs![
        "id": "code", "name": "code", "type": "text", "class": "code", "autocomplete": "off", "autocapitalize": "characters",
        "spellcheck": "false", "autofocus": "", "enterkeyhint": "done", "aria-describedby": described,
        "aria-invalid": aria(matches!(wrong, Some(WrongCode::Missing | WrongCode::Refused))),
        "readonly": on_if(checking)
    ];
    let message = wrong.map(|wrong| match wrong {
        WrongCode::Missing => "collect.missing",
        WrongCode::Refused => "collect.wrong",
        WrongCode::NoCamera => "collect.no_camera",
    });
    let camera = if scanning {
        viewfinder(app)
    } else if scan::is_possible() {
        let attrs = attrs!["type": "button", "class": "button wide", "disabled": on_if(checking)];
        button(attrs, link, || Msg::Scan, vec![icon::icon(icon::SCAN), text(&t("collect.scan"))])
    } else {
        none()
    };
    let hint = if app.online { "collect.hint" } else { "collect.offline" };
    El::new("form", attrs!["class": "form", "aria-busy": aria(checking)]).on(sent).children(vec![
        leaf("label", attrs!["for": "code"], &t("collect.code")),
        el("input", input, vec![]),
        leaf("p", attrs!["class": "hint", "id": "code-hint"], &t(hint)),
        error(app, "code-error", message),
        camera,
        buttons(
            app,
            link,
            if checking { "collect.checking" } else { "collect.go" },
            "button primary",
            checking,
        ),
    ])
}

fn viewfinder(app: &App) -> Html {
    let t = |key: &str| app.texts.text(key);
    let name = t("collect.camera");
    let video = attrs!["muted": "", "playsinline": "", "aria-label": &name];
    el(
        "div",
        attrs!["class": "camera"],
        vec![el("video", video, vec![]), leaf("p", attrs!["role": "status"], &t("collect.look"))],
    )
}

/// What head office says, before it holds again.
fn give_back(app: &App, room: &Room, link: &Link, own: OwnField) -> Html {
    let said = room.shop.details.as_ref().map_or(none(), |details| said_by_head_office(app, details, own));
    let sent = submit(link, move |_| Msg::Shop(ShopMsg::GiveBack(own)));
    El::new("form", attrs!["class": "form"]).on(sent).children(vec![
        leaf("p", attrs!["class": "hint"], &app.texts.text("shop.give_back.hint")),
        said,
        buttons(app, link, "shop.give_back", "button primary", false),
    ])
}

/// A barcode for the search.
fn find(app: &App, link: &Link, failed: bool) -> Html {
    let back = attrs!["type": "button", "class": "button wide"];
    el(
        "div",
        attrs!["class": "form"],
        vec![
            if failed { none() } else { viewfinder(app) },
            error(app, "find-error", failed.then_some("find.no_camera")),
            button(back, link, || Msg::Close, vec![text(&app.texts.text("back"))]),
        ],
    )
}

/// The alert stands there from the beginning: one that comes with its text is not always read.
pub(super) fn error(app: &App, id: &str, key: Option<&str>) -> Html {
    let inside = key.map_or(none(), |key| {
        el("p", attrs!["class": "error", "id": id], vec![icon::icon(icon::ALERT), text(&app.texts.text(key))])
    });
    el("div", attrs!["role": "alert"], vec![inside])
}

pub(super) fn buttons(app: &App, link: &Link, go: &str, class: &str, busy: bool) -> Html {
    let back = attrs!["type": "button", "class": "button"];
    el(
        "div",
        attrs!["class": "dialog-actions"],
        vec![
            leaf(
                "button",
                attrs!["type": "submit", "class": class, "disabled": on_if(busy)],
                &app.texts.text(go),
            ),
            button(back, link, || Msg::Close, vec![text(&app.texts.text("back"))]),
        ],
    )
}

pub(super) fn confirm(app: &App, link: &Link, hint: &str, go: &str, msg: fn() -> Msg) -> Html {
    confirm_with(app, link, &app.texts.text(hint), go, msg)
}

fn confirm_with(app: &App, link: &Link, hint: &str, go: &str, msg: fn() -> Msg) -> Html {
    let sent = submit(link, move |_| msg());
    El::new("form", attrs!["class": "form"]).on(sent).children(vec![
        leaf("p", attrs!["class": "hint"], hint),
        buttons(app, link, go, "button danger", false),
    ])
}
