//! Reviews as they go over the wire.

use devanture_api::review::{
    Choice, CriterionName, CriterionSummary, PrivateMessage, Review, ReviewAnswer, ReviewPhoto, ReviewSummary,
};
use devanture_api::routes::REVIEW_PHOTO;
use devanture_domain::review::Criterion;
use devanture_storage::{Facet, Photo, ReviewMessage, Summary};

use crate::App;

pub(crate) fn review(app: &App, review: devanture_storage::Review) -> Review {
    Review {
        id: review.id,
        rating: review.rating,
        title: review.title,
        body: review.body,
        language: review.language,
        fit: review.fit,
        usual_size: review.usual_size,
        size: review.size,
        author: review.author,
        checked: review.checked,
        incentive: review.incentive,
        experienced_on: review.experienced_on,
        published_at: review.published_at,
        edited_at: review.edited_at,
        helpful: review.helpful,
        unhelpful: review.unhelpful,
        criteria: review.points.into_iter().map(|(points, _)| points).collect(),
        photos: review.photos.into_iter().map(|one| photo(app, one)).collect(),
        answer: review.answer.map(|answer| ReviewAnswer { body: answer.body, answered_at: answer.at }),
    }
}

pub(crate) fn message(said: ReviewMessage) -> PrivateMessage {
    PrivateMessage { number: said.number, by: said.by, body: said.body, said_at: said.at }
}

pub(crate) fn photo(app: &App, photo: Photo) -> ReviewPhoto {
    ReviewPhoto {
        url: photo_url(app, &photo.id, "large"),
        thumbnail_url: photo_url(app, &photo.id, "small"),
        width: photo.width,
        height: photo.height,
        id: photo.id,
    }
}

pub(crate) fn photo_url(app: &App, id: &str, size: &str) -> String {
    let path = REVIEW_PHOTO.replace("{id}", id).replace("{size}", size);
    format!("{}{path}", app.config().public_url)
}

pub(crate) fn criteria(asked: Vec<(Criterion, String)>) -> Vec<CriterionName> {
    let named = |(one, name): (Criterion, String)| CriterionName { code: one.code, name, scale: one.scale };
    asked.into_iter().map(named).collect()
}

/// What is asked now comes first and always; what was asked once is left out.
pub(crate) fn summary(summary: Summary, asked: &[(Criterion, String)]) -> ReviewSummary {
    let counts = summary.counts;
    let criteria = asked.iter().map(|(criterion, name)| {
        let known =
            counts.criteria.iter().find(|one| one.code == criterion.code && one.scale == criterion.scale);
        CriterionSummary {
            code: criterion.code.clone(),
            name: name.clone(),
            scale: criterion.scale,
            count: known.map_or(0, |known| known.count),
            average_hundredths: known.and_then(devanture_domain::review::CriterionCount::average),
        }
    });
    let choices = |facets: Vec<Facet>| {
        facets.into_iter().map(|facet| Choice { value: facet.value, count: facet.count }).collect()
    };
    ReviewSummary {
        count: counts.total(),
        average_hundredths: counts.average(),
        stars: counts.stars,
        fit: counts.fit,
        fit_verdict: counts.fit.verdict(),
        criteria: criteria.collect(),
        sizes: choices(summary.sizes),
        languages: choices(summary.languages),
        with_photos: counts.with_photos,
        verified: counts.verified,
        incentivised: counts.incentivised,
    }
}
