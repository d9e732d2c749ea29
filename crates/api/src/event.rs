//! What the shop's programs are told: the body of a webhook, in the form of [Standard Webhooks](https://www.standardwebhooks.com/).

use devanture_domain::{civil::UtcMs, reservation::State};
use serde::{Deserialize, Serialize};

use crate::{admin::Person, product::Money, reservation::ReservedItem};

/// Header with the event's id: the same each time that it is sent.
pub const ID_HEADER: &str = "webhook-id";
/// Header with the instant of sending, in whole seconds since 1970 UTC.
pub const TIMESTAMP_HEADER: &str = "webhook-timestamp";
/// Header with signatures set apart by spaces, each `v1,` and the base64 HMAC-SHA256 of `{id}.{timestamp}.{body}`.
pub const SIGNATURE_HEADER: &str = "webhook-signature";

/// Something that happened to a reservation. It may come twice, under the same `webhook-id`, and out of order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// `reservation.requested`, `.accepted`, `.refused`, `.passed_on`, `.proposed`, `.ready`, `.expired`, `.cancelled`,
    /// `.collected`, `.no_show` or `.refund_due`. More may come: skip those that are not known.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened, RFC 3339.
    pub timestamp: String,
    /// To what.
    pub data: EventData,
}

/// A reservation as it stood when something happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventData {
    /// Its id: stable, and opens nothing.
    pub reservation: String,
    /// How many things had happened to it: an event with a higher number is the later one.
    pub number: u32,
    /// Where it stood.
    pub state: State,
    /// The site it was made on.
    pub site: String,
    /// The store at which it is fetched: that was asked or has said yes, or to which a warehouse sends it.
    pub store_code: String,
    /// Code of that warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_from: Option<String>,
    /// Name of that store.
    pub store_name: String,
    /// IANA zone of that store.
    pub time_zone: String,
    /// How many stores were asked, this one included.
    pub stores_asked: u16,
    /// Whether it is paid in the host's checkout; otherwise at the till.
    pub checkout: bool,
    /// What the shopper shows at the till.
    pub pickup_code: String,
    /// What.
    pub items: Vec<ReservedItem>,
    /// BCP 47 language of the shopper.
    pub locale: String,
    /// Whom it is for; absent once erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// Where the shopper sees it: a private link, to be passed on to them and nobody else. Absent once the person is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// When time is up in this state. Absent at an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<UtcMs>,
    /// From when it can be fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<UtcMs>,
    /// `not_found`, `sold`, `damaged` or `no_time`: why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// Code of the store that was asked before, for `reservation.passed_on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_from: Option<String>,
    /// It ended because it was not paid in time.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub unpaid: bool,
    /// What the store proposes instead, for `reservation.proposed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<EventProposal>,
    /// What has to be paid back, for `reservation.refund_due`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<Refund>,
}

/// What a store proposes instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventProposal {
    /// What.
    pub item: ReservedItem,
    /// Until when the shopper can take it, as long as it is there.
    pub open_until: UtcMs,
}

/// A payment that has to be paid back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refund {
    /// The checkout's own name of the payment.
    pub payment: String,
    /// How much.
    pub paid: Money,
}

/// A feed that the server fetches was not heard for too long, or is heard again. It may come twice, under the same `webhook-id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceEvent {
    /// `source.stale`: shoppers are told old figures; or `source.fresh`, which only follows on it.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it was found, RFC 3339.
    pub timestamp: String,
    /// To what.
    pub data: SourceEventData,
}

/// A feed that the server fetches, as it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceEventData {
    /// Its name.
    pub source: String,
    /// `products`, `stock_delta`, `stock_full` or `sales`.
    pub feed: String,
    /// How often it is asked, in seconds; it is stale after three times as long.
    pub interval_s: i64,
    /// When what is known was last known to be what it says; absent while it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fresh_at: Option<UtcMs>,
    /// What was wrong last time, if anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
