//! What a message says, before it is drawn.

use devanture_api::{reservation::ReservedItem, store::Store};
use devanture_domain::{
    civil::{UtcMs, Zone as _},
    reservation::{Notice, State},
};

use super::words::Words;
use crate::{outbox::Story, pages::hours::spans_text, zone::NamedZone};

/// A week of days on which it can be fetched is enough.
const DAYS: i32 = 7;

/// A message, or the page behind its link.
pub(crate) struct Letter {
    pub(crate) words: Words,
    /// The shop that writes.
    pub(crate) shop: String,
    pub(crate) subject: String,
    pub(crate) greeting: String,
    pub(crate) paragraphs: Vec<String>,
    /// Words of somebody's, after the first paragraph, in lines.
    pub(crate) quote: Option<String>,
    /// What the shopper shows at the till.
    pub(crate) code: Option<String>,
    /// Names and values: from when, until when.
    pub(crate) terms: Vec<(&'static str, String)>,
    pub(crate) items: Vec<ReservedItem>,
    pub(crate) proposed: Option<ReservedItem>,
    pub(crate) place: Option<Place>,
    pub(crate) link: Option<String>,
    /// What the link leads to.
    pub(crate) go: &'static str,
    /// Why this is sent, and what not to do with it.
    pub(crate) why: String,
    /// Where no more of the kind can be asked for, and what that is called.
    pub(crate) stop: Option<(&'static str, String)>,
}

/// Where it is fetched.
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) phone: Option<String>,
    /// The days on which it can be fetched, with their hours.
    pub(crate) hours: Vec<(String, String)>,
}

impl Letter {
    pub(crate) fn of(story: &Story, now: UtcMs) -> Self {
        let words = Words::of(&story.reservation.locale);
        let (facts, notice) = (&story.event.facts, story.event.notice);
        let index = story.network.find(&facts.store_code);
        let shown = index.and_then(|index| story.network.store(index));
        let zone = index.map_or_else(NamedZone::utc, |index| story.network.zone(index).clone());
        let shop = story.site.as_ref().map_or_else(|| story.store_name(), |site| site.site.name.clone());
        let said = Said { words, story, zone: &zone, now, store_name: story.store_name() };
        let is_sent = facts.sent_from.is_some();
        let is_there = notice == Notice::Ready || (notice == Notice::Accepted && !is_sent);
        let mut terms = Vec::new();
        if notice == Notice::Accepted
            && let Some(from) = facts.ready_from
        {
            terms.push((words.say("À retirer", "Pick it up"), words.from(from, now, &zone)));
        }
        if is_there && let Some(until) = facts.due_at {
            terms.push((words.say("Jusqu’au", "Until"), words.until(until, now, &zone)));
        }
        if is_there {
            let paid = words.say("Déjà réglé en ligne", "Paid online");
            let till = words.say("En magasin", "In the store");
            terms.push((
                words.say("Paiement", "Payment"),
                if facts.checkout { paid } else { till }.to_owned(),
            ));
        }
        if notice == Notice::Proposed
            && let Some(proposal) = &facts.proposal
        {
            let until = words.until(proposal.open_until, now, &zone);
            terms.push((words.say("Valable jusqu’au", "Open until"), until));
        }
        let days = is_there.then_some((facts.ready_from.unwrap_or(now).max(now), facts.due_at));
        let goes_on = !matches!(notice, Notice::Refused | Notice::Expired | Notice::Cancelled);
        Self {
            subject: said.subject(),
            greeting: said.greeting(),
            paragraphs: said.paragraphs(),
            quote: None,
            code: is_there.then(|| story.reservation.pickup_code.clone()),
            terms,
            items: story.items.clone(),
            proposed: story.proposed.clone(),
            place: shown.filter(|_| goes_on).map(|store| Place::of(store, words, &zone, days)),
            link: story.link.clone(),
            go: if story.proposed.is_some() {
                words.say("Voir la proposition et répondre", "See the proposal and answer")
            } else {
                words.say("Voir ma réservation", "See my reservation")
            },
            why: why(words, &shop),
            stop: None,
            shop,
            words,
        }
    }

    /// One that says nothing yet.
    pub(crate) fn bare(words: Words, shop: String) -> Self {
        Self {
            words,
            shop,
            subject: String::new(),
            greeting: String::new(),
            paragraphs: Vec::new(),
            quote: None,
            code: None,
            terms: Vec::new(),
            items: Vec::new(),
            proposed: None,
            place: None,
            link: None,
            go: "",
            why: String::new(),
            stop: None,
        }
    }
}

