//! What a review is known by in the trail.

use devanture_domain::review::{Fit, State};

use super::super::Review;
use crate::secret::digest;

/// Before digests of all that is published. One without it is of what a review is about, its stars and its text: so it was at first.
const WHOLE: &str = "2:";

/// Of all that is published of a review, but for what others add: votes, reports, the brand's answer.
pub(in crate::review) fn digest_of(review: &Review) -> String {
    let text = |text: &str| text.as_bytes().to_vec();
    // Nothing, and a text without signs, are two things.
    let optional =
        |text: Option<&str>| [if text.is_some() { "+" } else { "-" }, text.unwrap_or_default()].concat();
    let number = |number: Option<i64>| optional(number.map(|number| number.to_string()).as_deref());
    let mut parts = vec![
        text(review.about.as_str()),
        text(&review.subject),
        text(&review.site_id),
        vec![review.rating.stars()],
        text(&optional(review.title.as_deref())),
        text(&review.body),
        text(&review.language),
        text(&optional(review.fit.map(Fit::as_str))),
        text(&optional(review.usual_size.as_deref())),
        text(&optional(review.size.as_deref())),
        text(review.checked.as_str()),
        text(&optional(review.incentive.as_deref())),
        text(&number(review.experienced_on.map(|day| i64::from(day.0)))),
        text(&number(Some(review.written_at))),
        text(&number(review.edited_at)),
        text(&number(review.published_at)),
        text(&optional(review.author.as_deref())),
    ];
    let mut points: Vec<_> = review
        .points
        .iter()
        .map(|(given, scale)| format!("{} {} {}", given.points, scale.most(), given.code))
        .collect();
    points.sort_unstable();
    parts.push(text(&points.len().to_string()));
    parts.extend(points.iter().map(|one| text(one)));
    // Photos of a deleted review go, each in its time.
    if review.state != State::Deleted {
        let photos = review.photos.iter();
        parts.extend(photos.map(|one| text(&format!("{}x{} {}", one.width, one.height, one.id))));
    }
    let mut all: Vec<&[u8]> = vec![b"published"];
    all.extend(parts.iter().map(Vec::as_slice));
    [WHOLE, &digest(&all)].concat()
}

/// Whether a review is what this digest stands for.
pub(super) fn is_said(review: &Review, noted: &str) -> bool {
    if noted.starts_with(WHOLE) { digest_of(review) == noted } else { first_digest(review) == noted }
}

/// As entries have it that were written before there was more.
pub(super) fn first_digest(review: &Review) -> String {
    let title = review.title.as_deref().unwrap_or_default();
    let texts = [review.about.as_str(), &review.subject, title, &review.body].map(str::as_bytes);
    digest(&[b"review", texts[0], texts[1], &[review.rating.stars()], texts[2], texts[3]])
}
