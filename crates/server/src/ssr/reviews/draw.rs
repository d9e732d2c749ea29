//! The fragment, with the widget's class names, texts and boxes, so that nothing moves when the widget takes its place: what can be pressed is
//! there as an empty box of the same height. Without script and without styles it reads as well.

use devanture_api::review::{Review, ReviewAnswer, ReviewPage, ReviewPhoto, ReviewSummary};
use devanture_domain::{
    civil::{Date, UtcMs, Zone as _},
    review::Fit,
};
use maud::{Markup, PreEscaped, html};
use serde_json::Value;

use super::{
    super::{path, words::Words},
    linked::decimal,
    sheet::SHEET,
};
use crate::{
    NamedZone,
    pages::{script_safe, strings::Strings},
    problem::ApiError,
};

/// What a fragment is drawn with.
pub(super) struct Drawing<'a> {
    pub(super) words: Words,
    /// Of a store, and not of a product.
    pub(super) store: bool,
    /// Where the sheet comes from.
    pub(super) api: &'a str,
}

pub(super) fn fragment(
    page: &ReviewPage,
    drawing: &Drawing<'_>,
    data: Option<&Value>,
) -> Result<Markup, ApiError> {
    let Drawing { words, store, api } = drawing;
    let json = serde_json::to_value(page).map_err(|_| ApiError::internal())?;
    let count = page.summary.as_ref().filter(|summary| summary.count > 0);
    Ok(html! {
        link rel="stylesheet" href={ (api) (SHEET) };
        div.root lang=(words.lang()) {
            section.reviews.first {
                div.top {
                    h2 { (words.text(if *store { "title_store" } else { "title" })) }
                    @if page.open { div.ways {} }
                }
                @match count {
                    Some(summary) => {
                        (summed_up(summary, words))
                        div.tools {}
                        p.rule { (words.text(&format!("rule.{}", page.sort.as_str()))) }
                        p.status {}
                        ol.list { @for review in &page.items { (one(review, summary, words)) } }
                        @if page.next.is_some() { div.rest {} }
                    }
                    None => { p.empty { (words.text("none")) } }
                }
            }
        }
        @if let Some(data) = data {
            script type="application/ld+json" { (PreEscaped(script_safe(data))) }
        }
        script type="application/json" data-devanture="reviews" { (PreEscaped(script_safe(&json))) }
    })
}

/// `4,37`
fn value(hundredths: u32, words: &Words) -> String {
    words.decimal(&decimal(hundredths))
}

fn stars(hundredths: u32, words: &Words) -> Markup {
    html! {
        span.stars role="img" aria-label=(words.fill("of_five", &[("value", &value(hundredths, words))])) {
            svg viewBox="0 0 120 24" aria-hidden="true" {
                path.off d=(path::STARS) {}
                svg width=(hundredths.min(500) * 6 / 25) height="24" { path.on d=(path::STARS) {} }
            }
        }
    }
}

fn bar(share: u32) -> Markup {
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.off width="100" height="8" {}
            rect.on width=(share.min(100)) height="8" {}
        }
    }
}

fn share(count: u32, of: u32) -> u32 {
    count.saturating_mul(100) / of.max(1)
}

fn summed_up(summary: &ReviewSummary, words: &Words) -> Markup {
    let average = summary.average_hundredths.unwrap_or(0);
    html! {
        div.summary {
            div.figures {
                p.average {
                    strong.value { (value(average, words)) }
                    (stars(average, words))
                    span { (words.plural("reviews", summary.count)) }
                }
                ul.histogram {
                    @for (stars, count) in [1, 2, 3, 4, 5].into_iter().zip(summary.stars).rev() {
                        li { div.line {
                            span { (words.plural("stars", stars)) }
                            (bar(share(count, summary.count)))
                            span.count { (words.integer(count)) }
                        } }
                    }
                }
                div.marks {
                    @if summary.criteria.iter().any(|one| one.average_hundredths.is_some()) {
                        dl.criteria {
                            @for one in &summary.criteria {
                                @if let Some(average) = one.average_hundredths {
                                    dt { (one.name) }
                                    dd { (bar(average / u32::from(one.scale.most()))) span { (value(average, words)) "/" (one.scale.most()) } }
                                }
                            }
                        }
                    }
                    @if let Some(verdict) = summary.fit_verdict { (fit(summary, verdict, words)) }
                }
            }
            details.checked {
                summary { (words.fill("verified", &[("verified", &words.integer(summary.verified)), ("count", &words.integer(summary.count))])) }
                p {
                    (words.text("checked"))
                    @if summary.incentivised > 0 {
                        " " (words.fill("incentivised", &[("count", &words.integer(summary.incentivised))]))
                    }
                }
            }
        }
    }
}

