//! Paths of the API, shared by the router and the browser clients: those of storefronts below `/v1/`, those
//! of staff and of programs in [`admin`].

/// The header that carries a site's publishable key. A `GET` may carry it as the query parameter
/// `key` instead: without a header of its own a cross-origin request needs no preflight, which
/// saves a shopper's first paint a round trip.
pub const KEY_HEADER: &str = "Devanture-Key";
/// See [`KEY_HEADER`].
pub const KEY_PARAM: &str = "key";
/// Header by which a write is recognised when it is sent again.
pub const IDEMPOTENCY_HEADER: &str = "Idempotency-Key";

/// Header with the token of a private link to a size memory: addresses are logged on the way.
pub const SIZE_MEMORY_HEADER: &str = "Devanture-Size-Memory";
/// Header with the id of a customer of the shop, signed by it: `<id>.<unix seconds>.<base64url HMAC-SHA256>`.
pub const CUSTOMER_HEADER: &str = "Devanture-Customer";

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
/// `GET` [`crate::size::SizesParams`] → [`crate::size::SizesPage`].
pub const SIZES: &str = "/v1/sizes";
/// `GET` [`crate::size::SizeChartParams`] → [`crate::size::SizeChart`].
pub const SIZE_CHART: &str = "/v1/size-chart";
/// `POST` [`crate::size::SizeCounts`] → 204.
pub const SIZE_FIGURES: &str = "/v1/size-figures";
/// `POST` [`crate::size_memory::NewSizeMemory`] → 201, `GET`, `PUT` [`crate::size_memory::SizeMemoryChange`] →
/// [`crate::size_memory::SizeMemory`], `DELETE` → 204. Whose it is says [`SIZE_MEMORY_HEADER`] or [`CUSTOMER_HEADER`].
pub const SIZE_MEMORY: &str = "/v1/size-memory";
/// `GET` [`crate::availability::AvailabilityParams`] → [`crate::availability::AvailabilityPage`].
pub const AVAILABILITY: &str = "/v1/availability";
/// `GET` [`crate::similar::SimilarParams`] → [`crate::similar::SimilarPage`].
pub const SIMILAR: &str = "/v1/availability/similar";
/// `POST` [`crate::reservation::ReservationRequest`] → 201 [`crate::reservation::Reservation`].
pub const RESERVATIONS: &str = "/v1/reservations";
/// `GET`, `DELETE` → [`crate::reservation::Reservation`]; the token is the shopper's private link.
pub const RESERVATION: &str = "/v1/reservations/{token}";
/// `POST` → [`crate::reservation::Reservation`]: takes what the store proposed instead.
pub const RESERVATION_PROPOSAL: &str = "/v1/reservations/{token}/proposal";
/// `POST` [`crate::reservation::PaymentReport`] → [`crate::reservation::PaymentTaken`]; signed, needs no key. The id is that of
/// `devanture webhook add --payments`.
pub const PAYMENTS: &str = "/v1/payments/{id}";
/// `POST` [`crate::alert::AlertRequest`] → 201 [`crate::alert::Alert`].
pub const ALERTS: &str = "/v1/alerts";
/// `GET` → a page that the letter of an alert links to; needs no key.
pub const ALERT_PAGE: &str = "/alerts/{token}";
/// `GET` → `text/calendar`: when it can be fetched; needs no key, so that a plain link works.
pub const RESERVATION_ICS: &str = "/v1/reservations/{token}/calendar.ics";
/// `GET` → a page with the reservation, which messages link to; needs no key.
pub const RESERVATION_PAGE: &str = "/reservations/{token}";

