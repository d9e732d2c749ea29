//! Appointments with an adviser.

use devanture_api::{
    appointment::{Appointment, BookingRequest, SlotList},
    routes,
};
use devanture_domain::civil::Date;
use serde::Serialize as _;

use crate::{Answer, Api, query::path, transport};

impl Api {
    /// Free times of a store for a week from `from`.
    pub fn slots(&self, store: &str, from: Option<Date>) -> Answer<SlotList> {
        let mut query = self.query(&path(routes::SLOTS, store));
        query.add("from", from.map(Date::to_text).as_deref());
        transport::get(&query)
    }

    /// Books a time. Sent again with the same `idempotency_key` it books nothing more.
    pub fn book(&self, store: &str, idempotency_key: &str, request: &BookingRequest) -> Answer<Appointment> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        // Texts and numbers, which always go over; anything else the API would refuse by name.
        let body = request.serialize(&serializer).unwrap_or_default();
        self.post(&path(routes::APPOINTMENTS, store), idempotency_key, &body)
    }

    /// Calls an appointment off.
    pub fn cancel_appointment(&self, token: &str) -> Answer<Appointment> {
        self.delete(&path(routes::APPOINTMENT, token))
    }
}
