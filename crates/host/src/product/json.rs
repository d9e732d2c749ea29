//! A small JSON reader for what host pages hold.
//!
//! Not the browser's `JSON.parse`: numbers stay as they are written, so that no price becomes a float; a bad script costs a bounded
//! time and no exception; and the rules that read the result are tested and fuzzed natively. It forgives what shops get wrong: line
//! breaks in strings, commas too many, a comment or CDATA mark around the whole.

use super::text::{after, before, position};

/// Longest text that is read, in bytes. A thousand variants are a third of it.
pub const MAX_BYTES: usize = 1 << 20;
/// Deepest nesting; a product's data are ten levels deep at most.
const MAX_DEPTH: usize = 32;
/// Most values in one text.
const MAX_VALUES: usize = 60_000;
/// Most properties of an object; those beyond are left out.
const MAX_PROPERTIES: usize = 100;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`, `true` and `false`: nothing that a product's data says by them is read.
    Other,
    /// A number, as it is written.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object; a key may be there twice.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads the first array or object of a text. `None` when there is none, or when it is broken, too long or too deep.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let mut at = position(text, b"{[")?;
        // A mark, `<![CDATA[`, has brackets of its own.
        if before(text, at).ends_with("<!") {
            at += "[CDATA[".len();
            at += position(after(text, at), b"{[")?;
        }
        Reader { text, at, left: MAX_VALUES }.value(0)
    }

    /// A property by its name, with or without schema.org's prefix. A list of objects has none.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(entries) = self else { return None };
        entries.iter().find(|(key, _)| local(key) == name).map(|(_, value)| value)
    }

    /// The values of a property: those of its list, or the one that it is.
    pub(super) fn all(&self, name: &str) -> &[Self] {
        self.get(name).map_or(&[], Self::items)
    }

    /// The values of a list, or the one that this is.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            one => core::slice::from_ref(one),
        }
    }

    /// A string, or a number as it is written; also the first of a list, and JSON-LD's `@value`.
    pub(super) fn text(&self) -> Option<&str> {
        match self.items().first()? {
            Self::Text(text) | Self::Number(text) => Some(text),
            object => match object.get("@value")? {
                Self::Text(text) | Self::Number(text) => Some(text),
                _ => None,
            },
        }
    }

    /// Whether it is an object of one of these types of schema.org.
    pub(super) fn is(&self, types: &[&str]) -> bool {
        let of = |text: &Self| text.text().is_some_and(|text| types.contains(&local(text)));
        self.all("@type").iter().any(of)
    }
}

/// `https://schema.org/name` and `schema:name` are `name`.
pub(super) fn local(name: &str) -> &str {
    let prefix = name.bytes().rposition(|byte| matches!(byte, b'/' | b':' | b'#'));
    prefix.map_or(name, |at| after(name, at + 1))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    left: usize,
}

impl Reader<'_> {
    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.left = self.left.checked_sub(1)?;
        match self.peek()? {
            b'{' if depth < MAX_DEPTH => self.object(depth + 1),
            b'[' if depth < MAX_DEPTH => self.list(depth + 1),
            b'"' => self.string().map(Json::Text),
            b'-' | b'0'..=b'9' => Some(Json::Number(self.word().into())),
            b'a'..=b'z' if matches!(self.word(), "null" | "true" | "false") => Some(Json::Other),
            _ => None,
        }
    }

    fn word(&mut self) -> &str {
        let rest = after(self.text, self.at);
        let within = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-');
        let end = rest.bytes().position(|byte| !within(byte)).unwrap_or(rest.len());
        self.at += end;
        before(rest, end)
    }

    /// Passes commas; whether `close` is next, which is passed as well.
    fn closes(&mut self, close: u8) -> Option<bool> {
        while self.peek()? == b',' {
            self.at += 1;
        }
        let closes = self.peek()? == close;
        self.at += usize::from(closes);
        Some(closes)
    }

    fn list(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        let mut items = Vec::new();
        while !self.closes(b']')? {
            items.push(self.value(depth)?);
        }
        Some(Json::List(items))
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        let mut entries = Vec::new();
        while !self.closes(b'}')? {
            let key = self.string()?;
            if self.peek()? != b':' {
                return None;
            }
            self.at += 1;
            let value = self.value(depth)?;
            if entries.len() < MAX_PROPERTIES {
                entries.push((key, value));
            }
        }
        Some(Json::Object(entries))
    }

    fn string(&mut self) -> Option<String> {
        if self.peek()? != b'"' {
            return None;
        }
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = after(self.text, self.at);
            let end = position(rest, b"\"\\")?;
            out.push_str(before(rest, end));
            self.at += end + 1;
            if rest.as_bytes().get(end) == Some(&b'"') {
                return Some(out);
            }
            let escape = *self.text.as_bytes().get(self.at)?;
            // What follows need not be a character's first byte.
            if !escape.is_ascii() {
                return None;
            }
            self.at += 1;
            out.push(match escape {
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.unicode()?,
                other => char::from(other),
            });
        }
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let unit =
            digits.bytes().try_fold(0, |unit, digit| Some(unit * 16 + char::from(digit).to_digit(16)?))?;
        self.at += 4;
        Some(unit)
    }

    /// The character of `\u`, or of two; half a pair becomes U+FFFD.
    fn unicode(&mut self) -> Option<char> {
        let high = self.unit()?;
        if (0xd800..0xdc00).contains(&high) && after(self.text, self.at).starts_with("\\u") {
            let back = self.at;
            self.at += 2;
            let low = self.unit()?;
            if (0xdc00..0xe000).contains(&low) {
                return char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            }
            self.at = back;
        }
        Some(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Json;

    fn string(text: &str) -> Option<String> {
        Json::read(text)?.items().first()?.text().map(Into::into)
    }

    #[test]
    fn values() {
        let read =
            Json::read(r#" {"a": [1.50, -2e3, "x\u00e9\n\/", true, null], "schema:b": {}} "#).expect("reads");
        assert_eq!(read.all("a").len(), 5);
        assert_eq!(read.get("a").and_then(Json::text), Some("1.50"));
        assert_eq!(read.all("a")[2].text(), Some("xé\n/"));
        assert_eq!(read.get("b"), Some(&Json::Object(vec![])));
    }

    #[test]
    fn strings() {
        assert_eq!(string(r#"["\ud83d\ude00"]"#).as_deref(), Some("😀"));
        assert_eq!(string(r#"["\ud83d!"]"#).as_deref(), Some("\u{fffd}!"));
        assert_eq!(string(r#"["\ud83d\u0041"]"#).as_deref(), Some("\u{fffd}A"));
        assert_eq!(string("[\"two\nlines\"]").as_deref(), Some("two\nlines"));
        for wrong in [r#"["\"#, r#"["\u12"]"#, r#"["\u12é4"]"#, "[\"\\é\"]", r#"["open]"#] {
            assert_eq!(Json::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_shops_get_wrong() {
        let marked = "/*<![CDATA[*/\n{\"a\":\"b\"}\n/*]]>*/";
        for text in ["<!-- {\"a\": \"b\",} -->", marked, "/* */ {\"a\":,\"b\"};", "\u{feff}{\"a\":\"b\"}"] {
            let read = Json::read(text);
            assert_eq!(
                read.as_ref().and_then(|read| read.get("a")?.text()),
                (!text.contains(":,")).then_some("b"),
                "{text}"
            );
        }
    }

    #[test]
    fn limits() {
        assert!(Json::read(&format!("{}{}", "[".repeat(32), "]".repeat(32))).is_some());
        assert_eq!(Json::read(&"[".repeat(500_000)), None);
        assert_eq!(Json::read(&format!("[{}]", "0,".repeat(60_000))), None);
        assert_eq!(Json::read(&format!("[\"{}\"]", "x".repeat(1 << 20))), None);
    }

    proptest! {
        #[test]
        fn any_text(text in r#"(\{|\}|\[|\]|"|\\|u|d83d|:|,|1|-|é|null|"a":){0,40}"#) {
            let _ = Json::read(&text);
        }

        #[test]
        fn strings_come_back(text in ".{0,30}") {
            prop_assert_eq!(string(&format!("[{}]", serde_json::to_string(&text).expect("writes"))), Some(text));
        }
    }
}
