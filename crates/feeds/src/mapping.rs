//! The mapping file: which column is which field, and what to do with its cells. A file whose columns have the names that
//! [`Field`] knows needs none.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use crate::{Field, PriceStyle};

/// How a feed is read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Sign between columns; found out when not said.
    pub delimiter: Option<char>,
    /// Encoding label as browsers know it: `utf-8`, `latin1`, `windows-1252`…; of CSV only, JSON and XML are UTF-8.
    pub encoding: Option<String>,
    /// ISO 4217, for prices that do not say it.
    pub currency: Option<String>,
    /// The sign before a price's decimals; found out when not said.
    pub decimal: Option<char>,
    /// Prices are whole numbers of cents.
    #[serde(default)]
    pub minor_units: bool,
    /// A quantity below nothing is 0 instead of an error.
    #[serde(default)]
    pub negative_is_zero: bool,
    /// Field by field; others are found by their usual names.
    #[serde(default)]
    pub fields: BTreeMap<Field, Rule>,
}

/// Where a field's text comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The column's name: in the file's first line, or the key in JSON (`price.value` for one within another).
    pub column: Option<String>,
    /// The same text for all rows, instead of a column; an empty one leaves the field out.
    pub value: Option<String>,
    /// For rows whose cell is empty.
    pub default: Option<String>,
    /// Keep only what follows the first occurrence of this text, where it occurs.
    pub after: Option<String>,
    /// Keep only what precedes it.
    pub before: Option<String>,
    /// Replace whole texts, after the above.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// Between the codes of a list; `|` unless told.
    pub separator: Option<String>,
}

/// Why a mapping file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// It cannot be opened.
    #[error("the mapping cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is not of this form.
    #[error("the mapping is not right: {0}")]
    Toml(#[from] toml::de::Error),
    /// A field without a source.
    #[error("the mapping's field {0} has neither a column nor a value")]
    NoSource(&'static str),
    /// An encoding that is not known, or in which the signs between cells are others.
    #[error("{0:?} is no encoding that can be read; use utf-8, latin1 or windows-1252")]
    Encoding(String),
    /// Not one ASCII sign.
    #[error("the delimiter must be one ASCII sign, and no quote or line end")]
    Delimiter,
    /// Neither a point nor a comma.
    #[error("decimal must be \".\" or \",\"")]
    Decimal,
    /// Not three letters.
    #[error("{0:?} is no currency of three letters, as EUR")]
    Currency(String),
}

impl Mapping {
    /// Reads and checks a mapping file.
    pub fn read(path: &Path) -> Result<Self, MappingError> {
        Self::parse(&std::fs::read_to_string(path)?)
    }

    /// Reads and checks a mapping.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let mut mapping: Self = toml::from_str(text)?;
        for (field, rule) in &mapping.fields {
            if rule.column.is_none() && rule.value.is_none() {
                return Err(MappingError::NoSource(field.as_str()));
            }
        }
        if mapping.delimiter.is_some_and(|sign| !sign.is_ascii() || matches!(sign, '"' | '\r' | '\n' | '\0'))
        {
            return Err(MappingError::Delimiter);
        }
        if mapping.decimal.is_some_and(|sign| !matches!(sign, '.' | ',')) {
            return Err(MappingError::Decimal);
        }
        if let Some(currency) = &mut mapping.currency {
            currency.make_ascii_uppercase();
            if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
                return Err(MappingError::Currency(currency.clone()));
            }
        }
        mapping.encoding()?;
        Ok(mapping)
    }

    /// Cells are decoded one by one, so the signs between them must be the same in the encoding.
    pub(crate) fn encoding(&self) -> Result<&'static encoding_rs::Encoding, MappingError> {
        let Some(label) = &self.encoding else { return Ok(encoding_rs::UTF_8) };
        encoding_rs::Encoding::for_label(label.as_bytes())
            .filter(|encoding| encoding.is_ascii_compatible())
            .ok_or_else(|| MappingError::Encoding(label.clone()))
    }

    pub(crate) fn price_style(&self) -> PriceStyle {
        PriceStyle { currency: self.currency.clone(), decimal: self.decimal, minor_units: self.minor_units }
    }
}

impl Rule {
    /// Applies everything but the choice of the cell.
    pub fn apply(&self, cell: &str) -> String {
        let mut text = cell.trim();
        if let Some((_, rest)) = self.after.as_deref().and_then(|mark| text.split_once(mark)) {
            text = rest.trim();
        }
        if let Some((rest, _)) = self.before.as_deref().and_then(|mark| text.split_once(mark)) {
            text = rest.trim();
        }
        let text = self.map.get(text).map_or(text, String::as_str);
        let text = if text.is_empty() { self.default.as_deref().unwrap_or_default() } else { text };
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_are_right() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/import");
        for name in ["stock-erp.toml", "products-erp.toml", "sales-erp.toml"] {
            let read = Mapping::read(&folder.join(name));
            assert!(read.is_ok(), "{name}: {read:?}");
        }
    }

    #[test]
    fn mappings_that_are_not_right() {
        for (text, part) in [
            ("[fields.kode]\ncolumn = \"a\"", "unknown variant `kode`"),
            ("[fields.sku]\ncolum = \"a\"", "unknown field `colum`"),
            ("[fields.sku]\ndefault = \"a\"", "sku has neither"),
            ("encoding = \"utf-16\"", "no encoding"),
            ("delimiter = \"é\"", "one ASCII sign"),
            ("decimal = \";\"", "decimal must be"),
            ("currency = \"euro\"", "three letters"),
        ] {
            let message = Mapping::parse(text).unwrap_err().to_string();
            assert!(message.contains(part), "{part}: {message}");
        }
        assert_eq!(Mapping::parse("currency = \"eur\"").unwrap().currency.as_deref(), Some("EUR"));
    }
}
