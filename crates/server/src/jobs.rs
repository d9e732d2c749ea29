//! What goes on beside the requests.

use std::time::Duration;

use devanture_domain::{
    civil::Zone as _,
    review::{About, Checked},
};
use devanture_storage::{LetterKind, NewInvitation, StorageError};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::task::AbortOnDropHandle;

use crate::{App, NamedZone, alerts, desk::MISSED_MS, outbox, problem::ApiError, reservations, sources};

/// How late a reservation may be passed on or end.
const SETTLE: Duration = Duration::from_secs(1);
/// How soon a store's answer changes how sure its figures are.
const ANSWERS: Duration = Duration::from_mins(1);
/// How soon staff see what another instance has changed at their store.
const LIVE: Duration = Duration::from_secs(1);
/// How soon another instance's or an import's change is shown.
const REFRESH: Duration = Duration::from_secs(2);
const HOUSEKEEPING: Duration = Duration::from_hours(1);
/// Names and addresses of shoppers are erased so long after their appointment, or the end of their reservation; that somebody was told of an
/// alert, so long after that.
const CONTACTS_KEPT_MS: i64 = 30 * 86_400_000;
/// Who did what is kept for a year, after which a question about it is no longer asked.
const AUDIT_KEPT_MS: i64 = 365 * 86_400_000;
/// What was told is kept for questions about it; what was given up until the operator had time to see to it.
const TOLD_KEPT_MS: i64 = 7 * 86_400_000;
const GIVEN_UP_KEPT_MS: i64 = 30 * 86_400_000;

/// Authors are written to about a review for a year; who was asked for one and has not answered is forgotten with the link.
const REVIEWERS_KEPT_MS: i64 = 365 * 86_400_000;
/// Size memories are kept until nobody has used them for 13 months.
const SIZES_KEPT_MS: i64 = 396 * 86_400_000;
/// Between uploading a photo and sending the review.
const PHOTOS_KEPT_MS: i64 = 86_400_000;
/// What became of a feed is asked about for so long.
const FEEDS_KEPT_MS: i64 = 90 * 86_400_000;

/// Keeps the server up to date until it is dropped.
pub async fn run(app: App) {
    let _sources = AbortOnDropHandle::new(tokio::spawn(sources::run(app.clone(), sources::TICK)));
    // Beside each other, not as branches of one `select`: what holds a transaction has to go on while others wait for it.
    tokio::join!(outbox::run(app.clone()), alerts::run(app.clone()), keep(app));
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
                if let Err(error) = app.gallery().look(app.database()).await && !failing {
                    tracing::error!(%error, "reviews that other instances have changed cannot be seen");
                }
            }
            _ = housekeeping.tick() => tidy(&app).await,
        }
    }
}

async fn tidy(app: &App) {
    app.limiter().forget_idle();
    if ask_for_reviews(app).await.is_err() {
        tracing::error!("nobody could be asked for a review");
    }
    if let Err(error) = forget_photos(app).await {
        tracing::error!(%error, "photos that nobody needs cannot be deleted");
    }
    match forget(app).await {
        Ok(Forgotten { contacts: 0, sessions: 0, audit: 0 }) => {}
        Ok(Forgotten { contacts, sessions, audit }) => {
            tracing::info!(contacts, sessions, audit, "what is past its time was erased");
        }
        Err(error) => tracing::error!(%error, "what is past its time cannot be erased"),
    }
}

/// Asks those who have collected something for a review, once they have had time to wear it. Nobody is asked about what lies longer back than
/// this, such as when a network turns it on.
const ASKED_BACK_MS: i64 = 7 * 86_400_000;
const ASKED_AT_ONCE: u16 = 200;

pub(crate) async fn ask_for_reviews(app: &App) -> Result<usize, ApiError> {
    if app.config().mail.is_none() {
        return Ok(0);
    }
    let now = app.now();
    let tenants = app.database().read().await?.tenants().await?;
    let mut asked = 0;
    for tenant in tenants.into_iter().filter(|tenant| tenant.reviews.ask) {
        let to = now - i64::from(tenant.reviews.ask_after_days) * 86_400_000;
        let mut repository = app.database().write().await?;
        for one in repository.collected_unasked(&tenant.id, (to - ASKED_BACK_MS, to), ASKED_AT_ONCE).await? {
            let id = app.legible::<16>()?;
            let invitation = NewInvitation {
                tenant: &tenant.id,
                id: &id,
                origin: &one.origin,
                about: About::Product,
                subject: &one.product,
                size: one.size.as_deref(),
                checked: Checked::Purchase,
                incentive: None,
                experienced_on: Some(NamedZone::utc().to_local(one.at).date),
                site_id: &one.site_id,
                locale: &one.locale,
                at: now,
                expires_at: now + i64::from(tenant.reviews.link_days) * 86_400_000,
                invitee: Some(&one.invitee),
            };
            if repository.add_invitation(&invitation).await? {
                repository.put_letter(&tenant.id, LetterKind::Asked, (&id, 0), now).await?;
                asked += 1;
            }
        }
        repository.save().await?;
    }
    Ok(asked)
}

