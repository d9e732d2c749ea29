//! What a file is, by its first bytes; its name helps where they say nothing.

use std::path::Path;

use crate::{FeedError, Mapping};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cells with this sign between them, the first line being the header.
    Delimited(u8),
    /// A list of objects, or an object per line.
    Json,
    /// RSS or Atom with Google's elements.
    Xml,
}

impl Format {
    /// What a file's name says; `None` where it says nothing.
    pub fn of_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" => Some(Self::Delimited(b',')),
            "tsv" | "tab" => Some(Self::Delimited(b'\t')),
            "json" | "jsonl" | "ndjson" => Some(Self::Json),
            "xml" | "rss" | "atom" => Some(Self::Xml),
            _ => None,
        }
    }

    /// By the first line.
    pub(super) fn of(start: &[u8], named: Option<Self>, mapping: &Mapping) -> Result<Self, FeedError> {
        let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
        match first {
            None => Err(FeedError::Empty),
            Some(b'{' | b'[') => Ok(Self::Json),
            Some(b'<') => Ok(Self::Xml),
            Some(_) if named == Some(Self::Json) => {
                Err(FeedError::Unreadable { line: 1, reason: "JSON begins with [ or {".to_owned() })
            }
            Some(_) if named == Some(Self::Xml) => {
                Err(FeedError::Unreadable { line: 1, reason: "XML begins with <".to_owned() })
            }
            Some(_) => delimiter(start, named, mapping).map(Self::Delimited),
        }
    }
}

/// The sign that is most often in the header outside of quotes; the mapping's has to be there if any is.
fn delimiter(start: &[u8], named: Option<Format>, mapping: &Mapping) -> Result<u8, FeedError> {
    let header = start.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.trim_ascii().is_empty());
    let header = header.unwrap_or(start);
    let mut quoted = false;
    let mut counts = [(0, b','), (0, b';'), (0, b'\t'), (0, b'|')];
    let wanted = mapping.delimiter.and_then(|sign| u8::try_from(sign).ok());
    let mut there = 0;
    for byte in header {
        quoted ^= *byte == b'"';
        if quoted {
            continue;
        }
        there += usize::from(Some(*byte) == wanted);
        if let Some((count, _)) = counts.iter_mut().find(|(_, sign)| sign == byte) {
            *count += 1;
        }
    }
    // Of those that are as often there, the one that comes first above.
    let (count, found) = counts.into_iter().rev().max_by_key(|(count, _)| *count).unwrap_or((0, b','));
    let shown = |sign: u8| format!("{:?}", char::from(sign).to_string());
    match wanted {
        Some(wanted) if there == 0 && count > 0 => {
            Err(FeedError::Delimiter { found: shown(found), expected: shown(wanted) })
        }
        Some(wanted) => Ok(wanted),
        None if count == 0 => Ok(match named {
            Some(Format::Delimited(sign)) => sign,
            _ => b',',
        }),
        // Often within a cell, and never a list's only separator without somebody having chosen it.
        None if found == b'|' => Err(FeedError::Delimiter {
            found: shown(b'|'),
            expected: "a comma, a semicolon or a tab".to_owned(),
        }),
        None => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(start: &str) -> Result<Format, FeedError> {
        Format::of(start.as_bytes(), None, &Mapping::default())
    }

    #[test]
    fn by_content_and_by_name() {
        assert_eq!(of("a,b;c,d\n1").unwrap(), Format::Delimited(b','));
        assert_eq!(of("a;b;\"c,,,,\"\n,,,,,").unwrap(), Format::Delimited(b';'));
        assert_eq!(of("\n\na\tb\n").unwrap(), Format::Delimited(b'\t'));
        assert_eq!(of(" \n [{}]").unwrap(), Format::Json);
        assert_eq!(of("{\"a\":1}").unwrap(), Format::Json);
        assert_eq!(of("<?xml").unwrap(), Format::Xml);
        assert!(matches!(of(" \n"), Err(FeedError::Empty)));
        assert!(of("a|b\n").unwrap_err().to_string().contains("delimiter = \"|\""));
        assert_eq!(Format::of_name(Path::new("x.TSV")), Some(Format::Delimited(b'\t')));
        let json = Format::of(b"sku,store", Some(Format::Json), &Mapping::default());
        assert!(json.unwrap_err().to_string().contains("JSON begins"));
        let mapping = Mapping { delimiter: Some(';'), ..Mapping::default() };
        let wrong = Format::of(b"a,b", None, &mapping).unwrap_err().to_string();
        assert!(wrong.contains("delimiter = \",\""), "{wrong}");
    }
}
