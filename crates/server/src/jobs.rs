//! What goes on beside the requests.

use std::time::Duration;

use devanture_storage::StorageError;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::task::AbortOnDropHandle;

use crate::{App, desk::MISSED_MS, outbox, reservations, sources};

/// How late a reservation may be passed on or end.
const SETTLE: Duration = Duration::from_secs(1);
/// How soon a store's answer changes how sure its figures are.
const ANSWERS: Duration = Duration::from_mins(1);
/// How soon staff see what another instance has changed at their store.
const LIVE: Duration = Duration::from_secs(1);
/// How soon another instance's or an import's change is shown.
const REFRESH: Duration = Duration::from_secs(2);
const HOUSEKEEPING: Duration = Duration::from_hours(1);
/// Names and addresses of shoppers are erased so long after their appointment, or the end of their reservation.
const CONTACTS_KEPT_MS: i64 = 30 * 86_400_000;
/// Who did what is kept for a year, after which a question about it is no longer asked.
const AUDIT_KEPT_MS: i64 = 365 * 86_400_000;
/// What was told is kept for questions about it; what was given up until the operator had time to see to it.
const TOLD_KEPT_MS: i64 = 7 * 86_400_000;
const GIVEN_UP_KEPT_MS: i64 = 30 * 86_400_000;

/// What became of a feed is asked about for so long.
const FEEDS_KEPT_MS: i64 = 90 * 86_400_000;

/// Keeps the server up to date until it is dropped.
pub async fn run(app: App) {
    let _sources = AbortOnDropHandle::new(tokio::spawn(sources::run(app.clone())));
    // Beside each other, not as branches of one `select`: what holds a transaction has to go on while others wait for it.
    tokio::join!(outbox::run(app.clone()), keep(app));
}

async fn keep(app: App) {
    let mut refresh = interval(REFRESH);
    let (mut settle, mut answers) = (interval(SETTLE), interval(ANSWERS));
    let (mut live, mut housekeeping) = (interval(LIVE), interval(HOUSEKEEPING));
    for timer in [&mut refresh, &mut settle, &mut answers, &mut live, &mut housekeeping] {
        timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    // A database that stays away is one line in the log, and one when it is back.
    let mut failing = false;
    loop {
        tokio::select! {
            _ = refresh.tick() => match app.refresh().await {
                Ok(changed) => {
                    if changed || failing {
                        tracing::info!("networks are up to date");
                    }
                    failing = false;
                }
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "networks cannot be brought up to date");
                    }
                    failing = true;
                }
            },
            _ = settle.tick() => {
                if let Err(error) = reservations::settle_due(&app).await && !failing {
                    tracing::error!(%error, "reservations whose time is up cannot be dealt with");
                }
            }
            _ = answers.tick() => {
                if let Err(error) = app.refresh_answers().await && !failing {
                    tracing::error!(%error, "the stores' answers cannot be counted");
                }
            }
            _ = live.tick() => {
                if let Err(error) = app.live().look(app.database()).await && !failing {
                    tracing::error!(%error, "what other instances have changed cannot be seen");
                }
            }
            _ = housekeeping.tick() => tidy(&app).await,
        }
    }
}

async fn tidy(app: &App) {
    app.limiter().forget_idle();
    match forget(app).await {
        Ok(Forgotten { contacts: 0, sessions: 0, audit: 0 }) => {}
        Ok(Forgotten { contacts, sessions, audit }) => {
            tracing::info!(contacts, sessions, audit, "what is past its time was erased");
        }
        Err(error) => tracing::error!(%error, "what is past its time cannot be erased"),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Forgotten {
    contacts: u64,
    sessions: u64,
    audit: u64,
}

async fn forget(app: &App) -> Result<Forgotten, StorageError> {
    let now = app.now();
    let mut repository = app.database().write().await?;
    let contacts = repository.erase_contacts(now - CONTACTS_KEPT_MS).await?
        + repository.erase_reservers(now - CONTACTS_KEPT_MS, now - MISSED_MS).await?;
    let sessions = repository.forget_sessions(now).await?;
    let audit = repository.forget_audit(now - AUDIT_KEPT_MS).await?;
    repository.forget_failures(now).await?;
    repository.forget_outbox(now - TOLD_KEPT_MS, now - GIVEN_UP_KEPT_MS).await?;
    repository.forget_staff_counts(now - AUDIT_KEPT_MS).await?;
    repository.forget_moves(now - CONTACTS_KEPT_MS).await?;
    repository.forget_feeds(now - FEEDS_KEPT_MS).await?;
    repository.save().await?;
    Ok(Forgotten { contacts, sessions, audit })
}

#[cfg(test)]
mod tests {
    use devanture_domain::staff::Role;

    use super::*;
    use crate::testing::{LOGIN, PASSWORD, TestApp};

    #[tokio::test]
    async fn what_is_past_its_time_is_erased() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let slot = app.first_slot().await;
        app.book("FR-NTE", "0123456789abcdef", slot).await;
        app.try_sign_in(LOGIN, "not the password").await.problem(401, "sign_in_failed");
        app.sign_in(LOGIN, PASSWORD).await;
        let nothing = Forgotten { contacts: 0, sessions: 0, audit: 0 };
        assert_eq!(forget(app.app()).await.unwrap(), nothing);
        app.clock.advance_hours(12);
        assert_eq!(forget(app.app()).await.unwrap(), Forgotten { sessions: 1, ..nothing });
        app.clock.advance_hours(60 * 24);
        assert_eq!(forget(app.app()).await.unwrap(), Forgotten { contacts: 1, ..nothing });
        app.clock.advance_hours(306 * 24);
        assert_eq!(forget(app.app()).await.unwrap(), Forgotten { audit: 1, ..nothing });
        assert_eq!(forget(app.app()).await.unwrap(), nothing);
    }
}
