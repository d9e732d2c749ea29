//! What can go wrong with a database.

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The location is neither a path nor a `postgres://` URL.
    #[error("{0}")]
    Location(String),
    /// The database refused, or did not answer.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migrating the database failed: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The write was given up before it was done; nothing of it is kept.
    #[error("the write was not finished")]
    Unfinished,
    /// A row holds what this version cannot read.
    #[error("{table} {key}: column {column} is unreadable: {reason}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// Which row.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl StorageError {
    /// Whether there is no room left to write to. SQLite: 13 full. PostgreSQL: 53100 disk full.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(e)) if e.code().is_some_and(|code| matches!(&*code, "13" | "53100")))
    }

    /// Whether the same call may succeed later: the database is away or busy, not broken.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Unfinished
            | Self::Database(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => {
                true
            }
            // SQLite: 5 busy, 6 locked, 13 full. PostgreSQL: class 08 connection, 53 resources, 57P shutdown.
            Self::Database(sqlx::Error::Database(e)) => e.code().is_some_and(|code| {
                matches!(&*code, "5" | "6" | "13" | "261" | "517")
                    || ["08", "53", "57P"].iter().any(|class| code.starts_with(class) && code.len() == 5)
            }),
            _ => false,
        }
    }
}
