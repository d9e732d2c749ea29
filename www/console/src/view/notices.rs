//! What the seller has to know: that the list may be old, and what could not be done.

use devanture_api::problem::code;
use devanture_domain::reservation::Action;
use devanture_ui::{
    attrs,
    dom::{el, join, leaf, none},
};
use yew::Html;

use super::{Link, button, icon};
use crate::{
    app::App,
    model::{Msg, Notice, Room},
};

pub(super) fn notices(app: &App, room: &Room, link: &Link) -> Html {
    let notices = room.notices.iter().enumerate().map(|(index, notice)| shown(app, link, index, notice));
    el(
        "div",
        attrs!["class": "notices"],
        vec![
            el("div", attrs!["role": "status"], vec![banner(app, room)]),
            el("div", attrs!["role": "alert"], notices.collect()),
        ],
    )
}

/// What is shown is not what the server says just now.
fn banner(app: &App, room: &Room) -> Html {
    if app.online && room.failures == 0 && !app.is_waiting_to_send() {
        return none();
    }
    let mut words = Vec::new();
    if !app.online {
        words.push(app.texts.text("banner.offline"));
    } else if room.failures > 0 {
        words.push(app.texts.text("banner.silent"));
    }
    if !app.online || room.failures > 0 {
        let zone = room.store().map_or("UTC", |store| store.time_zone.as_str());
        if let Some(at) = room.as_of {
            words.push(app.texts.fill("banner.as_of", &[("time", &app.texts.time(at, zone))]));
        }
    }
    if !app.queue.is_empty() {
        words.push(app.texts.count("banner.unsent", app.queue.len()));
    }
    el(
        "p",
        attrs!["class": "banner"],
        vec![icon::icon(icon::ALERT), leaf("span", attrs![], &words.join(" "))],
    )
}

fn shown(app: &App, link: &Link, index: usize, notice: &Notice) -> Html {
    let (strong, more) = words(app, notice);
    let dismiss = app.texts.text("dismiss");
    let attrs = attrs!["type": "button", "class": "dismiss", "aria-label": &dismiss];
    el(
        "div",
        attrs!["class": "notice"],
        vec![
            icon::icon(icon::ALERT),
            el(
                "div",
                attrs![],
                vec![leaf("p", attrs!["class": "notice-title"], &strong), leaf("p", attrs![], &more)],
            ),
            button(attrs, link, move || Msg::Dismiss(index), vec![icon::icon(icon::CLOSE)]),
        ],
    )
}

/// A line, and what it is about.
fn words(app: &App, notice: &Notice) -> (String, String) {
    let t = &app.texts;
    match notice {
        Notice::Refused { about, action, code, state, .. } => {
            let deed = match action {
                Action::Accept => "refused.accept",
                Action::Refuse => "refused.refuse",
                Action::MarkReady => "refused.ready",
                Action::NoShow => "refused.no_show",
                _ => "refused.collect",
            };
            let why = match (code.as_str(), state) {
                (code::NOT_POSSIBLE, Some(state)) => {
                    let state = t.text(&join(&["state.", state.as_str()]));
                    t.fill("why.state", &[("state", &state)])
                }
                (code::NOT_POSSIBLE, None) => t.text("why.past"),
                (code::WRONG_PICKUP_CODE, _) => t.text("why.code"),
                (code::PRODUCT_NOT_FOUND | code::NOT_ENOUGH | code::INVALID_INPUT, _)
                    if *action == Action::Refuse =>
                {
                    t.text("why.proposed")
                }
                (code::STORE_NOT_YOURS | code::FORBIDDEN, _) => t.text("why.store"),
                (code::RESERVATION_NOT_FOUND | code::NOT_FOUND, _) => t.text("why.gone"),
                (code, _) => t.fill("why.other", &[("code", code)]),
            };
            let more = if about.is_empty() { why } else { join(&[about, " — ", &why]) };
            (t.text(deed), more)
        }
        Notice::NotCounted(sku, code) => {
            let why = match code.as_str() {
                code::CHANGED_MEANWHILE => t.text("why.counted"),
                code::STORE_NOT_YOURS | code::FORBIDDEN => t.text("why.not_your_store"),
                code::PRODUCT_NOT_FOUND | code::STORE_NOT_FOUND => t.text("why.unknown"),
                code::INVALID_INPUT => t.text("why.too_old"),
                code => t.fill("why.other", &[("code", code)]),
            };
            (t.text("refused.count"), join(&[&t.fill("sku", &[("sku", sku)]), " — ", &why]))
        }
        Notice::NotTheirs(count) => (t.count("not_theirs", *count), t.text("not_theirs.hint")),
        Notice::StillSignedIn => (t.text("still_signed_in"), t.text("still_signed_in.hint")),
        Notice::NoNotifications => (t.text("notify.none"), t.text("notify.none.hint")),
    }
}
