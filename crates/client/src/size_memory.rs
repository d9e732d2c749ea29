//! Size memories that are kept for other devices.

use devanture_api::{routes, size_memory::SizeMemory};

use crate::{Answer, Api, stock::object};

/// Whose memory it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SizeHolder {
    /// Whoever has this token, that of a private link.
    Token(String),
    /// A customer of the shop, by their signed id.
    Customer(String),
}

impl SizeHolder {
    fn header(&self) -> (&'static str, &str) {
        match self {
            Self::Token(token) => (routes::SIZE_MEMORY_HEADER, token),
            Self::Customer(signed) => (routes::CUSTOMER_HEADER, signed),
        }
    }
}

impl Api {
    /// What is remembered.
    pub fn size_memory(&self, of: &SizeHolder) -> Answer<SizeMemory> {
        self.send_as("GET", routes::SIZE_MEMORY, Some(of.header()), None)
    }

    /// Keeps a household: under a new private link where there is no customer.
    pub fn keep_size_memory(&self, of: Option<&SizeHolder>, household: &str) -> Answer<SizeMemory> {
        let body = object(&[("household", household.into())]);
        self.send_as("POST", routes::SIZE_MEMORY, of.map(SizeHolder::header), Some(&body))
    }

    /// Changes what this version remembers.
    pub fn change_size_memory(&self, of: &SizeHolder, household: &str, version: u32) -> Answer<SizeMemory> {
        let body = object(&[("household", household.into()), ("version", version.into())]);
        self.send_as("PUT", routes::SIZE_MEMORY, Some(of.header()), Some(&body))
    }

    /// Erases it everywhere.
    pub fn erase_size_memory(&self, of: &SizeHolder) -> Answer<()> {
        self.tell_as("DELETE", routes::SIZE_MEMORY, Some(of.header()))
    }
}