fn fit(summary: &ReviewSummary, verdict: Fit, words: &Words) -> Markup {
    let votes = summary.fit;
    let kinds = [(Fit::Small, votes.small), (Fit::True, votes.true_to_size), (Fit::Large, votes.large)];
    html! {
        div.fit {
            p { (words.text(&format!("verdict.{}", verdict.as_str()))) }
            dl.criteria {
                @for (kind, count) in kinds {
                    dt { (words.text(&format!("fit.{}", kind.as_str()))) }
                    dd { (bar(share(count, votes.total()))) span { (words.fill("percent", &[("share", &words.integer(share(count, votes.total())))])) } }
                }
            }
        }
    }
}

/// A day with its words around it, in which a machine finds the date.
fn on(key: &str, day: Date, words: &Words) -> Markup {
    let text = words.text(key).to_owned();
    let (before, after) = text.split_once("{date}").unwrap_or((&text, ""));
    html! { (before) time datetime=(day.to_text()) { (written(day, words)) } (after) }
}

fn at(at: UtcMs) -> Date {
    NamedZone::utc().to_local(at).date
}

/// `22 novembre 2026`: without the day of the week, which nobody needs of a purchase.
fn written(day: Date, words: &Words) -> String {
    let (year, month, day) = day.ymd();
    format!("{day} {} {year}", Strings::of(words.lang()).month(month))
}

fn one(review: &Review, summary: &ReviewSummary, words: &Words) -> Markup {
    let days = [
        ("published", review.published_at.map(at)),
        ("edited", review.edited_at.map(at)),
        ("experienced", review.experienced_on),
    ];
    let days: Vec<Markup> = days.into_iter().filter_map(|(key, day)| Some(on(key, day?, words))).collect();
    let checked = words.text(&format!("checked.{}", review.checked.as_str())).to_owned();
    html! {
        li id=(format!("review-{}", review.id)) {
            article.card {
                div.said lang=(review.language) {
                    (stars(u32::from(review.rating.stars()) * 100, words))
                    @if let Some(title) = &review.title { h3 dir="auto" { (title) } }
                    (paragraphs(&review.body))
                }
                div.by {
                    p {
                        strong dir="auto" { (review.author.as_deref().unwrap_or(words.text("anonymous"))) } " "
                        span.badge.yes[review.checked.is_verified()] {
                            @if review.checked.is_verified() {
                                svg.icon viewBox="0 0 24 24" aria-hidden="true" { path d=(path::CHECK) {} }
                            }
                            (checked)
                        }
                    }
                    p.small { @for (n, day) in days.iter().enumerate() { @if n > 0 { " · " } (day) } }
                }
                (facts(review, summary, words))
                @if let Some(what) = &review.incentive { p.incentive { (words.fill("incentive", &[("what", what)])) } }
                @if !review.photos.is_empty() { (photos(&review.photos, words)) }
                @if let Some(said) = &review.answer { (answer(said, words)) }
                div.acts {}
            }
        }
    }
}

fn paragraphs(body: &str) -> Markup {
    html! { div.body { @for line in body.split('\n').filter(|line| !line.is_empty()) { p dir="auto" { (line) } } } }
}

fn facts(review: &Review, summary: &ReviewSummary, words: &Words) -> Markup {
    let size = |key: &str, size: &Option<String>| Some(words.fill(key, &[("size", size.as_ref()?)]));
    let mut facts: Vec<String> = [size("size_is", &review.size), size("usual_is", &review.usual_size)]
        .into_iter()
        .flatten()
        .chain(review.fit.map(|fit| words.text(&format!("fit.{}", fit.as_str())).to_owned()))
        .collect();
    for given in &review.criteria {
        if let Some(one) = summary.criteria.iter().find(|one| one.code == given.code) {
            facts.push(format!("{} {}/{}", one.name, given.points, one.scale.most()));
        }
    }
    html! { @if !facts.is_empty() { ul.facts { @for fact in &facts { li { (fact) } } } } }
}

fn photos(photos: &[ReviewPhoto], words: &Words) -> Markup {
    html! {
        div.photos {
            @for photo in photos {
                a href=(photo.url) {
                    img src=(photo.thumbnail_url) width="96" height="96" loading="lazy" alt=(words.text("photo"));
                }
            }
        }
    }
}

fn answer(answer: &ReviewAnswer, words: &Words) -> Markup {
    html! {
        blockquote.answer {
            p.small { (on("answered", at(answer.answered_at), words)) }
            (paragraphs(&answer.body))
        }
    }
}
