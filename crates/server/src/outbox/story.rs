//! All that is said of an event, gathered when it is told: personal data that is erased meanwhile is not told any more.

use std::sync::Arc;

use devanture_api::{product::Money, reservation::ReservedItem};
use devanture_domain::reservation::{Notice, State};
use devanture_storage::{
    FactProposal, Facts, NamedVariant, OutboxEvent, Person, PrivateToken, Repository, Reservation,
    StorageError,
};

use super::Failed;
use crate::{App, directory::SiteView, index::Network, reservations::shown_item};

/// An event with everything that a message about it says.
pub(crate) struct Story {
    pub(crate) event: OutboxEvent,
    /// As it stands now; `event.facts` is how it stood.
    pub(crate) reservation: Reservation,
    /// `None` once erased.
    pub(crate) person: Option<Person>,
    /// The private link of this message, where there is a person to give it to.
    pub(crate) link: Option<String>,
    pub(crate) items: Vec<ReservedItem>,
    pub(crate) proposed: Option<ReservedItem>,
    pub(crate) network: Arc<Network>,
    pub(crate) site: Option<Arc<SiteView>>,
}

impl Story {
    /// `None` where reservation or network are gone.
    pub(crate) async fn of(app: &App, event: &OutboxEvent) -> Result<Option<Self>, Failed> {
        let mut repository = app.database().write().await?;
        let Some(reservation) = repository.reservation(&event.tenant, &event.reservation_id).await? else {
            return Ok(None);
        };
        let mut people = repository.people(&event.tenant, std::slice::from_ref(&reservation)).await?;
        let person = people.remove(&reservation.id);
        let mut link = None;
        if person.is_some() {
            let token = PrivateToken::from_random(app.random()?);
            repository.add_link(&event.tenant, &reservation.id, &token).await?;
            link = Some(app.reservation_page(&token));
        }
        let story = Self::gathered(app, &mut repository, event.clone(), reservation, person, link).await?;
        repository.save().await?;
        Ok(story)
    }

    /// A reservation as it stands, for whoever has its link; without a link, since they have it.
    pub(crate) async fn now(
        app: &App,
        repository: &mut Repository,
        reservation: Reservation,
    ) -> Result<Option<Self>, StorageError> {
        let mut people = repository.people(&reservation.tenant, std::slice::from_ref(&reservation)).await?;
        let person = people.remove(&reservation.id);
        let history = repository.reservation_events(&reservation.tenant, &reservation.id).await?;
        let last = history.iter().rev().find(|event| event.before != Some(event.after));
        let mut facts = Facts::of(&reservation, u32::try_from(history.len()).unwrap_or(u32::MAX));
        facts.refusal = last.and_then(|last| last.refusal.clone());
        facts.unpaid = last.is_some_and(|last| last.before == Some(State::AwaitingPayment));
        let mut notice = Notice::of(reservation.state).unwrap_or(Notice::Requested);
        let proposal = repository.proposal(&reservation).await?;
        if let Some(proposal) = proposal.filter(|proposal| app.now() <= proposal.open_until) {
            notice = Notice::Proposed;
            facts.proposal = Some(FactProposal {
                sku: proposal.sku,
                quantity: proposal.quantity,
                open_until: proposal.open_until,
            });
        }
        let event = OutboxEvent {
            tenant: reservation.tenant.clone(),
            id: String::new(),
            notice,
            reservation_id: reservation.id.clone(),
            at: reservation.changed_at,
            facts,
        };
        Self::gathered(app, repository, event, reservation, person, None).await
    }

    /// With what catalogue and network say of it.
    async fn gathered(
        app: &App,
        repository: &mut Repository,
        event: OutboxEvent,
        reservation: Reservation,
        person: Option<Person>,
        link: Option<String>,
    ) -> Result<Option<Self>, StorageError> {
        let facts = &event.facts;
        let skus = facts.items.iter().map(|item| &item.sku).chain(facts.proposal.iter().map(|p| &p.sku));
        let skus: Vec<&str> = skus.map(String::as_str).collect();
        let variants = repository.named_variants(&event.tenant, &skus).await?;
        let snapshot = app.directory().load();
        let Some(network) = snapshot.network(&event.tenant).cloned() else { return Ok(None) };
        let site = snapshot.by_id(&reservation.site_id).cloned();
        drop(snapshot);
        let named = |sku: &str| -> Option<&NamedVariant> { variants.get(sku) };
        let items = facts.items.iter().map(|item| {
            let price = item.amount.zip(item.currency.clone());
            let price = price.map(|(amount, currency)| Money { amount, currency });
            shown_item(named(&item.sku), item.sku.clone(), item.quantity, price)
        });
        let items = items.collect();
        let mut proposed = None;
        if let Some(proposal) = &facts.proposal {
            let price_list = site.as_ref().map_or("default", |site| site.price_list());
            let prices = repository.prices(&event.tenant, price_list, &[&proposal.sku]).await?;
            let price = prices
                .into_iter()
                .next()
                .map(|price| Money { amount: price.amount, currency: price.currency });
            proposed = Some(shown_item(named(&proposal.sku), proposal.sku.clone(), proposal.quantity, price));
        }
        Ok(Some(Self { event, reservation, person, link, items, proposed, network, site }))
    }

    /// The name of the store at which it is fetched; its code, once it has closed for good.
    pub(crate) fn store_name(&self) -> String {
        let code = &self.event.facts.store_code;
        let store = self.network.find(code).and_then(|index| self.network.store(index));
        store.map_or_else(|| code.clone(), |store| store.name)
    }

    pub(crate) fn time_zone(&self) -> String {
        let index = self.network.find(&self.event.facts.store_code);
        index.map_or("UTC", |index| self.network.zone_name(index)).to_owned()
    }
}
