//! Who was asked for a review, and asking somebody.

mod form;

use devanture_api::staff_review::{ListedRequest, RequestState};
use devanture_ui::{
    attrs,
    dom::{El, el, join, leaf, list, none, on_if, text},
};
use yew::Html;

use super::{more::shown, say, select};
use crate::{
    app::{App, RequestMsg, ReviewMsg},
    model::{Msg, Room},
    view::{Link, button, field, icon, list::empty, submit},
};

pub(super) fn requests(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let (t, reviews) = (|key: &str| app.texts.text(key), &room.reviews);
    let sent = submit(link, |fields| say(ReviewMsg::Requests(field(fields, "asked-state"))));
    let states =
        ["", "sent", "written", "expired"].map(|state| (state.to_owned(), t(&join(&["rv.asked.", state]))));
    let go = leaf("button", attrs!["type": "submit", "class": "button primary"], &t("rv.show"));
    let form = El::new("form", attrs!["class": "filters"])
        .on(sent)
        .children(vec![select(app, "asked-state", "rv.which", &states, &reviews.requests_state), go]);
    let state = reviews.requests_state.clone();
    let again = move || say(ReviewMsg::Requests(state.clone()));
    let got = shown(app, &reviews.requests, link, again, |page| {
        if page.items.is_empty() {
            return empty(&t("rv.asked.none"), &t("rv.asked.none.hint"));
        }
        let items = page.items.iter().map(|one| request(app, room, one, link));
        let more = if page.next.is_none() {
            none()
        } else {
            let attrs =
                attrs!["type": "button", "class": "button wide", "disabled": on_if(reviews.requests.asking)];
            button(attrs, link, || say(ReviewMsg::MoreRequests), vec![text(&t("rv.more"))])
        };
        list(vec![el("ul", attrs!["class": "lines"], items.collect()), more])
    });
    let made = reviews.made.map_or(none(), |count| {
        let attrs = attrs!["class": "saved", "id": "rv-made", "tabindex": "-1"];
        leaf("p", attrs, &app.texts.count("rv.ask.done", count))
    });
    let ask = match (&reviews.asking, &reviews.requests.got) {
        (Some(asking), page) => form::form(app, room, asking, page.as_ref(), link),
        // In whose name is known with the list.
        (None, Some(page)) if !page.sites.is_empty() => {
            let attrs = attrs!["type": "button", "class": "button primary wide", "id": "rv-ask"];
            button(attrs, link, || to(RequestMsg::Open), vec![icon::icon(icon::SEND), text(&t("rv.ask"))])
        }
        _ => none(),
    };
    vec![ask, made, form, got]
}

fn request(app: &App, room: &Room, one: &ListedRequest, link: &Link) -> Html {
    let (t, zone) = (&app.texts, room.zone());
    let (key, tone) = match one.state {
        RequestState::Sent => ("sent", "ask"),
        RequestState::Written => ("written", "ready"),
        RequestState::Expired => ("expired", "end"),
    };
    let (asked, until) = (t.day(one.requested_at, zone), t.day(one.expires_at, zone));
    let when = match one.written_at {
        Some(at) => t.fill("rv.asked.when_written", &[("asked", &asked), ("written", &t.day(at, zone))]),
        None => t.fill("rv.asked.when", &[("asked", &asked), ("until", &until)]),
    };
    let words = el(
        "span",
        attrs!["class": "line-words"],
        vec![
            leaf("strong", attrs![], one.name.as_deref().unwrap_or(&one.subject)),
            leaf("span", attrs!["class": "hint"], &when),
        ],
    );
    let badge = leaf("span", attrs!["class": &join(&["badge ", tone])], &t.text(&join(&["rv.asked.", key])));
    let open = one.review.clone().map_or(none(), |id| {
        let (name, key) = (t.text("rv.open"), super::review_id(&id));
        let attrs = attrs!["type": "button", "class": "button small", "id": &key];
        button(attrs, link, move || say(ReviewMsg::Look(Some(id.clone()))), vec![text(&name)])
    });
    El::new("li", attrs!["class": "step phrase"]).key(&one.id).children(vec![words, badge, open])
}

fn to(msg: RequestMsg) -> Msg {
    say(ReviewMsg::Request(msg))
}
