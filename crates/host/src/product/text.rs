//! Texts of the host page, made fit to be shown or sent: it may hold anything.

/// Longest text that is shown, in characters.
const SHOWN: usize = 200;
/// Longest code. A longer one is none: a code that is cut would be another.
const CODE: usize = 100;
/// Longest URL, in bytes.
const URL: usize = 2048;

/// `text[start..]`, and empty where a slice would panic: the messages of that panic weigh more than half of this module.
pub(super) fn after(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or_default()
}

/// `text[..end]`, likewise.
pub(super) fn before(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or_default()
}

/// Where the first byte that `is` one of these is: of ASCII, so that it is a character.
pub(super) fn position(text: &str, is: &[u8]) -> Option<usize> {
    text.bytes().position(|byte| is.contains(&byte))
}

/// A name to be shown: its entities decoded, its white space one space each, cut after 200 characters. `None` when nothing is left.
pub(super) fn shown(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut left = SHOWN;
    // Nothing beyond is ever needed, whatever the length.
    let text = head(text, SHOWN * 12);
    for char in decoded(text).chars() {
        if left == 0 {
            break;
        }
        if !char.is_whitespace() && !char.is_control() {
            out.push(char);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        } else {
            continue;
        }
        left -= 1;
    }
    if out.ends_with(' ') {
        out.pop();
    }
    (!out.is_empty()).then_some(out)
}

/// A code, a size, a colour: like a name, but one that is too long is refused.
pub(super) fn code(text: &str) -> Option<String> {
    let text = text.trim_ascii();
    if text.len() > CODE * 4 {
        return None;
    }
    shown(text).filter(|code| code.char_indices().nth(CODE).is_none())
}

/// A web address, absolute or from the site's root; never `javascript:`.
pub(super) fn url(text: &str) -> Option<String> {
    let text = text.trim_ascii();
    let web = ["https://", "http://", "/"].iter().any(|start| text.starts_with(start));
    (web && text.len() <= URL && text.bytes().all(|byte| byte >= b' ')).then(|| decoded(text))
}

/// At most `bytes` from the start, and no half character.
fn head(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    before(text, end)
}

/// Shops escape texts for HTML and put them into JSON: the entities that they write most, and numeric ones. Others stay as they are.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = position(rest, b"&") {
        out.push_str(before(rest, at));
        rest = after(rest, at + 1);
        let end = position(rest, b";").filter(|end| *end <= 8);
        if let Some((char, end)) = end.and_then(|end| Some((character(before(rest, end))?, end))) {
            out.push(char);
            rest = after(rest, end + 1);
        } else {
            out.push('&');
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let (digits, base) = match number.as_bytes() {
            [b'x' | b'X', digits @ ..] => (digits, 16),
            digits => (digits, 10),
        };
        // At most eight bytes, so the sum stays in its type.
        let push = |code: u32, byte: &u8| Some(code * base + char::from(*byte).to_digit(base)?);
        return digits.iter().try_fold(0, push).filter(|code| *code > 0).and_then(char::from_u32);
    }
    NAMED.iter().find(|(entity, _)| *entity == name).map(|(_, char)| *char)
}

const NAMED: [(&str, char); 27] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("rsquo", '’'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("trade", '™'),
    ("reg", '®'),
    ("eacute", 'é'),
    ("Eacute", 'É'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("ccedil", 'ç'),
    ("icirc", 'î'),
    ("ocirc", 'ô'),
    ("ucirc", 'û'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("ntilde", 'ñ'),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{code, shown, url};

    #[test]
    fn entities_and_white_space() {
        let clean = |text| shown(text).unwrap_or_default();
        assert_eq!(clean(" Robe d&#39;&eacute;t&eacute;\n\t&amp; ceinture&nbsp;"), "Robe d'été & ceinture");
        assert_eq!(clean("&#x41;&#xD800;&#99999999;&unknown;&"), "A&#xD800;&#99999999;&unknown;&");
        assert_eq!(clean("&amp;lt;"), "&lt;", "decoded once");
        assert_eq!(shown(" \u{0}\n&nbsp;"), None);
    }

    #[test]
    fn lengths() {
        assert_eq!(shown(&"é".repeat(10_000)).map(|name| name.chars().count()), Some(200));
        assert_eq!(code(&"1".repeat(100)).map(|code| code.len()), Some(100));
        assert_eq!(code(&"1".repeat(101)), None);
    }

    #[test]
    fn addresses() {
        assert_eq!(url(" https://a.example/?a=1&amp;b=2 ").as_deref(), Some("https://a.example/?a=1&b=2"));
        assert_eq!(url("/p/1").as_deref(), Some("/p/1"));
        for wrong in ["javascript:alert(1)", "data:text/html,x", "p/1", "", "https://a\u{0}"] {
            assert_eq!(url(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text(text in "(.|&|;|#|x|amp|\\s){0,60}") {
            if let Some(name) = shown(&text) {
                prop_assert!(!name.is_empty() && name.trim() == name && name.chars().count() <= 200);
            }
        }
    }
}
