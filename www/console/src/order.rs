//! An order for a shopper, as its form is filled in.

use devanture_api::staff_order::{StaffOrder, StaffOrderRequest};

use crate::api::Failure;

/// The form, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ordering {
    pub sku: String,
    /// The place that is asked.
    pub from: String,
    pub from_name: String,
    pub warehouse: bool,
    pub available: u32,
    /// By which the server recognises it when it is sent again.
    pub key: String,
    /// What was sent with that key.
    pub sent: Option<StaffOrderRequest>,
    pub sending: bool,
    /// The id of the field that is wrong, and the key of what to say.
    pub wrong: Option<(&'static str, &'static str)>,
    pub failure: Option<Failure>,
    pub done: Option<StaffOrder>,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub quantity: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub consent: bool,
}

impl Typed {
    /// The first field that is wrong. Whether an address or a number is one, the server says.
    pub(crate) fn wrong(&self) -> Option<(&'static str, &'static str)> {
        let is_empty = |text: &str| text.trim().is_empty();
        if is_empty(&self.name) {
            Some(("order-name", "order.wrong.name"))
        } else if is_empty(&self.phone) && is_empty(&self.email) {
            Some(("order-phone", "order.wrong.contact"))
        } else if !self.consent {
            Some(("order-consent", "order.wrong.consent"))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Typed;

    #[test]
    fn one_thing_after_the_other() {
        let mut typed = Typed::default();
        let field = |typed: &Typed| typed.wrong().map(|(field, _)| field);
        assert_eq!(field(&typed), Some("order-name"));
        typed.name = "Iris".to_owned();
        typed.email = "  ".to_owned();
        assert_eq!(field(&typed), Some("order-phone"));
        typed.email = "iris@example.com".to_owned();
        assert_eq!(field(&typed), Some("order-consent"));
        typed.consent = true;
        assert_eq!(field(&typed), None);
    }
}
