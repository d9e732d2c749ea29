//! Reviews, ratings, and what their authors see.

use devanture_api::review::{
    Choice, CriterionName, CriterionSummary, InvitationState, OwnReview, PrivateMessage, RatingLine,
    RatingList, Review, ReviewAnswer, ReviewInvitation, ReviewPage, ReviewPhoto, ReviewSummary, ReviewVotes,
};
use devanture_domain::review::{
    About, Actor, Checked, Fit, FitCounts, Points, Rating, Reason, Scale, Sort, State,
};

use super::{FromJs, Reader};
use crate::reviews::Privacy;
use devanture_domain::civil::Date;

/// A text that is one of some names.
fn named<T>(from: &mut Reader, key: &str, parse: fn(&str) -> Option<T>, otherwise: T) -> T {
    let found = parse(&from.text(key));
    from.or_fail(found, otherwise)
}

fn experienced_on(from: &mut Reader) -> Option<Date> {
    let text = from.optional_text("experienced_on")?;
    Some(from.or_fail(day(&text), Date(0)))
}

/// The same where it may be absent.
fn optional<T>(from: &mut Reader, key: &str, parse: fn(&str) -> Option<T>, otherwise: T) -> Option<T> {
    from.has(key).then(|| named(from, key, parse, otherwise))
}

fn small(from: &mut Reader, key: &str) -> u8 {
    u8::try_from(from.count(key)).unwrap_or(u8::MAX)
}

fn scale(from: &mut Reader) -> Scale {
    let scale = Scale::try_from(small(from, "scale")).ok();
    from.or_fail(scale, Scale::Five)
}

/// A day `2026-11-22`, by the browser's own reader: ours is code that nothing else here needs.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
pub fn day(text: &str) -> Option<Date> {
    let at = js_sys::Date::new(&text.into()).get_time();
    at.is_finite().then_some(Date((at / 86_400_000.0) as i32))
}

impl FromJs for Privacy {
    fn read(from: &mut Reader) -> Self {
        Self { url: from.optional_text("privacy_url") }
    }
}

impl FromJs for ReviewPage {
    fn read(from: &mut Reader) -> Self {
        Self {
            summary: from.optional("summary"),
            sort: named(from, "sort", Sort::parse, Sort::Newest),
            open: from.flag("open"),
            items: from.list("items"),
            next: from.optional_text("next"),
        }
    }
}

impl FromJs for ReviewSummary {
    fn read(from: &mut Reader) -> Self {
        let mut stars = [0; 5];
        let mut at = 0;
        from.each(&from.get("stars"), |count| {
            if let Some(place) = stars.get_mut(at) {
                *place = count.itself();
            }
            at += 1;
        });
        Self {
            count: from.count("count"),
            average_hundredths: from.has("average_hundredths").then(|| from.count("average_hundredths")),
            stars: from.or_fail((at == 5).then_some(stars), stars),
            fit: from.object("fit"),
            fit_verdict: optional(from, "fit_verdict", Fit::parse, Fit::True),
            criteria: from.list("criteria"),
            sizes: from.list("sizes"),
            languages: from.list("languages"),
            with_photos: from.count("with_photos"),
            verified: from.count("verified"),
            incentivised: from.count("incentivised"),
        }
    }
}

impl FromJs for FitCounts {
    fn read(from: &mut Reader) -> Self {
        Self { small: from.count("small"), true_to_size: from.count("true"), large: from.count("large") }
    }
}

impl FromJs for CriterionSummary {
    fn read(from: &mut Reader) -> Self {
        Self {
            code: from.text("code"),
            name: from.text("name"),
            scale: scale(from),
            count: from.count("count"),
            average_hundredths: from.has("average_hundredths").then(|| from.count("average_hundredths")),
        }
    }
}

impl FromJs for Choice {
    fn read(from: &mut Reader) -> Self {
        Self { value: from.text("value"), count: from.count("count") }
    }
}

