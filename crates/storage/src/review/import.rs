//! Reviews that were written elsewhere. They are known by their source and its own id, so that a file can be read again.

use devanture_domain::{
    civil::{Date, UtcMs},
    review::{About, Action, Actor, Checked, Fit, Points, Rating, Scale, State},
};
use sqlx::Row as _;

use super::{
    Answer, Review,
    trail::{Entry, digest_of},
};
use crate::{Repository, StorageError, secret::digest};

/// A review of another service's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedReview {
    /// The service's own id.
    pub source_id: String,
    /// Product or store.
    pub about: About,
    /// Which.
    pub subject: String,
    /// Stars.
    pub rating: Rating,
    /// One line above it.
    pub title: Option<String>,
    /// What it says, or nothing.
    pub body: String,
    /// Its language.
    pub language: String,
    /// How it fits.
    pub fit: Option<Fit>,
    /// The size that it is about.
    pub size: Option<String>,
    /// How it is known.
    pub checked: Checked,
    /// What was given for it.
    pub incentive: Option<String>,
    /// When it was bought.
    pub experienced_on: Option<Date>,
    /// When it was published there.
    pub published_at: UtcMs,
    /// As its author wants to be called.
    pub author: Option<String>,
    /// What it scores.
    pub points: Vec<(Points, Scale)>,
    /// Who found it helpful, and who did not.
    pub votes: (u32, u32),
    /// What the brand said, and when.
    pub answer: Option<Answer>,
}

impl ImportedReview {
    /// An id made of what a review says, for services that give none: the same row is the same review.
    pub fn id_of_words(&self) -> String {
        let at = self.published_at.to_le_bytes();
        let author = self.author.as_deref().unwrap_or_default();
        let title = self.title.as_deref().unwrap_or_default();
        let texts = [self.subject.as_str(), author, title, &self.body].map(str::as_bytes);
        let rating = [self.rating.stars()];
        digest(&[b"row", texts[0], texts[1], texts[2], texts[3], &at, &rating])
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Importing {
    /// It is shown now.
    New,
    /// It was there, as it was taken over or as it was judged since.
    Known,
}

impl Repository {
    /// Takes over reviews that are published elsewhere; those that are known already stay as they are, deleted ones as well.
    pub async fn import_reviews(
        &mut self,
        tenant: &str,
        source: &str,
        reviews: &[ImportedReview],
        at: UtcMs,
    ) -> Result<Vec<Importing>, StorageError> {
        self.take_reviews(tenant).await?;
        let mut done = Vec::with_capacity(reviews.len());
        for imported in reviews {
            let known =
                sqlx::query("SELECT 1 FROM reviews WHERE tenant_id = $1 AND source = $2 AND source_id = $3")
                    .bind(tenant)
                    .bind(source)
                    .bind(imported.source_id.as_str())
                    .fetch_optional(&mut *self.tx)
                    .await?;
            if known.is_some() {
                done.push(Importing::Known);
                continue;
            }
            let review = taken_over(tenant, source, imported);
            self.import_review(review, (source, &imported.source_id), at).await?;
            done.push(Importing::New);
        }
        Ok(done)
    }

    async fn import_review(
        &mut self,
        mut review: Review,
        source: (&str, &str),
        at: UtcMs,
    ) -> Result<(), StorageError> {
        self.insert_review(&review, Some(source)).await?;
        self.put_points(&review).await?;
        if review.author.is_some() {
            self.put_author(&review, None, &review.language, None).await?;
        }
        let digest = digest_of(&review);
        for (action, before) in [(Action::Submit, None), (Action::Publish, Some(State::Submitted))] {
            let entry = Entry {
                review_id: &review.id,
                at,
                action,
                before,
                after: if before.is_none() { State::Submitted } else { State::Published },
                by: Actor::System,
                staff_id: None,
                reason: None,
                note: Some(source.0),
                digest: digest.clone(),
                replaced: None,
            };
            review.number = self.add_to_trail(&review.tenant, &entry).await?;
        }
        self.put_place(&review).await?;
        if let Some(answer) = &review.answer {
            self.put_answer((&review.tenant, &review.id), answer, None).await?;
        }
        self.list_review(&review).await?;
        self.stir_reviews(&review.tenant, review.about, &review.subject).await
    }

    /// How many reviews of a source are known.
    pub async fn imported_reviews(&mut self, tenant: &str, source: &str) -> Result<i64, StorageError> {
        let row = sqlx::query("SELECT COUNT(*) FROM reviews WHERE tenant_id = $1 AND source = $2");
        Ok(row.bind(tenant).bind(source).fetch_one(&mut *self.tx).await?.try_get(0)?)
    }
}

fn taken_over(tenant: &str, source: &str, imported: &ImportedReview) -> Review {
    let imported = imported.clone();
    // The same each time, so that who links to a review finds it after the database was made anew from files.
    let id = digest(&[b"import", tenant.as_bytes(), source.as_bytes(), imported.source_id.as_bytes()]);
    let id = id.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    Review {
        tenant: tenant.to_owned(),
        id,
        about: imported.about,
        subject: imported.subject,
        site_id: String::new(),
        state: State::Published,
        rating: imported.rating,
        title: imported.title,
        body: imported.body,
        language: imported.language,
        fit: imported.fit,
        usual_size: None,
        size: imported.size,
        checked: imported.checked,
        incentive: imported.incentive,
        experienced_on: imported.experienced_on,
        written_at: imported.published_at,
        edited_at: None,
        published_at: Some(imported.published_at),
        helpful: imported.votes.0,
        unhelpful: imported.votes.1,
        number: 0,
        author: imported.author,
        points: imported.points,
        photos: Vec::new(),
        answer: imported.answer,
    }
}

#[cfg(test)]
impl ImportedReview {
    /// Of the product ROBE, in French.
    pub(crate) fn sample(source_id: String) -> Self {
        Self {
            source_id,
            about: About::Product,
            subject: "ROBE".to_owned(),
            rating: Rating::ALL[1],
            title: None,
            body: "Bien".to_owned(),
            language: "fr".to_owned(),
            fit: None,
            size: None,
            checked: Checked::Not,
            incentive: None,
            experienced_on: None,
            published_at: 1,
            author: None,
            points: Vec::new(),
            votes: (0, 0),
            answer: None,
        }
    }
}
