//! Below a review: what is wrong with it.

use devanture_api::review::Review;
use devanture_domain::review::Reason;
use devanture_ui::{
    attrs,
    contact::failure,
    dom::{El, NO_ATTRS, OFF, On, el, join, leaf, none, on_if, text},
};
use yew::{Context, Html};

use crate::{
    app::App,
    components::press::{button, with_value},
    state::Action,
};

/// Those that a reader can know of.
const REASONS: [Reason; 8] = [
    Reason::Offensive,
    Reason::PersonalData,
    Reason::OffTopic,
    Reason::Advertising,
    Reason::NotGenuine,
    Reason::Unlawful,
    Reason::Photo,
    Reason::Duplicate,
];

pub(super) fn view(app: &App, ctx: &Context<App>, review: &Review) -> Html {
    let Some(open) = app.reporting.as_ref().filter(|open| open.id == review.id) else { return none() };
    if open.done {
        return leaf("p", attrs!["class": "notice", "role": "status"], &app.t.text("reported"));
    }
    let missing = open.error.as_deref() == Some("reason");
    let mut options = vec![leaf(
        "option",
        attrs!["value": "", "selected": on_if(open.reason.is_none())],
        &app.t.text("report_choose"),
    )];
    for reason in REASONS {
        let name = app.t.text(&join(&["reason.", reason.as_str()]));
        let chosen = on_if(open.reason == Some(reason));
        options.push(leaf("option", attrs!["value": reason.as_str(), "selected": chosen], &name));
    }
    let chosen = with_value(ctx, On::Change, |name| {
        Reason::parse(&name).map_or(Action::Report(None), Action::ReportFor)
    });
    let (why, note) = (join(&["why-", &open.id]), join(&["note-", &open.id]));
    let error = join(&["why-error-", &open.id]);
    let field = attrs![
        "id": &why, "aria-invalid": if missing { "true" } else { OFF }, "aria-describedby": if missing { &error } else { OFF },
    ];
    let field = El::new("select", field).on(chosen).children(options);
    let said = || leaf("span", attrs!["class": "invalid", "id": &error], &app.t.text("report_choose"));
    let failed = open.error.as_deref().filter(|_| !missing);
    let send = attrs!["type": "button", "class": "button primary", "part": "button", "disabled": on_if(open.sending)];
    let stop = attrs!["type": "button", "class": "quiet"];
    el(
        "div",
        attrs!["class": "booking report", "part": "form"],
        vec![
            el("label", NO_ATTRS, vec![leaf("span", NO_ATTRS, &app.t.text("report_why")), field]),
            if missing { said() } else { none() },
            el(
                "label",
                NO_ATTRS,
                vec![
                    leaf("span", NO_ATTRS, &app.t.text("report_note")),
                    el("textarea", attrs!["id": &note, "rows": "2", "maxlength": "1000"], vec![]),
                ],
            ),
            failed.map_or_else(none, |code| failure(&app.t, code)),
            el(
                "div",
                attrs!["class": "ways"],
                vec![
                    button(ctx, send, Action::SendReport, vec![text(&app.t.text("report_send"))]),
                    button(ctx, stop, Action::Report(None), vec![text(&app.t.text("cancel"))]),
                ],
            ),
        ],
    )
}
