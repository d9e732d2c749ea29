//! A server to measure, and a bare axum handler that returns the same bytes.

use std::{cell::RefCell, fmt::Write as _, fs, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result};

use super::load::{self, Compared};
use crate::{
    process::output,
    servers::{
        self, Binaries, Plan, Ports,
        child::{Server, tied},
    },
};

/// The API on a database of the tenant `worldwide`, with a site of it.
pub(super) struct Stand<'a> {
    binaries: &'a Binaries,
    within: &'a Path,
    pub api: String,
    /// The site's.
    pub key: String,
    pub server: Server,
}

impl<'a> Stand<'a> {
    pub(super) fn start(binaries: &'a Binaries, database: &Path, within: &'a Path) -> Result<Self> {
        let ports = Ports::any()?;
        let key = site(binaries, database, &servers::origin(ports.shop))?;
        let server = servers::api_server(&Plan {
            binaries,
            // Not asked for here.
            assets: within,
            database,
            ports,
            logs: within,
            limits: false,
            till_key: None,
            mail: None,
        })?;
        Ok(Self { binaries, within, api: servers::origin(ports.api), key, server })
    }

    /// Asks it these questions (`/v1/…`), and a handler that returns an answer of median length, in turn; so many rounds of so
    /// long. Returns the length of that answer too.
    pub(super) fn compare(&self, questions: &[String], load: (usize, Duration)) -> Result<(Compared, usize)> {
        let body = self.typical(questions)?;
        let answer = self.within.join("answer.json");
        fs::write(&answer, &body)?;
        let (_bare, bare) = bare(&self.binaries.bare, &answer, self.within)?;
        let (ours, against) = (self.within.join("ours.txt"), self.within.join("bare.txt"));
        fs::write(&ours, urls(&self.api, questions))?;
        fs::write(&against, urls(&bare, questions))?;
        Ok((load::compare(&load::oha()?, (&ours, &against), load)?, body.len()))
    }

    /// An answer of median length.
    fn typical(&self, questions: &[String]) -> Result<String> {
        let mut bodies = Vec::new();
        // A hundred or two tell what the median is.
        for question in questions.iter().step_by(20.max(questions.len() / 100)) {
            let url = format!("{}{question}", self.api);
            bodies.push(output(Command::new("curl").args(["--silent", "--show-error", "--fail", &url]))?);
        }
        bodies.sort_by_key(String::len);
        let median = bodies.len() / 2;
        bodies.into_iter().nth(median).context("no question")
    }
}

/// Adds a site, and returns its key.
fn site(binaries: &Binaries, database: &Path, origin: &str) -> Result<String> {
    let mut add = binaries.devanture(database);
    add.args([
        "site",
        "add",
        "--tenant",
        "worldwide",
        "--id",
        "bench",
        "--name",
        "Bench",
        "--origin",
        origin,
    ]);
    let said = output(add.env("RUST_LOG", "warn"))?;
    let key =
        said.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').find(|word| word.starts_with("pk_"));
    Ok(key.with_context(|| format!("`devanture site add` printed no key: {said}"))?.to_owned())
}

fn bare(program: &Path, answer: &Path, logs: &Path) -> Result<(Server, String)> {
    let url = RefCell::new(String::new());
    let mut command = tied(program);
    let server = Server::start("the bare handler", command.arg(answer), &logs.join("bare.log"), |line| {
        let ready = line.strip_prefix("ready ");
        if let Some(at) = ready {
            at.trim_end_matches('/').clone_into(&mut url.borrow_mut());
        }
        ready.is_some()
    })?;
    Ok((server, url.into_inner()))
}

fn urls(origin: &str, questions: &[String]) -> String {
    questions.iter().fold(String::new(), |mut text, question| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{origin}{question}");
        text
    })
}
