//! The mapping file: which column is which field, and what to do with its cells.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::Path,
};

use devanture_feeds::Rule;
use devanture_storage::StoreField;
use serde::{Deserialize, de::DeserializeOwned};

/// What the rows of a file are made of.
pub(crate) trait Fields: Copy + Ord + fmt::Debug + DeserializeOwned + 'static {
    /// Those without which there is no row, with their names.
    const NEEDED: &'static [(Self, &'static str)];
    /// What a row is.
    const ROW: &'static str;
}

/// How a file is read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound = "F: Fields")]
pub(crate) struct Mapping<F: Ord = Field> {
    /// Sign between columns.
    #[serde(default = "comma")]
    pub(super) delimiter: char,
    /// Encoding label as browsers know it: `utf-8`, `latin1`, `windows-1252`, `shift_jis`…
    #[serde(default = "utf8")]
    pub(super) encoding: String,
    /// Field by field.
    pub(super) fields: BTreeMap<F, Rule>,
}

/// What a store is made of, one cell each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Field {
    Code,
    Name,
    /// `own`, `franchise` or `licensed`.
    Ownership,
    Street,
    Postcode,
    Town,
    Region,
    /// ISO 3166-1 alpha-2.
    Country,
    Lat,
    Lng,
    Phone,
    Email,
    Url,
    /// IANA name.
    TimeZone,
    /// Codes, set apart by the rule's `separator`.
    Services,
    Brands,
    /// Whether it sends its pieces to shoppers' homes: `yes` or `no`; empty is no.
    Ships,
    /// `09:30-12:30 14:00-19:00`; empty or `closed`.
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// Why a mapping file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MappingError {
    #[error("the mapping cannot be read: {0}")]
    Io(#[from] std::io::Error),
    #[error("the mapping is not right: {0}")]
    Toml(#[from] toml::de::Error),
    #[error("the mapping says nothing of {0}; every {1} needs it")]
    Missing(&'static str, &'static str),
    #[error("the mapping's field {0:?} has neither a column nor a value")]
    NoSource(String),
    #[error("{0:?} is no encoding that can be read; use utf-8, latin1 or windows-1252")]
    Encoding(String),
    #[error("the delimiter must be one ASCII sign")]
    Delimiter,
}

impl Fields for Field {
    const NEEDED: &'static [(Self, &'static str)] = &[
        (Self::Code, "code"),
        (Self::Name, "name"),
        (Self::Lat, "lat"),
        (Self::Lng, "lng"),
        (Self::TimeZone, "time_zone"),
    ];
    const ROW: &'static str = "store";
}

impl<F: Fields> Mapping<F> {
    /// Reads and checks a mapping file.
    pub(crate) fn read(path: &Path) -> Result<Self, MappingError> {
        Self::parse(&std::fs::read_to_string(path)?)
    }

    pub(crate) fn parse(text: &str) -> Result<Self, MappingError> {
        let mapping: Self = toml::from_str(text)?;
        for (field, name) in F::NEEDED {
            if !mapping.fields.contains_key(field) {
                return Err(MappingError::Missing(name, F::ROW));
            }
        }
        for (field, rule) in &mapping.fields {
            if rule.column.is_none() && rule.value.is_none() {
                return Err(MappingError::NoSource(format!("{field:?}").to_lowercase()));
            }
        }
        if !mapping.delimiter.is_ascii() {
            return Err(MappingError::Delimiter);
        }
        mapping.encoding()?;
        Ok(mapping)
    }

    /// Cells are decoded one by one, so the signs between them must be the same in the encoding.
    pub(super) fn encoding(&self) -> Result<&'static encoding_rs::Encoding, MappingError> {
        encoding_rs::Encoding::for_label(self.encoding.as_bytes())
            .filter(|encoding| encoding.is_ascii_compatible())
            .ok_or_else(|| MappingError::Encoding(self.encoding.clone()))
    }
}

impl Mapping {
    /// The parts of a store that the file speaks of.
    pub(super) fn supplied(&self) -> BTreeSet<StoreField> {
        self.fields.keys().filter_map(|field| field.part()).collect()
    }
}

impl Field {
    pub(super) const WEEK: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    fn part(self) -> Option<StoreField> {
        Some(match self {
            Self::Code => return None,
            Self::Name => StoreField::Name,
            Self::Ownership => StoreField::Ownership,
            Self::Street | Self::Postcode | Self::Town | Self::Region | Self::Country => StoreField::Address,
            Self::Lat | Self::Lng => StoreField::Location,
            Self::Phone => StoreField::Phone,
            Self::Email => StoreField::Email,
            Self::Url => StoreField::Url,
            Self::TimeZone => StoreField::TimeZone,
            Self::Services => StoreField::Services,
            Self::Brands => StoreField::Brands,
            Self::Ships => StoreField::Ships,
            Self::Monday
            | Self::Tuesday
            | Self::Wednesday
            | Self::Thursday
            | Self::Friday
            | Self::Saturday
            | Self::Sunday => StoreField::Hours,
        })
    }
}

fn comma() -> char {
    ','
}

fn utf8() -> String {
    "utf-8".to_owned()
}