/// Deletes photos that no review has, their bytes first: what has a row is found again.
pub(crate) async fn forget_photos(app: &App) -> Result<(), StorageError> {
    let Some(media) = app.media() else { return Ok(()) };
    loop {
        let mut repository = app.database().write().await?;
        let gone = repository.forget_photos(app.now() - PHOTOS_KEPT_MS).await?;
        if gone.is_empty() {
            return Ok(());
        }
        for id in &gone {
            // Logged there; the rows stay, and it is tried again in an hour.
            if media.delete(id).await.is_err() {
                return Ok(());
            }
        }
        repository.save().await?;
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
        + repository.erase_reservers(now - CONTACTS_KEPT_MS, now - MISSED_MS).await?
        + repository.forget_reviewers(now - REVIEWERS_KEPT_MS).await?
        + repository.forget_invitees(now - CONTACTS_KEPT_MS).await?
        + repository.forget_alerts(now, now - CONTACTS_KEPT_MS).await?
        + repository.forget_size_memories(now - SIZES_KEPT_MS).await?;
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
    use devanture_domain::{alert::WAITS_MS, size::Household, staff::Role};
    use devanture_storage::{AlertBounds, NewAlert, SizeHolder};

    use super::*;
    use crate::testing::{LOGIN, PASSWORD, TestApp};

    /// Has somebody wait for 90 days.
    async fn wait(app: &TestApp) {
        let alert = NewAlert {
            tenant: "maison",
            id: "alert",
            site_id: "shop",
            sku: "ROBE-38",
            location_code: None,
            locale: "fr",
            email: ("zoe@example.com", "zoe@example.com"),
            at: app.app().now(),
            expires_at: app.app().now() + WAITS_MS,
        };
        let bounds = AlertBounds { person: 1, told_since: 0, site: 1 };
        let mut repository = app.database().write().await.unwrap();
        repository.add_alert(&alert, bounds).await.unwrap();
        repository.save().await.unwrap();
    }

    async fn remember(app: &TestApp) {
        let mut repository = app.database().write().await.unwrap();
        let holder = SizeHolder::of_customer("maison", "zoe");
        let (home, now) = (Household::default(), app.app().now());
        repository.add_size_memory(("maison", "shop"), &holder, &home, now).await.unwrap();
        repository.save().await.unwrap();
    }

    #[tokio::test]
    async fn what_is_past_its_time_is_erased() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let slot = app.first_slot().await;
        app.book("FR-NTE", "0123456789abcdef", slot).await;
        wait(&app).await;
        remember(&app).await;
        app.try_sign_in(LOGIN, "not the password").await.problem(401, "sign_in_failed");
        app.sign_in(LOGIN, PASSWORD).await;
        let nothing = Forgotten { contacts: 0, sessions: 0, audit: 0 };
        assert_eq!(forget(app.app()).await.unwrap(), nothing);
        app.clock.advance_hours(12);
        assert_eq!(forget(app.app()).await.unwrap(), Forgotten { sessions: 1, ..nothing });
        app.clock.advance_hours(60 * 24);
        assert_eq!(forget(app.app()).await.unwrap(), Forgotten { contacts: 1, ..nothing });
        app.clock.advance_hours(30 * 24);
        assert_eq!(forget(app.app()).await.unwrap(), Forgotten { contacts: 1, ..nothing }, "waited in vain");
        app.clock.advance_hours(276 * 24);
        assert_eq!(forget(app.app()).await.unwrap(), Forgotten { audit: 1, ..nothing });
        app.clock.advance_hours(29 * 24);
        assert_eq!(forget(app.app()).await.unwrap(), nothing);
        app.clock.advance_hours(24);
        assert_eq!(forget(app.app()).await.unwrap(), Forgotten { contacts: 1, ..nothing }, "nobody's sizes");
        assert_eq!(forget(app.app()).await.unwrap(), nothing);
    }
}
