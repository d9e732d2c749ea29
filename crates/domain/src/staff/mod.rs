//! Who works here and what each may do. The server decides by these rules; the console shows by them.

mod password;

use serde::{Deserialize, Serialize};

pub use password::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, WeakPassword, check_password};

/// What someone is in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The brand: every store, and what belongs to none.
    HeadOffice,
    /// Runs one or more stores.
    StoreManager,
    /// Serves shoppers in one or more stores.
    Seller,
}

impl Role {
    /// Every role, the mightiest first.
    pub const ALL: [Self; 3] = [Self::HeadOffice, Self::StoreManager, Self::Seller];

    /// The role's name in requests, commands and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HeadOffice => "head_office",
            Self::StoreManager => "store_manager",
            Self::Seller => "seller",
        }
    }

    /// The role of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// Something that not everyone may do. In which stores is said by [`StoreScope`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// A store's appointments, reservations, chats and looks.
    ServeShoppers,
    /// A store's own hours, services and promotions.
    EditStore,
    /// A store's figures.
    ReadFigures,
    /// Who did what in a store.
    ReadAudit,
    /// Reviews and looks before they are published.
    Moderate,
    /// Accounts of staff.
    ManageStaff,
    /// Sites, keys, feeds, and changes to many stores at once.
    ManageNetwork,
}

/// Whether the role may do this at all.
pub fn may(role: Role, permission: Permission) -> bool {
    use Permission::{EditStore, ReadAudit, ReadFigures, ServeShoppers};
    match role {
        Role::HeadOffice => true,
        Role::StoreManager => matches!(permission, ServeShoppers | EditStore | ReadFigures | ReadAudit),
        Role::Seller => matches!(permission, ServeShoppers),
    }
}

/// What a program's secret key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyScope {
    /// Stock and other feeds, in and out.
    Feeds,
    /// Whatever head office may do.
    Admin,
}

impl KeyScope {
    /// Every scope.
    pub const ALL: [Self; 2] = [Self::Feeds, Self::Admin];

    /// The scope's name in requests, commands and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Feeds => "feeds",
            Self::Admin => "admin",
        }
    }

    /// The scope of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

/// The stores that someone acts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreScope {
    /// All, also those that are yet to open.
    All,
    /// Those with these codes; none when empty.
    Only(Vec<String>),
}

impl StoreScope {
    /// Head office has all stores, whatever is listed.
    pub fn of(role: Role, stores: &[String]) -> Self {
        match role {
            Role::HeadOffice => Self::All,
            Role::StoreManager | Role::Seller => Self::Only(stores.to_vec()),
        }
    }

    /// Whether the store is one of them.
    pub fn covers(&self, code: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(codes) => codes.iter().any(|known| known == code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_less_than_the_one_before() {
        use Permission::{
            EditStore, ManageNetwork, ManageStaff, Moderate, ReadAudit, ReadFigures, ServeShoppers,
        };
        let all = [ServeShoppers, EditStore, ReadFigures, ReadAudit, Moderate, ManageStaff, ManageNetwork];
        let count = |role| all.iter().filter(|permission| may(role, **permission)).count();
        assert_eq!(Role::ALL.map(count), [7, 4, 1]);
        assert!(may(Role::Seller, ServeShoppers) && !may(Role::Seller, EditStore));
        assert!(!may(Role::StoreManager, Moderate));
    }

    #[test]
    fn scope_is_by_whole_code() {
        let one = ["FR-1".to_owned()];
        let scope = StoreScope::of(Role::Seller, &one);
        assert!(scope.covers("FR-1") && !scope.covers("FR-10") && !scope.covers("fr-1") && !scope.covers(""));
        assert!(!StoreScope::of(Role::StoreManager, &[]).covers("FR-1"));
        assert!(StoreScope::of(Role::HeadOffice, &one).covers("FR-2"));
    }

    #[test]
    fn names_are_those_on_the_wire() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.as_str()));
        }
        assert_eq!(Role::parse("admin"), None);
        for scope in KeyScope::ALL {
            assert_eq!(KeyScope::parse(scope.as_str()), Some(scope));
            assert_eq!(serde_json::to_string(&scope).unwrap(), format!("\"{}\"", scope.as_str()));
        }
    }
}
