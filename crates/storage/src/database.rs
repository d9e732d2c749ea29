//! Opening a database: one file, or a PostgreSQL server.

use std::{fmt::Write as _, fs, path::Path, sync::Once, time::Duration};

use sqlx::{AnyPool, AssertSqlSafe, Connection as _, Executor as _, any::AnyPoolOptions};

use crate::{Repository, StorageError, live::Told, stock::look::Lookers};

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file beside the program.
    Sqlite,
    /// A server.
    Postgres,
}

/// Pools of connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pub(crate) pool: AnyPool,
    /// Where writes come from. SQLite has one writer at a time: it is one connection, for which writes wait in their order,
    /// and whose cache holds what the last one wrote. Of a server it is the same pool.
    pub(crate) writer: AnyPool,
    pub(crate) lookers: Lookers,
    engine: Engine,
    pub(crate) told: Told,
}

/// Writers wait this long for each other before the caller is told that the database is busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection that was in use so lately is taken to be there still.
const TRUSTED: Duration = Duration::from_secs(1);

/// Bytes of a file above which shoppers' looks at stock map it into memory instead of reading it: most of a smaller one is
/// in the connections' caches. Other connections never do: an import that reads all of it would count as so much memory.
const MAPPED_FROM: u64 = 64 << 20;

impl Database {
    /// Opens a `postgres://` URL, or the SQLite file at a path, which is created when it is not
    /// there. Does not migrate.
    pub async fn open(location: &str) -> Result<Self, StorageError> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        if location.starts_with("postgres://") || location.starts_with("postgresql://") {
            let pool = options().max_connections(16).connect(location).await?;
            Ok(Self {
                writer: pool.clone(),
                pool,
                engine: Engine::Postgres,
                lookers: Lookers::new(false),
                told: Told::default(),
            })
        } else if location.contains("://") {
            Err(StorageError::Location(
                "the database is the path of a SQLite file or a postgres:// URL".to_owned(),
            ))
        } else {
            Self::open_file(Path::new(location.strip_prefix("sqlite:").unwrap_or(location))).await
        }
    }

    async fn open_file(path: &Path) -> Result<Self, StorageError> {
        let url = file_url(path);
        let is_large = fs::metadata(path).is_ok_and(|file| file.len() > MAPPED_FROM);
        let writer = connections(16_000).max_connections(1).connect(&url).await?;
        let pool = connections(2_000).max_connections(7).connect(&url).await?;
        Ok(Self {
            pool,
            writer,
            lookers: Lookers::new(is_large),
            engine: Engine::Sqlite,
            told: Told::default(),
        })
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
            Engine::Sqlite => self.writer.begin_with("BEGIN IMMEDIATE").await?,
            Engine::Postgres => self.writer.begin().await?,
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
            let tables =
                "ANALYZE stores, products, variants, prices, product_words, product_descriptions, stock";
            sqlx::query(tables).execute(&self.pool).await?;
        }
        Ok(())
    }

    /// Closes every connection, which lets SQLite fold its log into the file.
    pub async fn close(&self) {
        self.lookers.close().await;
        self.pool.close().await;
        self.writer.close().await;
    }
}

/// To a file, of which so many KiB are kept in each one's cache.
fn connections(cache: u32) -> AnyPoolOptions {
    options().after_connect(move |connection, _| {
        Box::pin(async move {
            // FULL: a booking that was confirmed survives a power cut. The log is folded into the file every 16 MB: the same
            // pages are written again and again, and go into the file once each time.
            let pragmas = format!(
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                 PRAGMA foreign_keys = ON; PRAGMA cache_size = -{cache}; PRAGMA wal_autocheckpoint = 4000"
            );
            connection.execute(AssertSqlSafe(pragmas)).await?;
            Ok(())
        })
    })
}

fn options() -> AnyPoolOptions {
    AnyPoolOptions::new().acquire_timeout(BUSY_TIMEOUT).test_before_acquire(false).before_acquire(
        |connection, lent| {
            Box::pin(async move {
                // A server may have gone away meanwhile. That costs as much to ask as what is wanted of it, and under load
                // the answer would hardly be newer.
                if lent.idle_for > TRUSTED {
                    connection.ping().await?;
                }
                // A full disk fails a commit, SQLite takes the transaction back by itself, and sqlx goes on counting it.
                Ok(!connection.is_in_transaction())
            })
        },
    )
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

#[cfg(test)]
mod tests {
    use sqlx::Row as _;

    use super::*;

    /// What was confirmed survives a power cut by every connection that may have written it.
    #[tokio::test]
    async fn each_connection_waits_for_the_disk() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("test.db").display().to_string();
        let database = Database::open(&path).await.unwrap();
        for (pool, connections) in [(&database.writer, 1), (&database.pool, 7)] {
            let mut all = Vec::new();
            for _ in 0..connections {
                let mut connection = pool.acquire().await.unwrap();
                for (pragma, expected) in
                    [("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1")]
                {
                    let row = sqlx::query(AssertSqlSafe(format!("PRAGMA {pragma}")));
                    let row = row.fetch_one(&mut *connection).await.unwrap();
                    let number = row.try_get::<i64, _>(0).map(|number| number.to_string());
                    let value = number.or_else(|_| row.try_get::<String, _>(0)).unwrap();
                    assert_eq!(value, expected, "{pragma}");
                }
                all.push(connection);
            }
        }
        database.close().await;
    }
}
