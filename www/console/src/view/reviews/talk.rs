//! What is said with a review's author in private.

use devanture_domain::review::Actor;
use devanture_ui::{
    attrs,
    dom::{El, el, join, leaf, none, on_if, text},
};
use yew::Html;

use super::{details::why, say};
use crate::{
    app::{App, ReviewMsg, TalkMsg},
    model::Room,
    reviews::{
        Look,
        wire::{Details, Message},
    },
    view::{Link, button, field, icon, submit},
};

pub(super) fn talk(app: &App, room: &Room, look: &Look, got: &Details, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let all = got.conversation.messages.iter().map(|one| message(app, room, got, one));
    let below =
        if got.conversation.reachable { writing(app, look, got, link) } else { unreachable(app, got) };
    el(
        "section",
        attrs!["class": "elsewhere", "aria-labelledby": "rv-talk"],
        vec![
            leaf("h3", attrs!["id": "rv-talk"], &t("rv.talk")),
            el("ol", attrs!["class": "steps"], all.collect()),
            told(app, look),
            below,
        ],
    )
}

fn unreachable(app: &App, got: &Details) -> Html {
    let key =
        if got.conversation.messages.is_empty() { "rv.talk.no_address" } else { "rv.talk.address_gone" };
    leaf("p", attrs!["class": "hint"], &app.texts.text(key))
}

fn message(app: &App, room: &Room, got: &Details, one: &Message) -> Html {
    let author = || got.review.author.clone().unwrap_or_else(|| app.texts.text("rv.by.author"));
    let by = match one.by {
        Actor::Author => author(),
        Actor::Staff | Actor::System => one.by_name.clone().unwrap_or_else(|| app.texts.text("rv.talk.shop")),
    };
    let when = app.texts.day_time(one.said_at, room.zone());
    let inside = vec![
        leaf("strong", attrs![], &by),
        leaf("p", attrs!["class": "hint"], &when),
        leaf("p", attrs!["class": "body", "dir": "auto"], &one.body),
    ];
    El::new("li", attrs!["class": "step"]).key(&one.number.to_string()).children(inside)
}

fn told(app: &App, look: &Look) -> Html {
    let inside = match (&look.talk.refused, look.talk.done) {
        (Some(failure), _) => {
            let attrs = attrs!["class": "error", "id": "rv-talk-told", "tabindex": "-1"];
            let words = app.texts.text(why(failure, "rv.not_saved"));
            el("p", attrs, vec![icon::icon(icon::ALERT), text(&words)])
        }
        (None, Some(said)) => {
            let attrs = attrs!["class": "saved", "id": "rv-talk-told", "tabindex": "-1"];
            leaf("p", attrs, &app.texts.text(if said { "rv.talk.sent" } else { "shop.saved" }))
        }
        (None, None) => none(),
    };
    el("div", attrs!["role": "alert"], vec![inside])
}

fn writing(app: &App, look: &Look, got: &Details, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let sent = submit(link, |fields| say(ReviewMsg::Talk(TalkMsg::Say(Some(field(fields, "message"))))));
    let busy = on_if(look.talk.sending);
    let area = attrs![
        "id": "message", "name": "message", "rows": "3", "maxlength": "2000", "required": "", "aria-describedby": "message-hint"
    ];
    let go = attrs!["type": "submit", "class": "button primary", "disabled": busy];
    let mut buttons =
        vec![leaf("button", go, &t(if look.talk.sending { "shop.saving" } else { "rv.talk.go" }))];
    if got.conversation.waits_since.is_some() {
        let attrs = attrs!["type": "button", "class": "quiet", "disabled": busy];
        let aside = || say(ReviewMsg::Talk(TalkMsg::Say(None)));
        buttons.push(button(attrs, link, aside, vec![text(&t("rv.talk.aside"))]));
    }
    // Another element once something was said, since what is typed is the field's own.
    let of = join(&["message-", &got.conversation.messages.len().to_string()]);
    El::new("form", attrs!["class": "form"]).on(sent).children(vec![
        leaf("label", attrs!["for": "message"], &t("rv.talk.message")),
        El::new("textarea", area).key(&of).children(vec![]),
        leaf("p", attrs!["class": "hint", "id": "message-hint"], &t("rv.talk.hint")),
        el("div", attrs!["class": "actions"], buttons),
    ])
}
