//! Finding reservations.

use std::collections::BTreeMap;

use devanture_domain::{civil::UtcMs, reservation::State, stock::Answers};
use sqlx::{Row as _, any::AnyRow};

use super::{Line, Payment, Reservation, reserve::person_hash};
use crate::{
    PrivateToken, Repository, StorageError,
    rows::{ROWS_AT_ONCE, select_in, with_rows},
};

/// A row of a reservation's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which store, counted from 1.
    pub leg: u16,
    /// When.
    pub at: UtcMs,
    /// What it was; `None` when a store was asked.
    pub before: Option<State>,
    /// What it became.
    pub after: State,
    /// Who: `shopper`, `staff` or `system`.
    pub actor: String,
    /// Which seller.
    pub staff_id: Option<String>,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// What the store proposed instead, or the shopper took instead.
    pub sku: Option<String>,
}

/// A shopper's personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Mail address, as typed.
    pub email: Option<String>,
    /// Phone number, as typed.
    pub phone: Option<String>,
}

/// How a shopper is recognised, for limits.
#[derive(Clone, Copy, Debug)]
pub struct Contacts<'a> {
    /// By which network.
    pub tenant: &'a str,
    /// The one form of the mail address.
    pub email_key: Option<&'a str>,
    /// The one form of the phone number.
    pub phone_key: Option<&'a str>,
}

macro_rules! select {
    ($where:literal) => {
        concat!(
            "SELECT r.tenant_id, r.reservation_id, pickup_code, site_id, payment, r.state, r.location_code, r.leg, due_at, \
             ready_from, locale, created_at, changed_at, delivered_to FROM reservations r WHERE ",
            $where
        )
    };
}

impl Repository {
    /// The reservation with this id.
    pub async fn reservation(&mut self, tenant: &str, id: &str) -> Result<Option<Reservation>, StorageError> {
        let query = sqlx::query(select!("tenant_id = $1 AND reservation_id = $2")).bind(tenant).bind(id);
        let row = query.fetch_optional(&mut *self.tx).await?;
        self.whole(row).await
    }

    /// The reservation that this private link opens.
    pub async fn reservation_by_token(
        &mut self,
        token: &PrivateToken,
    ) -> Result<Option<Reservation>, StorageError> {
        let row = sqlx::query(select!("token_hash = $1")).bind(token.hash());
        match row.fetch_optional(&mut *self.tx).await? {
            None => self.by_link(token).await,
            row => self.whole(row).await,
        }
    }

    /// The reservation with this pickup code.
    pub async fn reservation_by_code(
        &mut self,
        tenant: &str,
        pickup_code: &str,
    ) -> Result<Option<Reservation>, StorageError> {
        let query =
            sqlx::query(select!("tenant_id = $1 AND pickup_code = $2")).bind(tenant).bind(pickup_code);
        let row = query.fetch_optional(&mut *self.tx).await?;
        self.whole(row).await
    }

    /// Reservations whose time is up, those that have waited longest first, at most `limit`: tenants and ids.
    pub async fn due_reservations(
        &mut self,
        now: UtcMs,
        limit: u16,
    ) -> Result<Vec<(String, String)>, StorageError> {
        let rows = sqlx::query(
            "SELECT tenant_id, reservation_id FROM reservations WHERE due_at <= $1 ORDER BY due_at LIMIT $2",
        )
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    /// Everything that was done with a reservation, in order.
    pub async fn reservation_events(&mut self, tenant: &str, id: &str) -> Result<Vec<Event>, StorageError> {
        let rows = sqlx::query(
            "SELECT leg, happened_at, state_before, state_after, actor, staff_id, refusal, sku FROM reservation_events \
             WHERE tenant_id = $1 AND reservation_id = $2 ORDER BY number",
        )
        .bind(tenant)
        .bind(id)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| {
                let before: Option<String> = row.try_get(2)?;
                Ok(Event {
                    leg: u16::try_from(row.try_get::<i64, _>(0)?).unwrap_or(u16::MAX),
                    at: row.try_get(1)?,
                    before: before.map(|text| state(&text, id)).transpose()?,
                    after: state(row.try_get(3)?, id)?,
                    actor: row.try_get(4)?,
                    staff_id: row.try_get(5)?,
                    refusal: row.try_get(6)?,
                    sku: row.try_get(7)?,
                })
            })
            .collect()
    }

