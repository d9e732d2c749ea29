//! A PostgreSQL server of the test's own, stopped when dropped, and when the test is killed.

use std::{
    ffi::OsStr,
    fs,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use tempfile::TempDir;

use crate::Database;

/// Stops the server of this folder and takes the folder away as soon as nobody can write to its input any more: a
/// process that is killed drops nothing, but the system closes its pipes.
const WATCH: &str = r#"read -r _; "$1" -D data stop --mode=immediate --silent; rm -rf -- "$PWD""#;

/// A running server that listens on a socket in its own directory, so that no port can clash.
#[derive(Debug)]
pub struct PostgresServer {
    directory: TempDir,
    bin: PathBuf,
    user: Option<(u32, u32)>,
    watch: Option<Child>,
    databases: AtomicU32,
    durable: bool,
}

#[expect(clippy::panic, reason = "a test without its database has failed")]
impl PostgresServer {
    /// Starts one; panics with what to install when PostgreSQL's programs are not there.
    pub fn start() -> Self {
        // Durability is not what is tested, and fsync would only slow the tests down.
        Self::begin(false)
    }

    /// One that has what it acknowledges on the disk, as in production.
    pub fn start_durable() -> Self {
        Self::begin(true)
    }

    fn begin(durable: bool) -> Self {
        let bin = programs();
        let directory = tempfile::Builder::new()
            .prefix("devanture-pg-")
            .tempdir()
            .unwrap_or_else(|e| panic!("no temporary directory: {e}"));
        let user = unprivileged(directory.path());
        if let Some((uid, gid)) = user {
            chown(directory.path(), Some(uid), Some(gid)).unwrap_or_else(|e| panic!("chown: {e}"));
        }
        let mut server = Self { directory, bin, user, watch: None, databases: AtomicU32::new(0), durable };
        server.run(
            "initdb",
            &["--auth=trust", "--username=devanture", "--encoding=UTF8", "--no-locale", "--no-sync"],
        );
        server.watch = Some(server.watched());
        server.start_server();
        server
    }

    /// Ends it as a crash would, and starts it again.
    pub fn restart(&self) {
        self.run("pg_ctl", &["stop", "--mode=immediate", "--wait", "--silent"]);
        self.start_server();
    }

    fn start_server(&self) {
        let fsync = if self.durable { "on" } else { "off" };
        let options = format!("-k {} -c listen_addresses= -c fsync={fsync}", self.directory.path().display());
        self.run("pg_ctl", &["start", "--wait", "--silent", "-l", &self.file("log"), "-o", &options]);
    }

    /// A new, migrated database on this server.
    pub async fn database(&self) -> Database {
        self.located().await.1
    }

    /// The same, after its URL, by which others come to it.
    pub async fn located(&self) -> (String, Database) {
        let admin = self.open("postgres").await;
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&admin.pool)
            .await
            .unwrap_or_else(|e| panic!("create database: {e}"));
        admin.close().await;
        let database = self.open(&name).await;
        database.migrate().await.unwrap_or_else(|e| panic!("{e}"));
        (self.url(&name), database)
    }

    /// Where its files are as long as it runs.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The URL of one of its databases; `postgres` is there from the start, empty.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://devanture@localhost/{database}?host={}", self.directory.path().display())
    }

    async fn open(&self, name: &str) -> Database {
        let url = self.url(name);
        Database::open(&url).await.unwrap_or_else(|e| panic!("{url}: {e}"))
    }

    fn file(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }

    /// In the server's folder and by its user.
    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.directory.path());
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        command
    }

    fn watched(&self) -> Child {
        let mut watch = self.command("sh");
        watch.args(["-c", WATCH, "sh"]).arg(self.bin.join("pg_ctl"));
        // In a group of its own, so that it outlives what ends the test's group.
        watch.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null());
        watch.spawn().unwrap_or_else(|e| panic!("sh does not start: {e}"))
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        // Into a file: the server inherits the descriptors, and a pipe would stay open as long as it runs.
        let path = self.file(&format!("{program}.out"));
        let output = fs::File::create(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        let errors = output.try_clone().unwrap_or_else(|e| panic!("{path}: {e}"));
        let mut command = self.command(self.bin.join(program));
        command.args(["-D", "data"]).args(arguments).stdin(Stdio::null()).stdout(output).stderr(errors);
        let status = command.status();
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
        let Some(watch) = &mut self.watch else { return };
        // Closes its input first.
        if !watch.wait().is_ok_and(|status| status.success()) {
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
