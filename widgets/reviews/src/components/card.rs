//! One review.

use devanture_api::review::{Review, ReviewAnswer, ReviewPhoto, ReviewVotes};
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs,
    dom::{El, NO_ATTRS, aria, el, join, leaf, none, text},
    format::Show,
    icon::{self, icon},
    stars::stars,
};
use yew::{Context, Html};

use super::{
    draw::{group, named, plain, word},
    press::button,
    summary::label,
};
use crate::{app::App, state::Action};

pub(crate) fn card(app: &App, ctx: &Context<App>, review: &Review) -> Html {
    let hundredths = u32::from(review.rating.stars()) * 100;
    let title = |title: &String| leaf("h3", attrs!["dir": "auto"], title);
    let given = |given: &String| plain("p", "incentive", &app.t.fill("incentive", &[("what", given)]));
    let said = vec![
        stars(hundredths, &label(app, hundredths)),
        review.title.as_ref().map_or_else(none, title),
        paragraphs("body", &review.body),
    ];
    let id = join(&["review-", &review.id]);
    let children = vec![
        el("div", attrs!["class": "said", "lang": &review.language], said),
        by(app, review),
        worn(app, review),
        review.incentive.as_ref().map_or_else(none, given),
        photos(app, &review.photos),
        review.answer.as_ref().map_or_else(none, |one| answer(app, one)),
        acts(app, ctx, review),
        app.opinion.map_or_else(none, |part| (part.view)(app, ctx, review)),
    ];
    let article = el("article", attrs!["class": "card", "part": "card"], children);
    El::new("li", attrs!["id": &id, "tabindex": "-1"]).key(&review.id).children(vec![article])
}

/// A text with its lines. Its direction is its own.
fn paragraphs(class: &str, body: &str) -> Html {
    let mut lines = Vec::new();
    for line in body.split('\n') {
        if !line.is_empty() {
            lines.push(leaf("p", attrs!["dir": "auto"], line));
        }
    }
    group("div", class, lines)
}

fn day(app: &App, at: UtcMs) -> String {
    app.formats.instant(at, "UTC", Show::FullDate)
}

/// Who, whether and how it is known that they had it, and when: as French and European law ask.
fn by(app: &App, review: &Review) -> Html {
    let author = review.author.clone().unwrap_or_else(|| app.t.text("anonymous"));
    let checked = review.checked;
    let badge = vec![
        if checked.is_verified() { icon(icon::CHECK) } else { none() },
        text(&named(app, "checked.", checked.as_str())),
    ];
    let class = if checked.is_verified() { "badge yes" } else { "badge" };
    let mut when = String::new();
    let mut add = |key: &str, date: Option<String>| {
        let Some(date) = date else { return };
        if !when.is_empty() {
            when.push_str(" · ");
        }
        when.push_str(&app.t.fill(key, &[("date", &date)]));
    };
    add("published", review.published_at.map(|at| day(app, at)));
    add("edited", review.edited_at.map(|at| day(app, at)));
    add("experienced", review.experienced_on.map(|date| app.formats.date(date, Show::FullDate)));
    group(
        "div",
        "by",
        vec![
            el(
                "p",
                NO_ATTRS,
                vec![
                    leaf("strong", attrs!["dir": "auto"], &author),
                    text(" "),
                    el("span", attrs!["class": class, "part": "badge"], badge),
                ],
            ),
            leaf("p", attrs!["class": "small", "part": "dates"], &when),
        ],
    )
}

/// Size, fit and points.
fn worn(app: &App, review: &Review) -> Html {
    let mut facts = Vec::new();
    let mut add = |said: &str| facts.push(leaf("li", NO_ATTRS, said));
    if let Some(size) = &review.size {
        add(&app.t.fill("size_is", &[("size", size)]));
    }
    if let Some(size) = &review.usual_size {
        add(&app.t.fill("usual_is", &[("size", size)]));
    }
    if let Some(fit) = review.fit {
        add(&named(app, "fit.", fit.as_str()));
    }
    for given in &review.criteria {
        let all = app.summary.iter().flat_map(|all| &all.criteria);
        let known = all.into_iter().find(|one| one.code == given.code);
        if let Some(one) = known {
            let points = app.formats.integer(given.points.into());
            let most = app.formats.integer(one.scale.most().into());
            add(&join(&[&one.name, " ", &points, "/", &most]));
        }
    }
    if facts.is_empty() { none() } else { group("ul", "facts", facts) }
}

fn photos(app: &App, photos: &[ReviewPhoto]) -> Html {
    if photos.is_empty() {
        return none();
    }
    let label = app.t.text("photo");
    let mut links = Vec::with_capacity(photos.len());
    for photo in photos {
        let picture = attrs!["src": &photo.thumbnail_url, "alt": &label, "loading": "lazy", "width": "96", "height": "96"];
        let away = attrs!["href": &photo.url, "target": "_blank", "rel": "noopener", "part": "photo"];
        links.push(el("a", away, vec![el("img", picture, vec![])]));
    }
    group("div", "photos", links)
}

fn answer(app: &App, answer: &ReviewAnswer) -> Html {
    let head = app.t.fill("answered", &[("date", &day(app, answer.answered_at))]);
    let children = vec![plain("p", "small", &head), paragraphs("body", &answer.body)];
    el("blockquote", attrs!["class": "answer", "part": "answer"], children)
}

/// Whether it helped, and the way to report it.
fn acts(app: &App, ctx: &Context<App>, review: &Review) -> Html {
    let (voted, ReviewVotes { helpful, unhelpful }) = match app.vote_of(&review.id) {
        Some((vote, votes)) => (Some(vote), votes),
        None => (None, ReviewVotes { helpful: review.helpful, unhelpful: review.unhelpful }),
    };
    let vote = |helpful: bool, key: &str, count: u32| {
        let attrs = attrs![
            "type": "button", "class": "action", "part": "vote", "aria-pressed": aria(voted == Some(helpful)),
        ];
        let label = app.t.fill(key, &[("count", &app.formats.integer(count))]);
        button(ctx, attrs, Action::Vote(review.id.clone(), helpful), vec![text(&label)])
    };
    let id = join(&["report-", &review.id]);
    let open = app.reporting.as_ref().is_some_and(|reporting| reporting.id == review.id);
    let next = (!open).then(|| review.id.clone());
    let attrs = attrs![
        "type": "button", "class": "action flag", "part": "report", "id": &id, "aria-expanded": aria(open),
    ];
    let flag = vec![icon(icon::FLAG), word(app, "report")];
    let label = app.t.text("helpful");
    el(
        "div",
        attrs!["class": "acts", "role": "group", "aria-label": &label],
        vec![
            plain("span", "small", &label),
            vote(true, "yes", helpful),
            vote(false, "no", unhelpful),
            button(ctx, attrs, Action::Report(next), flag),
        ],
    )
}
