//! What its author and the shop say to each other about a review in private.

use devanture_api::{
    problem::code::INVALID_INPUT,
    review::{OwnReview, PrivateMessage},
};
use devanture_client::ClientError;
use devanture_domain::review::Actor;
use devanture_ui::{
    attrs,
    dom::{El, NO_ATTRS, OFF, On, el, join, leaf, listen, none, on_if},
    format::Show,
    js,
};
use yew::{Context, Html};

use super::{Desk, Msg, draft, form};

pub(super) fn view(desk: &Desk, ctx: &Context<Desk>, own: &OwnReview) -> Html {
    let t = &ctx.props().strings;
    if own.messages.is_empty() && !own.may_write {
        return none();
    }
    let messages = own.messages.iter().map(|one| message(ctx, one)).collect();
    let said = if desk.said == Some(true) {
        leaf("p", attrs!["class": "small"], &t.text("private_sent"))
    } else {
        none()
    };
    el(
        "section",
        attrs!["class": "talk", "aria-labelledby": "talk"],
        vec![
            leaf("h3", attrs!["id": "talk"], &t.text("private")),
            leaf("p", attrs!["class": "small"], &t.text("private_hint")),
            el("ol", attrs!["class": "messages"], messages),
            el("div", attrs!["role": "status"], vec![said]),
            if own.may_write { writing(desk, ctx) } else { none() },
        ],
    )
}

fn message(ctx: &Context<Desk>, one: &PrivateMessage) -> Html {
    let (class, who) = if one.by == Actor::Author { ("mine", "private_you") } else { ("", "private_shop") };
    let date = ctx.props().formats.instant(one.said_at, "UTC", Show::FullDate);
    let who = join(&[&ctx.props().strings.text(who), " · ", &date]);
    el(
        "li",
        attrs!["class": class],
        vec![
            leaf("p", attrs!["class": "small"], &who),
            leaf("p", attrs!["class": "lines", "dir": "auto"], &one.body),
        ],
    )
}

fn writing(desk: &Desk, ctx: &Context<Desk>) -> Html {
    let t = &ctx.props().strings;
    let link = ctx.link().clone();
    let submit = listen(On::Submit, move |event| {
        event.prevent_default();
        link.send_message(Msg::Say);
    });
    let link = ctx.link().clone();
    let typed = listen(On::Input, move |_| link.send_message(Msg::Typed("message".into())));
    let wrong = form::wrong(desk, ctx, "message");
    let field = attrs![
        "name": "message", "rows": "3", "maxlength": "2000", "dir": "auto",
        "aria-invalid": if wrong.is_some() { "true" } else { OFF },
        "aria-describedby": if wrong.is_some() { "message-error" } else { OFF },
    ];
    let send = attrs!["type": "submit", "class": "button primary", "part": "button", "disabled": on_if(desk.sending)];
    let label = vec![leaf("span", NO_ATTRS, &t.text("private_yours")), el("textarea", field, vec![])];
    El::new("form", attrs!["class": "booking", "part": "form", "novalidate": ""])
        .node(&desk.form)
        .on(submit)
        .on(typed)
        .children(vec![
            el("div", attrs!["class": "row"], vec![el("label", NO_ATTRS, label), wrong.unwrap_or_default()]),
            if desk.said == Some(false) { desk.error_line(ctx) } else { none() },
            leaf("button", send, &t.text(if desk.sending { "sending" } else { "private_send" })),
        ])
}

impl Desk {
    pub(super) fn say(&mut self, ctx: &Context<Self>) {
        let Some(own) = self.own.as_ref().filter(|_| !self.sending) else { return };
        self.said = None;
        self.error = None;
        let words = js::text(&draft::values(&self.form), "message").unwrap_or_default();
        if words.trim().is_empty() {
            return self.mark("message", "invalid.message");
        }
        let again = self.saying.take().filter(|(sent, _)| *sent == words);
        let (words, key) = again.unwrap_or_else(|| (words, js::random_id()));
        let link = ctx.link().clone();
        let answer = ctx.props().api.message_shop(&own.token, &key, &words);
        answer.then(move |answer| link.send_message(Msg::Said(answer)));
        self.saying = Some((words, key));
        self.sending = true;
    }

    pub(super) fn said(&mut self, ctx: &Context<Self>, answer: Result<OwnReview, ClientError>) {
        self.sending = false;
        let error = match answer {
            Ok(own) => {
                self.saying = None;
                self.said = Some(true);
                draft::clear(&self.form);
                // Where nothing more can be said, the field is gone.
                self.moved = !own.may_write;
                self.focus_field = own.may_write;
                self.own = Some(own);
                return;
            }
            Err(error) => error,
        };
        self.said = Some(false);
        if let ClientError::Problem { code, .. } = &error {
            // It was refused, so the next is another.
            self.saying = None;
            if code == INVALID_INPUT {
                return self.mark("message", "invalid.message");
            }
        }
        self.failed(ctx, &error);
    }
}
