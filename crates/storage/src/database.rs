//! Opening a database: one file, or a PostgreSQL server.

use std::{fmt::Write as _, fs, path::Path, sync::Once, time::Duration};

use sqlx::{AnyPool, AssertSqlSafe, Connection as _, Executor as _, any::AnyPoolOptions};

use crate::{Repository, StorageError, live::Told};

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file beside the program.
    Sqlite,
    /// A server.
    Postgres,
}

/// A pool of connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pub(crate) pool: AnyPool,
    engine: Engine,
    pub(crate) told: Told,
}

/// Writers wait this long for each other before the caller is told that the database is busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Bytes of a file above which it is mapped into memory instead of read: most of a smaller one is in the connections'
/// caches, and mapped it would count as memory of the process.
const MAPPED_FROM: u64 = 64 << 20;
/// Bytes of a file that are mapped: the most that SQLite does.
const MOST_MAPPED: i64 = 0x7fff_0000;

impl Database {
    /// Opens a `postgres://` URL, or the SQLite file at a path, which is created when it is not
    /// there. Does not migrate.
    pub async fn open(location: &str) -> Result<Self, StorageError> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        if location.starts_with("postgres://") || location.starts_with("postgresql://") {
            let pool = options().max_connections(16).connect(location).await?;
            Ok(Self { pool, engine: Engine::Postgres, told: Told::default() })
        } else if location.contains("://") {
            Err(StorageError::Location(
                "the database is the path of a SQLite file or a postgres:// URL".to_owned(),
            ))
        } else {
            Self::open_file(Path::new(location.strip_prefix("sqlite:").unwrap_or(location))).await
        }
    }

    async fn open_file(path: &Path) -> Result<Self, StorageError> {
        let is_large = fs::metadata(path).is_ok_and(|file| file.len() > MAPPED_FROM);
        let map = if is_large { MOST_MAPPED } else { 0 };
        let pool = options()
            .max_connections(8)
            // A file does not go away as a server does.
            .test_before_acquire(false)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    // FULL: a booking that was confirmed survives a power cut.
                    let pragmas = format!(
                        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                         PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000; PRAGMA mmap_size = {map}"
                    );
                    connection.execute(AssertSqlSafe(pragmas)).await?;
                    Ok(())
                })
            })
            .connect(&file_url(path))
            .await?;
        Ok(Self { pool, engine: Engine::Sqlite, told: Told::default() })
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Begins a transaction that only reads.
    pub async fn read(&self) -> Result<Repository, StorageError> {
        Ok(Repository::new(self.pool.begin().await?, self.told.clone()))
    }

    /// Begins a transaction that may write.
    pub async fn write(&self) -> Result<Repository, StorageError> {
        let tx = match self.engine {
            // SQLite has one writer. Asking for its place at once waits for it; asking in mid-transaction
            // would fail instead, since what was read may be out of date.
            Engine::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await?,
            Engine::Postgres => self.pool.begin().await?,
        };
        Ok(Repository::new(tx, self.told.clone()))
    }

    /// Asks the database for an answer, any answer.
    pub async fn ping(&self) -> Result<(), StorageError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// After many rows of catalogue and stock were written. PostgreSQL plans by what it knows of a table, which is nothing until
    /// it has looked by itself, a minute later or more; until then a page of a list can cost as much as the whole list.
    /// SQLite plans these queries the same way whatever is in them.
    pub async fn look_over(&self) -> Result<(), StorageError> {
        if self.engine == Engine::Postgres {
            let tables = "ANALYZE stores, products, variants, prices, product_words, stock";
            sqlx::query(tables).execute(&self.pool).await?;
        }
        Ok(())
    }

    /// Closes every connection, which lets SQLite fold its log into the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn options() -> AnyPoolOptions {
    AnyPoolOptions::new().acquire_timeout(BUSY_TIMEOUT).before_acquire(|connection, _| {
        // A full disk fails a commit, SQLite takes the transaction back by itself, and sqlx goes on counting it.
        let is_free = !connection.is_in_transaction();
        Box::pin(async move { Ok(is_free) })
    })
}

fn file_url(path: &Path) -> String {
    let mut url = String::from("sqlite://");
    for byte in path.to_string_lossy().bytes() {
        // A path may hold what a URL takes for syntax.
        if matches!(byte, b'%' | b'?' | b'#' | b' ') || !byte.is_ascii_graphic() {
            let _ = write!(url, "%{byte:02X}");
        } else {
            url.push(char::from(byte));
        }
    }
    url.push_str("?mode=rwc");
    url
}
