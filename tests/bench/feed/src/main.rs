//! The least that taking in a file of stock can do: its rows go into a table as they are, many per statement, and nothing is
//! checked. `cargo xtask bench feed` measures the import against it, so the database is opened as the product opens it, and
//! the table has the key and the width of the product's.
//!
//! `devanture-bench-feed FILE DATABASE`

use std::{env, error::Error, fmt::Write as _, fs::File};

use csv::{Reader, StringRecord};
use sqlx::{AnyPool, AssertSqlSafe, Executor as _, any::AnyPoolOptions};

const ROWS: usize = 500;
const STATEMENTS: usize = 10;
const COLUMNS: usize = 11;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (file, database) =
        arguments.next().zip(arguments.next()).ok_or("which file, into which database?")?;
    sqlx::any::install_default_drivers();
    let pool =
        AnyPoolOptions::new().max_connections(1).connect(&format!("sqlite://{database}?mode=rwc")).await?;
    pool.execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -2000; \
         CREATE TABLE stock (tenant_id TEXT NOT NULL, sku TEXT NOT NULL, location_code TEXT NOT NULL, on_hand BIGINT NOT NULL, \
         reserved BIGINT NOT NULL, safety BIGINT NOT NULL, on_order BIGINT NOT NULL, expected_on BIGINT, source TEXT NOT NULL, \
         based_at BIGINT NOT NULL, counted_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, sku, location_code))",
    )
    .await?;
    let mut batch = Vec::with_capacity(ROWS * STATEMENTS);
    for record in Reader::from_reader(File::open(file)?).into_records() {
        batch.push(record?);
        if batch.len() == ROWS * STATEMENTS {
            write(&pool, &batch).await?;
            batch.clear();
        }
    }
    write(&pool, &batch).await?;
    pool.close().await;
    Ok(())
}

async fn write(pool: &AnyPool, batch: &[StringRecord]) -> Result<(), Box<dyn Error>> {
    let mut transaction = pool.begin().await?;
    for rows in batch.chunks(ROWS) {
        let mut insert = sqlx::query(AssertSqlSafe(statement(rows.len())));
        for row in rows {
            let on_hand: i64 = row[2].parse()?;
            insert = insert.bind("bench").bind(&row[1]).bind(&row[0]).bind(on_hand).bind(0).bind(0).bind(0);
            insert = insert.bind(None::<i64>).bind("feed").bind(1).bind(1);
        }
        insert.execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

fn statement(rows: usize) -> String {
    let mut sql = String::from("INSERT INTO stock VALUES ");
    for row in 0..rows {
        for column in 0..COLUMNS {
            let before = if column > 0 {
                ", "
            } else if row > 0 {
                "), ("
            } else {
                "("
            };
            // Writing to a string does not fail.
            let _ = write!(sql, "{before}${}", row * COLUMNS + column + 1);
        }
    }
    sql.push(')');
    sql
}
