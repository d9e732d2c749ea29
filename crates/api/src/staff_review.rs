//! Reviews, as head office and programs see them.

use devanture_domain::{
    civil::{Date, UtcMs},
    review::{About, Action, Actor, Reason, State},
};
use serde::{Deserialize, Serialize};

use crate::review::{CriterionName, PrivateMessage, Review};

/// Query of `GET /admin/v1/reviews`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct StaffReviewParams {
    /// `submitted` unless told: those that wait to be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Those that readers have reported, wherever they stand.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub reported: bool,
    /// Those whose authors have said something in private that the shop has neither answered nor put aside, wherever they stand.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub unanswered: bool,
    /// Of products or of stores only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// Of this product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Or of this store. A manager has to name one of their own, and sees what is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// Numbers of stars, set apart by commas: `1,2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<String>,
    /// Only those with photos.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub photos: bool,
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many, 1 to 200; 50 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// Some reviews, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffReviewPage {
    /// How many wait to be read.
    pub waiting: u32,
    /// How many were reported.
    pub reported: u32,
    /// How many authors have said something in private and wait; for a manager, of the store that is named.
    pub unanswered: u32,
    /// The reviews.
    pub items: Vec<StaffReview>,
    /// For the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A review with what staff have to know beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffReview {
    /// As it stands.
    #[serde(flatten)]
    pub review: Review,
    /// Product or store.
    pub about: About,
    /// The product's id, or the store's code.
    pub subject: String,
    /// The product's or the store's name, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it stands.
    pub state: State,
    /// When it was written.
    pub written_at: UtcMs,
    /// How many reports nobody has dealt with.
    pub reports: u32,
    /// Of the last thing that was done with it: who decides sends it, so that nothing is decided that nobody has read.
    pub number: i64,
}

/// Query of `GET /admin/v1/reviews/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct StaffReviewLanguage {
    /// BCP 47 language of the criteria's names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// A review with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffReviewDetails {
    /// As it stands.
    pub review: StaffReview,
    /// What is scored of what it is about.
    pub criteria: Vec<CriterionName>,
    /// All that was done with it, the first first.
    pub trail: Vec<TrailEntry>,
    /// What readers find wrong with it.
    pub reports: Vec<StaffReport>,
    /// What is said with its author in private.
    pub conversation: StaffConversation,
}

/// What the shop and a review's author say to each other in private.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffConversation {
    /// The first first.
    pub messages: Vec<StaffMessage>,
    /// Since when the author waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_since: Option<UtcMs>,
    /// Whether the author can be told: they left an address, and the server sends mail.
    pub reachable: bool,
}

/// Something that was said in private.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMessage {
    /// Who, what and when.
    #[serde(flatten)]
    pub message: PrivateMessage,
    /// What the member of staff is called, where that is still known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
}

/// Something that was done with a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrailEntry {
    /// Its place among all that was done with the network's reviews.
    pub number: i64,
    /// When.
    pub at: UtcMs,
    /// What.
    pub action: Action,
    /// Where it stood since.
    pub state: State,
    /// By whom.
    pub by: Actor,
    /// Which member of staff, or which key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_id: Option<String>,
    /// What they are called, where that is still known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The same in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The text that was replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<String>,
}

/// What a reader finds wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffReport {
    /// What.
    pub reason: Reason,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When.
    pub reported_at: UtcMs,
}

/// Body of `POST /admin/v1/reviews/decisions`: one decision about one or many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewDecisions {
    /// What is decided.
    pub decision: Decision,
    /// Why; for `refuse` and `delete`, and nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Words that the authors are told; at most 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// About which; 1 to 100.
    pub items: Vec<DecidedItem>,
}

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Show it.
    Publish,
    /// Do not show it; its author is told why.
    Refuse,
    /// Take it away for good.
    Delete,
    /// Leave it as it is: the reports are unfounded.
    Dismiss,
}

/// One review that is decided about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecidedItem {
    /// Its id.
    pub id: String,
    /// Its `number` when it was read.
    pub number: i64,
}

