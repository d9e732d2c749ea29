//! Where reservations are made: those that come while one is being written are written together in the next transaction,
//! since what costs is that each transaction reaches the disk.
//!
//! There is no task of its own. A request leaves its order on the desk and waits for the pen; who gets it writes down
//! everything that lies there, their own order too unless somebody has done so.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use devanture_domain::{civil::UtcMs, reservation::ReservationRules};
use devanture_storage::{
    Claim, Contacts, Database, NewReservation, Payment, PrivateToken, Repository, Reserver, Reserving,
    StorageError,
};
use tokio::sync::{Mutex as Pen, oneshot};

/// So many orders in a transaction: others wait for as long as it takes.
const AT_ONCE: usize = 50;
/// Reservations not collected are held against a person for so long.
pub(crate) const MISSED_MS: UtcMs = 182 * 86_400_000;

/// What a shopper wants reserved.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) tenant: String,
    pub(crate) site_id: String,
    pub(crate) key: String,
    /// In canonical form.
    pub(crate) body: Vec<u8>,
    pub(crate) token: PrivateToken,
    pub(crate) id: String,
    pub(crate) pickup_code: String,
    pub(crate) payment: Payment,
    pub(crate) location_code: String,
    /// The store to which a warehouse sends it.
    pub(crate) delivered_to: Option<String>,
    /// SKUs and how many pieces of each.
    pub(crate) pieces: Vec<(String, u32)>,
    pub(crate) price_list: String,
    pub(crate) due_at: UtcMs,
    pub(crate) ready_from: Option<UtcMs>,
    pub(crate) locale: String,
    pub(crate) name: String,
    /// As typed, and the one form of it.
    pub(crate) email: Option<(String, String)>,
    /// Likewise.
    pub(crate) phone: Option<(String, String)>,
    /// The seller who orders it for the shopper.
    pub(crate) staff_id: Option<String>,
    pub(crate) rules: ReservationRules,
    pub(crate) at: UtcMs,
}

/// What became of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ordered {
    Reserving(Reserving),
    /// The person has as many open as the network allows.
    TooManyOpen,
    /// The person has not come too often.
    TooManyMissed,
}

type Answer = Result<Ordered, StorageError>;

#[derive(Default)]
pub(crate) struct Desk {
    waiting: Mutex<Vec<(Order, oneshot::Sender<Answer>)>>,
    pen: Pen<()>,
}

