//! The fragment. Its class names are those of the widget; it needs no style to be read.

use devanture_api::review::{Review, ReviewPage, ReviewSummary};
use devanture_domain::{
    civil::{Date, Zone as _},
    review::{Checked, Fit},
};
use maud::{Markup, PreEscaped, html};
use serde_json::Value;

use super::linked::decimal;
use crate::{NamedZone, mail::Words, pages::script_safe, problem::ApiError};

pub(super) fn fragment(page: &ReviewPage, lang: &str, data: Option<&Value>) -> Result<Markup, ApiError> {
    let words = Words::of(lang);
    let french = words.lang() == "fr";
    let say = |french: &'static str, english: &'static str| words.say(french, english);
    let json = serde_json::to_value(page).map_err(|_| ApiError::internal())?;
    Ok(html! {
        section.reviews.first lang=(words.lang()) {
            h2 { (say("Avis clients", "Customer reviews")) }
            @match page.summary.as_ref().filter(|summary| summary.count > 0) {
                Some(summary) => { (summed_up(summary, words)) }
                None => { p.empty { (say("Aucun avis pour le moment.", "No reviews yet.")) } }
            }
            @if !page.items.is_empty() {
                p.rule { (page.sort.rule(french)) }
                ol.list { @for review in &page.items { (one(review, words)) } }
            }
        }
        @if let Some(data) = data {
            script type="application/ld+json" { (PreEscaped(script_safe(data))) }
        }
        script type="application/json" data-devanture="reviews" { (PreEscaped(script_safe(&json))) }
    })
}

fn summed_up(summary: &ReviewSummary, words: Words) -> Markup {
    let say = |french: &'static str, english: &'static str| words.say(french, english);
    let number = |hundredths: u32| decimal(hundredths).replace('.', say(",", "."));
    html! {
        p.average {
            strong { (number(summary.average_hundredths.unwrap_or(0))) "/5" } " · "
            (summary.count) " " (say("avis", if summary.count == 1 { "review" } else { "reviews" }))
        }
        ul.histogram {
            @for (stars, count) in (1..=5u8).zip(summary.stars).rev() {
                li { (stars) " " (if stars == 1 { say("étoile", "star") } else { say("étoiles", "stars") }) " : " (count) }
            }
        }
        @if summary.criteria.iter().any(|one| one.count > 0) {
            dl.criteria {
                @for one in &summary.criteria {
                    @if let Some(average) = one.average_hundredths {
                        dt { (one.name) }
                        dd { (number(average)) "/" (one.scale.most()) }
                    }
                }
            }
        }
        @if let Some(verdict) = summary.fit_verdict {
            p.fit { (match verdict {
                Fit::Small => say("Taille petit selon la majorité des avis.", "Runs small, most reviewers say."),
                Fit::True => say("Taille normalement selon la majorité des avis.", "True to size, most reviewers say."),
                Fit::Large => say("Taille grand selon la majorité des avis.", "Runs large, most reviewers say."),
            }) }
        }
        p.checked {
            (say("Avis vérifiés : ", "Verified reviews: ")) (summary.verified) ". " (say(
                "Ils ont été écrits par un lien envoyé après un achat ou une visite, ou repris d’un service qui les vérifie. Tous les avis sont lus avant d’être publiés ; aucun n’est écarté parce qu’il est défavorable.",
                "They were written by a link that was sent after a purchase or a visit, or taken over from a service that verifies them. All reviews are read before they are published; none is left out for being unfavourable.",
            ))
            @if summary.incentivised > 0 {
                " " (say("Avec une contrepartie, signalée sur l’avis : ", "With something in return, which the review says: ")) (summary.incentivised) "."
            }
        }
    }
}

fn one(review: &Review, words: Words) -> Markup {
    let say = |french: &'static str, english: &'static str| words.say(french, english);
    let day = |day: Date| html! { time datetime=(day.to_text()) { (written(day, words)) } };
    let utc = NamedZone::utc();
    html! {
        li id=(format!("review-{}", review.id)) {
            article lang=(review.language) {
                p.stars { (review.rating.stars()) "/5" }
                @if let Some(title) = &review.title { h3 { (title) } }
                @for paragraph in review.body.split("\n\n").filter(|text| !text.is_empty()) {
                    p.body { (paragraph) }
                }
                p.by lang=(words.lang()) {
                    (review.author.as_deref().unwrap_or(say("Anonyme", "Anonymous"))) ", " (checked(review.checked, words))
                    @if let Some(at) = review.published_at {
                        " · " (say("publié le ", "published on ")) (day(utc.to_local(at).date))
                    }
                    @if let Some(at) = review.edited_at {
                        " · " (say("modifié le ", "changed on ")) (day(utc.to_local(at).date))
                    }
                    @if let Some(date) = review.experienced_on {
                        " · " (say("expérience du ", "experience of ")) (day(date))
                    }
                    @if let Some(size) = &review.size { " · " (say("taille ", "size ")) (size) }
                }
                @if let Some(incentive) = &review.incentive {
                    p.incentive lang=(words.lang()) { (say("Contrepartie : ", "In return: ")) (incentive) }
                }
                @for photo in &review.photos {
                    @let (width, height) = fitted(photo.width, photo.height);
                    a href=(photo.url) {
                        img src=(photo.thumbnail_url) width=(width) height=(height) loading="lazy" alt=(say("Photo de l’avis", "Photo of the review"));
                    }
                }
                @if let Some(answer) = &review.answer {
                    blockquote.answer {
                        p lang=(words.lang()) { strong { (say("Réponse de la marque", "The brand’s answer")) } " · " (day(utc.to_local(answer.answered_at).date)) }
                        @for paragraph in answer.body.split("\n\n") { p { (paragraph) } }
                    }
                }
            }
        }
    }
}

fn checked(checked: Checked, words: Words) -> &'static str {
    match checked {
        Checked::Purchase => words.say("achat vérifié", "verified purchase"),
        Checked::Visit => words.say("visite vérifiée", "verified visit"),
        Checked::Imported => {
            words.say("vérifié par le service d’origine", "verified by the service it comes from")
        }
        Checked::Not => words.say("non vérifié", "not verified"),
    }
}

/// `22 novembre 2026`: without the day of the week, which nobody needs of a purchase.
fn written(day: Date, words: Words) -> String {
    let (year, month, day) = day.ymd();
    format!("{day} {} {year}", words.strings().month(month))
}

/// A thumbnail's size, known before it is there.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    const SIDE: u32 = 320;
    let longer = width.max(height).max(1);
    if longer <= SIDE {
        return (width, height);
    }
    let side = |length: u32| (length * SIDE).div_ceil(longer).max(1);
    (side(width), side(height))
}
