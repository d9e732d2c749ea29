//! A PostgreSQL server of the test's own, stopped when dropped.

use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use tempfile::TempDir;

use crate::Database;

/// A running server that listens on a socket in its own directory, so that no port can clash.
#[derive(Debug)]
pub struct PostgresServer {
    directory: TempDir,
    bin: PathBuf,
    user: Option<(u32, u32)>,
    databases: AtomicU32,
}

#[expect(clippy::panic, reason = "a test without its database has failed")]
impl PostgresServer {
    /// Starts one; panics with what to install when PostgreSQL's programs are not there.
    pub fn start() -> Self {
        let bin = programs();
        let directory = tempfile::Builder::new()
            .prefix("devanture-pg-")
            .tempdir()
            .unwrap_or_else(|e| panic!("no temporary directory: {e}"));
        let user = unprivileged(directory.path());
        if let Some((uid, gid)) = user {
            chown(directory.path(), Some(uid), Some(gid)).unwrap_or_else(|e| panic!("chown: {e}"));
        }
        let server = Self { directory, bin, user, databases: AtomicU32::new(0) };
        server.run(
            "initdb",
            &["--auth=trust", "--username=devanture", "--encoding=UTF8", "--no-locale", "--no-sync"],
        );
        // Durability is not what is tested here, and fsync would only slow the tests down.
        let options = format!("-k {} -c listen_addresses= -c fsync=off", server.directory.path().display());
        server.run("pg_ctl", &["start", "--wait", "--silent", "-l", &server.file("log"), "-o", &options]);
        server
    }

    /// A new, migrated database on this server.
    pub async fn database(&self) -> Database {
        let admin = self.open("postgres").await;
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&admin.pool)
            .await
            .unwrap_or_else(|e| panic!("create database: {e}"));
        admin.close().await;
        let database = self.open(&name).await;
        database.migrate().await.unwrap_or_else(|e| panic!("{e}"));
        database
    }

    async fn open(&self, name: &str) -> Database {
        let url = format!("postgres://devanture@localhost/{name}?host={}", self.directory.path().display());
        Database::open(&url).await.unwrap_or_else(|e| panic!("{url}: {e}"))
    }

    fn file(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command.args(["-D", &self.file("data")]).args(arguments).current_dir(self.directory.path());
        command.stdin(Stdio::null());
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        // Into a file: the server inherits the descriptors, and a pipe would stay open as long as it runs.
        let path = self.file(&format!("{program}.out"));
        let output = fs::File::create(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        let errors = output.try_clone().unwrap_or_else(|e| panic!("{path}: {e}"));
        let status = self.command(program, arguments).stdout(output).stderr(errors).status();
        let status = status.unwrap_or_else(|e| panic!("{program} does not start: {e}"));
        assert!(
            status.success(),
            "{program} failed: {}\n{}",
            fs::read_to_string(path).unwrap_or_default(),
            fs::read_to_string(self.file("log")).unwrap_or_default()
        );
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        let stopped = self.command("pg_ctl", &["stop", "--mode=immediate", "--silent"]).status();
        if !stopped.is_ok_and(|status| status.success()) {
            eprintln!("PostgreSQL in {} may still be running", self.directory.path().display());
        }
    }
}

#[expect(clippy::panic, reason = "a test without its database has failed")]
fn programs() -> PathBuf {
    const HELP: &str =
        "these tests start a PostgreSQL of their own and need its programs (Debian: apt install postgresql)";
    let found = Command::new("pg_config").arg("--bindir").output();
    let Ok(found) = found else { panic!("pg_config is not installed: {HELP}") };
    let bin = PathBuf::from(String::from_utf8_lossy(&found.stdout).trim());
    assert!(bin.join("initdb").exists(), "no initdb in {}: {HELP}", bin.display());
    bin
}

/// PostgreSQL refuses to run as root; root then borrows another account.
#[expect(clippy::panic, reason = "a test without its database has failed")]
fn unprivileged(owned: &Path) -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt as _;
    let is_root = fs::metadata(owned).is_ok_and(|meta| meta.uid() == 0);
    if !is_root {
        return None;
    }
    let accounts = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let ids = ["postgres", "nobody"].iter().find_map(|name| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    Some(ids.unwrap_or_else(|| {
        panic!("PostgreSQL does not run as root, and there is no user postgres or nobody")
    }))
}
