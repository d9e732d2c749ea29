//! Reviews, as shoppers read and write them.

use devanture_domain::{
    civil::{Date, UtcMs},
    review::{About, Actor, Checked, Fit, FitCounts, Hundredths, Points, Rating, Reason, Scale, Sort, State},
};
use serde::{Deserialize, Serialize};

/// Query of `GET /v1/reviews`: of one product or of one store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct ReviewParams {
    /// The retailer's product id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// A store's code, for reviews of its service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// `newest` unless told, `helpful`, `highest` or `lowest`.
    #[serde(default)]
    pub sort: Sort,
    /// Numbers of stars, set apart by commas: `1,2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<String>,
    /// About this size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// Only those with photos.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub photos: bool,
    /// In this language, `fr`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// With words that begin as these do; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many, 1 to 50; 10 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// BCP 47 language of the criteria's names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Query of `GET /v1/ssr/reviews`, beside those of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct ReviewViewParams {
    /// The `@id` that the page's own linked data gives the product, so that both are read as one; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_id: Option<String>,
    /// `false` leaves the linked data out, for a page that has stars of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_data: Option<bool>,
}

/// Some reviews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewPage {
    /// What all of them say together, whatever the list is narrowed to; on the first page only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<ReviewSummary>,
    /// By which rule they are sorted.
    pub sort: Sort,
    /// Whether anybody may write here without a link.
    pub open: bool,
    /// The reviews.
    pub items: Vec<Review>,
    /// For the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// What all reviews of something say together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewSummary {
    /// How many.
    pub count: u32,
    /// Mean of the stars in hundredths, 437 for 4.37. Absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_hundredths: Option<Hundredths>,
    /// How many of each number of stars, one star first.
    pub stars: [u32; 5],
    /// Votes on the fit.
    pub fit: FitCounts,
    /// What most say of the fit; absent where too few do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit_verdict: Option<Fit>,
    /// What is scored here, scored or not.
    pub criteria: Vec<CriterionSummary>,
    /// Sizes to narrow the list to, the most frequent first.
    pub sizes: Vec<Choice>,
    /// Languages to narrow the list to, the most frequent first.
    pub languages: Vec<Choice>,
    /// How many have photos.
    pub with_photos: u32,
    /// Of how many it is known that their authors had it.
    pub verified: u32,
    /// For how many something was given.
    pub incentivised: u32,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CriterionSummary {
    /// Stable.
    pub code: String,
    /// As shown.
    pub name: String,
    /// 5 or 20 points.
    #[cfg_attr(feature = "openapi", schema(value_type = u8))]
    pub scale: Scale,
    /// By how many it was scored.
    pub count: u32,
    /// Mean of the points in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_hundredths: Option<Hundredths>,
}

/// Something to narrow a list to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// The size or the language.
    pub value: String,
    /// In how many reviews.
    pub count: u32,
}

/// One review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Review {
    /// Stable.
    pub id: String,
    /// Stars.
    pub rating: Rating,
    /// One line above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Text, never HTML; may be empty.
    pub body: String,
    /// Its language, `fr`.
    pub language: String,
    /// How it fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<Fit>,
    /// What its author usually wears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_size: Option<String>,
    /// The size that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// As its author wants to be called; absent once erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// How it is known that they had it.
    pub checked: Checked,
    /// What they were given for writing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incentive: Option<String>,
    /// When they bought it, or were in the store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub experienced_on: Option<Date>,
    /// Since when it is shown; absent while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<UtcMs>,
    /// When it was last written anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<UtcMs>,
    /// Who found it helpful.
    pub helpful: u32,
    /// Who did not.
    pub unhelpful: u32,
    /// What it scores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Points>,
    /// In their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<ReviewPhoto>,
    /// What the brand says to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<ReviewAnswer>,
}

/// A photo of a review, JPEG.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewPhoto {
    /// By which a review refers to it.
    pub id: String,
    /// At most 1,600 pixels wide or high.
    pub url: String,
    /// At most 320.
    pub thumbnail_url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// What the brand says to a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewAnswer {
    /// Text, never HTML.
    pub body: String,
    /// Since when.
    pub answered_at: UtcMs,
}

