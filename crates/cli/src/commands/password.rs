//! Passwords from whoever sits at the terminal, never from an argument, which other users could read.

use std::io::Read as _;

use devanture_domain::staff::check_password;
use devanture_server::{PasswordCost, hash_password};
use devanture_storage::Login;

use super::{CommandError, random};

/// More than the longest password, and little enough when the wrong file is given.
const MOST_BYTES: u64 = 8 * 1024;

/// Asks for a new password, and returns its hash.
pub(super) fn ask_hash(from_stdin: bool, login: &Login) -> Result<String, CommandError> {
    let password = if from_stdin { first_line()? } else { typed_twice()? };
    check_password(&password, login.as_str()).map_err(|why| {
        CommandError::said(format!("this password is too easily guessed: {}", why.advice()))
    })?;
    hash(&password)
}

/// The hash of a password, at the cost of the server's default.
pub(super) fn hash(password: &str) -> Result<String, CommandError> {
    Ok(hash_password(PasswordCost::default(), password, random()?)?)
}

fn first_line() -> Result<String, CommandError> {
    let mut text = String::new();
    std::io::stdin().lock().take(MOST_BYTES).read_to_string(&mut text)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn typed_twice() -> Result<String, CommandError> {
    let ask = |prompt| {
        rpassword::prompt_password(prompt).map_err(|error| {
            CommandError::said(format!(
                "no password can be asked for here ({error}); give it with --password-stdin"
            ))
        })
    };
    let password = ask("New password: ")?;
    if ask("Again: ")? != password {
        return Err(CommandError::said("the two are not the same"));
    }
    Ok(password)
}
