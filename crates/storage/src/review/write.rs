//! Writing a review.

use devanture_domain::{
    civil::Date,
    review::{About, Action, Actor, Checked, Fit, Points, Rating, Scale, State},
};

use super::{
    Invited, Review,
    trail::{Entry, digest_of},
};
use crate::{Claim, Earlier, PrivateToken, Repository, StorageError, secret::id_digits, stock::words::words};

/// What an author says, checked already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Stars.
    pub rating: Rating,
    /// One line above it.
    pub title: Option<String>,
    /// What it says.
    pub body: String,
    /// Its language, `fr`.
    pub language: String,
    /// How it fits.
    pub fit: Option<Fit>,
    /// What they usually wear.
    pub usual_size: Option<String>,
    /// The size that it is about.
    pub size: Option<String>,
    /// What they score.
    pub points: Vec<(Points, Scale)>,
    /// Ids of photos that were uploaded.
    pub photos: Vec<String>,
    /// How they want to be called.
    pub author: String,
    /// Where they are told what becomes of it, and the same for every way of writing it.
    pub email: Option<(String, String)>,
}

/// By what right somebody writes.
#[derive(Clone, Copy, Debug)]
pub enum Door<'a> {
    /// By a link that was sent to them.
    Link(&'a PrivateToken),
    /// Everybody may; when they had it is their word.
    Open(Option<Date>),
}

/// A review that is about to be written.
#[derive(Clone, Debug)]
pub struct NewReview<'a> {
    /// Network, site, idempotency key and the author's own link.
    pub claim: Claim<'a>,
    /// 16 random bytes.
    pub random: [u8; 16],
    /// Product or store.
    pub about: About,
    /// Which.
    pub subject: &'a str,
    /// By what right.
    pub door: Door<'a>,
    /// What it says.
    pub draft: &'a Draft,
    /// BCP 47 language in which its author is written to.
    pub locale: &'a str,
}

/// What came of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writing {
    /// It waits to be read.
    New(Box<Review>),
    /// It was written before with the same idempotency key; this opens it.
    Again(PrivateToken),
    /// The idempotency key was used with another body.
    KeyReused,
    /// The link was never sent.
    NoLink,
    /// A review was written by it already.
    LinkUsed,
    /// Its time is up.
    LinkExpired,
    /// It is for something else.
    LinkForOther,
    /// A photo was never uploaded, or is another review's.
    NoPhoto(String),
}

impl Repository {
    /// Writes a review, which waits to be read from now on.
    pub async fn write_review(&mut self, new: &NewReview<'_>) -> Result<Writing, StorageError> {
        let (tenant, at, draft) = (new.claim.tenant, new.claim.at, new.draft);
        self.take_reviews(tenant).await?;
        match self.claim(&new.claim).await? {
            Some(Earlier::Done(token)) => return Ok(Writing::Again(token)),
            Some(Earlier::OtherBody) => return Ok(Writing::KeyReused),
            None => {}
        }
        let id = id_digits(new.random);
        let mut review = fresh(new, &id);
        if let Door::Link(token) = new.door {
            let invited = match self.use_invitation(tenant, token, (new.about, new.subject), &id, at).await? {
                Ok(invited) => invited,
                Err(refused) => return Ok(refused),
            };
            let Invited { size, checked, incentive, experienced_on, .. } = invited;
            review.checked = checked;
            review.incentive = incentive;
            review.experienced_on = experienced_on;
            review.size = review.size.or(size);
        }
        self.insert_review(&review, None).await?;
        if let Err(missing) = self.take_photos(&mut review, &draft.photos).await? {
            return Ok(Writing::NoPhoto(missing));
        }
        self.put_points(&review).await?;
        let email = draft.email.as_ref();
        self.put_author(&review, email, new.locale, Some(new.claim.token)).await?;
        review.number = self
            .add_to_trail(
                tenant,
                &Entry {
                    review_id: &id,
                    at,
                    action: Action::Submit,
                    before: None,
                    after: State::Submitted,
                    by: Actor::Author,
                    staff_id: None,
                    reason: None,
                    note: None,
                    digest: digest_of(&review),
                    replaced: None,
                },
            )
            .await?;
        self.put_place(&review).await?;
        Ok(Writing::New(Box::new(review)))
    }