/// Query of `GET /v1/ratings`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct RatingParams {
    /// Product ids, set apart by commas; at most 500 with the stores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub products: Option<String>,
    /// Stores' codes, set apart by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stores: Option<String>,
}

/// Stars of many, for cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingList {
    /// Those that somebody has reviewed, by kind and id.
    pub items: Vec<RatingLine>,
}

/// Stars of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingLine {
    /// Product or store.
    pub about: About,
    /// The product's id in the catalogue's form, or the store's code.
    pub id: String,
    /// How many reviews.
    pub count: u32,
    /// Mean of the stars in hundredths.
    pub average_hundredths: Hundredths,
}

/// Body of `POST /v1/reviews` and `PUT /v1/reviews/own/{token}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewRequest {
    /// The retailer's product id; or a store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// A store's code, for its service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// The token of the link that was sent. Without one it is marked as not checked, and taken only where the shop lets anybody write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// 1 to 5 whole stars.
    pub rating: Rating,
    /// At most 120 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// 10 to 5,000 characters, text.
    pub body: String,
    /// How it fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<Fit>,
    /// What the author usually wears; at most 20 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_size: Option<String>,
    /// The size that it is about; at most 20 characters. With a link, the one that was bought unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// What is scored, each at most once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Points>,
    /// Ids of photos that were uploaded before; at most 6.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// As the author wants to be called in public; at most 60 characters.
    pub author: String,
    /// Where the author is told what becomes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When they bought it or were there; needed without a link, which knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub experienced_on: Option<Date>,
    /// BCP 47 language in which it is written.
    pub locale: String,
}

/// A review as its author sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnReview {
    /// The author's private link: by it they see, write anew and delete it.
    pub token: String,
    /// Product or store.
    pub about: About,
    /// The product's id, or the store's code.
    pub subject: String,
    /// Where it stands.
    pub state: State,
    /// Why it was refused or deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The same in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What it says.
    pub review: Review,
    /// What author and shop have said to each other in private, the first first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<PrivateMessage>,
    /// Whether the author can say something: the shop has answered, in public or in private.
    pub may_write: bool,
}

/// Something that the author or the shop has said to the other in private.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrivateMessage {
    /// Its place, from 1.
    pub number: u32,
    /// `author`, or `staff` for the shop.
    pub by: Actor,
    /// The words.
    pub body: String,
    /// When.
    pub said_at: UtcMs,
}

/// Body of `POST /v1/reviews/own/{token}/messages` and `POST /admin/v1/reviews/{id}/messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPrivateMessage {
    /// 2 to 2,000 characters, text.
    pub body: String,
}

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewInvitation {
    /// Whether it can be used.
    pub state: InvitationState,
    /// Product or store.
    pub about: About,
    /// The product's id, or the store's code.
    pub subject: String,
    /// Name of the product or the store.
    pub name: String,
    /// A picture of the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// The size that was bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// When it was bought, or when they were there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub experienced_on: Option<Date>,
    /// What they get for it, which is shown with the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incentive: Option<String>,
    /// What is scored.
    pub criteria: Vec<CriterionName>,
    /// Until when.
    pub expires_at: UtcMs,
}

/// Whether a link can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// It can.
    Open,
    /// It was.
    Used,
    /// Its time is up.
    Expired,
}

/// Something that is scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CriterionName {
    /// Stable.
    pub code: String,
    /// As shown.
    pub name: String,
    /// 5 or 20 points.
    #[cfg_attr(feature = "openapi", schema(value_type = u8))]
    pub scale: Scale,
}

/// Body of `POST /v1/reviews/{id}/votes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewVote {
    /// Whether it helped.
    pub helpful: bool,
    /// What the reader's browser has drawn at random and keeps, 16 to 128 visible ASCII characters: who votes again changes their vote.
    pub voter: String,
}

/// How readers have voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewVotes {
    /// Who found it helpful.
    pub helpful: u32,
    /// Who did not.
    pub unhelpful: u32,
}

/// Body of `POST /v1/reviews/{id}/reports`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewReport {
    /// What is wrong with it.
    pub reason: Reason,
    /// In words; at most 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
