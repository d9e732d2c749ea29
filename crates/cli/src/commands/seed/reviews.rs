//! What the demo's shoppers say of its products and stores.

use devanture_demo::{
    Network,
    catalogue::products,
    reviews::{DemoReview, REFUSED, of_product, of_store},
};
use devanture_domain::{
    civil::{Date, UtcMs},
    review::{About, Action, Actor, Criterion, Rating, ReviewRules, Scale},
};
use devanture_storage::{
    Answer, Claim, Door, Draft, ImportedReview, Judgement, Label, LabelKind, NewReview, PrivateToken,
    Repository, StorageError, Writing,
};

use super::TENANT;
use crate::commands::{CommandError, random};

const DAY_MS: i64 = 86_400_000;
const SOURCE: &str = "demo";
/// Codes with their names in French and English; those of products, then those of stores.
const CRITERIA: [(&str, &str, &str); 4] = [
    ("comfort", "Confort", "Comfort"),
    ("quality", "Qualité", "Quality"),
    ("welcome", "Accueil", "Welcome"),
    ("advice", "Conseil", "Advice"),
];

pub(super) async fn write(
    repository: &mut Repository,
    network: &Network,
    (now, today): (UtcMs, Date),
) -> Result<(), CommandError> {
    rules(repository).await?;
    for product in products() {
        let said = of_product(product, today);
        take_over(repository, (About::Product, &product.slug.to_uppercase()), said, now).await?;
    }
    for store in &network.stores {
        let code = &store.store.code;
        take_over(repository, (About::Store, code), of_store(code, today), now).await?;
    }
    not_shown(repository, (now, today)).await
}

/// Anybody may write in the demo, so that it can be tried.
async fn rules(repository: &mut Repository) -> Result<(), StorageError> {
    let criteria = |from: usize, scale| {
        let of = CRITERIA[from..from + 2].iter();
        of.map(|(code, ..)| Criterion { code: (*code).to_owned(), scale }).collect()
    };
    let rules = ReviewRules {
        open: true,
        product_criteria: criteria(0, Scale::Five),
        store_criteria: criteria(2, Scale::Twenty),
        ..ReviewRules::default()
    };
    repository.put_review_rules(TENANT, &rules).await?;
    let label = |code: &str, locale: &str, name: &str| Label {
        kind: LabelKind::Criterion,
        code: code.to_owned(),
        locale: locale.to_owned(),
        name: name.to_owned(),
    };
    let labels = CRITERIA
        .iter()
        .flat_map(|(code, french, english)| [label(code, "fr", french), label(code, "en", english)]);
    repository.put_labels(TENANT, &labels.collect::<Vec<_>>()).await
}

async fn take_over(
    repository: &mut Repository,
    (about, subject): (About, &str),
    said: Vec<DemoReview>,
    now: UtcMs,
) -> Result<(), StorageError> {
    let scale = if about == About::Store { Scale::Twenty } else { Scale::Five };
    let reviews: Vec<_> = said
        .into_iter()
        .map(|review| {
            let published_at = i64::from(review.published_on.0) * DAY_MS;
            ImportedReview {
                source_id: review.id,
                about,
                subject: subject.to_owned(),
                rating: review.rating,
                title: review.title.map(str::to_owned),
                body: review.body.to_owned(),
                language: review.language.to_owned(),
                fit: review.fit,
                size: review.size.map(str::to_owned),
                checked: review.checked,
                incentive: review.incentive.map(str::to_owned),
                experienced_on: Some(review.experienced_on),
                published_at,
                author: Some(review.author.to_owned()),
                points: review.points.into_iter().map(|points| (points, scale)).collect(),
                votes: review.votes,
                answer: review.answer.map(|body| Answer { body: body.to_owned(), at: published_at + DAY_MS }),
            }
        })
        .collect();
    repository.import_reviews(TENANT, SOURCE, &reviews, now).await?;
    Ok(())
}

/// Those that wait to be read, and those that were refused.
async fn not_shown(repository: &mut Repository, (now, today): (UtcMs, Date)) -> Result<(), CommandError> {
    let products: Vec<String> =
        products().take(REFUSED.len()).map(|product| product.slug.to_uppercase()).collect();
    for ((n, one), product) in REFUSED.iter().enumerate().zip(&products) {
        let draft = Draft {
            rating: Rating::new(one.rating).unwrap_or(Rating::ALL[2]),
            title: None,
            body: one.body.to_owned(),
            language: if one.author == "Fiona" { "en" } else { "fr" }.to_owned(),
            fit: None,
            usual_size: None,
            size: None,
            points: Vec::new(),
            photos: Vec::new(),
            author: one.author.to_owned(),
            email: None,
        };
        let key = format!("demo-review-not-shown-{n}");
        let token = PrivateToken::from_random(random()?);
        let at = now - DAY_MS + i64::try_from(n).unwrap_or(0) * 60_000;
        let claim = Claim {
            tenant: TENANT,
            site_id: "shop",
            key: &key,
            body: one.body.as_bytes(),
            token: &token,
            at,
        };
        let door = Door::Open(Some(today.plus(-9)));
        let new = NewReview {
            claim,
            random: random()?,
            about: About::Product,
            subject: product,
            door,
            draft: &draft,
            locale: "fr-FR",
        };
        if let (Writing::New(review), Some(reason)) = (repository.write_review(&new).await?, one.reason) {
            let judgement = Judgement {
                action: Action::Refuse,
                by: Actor::Staff,
                staff_id: None,
                reason: Some(reason),
                note: None,
                seen: None,
                at: now,
            };
            repository.judge_review(TENANT, &review.id, &judgement).await?;
        }
    }
    Ok(())
}
