//! A PostgreSQL server of one's own, for tests and benchmarks of programs: prints where it is, and runs until its input ends.
//! With `durable`, what it acknowledges is on the disk.

use std::{
    env,
    io::{Write as _, stdin, stdout},
};

use devanture_storage::test_support::PostgresServer;

fn main() -> std::io::Result<()> {
    let durable = env::args().nth(1).is_some_and(|word| word == "durable");
    let server = if durable { PostgresServer::start_durable() } else { PostgresServer::start() };
    writeln!(stdout(), "ready {}", server.url("postgres"))?;
    stdin().read_line(&mut String::new())?;
    Ok(())
}
