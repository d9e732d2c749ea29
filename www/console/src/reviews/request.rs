//! Asking a customer for reviews, as its form is filled in.

use devanture_api::{
    staff_review::{AskedPerson, ReviewRequested, ReviewRequests},
    staff_stock::{StaffStock, StockProduct},
};
use devanture_domain::civil::Date;

use super::Asked;
use crate::api::Failure;

/// The form, and what became of it.
pub(crate) struct Asking {
    /// By which the server recognises what is sent again.
    pub key: String,
    /// What was sent with that key.
    sent: Option<(Typed, Vec<Chosen>)>,
    pub found: Asked<StaffStock>,
    /// What was looked for.
    pub query: String,
    pub chosen: Vec<Chosen>,
    /// What the fields hold, also while another part of the room is looked at.
    pub typed: Typed,
    pub sending: bool,
    /// Ids of fields, and the keys of what is wrong with them.
    pub wrong: Vec<(&'static str, &'static str)>,
    pub failure: Option<Failure>,
}

/// A product that they bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub id: String,
    pub name: String,
    /// Those that there are, each once.
    pub sizes: Vec<String>,
    /// The one of the label that was typed or scanned, until another is chosen.
    pub size: String,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub site: String,
    pub store: String,
    pub on: String,
    pub name: String,
    pub email: String,
    pub locale: String,
    pub incentive: String,
    /// Of each chosen product.
    pub sizes: Vec<String>,
}

impl Asking {
    pub(crate) fn new(key: String, typed: Typed) -> Self {
        Self {
            key,
            sent: None,
            found: Asked::default(),
            query: String::new(),
            chosen: Vec::new(),
            typed,
            sending: false,
            wrong: Vec::new(),
            failure: None,
        }
    }

    /// Takes a product up, once.
    pub(crate) fn choose(&mut self, product: &StockProduct) {
        if self.chosen.iter().any(|one| one.id == product.id) {
            return;
        }
        let mut sizes: Vec<String> = Vec::new();
        for size in product.variants.iter().filter_map(|variant| variant.size.clone()) {
            if !sizes.contains(&size) {
                sizes.push(size);
            }
        }
        let exact = product.variants.iter().find(|variant| variant.exact);
        let size = exact.and_then(|variant| variant.size.clone()).unwrap_or_default();
        self.chosen.push(Chosen { id: product.id.clone(), name: product.name.clone(), sizes, size });
    }

    /// Takes over what the fields hold.
    pub(crate) fn hold(&mut self, typed: Typed) {
        for (one, size) in self.chosen.iter_mut().zip(&typed.sizes) {
            one.size.clone_from(size);
        }
        self.typed = typed;
    }

    /// What is sent, or nothing where something is wrong, which is noted. Whether an address is one, the server says.
    /// `fresh` draws a key for what was not sent before.
    pub(crate) fn checked(&mut self, typed: Typed, fresh: impl FnOnce() -> String) -> Option<ReviewRequests> {
        let on = Date::parse(&typed.on);
        let is_empty = |text: &str| text.trim().is_empty();
        let what = self.chosen.is_empty() && typed.store.is_empty();
        let wrong = [
            (what, ("ask-q", "rv.ask.wrong.what")),
            (on.is_none(), ("ask-on", "rv.ask.wrong.on")),
            (is_empty(&typed.name), ("ask-name", "rv.ask.wrong.name")),
            (is_empty(&typed.email), ("ask-email", "rv.ask.wrong.email")),
        ];
        self.wrong = wrong.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, field)| field).collect();
        self.failure = None;
        self.hold(typed.clone());
        let on = on.filter(|_| self.wrong.is_empty())?;
        // The key stands for what was sent with it.
        let now = (typed, self.chosen.clone());
        if self.sent.as_ref().is_some_and(|sent| *sent != now) {
            self.key = fresh();
        }
        let (typed, _) = self.sent.insert(now);
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let item = |what: &str, product: Option<&str>, store: Option<&str>, size: &str| ReviewRequested {
            origin: ["console ", &self.key, " ", what].concat(),
            product: product.map(ToOwned::to_owned),
            store: store.map(ToOwned::to_owned),
            size: some(size),
            experienced_on: on,
            incentive: some(&typed.incentive),
            locale: typed.locale.clone(),
            person: Some(AskedPerson {
                name: typed.name.trim().to_owned(),
                email: typed.email.trim().to_owned(),
            }),
        };
        let chosen = self.chosen.iter().enumerate();
        let mut items: Vec<_> =
            chosen.map(|(at, one)| item(&at.to_string(), Some(&one.id), None, &one.size)).collect();
        if !typed.store.is_empty() {
            items.push(item("store", None, Some(&typed.store), ""));
        }
        Some(ReviewRequests { site: typed.site.clone(), items })
    }
}

