//! The OpenAPI description, generated from the handlers, and the routers that it describes.

use axum::Router;
use devanture_api::event;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, HttpMethod, Object, OpenApi as Document, PathItem, PathsBuilder, Ref, Required, Response,
        Type,
        path::{OperationBuilder, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
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
    modifiers(&Keys, &Webhooks),
    components(schemas(devanture_api::event::Event, devanture_api::event::SourceEvent)),
    tags(
        (name = "site", description = "What a shop has configured"),
        (name = "stores", description = "Finding stores"),
        (name = "stock", description = "Products, which stores hold them, and reserving them"),
        (name = "reviews", description = "What shoppers say of products and of stores"),
        (name = "appointments", description = "Appointments with an adviser"),
        (name = "admin", description = "What staff and programs ask. The session's cookie works from pages of the server's own origin"),
        (name = "feeds", description = "Products, stock and sales from and for other programs: a secret key with the scope feeds, or head office"),
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

/// What the server asks of the shop's programs.
struct Webhooks;

impl Modify for Webhooks {
    fn modify(&self, document: &mut Document) {
        let header = |name: &str, description: &str| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Header)
                .required(Required::True)
                .description(Some(description))
                .schema(Some(Object::with_type(Type::String)))
                .build()
        };
        let of = |event: &str, summary: &str| {
            let body = Content::new(Some(Ref::from_schema_name(event)));
            let told = OperationBuilder::new()
            .summary(Some(summary))
            .description(Some(
                "Sent to each address of `devanture webhook add --url`, in the form of Standard Webhooks. Any 2xx within 10 seconds \
                 says that it was heard; 410 that it never wants to be; after anything else it is sent again for three days, with \
                 the same webhook-id. Events may come twice and out of order. Redirects are not followed.",
            ))
            .parameter(header(event::ID_HEADER, "The event's id, the same each time that it is sent"))
            .parameter(header(event::TIMESTAMP_HEADER, "When it was sent, in whole seconds since 1970 UTC"))
            .parameter(header(
                event::SIGNATURE_HEADER,
                "`v1,` and the base64 HMAC-SHA256, by the bytes that the secret's base64 stands for, of `{webhook-id}.{webhook-timestamp}.{body}`",
            ))
            .request_body(Some(
                RequestBodyBuilder::new()
                    .content("application/json", body)
                    .required(Some(Required::True))
                    .build(),
            ))
            .response("2XX", Response::new("It was heard"))
            .response("410", Response::new("It is not to be sent again"))
            .build();
            PathItem::new(HttpMethod::Post, told)
        };
        let webhooks =
            PathsBuilder::new().path("reservation", of("Event", "Something happened to a reservation")).path(
                "source",
                of("SourceEvent", "A feed that is fetched was not heard for too long, or is again"),
            );
        document.webhooks = Some(webhooks.build());
    }
}

/// The routes, by who may ask.
pub(crate) struct Routers {
    /// Those that need a site's publishable key.
    pub(crate) storefront: Router<App>,
    /// Those of them that take as long as a shopper's network needs for a picture.
    pub(crate) uploads: Router<App>,
    /// Those of staff and of programs with a secret key.
    pub(crate) admin: Router<App>,
    /// Those of them that may take as long as a file does.
    pub(crate) feeds: Router<App>,
    /// Those that need none.
    pub(crate) open: Router<App>,
    /// Those of the shop's programs, which sign what they send.
    pub(crate) signed: Router<App>,
}

pub(crate) fn routers() -> Routers {
    described().0
}

