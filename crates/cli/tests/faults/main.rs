//! What goes wrong around the server, and what it has promised all the same.

#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod disk;
mod expiry;
mod instances;
mod kill;
mod outbox;
mod restart;
mod support;