impl FromJs for Review {
    fn read(from: &mut Reader) -> Self {
        let rating = Rating::new(small(from, "rating"));
        Self {
            id: from.text("id"),
            rating: from.or_fail(rating, Rating::ALL[0]),
            title: from.optional_text("title"),
            body: from.text("body"),
            language: from.text("language"),
            fit: optional(from, "fit", Fit::parse, Fit::True),
            usual_size: from.optional_text("usual_size"),
            size: from.optional_text("size"),
            author: from.optional_text("author"),
            checked: named(from, "checked", Checked::parse, Checked::Not),
            incentive: from.optional_text("incentive"),
            experienced_on: experienced_on(from),
            published_at: from.has("published_at").then(|| from.instant("published_at")),
            edited_at: from.has("edited_at").then(|| from.instant("edited_at")),
            helpful: from.count("helpful"),
            unhelpful: from.count("unhelpful"),
            criteria: from.list("criteria"),
            photos: from.list("photos"),
            answer: from.optional("answer"),
        }
    }
}

impl FromJs for Points {
    fn read(from: &mut Reader) -> Self {
        Self { code: from.text("code"), points: small(from, "points") }
    }
}

impl FromJs for ReviewPhoto {
    fn read(from: &mut Reader) -> Self {
        Self {
            id: from.text("id"),
            url: from.text("url"),
            thumbnail_url: from.text("thumbnail_url"),
            width: from.count("width"),
            height: from.count("height"),
        }
    }
}

impl FromJs for ReviewAnswer {
    fn read(from: &mut Reader) -> Self {
        Self { body: from.text("body"), answered_at: from.instant("answered_at") }
    }
}

impl FromJs for ReviewVotes {
    fn read(from: &mut Reader) -> Self {
        Self { helpful: from.count("helpful"), unhelpful: from.count("unhelpful") }
    }
}

impl FromJs for RatingList {
    fn read(from: &mut Reader) -> Self {
        Self { items: from.list("items") }
    }
}

impl FromJs for RatingLine {
    fn read(from: &mut Reader) -> Self {
        Self {
            // Without what reads the name, which a page of ratings has no other use for.
            about: if from.text("about") == About::Store.as_str() { About::Store } else { About::Product },
            id: from.text("id"),
            count: from.count("count"),
            average_hundredths: from.count("average_hundredths"),
        }
    }
}

impl FromJs for OwnReview {
    fn read(from: &mut Reader) -> Self {
        Self {
            token: from.text("token"),
            about: named(from, "about", About::parse, About::Product),
            subject: from.text("subject"),
            state: named(from, "state", State::parse, State::Submitted),
            reason: optional(from, "reason", Reason::parse, Reason::OffTopic),
            note: from.optional_text("note"),
            review: from.object("review"),
            messages: from.list("messages"),
            may_write: from.flag("may_write"),
        }
    }
}

impl FromJs for PrivateMessage {
    fn read(from: &mut Reader) -> Self {
        Self {
            number: from.count("number"),
            by: named(from, "by", Actor::parse, Actor::Author),
            body: from.text("body"),
            said_at: from.instant("said_at"),
        }
    }
}

impl FromJs for ReviewInvitation {
    fn read(from: &mut Reader) -> Self {
        Self {
            state: named(from, "state", state, InvitationState::Expired),
            about: named(from, "about", About::parse, About::Product),
            subject: from.text("subject"),
            name: from.text("name"),
            image_url: from.optional_text("image_url"),
            size: from.optional_text("size"),
            experienced_on: experienced_on(from),
            incentive: from.optional_text("incentive"),
            criteria: from.list("criteria"),
            expires_at: from.instant("expires_at"),
        }
    }
}

fn state(text: &str) -> Option<InvitationState> {
    match text {
        "open" => Some(InvitationState::Open),
        "used" => Some(InvitationState::Used),
        "expired" => Some(InvitationState::Expired),
        _ => None,
    }
}

impl FromJs for CriterionName {
    fn read(from: &mut Reader) -> Self {
        Self { code: from.text("code"), name: from.text("name"), scale: scale(from) }
    }
}
