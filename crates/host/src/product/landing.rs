//! What the page's URL says: the chosen variant, the store of a local ad.

use super::text::{after, before, position};

/// Longest parameter, in bytes.
const MAX: usize = 400;

/// The first parameter of a URL that has one of these names and is not empty, decoded; `None` too where it is too long or holds
/// control characters.
pub(super) fn parameter(url: &str, names: &[&str]) -> Option<String> {
    let url = before_fragment(url);
    let mut rest = after(url, position(url, b"?")? + 1);
    while !rest.is_empty() {
        let end = position(rest, b"&").unwrap_or(rest.len());
        let pair = before(rest, end);
        rest = after(rest, end + 1);
        let Some(equals) = position(pair, b"=") else { continue };
        let value = after(pair, equals + 1);
        if names.contains(&before(pair, equals)) && !value.is_empty() && value.len() <= MAX {
            let value = decoded(value);
            if !value.is_empty() && value.bytes().all(|byte| byte >= b' ') {
                return Some(value);
            }
        }
    }
    None
}

fn before_fragment(url: &str) -> &str {
    position(url, b"#").map_or(url, |end| before(url, end))
}

/// The store that an ad sends shoppers to, by a URL's `parameter`s (`store_code` of Google's local inventory ads, or `store`): a code of up
/// to 64 letters, digits, `-`, `_` and `.`. Whether there is such a store is for the API to say.
pub fn store_code(parameter: impl Fn(&str) -> Option<String>) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    for name in ["store_code", "store"] {
        let code = parameter(name).unwrap_or_default();
        if !code.is_empty() && code.len() <= 64 && code.bytes().all(plain) {
            return Some(code);
        }
    }
    None
}

/// The path of a URL, and its query when it has one; without origin and fragment.
pub(super) fn path_and_query(url: &str) -> &str {
    let url = before_fragment(url);
    if url.starts_with('/') {
        return url;
    }
    // After the origin's two slashes.
    let origin = position(url, b":").map_or(0, |at| at + 3);
    let path = position(after(url, origin), b"/").map_or(url.len(), |at| origin + at);
    after(url, path)
}

/// The path of a URL alone.
pub(super) fn path(url: &str) -> &str {
    let path = path_and_query(url);
    position(path, b"?").map_or(path, |end| before(path, end))
}

fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%').then(|| Some(digit(at + 1)? * 16 + digit(at + 2)?)).flatten();
        if let Some(code) = escaped.and_then(|code| u8::try_from(code).ok()) {
            out.push(code);
            at += 3;
        } else {
            out.push(if byte == b'+' { b' ' } else { byte });
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{parameter, path_and_query};

    fn store_code(url: &str) -> Option<String> {
        super::store_code(|name| parameter(url, &[name]))
    }

    #[test]
    fn parameters() {
        let of = |url| parameter(url, &["variant", "sku"]);
        assert_eq!(of("https://a.example/p?x=1&variant=42#sku=1").as_deref(), Some("42"));
        assert_eq!(of("/p?sku=A%20B+C%C3%A9").as_deref(), Some("A B Cé"));
        for none in ["/p", "/p#?sku=1", "/p?sku=", "/p?sku", "/p?sku=%00", "/p?mysku=1"] {
            assert_eq!(of(none), None, "{none}");
        }
        assert_eq!(of("/p?sku=100%").as_deref(), Some("100%"));
    }

    #[test]
    fn the_store_of_an_ad() {
        assert_eq!(
            store_code("https://a.example/p?store=b&store_code=FR-75_1.a").as_deref(),
            Some("FR-75_1.a")
        );
        assert_eq!(store_code("/p?store_code=<script>&store=77").as_deref(), Some("77"));
        for none in ["/p?store_code=a%2Fb", "/p?store=..%2F", "/p?store=é"] {
            assert_eq!(store_code(none), None, "{none}");
        }
        assert_eq!(store_code(&format!("/p?store={}", "1".repeat(65))), None);
    }

    #[test]
    fn paths() {
        for (url, path) in [
            ("https://a.example/p?x=1#top", "/p?x=1"),
            ("https://a.example", ""),
            ("/p?next=https://b.example/q", "/p?next=https://b.example/q"),
        ] {
            assert_eq!(path_and_query(url), path);
        }
    }

    proptest! {
        #[test]
        fn any_url(url in r"(https?|://|/|\?|&|=|%|#|\+|é|store|sku|[0-9a-f]){0,24}") {
            let _ = (parameter(&url, &["sku"]), store_code(&url), path_and_query(&url));
        }
    }
}
