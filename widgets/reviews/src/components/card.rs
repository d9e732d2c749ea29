//! One review.

use devanture_api::review::{Review, ReviewVotes};
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs,
    dom::{El, NO_ATTRS, aria, join},
    format::Show,
    icon,
    stars::stars,
};

use super::{draw::Draw, summary::label};
use crate::{app::App, state::Action};

pub(crate) fn card(d: &mut Draw<'_>, review: &Review) {
    let app = d.app;
    let hundredths = u32::from(review.rating.stars()) * 100;
    let id = join(&["review-", &review.id]);
    d.begin(El::new("li", attrs!["id": &id, "tabindex": "-1"]).key(&review.id));
    d.part("article", "card");
    d.open("div", attrs!["class": "said", "lang": &review.language]);
    d.add(stars(hundredths, &label(app, hundredths)));
    if let Some(title) = &review.title {
        d.leaf("h3", attrs!["dir": "auto"], title);
    }
    paragraphs(d, &review.body);
    d.close();
    by(d, review);
    worn(d, review);
    if let Some(given) = &review.incentive {
        d.plain("p", "incentive", &app.t.fill("incentive", &[("what", given)]));
    }
    photos(d, review);
    if let Some(answer) = &review.answer {
        d.part("blockquote", "answer");
        d.plain("p", "small", &app.t.fill("answered", &[("date", &day(app, answer.answered_at))]));
        paragraphs(d, &answer.body);
        d.close();
    }
    acts(d, review);
    match app.opinion {
        Some(part) => d.add((part.view)(app, d.ctx, review)),
        None => d.nothing(),
    }
    d.close();
    d.close();
}

/// A text with its lines. Its direction is its own.
fn paragraphs(d: &mut Draw<'_>, body: &str) {
    d.group("div", "body");
    for line in body.split('\n') {
        if !line.is_empty() {
            d.leaf("p", attrs!["dir": "auto"], line);
        }
    }
    d.close();
}

fn day(app: &App, at: UtcMs) -> String {
    app.formats.instant(at, "UTC", Show::FullDate)
}

/// Who, whether and how it is known that they had it, and when: as French and European law ask.
fn by(d: &mut Draw<'_>, review: &Review) {
    let app = d.app;
    let checked = review.checked;
    d.group("div", "by");
    d.open("p", NO_ATTRS);
    let author = review.author.clone().unwrap_or_else(|| app.t.text("anonymous"));
    d.leaf("strong", attrs!["dir": "auto"], &author);
    d.text(" ");
    let class = if checked.is_verified() { "badge yes" } else { "badge" };
    d.open("span", attrs!["class": class, "part": "badge"]);
    if checked.is_verified() {
        d.icon(icon::CHECK);
    }
    d.text(&d.named("checked.", checked.as_str()));
    d.close();
    d.close();
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
    d.leaf("p", attrs!["class": "small", "part": "dates"], &when);
    d.close();
}

/// Size, fit and points.
fn worn(d: &mut Draw<'_>, review: &Review) {
    let app = d.app;
    let mut facts = Vec::new();
    if let Some(size) = &review.size {
        facts.push(app.t.fill("size_is", &[("size", size)]));
    }
    if let Some(size) = &review.usual_size {
        facts.push(app.t.fill("usual_is", &[("size", size)]));
    }
    if let Some(fit) = review.fit {
        facts.push(d.named("fit.", fit.as_str()));
    }
    for given in &review.criteria {
        let all = app.summary.iter().flat_map(|all| &all.criteria);
        let known = all.into_iter().find(|one| one.code == given.code);
        if let Some(one) = known {
            let points = app.formats.integer(given.points.into());
            let most = app.formats.integer(one.scale.most().into());
            facts.push(join(&[&one.name, " ", &points, "/", &most]));
        }
    }
    if facts.is_empty() {
        return;
    }
    d.group("ul", "facts");
    for fact in facts {
        d.leaf("li", NO_ATTRS, &fact);
    }
    d.close();
}

fn photos(d: &mut Draw<'_>, review: &Review) {
    if review.photos.is_empty() {
        return;
    }
    let label = d.app.t.text("photo");
    d.group("div", "photos");
    for photo in &review.photos {
        d.open("a", attrs!["href": &photo.url, "target": "_blank", "rel": "noopener", "part": "photo"]);
        d.open("img", attrs!["src": &photo.thumbnail_url, "alt": &label, "loading": "lazy", "width": "96", "height": "96"]);
        d.close();
        d.close();
    }
    d.close();
}

/// Whether it helped, and the way to report it.
fn acts(d: &mut Draw<'_>, review: &Review) {
    let app = d.app;
    let (voted, ReviewVotes { helpful, unhelpful }) = match app.vote_of(&review.id) {
        Some((vote, votes)) => (Some(vote), votes),
        None => (None, ReviewVotes { helpful: review.helpful, unhelpful: review.unhelpful }),
    };
    let label = app.t.text("helpful");
    d.open("div", attrs!["class": "acts", "role": "group", "aria-label": &label]);
    d.plain("span", "small", &label);
    for (yes, key, count) in [(true, "yes", helpful), (false, "no", unhelpful)] {
        let attrs = attrs![
            "type": "button", "class": "action", "part": "vote", "aria-pressed": aria(voted == Some(yes)),
        ];
        d.button(attrs, Action::Vote(review.id.clone(), yes));
        d.text(&app.t.fill(key, &[("count", &app.formats.integer(count))]));
        d.close();
    }
    let id = join(&["report-", &review.id]);
    let open = app.reporting.as_ref().is_some_and(|reporting| reporting.id == review.id);
    let attrs = attrs![
        "type": "button", "class": "action flag", "part": "report", "id": &id, "aria-expanded": aria(open),
    ];
    d.button(attrs, Action::Report((!open).then(|| review.id.clone())));
    d.icon(icon::FLAG);
    d.word("report");
    d.close();
    d.close();
}
