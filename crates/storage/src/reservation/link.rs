//! More than one private link to a reservation.

use super::Reservation;
use crate::{PrivateToken, Repository, StorageError};

impl Repository {
    /// Has a freshly drawn token open a reservation, beside the first, which is not kept and so cannot be sent.
    pub async fn add_link(
        &mut self,
        tenant: &str,
        reservation_id: &str,
        token: &PrivateToken,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO reservation_links (tenant_id, reservation_id, token_hash) VALUES ($1, $2, $3)",
        )
        .bind(tenant)
        .bind(reservation_id)
        .bind(token.hash())
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// The reservation that a link beside the first opens.
    pub(super) async fn by_link(
        &mut self,
        token: &PrivateToken,
    ) -> Result<Option<Reservation>, StorageError> {
        let found: Option<(String, String)> =
            sqlx::query_as("SELECT tenant_id, reservation_id FROM reservation_links WHERE token_hash = $1")
                .bind(token.hash())
                .fetch_optional(&mut *self.tx)
                .await?;
        let Some((tenant, id)) = found else { return Ok(None) };
        self.reservation(&tenant, &id).await
    }
}
