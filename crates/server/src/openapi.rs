//! The OpenAPI description, generated from the handlers, and the routers that it describes.

use axum::Router;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{App, endpoints, ssr};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Devanture API",
        description = "What Devanture's widgets, the staff console and programs ask of the server. JSON, snake_case; instants (…_at) are milliseconds since 1970 UTC, dates YYYY-MM-DD, coordinates WGS 84 degrees, distances metres. Errors are RFC 9457 problems with a stable code.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    modifiers(&Keys),
    tags(
        (name = "site", description = "What a shop has configured"),
        (name = "stores", description = "Finding stores"),
        (name = "stock", description = "Products, which stores hold them, and reserving them"),
        (name = "appointments", description = "Appointments with an adviser"),
        (name = "admin", description = "What staff and programs ask. The session's cookie works from pages of the server's own origin"),
        (name = "operation", description = "For whatever watches over the server"),
    ),
)]
struct Api;

struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut Document) {
        let key = |value| SecurityScheme::ApiKey(value);
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "key",
            key(ApiKey::Header(ApiKeyValue::with_description(
                devanture_api::routes::KEY_HEADER,
                "The site's publishable key, bound to its origins",
            ))),
        );
        components.add_security_scheme(
            "key_param",
            key(ApiKey::Query(ApiKeyValue::with_description(
                devanture_api::routes::KEY_PARAM,
                "The same in the address of a GET, which spares browsers the preflight",
            ))),
        );
        components.add_security_scheme(
            "session",
            key(ApiKey::Cookie(ApiKeyValue::with_description(
                devanture_api::routes::admin::COOKIE,
                "Someone who has signed in",
            ))),
        );
        components.add_security_scheme(
            "secret_key",
            SecurityScheme::Http(
                HttpBuilder::new()
                    .scheme(HttpAuthScheme::Bearer)
                    .description(Some("A secret key, sk_…, given with `devanture key add`"))
                    .build(),
            ),
        );
    }
}

/// The routes, by who may ask.
pub(crate) struct Routers {
    /// Those that need a site's publishable key.
    pub(crate) storefront: Router<App>,
    /// Those of staff and of programs with a secret key.
    pub(crate) admin: Router<App>,
    /// Those that need none.
    pub(crate) open: Router<App>,
}

pub(crate) fn routers() -> Routers {
    described().0
}

fn described() -> (Routers, Document) {
    use endpoints::{
        admin, appointment, availability, book, calendar, cancel, health, product, reservation, reserve,
        site, slots, store, store_index, stores, suggest,
    };
    let (storefront, document) = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(site::site))
        .routes(routes!(stores::stores))
        .routes(routes!(ssr::store_locator))
        .routes(routes!(store::store))
        .routes(routes!(store_index::store_index))
        .routes(routes!(suggest::suggest))
        .routes(routes!(slots::slots))
        .routes(routes!(product::product))
        .routes(routes!(availability::availability))
        .routes(routes!(reserve::reserve))
        .routes(routes!(reservation::reservation, reservation::cancel))
        .routes(routes!(book::book))
        .routes(routes!(appointment::appointment, cancel::cancel))
        .split_for_parts();
    let (admin, of_admin) = OpenApiRouter::new()
        .routes(routes!(admin::sign_in::sign_in, admin::session::session, admin::sign_out::sign_out))
        .routes(routes!(admin::password::change_password))
        .routes(routes!(admin::key::key))
        .routes(routes!(admin::audit::audit))
        .routes(routes!(admin::stores::stores))
        .routes(routes!(admin::reservations::reservations))
        .routes(routes!(admin::reservations::act::act))
        .routes(routes!(admin::stock::stock))
        .routes(routes!(admin::stock::variant::variant))
        .routes(routes!(admin::stock::count::count))
        .routes(routes!(admin::store::store, admin::store::edit::edit))
        .routes(routes!(admin::store::give_back::give_back))
        .routes(routes!(admin::orders::order))
        .routes(routes!(admin::events::events))
        .split_for_parts();
    let (open, of_open) = OpenApiRouter::new()
        .routes(routes!(calendar::calendar))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .split_for_parts();
    (Routers { storefront, admin, open }, document.merge_from(of_admin).merge_from(of_open))
}

/// The description as JSON, with a line break at its end, as it is committed.
pub fn openapi_json() -> Result<String, serde_json::Error> {
    let (_, document) = described();
    Ok(document.to_pretty_json()? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::router::{ADMIN_PATHS, STOREFRONT_PATHS};

    #[test]
    fn the_committed_description_is_this_one() {
        let committed = include_str!("../openapi.json");
        assert!(
            committed == openapi_json().unwrap(),
            "run `cargo run -p devanture-cli -- openapi > crates/server/openapi.json`"
        );
    }

    #[test]
    fn describes_the_routes_of_the_contract() {
        let (_, document) = described();
        let paths = STOREFRONT_PATHS.into_iter().chain(ADMIN_PATHS);
        for path in paths.chain([devanture_api::routes::APPOINTMENT_ICS]) {
            assert!(document.paths.paths.contains_key(path), "{path}");
        }
    }
}