impl Desk {
    /// Takes an order, and returns when it is safely written down or refused.
    pub(crate) async fn order(self: &Arc<Self>, database: &Database, order: Order) -> Answer {
        let (sender, mut receiver) = oneshot::channel();
        self.lock().push((order, sender));
        let (desk, database) = (Arc::clone(self), database.clone());
        // In a task: a shopper who goes away in the middle must not take the others' orders with them.
        let writing = tokio::spawn(async move {
            let _pen = desk.pen.lock().await;
            let orders = next(&mut desk.lock());
            if !orders.is_empty() {
                write_down(&database, orders).await;
            }
        });
        tokio::select! {
            biased;
            answer = &mut receiver => answer,
            _ = writing => receiver.await,
        }
        .unwrap_or(Err(StorageError::Unfinished))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(Order, oneshot::Sender<Answer>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes orders in one transaction; if that fails, each in one of its own, so that one order's trouble is not the others'.
async fn write_down(database: &Database, orders: Vec<(Order, oneshot::Sender<Answer>)>) {
    let (orders, senders): (Vec<Order>, Vec<_>) = orders.into_iter().unzip();
    let answers = match together(database, &orders).await {
        Ok(answers) => answers.into_iter().map(Ok).collect(),
        Err(error) if orders.len() == 1 => vec![Err(error)],
        Err(error) => {
            tracing::warn!(%error, orders = orders.len(), "reservations could not be written together");
            let mut answers = Vec::new();
            for order in &orders {
                let one = together(database, std::slice::from_ref(order)).await;
                answers.push(one.and_then(|mut one| one.pop().ok_or(StorageError::Unfinished)));
            }
            answers
        }
    };
    for (sender, answer) in senders.into_iter().zip(answers) {
        // Who has gone away has their reservation all the same, and finds it by its key.
        let _ = sender.send(answer);
    }
}

async fn together(database: &Database, orders: &[Order]) -> Result<Vec<Ordered>, StorageError> {
    let mut repository = database.write().await?;
    let refused = limits(&mut repository, orders).await?;
    let pieces: Vec<Vec<(&str, u32)>> = orders.iter().map(Order::pieces).collect();
    let passed = orders.iter().zip(&pieces).zip(&refused).filter(|(_, refused)| refused.is_none());
    let new: Vec<NewReservation<'_>> = passed.map(|((order, pieces), _)| order.reservation(pieces)).collect();
    let mut made = repository.reserve_all(&new).await?.into_iter();
    repository.save().await?;
    refused
        .into_iter()
        .map(|refused| match refused {
            Some(refused) => Ok(refused),
            None => made.next().map(Ordered::Reserving).ok_or(StorageError::Unfinished),
        })
        .collect()
}

/// Which orders are of a person who has too many open, or did not come too often.
async fn limits(repository: &mut Repository, orders: &[Order]) -> Result<Vec<Option<Ordered>>, StorageError> {
    let Some(since) = orders.iter().map(|order| order.at - MISSED_MS).min() else { return Ok(Vec::new()) };
    let people: Vec<_> = orders.iter().map(Order::contacts).collect();
    let counts = repository.open_and_missed(&people, since).await?;
    let mut refused = Vec::with_capacity(orders.len());
    for (order, (open, missed)) in orders.iter().zip(counts) {
        let limit = if missed >= u32::from(order.rules.max_no_shows) {
            Ordered::TooManyMissed
        } else if open >= u32::from(order.rules.max_open) {
            Ordered::TooManyOpen
        } else {
            refused.push(None);
            continue;
        };
        // The last of those that are open may be this very order, sent again.
        let earlier = repository.earlier(&order.claim()).await?;
        refused.push(Some(earlier.map_or(limit, |earlier| Ordered::Reserving(earlier.into()))));
    }
    Ok(refused)
}

impl Order {
    fn claim(&self) -> Claim<'_> {
        Claim {
            tenant: &self.tenant,
            site_id: &self.site_id,
            key: &self.key,
            body: &self.body,
            token: &self.token,
            at: self.at,
        }
    }

    fn contacts(&self) -> Contacts<'_> {
        let [email_key, phone_key] =
            [&self.email, &self.phone].map(|pair| pair.as_ref().map(|(_, key)| key.as_str()));
        Contacts { tenant: &self.tenant, email_key, phone_key }
    }

    fn pieces(&self) -> Vec<(&str, u32)> {
        self.pieces.iter().map(|(sku, quantity)| (sku.as_str(), *quantity)).collect()
    }

    fn reservation<'a>(&'a self, pieces: &'a [(&'a str, u32)]) -> NewReservation<'a> {
        let [email, phone] = [&self.email, &self.phone]
            .map(|pair| pair.as_ref().map(|(typed, key)| (typed.as_str(), key.as_str())));
        NewReservation {
            claim: self.claim(),
            id: &self.id,
            pickup_code: &self.pickup_code,
            payment: self.payment,
            location_code: &self.location_code,
            delivered_to: self.delivered_to.as_deref(),
            pieces,
            price_list: &self.price_list,
            due_at: self.due_at,
            ready_from: self.ready_from,
            locale: &self.locale,
            reserver: Reserver { name: &self.name, email, phone },
            staff_id: self.staff_id.as_deref(),
        }
    }

    /// What no two of those written together may share: the idempotency key, and by what the person is known.
    fn marks(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Contacts { email_key, phone_key, .. } = self.contacts();
        let person = [("email", email_key), ("phone", phone_key)].into_iter();
        person.filter_map(|(kind, key)| Some((kind, key?))).chain([("key", self.key.as_str())])
    }
}

/// The orders that come next: as many as there are, but none of a person who has one among them already, since how many
/// they have open is counted before any of them is written, and no order twice.
fn next(waiting: &mut Vec<(Order, oneshot::Sender<Answer>)>) -> Vec<(Order, oneshot::Sender<Answer>)> {
    let mut known: HashSet<(&'static str, String)> = HashSet::new();
    let mut count = 0;
    let is_next = |(order, _): &mut (Order, oneshot::Sender<Answer>)| {
        let marks: Vec<_> = order.marks().map(|(kind, mark)| (kind, mark.to_owned())).collect();
        let takes = count < AT_ONCE && marks.iter().all(|mark| !known.contains(mark));
        if takes {
            count += 1;
            known.extend(marks);
        }
        takes
    };
    waiting.extract_if(.., is_next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(number: u8, person: &str) -> (Order, oneshot::Sender<Answer>) {
        let order = Order {
            tenant: String::new(),
            site_id: String::new(),
            key: number.to_string(),
            body: Vec::new(),
            token: PrivateToken::from_random([number; 18]),
            id: number.to_string(),
            pickup_code: String::new(),
            payment: Payment::InStore,
            location_code: String::new(),
            delivered_to: None,
            pieces: Vec::new(),
            price_list: String::new(),
            due_at: 0,
            ready_from: None,
            locale: String::new(),
            name: String::new(),
            email: Some((String::new(), person.to_owned())),
            phone: None,
            staff_id: None,
            rules: ReservationRules::default(),
            at: 0,
        };
        (order, oneshot::channel().0)
    }

    #[test]
    fn one_of_each_person_at_a_time_and_nobody_is_left() {
        let mut waiting: Vec<_> = (0..120).map(|n| order(n, &format!("p{}", n % 60))).collect();
        waiting.insert(1, order(200, "p0"));
        let ids = |orders: Vec<(Order, oneshot::Sender<Answer>)>| -> Vec<String> {
            orders.into_iter().map(|(order, _)| order.id).collect()
        };
        let first = ids(next(&mut waiting));
        assert_eq!((first.len(), &*first[0], &*first[1]), (50, "0", "1"));
        assert_eq!(ids(next(&mut waiting))[0], "200", "those who were passed over come first");
        while !next(&mut waiting).is_empty() {}
        assert!(waiting.is_empty());
    }
}
