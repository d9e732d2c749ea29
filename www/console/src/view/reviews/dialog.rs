//! What is asked before something is done with reviews.

use devanture_api::staff_review::Decision;
use devanture_domain::review::Reason;
use devanture_ui::{
    attrs,
    dom::{El, OFF, el, join, leaf, none, text},
};
use yew::Html;

use super::{say, select};
use crate::{
    app::{App, ReviewAsk, ReviewMsg},
    model::Room,
    view::{
        Link,
        dialog::{buttons, error},
        field, submit,
    },
};

/// The key of the title, and what is below it.
pub(in crate::view) fn dialog(app: &App, room: &Room, ask: &ReviewAsk, link: &Link) -> (&'static str, Html) {
    match ask {
        ReviewAsk::Why(decision, ids, missing) => {
            let title = if *decision == Decision::Delete { "rv.delete.title" } else { "rv.refuse.title" };
            (title, why(app, link, (*decision, ids.len()), *missing))
        }
        ReviewAsk::Photo(id, at) => ("rv.photo.title", photo(app, room, link, (id, *at))),
        ReviewAsk::Erase => ("rv.erase.title", erase(app, room, link)),
    }
}

fn reasons(deleting: bool) -> impl Iterator<Item = Reason> {
    Reason::ALL.into_iter().filter(move |reason| deleting || *reason != Reason::AuthorAsked)
}

fn why(app: &App, link: &Link, (decision, count): (Decision, usize), missing: bool) -> Html {
    let t = |key: &str| app.texts.text(key);
    let deleting = decision == Decision::Delete;
    let mut fields = vec![leaf("legend", attrs![], &t("refuse.why"))];
    fields.extend(reasons(deleting).map(|reason| {
        let id = join(&["reason-", reason.as_str()]);
        let attrs = attrs!["type": "radio", "name": "reason", "value": reason.as_str(), "id": &id];
        let words = leaf("span", attrs![], &t(&join(&["rv.reason.", reason.as_str()])));
        el("label", attrs!["class": "choice", "for": &id], vec![el("input", attrs, vec![]), words])
    }));
    let sent = submit(link, |fields| {
        say(ReviewMsg::Why(Reason::parse(&field(fields, "reason")), field(fields, "note")))
    });
    let described = if missing { "reason-error" } else { OFF };
    let hint = if deleting { "rv.delete.hint" } else { "rv.refuse.hint" };
    let go = if deleting { "rv.do.delete" } else { "rv.do.refuse" };
    let area = attrs!["id": "note", "name": "note", "rows": "3", "maxlength": "1000", "aria-describedby": "note-hint"];
    El::new("form", attrs!["class": "form"]).on(sent).children(vec![
        leaf("p", attrs!["class": "hint"], &app.texts.count("rv.chosen", count)),
        el("fieldset", attrs!["class": "reasons", "aria-describedby": described], fields),
        error(app, "reason-error", missing.then_some("refuse.missing")),
        leaf("label", attrs!["for": "note"], &t("rv.note")),
        el("textarea", area, vec![]),
        leaf("p", attrs!["class": "hint", "id": "note-hint"], &t(hint)),
        buttons(app, link, go, "button danger", false),
    ])
}

fn photo(app: &App, room: &Room, link: &Link, (id, at): (&str, usize)) -> Html {
    let t = |key: &str| app.texts.text(key);
    let Some(photo) = room.reviews.find(id).and_then(|one| one.photos.get(at)) else { return none() };
    let (width, height) = (photo.width.to_string(), photo.height.to_string());
    let name = app.texts.fill("rv.photo", &[("n", &(at + 1).to_string())]);
    let picture =
        attrs!["class": "large", "src": &photo.url, "alt": &name, "width": &width, "height": &height];
    let mut all = vec![el("img", picture, vec![])];
    let sent =
        submit(link, |fields| say(ReviewMsg::RefusePhoto(Reason::parse(&field(fields, "photo-reason")))));
    if app.moderates() {
        let first =
            [Reason::Photo, Reason::PersonalData, Reason::Offensive, Reason::Unlawful, Reason::AuthorAsked];
        let options =
            first.map(|reason| (reason.as_str().to_owned(), t(&join(&["rv.reason.", reason.as_str()]))));
        all.push(select(app, "photo-reason", "refuse.why", &options, Reason::Photo.as_str()));
        all.push(leaf("p", attrs!["class": "hint"], &t("rv.photo.hint")));
        all.push(buttons(app, link, "rv.photo.remove", "button danger", false));
    }
    El::new("form", attrs!["class": "form"]).on(sent).children(all)
}

fn erase(app: &App, room: &Room, link: &Link) -> Html {
    let sent = submit(link, |_| say(ReviewMsg::Erase));
    El::new("form", attrs!["class": "form"]).on(sent).children(vec![
        leaf("p", attrs!["class": "variant"], &room.reviews.email),
        el("p", attrs!["class": "hint"], vec![text(&app.texts.text("rv.erase.hint"))]),
        buttons(app, link, "rv.erase", "button danger", false),
    ])
}