    /// Codes of the locations that were asked already, in order.
    pub async fn asked_locations(&mut self, tenant: &str, id: &str) -> Result<Vec<String>, StorageError> {
        let query = sqlx::query_scalar(
            "SELECT location_code FROM reservation_legs WHERE tenant_id = $1 AND reservation_id = $2 ORDER BY leg",
        );
        Ok(query.bind(tenant).bind(id).fetch_all(&mut *self.tx).await?)
    }

    /// How many reservations that hold pieces each of these shoppers has, and how many they did not collect since `since`.
    pub async fn open_and_missed(
        &mut self,
        shoppers: &[Contacts<'_>],
        since: UtcMs,
    ) -> Result<Vec<(u32, u32)>, StorageError> {
        let mut counts = vec![(0, 0); shoppers.len()];
        for (at, asked) in (0_i64..).step_by(ROWS_AT_ONCE).zip(shoppers.chunks(ROWS_AT_ONCE)) {
            // CROSS JOIN, since SQLite keeps its order: it would read all reservations to find those of nobody. An address
            // and a number of the same person are one person: either is enough, and each reservation counts once.
            let mut query = sqlx::query(with_rows(
                "WITH asked (number, tenant_id, email_key, phone_key) AS (VALUES",
                (1, asked.len(), 4),
                "), theirs AS (SELECT a.number, c.tenant_id, c.reservation_id FROM asked a \
                 CROSS JOIN reservation_contacts c WHERE c.tenant_id = a.tenant_id AND c.email_key = a.email_key \
                 UNION SELECT a.number, c.tenant_id, c.reservation_id FROM asked a \
                 CROSS JOIN reservation_contacts c WHERE c.tenant_id = a.tenant_id AND c.phone_key = a.phone_key) \
                 SELECT t.number, CAST(SUM(CASE WHEN r.due_at IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT), \
                 CAST(SUM(CASE WHEN r.state = 'no_show' AND r.changed_at >= $1 THEN 1 ELSE 0 END) AS BIGINT) \
                 FROM theirs t CROSS JOIN reservations r \
                 WHERE r.tenant_id = t.tenant_id AND r.reservation_id = t.reservation_id GROUP BY t.number",
            ));
            query = query.bind(since);
            for (number, shopper) in (at..).zip(asked) {
                query = query
                    .bind(number)
                    .bind(shopper.tenant)
                    .bind(shopper.email_key.map(|key| person_hash(shopper.tenant, key)))
                    .bind(shopper.phone_key.map(|key| person_hash(shopper.tenant, key)));
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                let count = |column: usize| row.try_get::<i64, _>(column);
                let number = usize::try_from(count(0)?).ok();
                if let Some(found) = number.and_then(|number| counts.get_mut(number)) {
                    let [open, missed] = [count(1)?, count(2)?].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
                    *found = (open, missed);
                }
            }
        }
        Ok(counts)
    }

    /// How each store has answered the requests that it was sent since `since`.
    pub async fn answers(
        &mut self,
        tenant: &str,
        since: UtcMs,
    ) -> Result<BTreeMap<String, Answers>, StorageError> {
        let rows = sqlx::query(
            "SELECT location_code, state, COUNT(*) FROM reservation_legs WHERE tenant_id = $1 AND begun_at >= $2 \
             GROUP BY location_code, state",
        )
        .bind(tenant)
        .bind(since)
        .fetch_all(&mut *self.tx)
        .await?;
        let mut answers: BTreeMap<String, Answers> = BTreeMap::new();
        for row in rows {
            let location: String = row.try_get(0)?;
            let count = u32::try_from(row.try_get::<i64, _>(2)?).unwrap_or(u32::MAX);
            let of = answers.entry(location).or_default();
            match state(row.try_get(1)?, "legs")? {
                State::Accepted | State::Ready | State::Collected | State::NoShow => of.confirmed += count,
                State::Refused => of.refused += count,
                _ => {}
            }
        }
        Ok(answers)
    }

    /// Erases names, addresses, numbers and links in messages of reservations that ended before `ended_before`, and what people are recognised
    /// by where that was before `missed_before`; returns how many were erased.
    pub async fn erase_reservers(
        &mut self,
        ended_before: UtcMs,
        missed_before: UtcMs,
    ) -> Result<u64, StorageError> {
        let erased = sqlx::query(
            "UPDATE reservation_contacts SET name = '', email = NULL, phone = NULL WHERE name <> '' AND EXISTS \
             (SELECT 1 FROM reservations r WHERE r.tenant_id = reservation_contacts.tenant_id \
             AND r.reservation_id = reservation_contacts.reservation_id AND r.due_at IS NULL AND r.changed_at < $1)",
        )
        .bind(ended_before)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "DELETE FROM reservation_links WHERE EXISTS (SELECT 1 FROM reservations r \
             WHERE r.tenant_id = reservation_links.tenant_id AND r.reservation_id = reservation_links.reservation_id \
             AND r.due_at IS NULL AND r.changed_at < $1)",
        )
        .bind(ended_before)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "DELETE FROM reservation_contacts WHERE EXISTS (SELECT 1 FROM reservations r \
             WHERE r.tenant_id = reservation_contacts.tenant_id AND r.reservation_id = reservation_contacts.reservation_id \
             AND r.due_at IS NULL AND r.changed_at < $1)",
        )
        .bind(missed_before)
        .execute(&mut *self.tx)
        .await?;
        Ok(erased.rows_affected())
    }

    async fn whole(&mut self, row: Option<AnyRow>) -> Result<Option<Reservation>, StorageError> {
        let Some(row) = row else { return Ok(None) };
        let mut reservations = [head(&row)?];
        self.fill_lines(&mut reservations).await?;
        let [reservation] = reservations;
        Ok(Some(reservation))
    }

    /// Adds what each of them, all of one tenant, is about.
    pub(super) async fn fill_lines(&mut self, reservations: &mut [Reservation]) -> Result<(), StorageError> {
        for reservations in reservations.chunks_mut(ROWS_AT_ONCE) {
            let Some(first) = reservations.first() else { continue };
            let mut query = sqlx::query(select_in(
                "SELECT sku, quantity, amount, currency, reservation_id FROM reservation_lines \
                 WHERE replaced_at IS NULL AND tenant_id = $1 AND reservation_id IN",
                (1, reservations.len()),
                "ORDER BY reservation_id, sku",
            ));
            query = query.bind(first.tenant.clone());
            for reservation in &*reservations {
                query = query.bind(reservation.id.clone());
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                let id: String = row.try_get(4)?;
                let line = line(&row)?;
                if let Some(reservation) = reservations.iter_mut().find(|reservation| reservation.id == id) {
                    reservation.lines.push(line);
                }
            }
        }
        Ok(())
    }
}

