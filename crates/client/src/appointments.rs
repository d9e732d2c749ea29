//! Appointments with an adviser.

use devanture_api::{
    appointment::{Appointment, BookingRequest, SlotList},
    routes,
};
use devanture_domain::civil::Date;

use crate::{Api, ClientError, query::encode};

impl Api {
    /// Free times of a store for a week from `from`.
    pub async fn slots(&self, store: &str, from: Option<Date>) -> Result<SlotList, ClientError> {
        let query = self.query(&routes::SLOTS.replace("{code}", &encode(store)));
        self.get(query.with_some("from", from.map(Date::to_text).as_deref())).await
    }

    /// Books a time. Sent again with the same `idempotency_key` it books nothing more.
    pub async fn book(
        &self,
        store: &str,
        idempotency_key: &str,
        request: &BookingRequest,
    ) -> Result<Appointment, ClientError> {
        let path = routes::APPOINTMENTS.replace("{code}", &encode(store));
        self.post(&path, idempotency_key, request).await
    }

    /// Calls an appointment off.
    pub async fn cancel_appointment(&self, token: &str) -> Result<Appointment, ClientError> {
        self.delete(&routes::APPOINTMENT.replace("{token}", &encode(token))).await
    }
}