/// Which field of the form the server means, and what to say of it.
pub(crate) fn refused(field: &str) -> Option<(&'static str, &'static str)> {
    Some(match field.rsplit_once("].").map_or(field, |(_, name)| name) {
        "person.email" => ("ask-email", "rv.ask.wrong.email"),
        "person.name" => ("ask-name", "rv.ask.wrong.name"),
        "experienced_on" => ("ask-on", "rv.ask.wrong.future"),
        "incentive" => ("ask-incentive", "rv.ask.wrong.incentive"),
        "product" => ("ask-q", "rv.ask.wrong.product"),
        "store" => ("ask-store", "rv.ask.wrong.store"),
        "site" => ("ask-site", "rv.ask.wrong.site"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            site: "shop".to_owned(),
            on: "2026-11-20".to_owned(),
            name: " Zoé ".to_owned(),
            email: "zoe@example.com".to_owned(),
            locale: "fr".to_owned(),
            sizes: vec!["38".to_owned()],
            ..Typed::default()
        }
    }

    fn asking() -> Asking {
        let mut asking = Asking::new("first".to_owned(), Typed::default());
        let sizes = vec!["38".to_owned()];
        asking.chosen =
            vec![Chosen { id: "ROBE".to_owned(), name: "Robe".to_owned(), sizes, size: String::new() }];
        asking
    }

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let mut asking = Asking::new("first".to_owned(), Typed::default());
        assert_eq!(asking.checked(Typed::default(), String::new), None);
        let fields: Vec<&str> = asking.wrong.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["ask-q", "ask-on", "ask-name", "ask-email"]);
        let visit = Typed { store: "FR-NTE".to_owned(), ..typed() };
        let sent = asking.checked(visit, String::new).unwrap();
        assert_eq!((asking.wrong.len(), sent.items.len()), (0, 1));
        assert_eq!(
            (sent.items[0].product.as_deref(), sent.items[0].store.as_deref()),
            (None, Some("FR-NTE"))
        );
    }

    #[test]
    fn the_same_is_asked_once_and_something_else_anew() {
        let mut asking = asking();
        let first = asking.checked(typed(), || "second".to_owned()).unwrap();
        assert_eq!(first.items[0].size.as_deref(), Some("38"));
        assert_eq!(first.items[0].person.as_ref().unwrap().name, "Zoé");
        assert_eq!(asking.checked(typed(), || "second".to_owned()).unwrap(), first);
        asking.hold(Typed { sizes: vec!["40".to_owned()], ..typed() });
        assert_eq!(asking.chosen[0].size, "40");
        let other = Typed { email: "z@example.com".to_owned(), ..typed() };
        let anew = asking.checked(other, || "second".to_owned()).unwrap();
        assert_ne!(anew.items[0].origin, first.items[0].origin);
    }

    #[test]
    fn the_server_names_fields_by_their_places() {
        assert_eq!(refused("items[0].person.email").map(|(id, _)| id), Some("ask-email"));
        assert_eq!(refused("site").map(|(id, _)| id), Some("ask-site"));
        assert_eq!(refused("items"), None);
    }
}
