//! One review closely.

use devanture_api::{problem::code, staff_review::TrailEntry};
use devanture_domain::review::{Checked, State};
use devanture_ui::{
    attrs,
    dom::{El, On, el, join, leaf, list, listen, none, on_if, text},
};
use yew::Html;

use super::{decide, on_key, say, talk::talk};
use crate::{
    api::Failure,
    app::{App, ReviewMsg},
    model::Room,
    reviews::{
        Look, decisions, name,
        wire::{Details, Item},
    },
    view::{Link, button, failed, field, icon, submit},
};

pub(super) fn details(app: &App, room: &Room, look: &Look, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let back = attrs!["type": "button", "class": "quiet back"];
    let back =
        button(back, link, || say(ReviewMsg::Look(None)), vec![icon::icon(icon::BACK), text(&t("rv.back"))]);
    let title = leaf("h2", attrs!["id": "look", "tabindex": "-1"], &t("rv.one"));
    let inside = match (&look.details.got, &look.details.failure) {
        (Some(got), _) => content(app, room, look, got, link),
        (None, Some(failure)) => {
            let id = look.id.clone();
            vec![failed(app, failure, link, move || say(ReviewMsg::Look(Some(id.clone()))))]
        }
        (None, None) => vec![leaf("p", attrs!["class": "loading"], &t("rv.asking"))],
    };
    let keys = link.clone();
    El::new("section", attrs!["class": "look review", "aria-labelledby": "look", "data-review": &look.id])
        .key(&look.id)
        .on(listen(On::KeyDown, move |event| on_key(&event, &keys, false)))
        // Apart, so that the title stays the same element, and keeps the focus, when what is below it comes.
        .children(vec![back, title, el("div", attrs!["class": "desk"], inside)])
}

fn content(app: &App, room: &Room, look: &Look, got: &Details, link: &Link) -> Vec<Html> {
    let (one, review) = (&got.review, &got.review);
    let head = el("p", attrs!["class": "row-head"], vec![stars(app, review.rating), badges(app, one)]);
    let about = leaf("p", attrs!["class": "variant"], one.name.as_deref().unwrap_or(&one.subject));
    let title = review.title.as_ref().map_or(none(), |title| leaf("h3", attrs!["class": "name"], title));
    let lang = attrs!["class": "body", "lang": &review.language];
    let mut all = vec![head, about, title, leaf("p", lang, &review.body)];
    if app.moderates() {
        let t = |key: &str| app.texts.text(key);
        let buttons = decisions(one).into_iter().map(|decision| {
            let (id, words) = (join(&["rv-do-", name(decision)]), t(&join(&["rv.do.", name(decision)])));
            decide(room, link, decision, (&id, &words), vec![review.id.clone()])
        });
        all.push(el("div", attrs!["class": "actions"], buttons.collect()));
    }
    all.push(saved(app, look));
    all.push(photos(app, one, link));
    all.push(facts(app, room, got));
    all.push(reports(app, room, got));
    if one.state == State::Published {
        all.push(answer(app, room, look, one, link));
    }
    if one.state != State::Deleted {
        all.push(talk(app, room, look, got, link));
    }
    all.push(trail(app, room, &got.trail));
    all
}

