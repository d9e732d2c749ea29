//! What goes on beside the requests.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::App;

/// How soon another instance's or an import's change is shown.
const REFRESH: Duration = Duration::from_secs(2);
const HOUSEKEEPING: Duration = Duration::from_hours(1);
/// Names and addresses of shoppers are erased so long after their appointment.
const CONTACTS_KEPT_MS: i64 = 30 * 86_400_000;

/// Keeps the server up to date until it is dropped.
pub async fn run(app: App) {
    let mut refresh = interval(REFRESH);
    let mut housekeeping = interval(HOUSEKEEPING);
    for timer in [&mut refresh, &mut housekeeping] {
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
            _ = housekeeping.tick() => tidy(&app).await,
        }
    }
}

async fn tidy(app: &App) {
    app.limiter().forget_idle();
    let erased = async {
        let mut repository = app.database().write().await?;
        let erased = repository.erase_contacts(app.now() - CONTACTS_KEPT_MS).await?;
        repository.save().await?;
        Ok::<_, devanture_storage::StorageError>(erased)
    };
    match erased.await {
        Ok(0) => {}
        Ok(erased) => tracing::info!(erased, "personal data of past appointments erased"),
        Err(error) => tracing::error!(%error, "personal data of past appointments cannot be erased"),
    }
}
