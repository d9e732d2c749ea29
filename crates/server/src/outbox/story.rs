//! All that is said of an event, gathered when it is told: personal data that is erased meanwhile is not told any more.

use std::sync::Arc;

use devanture_api::{admin::StaffItem, product::Money};
use devanture_storage::{NamedVariant, OutboxEvent, Person, PrivateToken, Reservation};

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
    pub(crate) token: Option<PrivateToken>,
    pub(crate) items: Vec<StaffItem>,
    pub(crate) proposed: Option<StaffItem>,
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
        let token = match person {
            Some(_) => Some(PrivateToken::from_random(app.random()?)),
            None => None,
        };
        if let Some(token) = &token {
            repository.add_link(&event.tenant, &reservation.id, token).await?;
        }
        repository.save().await?;
        let link = token.as_ref().map(|token| app.reservation_page(token));
        Ok(Some(Self {
            event: event.clone(),
            reservation,
            person,
            link,
            token,
            items,
            proposed,
            network,
            site,
        }))
    }

    /// The store's name; its code, once it has closed for good or where it is a warehouse.
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
