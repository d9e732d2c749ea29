//! One's own review: where it stands and why, and what can be done with it.

use devanture_api::review::OwnReview;
use devanture_domain::review::State;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, none},
    format::Show,
    stars::stars,
};
use yew::{Context, Html};

use super::{Desk, Msg, button, fact, form, talk};

pub(super) fn view(desk: &Desk, ctx: &Context<Desk>, own: &OwnReview) -> Html {
    let t = &ctx.props().strings;
    let class = match own.state {
        State::Published => "stand open",
        State::Submitted => "stand soon",
        State::Refused | State::Deleted => "stand closed",
    };
    let mut children = vec![el(
        "div",
        attrs!["class": class, "role": "status"],
        vec![
            leaf("p", NO_ATTRS, &t.text(&join(&["state.", own.state.as_str()]))),
            own.reason.map_or_else(none, |reason| {
                fact(&t.text("why"), &t.text(&join(&["reason.", reason.as_str()])))
            }),
            own.note.as_ref().map_or_else(none, |note| leaf("p", attrs!["class": "small"], note)),
        ],
    )];
    let hundredths = u32::from(own.review.rating.stars()) * 100;
    let value = ctx.props().formats.integer(hundredths / 100);
    let title = |title: &String| leaf("h3", attrs!["dir": "auto"], title);
    let mut photos = Vec::new();
    // The API shows them to nobody before that.
    if own.state == State::Published {
        let called = t.text("photo");
        for photo in &own.review.photos {
            let picture = attrs!["src": &photo.thumbnail_url, "alt": &called, "width": "96", "height": "96"];
            photos.push(el("img", picture, vec![]));
        }
    }
    let answer = own.review.answer.as_ref().filter(|_| own.state == State::Published);
    let answer = answer.map(|answer| {
        let date = ctx.props().formats.instant(answer.answered_at, "UTC", Show::FullDate);
        let said = leaf("p", attrs!["class": "small"], &t.fill("answered", &[("date", &date)]));
        let words = leaf("p", attrs!["class": "lines", "dir": "auto"], &answer.body);
        el("blockquote", attrs!["class": "answer", "part": "answer"], vec![said, words])
    });
    let count = u32::try_from(own.review.photos.len()).unwrap_or(0);
    let counted = || {
        let said = t.plural("photos_count", count, &ctx.props().formats, &[]);
        leaf("p", attrs!["class": "small"], &said)
    };
    children.push(el(
        "div",
        attrs!["class": "card", "part": "card"],
        vec![
            stars(hundredths, &t.fill("of_five", &[("value", &value)])),
            own.review.title.as_ref().map_or_else(none, title),
            leaf("p", attrs!["class": "lines", "dir": "auto"], &own.review.body),
            match (photos.is_empty(), count) {
                (false, _) => el("div", attrs!["class": "photos"], photos),
                (true, 0) => none(),
                (true, _) => counted(),
            },
            answer.unwrap_or_default(),
        ],
    ));
    children.push(if desk.said == Some(false) { none() } else { desk.error_line(ctx) });
    if own.state != State::Deleted {
        let ways = if desk.sure {
            vec![
                leaf("p", NO_ATTRS, &t.text("withdraw_sure")),
                button(ctx, "button primary", || Msg::Withdraw, "withdraw"),
                form::cancel(ctx),
            ]
        } else {
            vec![
                button(ctx, "button", || Msg::Edit, "edit"),
                button(ctx, "quiet", || Msg::Sure(true), "withdraw_ask"),
            ]
        };
        children.push(el("div", attrs!["class": "ways"], ways));
    }
    children.push(talk::view(desk, ctx, own));
    el("div", attrs!["class": "own-review"], children)
}
