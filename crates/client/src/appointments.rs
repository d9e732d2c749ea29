//! Appointments with an adviser.

use devanture_api::{
    appointment::{Appointment, BookingRequest, SlotList},
    routes,
};
use devanture_domain::civil::Date;
use serde::Serialize as _;

use crate::{Api, ClientError, query::path, transport};

impl Api {
    /// Free times of a store for a week from `from`.
    pub async fn slots(&self, store: &str, from: Option<Date>) -> Result<SlotList, ClientError> {
        let mut query = self.query(&path(routes::SLOTS, store));
        query.add("from", from.map(Date::to_text).as_deref());
        transport::get(query).await
    }

    /// Books a time. Sent again with the same `idempotency_key` it books nothing more.
    pub async fn book(
        &self,
        store: &str,
        idempotency_key: &str,
        request: &BookingRequest,
    ) -> Result<Appointment, ClientError> {
        let path = path(routes::APPOINTMENTS, store);
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        let body = request.serialize(&serializer).map_err(|_| ClientError::Unexpected)?;
        self.post(&path, idempotency_key, &body).await
    }

    /// Calls an appointment off.
    pub async fn cancel_appointment(&self, token: &str) -> Result<Appointment, ClientError> {
        self.delete(&path(routes::APPOINTMENT, token)).await
    }
}
