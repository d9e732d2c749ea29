//! Making a reservation.

use std::collections::BTreeMap;

use devanture_domain::{civil::UtcMs, reservation::State};

use super::{Payment, Reservation};
use crate::{
    Claim, PrivateToken, Repository, StorageError, claim::Earlier, secret::digest, stock::hold::Place,
};

/// What is reserved.
#[derive(Clone, Debug)]
pub struct NewReservation<'a> {
    /// Whose network, on which site, and by which key the request is recognised.
    pub claim: Claim<'a>,
    /// Freshly drawn.
    pub id: &'a str,
    /// Freshly drawn; what the shopper shows at the till.
    pub pickup_code: &'a str,
    /// How it is paid.
    pub payment: Payment,
    /// At which store, or warehouse.
    pub location_code: &'a str,
    /// To which store a warehouse sends it.
    pub delivered_to: Option<&'a str>,
    /// SKUs and how many pieces of each; each SKU once.
    pub pieces: &'a [(&'a str, u32)],
    /// The price list that says what they cost.
    pub price_list: &'a str,
    /// When time is up in the first state.
    pub due_at: UtcMs,
    /// From when the shopper can come.
    pub ready_from: Option<UtcMs>,
    /// BCP 47 language to answer in.
    pub locale: &'a str,
    /// Who comes.
    pub reserver: Reserver<'a>,
    /// Which seller makes it for them.
    pub staff_id: Option<&'a str>,
}

/// A shopper's personal data, kept apart.
#[derive(Clone, Copy, Debug)]
pub struct Reserver<'a> {
    /// Name.
    pub name: &'a str,
    /// Mail address as typed, and the one form of it.
    pub email: Option<(&'a str, &'a str)>,
    /// Phone number as typed, and the one form of it.
    pub phone: Option<(&'a str, &'a str)>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserving {
    /// The pieces are held.
    New(Box<Reservation>),
    /// It had been made before with the same key and body; this is the token given then.
    Again(PrivateToken),
    /// The key was used with another body.
    KeyReused,
    /// There are not so many of this SKU; nothing is held and nothing is kept of the request.
    NotEnough(String),
    /// The pickup code is another reservation's; nothing is held and nothing is kept, and with another code it can be had.
    CodeTaken,
}

impl From<Earlier> for Reserving {
    fn from(earlier: Earlier) -> Self {
        match earlier {
            Earlier::Done(token) => Self::Again(token),
            Earlier::OtherBody => Self::KeyReused,
        }
    }
}

impl Repository {
    /// Holds the pieces and writes the reservation down, or does neither. Whatever it returns, the transaction can go on.
    pub async fn reserve(&mut self, new: &NewReservation<'_>) -> Result<Reserving, StorageError> {
        let mut made = self.reserve_all(std::slice::from_ref(new)).await?;
        made.pop().ok_or(StorageError::Unfinished)
    }

    /// The same for several, in their order, no two of which have the same key. They are written together, which takes a
    /// third of the time.
    pub async fn reserve_all(&mut self, all: &[NewReservation<'_>]) -> Result<Vec<Reserving>, StorageError> {
        let claims: Vec<_> = all.iter().map(|new| &new.claim).collect();
        let earlier = self.claim_all(&claims).await?;
        let mut answers: Vec<Option<Reserving>> =
            earlier.into_iter().map(|earlier| earlier.map(Reserving::from)).collect();
        self.hold_together(all, &mut answers).await?;
        let held = all.iter().zip(&answers).filter_map(|(new, refused)| refused.is_none().then_some(new));
        let held: Vec<_> = held.collect();
        let mut made = self.insert_held(&held).await?.into_iter();
        let mut done = Vec::with_capacity(all.len());
        for (new, refused) in all.iter().zip(answers) {
            if let Some(refused) = refused {
                done.push(refused);
            } else if let Some(made) = made.next().ok_or(StorageError::Unfinished)? {
                done.push(Reserving::New(Box::new(made)));
            } else {
                self.put_back(&new.claim, new.places()).await?;
                done.push(Reserving::CodeTaken);
            }
        }
        Ok(done)
    }

    /// Takes the pieces of those that are not answered yet, and answers those that cannot have all of theirs: what there is
    /// not enough of for all together is given to the first.
    async fn hold_together(
        &mut self,
        all: &[NewReservation<'_>],
        answers: &mut [Option<Reserving>],
    ) -> Result<(), StorageError> {
        let mut wanted = BTreeMap::new();
        for (new, _) in all.iter().zip(&*answers).filter(|(_, answer)| answer.is_none()) {
            for (place, pieces) in new.places() {
                *wanted.entry(place).or_insert(0) += i64::from(pieces);
            }
        }
        let held = self.hold_all(&wanted).await?;
        if held.len() == wanted.len() {
            return Ok(());
        }
        for (new, answer) in all.iter().zip(answers).filter(|(_, answer)| answer.is_none()) {
            let (mut has, mut lacks): (Vec<_>, Vec<_>) =
                new.places().partition(|(place, _)| held.contains(place));
            // In one order, so that two writers of the same pieces wait for each other instead of both giving up.
            lacks.sort_unstable();
            for (place, pieces) in lacks {
                if self.hold(place, pieces).await? {
                    has.push((place, pieces));
                    continue;
                }
                self.put_back(&new.claim, has).await?;
                *answer = Some(Reserving::NotEnough(place.1.to_owned()));
                break;
            }
        }
        Ok(())
    }

    /// Gives these pieces back, and the key.
    async fn put_back(
        &mut self,
        claim: &Claim<'_>,
        pieces: impl IntoIterator<Item = (Place<'_>, u32)>,
    ) -> Result<(), StorageError> {
        for (place, pieces) in pieces {
            self.release(place, pieces.into()).await?;
        }
        self.give_up(claim).await
    }
}

impl<'a> NewReservation<'a> {
    /// What it takes from where.
    fn places(&self) -> impl Iterator<Item = (Place<'a>, u32)> {
        let (tenant, location) = (self.claim.tenant, self.location_code);
        self.pieces.iter().map(move |(sku, pieces)| ((tenant, *sku, location), *pieces))
    }

    pub(super) fn state(&self) -> State {
        match self.payment {
            Payment::InStore => State::Requested,
            Payment::Checkout => State::AwaitingPayment,
        }
    }
}

/// What is left of an address or a number when it is erased: enough to recognise the person, not to reach them.
pub(crate) fn person_hash(tenant: &str, key: &str) -> String {
    digest(&[b"person", tenant.as_bytes(), key.as_bytes()])
}
