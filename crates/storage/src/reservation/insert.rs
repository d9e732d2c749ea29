//! Writing new reservations down, many with one statement each for what they consist of.

use std::collections::{BTreeMap, HashSet};

use devanture_domain::{
    civil::UtcMs,
    reservation::{Actor, Notice, State},
};
use sqlx::Row as _;

use super::{Line, NewReservation, Reservation, find::line, reserve::person_hash};
use crate::{
    Repository, StorageError,
    outbox::NewEvent,
    rows::{ROWS_AT_ONCE, insert_rows, with_rows},
};

impl Repository {
    /// Writes down reservations whose pieces are held already, and returns them in their order; those whose pickup code
    /// is another's are not written, and absent.
    pub(super) async fn insert_held(
        &mut self,
        held: &[&NewReservation<'_>],
    ) -> Result<Vec<Option<Reservation>>, StorageError> {
        let mut all = Vec::with_capacity(held.len());
        for wished in held.chunks(ROWS_AT_ONCE) {
            let written = self.insert_heads(wished).await?;
            let is_written = |new: &&&NewReservation<'_>| written.contains(new.id);
            let held: Vec<&NewReservation<'_>> = wished.iter().filter(is_written).copied().collect();
            let mut made = self.insert_rest(&held).await?.into_iter().peekable();
            all.extend(wished.iter().map(|new| made.next_if(|made| made.id == new.id)));
        }
        let events = all.iter().flatten().filter_map(|made| {
            Notice::of(made.state).map(|notice| NewEvent::new(made, notice, 1, made.created_at))
        });
        let events: Vec<_> = events.collect();
        self.put_events(&events).await?;
        Ok(all)
    }

    /// What reservations consist of, once their heads are written.
    async fn insert_rest(&mut self, held: &[&NewReservation<'_>]) -> Result<Vec<Reservation>, StorageError> {
        if held.is_empty() {
            return Ok(Vec::new());
        }
        let mut made = Vec::with_capacity(held.len());
        let mut lines = self.insert_lines(held).await?;
        self.insert_legs(held).await?;
        self.insert_first_events(held).await?;
        self.insert_reservers(held).await?;
        for new in held {
            self.stir(new.claim.tenant, new.location_code);
            let mut lines = lines.remove(new.id).unwrap_or_default();
            lines.sort_unstable_by(|a, b| a.sku.cmp(&b.sku));
            made.push(Reservation {
                tenant: new.claim.tenant.to_owned(),
                id: new.id.to_owned(),
                pickup_code: new.pickup_code.to_owned(),
                site_id: new.claim.site_id.to_owned(),
                payment: new.payment,
                state: new.state(),
                location_code: new.location_code.to_owned(),
                delivered_to: new.delivered_to.map(ToOwned::to_owned),
                leg: 1,
                due_at: Some(new.due_at),
                ready_from: new.ready_from,
                locale: new.locale.to_owned(),
                created_at: new.claim.at,
                changed_at: new.claim.at,
                lines,
            });
        }
        Ok(made)
    }

    /// Says by id which are written: a pickup code that another reservation has is not given twice.
    async fn insert_heads(&mut self, held: &[&NewReservation<'_>]) -> Result<HashSet<String>, StorageError> {
        let mut insert = sqlx::query(insert_rows(
            "INSERT INTO reservations (tenant_id, reservation_id, token_hash, pickup_code, site_id, payment, state, \
             location_code, leg, due_at, ready_from, locale, created_at, changed_at, delivered_to)",
            (held.len(), 15),
            "ON CONFLICT (tenant_id, pickup_code) DO NOTHING RETURNING reservation_id",
        ));
        for new in held {
            insert = insert
                .bind(new.claim.tenant)
                .bind(new.id)
                .bind(new.claim.token.hash())
                .bind(new.pickup_code)
                .bind(new.claim.site_id)
                .bind(new.payment.as_str())
                .bind(new.state().as_str())
                .bind(new.location_code)
                .bind(1_i64)
                .bind(new.due_at)
                .bind(new.ready_from)
                .bind(new.locale)
                .bind(new.claim.at)
                .bind(new.claim.at)
                .bind(new.delivered_to);
        }
        let rows = insert.fetch_all(&mut *self.tx).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Writes down what is reserved, at what it costs now; returns it by reservation.
    async fn insert_lines(
        &mut self,
        held: &[&NewReservation<'_>],
    ) -> Result<BTreeMap<String, Vec<Line>>, StorageError> {
        let mut lines: BTreeMap<String, Vec<Line>> = BTreeMap::new();
        let wanted: Vec<_> =
            held.iter().flat_map(|new| new.pieces.iter().map(move |pieces| (new, *pieces))).collect();
        for wanted in wanted.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(with_rows(
                "WITH wanted (tenant_id, reservation_id, price_list, sku, quantity) AS (VALUES",
                (0, wanted.len(), 5),
                ") INSERT INTO reservation_lines (tenant_id, reservation_id, sku, quantity, amount, currency) \
                 SELECT w.tenant_id, w.reservation_id, w.sku, w.quantity, p.amount, p.currency FROM wanted w \
                 LEFT JOIN prices p ON p.tenant_id = w.tenant_id AND p.price_list = w.price_list AND p.sku = w.sku \
                 RETURNING sku, quantity, amount, currency, reservation_id",
            ));
            for (new, (sku, quantity)) in wanted {
                insert = insert
                    .bind(new.claim.tenant)
                    .bind(new.id)
                    .bind(new.price_list)
                    .bind(*sku)
                    .bind(i64::from(*quantity));
            }
            for row in insert.fetch_all(&mut *self.tx).await? {
                lines.entry(row.try_get(4)?).or_default().push(line(&row)?);
            }
        }
        Ok(lines)
    }

    async fn insert_legs(&mut self, held: &[&NewReservation<'_>]) -> Result<(), StorageError> {
        let legs = held.iter().map(|new| Leg {
            tenant: new.claim.tenant,
            id: new.id,
            number: 1,
            location: new.location_code,
            state: new.state(),
            at: new.claim.at,
        });
        self.begin_legs(&legs.collect::<Vec<_>>()).await
    }

    /// Lives at stores begin.
    pub(super) async fn begin_legs(&mut self, legs: &[Leg<'_>]) -> Result<(), StorageError> {
        let mut insert = sqlx::query(insert_rows(
            "INSERT INTO reservation_legs (tenant_id, reservation_id, leg, location_code, state, begun_at)",
            (legs.len(), 6),
            "",
        ));
        for leg in legs {
            insert = insert
                .bind(leg.tenant)
                .bind(leg.id)
                .bind(i64::from(leg.number))
                .bind(leg.location)
                .bind(leg.state.as_str())
                .bind(leg.at);
        }
        insert.execute(&mut *self.tx).await?;
        Ok(())
    }

    async fn insert_first_events(&mut self, held: &[&NewReservation<'_>]) -> Result<(), StorageError> {
        let mut insert = sqlx::query(insert_rows(
            "INSERT INTO reservation_events (tenant_id, reservation_id, number, leg, happened_at, state_after, actor, \
             staff_id)",
            (held.len(), 8),
            "",
        ));
        for new in held {
            insert = insert
                .bind(new.claim.tenant)
                .bind(new.id)
                .bind(1_i64)
                .bind(1_i64)
                .bind(new.claim.at)
                .bind(new.state().as_str())
                .bind(new.staff_id.map_or(Actor::Shopper, |_| Actor::Staff).as_str())
                .bind(new.staff_id);
        }
        insert.execute(&mut *self.tx).await?;
        Ok(())
    }

    async fn insert_reservers(&mut self, held: &[&NewReservation<'_>]) -> Result<(), StorageError> {
        let mut insert = sqlx::query(insert_rows(
            "INSERT INTO reservation_contacts (tenant_id, reservation_id, name, email, email_key, phone, phone_key)",
            (held.len(), 7),
            "",
        ));
        for new in held {
            let (tenant, reserver) = (new.claim.tenant, new.reserver);
            insert = insert
                .bind(tenant)
                .bind(new.id)
                .bind(reserver.name)
                .bind(reserver.email.map(|email| email.0))
                .bind(reserver.email.map(|email| person_hash(tenant, email.1)))
                .bind(reserver.phone.map(|phone| phone.0))
                .bind(reserver.phone.map(|phone| person_hash(tenant, phone.1)));
        }
        insert.execute(&mut *self.tx).await?;
        Ok(())
    }
}

/// The beginning of a reservation's life at a store.
pub(super) struct Leg<'a> {
    pub(super) tenant: &'a str,
    pub(super) id: &'a str,
    /// Counted from 1.
    pub(super) number: u16,
    pub(super) location: &'a str,
    pub(super) state: State,
    pub(super) at: UtcMs,
}
