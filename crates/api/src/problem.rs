//! Errors on the wire: RFC 9457 `application/problem+json`.

use serde::{Deserialize, Serialize};

/// One error. `code` is stable and what programs and translations go by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `https://devanture.dev/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What went wrong, in one short English sentence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// One of [`code`]'s.
    pub code: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The parameter or field that is at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// The stable codes.
pub mod code {
    /// 401: no key, publishable or secret, was sent.
    pub const KEY_MISSING: &str = "key_missing";
    /// 401: the key is not shaped like a key.
    pub const KEY_MALFORMED: &str = "key_malformed";
    /// 401: no site has this key; or it is a secret key that was revoked or never given.
    pub const KEY_UNKNOWN: &str = "key_unknown";
    /// 403: the site does not allow this origin, or something is written from none.
    pub const ORIGIN_NOT_ALLOWED: &str = "origin_not_allowed";
    /// 401: login and password do not belong together, or the account is disabled.
    pub const SIGN_IN_FAILED: &str = "sign_in_failed";
    /// 429: too many sign-ins with this login have failed; `Retry-After` says when to try again.
    pub const LOCKED_OUT: &str = "locked_out";
    /// 401: there is no session, or it has ended.
    pub const NOT_SIGNED_IN: &str = "not_signed_in";
    /// 403: the role, or the scope of the secret key, does not allow it.
    pub const FORBIDDEN: &str = "forbidden";
    /// 403: it is about a store that is not among one's own.
    pub const STORE_NOT_YOURS: &str = "store_not_yours";
    /// 403: the request was made by a page of another origin.
    pub const CROSS_SITE: &str = "cross_site";
    /// 400: the new password is too easily guessed; `detail` says why.
    pub const WEAK_PASSWORD: &str = "weak_password";
    /// 403: the current password, asked for again, is not the right one.
    pub const WRONG_PASSWORD: &str = "wrong_password";
    /// 400: a parameter or body is not of the documented form; `field` says which.
    pub const INVALID_INPUT: &str = "invalid_input";
    /// 404: no such route or thing.
    pub const NOT_FOUND: &str = "not_found";
    /// 404: the site shows no store with this code.
    pub const STORE_NOT_FOUND: &str = "store_not_found";
    /// 409: the time was taken, or is not offered any more.
    pub const SLOT_TAKEN: &str = "slot_taken";
    /// 404: the network sells no such product.
    pub const PRODUCT_NOT_FOUND: &str = "product_not_found";
    /// 404: no size chart is for this product.
    pub const SIZE_CHART_NOT_FOUND: &str = "size_chart_not_found";
    /// 404: no size memory is kept under this link, or of this customer.
    pub const SIZE_MEMORY_NOT_FOUND: &str = "size_memory_not_found";
    /// 404: the size memory was erased by its owner; what other devices have of it is to be erased too.
    pub const SIZE_MEMORY_ERASED: &str = "size_memory_erased";
    /// 409: there are not so many pieces any more; `field` is the SKU.
    pub const NOT_ENOUGH: &str = "not_enough";
    /// 409: the reservation is past that.
    pub const NOT_POSSIBLE: &str = "not_possible";
    /// 409: no store proposes anything, or not any more.
    pub const NO_PROPOSAL: &str = "no_proposal";
    /// 401: the signature is not of this by this secret.
    pub const SIGNATURE_INVALID: &str = "signature_invalid";
    /// 401: the signature is right, and was made too long ago or ahead of time.
    pub const SIGNATURE_EXPIRED: &str = "signature_expired";
    /// 409: the payment was told before, of another reservation or another sum.
    pub const PAYMENT_MISMATCH: &str = "payment_mismatch";
    /// 409: the reservation is paid in the store.
    pub const NOT_PAYABLE: &str = "not_payable";
    /// 409: somebody else has changed it since it was looked at.
    pub const CHANGED_MEANWHILE: &str = "changed_meanwhile";
    /// 404: there is no such reservation in the stores that one acts for.
    pub const RESERVATION_NOT_FOUND: &str = "reservation_not_found";
    /// 403: this is not what the shopper of this reservation was given.
    pub const WRONG_PICKUP_CODE: &str = "wrong_pickup_code";
    /// 403: this person has as many reservations open as the shop allows.
    pub const TOO_MANY_OPEN: &str = "too_many_open";
    /// 403: this person has not come too often.
    pub const TOO_MANY_MISSED: &str = "too_many_missed";
    /// 404: there is no such review, or it is not shown.
    pub const REVIEW_NOT_FOUND: &str = "review_not_found";
    /// 409: the review is past that.
    pub const REVIEW_PAST: &str = "review_past";
    /// 409: nothing can be said in private about the review, now or any more; the detail says why.
    pub const CONVERSATION_CLOSED: &str = "conversation_closed";
    /// 403: here one writes by a link that was sent, and none was given.
    pub const LINK_NEEDED: &str = "link_needed";
    /// 404: the link was never sent.
    pub const LINK_UNKNOWN: &str = "link_unknown";
    /// 409: a review was written by this link already.
    pub const LINK_USED: &str = "link_used";
    /// 410: the time in which the link could be used is over.
    pub const LINK_EXPIRED: &str = "link_expired";
    /// 403: the link is for another product or store.
    pub const LINK_FOR_OTHER: &str = "link_for_other";
    /// 503: somebody is to be written to, and mail is off.
    pub const MAIL_OFF: &str = "mail_off";
    /// 409: what somebody wants to be told of can be had now.
    pub const AVAILABLE_NOW: &str = "available_now";
    /// 403: the person waits for as many things as they may.
    pub const TOO_MANY_ALERTS: &str = "too_many_alerts";
    /// 503: so many wait on this site that no more are taken.
    pub const ALERTS_FULL: &str = "alerts_full";
    /// 422: the picture cannot be read; `detail` says why.
    pub const PHOTO_UNREADABLE: &str = "photo_unreadable";
    /// 413: the picture has too many bytes or pixels.
    pub const PHOTO_TOO_LARGE: &str = "photo_too_large";
    /// 422: an idempotency key was used before with another body.
    pub const IDEMPOTENCY_MISMATCH: &str = "idempotency_mismatch";
    /// 409: another feed of the same source is being taken in.
    pub const FEED_BUSY: &str = "feed_busy";
    /// 409: the feed is not held, or not any more.
    pub const FEED_NOT_HELD: &str = "feed_not_held";
    /// 404: the network has no feed of this number.
    pub const FEED_NOT_FOUND: &str = "feed_not_found";
    /// 422: the body cannot be read as a feed; nothing was taken in.
    pub const FEED_UNREADABLE: &str = "feed_unreadable";
    /// 413: the feed is longer than the server takes; `detail` says what to do.
    pub const FEED_TOO_LARGE: &str = "feed_too_large";
    /// 415: a body of this type, or packed like this, is not read; `detail` says which are.
    pub const UNSUPPORTED_TYPE: &str = "unsupported_type";
    /// 413: the body is too large.
    pub const TOO_LARGE: &str = "too_large";
    /// 429: too many requests; `Retry-After` says when.
    pub const RATE_LIMITED: &str = "rate_limited";
    /// 503: the database does not answer; try again.
    pub const UNAVAILABLE: &str = "unavailable";
    /// 503: the database's disk is full; nothing was written, reading goes on.
    pub const STORAGE_FULL: &str = "storage_full";
    /// 500: our fault; logged.
    pub const INTERNAL: &str = "internal";
}
