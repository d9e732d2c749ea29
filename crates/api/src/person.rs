//! What is known of one person, exported and erased.

use devanture_domain::{
    civil::{Date, UtcMs},
    review::{About, Checked},
};
use serde::{Deserialize, Serialize};

use crate::review::PrivateMessage;
use crate::staff_review::{AskedPerson, StaffReview};

/// Body of the requests about one person's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewPerson {
    /// Their mail address.
    pub email: String,
}

/// What is known of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonData {
    /// What they have written.
    pub reviews: Vec<StaffReview>,
    /// What they and the shop have said to each other in private about these.
    pub messages: Vec<PersonMessage>,
    /// What they were asked for.
    pub invitations: Vec<PersonInvitation>,
    /// What they wait for, or were told of lately.
    pub alerts: Vec<PersonAlert>,
}

/// Something that was said in private about a review of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonMessage {
    /// Id of the review.
    pub review: String,
    /// Who, what and when.
    #[serde(flatten)]
    pub message: PrivateMessage,
}

/// Something that a person wants to be told of when it can be had again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonAlert {
    /// Of what.
    pub sku: String,
    /// At which store; at any where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store_code: Option<String>,
    /// Their address; absent once they were written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// BCP 47 language.
    pub locale: String,
    /// Since when.
    pub created_at: UtcMs,
    /// Until when.
    pub expires_at: UtcMs,
    /// When they were told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<UtcMs>,
}

/// Something that a person was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonInvitation {
    /// Product or store.
    pub about: About,
    /// Which.
    pub subject: String,
    /// Name and address, as they are kept.
    pub person: Option<AskedPerson>,
    /// How it is known.
    pub checked: Checked,
    /// When they bought it, or were there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub experienced_on: Option<Date>,
    /// Until when the link can be used.
    pub expires_at: UtcMs,
}

/// What was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonErased {
    /// How many reviews.
    pub reviews: u32,
    /// How many alerts.
    pub alerts: u32,
}