/// Why something was not done, in words that fit every failure.
pub(super) fn why(failure: &Failure, unreachable: &'static str) -> &'static str {
    match failure {
        Failure::Unreachable | Failure::Busy | Failure::SignedOut => unreachable,
        Failure::Refused { code, .. } => match code.as_str() {
            code::CHANGED_MEANWHILE | code::REVIEW_NOT_FOUND => "rv.changed",
            code::CONVERSATION_CLOSED => "rv.talk.closed",
            code::FORBIDDEN | code::STORE_NOT_YOURS => "rv.forbidden",
            _ => "rv.invalid",
        },
    }
}

fn saved(app: &App, look: &Look) -> Html {
    let inside = match (&look.refused, look.saved) {
        (Some(failure), _) => {
            let attrs = attrs!["class": "error", "id": "rv-refused", "tabindex": "-1"];
            el("p", attrs, vec![icon::icon(icon::ALERT), text(&app.texts.text(why(failure, "rv.not_saved")))])
        }
        (None, true) => leaf(
            "p",
            attrs!["class": "saved", "id": "rv-saved", "tabindex": "-1"],
            &app.texts.text("shop.saved"),
        ),
        (None, false) => none(),
    };
    el("div", attrs!["role": "alert"], vec![inside])
}

/// Said to screen readers as a number.
pub(super) fn stars(app: &App, count: u8) -> Html {
    let full = "★".repeat(count.into());
    let empty = "☆".repeat(5_usize.saturating_sub(count.into()));
    let name = app.texts.fill("rv.stars", &[("n", &count.to_string())]);
    el(
        "span",
        attrs!["class": "stars"],
        vec![
            leaf("span", attrs!["aria-hidden": "true"], &join(&[&full, &empty])),
            leaf("span", attrs!["class": "unseen"], &name),
        ],
    )
}

pub(super) fn badges(app: &App, one: &Item) -> Html {
    let badge = |tone: &str, words: &str| leaf("span", attrs!["class": &join(&["badge ", tone])], words);
    let tone = match one.state {
        State::Submitted => "ask",
        State::Published => "ready",
        State::Refused | State::Deleted => "end",
    };
    let mut all = vec![badge(tone, &app.texts.text(&join(&["rv.state.", one.state.as_str()])))];
    if one.reports > 0 {
        all.push(badge("ask", &app.texts.count("rv.reports", one.reports as usize)));
    }
    if !one.photos.is_empty() {
        all.push(badge("aside", &app.texts.count("rv.photos", one.photos.len())));
    }
    if one.answer.is_some() {
        all.push(badge("end", &app.texts.text("rv.answered")));
    }
    list(all)
}

fn photos(app: &App, one: &Item, link: &Link) -> Html {
    if one.photos.is_empty() {
        return none();
    }
    let photos = one.photos.iter().enumerate().map(|(at, photo)| {
        let number = (at + 1).to_string();
        let name = app.texts.fill("rv.photo", &[("n", &number)]);
        let picture = attrs!["src": &photo.thumbnail_url, "alt": "", "width": "96", "height": "96"];
        let (review, id) = (one.id.clone(), join(&["rv-photo-", &at.to_string()]));
        let attrs = attrs!["type": "button", "class": "photo", "id": &id, "aria-haspopup": "dialog", "aria-label": &name];
        let open = button(
            attrs,
            link,
            move || say(ReviewMsg::Photo(review.clone(), at)),
            vec![el("img", picture, vec![])],
        );
        El::new("li", attrs![]).key(&photo.id).children(vec![open])
    });
    el("ul", attrs!["class": "photos"], photos.collect())
}

/// A term and what is known of it.
pub(super) fn fact(term: &str, value: &str) -> Html {
    let pair = vec![leaf("dt", attrs![], term), leaf("dd", attrs![], value)];
    el("div", attrs!["class": "day"], pair)
}

fn facts(app: &App, room: &Room, got: &Details) -> Html {
    let (t, review) = (|key: &str| app.texts.text(key), &got.review);
    let checked = match review.checked {
        Checked::Purchase => "purchase",
        Checked::Visit => "visit",
        Checked::Imported => "imported",
        Checked::Not => "not",
    };
    let mut all = vec![
        fact(&t("rv.author"), review.author.as_deref().unwrap_or("—")),
        fact(&t("rv.checked"), &t(&join(&["rv.checked.", checked]))),
    ];
    if let Some(day) = review.experienced_on {
        all.push(fact(&t("rv.experienced"), &app.texts.day(i64::from(day.0) * 86_400_000, "UTC")));
    }
    all.push(fact(&t("rv.written"), &app.texts.day_time(review.written_at, room.zone())));
    if let Some(at) = review.edited_at {
        all.push(fact(&t("rv.edited"), &app.texts.day_time(at, room.zone())));
    }
    if let Some(at) = review.published_at {
        all.push(fact(&t("rv.published"), &app.texts.day_time(at, room.zone())));
    }
    let sizes =
        [("rv.size", &review.size), ("rv.usual", &review.usual_size), ("rv.incentive", &review.incentive)];
    for (key, value) in sizes {
        if let Some(value) = value {
            all.push(fact(&t(key), value));
        }
    }
    if let Some(fit) = review.fit {
        all.push(fact(&t("rv.fit"), &t(&join(&["rv.fit.", fit.as_str()]))));
    }
    for scored in &review.criteria {
        let points = scored.points.to_string();
        // One that is not asked for any more has no name and no scale.
        all.push(match got.criteria.iter().find(|one| one.code == scored.code) {
            Some(one) => fact(&one.name, &join(&[&points, "/", &one.scale.most().to_string()])),
            None => fact(&scored.code, &points),
        });
    }
    let votes = [("y", review.helpful), ("n", review.unhelpful)].map(|(key, count)| (key, count.to_string()));
    let votes = votes.each_ref().map(|(key, count)| (*key, count.as_str()));
    all.push(fact(&t("rv.votes"), &app.texts.fill("rv.votes.value", &votes)));
    el("dl", attrs!["class": "week"], all)
}

fn reports(app: &App, room: &Room, got: &Details) -> Html {
    if got.reports.is_empty() {
        return none();
    }
    let all = got.reports.iter().map(|report| {
        let reason = app.texts.text(&join(&["rv.reason.", report.reason.as_str()]));
        let when = app.texts.day_time(report.reported_at, room.zone());
        let note = report.note.as_ref().map_or(none(), |note| leaf("p", attrs![], note));
        el(
            "li",
            attrs!["class": "step"],
            vec![leaf("strong", attrs![], &reason), note, leaf("p", attrs!["class": "hint"], &when)],
        )
    });
    let title = leaf("h3", attrs![], &app.texts.text("rv.reports.title"));
    el(
        "section",
        attrs!["class": "elsewhere"],
        vec![title, el("ul", attrs!["class": "steps"], all.collect())],
    )
}

fn answer(app: &App, room: &Room, look: &Look, one: &Item, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let known = one.answer.as_ref();
    let sent = submit(link, |fields| say(ReviewMsg::Answer(Some(field(fields, "answer")))));
    let when = known.map_or(none(), |known| {
        let when = app.texts.day_time(known.answered_at, room.zone());
        leaf("p", attrs!["class": "hint"], &app.texts.fill("rv.answered_at", &[("when", &when)]))
    });
    let area = attrs![
        "id": "answer", "name": "answer", "rows": "4", "maxlength": "2000", "required": "", "aria-describedby": "answer-hint"
    ];
    let busy = on_if(look.saving);
    let mut buttons = vec![leaf(
        "button",
        attrs!["type": "submit", "class": "button primary", "disabled": busy],
        &t(if look.saving { "shop.saving" } else { "rv.answer.go" }),
    )];
    if known.is_some() {
        let attrs = attrs!["type": "button", "class": "quiet remove", "disabled": busy];
        buttons.push(button(
            attrs,
            link,
            || say(ReviewMsg::Answer(None)),
            vec![text(&t("rv.answer.remove"))],
        ));
    }
    let body = known.map_or("", |known| known.body.as_str());
    El::new("form", attrs!["class": "form elsewhere"]).on(sent).children(vec![
        leaf("label", attrs!["for": "answer"], &t("rv.answer")),
        when,
        // Another element for another answer, since what is typed is the field's own.
        El::new("textarea", area).key(body).children(vec![text(body)]),
        leaf("p", attrs!["class": "hint", "id": "answer-hint"], &t("rv.answer.hint")),
        el("div", attrs!["class": "actions"], buttons),
    ])
}

fn trail(app: &App, room: &Room, trail: &[TrailEntry]) -> Html {
    if trail.is_empty() {
        return none();
    }
    let steps = trail.iter().map(|step| {
        let t = |key: &str| app.texts.text(key);
        let by = step.by_name.clone().or_else(|| step.by_id.clone());
        let by = by.unwrap_or_else(|| t(&join(&["rv.by.", step.by.as_str()])));
        let when = app.texts.day_time(step.at, room.zone());
        let mut inside = vec![
            leaf("strong", attrs![], &t(&join(&["rv.did.", step.action.as_str()]))),
            leaf("p", attrs!["class": "hint"], &join(&[&by, " · ", &when])),
        ];
        if let Some(reason) = step.reason {
            inside.push(leaf("p", attrs![], &t(&join(&["rv.reason.", reason.as_str()]))));
        }
        for words in step.note.iter().chain(&step.replaced) {
            inside.push(leaf("blockquote", attrs!["class": "body"], words));
        }
        el("li", attrs!["class": "step"], inside)
    });
    el(
        "section",
        attrs!["class": "elsewhere"],
        vec![
            leaf("h3", attrs![], &app.texts.text("rv.trail")),
            el("ol", attrs!["class": "steps"], steps.collect()),
        ],
    )
}
