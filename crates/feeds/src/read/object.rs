//! The texts of one JSON object. Numbers stay as they are written: 89.10 is no binary fraction.

use std::{borrow::Cow, fmt};

use serde::{
    Deserializer as _,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// Hands every key with its text to `each`. What is in an object within comes as `price.value`; a list is no text.
pub(super) fn read(text: &str, mut each: impl FnMut(&str, &Result<String, String>)) -> Result<(), String> {
    keys(text, &mut |key, value| {
        let value = value.get();
        if !value.starts_with('{') {
            each(key, &scalar(value));
            return Ok(());
        }
        keys(value, &mut |within, value| {
            each(&format!("{key}.{within}"), &scalar(value.get()));
            Ok(())
        })
    })
}

fn keys(text: &str, each: &mut dyn FnMut(&str, &RawValue) -> Result<(), String>) -> Result<(), String> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let wrong = |error: serde_json::Error| format!("is not right JSON: {error}");
    parser.deserialize_map(Keys(each)).map_err(wrong)?;
    parser.end().map_err(wrong)
}

fn scalar(value: &str) -> Result<String, String> {
    match value.as_bytes().first() {
        Some(b'"') => serde_json::from_str(value).map_err(|error| format!("is not right JSON: {error}")),
        Some(b'n') => Ok(String::new()),
        Some(b'[' | b'{') => Err("is a list or an object, and no text".to_owned()),
        _ => Ok(value.to_owned()),
    }
}

struct Keys<'a>(&'a mut dyn FnMut(&str, &RawValue) -> Result<(), String>);

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let value: &RawValue = map.next_value()?;
            (self.0)(&key, value).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_it_is_written() {
        let mut found = Vec::new();
        let text = r#"{"sku": "A\u0042", "price": {"value": 12.10, "currency": "EUR"}, "n": null, "l": [1], "q": 1e18}"#;
        read(text, |key, value| found.push((key.to_owned(), value.clone()))).unwrap();
        let texts: Vec<(&str, Option<&str>)> =
            found.iter().map(|(key, value)| (key.as_str(), value.as_deref().ok())).collect();
        assert_eq!(
            texts,
            [
                ("sku", Some("AB")),
                ("price.value", Some("12.10")),
                ("price.currency", Some("EUR")),
                ("n", Some("")),
                ("l", None),
                ("q", Some("1e18"))
            ]
        );
        for wrong in ["{\"a\": NaN}", "{\"a\" 1}", "{} {}", "{\"a\": 1", "{'a': 1}"] {
            assert!(read(wrong, |_, _| ()).is_err(), "{wrong}");
        }
    }
}
