//! The search for a place.

use std::rc::Rc;

use devanture_api::suggest::PlaceKind;
use devanture_host::position::PositionFailure;
use devanture_ui::{
    icon,
    search::{self, Choice, Tell},
};
use yew::{Context, Html};

use crate::{
    app::App,
    state::{Action, Msg},
};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let mut choices = Vec::with_capacity(app.suggestions.len());
    for item in &app.suggestions {
        let icon = if item.kind == PlaceKind::Store { icon::STORE } else { icon::PIN };
        choices.push(Choice { label: &item.label, detail: &item.detail, icon });
    }
    let notice = app.notice.map(|failure| match failure {
        PositionFailure::Refused => "position_refused",
        PositionFailure::Unavailable => "position_unavailable",
    });
    let link = ctx.link().clone();
    let tell: Tell = Rc::new(move |what| link.send_message(Msg::Act(Action::Search(what))));
    search::form(&app.field, &choices, (app.locating, notice), &app.t, &tell)
}
