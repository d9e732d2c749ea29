//! Paths of the storefront API, shared by the router and the browser client.

/// The header that carries a site's publishable key. A `GET` may carry it as the query parameter
/// `key` instead: without a header of its own a cross-origin request needs no preflight, which
/// saves a shopper's first paint a round trip.
pub const KEY_HEADER: &str = "Devanture-Key";
/// See [`KEY_HEADER`].
pub const KEY_PARAM: &str = "key";
/// Header by which a write is recognised when it is sent again.
pub const IDEMPOTENCY_HEADER: &str = "Idempotency-Key";

/// `GET` → [`crate::site::Site`].
pub const SITE: &str = "/v1/site";
/// `GET` [`crate::suggest::SuggestParams`] → [`crate::suggest::Suggestions`].
pub const SUGGEST: &str = "/v1/suggest";
/// `GET` [`crate::store::StoreParams`] → [`crate::store::StorePage`].
pub const STORES: &str = "/v1/stores";
/// `GET` [`crate::store::StoreParams`], [`crate::store::ViewParams`] → the list drawn, as HTML.
pub const SSR_STORE_LOCATOR: &str = "/v1/ssr/store-locator";
/// `GET` → the compact search index of all the site's stores (`application/octet-stream`).
pub const STORE_INDEX: &str = "/v1/store-index";
/// `GET` → [`crate::store::Store`].
pub const STORE: &str = "/v1/stores/{code}";
/// `GET` [`crate::appointment::SlotParams`] → [`crate::appointment::SlotList`].
pub const SLOTS: &str = "/v1/stores/{code}/slots";
/// `POST` [`crate::appointment::BookingRequest`] → 201 [`crate::appointment::Appointment`].
pub const APPOINTMENTS: &str = "/v1/stores/{code}/appointments";
/// `GET`, `DELETE` → [`crate::appointment::Appointment`]; the token is the shopper's private link.
pub const APPOINTMENT: &str = "/v1/appointments/{token}";
/// `GET` → `text/calendar`; needs no key, so that a plain link works.
pub const APPOINTMENT_ICS: &str = "/v1/appointments/{token}/calendar.ics";
/// `GET` [`crate::product::ProductParams`] → [`crate::product::Product`].
pub const PRODUCT: &str = "/v1/product";
/// `GET` [`crate::availability::AvailabilityParams`] → [`crate::availability::AvailabilityPage`].
pub const AVAILABILITY: &str = "/v1/availability";
/// `POST` [`crate::reservation::ReservationRequest`] → 201 [`crate::reservation::Reservation`].
pub const RESERVATIONS: &str = "/v1/reservations";
/// `GET`, `DELETE` → [`crate::reservation::Reservation`]; the token is the shopper's private link.
pub const RESERVATION: &str = "/v1/reservations/{token}";
