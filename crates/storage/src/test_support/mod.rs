//! Throwaway databases, for tests only: they panic when they cannot be had.

#![expect(clippy::missing_panics_doc, reason = "all of it panics, as the first line says")]

mod postgres;

use tempfile::TempDir;

use crate::Database;

pub use postgres::PostgresServer;

/// A migrated SQLite database in a directory that goes with it.
#[derive(Debug)]
pub struct SqliteFile {
    /// The open database.
    pub database: Database,
    directory: TempDir,
}

impl SqliteFile {
    /// Makes one.
    #[expect(clippy::unwrap_used, reason = "a test without its database has failed")]
    pub async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("test.db");
        let database = Database::open(path.to_str().unwrap()).await.unwrap();
        database.migrate().await.unwrap();
        Self { database, directory }
    }

    /// Where it is.
    pub fn path(&self) -> String {
        self.directory.path().join("test.db").display().to_string()
    }
}

/// Does to the database at a location what no repository does, as whoever has it open can.
#[expect(clippy::unwrap_used, reason = "a test's failure is a panic")]
pub async fn tamper(location: &str, statement: &'static str) -> u64 {
    let database = Database::open(location).await.unwrap();
    let done = sqlx::query(statement).execute(&database.writer).await.unwrap();
    database.close().await;
    done.rows_affected()
}
