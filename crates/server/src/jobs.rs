//! What goes on beside the requests.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::{App, desk::MISSED_MS, reservations};

/// How late a reservation may be passed on or end.
const SETTLE: Duration = Duration::from_secs(1);
/// How soon a store's answer changes how sure its figures are.
const ANSWERS: Duration = Duration::from_mins(1);
/// How soon another instance's or an import's change is shown.
const REFRESH: Duration = Duration::from_secs(2);
const HOUSEKEEPING: Duration = Duration::from_hours(1);
/// Names and addresses of shoppers are erased so long after their appointment, or the end of their reservation.
const CONTACTS_KEPT_MS: i64 = 30 * 86_400_000;

/// Keeps the server up to date until it is dropped.
pub async fn run(app: App) {
    let mut refresh = interval(REFRESH);
    let (mut settle, mut answers) = (interval(SETTLE), interval(ANSWERS));
    let mut housekeeping = interval(HOUSEKEEPING);
    for timer in [&mut refresh, &mut settle, &mut answers, &mut housekeeping] {
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
            _ = housekeeping.tick() => tidy(&app).await,
        }
    }
}

async fn tidy(app: &App) {
    app.limiter().forget_idle();
    let erased = async {
        let mut repository = app.database().write().await?;
        let before = app.now() - CONTACTS_KEPT_MS;
        let erased = repository.erase_contacts(before).await?
            + repository.erase_reservers(before, app.now() - MISSED_MS).await?;
        repository.forget_moves(before).await?;
        repository.save().await?;
        Ok::<_, devanture_storage::StorageError>(erased)
    };
    match erased.await {
        Ok(0) => {}
        Ok(erased) => tracing::info!(erased, "personal data of what is past erased"),
        Err(error) => tracing::error!(%error, "personal data of what is past cannot be erased"),
    }
}