/// `GET` [`crate::review::ReviewParams`] → [`crate::review::ReviewPage`]; `POST` [`crate::review::ReviewRequest`] → 201
/// [`crate::review::OwnReview`].
pub const REVIEWS: &str = "/v1/reviews";
/// `GET` [`crate::review::RatingParams`] → [`crate::review::RatingList`].
pub const RATINGS: &str = "/v1/ratings";
/// `GET` [`crate::review::ReviewParams`] → summary and first page as HTML, with linked data.
pub const SSR_REVIEWS: &str = "/v1/ssr/reviews";
/// `GET` → styles for that HTML. Needs no key.
pub const SSR_REVIEWS_SHEET: &str = "/v1/ssr/reviews.css";
/// `GET` → [`crate::review::ReviewInvitation`]; the token is that of the link that was sent.
pub const REVIEW_INVITATION: &str = "/v1/reviews/invitations/{token}";
/// `GET`, `PUT` [`crate::review::ReviewRequest`], `DELETE` → [`crate::review::OwnReview`]; the token is the author's.
pub const OWN_REVIEW: &str = "/v1/reviews/own/{token}";
/// `POST` [`crate::review::NewPrivateMessage`] → 201 [`crate::review::OwnReview`]; the token is the author's.
pub const OWN_REVIEW_MESSAGES: &str = "/v1/reviews/own/{token}/messages";
/// `POST` [`crate::review::ReviewVote`] → [`crate::review::ReviewVotes`].
pub const REVIEW_VOTES: &str = "/v1/reviews/{id}/votes";
/// `POST` [`crate::review::ReviewReport`] → 204.
pub const REVIEW_REPORTS: &str = "/v1/reviews/{id}/reports";
/// `POST` a picture → 201 [`crate::review::ReviewPhoto`].
pub const REVIEW_PHOTOS: &str = "/v1/review-photos";
/// `GET` → a JPEG; the size is `large` or `small`. Needs no key.
pub const REVIEW_PHOTO: &str = "/v1/review-photos/{id}/{size}";

/// What staff and programs ask, below `/admin/v1/`: by the cookie of a session, or by a secret key in
/// `Authorization: Bearer sk_…`. The cookie works from pages of the server's own origin only.
pub mod admin {
    /// The session's cookie where the server is reached by https. The prefix has browsers refuse it from any
    /// other host, and without `Secure`.
    pub const COOKIE: &str = "__Host-devanture_session";
    /// The same on the developer's own machine, by plain http.
    pub const LOCAL_COOKIE: &str = "devanture_session";

