//! The OpenAPI description, generated from the handlers, and the routers that it describes.

use axum::Router;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{ApiKey, ApiKeyValue, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{App, endpoints, ssr};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Devanture storefront API",
        description = "What Devanture's widgets ask of the server. JSON, snake_case; instants (…_at) are milliseconds since 1970 UTC, dates YYYY-MM-DD, coordinates WGS 84 degrees, distances metres. Errors are RFC 9457 problems with a stable code.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    modifiers(&Keys),
    tags(
        (name = "site", description = "What a shop has configured"),
        (name = "stores", description = "Finding stores"),
        (name = "stock", description = "Products, which stores hold them, and reserving them"),
        (name = "appointments", description = "Appointments with an adviser"),
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
    }
}

/// The routes that need a key, and those that need none.
pub(crate) fn routers() -> (Router<App>, Router<App>) {
    let (storefront, open, _) = described();
    (storefront, open)
}

fn described() -> (Router<App>, Router<App>, Document) {
    use endpoints::{
        appointment, availability, book, calendar, cancel, health, product, reservation, reserve, site,
        slots, store, store_index, stores, suggest,
    };
    let (storefront, keyed) = OpenApiRouter::with_openapi(Api::openapi())
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
    let (open, unkeyed) = OpenApiRouter::new()
        .routes(routes!(calendar::calendar))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .split_for_parts();
    (storefront, open, keyed.merge_from(unkeyed))
}

/// The description as JSON, with a line break at its end, as it is committed.
pub fn openapi_json() -> Result<String, serde_json::Error> {
    let (_, _, document) = described();
    Ok(document.to_pretty_json()? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let (_, _, document) = described();
        for path in
            crate::router::STOREFRONT_PATHS.into_iter().chain([devanture_api::routes::APPOINTMENT_ICS])
        {
            assert!(document.paths.paths.contains_key(path), "{path}");
        }
    }
}
