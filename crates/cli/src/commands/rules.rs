//! Rules that a network sets by a TOML file.

use std::{fmt::Display, path::Path};

use serde::{Serialize, de::DeserializeOwned};

use super::CommandError;

/// That the file cannot be taken, and why.
pub(super) fn refused(path: &Path, error: &dyn Display) -> CommandError {
    CommandError::said(format!("{}: {error}", path.display()))
}

/// What the file says; what it leaves out is as usual.
pub(super) fn from_file<T: Default + Serialize + DeserializeOwned>(path: &Path) -> Result<T, CommandError> {
    let text = std::fs::read_to_string(path).map_err(|error| refused(path, &error))?;
    read(&text).map_err(|error| refused(path, &error))
}

/// What is misspelt would otherwise be as usual, without a word.
pub(super) fn read<T: Default + Serialize + DeserializeOwned>(text: &str) -> Result<T, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let usual = toml::Table::try_from(T::default()).map_err(|error| error.to_string())?;
    if let Some(unknown) = table.keys().find(|key| !usual.contains_key(*key)) {
        let known: Vec<&str> = usual.keys().map(String::as_str).collect();
        return Err(format!("{unknown:?} is unknown; known are {}", known.join(", ")));
    }
    table.try_into().map_err(|error: toml::de::Error| error.to_string())
}
