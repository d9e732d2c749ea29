//! The way from room to room: on top of a wide screen, at the thumb on a phone. Links, so that the browser's own way back
//! works.

use devanture_ui::{
    attrs,
    dom::{OFF, el, join, leaf},
};
use yew::Html;

use super::icon;
use crate::{
    app::App,
    model::{Place, Room},
};

pub(super) fn nav(app: &App, room: &Room) -> Html {
    let links = Place::ALL.into_iter().filter(|place| room.may_enter(*place)).map(|place| {
        let picture = match place {
            Place::Reservations => icon::LIST,
            Place::Stock => icon::BOX,
            Place::Shop => icon::STORE,
            Place::Reviews => icon::STAR,
            Place::Charts => icon::RULER,
        };
        let current = if place == room.place { "page" } else { OFF };
        let url = join(&["#", place.as_str()]);
        let attrs = attrs!["href": &url, "class": "room-link", "aria-current": current];
        el(
            "a",
            attrs,
            vec![
                icon::icon(picture),
                leaf("span", attrs![], &app.texts.text(&join(&["nav.", place.as_str()]))),
            ],
        )
    });
    el("nav", attrs!["class": "rooms", "aria-label": &app.texts.text("nav")], links.collect())
}