fn described() -> (Routers, Document) {
    use endpoints::{
        admin, alert, appointment, availability, book, calendar, cancel, health, payment, product,
        reservation, reservation_proposal, reserve, reviews, site, slots, store, store_index, stores,
        suggest,
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
        .merge(sizes())
        .routes(routes!(availability::availability))
        .routes(routes!(availability::similar::similar))
        .routes(routes!(reserve::reserve))
        .routes(routes!(reservation::reservation, reservation::cancel))
        .routes(routes!(reservation_proposal::take))
        .routes(routes!(alert::alert))
        .routes(routes!(book::book))
        .routes(routes!(appointment::appointment, cancel::cancel))
        .routes(routes!(reviews::reviews, reviews::write::write))
        .routes(routes!(reviews::ratings::ratings))
        .routes(routes!(ssr::reviews::reviews))
        .routes(routes!(reviews::invitation::invitation))
        .routes(routes!(reviews::own::own, reviews::own::edit::edit, reviews::own::delete::delete))
        .routes(routes!(reviews::own::messages::say))
        .routes(routes!(reviews::vote::vote))
        .routes(routes!(reviews::report::report))
        .split_for_parts();
    let (uploads, of_uploads) =
        OpenApiRouter::new().routes(routes!(reviews::photo::upload::upload)).split_for_parts();
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
        .routes(routes!(admin::stock_moves::moves))
        .routes(routes!(
            admin::size_charts::size_charts,
            admin::size_charts::put::put,
            admin::size_charts::remove::remove
        ))
        .routes(routes!(admin::size_figures::size_figures))
        .routes(routes!(admin::sources::sources))
        .routes(routes!(admin::reviews::reviews))
        .routes(routes!(admin::reviews::details::details))
        .routes(routes!(admin::reviews::decide::decide))
        .routes(routes!(admin::reviews::answer::answer, admin::reviews::answer::take_back))
        .routes(routes!(admin::reviews::messages::say))
        .routes(routes!(admin::reviews::messages::put_aside))
        .routes(routes!(admin::reviews::figures::figures))
        .routes(routes!(admin::reviews::requests::request, admin::reviews::requests::list::list))
        .routes(routes!(admin::reviews::photo::refuse))
        .routes(routes!(admin::reviews::phrases::phrases))
        .routes(routes!(admin::reviews::export_person::export))
        .routes(routes!(admin::reviews::erase_person::erase))
        .split_for_parts();
    let (feeds, of_feeds) = OpenApiRouter::new()
        .routes(routes!(admin::feeds::receive::stock))
        .routes(routes!(admin::feeds::receive::products))
        .routes(routes!(admin::feeds::receive::sales))
        .routes(routes!(admin::feeds::feeds))
        .routes(routes!(admin::feeds::feed))
        .routes(routes!(admin::feeds::decide::accept))
        .routes(routes!(admin::feeds::decide::refuse))
        .routes(routes!(admin::feeds::export::inventory))
        .routes(routes!(admin::reviews::export::reviews))
        .split_for_parts();
    let (open, of_open) = OpenApiRouter::new()
        .routes(routes!(calendar::appointment::calendar))
        .routes(routes!(calendar::reservation::calendar))
        .routes(routes!(reviews::photo::photo))
        .routes(routes!(ssr::reviews::sheet::sheet))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .split_for_parts();
    let (signed, of_signed) = OpenApiRouter::new().routes(routes!(payment::pay)).split_for_parts();
    let document = document
        .merge_from(of_uploads)
        .merge_from(of_admin)
        .merge_from(of_feeds)
        .merge_from(of_open)
        .merge_from(of_signed);
    (Routers { storefront, uploads, admin, feeds, open, signed }, document)
}

fn sizes() -> OpenApiRouter<App> {
    use endpoints::{size_chart, size_figures, size_memory, sizes};
    OpenApiRouter::new()
        .routes(routes!(sizes::sizes))
        .routes(routes!(size_chart::size_chart))
        .routes(routes!(size_figures::count))
        .routes(routes!(
            size_memory::size_memory,
            size_memory::create::create,
            size_memory::put::put,
            size_memory::erase::erase
        ))
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
    fn only_what_a_path_names_is_in_it() {
        let document = serde_json::to_value(described().1).unwrap();
        let mut named = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let in_path = parameters.filter(|one| one["in"] == "path");
                let in_path: Vec<_> =
                    in_path.map(|one| format!("{{{}}}", one["name"].as_str().unwrap())).collect();
                assert!(in_path.iter().all(|name| path.contains(name)), "{path}: {in_path:?}");
                assert_eq!(in_path.len(), path.matches('{').count(), "{path}");
                named += in_path.len();
            }
        }
        assert!(named > 0);
    }

    #[test]
    fn describes_the_routes_of_the_contract() {
        let (_, document) = described();
        let paths = STOREFRONT_PATHS.into_iter().chain(ADMIN_PATHS);
        let open = [
            devanture_api::routes::APPOINTMENT_ICS,
            devanture_api::routes::RESERVATION_ICS,
            devanture_api::routes::PAYMENTS,
            devanture_api::routes::REVIEW_PHOTO,
            devanture_api::routes::SSR_REVIEWS_SHEET,
        ];
        for path in paths.chain(open) {
            assert!(document.paths.paths.contains_key(path), "{path}");
        }
    }
}