    /// `POST` [`crate::staff::SignIn`] → [`crate::staff::Session`] and the cookie; `GET` →
    /// [`crate::staff::Session`]; `DELETE` → 204, signed out.
    pub const SESSION: &str = "/admin/v1/session";
    /// `POST` [`crate::staff::PasswordChange`] → [`crate::staff::Session`] and a new cookie; ends all other
    /// sessions.
    pub const SESSION_PASSWORD: &str = "/admin/v1/session/password";
    /// `GET` → [`crate::staff::KeyInfo`] of the secret key that is sent.
    pub const KEY: &str = "/admin/v1/key";
    /// `GET` [`crate::staff::AuditParams`] → [`crate::staff::AuditPage`].
    pub const AUDIT: &str = "/admin/v1/audit";
    /// `GET` → [`crate::admin::StaffStores`].
    pub const STORES: &str = "/admin/v1/stores";
    /// `POST` a feed, [`crate::feed::StockFeedParams`] → [`crate::feed::FeedReport`].
    pub const FEEDS_STOCK: &str = "/admin/v1/feeds/stock";
    /// `POST` a feed, [`crate::feed::ProductFeedParams`] → [`crate::feed::FeedReport`].
    pub const FEEDS_PRODUCTS: &str = "/admin/v1/feeds/products";
    /// `POST` a feed, [`crate::feed::SalesFeedParams`] → [`crate::feed::FeedReport`].
    pub const FEEDS_SALES: &str = "/admin/v1/feeds/sales";
    /// `GET` [`crate::feed::FeedParams`] → [`crate::feed::FeedPage`].
    pub const FEEDS: &str = "/admin/v1/feeds";
    /// `GET` → [`crate::feed::FeedReport`].
    pub const FEED: &str = "/admin/v1/feeds/{id}";
    /// `POST` → [`crate::feed::FeedReport`] of a held feed, applied.
    pub const FEED_ACCEPT: &str = "/admin/v1/feeds/{id}/accept";
    /// `POST` → [`crate::feed::FeedReport`] of a held feed, refused.
    pub const FEED_REFUSE: &str = "/admin/v1/feeds/{id}/refuse";
    /// `GET` → [`crate::source::Sources`].
    pub const SOURCES: &str = "/admin/v1/sources";
    /// `POST` [`crate::moves::StockMoves`] → [`crate::moves::StockMovesAnswer`].
    pub const STOCK_MOVES: &str = "/admin/v1/stock/moves";
    /// `GET` [`crate::feed::InventoryParams`] → Google's local inventory.
    pub const EXPORT_INVENTORY: &str = "/admin/v1/exports/google-local-inventory";
    /// `GET` [`crate::admin::StaffReservationParams`] → [`crate::admin::StaffReservations`].
    pub const RESERVATIONS: &str = "/admin/v1/reservations";
    /// `POST` [`crate::admin::StaffAction`] → [`crate::admin::StaffReservation`].
    pub const RESERVATION_ACTIONS: &str = "/admin/v1/reservations/{id}/actions";
    /// `GET` [`crate::staff_stock::StaffStockParams`] → [`crate::staff_stock::StaffStock`].
    pub const STOCK: &str = "/admin/v1/stock";
    /// `GET` [`crate::staff_stock::StaffVariantParams`] → [`crate::staff_stock::StaffVariant`].
    pub const STOCK_VARIANT: &str = "/admin/v1/stock/variant";
    /// `POST` [`crate::staff_stock::StockCount`] → [`crate::staff_stock::CountedStock`].
    pub const STOCK_COUNTS: &str = "/admin/v1/stock/counts";
    /// `GET` → [`crate::staff_store::StaffStoreDetails`]; `PUT` [`crate::staff_store::StaffStoreEdit`] → the same.
    pub const STORE: &str = "/admin/v1/stores/{code}";
    /// `DELETE` → [`crate::staff_store::StaffStoreDetails`], the field as head office says it.
    pub const STORE_OWN: &str = "/admin/v1/stores/{code}/own/{field}";
    /// `POST` [`crate::staff_order::StaffOrderRequest`] → 201 [`crate::staff_order::StaffOrder`].
    pub const ORDERS: &str = "/admin/v1/orders";
    /// `GET` → [`crate::size::SizeCharts`]; `PUT` [`crate::size::SizeChart`] → the same; `DELETE`
    /// [`crate::size::SizeChartName`] → 204.
    pub const SIZE_CHARTS: &str = "/admin/v1/size-charts";
    /// `GET` [`crate::size::SizeFiguresParams`] → [`crate::size::SizeFigures`].
    pub const SIZE_FIGURES: &str = "/admin/v1/size-figures";
    /// `GET ?store=…` → an event stream: `hello`, then `changed` whenever something has changed at the store, and `beat`.
    pub const EVENTS: &str = "/admin/v1/events";
    /// `GET` [`crate::staff_review::StaffReviewParams`] → [`crate::staff_review::StaffReviewPage`].
    pub const REVIEWS: &str = "/admin/v1/reviews";
    /// `GET` → [`crate::staff_review::StaffReviewDetails`].
    pub const REVIEW: &str = "/admin/v1/reviews/{id}";
    /// `POST` [`crate::staff_review::ReviewDecisions`] → [`crate::staff_review::ReviewDecided`].
    pub const REVIEW_DECISIONS: &str = "/admin/v1/reviews/decisions";
    /// `PUT` [`crate::staff_review::StaffAnswer`], `DELETE` → [`crate::staff_review::StaffReview`].
    pub const REVIEW_ANSWER: &str = "/admin/v1/reviews/{id}/answer";
    /// `POST` [`crate::review::NewPrivateMessage`] → 201 [`crate::staff_review::StaffConversation`].
    pub const REVIEW_MESSAGES: &str = "/admin/v1/reviews/{id}/messages";
    /// `DELETE` → [`crate::staff_review::StaffConversation`].
    pub const REVIEW_WAITING: &str = "/admin/v1/reviews/{id}/messages/waiting";
    /// `POST` [`crate::staff_review::PhotoRefusal`] → [`crate::staff_review::StaffReview`].
    pub const REVIEW_PHOTO_REFUSAL: &str = "/admin/v1/reviews/{id}/photos/{photo}/refusal";
    /// `GET` [`crate::staff_review::FigureParams`] → [`crate::review::ReviewSummary`].
    pub const REVIEW_FIGURES: &str = "/admin/v1/reviews/figures";
    /// `POST` [`crate::staff_review::ReviewRequests`] → [`crate::staff_review::ReviewRequestsMade`]; `GET`
    /// [`crate::staff_review::ReviewRequestParams`] → [`crate::staff_review::ReviewRequestPage`].
    pub const REVIEW_REQUESTS: &str = "/admin/v1/reviews/requests";
    /// `POST` [`crate::person::ReviewPerson`] → [`crate::person::PersonData`].
    pub const REVIEW_PERSON_EXPORT: &str = "/admin/v1/reviews/people/export";
    /// `POST` [`crate::person::ReviewPerson`] → [`crate::person::PersonErased`].
    pub const REVIEW_PERSON_ERASE: &str = "/admin/v1/reviews/people/erase";
    /// `GET` [`crate::staff_review::PhraseParams`] → [`crate::staff_review::Phrases`].
    pub const REVIEW_PHRASES: &str = "/admin/v1/reviews/phrases";
    /// `GET` → Google's product reviews feed, XML.
    pub const EXPORT_REVIEWS: &str = "/admin/v1/exports/google-product-reviews";
}
