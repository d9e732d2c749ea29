//! Passwords: argon2id, a few at a time, so that many sign-ins at once wait instead of taking the machine.

use std::{num::NonZero, sync::Arc, thread::available_parallelism};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{CustomizedPasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
};
use unicode_normalization::UnicodeNormalization as _;

use crate::problem::ApiError;

/// So many may wait for their turn; whoever comes later is told to come again.
const QUEUE: usize = 256;
/// However many processors there are, so many at once: 19 MiB each.
const MOST_AT_ONCE: usize = 8;

/// What a hash costs, in memory and time: its own guesser pays as much for each guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB, at least 8.
    pub memory_kib: u32,
    /// How often the memory is gone through, at least once.
    pub passes: u32,
}

impl Default for PasswordCost {
    /// What OWASP's Password Storage Cheat Sheet asks for at least.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2 }
    }
}

/// A hash could not be made or read.
#[derive(Debug, thiserror::Error)]
#[error("the password cannot be hashed: {0}")]
pub struct HashError(String);

impl PasswordCost {
    fn params(self) -> Result<Params, HashError> {
        Params::new(self.memory_kib, self.passes, 1, None).map_err(|error| HashError(error.to_string()))
    }

    /// Whether a hash was made at this cost.
    fn made(self, hash: &PasswordHash) -> bool {
        Params::try_from(hash).is_ok_and(|params| {
            (params.m_cost(), params.t_cost(), params.p_cost()) == (self.memory_kib, self.passes, 1)
        })
    }
}

/// The argon2id PHC string of a password, with 16 freshly drawn bytes of salt. Takes tens of milliseconds.
pub fn hash_password(cost: PasswordCost, password: &str, salt: [u8; 16]) -> Result<String, HashError> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default());
    let hash: PasswordHash = argon2
        .hash_password_with_params(prepared(password).as_bytes(), &salt, cost.params()?)
        .map_err(|error| HashError(error.to_string()))?;
    Ok(hash.to_string())
}

/// One text for what looks the same, whichever keyboard it was typed on (RFC 8265, `OpaqueString`).
fn prepared(password: &str) -> String {
    password.nfc().map(|c| if c.is_whitespace() && !c.is_control() { ' ' } else { c }).collect()
}

/// What came of trying a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Wrong,
    Right {
        /// The password's hash at the cost of today, when the one kept was made at another.
        rehashed: Option<String>,
    },
}

#[derive(Debug)]
pub(crate) struct Passwords {
    cost: PasswordCost,
    at_once: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost) -> Self {
        // Half of the machine: the other half goes on serving shoppers.
        let half = available_parallelism().map_or(1, NonZero::get) / 2;
        let at_once = Arc::new(Semaphore::new(half.clamp(1, MOST_AT_ONCE)));
        Self { cost, at_once, queue: Arc::new(Semaphore::new(QUEUE)) }
    }

    /// A place in the queue, or 503 when it is full. To be had before a trial is counted: whoever is sent
    /// away has not tried.
    pub(crate) fn enter(&self) -> Result<Place<'_>, ApiError> {
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| ApiError::unavailable())?;
        Ok(Place { passwords: self, queued })
    }
}

/// A place in the queue, for one hash.
pub(crate) struct Place<'a> {
    passwords: &'a Passwords,
    queued: OwnedSemaphorePermit,
}

impl Place<'_> {
    /// Tries a password against the PHC string kept of it. Without one it is hashed all the same, so that
    /// the time taken does not tell whether there is an account.
    pub(crate) async fn verify(
        self,
        password: String,
        kept: Option<String>,
        salt: [u8; 16],
    ) -> Result<Verdict, ApiError> {
        let cost = self.passwords.cost;
        self.in_turn(move || match kept {
            None => hash_password(cost, &password, salt).map(|_| Verdict::Wrong),
            Some(kept) => verdict(cost, &password, &kept, salt),
        })
        .await
    }

    /// The PHC string of a new password.
    pub(crate) async fn hash(self, password: String, salt: [u8; 16]) -> Result<String, ApiError> {
        let cost = self.passwords.cost;
        self.in_turn(move || hash_password(cost, &password, salt)).await
    }

    async fn in_turn<T: Send + 'static>(
        self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let Self { passwords, queued } = self;
        let turn =
            Arc::clone(&passwords.at_once).acquire_owned().await.map_err(|_| ApiError::unavailable())?;
        // Both go with the work, which goes on when the client has hung up.
        let done = spawn_blocking(move || {
            let _held = (queued, turn);
            work()
        });
        match done.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => {
                tracing::error!(%error, "argon2 failed");
                Err(ApiError::internal())
            }
            Err(error) => {
                tracing::error!(%error, "hashing a password was cut short");
                Err(ApiError::internal())
            }
        }
    }
}