/// A line from its SKU, quantity, amount and currency.
pub(super) fn line(row: &AnyRow) -> Result<Line, StorageError> {
    let amount: Option<i64> = row.try_get(2)?;
    let currency: Option<String> = row.try_get(3)?;
    Ok(Line {
        sku: row.try_get(0)?,
        quantity: u32::try_from(row.try_get::<i64, _>(1)?).unwrap_or(u32::MAX),
        price: amount.zip(currency),
    })
}

/// A reservation but for its lines, from the columns of [`select!`].
pub(super) fn head(row: &AnyRow) -> Result<Reservation, StorageError> {
    let id: String = row.try_get(1)?;
    let payment: String = row.try_get(4)?;
    Ok(Reservation {
        tenant: row.try_get(0)?,
        pickup_code: row.try_get(2)?,
        site_id: row.try_get(3)?,
        payment: Payment::parse(&payment).ok_or_else(|| corrupt("payment", &id, &payment))?,
        state: state(row.try_get(5)?, &id)?,
        location_code: row.try_get(6)?,
        leg: u16::try_from(row.try_get::<i64, _>(7)?).unwrap_or(u16::MAX),
        due_at: row.try_get(8)?,
        ready_from: row.try_get(9)?,
        locale: row.try_get(10)?,
        created_at: row.try_get(11)?,
        changed_at: row.try_get(12)?,
        delivered_to: row.try_get(13)?,
        lines: Vec::new(),
        id,
    })
}

pub(super) fn state(text: &str, id: &str) -> Result<State, StorageError> {
    State::parse(text).ok_or_else(|| corrupt("state", id, text))
}

fn corrupt(column: &'static str, id: &str, text: &str) -> StorageError {
    StorageError::Corrupt {
        table: "reservations",
        column,
        key: id.to_owned(),
        reason: format!("{text:?} is not one of the known words"),
    }
}
