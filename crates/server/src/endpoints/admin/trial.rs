//! Trying a password: counted first, then judged, always at the same cost.

use devanture_domain::{civil::UtcMs, staff::MAX_PASSWORD_CHARS};
use devanture_storage::{Actor, Attempt, Deed, Login, Repository, StaffMember, TriedLogin};

use crate::{App, password::Verdict, problem::ApiError};

/// An account whose password was given.
pub(super) struct Trusted {
    pub(super) staff: StaffMember,
    /// The hash that the password was tried against. Whoever acts on it looks once more whether it stands.
    pub(super) kept: String,
    /// The hash to keep from now on, if it is another.
    pub(super) rehashed: Option<String>,
}

/// Refuses what cannot be anyone's password, before anything is done with it.
pub(super) fn limited(field: &'static str, password: &str) -> Result<(), ApiError> {
    if (1..=MAX_PASSWORD_CHARS).contains(&password.chars().take(MAX_PASSWORD_CHARS + 1).count()) {
        return Ok(());
    }
    Err(ApiError::invalid(field, format!("is 1 to {MAX_PASSWORD_CHARS} characters")))
}

/// Tries the password; `Ok(None)` when it is not the right one, or there is no such account, which nobody
/// can tell apart. Refused without a trial while the login is locked.
pub(super) async fn tried(
    app: &App,
    tried: TriedLogin<'_>,
    password: String,
) -> Result<Option<Trusted>, ApiError> {
    let place = app.passwords().enter()?;
    let now = app.now();
    let salt = app.random()?;
    let mut repository = app.database().write().await?;
    let locked_until = match repository.count_attempt(tried, now).await? {
        Attempt::Locked { until } => return Err(ApiError::locked_out(seconds(until - now))),
        Attempt::Allowed { locked_until } => locked_until,
    };
    let found = repository.staff_to_sign_in(tried.tenant, tried.login).await?;
    if let (Some(_), Some((staff, _))) = (locked_until, &found) {
        // Here and not once it has failed: one more write for accounts that exist would tell that they do.
        let deed = Deed {
            tenant: &staff.tenant,
            actor: &Actor::System,
            action: "staff.last_attempt",
            subject: Some(&staff.id),
            store_code: None,
            detail: &[],
        };
        repository.record(&deed, now, app.random()?).await?;
    }
    repository.save().await?;
    let (staff, kept) = found.unzip();
    match (place.verify(password, kept.clone(), salt).await?, staff, kept) {
        (Verdict::Right { rehashed }, Some(staff), Some(kept)) => Ok(Some(Trusted { staff, kept, rehashed })),
        _ => Ok(None),
    }
}

/// Whether the password that was tried is still the account's, now that nothing else can change it.
pub(super) async fn still_stands(repository: &mut Repository, trusted: &Trusted) -> Result<bool, ApiError> {
    let Trusted { staff: StaffMember { tenant, login, .. }, kept, .. } = trusted;
    let now = repository.staff_to_sign_in(Some(tenant), login).await?;
    Ok(now.is_some_and(|(_, hash)| hash == *kept))
}

/// Whole seconds, at least what is left.
fn seconds(ms: UtcMs) -> u64 {
    u64::try_from(ms).unwrap_or(0).div_ceil(1000)
}

/// The login that was typed, or why it is none.
pub(super) fn login(text: &str) -> Result<Login, ApiError> {
    Login::parse(text).ok_or_else(|| ApiError::invalid("login", "is a mail address"))
}
