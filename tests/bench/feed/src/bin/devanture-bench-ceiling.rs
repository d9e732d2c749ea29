//! Fills a database whose stores are there already with the largest catalogue that is spoken of: products, a variant of
//! each, and every variant in so many stores, spread over all of them. `cargo xtask bench ceiling` measures against it.
//!
//! `devanture-bench-ceiling DATABASE TENANT PRODUCTS STORES_EACH`

use std::{env, error::Error};

use sqlx::{AnyPool, AssertSqlSafe, Executor as _, any::AnyPoolOptions};

/// Products in one statement.
const CHUNK: u32 = 20_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut next = || arguments.next().ok_or("DATABASE TENANT PRODUCTS STORES_EACH");
    let (database, tenant) = (next()?, next()?);
    let (products, each): (u32, u32) = (next()?.parse()?, next()?.parse()?);
    sqlx::any::install_default_drivers();
    let is_postgres = database.starts_with("postgres");
    let url = if is_postgres { database } else { format!("sqlite://{database}") };
    let pool = AnyPoolOptions::new().max_connections(1).connect(&url).await?;
    if !is_postgres {
        // Whoever loses this one makes it again.
        pool.execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000").await?;
    }
    number_stores(&pool, &tenant).await?;
    for from in (0..products).step_by(CHUNK as usize) {
        fill(&pool, &tenant, from, products.min(from + CHUNK), each).await?;
    }
    pool.execute("DROP TABLE bench_stores").await?;
    pool.execute("ANALYZE").await?;
    pool.close().await;
    Ok(())
}

async fn number_stores(pool: &AnyPool, tenant: &str) -> Result<(), sqlx::Error> {
    pool.execute("CREATE TABLE bench_stores (n BIGINT PRIMARY KEY, code TEXT NOT NULL)").await?;
    sqlx::query(
        "INSERT INTO bench_stores SELECT ROW_NUMBER() OVER (ORDER BY store_code) - 1, store_code FROM stores WHERE tenant_id = $1",
    )
    .bind(tenant)
    .execute(pool)
    .await?;
    Ok(())
}

/// The products from one number up to another.
async fn fill(pool: &AnyPool, tenant: &str, from: u32, to: u32, each: u32) -> Result<(), sqlx::Error> {
    let numbers = format!(
        "WITH RECURSIVE p (p, code) AS (SELECT CAST({from} AS BIGINT), 'P{from:07}' UNION ALL \
         SELECT p + 1, 'P' || SUBSTR(CAST(10000001 + p AS TEXT), 2) FROM p WHERE p + 1 < {to})"
    );
    // Steps that share no factor with the number of stores, so that each variant is in that many different ones.
    let stock = format!(
        "INSERT INTO stock {numbers}, k (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM k WHERE k + 1 < {each}) \
         SELECT $1, p.code, s.code, 1 + (p.p * 31 + k.k * 17) % 9, 0, 0, 0, NULL, 'feed', 1795000000000, 1795000000000 \
         FROM p CROSS JOIN k JOIN bench_stores s ON s.n = (p.p * 7919 + k.k * 411) % (SELECT COUNT(*) FROM bench_stores)"
    );
    for statement in [
        format!(
            "INSERT INTO products (tenant_id, product_id, name) {numbers} SELECT $1, code, 'Product ' || code FROM p"
        ),
        format!(
            "INSERT INTO variants (tenant_id, sku, product_id, size, position) {numbers} SELECT $1, code, code, '38', 0 FROM p"
        ),
        stock,
    ] {
        sqlx::query(AssertSqlSafe(statement)).bind(tenant).execute(pool).await?;
    }
    Ok(())
}
