//! Lists of reviews as they were sent before, kept until something of them changes, here or in another instance.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use devanture_domain::review::About;
use devanture_storage::{Database, StorageError};
use quick_cache::{Weighter, sync::Cache};

use crate::{cache::Tagged, problem::ApiError};

/// Bytes that are kept, the lists and their keys.
const KEPT: u64 = 32 * 1024 * 1024;
/// How many lists that makes, roughly.
const LISTS: usize = 4096;

/// What a list is of, and everything else that it depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) tenant: String,
    pub(crate) about: About,
    pub(crate) subject: String,
    /// How it was asked for, in one form, with the network's revision: names of criteria are of that.
    pub(crate) rest: String,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Tagged> for Weight {
    fn weight(&self, key: &Key, list: &Tagged) -> u64 {
        let bytes = key.tenant.len() + key.subject.len() + key.rest.len() + list.body.len() + 128;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

/// The lists.
pub(crate) struct Gallery {
    lists: Cache<Key, Tagged, Weight>,
    known: Mutex<Known>,
}

/// What was heard of changes.
#[derive(Default)]
struct Known {
    /// Up to which revision, by tenant.
    revisions: HashMap<String, i64>,
    /// Counts what was thrown away: a list that was read before something changed, and comes after, is not kept.
    thrown: u64,
}

impl Default for Gallery {
    fn default() -> Self {
        Self { lists: Cache::with_weighter(LISTS, KEPT, Weight), known: Mutex::default() }
    }
}

impl Gallery {
    /// The list as it was sent before, or as `make` makes it now.
    pub(crate) async fn get(
        &self,
        key: Key,
        make: impl AsyncFnOnce() -> Result<Tagged, ApiError>,
    ) -> Result<Tagged, ApiError> {
        if let Some(list) = self.lists.get(&key) {
            return Ok(list);
        }
        let before = self.known().thrown;
        let list = make().await?;
        let known = self.known();
        if known.thrown == before {
            self.lists.insert(key, list.clone());
        }
        Ok(list)
    }

    /// Throws away what is of something that this instance has changed.
    pub(crate) fn changed(&self, tenant: &str, about: About, subject: &str) {
        let mut known = self.known();
        known.thrown += 1;
        self.lists.retain(|key, _| !(key.about == about && key.subject == subject && key.tenant == tenant));
    }

    /// Throws away what is of something that was changed by anybody since the last look.
    pub(crate) async fn look(&self, database: &Database) -> Result<(), StorageError> {
        let mut repository = database.read().await?;
        for (tenant, revision) in repository.review_revisions().await? {
            let before = self.known().revisions.get(&tenant).copied();
            if before == Some(revision) {
                continue;
            }
            let changed = match before {
                Some(before) => Some(repository.reviews_changed_since(&tenant, before).await?),
                // At the first look nothing is known, and lists may have been made since the start.
                None => None,
            };
            let is_changed = |key: &Key| match &changed {
                Some(changed) => {
                    changed.iter().any(|(about, subject)| *about == key.about && *subject == key.subject)
                }
                None => true,
            };
            let mut known = self.known();
            known.thrown += 1;
            known.revisions.insert(tenant.clone(), revision);
            self.lists.retain(|key, _| key.tenant != tenant || !is_changed(key));
        }
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // A panic in between leaves nothing that would be wrong.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(subject: &str) -> Key {
        Key {
            tenant: "maison".to_owned(),
            about: About::Product,
            subject: subject.to_owned(),
            rest: String::new(),
        }
    }

    async fn body(gallery: &Gallery, key: Key, says: &'static str) -> String {
        let list = gallery.get(key, async || Ok(Tagged::new(says))).await.unwrap();
        String::from_utf8(list.body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn kept_until_it_changes() {
        let gallery = Gallery::default();
        assert_eq!(body(&gallery, key("A"), "one").await, "one");
        assert_eq!(body(&gallery, key("A"), "two").await, "one");
        body(&gallery, key("B"), "other").await;
        gallery.changed("maison", About::Store, "A");
        assert_eq!(body(&gallery, key("A"), "two").await, "one");
        gallery.changed("maison", About::Product, "A");
        assert_eq!(body(&gallery, key("A"), "two").await, "two");
        assert_eq!(body(&gallery, key("B"), "another").await, "other");
    }

    #[tokio::test]
    async fn what_was_read_before_a_change_is_not_kept() {
        let gallery = Gallery::default();
        let late = gallery.get(key("A"), async || {
            gallery.changed("maison", About::Product, "A");
            Ok(Tagged::new("old"))
        });
        late.await.unwrap();
        assert_eq!(body(&gallery, key("A"), "new").await, "new");
    }
}
