//! Staff, their sessions, the secret keys of programs, and the log of who did what.

mod audit;
mod failures;
mod key;
mod login;
mod session;

use devanture_domain::{
    civil::UtcMs,
    staff::{Role, StoreScope},
};
use sqlx::{Row as _, any::AnyRow};

pub use audit::{Actor, AuditEntry, Deed};
pub use failures::{Attempt, FORGOTTEN_AFTER_MS, TriedLogin, lock_out_ms};
pub use key::{ApiKey, SecretKey};
pub use login::Login;
pub use session::{NewSession, OpenSession, SESSION_ABSOLUTE_MS, SESSION_IDLE_MS, SessionToken};

use crate::{Repository, StorageError, secret::id_digits};

/// Someone who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Whose network.
    pub tenant: String,
    /// Stable; what the audit log names people by.
    pub id: String,
    /// Unique in the tenant.
    pub login: Login,
    /// As shown to colleagues.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Codes of their stores; head office has all, whatever is listed.
    pub stores: Vec<String>,
    /// BCP 47 language of the console.
    pub locale: String,
    /// Since when they exist.
    pub created_at: UtcMs,
    /// Since when they cannot sign in.
    pub disabled_at: Option<UtcMs>,
}

impl StaffMember {
    /// An id from 16 random bytes: `st_` and 16 base-62 digits.
    pub fn fresh_id(random: [u8; 16]) -> String {
        format!("st_{}", id_digits(random))
    }

    /// The stores they act for.
    pub fn scope(&self) -> StoreScope {
        StoreScope::of(self.role, &self.stores)
    }
}

macro_rules! columns {
    ($prefix:literal) => {
        concat!(
            $prefix,
            "tenant_id, ",
            $prefix,
            "staff_id, ",
            $prefix,
            "login, ",
            $prefix,
            "name, ",
            $prefix,
            "role, ",
            $prefix,
            "stores, ",
            $prefix,
            "locale, ",
            $prefix,
            "created_at, ",
            $prefix,
            "disabled_at"
        )
    };
}
use columns;

impl Repository {
    /// Adds someone, with the argon2id PHC string of their password. `false`, and nothing done, when the
    /// tenant has someone with this login, or with this id.
    pub async fn add_staff(
        &mut self,
        member: &StaffMember,
        password_hash: &str,
    ) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "INSERT INTO staff (tenant_id, staff_id, login, name, role, stores, locale, password_hash, \
             created_at, disabled_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
        )
        .bind(member.tenant.as_str())
        .bind(member.id.as_str())
        .bind(member.login.as_str())
        .bind(member.name.as_str())
        .bind(member.role.as_str())
        .bind(member.stores.join("\n"))
        .bind(member.locale.as_str())
        .bind(password_hash)
        .bind(member.created_at)
        .bind(member.disabled_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Everyone of the tenant, by login.
    pub async fn staff(&mut self, tenant: &str) -> Result<Vec<StaffMember>, StorageError> {
        let rows =
            sqlx::query(concat!("SELECT ", columns!(""), " FROM staff WHERE tenant_id = $1 ORDER BY login"))
                .bind(tenant)
                .fetch_all(&mut *self.tx)
                .await?;
        rows.iter().map(from_row).collect()
    }

    /// Who has this login, disabled or not.
    pub async fn staff_member(
        &mut self,
        tenant: &str,
        login: &Login,
    ) -> Result<Option<StaffMember>, StorageError> {
        let row =
            sqlx::query(concat!("SELECT ", columns!(""), " FROM staff WHERE tenant_id = $1 AND login = $2"))
                .bind(tenant)
                .bind(login.as_str())
                .fetch_optional(&mut *self.tx)
                .await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Who may sign in with this login, and the PHC string of their password. Without a tenant, `None` too
    /// when the login is in use in several; those who are disabled do not count.
    pub async fn staff_to_sign_in(
        &mut self,
        tenant: Option<&str>,
        login: &Login,
    ) -> Result<Option<(StaffMember, String)>, StorageError> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            columns!(""),
            ", password_hash FROM staff WHERE login = $1 AND disabled_at IS NULL \
             AND ($2 = '' OR tenant_id = $2) LIMIT 2"
        ))
        .bind(login.as_str())
        .bind(tenant.unwrap_or_default())
        .fetch_all(&mut *self.tx)
        .await?;
        let [row] = rows.as_slice() else { return Ok(None) };
        Ok(Some((from_row(row)?, row.try_get("password_hash")?)))
    }

    /// Sets the argon2id PHC string of a new password and ends every session. `false` when there is nobody.
    pub async fn set_password(&mut self, tenant: &str, id: &str, hash: &str) -> Result<bool, StorageError> {
        let done = sqlx::query("UPDATE staff SET password_hash = $3 WHERE tenant_id = $1 AND staff_id = $2")
            .bind(tenant)
            .bind(id)
            .bind(hash)
            .execute(&mut *self.tx)
            .await?;
        self.end_sessions(tenant, id).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Writes the same password down in another form (at another cost); sessions go on.
    pub async fn rehash_password(&mut self, tenant: &str, id: &str, hash: &str) -> Result<(), StorageError> {
        sqlx::query("UPDATE staff SET password_hash = $3 WHERE tenant_id = $1 AND staff_id = $2")
            .bind(tenant)
            .bind(id)
            .bind(hash)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Says which stores someone acts for, from their next request on. `false` when there is nobody.
    pub async fn set_staff_stores(
        &mut self,
        tenant: &str,
        id: &str,
        stores: &[String],
    ) -> Result<bool, StorageError> {
        let done = sqlx::query("UPDATE staff SET stores = $3 WHERE tenant_id = $1 AND staff_id = $2")
            .bind(tenant)
            .bind(id)
            .bind(stores.join("\n"))
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Keeps someone from signing in, and ends every session; the date of the first time stays. `false`
    /// when there is nobody.
    pub async fn disable_staff(&mut self, tenant: &str, id: &str, now: UtcMs) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "UPDATE staff SET disabled_at = COALESCE(disabled_at, $3) WHERE tenant_id = $1 AND staff_id = $2",
        )
        .bind(tenant)
        .bind(id)
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        self.end_sessions(tenant, id).await?;
        Ok(done.rows_affected() > 0)
    }
}

fn from_row(row: &AnyRow) -> Result<StaffMember, StorageError> {
    let id: String = row.try_get("staff_id")?;
    let corrupt = |column, reason: &str| StorageError::Corrupt {
        table: "staff",
        column,
        key: id.clone(),
        reason: reason.to_owned(),
    };
    let role: String = row.try_get("role")?;
    let login: String = row.try_get("login")?;
    let stores: String = row.try_get("stores")?;
    Ok(StaffMember {
        tenant: row.try_get("tenant_id")?,
        login: Login::parse(&login).ok_or_else(|| corrupt("login", "no mail address"))?,
        name: row.try_get("name")?,
        role: Role::parse(&role).ok_or_else(|| corrupt("role", "no role"))?,
        stores: stores.lines().map(str::to_owned).collect(),
        locale: row.try_get("locale")?,
        created_at: row.try_get("created_at")?,
        disabled_at: row.try_get("disabled_at")?,
        id,
    })
}
