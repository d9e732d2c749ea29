//! Who listens to which store, and telling them that something has changed there. Within this instance the database tells when
//! something is saved; what other instances have saved is seen by looking at the counters of the stores that are listened to.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use devanture_storage::{Database, StorageError};
use tokio::sync::{broadcast, watch};

/// Streams of one session: each takes one of the six connections that a browser has for an origin by HTTP/1.1.
const PER_SESSION: usize = 3;
/// So many changes wait for a listener who is slow; one who misses some is told that there were some.
const WAITING: usize = 256;

/// Tenant and store.
type Place = (String, String);

/// Something has changed.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) place: Arc<Place>,
    pub(crate) revision: i64,
}

#[derive(Debug)]
pub(crate) struct Live {
    changes: broadcast::Sender<Change>,
    closed: watch::Sender<bool>,
    heard: Mutex<Heard>,
}

#[derive(Debug, Default)]
struct Heard {
    /// How many listen to each place, and its counter as far as it is known.
    places: HashMap<Place, (usize, i64)>,
    /// How many streams each session has, by what stands for it.
    sessions: HashMap<String, usize>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            changes: broadcast::channel(WAITING).0,
            closed: watch::channel(false).0,
            heard: Mutex::default(),
        }
    }
}

/// Somebody who listens, until it is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    live: Arc<Live>,
    pub(crate) place: Place,
    session: String,
    pub(crate) changes: broadcast::Receiver<Change>,
    pub(crate) closed: watch::Receiver<bool>,
}

impl Live {
    /// Listens to a place; `None` where the session has as many streams as it may.
    pub(crate) fn listen(self: &Arc<Self>, place: Place, session: String, revision: i64) -> Option<Listener> {
        let mut heard = self.lock();
        let streams = heard.sessions.entry(session.clone()).or_default();
        if *streams >= PER_SESSION {
            return None;
        }
        *streams += 1;
        let known = heard.places.entry(place.clone()).or_insert((0, revision));
        known.0 += 1;
        let (changes, closed) = (self.changes.subscribe(), self.closed.subscribe());
        Some(Listener { live: Arc::clone(self), place, session, changes, closed })
    }

    /// Tells who listens to the place, unless they know already.
    pub(crate) fn changed(&self, tenant: &str, store: &str, revision: i64) {
        let place = (tenant.to_owned(), store.to_owned());
        match self.lock().places.get_mut(&place) {
            Some(known) if known.1 < revision => known.1 = revision,
            _ => return,
        }
        // Nobody who listens any more is no failure.
        let _ = self.changes.send(Change { place: Arc::new(place), revision });
    }

    /// Looks at the counters of the places that are listened to: one query for each tenant and fifty places.
    pub(crate) async fn look(&self, database: &Database) -> Result<(), StorageError> {
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (tenant, store) in self.lock().places.keys() {
            places.entry(tenant.clone()).or_default().push(store.clone());
        }
        if places.is_empty() {
            return Ok(());
        }
        let mut repository = database.read().await?;
        for (tenant, stores) in places {
            let stores: Vec<&str> = stores.iter().map(String::as_str).collect();
            for (store, revision) in repository.store_revisions(&tenant, &stores).await? {
                self.changed(&tenant, &store, revision);
            }
        }
        Ok(())
    }

    /// Ends every stream, and those that are still to come.
    pub(crate) fn close(&self) {
        self.closed.send_replace(true);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut heard = self.live.lock();
        if let Some(known) = heard.places.get_mut(&self.place) {
            known.0 -= 1;
            if known.0 == 0 {
                heard.places.remove(&self.place);
            }
        }
        if let Some(streams) = heard.sessions.get_mut(&self.session) {
            *streams -= 1;
            if *streams == 0 {
                heard.sessions.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(store: &str) -> Place {
        ("t".to_owned(), store.to_owned())
    }

    #[tokio::test]
    async fn told_once_and_only_of_what_is_listened_to() {
        let live = Arc::new(Live::default());
        let mut one = live.listen(place("a"), "s".to_owned(), 4).unwrap();
        for (store, revision) in [("b", 9), ("a", 4), ("a", 5), ("a", 5), ("a", 3), ("a", 6)] {
            live.changed("t", store, revision);
        }
        let mut seen = Vec::new();
        while let Ok(change) = one.changes.try_recv() {
            seen.push((change.place.1.clone(), change.revision));
        }
        assert_eq!(seen, [("a".to_owned(), 5), ("a".to_owned(), 6)]);
    }

    #[tokio::test]
    async fn a_session_has_so_many_streams_until_they_end() {
        let live = Arc::new(Live::default());
        let open = |session: &str| live.listen(place("a"), session.to_owned(), 0);
        let mut streams: Vec<_> = (0..PER_SESSION).map(|_| open("s").unwrap()).collect();
        assert!(open("s").is_none() && open("other").is_some());
        streams.pop();
        assert!(open("s").is_some());
        drop(streams);
        let heard = live.lock();
        assert!(heard.places.is_empty() && heard.sessions.is_empty());
    }
}
