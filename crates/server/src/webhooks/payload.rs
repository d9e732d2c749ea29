//! What a program is told of an event.

use devanture_api::{
    admin::Person,
    event::{Event, EventData, EventProposal, Refund, SourceEvent, SourceEventData},
    product::Money,
};
use devanture_domain::{civil::UtcMs, reservation::Notice};

use crate::{NamedZone, outbox::Story};

fn timestamp(at: UtcMs) -> String {
    NamedZone::utc().rfc3339(at).replace("+00:00", "Z")
}

pub(super) fn source_event(event: &devanture_storage::SourceEvent) -> SourceEvent {
    let facts = &event.facts;
    SourceEvent {
        kind: event.notice.as_str().to_owned(),
        timestamp: timestamp(event.at),
        data: SourceEventData {
            source: event.source.clone(),
            feed: facts.kind.clone(),
            interval_s: facts.interval_ms / 1000,
            fresh_at: facts.fresh_at,
            reason: facts.reason.clone(),
        },
    }
}

pub(super) fn event(story: Story) -> Event {
    let (store_name, time_zone) = (story.store_name(), story.time_zone());
    let Story { event, reservation, person, link, items, proposed, .. } = story;
    let facts = event.facts;
    Event {
        kind: event.notice.as_str().to_owned(),
        timestamp: timestamp(event.at),
        data: EventData {
            reservation: reservation.id,
            number: facts.number,
            state: facts.state,
            site: reservation.site_id,
            store_code: facts.store_code,
            sent_from: facts.sent_from,
            store_name,
            time_zone,
            stores_asked: facts.stores_asked,
            checkout: facts.checkout,
            pickup_code: reservation.pickup_code,
            items,
            locale: reservation.locale,
            person: person.map(|person| Person {
                name: person.name,
                email: person.email,
                phone: person.phone,
            }),
            link,
            due_at: facts.due_at,
            ready_at: facts.ready_from,
            refusal: facts.refusal,
            passed_from: facts.passed_from,
            unpaid: facts.unpaid,
            proposal: proposed
                .zip(facts.proposal)
                .filter(|_| event.notice == Notice::Proposed)
                .map(|(item, proposal)| EventProposal { item, open_until: proposal.open_until }),
            refunds: facts
                .refunds
                .into_iter()
                .map(|refund| Refund {
                    payment: refund.payment,
                    paid: Money { amount: refund.amount, currency: refund.currency },
                })
                .collect(),
        },
    }
}
