//! `devanture openapi`

use std::process::ExitCode;

use super::CommandError;

pub(crate) fn run() -> Result<ExitCode, CommandError> {
    let text = devanture_server::openapi_json().map_err(|error| CommandError::said(error.to_string()))?;
    print!("{text}");
    Ok(ExitCode::SUCCESS)
}
