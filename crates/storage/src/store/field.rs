//! The parts of a store that can be edited, imported and protected one by one.

use serde::{Deserialize, Serialize};

use super::Store;

/// One part of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the field of `Store` of the same name")]
pub enum StoreField {
    Name,
    Ownership,
    Address,
    Location,
    Phone,
    Email,
    Url,
    TimeZone,
    Hours,
    Services,
    Brands,
    Promotions,
    Appointments,
    Ships,
}

impl StoreField {
    /// Every field.
    pub const ALL: [Self; 14] = [
        Self::Name,
        Self::Ownership,
        Self::Address,
        Self::Location,
        Self::Phone,
        Self::Email,
        Self::Url,
        Self::TimeZone,
        Self::Hours,
        Self::Services,
        Self::Brands,
        Self::Promotions,
        Self::Appointments,
        Self::Ships,
    ];

    /// As written in reports and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Ownership => "ownership",
            Self::Address => "address",
            Self::Location => "location",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Url => "url",
            Self::TimeZone => "time_zone",
            Self::Hours => "hours",
            Self::Services => "services",
            Self::Brands => "brands",
            Self::Promotions => "promotions",
            Self::Appointments => "appointments",
            Self::Ships => "ships",
        }
    }

    /// Whether both stores say the same.
    pub(super) fn same(self, a: &Store, b: &Store) -> bool {
        match self {
            Self::Name => a.name == b.name,
            Self::Ownership => a.ownership == b.ownership,
            Self::Address => a.address == b.address,
            Self::Location => a.location == b.location,
            Self::Phone => a.phone == b.phone,
            Self::Email => a.email == b.email,
            Self::Url => a.url == b.url,
            Self::TimeZone => a.time_zone == b.time_zone,
            Self::Hours => a.hours == b.hours,
            Self::Services => a.services == b.services,
            Self::Brands => a.brands == b.brands,
            Self::Promotions => a.promotions == b.promotions,
            Self::Appointments => a.appointments == b.appointments,
            Self::Ships => a.ships == b.ships,
        }
    }

    /// Makes `to` say what `from` says.
    pub(super) fn copy(self, from: &Store, to: &mut Store) {
        match self {
            Self::Name => to.name.clone_from(&from.name),
            Self::Ownership => to.ownership = from.ownership,
            Self::Address => to.address.clone_from(&from.address),
            Self::Location => to.location = from.location,
            Self::Phone => to.phone.clone_from(&from.phone),
            Self::Email => to.email.clone_from(&from.email),
            Self::Url => to.url.clone_from(&from.url),
            Self::TimeZone => to.time_zone.clone_from(&from.time_zone),
            Self::Hours => to.hours.clone_from(&from.hours),
            Self::Services => to.services.clone_from(&from.services),
            Self::Brands => to.brands.clone_from(&from.brands),
            Self::Promotions => to.promotions.clone_from(&from.promotions),
            Self::Appointments => to.appointments = from.appointments,
            Self::Ships => to.ships = from.ships,
        }
    }

    /// What a store says, as JSON.
    pub(super) fn value(self, store: &Store) -> serde_json::Result<String> {
        match self {
            Self::Name => serde_json::to_string(&store.name),
            Self::Ownership => serde_json::to_string(&store.ownership),
            Self::Address => serde_json::to_string(&store.address),
            Self::Location => serde_json::to_string(&store.location),
            Self::Phone => serde_json::to_string(&store.phone),
            Self::Email => serde_json::to_string(&store.email),
            Self::Url => serde_json::to_string(&store.url),
            Self::TimeZone => serde_json::to_string(&store.time_zone),
            Self::Hours => serde_json::to_string(&store.hours),
            Self::Services => serde_json::to_string(&store.services),
            Self::Brands => serde_json::to_string(&store.brands),
            Self::Promotions => serde_json::to_string(&store.promotions),
            Self::Appointments => serde_json::to_string(&store.appointments),
            Self::Ships => serde_json::to_string(&store.ships),
        }
    }

    /// Makes a store say what [`Self::value`] has given.
    pub(super) fn set(self, store: &mut Store, value: &str) -> serde_json::Result<()> {
        match self {
            Self::Name => store.name = serde_json::from_str(value)?,
            Self::Ownership => store.ownership = serde_json::from_str(value)?,
            Self::Address => store.address = serde_json::from_str(value)?,
            Self::Location => store.location = serde_json::from_str(value)?,
            Self::Phone => store.phone = serde_json::from_str(value)?,
            Self::Email => store.email = serde_json::from_str(value)?,
            Self::Url => store.url = serde_json::from_str(value)?,
            Self::TimeZone => store.time_zone = serde_json::from_str(value)?,
            Self::Hours => store.hours = serde_json::from_str(value)?,
            Self::Services => store.services = serde_json::from_str(value)?,
            Self::Brands => store.brands = serde_json::from_str(value)?,
            Self::Promotions => store.promotions = serde_json::from_str(value)?,
            Self::Appointments => store.appointments = serde_json::from_str(value)?,
            Self::Ships => store.ships = serde_json::from_str(value)?,
        }
        Ok(())
    }
}