/// What came of decisions, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewDecided {
    /// For each.
    pub items: Vec<DecidedReview>,
}

/// What came of one decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecidedReview {
    /// The review's id.
    pub id: String,
    /// Whether it stands as was decided.
    pub outcome: DecisionOutcome,
    /// Where it stands; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
}

/// Whether a review stands as was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecisionOutcome {
    /// It does.
    Done,
    /// It was changed since it was read: read it again.
    Changed,
    /// Not from where it stands.
    NotPossible,
    /// There is no such review.
    NotFound,
}

/// Body of `POST /admin/v1/reviews/{id}/photos/{photo}/refusal`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoRefusal {
    /// Why.
    pub reason: Reason,
    /// The review's `number` when it was read.
    pub number: i64,
}

/// Body of `PUT /admin/v1/reviews/{id}/answer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffAnswer {
    /// 2 to 2,000 characters, text.
    pub body: String,
}

/// Query of `GET /admin/v1/reviews/figures`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct FigureParams {
    /// The retailer's product id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Or a store's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// BCP 47 language of the criteria's names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Body of `POST /admin/v1/reviews/requests`: who has bought what, or was where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewRequests {
    /// The site in whose name they are asked.
    pub site: String,
    /// 1 to 200.
    pub items: Vec<ReviewRequested>,
}

/// One who is to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewRequested {
    /// The program's own name of it, such as an order's number and line: nobody is asked twice after the same.
    pub origin: String,
    /// The retailer's product id; or a store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// A store's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// The size that was bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// When it was bought, or when they were there.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub experienced_on: Date,
    /// What they get for it, which is shown with the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incentive: Option<String>,
    /// BCP 47 language.
    pub locale: String,
    /// Whom to write to. Absent, the link comes in the answer, for the shop to send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<AskedPerson>,
}

/// Somebody who is asked by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedPerson {
    /// As they are called.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// Query of `GET /admin/v1/reviews/requests`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct ReviewRequestParams {
    /// Of which this came; all unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<RequestState>,
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many, 1 to 200; 50 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// What came of asking for a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ReviewRequestState))]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Asked, and may still write.
    Sent,
    /// Has written.
    Written,
    /// Has not, and may no longer.
    Expired,
}

/// Some who were asked, the last first; without personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewRequestPage {
    /// Who was asked.
    pub items: Vec<ListedRequest>,
    /// In whose names somebody can be asked, the network's own shop first.
    #[serde(default)]
    pub sites: Vec<AskingSite>,
    /// For the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A site in whose name customers are asked for reviews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskingSite {
    /// As in [`ReviewRequests::site`].
    pub id: String,
    /// As customers know it.
    pub name: String,
}

/// Somebody who was asked for a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ListedReviewRequest))]
pub struct ListedRequest {
    /// Stable.
    pub id: String,
    /// What came of it.
    pub state: RequestState,
    /// Product or store.
    pub about: About,
    /// Which.
    pub subject: String,
    /// The product's or the store's name, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Since when it is noted that they are to be asked.
    pub requested_at: UtcMs,
    /// Until when they may write.
    pub expires_at: UtcMs,
    /// When they wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<UtcMs>,
    /// What they wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
}

/// What came of requests, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewRequestsMade {
    /// For each.
    pub items: Vec<ReviewRequestMade>,
}

/// What came of one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewRequestMade {
    /// As it was sent.
    pub origin: String,
    /// Whether it is new; otherwise they were asked before.
    pub new: bool,
    /// The token of the link, once and only where no person was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Query of `GET /admin/v1/reviews/phrases`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct PhraseParams {
    /// The retailer's product id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Or a category, as in the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// `fr` or `en`.
    pub language: String,
}

/// What reviewers say and the catalogue does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Phrases {
    /// In how many reviews it was looked for.
    pub reviews: u32,
    /// Those that most say first.
    pub items: Vec<Phrase>,
}

/// One phrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Phrase {
    /// As it is most often written.
    pub text: String,
    /// In how many reviews.
    pub count: u32,
    /// Ids of some of them.
    pub reviews: Vec<String>,
}
