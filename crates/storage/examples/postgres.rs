//! A PostgreSQL server of one's own, for tests and benchmarks of programs: prints where it is, and runs until its input ends.

use std::io::{Write as _, stdin, stdout};

use devanture_storage::test_support::PostgresServer;

fn main() -> std::io::Result<()> {
    let server = PostgresServer::start();
    writeln!(stdout(), "ready {}", server.url("postgres"))?;
    stdin().read_line(&mut String::new())?;
    Ok(())
}
