//! What stores hold, products, and reservations.

use devanture_api::{
    alert::AlertRequest,
    availability::{AvailabilityPage, AvailabilityParams},
    product::{Product, ProductParams},
    reservation::{Reservation, ReservationRequest},
    routes,
    similar::{SimilarPage, SimilarParams},
};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::{Answer, Api, query::path, transport};

impl Api {
    /// Stores that hold what is wanted.
    pub fn availability(&self, params: &AvailabilityParams) -> Answer<AvailabilityPage> {
        let mut query = self.query(routes::AVAILABILITY);
        query.add("items", Some(&params.items));
        query.add_number("lat", params.lat);
        query.add_number("lng", params.lng);
        query.add("q", params.q.as_deref());
        query.add("first", params.first.as_deref());
        query.add_number("limit", params.limit.map(f64::from));
        transport::get(&query)
    }

    /// What is like a variant, in its size, and can be had near.
    pub fn similar(&self, params: &SimilarParams) -> Answer<SimilarPage> {
        let mut query = self.query(routes::SIMILAR);
        query.add("sku", Some(&params.sku));
        query.add_number("lat", params.lat);
        query.add_number("lng", params.lng);
        query.add("q", params.q.as_deref());
        transport::get(&query)
    }

    /// A product by its id, or by the SKU or GTIN of one of its variants.
    pub fn product(&self, params: &ProductParams) -> Answer<Product> {
        let mut query = self.query(routes::PRODUCT);
        query.add("id", params.id.as_deref());
        query.add("sku", params.sku.as_deref());
        query.add("gtin", params.gtin.as_deref());
        transport::get(&query)
    }

    /// Reserves. Sent again with the same `idempotency_key` it reserves nothing more.
    pub fn reserve(&self, idempotency_key: &str, request: &ReservationRequest) -> Answer<Reservation> {
        self.post(routes::RESERVATIONS, idempotency_key, &body(request))
    }

    /// A reservation as it stands now.
    pub fn reservation(&self, token: &str) -> Answer<Reservation> {
        transport::get(&self.query(&path(routes::RESERVATION, token)))
    }

    /// Calls a reservation off.
    pub fn cancel_reservation(&self, token: &str) -> Answer<Reservation> {
        self.delete(&path(routes::RESERVATION, token))
    }

    /// Takes what the store proposes instead.
    pub fn take_proposal(&self, token: &str) -> Answer<Reservation> {
        self.post_nothing(&path(routes::RESERVATION_PROPOSAL, token))
    }

    /// Asks to be told once when something can be had again; of whoever asks twice it is one. The API needs no key for that, but what
    /// sends one is loaded with the forms already.
    pub fn alert(&self, idempotency_key: &str, request: &AlertRequest) -> Answer<()> {
        let store = request.store_code.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str);
        let body = object(&[
            ("sku", request.sku.as_str().into()),
            ("store_code", store),
            ("email", request.email.as_str().into()),
            ("locale", request.locale.as_str().into()),
            ("consent", request.consent.into()),
        ]);
        self.post(routes::ALERTS, idempotency_key, &body)
    }
}

/// By hand, as a serializer would be several times the size of all this.
fn body(request: &ReservationRequest) -> JsValue {
    let items = Array::new();
    for item in &request.items {
        items.push(&object(&[("sku", item.sku.as_str().into()), ("quantity", item.quantity.into())]));
    }
    let text = |text: &Option<String>| text.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str);
    object(&[
        ("store_code", request.store_code.as_str().into()),
        ("items", items.into()),
        ("name", request.name.as_str().into()),
        // What is undefined is left out of the JSON.
        ("email", text(&request.email)),
        ("phone", text(&request.phone)),
        ("locale", request.locale.as_str().into()),
        ("checkout", request.checkout.into()),
    ])
}

pub(crate) fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let out = Object::new();
    for (key, value) in entries {
        // A fresh plain object takes any property.
        let _ = Reflect::set(&out, &(*key).into(), value);
    }
    out.into()
}