impl Place {
    pub(super) fn of(
        store: Store,
        words: Words,
        zone: &NamedZone,
        days: Option<(UtcMs, Option<UtcMs>)>,
    ) -> Self {
        let mut hours = Vec::new();
        if let Some((from, until)) = days.filter(|_| !store.hours.is_empty()) {
            let first = zone.to_local(from).date;
            let last = until.map_or(first, |until| zone.to_local(until).date);
            for day in 0..=(last.0 - first.0).clamp(0, DAYS - 1) {
                let date = first.plus(day);
                let spans = spans_text(store.hours.spans_on(date), words.strings());
                hours.push((words.strings().date(date), spans));
            }
        }
        let country = if store.address.country.is_empty() { "" } else { ", " };
        Self {
            address: format!("{}{country}{}", store.address.line(), store.address.country),
            name: store.name,
            phone: store.phone,
            hours,
        }
    }
}

/// The sentences of a message.
struct Said<'a> {
    words: Words,
    story: &'a Story,
    zone: &'a NamedZone,
    now: UtcMs,
    store_name: String,
}

impl Said<'_> {
    /// With the store's name where the sentence has `{store}`.
    fn say(&self, french: &'static str, english: &'static str) -> String {
        self.words.say(french, english).replace("{store}", &self.store_name)
    }

    /// Whether a warehouse sends it to the store.
    fn is_sent(&self) -> bool {
        self.story.event.facts.sent_from.is_some()
    }

    fn greeting(&self) -> String {
        let name = self.story.person.as_ref().map_or("", |person| person.name.as_str());
        match name {
            "" => self.words.say("Bonjour,", "Hello,").to_owned(),
            name => self.words.say("Bonjour {name},", "Hello {name},").replace("{name}", name),
        }
    }

    fn subject(&self) -> String {
        if self.story.event.facts.state == State::AwaitingPayment {
            return self.say("Votre paiement est attendu", "Your payment is awaited");
        }
        match self.story.event.notice {
            Notice::Requested | Notice::PassedOn if self.is_sent() => {
                self.say("Nous avons demandé à notre entrepôt", "We have asked our warehouse")
            }
            Notice::Requested => self.say("Votre demande est chez {store}", "Your request is with {store}"),
            Notice::PassedOn => self.say("Nous avons demandé à {store}", "We have asked {store}"),
            Notice::Accepted if self.is_sent() => {
                self.say("Vos articles partent pour {store}", "Your items are on their way to {store}")
            }
            Notice::Refused if self.is_sent() => {
                self.say("L’article n’est plus disponible", "The item is not available any more")
            }
            Notice::Accepted => self.say("C’est réservé chez {store}", "Reserved for you at {store}"),
            Notice::Ready => self.say("C’est prêt chez {store}", "Ready for you at {store}"),
            Notice::Refused => self.say("{store} n’a pas l’article", "{store} does not have it"),
            Notice::Proposed => {
                self.say("{store} vous propose un autre article", "{store} proposes something else")
            }
            Notice::Expired => self.say("Votre réservation est terminée", "Your reservation has ended"),
            Notice::Cancelled => self.say("Votre réservation est annulée", "Your reservation is cancelled"),
            Notice::Collected => self.say("Vous avez retiré votre réservation", "You have your reservation"),
            Notice::NoShow => {
                self.say("Votre réservation n’a pas été retirée", "Your reservation was not collected")
            }
            Notice::RefundDue => self.say("Votre remboursement", "Your refund"),
        }
    }

    fn paragraphs(&self) -> Vec<String> {
        let facts = &self.story.event.facts;
        let mut said = vec![if facts.state == State::AwaitingPayment {
            self.say(
                "Vos articles sont gardés chez {store} le temps du paiement.",
                "Your items are kept at {store} while you pay.",
            )
        } else {
            self.what()
        }];
        if matches!(self.story.event.notice, Notice::Requested | Notice::PassedOn)
            && let Some(due_at) = facts.due_at
        {
            let until = self.words.until(due_at, self.now, self.zone);
            let sentence =
                self.words.say("Réponse au plus tard : {until}.", "You will have an answer by {until}.");
            said.push(sentence.replace("{until}", &until));
        }
        let is_over = matches!(
            self.story.event.notice,
            Notice::Refused | Notice::Proposed | Notice::Expired | Notice::Cancelled
        );
        if facts.checkout && is_over && !facts.unpaid {
            said.push(self.say(
                "Ce que vous avez réglé en ligne vous est remboursé par la boutique.",
                "The shop pays back what you have paid online.",
            ));
        }
        said
    }

    fn what(&self) -> String {
        let facts = &self.story.event.facts;
        match self.story.event.notice {
            Notice::Requested if self.is_sent() => self.say(
                "Votre commande est bien arrivée. Notre entrepôt garde les articles pour vous et les enverra chez {store}.",
                "We have your order. Our warehouse keeps the items for you and will send them to {store}.",
            ),
            Notice::PassedOn if self.is_sent() => self.say(
                "Aucun magasin proche ne peut préparer vos articles. Notre entrepôt les a, les garde pour vous et les enverra chez {store}.",
                "No store nearby can get your items ready. Our warehouse has them, keeps them for you and will send them to {store}.",
            ),
            Notice::Accepted if self.is_sent() => self.say(
                "Vos articles sont en route pour {store}. Nous vous écrirons dès leur arrivée : inutile de vous déplacer avant.",
                "Your items are on their way to {store}. We will write to you as soon as they are there: there is no need to come before.",
            ),
            Notice::Refused if self.is_sent() => self.say(
                "Notre entrepôt n’a plus ces articles. Rien n’est réservé.",
                "Our warehouse does not have these items any more. Nothing is reserved.",
            ),
            Notice::Requested => self.say(
                "Votre demande est bien arrivée. Les articles sont gardés pour vous chez {store}, qui vérifie qu’ils sont en rayon.",
                "We have your request. The items are kept for you at {store}, which is checking that they are on the shelf.",
            ),
            Notice::PassedOn => self.say(
                "Le premier magasin ne peut pas préparer vos articles. {store} les a, les garde pour vous et va vous répondre.",
                "The first store cannot get your items ready. {store} has them, keeps them for you and is about to answer.",
            ),
            Notice::Accepted => self.say(
                "{store} a vos articles et les met de côté.",
                "{store} has your items and is putting them aside.",
            ),
            Notice::Ready => self.say(
                "Vos articles vous attendent chez {store}. Montrez ce code à la caisse.",
                "Your items are waiting for you at {store}. Show this code at the till.",
            ),
            Notice::Refused => match facts.refusal.as_deref() {
                Some("no_time") => self.say(
                    "{store} ne peut pas préparer vos articles à temps. Rien n’est réservé.",
                    "{store} cannot get your items ready in time. Nothing is reserved.",
                ),
                Some("damaged") => self.say(
                    "L’article de {store} est abîmé et ne peut pas être vendu. Rien n’est réservé.",
                    "The item at {store} is damaged and cannot be sold. Nothing is reserved.",
                ),
                _ => self.say(
                    "{store} n’a plus ces articles. Rien n’est réservé.",
                    "{store} does not have these items any more. Nothing is reserved.",
                ),
            },
            Notice::Proposed => self.say(
                "{store} n’a pas ce que vous avez demandé, et vous propose ceci à la place. Rien n’est gardé avant que vous n’acceptiez.",
                "{store} does not have what you asked for, and proposes this instead. Nothing is kept until you accept.",
            ),
            Notice::Expired if facts.unpaid => self.say(
                "Le paiement n’est pas arrivé à temps : les articles ne sont plus gardés.",
                "The payment did not come in time: the items are not kept any more.",
            ),
            Notice::Expired => self.say(
                "Le délai est passé : les articles ne sont plus gardés chez {store}.",
                "Time is up: the items are not kept at {store} any more.",
            ),
            Notice::Cancelled => self.say(
                "Les articles ne sont plus gardés chez {store}.",
                "The items are not kept at {store} any more.",
            ),
            Notice::Collected => self.say("Merci de votre visite chez {store}.", "Thank you for coming to {store}."),
            Notice::NoShow => self.say(
                "Les articles sont retournés en rayon chez {store}.",
                "The items are back on the shelf at {store}.",
            ),
            Notice::RefundDue => self.say(
                "La boutique vous rembourse ce que vous avez réglé en ligne.",
                "The shop pays back what you have paid online.",
            ),
        }
    }
}

fn why(words: Words, shop: &str) -> String {
    words
        .say(
            "Vous recevez ce message parce qu’une réservation a été faite à votre nom sur {shop}. Le lien est personnel : qui l’a peut voir et annuler la réservation.",
            "You receive this because a reservation was made in your name at {shop}. The link is yours alone: whoever has it can see the reservation and call it off.",
        )
        .replace("{shop}", shop)
}
