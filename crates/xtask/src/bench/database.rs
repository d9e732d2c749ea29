//! A database to measure on, of either engine.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    process::{cargo, run, target},
    servers::{
        POSTGRES,
        child::{Server, tied},
    },
};

/// Empty, and gone when this is dropped or its folder is.
pub(super) struct Database {
    pub engine: &'static str,
    /// A path, or a URL.
    pub location: PathBuf,
    _server: Option<Server>,
}

impl Database {
    pub(super) fn sqlite(within: &Path, file: &str) -> Self {
        Self { engine: "SQLite", location: within.join(file), _server: None }
    }

    /// A server that has what it acknowledges on the disk.
    pub(super) fn postgres(within: &Path) -> Result<Self> {
        run(cargo().args(["build", "--package", "devanture-storage"]).args(POSTGRES))?;
        let url = RefCell::new(None);
        let mut command = tied(&target().join("debug/examples/postgres"));
        let server =
            Server::start("PostgreSQL", command.arg("durable"), &within.join("postgres.log"), |line| {
                *url.borrow_mut() = line.strip_prefix("ready ").map(PathBuf::from);
                url.borrow().is_some()
            })?;
        let location = url.into_inner().context("PostgreSQL did not say where it is")?;
        Ok(Self { engine: "PostgreSQL", location, _server: Some(server) })
    }
}