    /// Writes the row of a review.
    pub(super) async fn insert_review(
        &mut self,
        review: &Review,
        source: Option<(&str, &str)>,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO reviews (tenant_id, review_id, about, subject, site_id, state, rating, title, body, folded, language, fit, \
             usual_size, size, checked, incentive, experienced_on, written_at, edited_at, published_at, helpful, unhelpful, usefulness, \
             photos, reports, number, source, source_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
             $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)",
        )
        .bind(review.tenant.as_str())
        .bind(review.id.as_str())
        .bind(review.about.as_str())
        .bind(review.subject.as_str())
        .bind(review.site_id.as_str())
        .bind(review.state.as_str())
        .bind(i64::from(review.rating.stars()))
        .bind(review.title.as_deref())
        .bind(review.body.as_str())
        .bind(folded(review.title.as_deref(), &review.body))
        .bind(review.language.as_str())
        .bind(review.fit.map(Fit::as_str))
        .bind(review.usual_size.as_deref())
        .bind(review.size.as_deref())
        .bind(review.checked.as_str())
        .bind(review.incentive.as_deref())
        .bind(review.experienced_on.map(|day| i64::from(day.0)))
        .bind(review.written_at)
        .bind(review.edited_at)
        .bind(review.published_at)
        .bind(i64::from(review.helpful))
        .bind(i64::from(review.unhelpful))
        .bind(review.usefulness())
        .bind(i64::try_from(review.photos.len()).unwrap_or(0))
        .bind(0_i64)
        .bind(review.number)
        .bind(source.map(|source| source.0))
        .bind(source.map(|source| source.1))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    pub(super) async fn put_points(&mut self, review: &Review) -> Result<(), StorageError> {
        for (given, scale) in &review.points {
            sqlx::query(
                "INSERT INTO review_points (tenant_id, review_id, code, scale, points) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(review.tenant.as_str())
            .bind(review.id.as_str())
            .bind(given.code.as_str())
            .bind(i64::from(scale.most()))
            .bind(i64::from(given.points))
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    pub(super) async fn put_author(
        &mut self,
        review: &Review,
        email: Option<&(String, String)>,
        locale: &str,
        token: Option<&PrivateToken>,
    ) -> Result<(), StorageError> {
        // What was taken over from elsewhere is opened by no link.
        let token = token.map_or_else(|| format!("none:{}:{}", review.tenant, review.id), PrivateToken::hash);
        sqlx::query(
            "INSERT INTO review_authors (tenant_id, review_id, name, email, email_key, locale, token_hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(review.tenant.as_str())
        .bind(review.id.as_str())
        .bind(review.author.as_deref().unwrap_or_default())
        .bind(email.map(|email| email.0.as_str()))
        .bind(email.map(|email| email.1.as_str()))
        .bind(locale)
        .bind(token)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Writes down where a review stands and since which entry of the trail.
    pub(super) async fn put_place(&mut self, review: &Review) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE reviews SET state = $3, published_at = $4, number = $5, photos = $6 WHERE tenant_id = $1 AND review_id = $2",
        )
        .bind(review.tenant.as_str())
        .bind(review.id.as_str())
        .bind(review.state.as_str())
        .bind(review.published_at)
        .bind(review.number)
        .bind(i64::try_from(review.photos.len()).unwrap_or(0))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}

fn fresh(new: &NewReview<'_>, id: &str) -> Review {
    let draft = new.draft;
    Review {
        tenant: new.claim.tenant.to_owned(),
        id: id.to_owned(),
        about: new.about,
        subject: new.subject.to_owned(),
        site_id: new.claim.site_id.to_owned(),
        state: State::Submitted,
        rating: draft.rating,
        title: draft.title.clone(),
        body: draft.body.clone(),
        language: draft.language.clone(),
        fit: draft.fit,
        usual_size: draft.usual_size.clone(),
        size: draft.size.clone(),
        checked: Checked::Not,
        incentive: None,
        experienced_on: match new.door {
            Door::Open(day) => day,
            Door::Link(_) => None,
        },
        written_at: new.claim.at,
        edited_at: None,
        published_at: None,
        helpful: 0,
        unhelpful: 0,
        number: 0,
        author: Some(draft.author.clone()),
        points: draft.points.clone(),
        photos: Vec::new(),
        answer: None,
    }
}

/// The words that a review is found by, each behind a space.
pub(super) fn folded(title: Option<&str>, body: &str) -> String {
    let mut folded = String::with_capacity(body.len() + 16);
    for word in title.into_iter().chain([body]).flat_map(words) {
        folded.push(' ');
        folded.push_str(&word);
    }
    folded
}
