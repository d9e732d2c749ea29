//! Errors on the wire, RFC 9457. What caused them is logged here once and never sent. One file, as long as it is: a list of errors.

use std::borrow::Cow;

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use devanture_api::{
    event::SIGNATURE_HEADER,
    problem::{Problem, code},
    routes::CUSTOMER_HEADER,
};
use devanture_domain::{reservation::State, review};
use devanture_storage::StorageError;

use crate::{clock::EntropyError, webhooks::signature::Doubt};

/// Media type of a problem.
pub(crate) const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// What a handler answers when it cannot do what was asked.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: Option<Cow<'static, str>>,
    field: Option<Cow<'static, str>>,
    retry_after_s: Option<u64>,
}

impl ApiError {
    const fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self { status, code, title, detail: None, field: None, retry_after_s: None }
    }

    fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    pub(crate) fn key_missing() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::KEY_MISSING, "A publishable key is needed")
            .detail("Send the site's key in the header Devanture-Key, or as ?key= with a GET.")
    }

    pub(crate) fn key_malformed() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::KEY_MALFORMED, "This is not a publishable key")
            .detail("A key is pk_ followed by at least 24 letters and digits.")
    }

    pub(crate) fn key_unknown() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::KEY_UNKNOWN, "No site has this key")
            .detail("Check the key with `devanture site list`.")
    }

    pub(crate) fn origin_not_allowed() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::ORIGIN_NOT_ALLOWED, "The key may not be used on this origin")
            .detail("Add the origin to the site's allowed origins.")
    }

    pub(crate) fn origin_missing() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            code::ORIGIN_NOT_ALLOWED,
            "The key may not be used without an origin",
        )
        .detail("Browsers send the page's origin with whatever they write; a program is given a secret key.")
    }

    pub(crate) fn invalid(field: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(
            StatusCode::BAD_REQUEST,
            code::INVALID_INPUT,
            "The request is not of the documented form",
        )
        .detail(detail);
        error.field = Some(field.into());
        error
    }

    pub(crate) fn invalid_body(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code::INVALID_INPUT, "The request is not of the documented form")
            .detail(detail)
    }

    pub(crate) fn sign_in_failed() -> Self {
        // The same words whatever is wrong: they must not tell who has an account.
        Self::new(StatusCode::UNAUTHORIZED, code::SIGN_IN_FAILED, "Login and password do not belong together")
            .detail(
                "Check both. If you sign in to several networks with this login, name the network as well.",
            )
    }

    pub(crate) fn locked_out(retry_after_s: u64) -> Self {
        let mut error =
            Self::new(StatusCode::TOO_MANY_REQUESTS, code::LOCKED_OUT, "Too many sign-ins have failed")
                .detail("Wait for the seconds given in Retry-After.");
        error.retry_after_s = Some(retry_after_s.max(1));
        error
    }

    pub(crate) fn not_signed_in() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            code::NOT_SIGNED_IN,
            "Nobody is signed in, or the session has ended",
        )
        .detail("Sign in with POST /admin/v1/session.")
    }

    pub(crate) fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code::FORBIDDEN, "This is not allowed").detail(detail)
    }

    pub(crate) fn store_not_yours() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::STORE_NOT_YOURS, "This store is not among yours")
            .detail("Head office sets the stores of each account with `devanture staff set-stores`.")
    }

    pub(crate) fn cross_site() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::CROSS_SITE, "The request comes from another origin")
            .detail("Only pages of the server's own public address may do this; programs use a secret key.")
    }

    pub(crate) fn weak_password(detail: &'static str) -> Self {
        let mut error =
            Self::new(StatusCode::BAD_REQUEST, code::WEAK_PASSWORD, "This password is too easily guessed")
                .detail(detail);
        error.field = Some("new".into());
        error
    }

    pub(crate) fn wrong_password() -> Self {
        let mut error =
            Self::new(StatusCode::FORBIDDEN, code::WRONG_PASSWORD, "The current password is another one");
        error.field = Some("current".into());
        error
    }

    pub(crate) fn secret_key_missing() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::KEY_MISSING, "A secret key is needed")
            .detail("Send it as Authorization: Bearer sk_…")
    }

    pub(crate) fn secret_key_malformed() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::KEY_MALFORMED, "This is not a secret key")
            .detail("Send Authorization: Bearer and sk_ followed by letters and digits; pk_ keys are for storefronts.")
    }

    pub(crate) fn secret_key_unknown() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::KEY_UNKNOWN, "This secret key was revoked or never given")
            .detail("See the keys with `devanture key list`.")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, "There is nothing at this address")
    }

    pub(crate) fn store_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::STORE_NOT_FOUND, "The site shows no store with this code")
    }

    pub(crate) fn slot_taken() -> Self {
        Self::new(StatusCode::CONFLICT, code::SLOT_TAKEN, "This time is not free any more")
            .detail("Ask for the free times again and choose another.")
    }

    pub(crate) fn size_chart_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::SIZE_CHART_NOT_FOUND, "There is no such size chart")
            .detail("Charts are added with `devanture import size-charts`, or PUT /admin/v1/size-charts.")
    }

    pub(crate) fn size_memory_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::SIZE_MEMORY_NOT_FOUND, "No such size memory is kept here")
            .detail("POST keeps one. A link works on the sites of its own network, until nobody has used it for 13 months.")
    }

    pub(crate) fn size_memory_erased() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::SIZE_MEMORY_ERASED, "This size memory was erased")
            .detail("Its owner has erased it everywhere: erase what is left of it on this device.")
    }

    pub(crate) fn product_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::PRODUCT_NOT_FOUND, "The network sells no such product")
    }

    pub(crate) fn reservation_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::RESERVATION_NOT_FOUND, "There is no such reservation")
    }

    pub(crate) fn wrong_pickup_code() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::WRONG_PICKUP_CODE, "This is not the reservation's pickup code")
            .detail("Ask the shopper to show it again; letters' case, spaces and dashes do not matter.")
    }

    pub(crate) fn not_enough(sku: String) -> Self {
        let mut error =
            Self::new(StatusCode::CONFLICT, code::NOT_ENOUGH, "There are not so many pieces any more")
                .detail("Ask for the availability again and choose another store, or fewer pieces.");
        error.field = Some(sku.into());
        error
    }

    pub(crate) fn changed_meanwhile() -> Self {
        Self::new(StatusCode::CONFLICT, code::CHANGED_MEANWHILE, "Somebody else has changed it meanwhile")
            .detail("Look at it again, and send the change anew if it is still needed.")
    }

    pub(crate) fn not_possible(state: State) -> Self {
        Self::new(StatusCode::CONFLICT, code::NOT_POSSIBLE, "The reservation is past that")
            .detail(format!("It is {}.", state.as_str()))
    }

    pub(crate) fn no_proposal() -> Self {
        Self::new(StatusCode::CONFLICT, code::NO_PROPOSAL, "The store proposes nothing, or not any more")
            .detail("Ask for the reservation again; it carries the proposal as long as it is open.")
    }

    pub(crate) fn doubted(doubt: Doubt) -> Self {
        match doubt {
            Doubt::Malformed => Self::invalid(
                SIGNATURE_HEADER,
                "send webhook-id, webhook-timestamp in seconds and webhook-signature, as Standard Webhooks has them",
            ),
            Doubt::Forged => Self::new(
                StatusCode::UNAUTHORIZED,
                code::SIGNATURE_INVALID,
                "The signature is not of this body by this secret",
            )
            .detail("Sign {webhook-id}.{webhook-timestamp}.{body}, the body byte for byte as it is sent, with the secret of `devanture webhook add --payments`."),
            Doubt::Late => Self::new(
                StatusCode::UNAUTHORIZED,
                code::SIGNATURE_EXPIRED,
                "The signature was not made just now",
            )
            .detail("Sign each attempt anew, with the time of sending; check the clock if it is more than five minutes off."),
        }
    }

    pub(crate) fn customer_doubted(doubt: Doubt) -> Self {
        match doubt {
            Doubt::Malformed => {
                Self::invalid(CUSTOMER_HEADER, "is <customer id>.<unix seconds>.<base64url HMAC-SHA256>")
            }
            Doubt::Forged => Self::new(
                StatusCode::UNAUTHORIZED,
                code::SIGNATURE_INVALID,
                "The signature is not of this customer by this network's secret",
            )
            .detail("Sign {customer id}.{unix seconds} with the secret of `devanture webhook add --customers`, on the shop's server."),
            Doubt::Late => Self::new(
                StatusCode::UNAUTHORIZED,
                code::SIGNATURE_EXPIRED,
                "The customer's signature was made more than 24 hours ago, or ahead of time",
            )
            .detail("Sign anew with each page; check the clock if it is more than five minutes ahead."),
        }
    }

    pub(crate) fn payment_mismatch() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            code::PAYMENT_MISMATCH,
            "This payment was told before, of another reservation or another sum",
        )
        .detail("Give each payment a name of its own.")
    }

    pub(crate) fn not_payable() -> Self {
        Self::new(StatusCode::CONFLICT, code::NOT_PAYABLE, "The reservation is paid in the store")
            .detail("Reserve with \"checkout\": true for what is paid in the checkout.")
    }

    pub(crate) fn too_many_open() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::TOO_MANY_OPEN, "Too many reservations are open")
            .detail("Collect or cancel one first.")
    }

    pub(crate) fn too_many_missed() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::TOO_MANY_MISSED, "Too many reservations were not collected")
            .detail("Come to the store without one.")
    }

    pub(crate) fn available_now() -> Self {
        Self::new(StatusCode::CONFLICT, code::AVAILABLE_NOW, "It can be had now")
            .detail("GET /v1/availability says where.")
    }

    pub(crate) fn too_many_alerts() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::TOO_MANY_ALERTS, "This person waits for too many things")
            .detail("Wait until one of them is back, or for a day after the last that was.")
    }

    pub(crate) fn alerts_full() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            code::ALERTS_FULL,
            "So many wait on this site that no more are taken",
        )
        .detail("Try again another day.")
    }

    pub(crate) fn alerts_off() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code::MAIL_OFF, "The server sends no mail")
            .detail("Start it with --mail: whoever waits is told by mail and not otherwise.")
    }

    pub(crate) fn review_not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            code::REVIEW_NOT_FOUND,
            "There is no such review, or it is not shown",
        )
    }

    pub(crate) fn review_past(state: review::State) -> Self {
        Self::new(StatusCode::CONFLICT, code::REVIEW_PAST, "The review is past that")
            .detail(format!("It is {}.", state.as_str()))
    }

    pub(crate) fn conversation_closed(silence: review::Silence) -> Self {
        let why = match silence {
            review::Silence::Deleted => "The review was deleted.",
            review::Silence::NotBegun => "The shop has not answered yet: its answer opens the conversation.",
            review::Silence::Unanswered => "Wait for the shop's answer; it has all that was said.",
            review::Silence::Unreachable => {
                "The author could not be told: they left no address, or the server sends no mail."
            }
            review::Silence::Full => "It is as long as it may be; call each other.",
        };
        Self::new(StatusCode::CONFLICT, code::CONVERSATION_CLOSED, "Nothing can be said here now").detail(why)
    }

    pub(crate) fn link_needed() -> Self {
        Self::new(StatusCode::FORBIDDEN, code::LINK_NEEDED, "Reviews are written by a link that was sent")
            .detail("Open the link of the message that came after the purchase or the visit.")
    }

    pub(crate) fn link_unknown() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::LINK_UNKNOWN, "This link was never sent")
            .detail("Open the whole link of the message; it may have been cut off.")
    }

    pub(crate) fn link_used() -> Self {
        Self::new(StatusCode::CONFLICT, code::LINK_USED, "A review was written by this link already")
            .detail("It is changed by the author's own link, which came with the answer and by mail.")
    }

    pub(crate) fn link_expired() -> Self {
        Self::new(StatusCode::GONE, code::LINK_EXPIRED, "The time to write by this link is over")
    }

    pub(crate) fn link_for_other() -> Self {
        let mut error = Self::new(
            StatusCode::FORBIDDEN,
            code::LINK_FOR_OTHER,
            "The link is for another product or store",
        )
        .detail("Ask what it is for with GET /v1/reviews/invitations/{token}.");
        error.field = Some("link".into());
        error
    }

    pub(crate) fn photo_unreadable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code::PHOTO_UNREADABLE, "The picture cannot be read")
            .detail(detail)
    }

    pub(crate) fn photo_too_large(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, code::PHOTO_TOO_LARGE, "The picture is too large")
            .detail(detail)
    }

    pub(crate) fn mail_off() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code::MAIL_OFF, "The server sends no mail").detail(
            "Start it with --mail, or leave the person out and send the link that comes in the answer.",
        )
    }

    pub(crate) fn idempotency_mismatch() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            code::IDEMPOTENCY_MISMATCH,
            "This idempotency key was used with another body",
        )
        .detail("Draw a new key for a new request.")
    }

    pub(crate) fn feed_busy(detail: String) -> Self {
        Self::new(StatusCode::CONFLICT, code::FEED_BUSY, "Another feed of this source is being taken in")
            .detail(detail)
    }

    pub(crate) fn feed_not_held(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, code::FEED_NOT_HELD, "The feed is not held").detail(detail)
    }

    pub(crate) fn feed_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, code::FEED_NOT_FOUND, "There is no feed of this number")
            .detail("GET /admin/v1/feeds lists them.")
    }

    pub(crate) fn feed_unreadable(detail: String) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            code::FEED_UNREADABLE,
            "The body cannot be read as a feed; nothing was taken in",
        )
        .detail(detail)
    }

    pub(crate) fn feed_too_large(detail: String) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, code::FEED_TOO_LARGE, "The feed is too large").detail(detail)
    }

    pub(crate) fn unsupported_type(field: &'static str, detail: &'static str) -> Self {
        let mut error = Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            code::UNSUPPORTED_TYPE,
            "A body of this type is not read",
        )
        .detail(detail);
        error.field = Some(field.into());
        error
    }

    pub(crate) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE, "The body is too large")
    }

    pub(crate) fn rate_limited(retry_after_s: u64) -> Self {
        let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, code::RATE_LIMITED, "Too many requests")
            .detail("Wait for the seconds given in Retry-After.");
        error.retry_after_s = Some(retry_after_s.max(1));
        error
    }

    pub(crate) fn unavailable() -> Self {
        let mut error = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            code::UNAVAILABLE,
            "The service does not answer in time",
        )
        .detail("Try again shortly.");
        error.retry_after_s = Some(2);
        error
    }

    fn storage_full() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            code::STORAGE_FULL,
            "The service has no room left to write to",
        )
        .detail("Nothing was kept of this request. It can be sent again once the database's disk has room.")
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            code::INTERNAL,
            "Something is wrong on our side; it was logged",
        )
    }

    /// The problem that fits an error response made by a library.
    pub(crate) fn for_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => {
                Self::new(status, code::INVALID_INPUT, "This address does not take this method")
            }
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            StatusCode::TOO_MANY_REQUESTS => Self::rate_limited(1),
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                Self::unavailable()
            }
            status if status.is_client_error() => {
                Self::new(status, code::INVALID_INPUT, "The request is not of the documented form")
            }
            _ => Self::internal(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = Problem {
            kind: format!("https://devanture.dev/problems/{}", self.code),
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: self.detail.map(Cow::into_owned),
            field: self.field.map(Cow::into_owned),
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, PROBLEM_JSON);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        tracing::error!(%error, "storage failed");
        match error {
            _ if error.is_full() => Self::storage_full(),
            _ if error.is_unavailable() => Self::unavailable(),
            _ => Self::internal(),
        }
    }
}

impl From<EntropyError> for ApiError {
    fn from(error: EntropyError) -> Self {
        tracing::error!(%error, "no randomness");
        Self::internal()
    }
}