fn verdict(cost: PasswordCost, password: &str, kept: &str, salt: [u8; 16]) -> Result<Verdict, HashError> {
    let kept = PasswordHash::new(kept).map_err(|error| HashError(error.to_string()))?;
    // At the cost that the hash was made at, whatever is given here.
    if Argon2::default().verify_password(prepared(password).as_bytes(), &kept).is_err() {
        return Ok(Verdict::Wrong);
    }
    let rehashed = if cost.made(&kept) { None } else { Some(hash_password(cost, password, salt)?) };
    Ok(Verdict::Right { rehashed })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: PasswordCost = PasswordCost { memory_kib: 8, passes: 1 };

    #[tokio::test]
    async fn one_password_however_typed() {
        let passwords = Passwords::new(CHEAP);
        let kept =
            passwords.enter().unwrap().hash("été à la\u{a0}plage 🏖".to_owned(), [1; 16]).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{kept}");
        let tried = async |text: &str| {
            passwords.enter().unwrap().verify(text.to_owned(), Some(kept.clone()), [2; 16]).await.unwrap()
        };
        let right = Verdict::Right { rehashed: None };
        assert_eq!(tried("été à la plage 🏖").await, right);
        assert_eq!(tried("e\u{301}te\u{301} a\u{300} la plage 🏖").await, right);
        for wrong in ["ete a la plage 🏖", "Été à la plage 🏖", "été à la plage 🏖 ", "", "été à la plage"]
        {
            assert_eq!(tried(wrong).await, Verdict::Wrong, "{wrong}");
        }
        assert_eq!(
            passwords.enter().unwrap().verify("x".to_owned(), None, [2; 16]).await.unwrap(),
            Verdict::Wrong
        );
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_is_made_anew() {
        let kept =
            hash_password(PasswordCost { memory_kib: 16, passes: 1 }, "correct horse", [1; 16]).unwrap();
        let passwords = Passwords::new(CHEAP);
        let verdict =
            passwords.enter().unwrap().verify("correct horse".to_owned(), Some(kept), [2; 16]).await.unwrap();
        let Verdict::Right { rehashed: Some(rehashed) } = verdict else { panic!("{verdict:?}") };
        assert!(rehashed.contains("m=8,"));
        let verdict = passwords
            .enter()
            .unwrap()
            .verify("correct horse".to_owned(), Some(rehashed), [3; 16])
            .await
            .unwrap();
        assert_eq!(verdict, Verdict::Right { rehashed: None });
    }

    #[tokio::test]
    async fn two_hundred_at_once_wait_for_each_other() {
        let passwords = Passwords::new(CHEAP);
        let kept = passwords.enter().unwrap().hash("correct horse".to_owned(), [1; 16]).await.unwrap();
        let tries = (0..200).map(|i| {
            let password = if i % 2 == 0 { "correct horse" } else { "battery staple" };
            passwords.enter().unwrap().verify(password.to_owned(), Some(kept.clone()), [2; 16])
        });
        let verdicts = futures_util::future::join_all(tries).await;
        let right = verdicts.into_iter().filter(|verdict| *verdict.as_ref().unwrap() != Verdict::Wrong);
        assert_eq!(right.count(), 100);
        assert_eq!(passwords.queue.available_permits(), QUEUE);

        let _all = passwords.queue.acquire_many(u32::try_from(QUEUE).unwrap()).await.unwrap();
        assert!(passwords.enter().is_err_and(|refused| format!("{refused:?}").contains("503")));
    }

    #[tokio::test]
    async fn what_is_no_hash_is_our_fault() {
        let passwords = Passwords::new(CHEAP);
        let failed = passwords
            .enter()
            .unwrap()
            .verify("x".to_owned(), Some("plain".to_owned()), [2; 16])
            .await
            .unwrap_err();
        assert!(format!("{failed:?}").contains("500"), "{failed:?}");
    }
}
