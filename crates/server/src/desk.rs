//! Where reservations are made: those that come while one is being written are written together in the next transaction,
//! since what costs is that each transaction reaches the disk.
//!
//! There is no task of its own. A request leaves its order on the desk and waits for the pen; who gets it writes down
//! everything that lies there, their own order too unless somebody has done so.

use std::sync::{Arc, Mutex, PoisonError};

use devanture_domain::{civil::UtcMs, reservation::ReservationRules};
use devanture_storage::{
    Claim, Contacts, Database, NewReservation, Payment, PrivateToken, Repository, Reserver, Reserving,
    StorageError,
};
use tokio::sync::{Mutex as Pen, oneshot};

/// So many orders in a transaction: others wait for as long as it takes.
const AT_ONCE: usize = 64;
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
            let orders: Vec<_> = {
                let mut waiting = desk.lock();
                let count = waiting.len().min(AT_ONCE);
                waiting.drain(..count).collect()
            };
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
    let mut answers = Vec::with_capacity(orders.len());
    for order in orders {
        answers.push(one(&mut repository, order).await?);
    }
    repository.save().await?;
    Ok(answers)
}

async fn one(repository: &mut Repository, order: &Order) -> Result<Ordered, StorageError> {
    let claim = Claim {
        tenant: &order.tenant,
        site_id: &order.site_id,
        key: &order.key,
        body: &order.body,
        token: &order.token,
        at: order.at,
    };
    let [email, phone] = [&order.email, &order.phone]
        .map(|pair| pair.as_ref().map(|(typed, key)| (typed.as_str(), key.as_str())));
    let contacts = Contacts { email_key: email.map(|email| email.1), phone_key: phone.map(|phone| phone.1) };
    let (open, missed) = repository.open_and_missed(&order.tenant, contacts, order.at - MISSED_MS).await?;
    let refused = if missed >= u32::from(order.rules.max_no_shows) {
        Some(Ordered::TooManyMissed)
    } else if open >= u32::from(order.rules.max_open) {
        Some(Ordered::TooManyOpen)
    } else {
        None
    };
    if let Some(refused) = refused {
        // The last of those that are open may be this very order, sent again.
        return Ok(match repository.earlier(&claim).await? {
            Some(earlier) => Ordered::Reserving(earlier.into()),
            None => refused,
        });
    }
    let pieces: Vec<(&str, u32)> =
        order.pieces.iter().map(|(sku, quantity)| (sku.as_str(), *quantity)).collect();
    let new = NewReservation {
        claim,
        id: &order.id,
        pickup_code: &order.pickup_code,
        payment: order.payment,
        location_code: &order.location_code,
        pieces: &pieces,
        price_list: &order.price_list,
        due_at: order.due_at,
        ready_from: order.ready_from,
        locale: &order.locale,
        reserver: Reserver { name: &order.name, email, phone },
    };
    Ok(Ordered::Reserving(repository.reserve(&new).await?))
}
