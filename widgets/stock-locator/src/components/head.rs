//! What compact and button modes show before they are opened: one line that says where it is, or a button.

use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, aria, el, join, leaf, none, text},
    icon::{self, icon},
};
use yew::{Context, Html};

use super::{
    button::{button, error_text},
    list,
};
use crate::{
    app::App,
    props::Mode,
    state::{Action, Place, View},
    words::{State, is_near, state_of_all, sureness},
};

pub(crate) fn view(app: &App, ctx: &Context<App>, now: UtcMs) -> Html {
    let (class, content) = match app.options.mode {
        Mode::Full => return none(),
        Mode::Button => ("button open-button", vec![icon(icon::STORE), text(&app.t.text("check_stores"))]),
        Mode::Compact => ("compact", summary(app, now)),
    };
    let chevron =
        el("span", attrs!["class": if app.open { "chevron up" } else { "chevron" }], vec![icon(icon::DOWN)]);
    let attrs = attrs!["type": "button", "class": class, "part": "toggle", "aria-expanded": aria(app.open)];
    button(ctx, attrs, Action::Toggle, [content, vec![chevron]].concat())
}

/// "In stock · Nantes Crébillon", with how sure that is.
fn summary(app: &App, now: UtcMs) -> Vec<Html> {
    let (State { kind, text: said }, more) = said(app, now);
    let dot = leaf("span", attrs!["class": "dot"], "");
    let more = more.map_or_else(none, |more| leaf("span", attrs!["class": "small"], &more));
    let line =
        el("span", attrs!["class": &join(&["line ", kind])], vec![dot, leaf("strong", NO_ATTRS, &said)]);
    vec![el("span", attrs!["class": "body", "role": "status"], vec![line, more])]
}

fn said(app: &App, now: UtcMs) -> (State, Option<String>) {
    let plain = |kind, text| (State { kind, text }, None);
    if app.token.is_some() && app.view == View::Ticket {
        return plain("open", app.t.text("my_reservation"));
    }
    if let Some(error) = list::error(app) {
        return plain("closed", error_text(app, error));
    }
    let Some(page) = app.listing.page.as_ref().filter(|_| !app.listing.loading) else {
        let waits = app.listing.loading || app.lookup.loading;
        return plain("", app.t.text(if waits { "loading" } else { "check_stores" }));
    };
    let known = app.place != Place::Start;
    let best = page.items.iter().find(|one| one.has_all && (known || app.is_first(&one.store.code)));
    match best {
        Some(one) if is_near(page) => {
            let state = state_of_all(app, one);
            let text = app.t.fill("state_at", &[("state", &state.text), ("store", &one.store.name)]);
            (State { kind: state.kind, text }, sureness(app, one, now))
        }
        _ if page.total > 0 => plain("open", app.t.plural("stores_with", page.total, &app.formats, &[])),
        _ => plain("closed", app.t.text("nowhere")),
    }
}
