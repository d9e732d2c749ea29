//! A store's reservations, as its staff see them.

use std::collections::BTreeMap;

use sqlx::Row as _;

use super::{Person, Reservation, find::head};
use crate::{
    Repository, StorageError, Variant,
    rows::{ROWS_AT_ONCE, select_in},
};

/// A reservation at a store that was asked, with whom it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreReservation {
    /// Its state, store and leg are those of its life at this store, which may have ended while it goes on at another.
    pub reservation: Reservation,
    /// Absent once erased, and where another store has taken over.
    pub person: Option<Person>,
}

/// A variant, with the name of its product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedVariant {
    /// The variant.
    pub variant: Variant,
    /// Its product's name.
    pub name: String,
    /// Its product's picture.
    pub image_url: Option<String>,
}

macro_rules! legs {
    ($where:literal, $ended:literal) => {
        concat!(
            "SELECT r.tenant_id, r.reservation_id, r.pickup_code, r.site_id, r.payment, l.state, l.location_code, l.leg, \
             r.due_at, r.ready_from, r.locale, r.created_at, COALESCE(l.ended_at, r.changed_at), \
             CASE WHEN l.leg = r.leg THEN r.delivered_to END, r.leg \
             FROM reservation_legs l JOIN reservations r \
             ON r.tenant_id = l.tenant_id AND r.reservation_id = l.reservation_id WHERE l.tenant_id = $1 AND ",
            $where,
            " AND l.ended_at IS ",
            $ended,
            "NULL AND (r.payment <> 'checkout' OR EXISTS (SELECT 1 FROM reservation_payments p \
             WHERE p.tenant_id = r.tenant_id AND p.reservation_id = r.reservation_id))",
        )
    };
}

/// Those that a place is asked for, and those that a warehouse has sent to it; two searches, since each has its index.
macro_rules! select {
    ($ended:literal, $order:literal) => {
        concat!(
            legs!("l.location_code = $2 AND l.state <> 'awaiting_payment'", $ended),
            " UNION ALL ",
            legs!(
                "r.tenant_id = $1 AND r.delivered_to = $2 AND l.leg = r.leg \
                 AND l.state IN ('accepted', 'ready', 'collected', 'no_show', 'cancelled', 'expired')",
                $ended
            ),
            $order,
            " LIMIT $3"
        )
    };
}

impl Repository {
    /// A store's reservations: those that hold pieces, the most urgent first; or those that have ended there, the last first.
    pub async fn store_reservations(
        &mut self,
        tenant: &str,
        location: &str,
        (ended, limit): (bool, u16),
    ) -> Result<Vec<StoreReservation>, StorageError> {
        let query =
            if ended { select!("NOT ", " ORDER BY 13 DESC, 2") } else { select!("", " ORDER BY 9, 2") };
        let query = sqlx::query(query).bind(tenant).bind(location).bind(i64::from(limit));
        let mut reservations = Vec::new();
        let mut here = Vec::new();
        for row in query.fetch_all(&mut *self.tx).await? {
            let mut reservation = head(&row)?;
            if !reservation.state.holds() {
                reservation.due_at = None;
            }
            here.push(row.try_get::<i64, _>(14)? == i64::from(reservation.leg));
            reservations.push(reservation);
        }
        self.fill_lines(&mut reservations).await?;
        let mut people = self.people(tenant, &reservations).await?;
        Ok(reservations
            .into_iter()
            .zip(here)
            .map(|(reservation, here)| StoreReservation {
                person: people.remove(&reservation.id).filter(|_| here),
                reservation,
            })
            .collect())
    }

    /// Whom reservations are for, by their ids; without those that are erased.
    pub async fn people(
        &mut self,
        tenant: &str,
        reservations: &[Reservation],
    ) -> Result<BTreeMap<String, Person>, StorageError> {
        let mut people = BTreeMap::new();
        for reservations in reservations.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(
                "SELECT reservation_id, name, email, phone FROM reservation_contacts \
                 WHERE name <> '' AND tenant_id = $1 AND reservation_id IN",
                (1, reservations.len()),
                "",
            ));
            query = query.bind(tenant);
            for reservation in reservations {
                query = query.bind(reservation.id.as_str());
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                let person = Person { name: row.try_get(1)?, email: row.try_get(2)?, phone: row.try_get(3)? };
                people.insert(row.try_get(0)?, person);
            }
        }
        Ok(people)
    }

    /// Variants with the names of their products, by SKU; those that the catalogue does not know are left out.
    pub async fn named_variants(
        &mut self,
        tenant: &str,
        skus: &[&str],
    ) -> Result<BTreeMap<String, NamedVariant>, StorageError> {
        let mut variants = BTreeMap::new();
        for skus in skus.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(
                "SELECT v.sku, v.product_id, v.gtin, v.size, v.colour, v.image_url, v.position, p.name, p.image_url \
                 FROM variants v JOIN products p ON p.tenant_id = v.tenant_id AND p.product_id = v.product_id \
                 WHERE v.tenant_id = $1 AND v.sku IN",
                (1, skus.len()),
                "",
            ));
            query = query.bind(tenant);
            for sku in skus {
                query = query.bind(*sku);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                let variant = crate::catalogue::variant(&row)?;
                let named = NamedVariant { name: row.try_get(7)?, image_url: row.try_get(8)?, variant };
                variants.insert(named.variant.sku.clone(), named);
            }
        }
        Ok(variants)
    }
}
