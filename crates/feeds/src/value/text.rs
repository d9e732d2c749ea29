//! Words, web addresses, days.

use devanture_domain::civil::Date;

use super::money::shown;

const MAX_WORDS: usize = 300;
/// Ten times what Google takes: shops send the whole of a page.
const MAX_DESCRIPTION: usize = 50_000;
const MAX_ADDRESS: usize = 2000;

/// What is shown as it is: at most 300 characters on one line.
pub(crate) fn words(text: &str) -> Result<String, String> {
    bounded(one_line(text), MAX_WORDS)
}

/// A text of at most 50,000 characters, which may have paragraphs.
pub(crate) fn description(text: &str) -> Result<String, String> {
    let lines: Vec<String> = text.trim().lines().map(one_line).collect();
    bounded(lines.join("\n"), MAX_DESCRIPTION)
}

fn one_line(text: &str) -> String {
    let mut words = String::new();
    for (count, word) in text.split_whitespace().enumerate() {
        if count > 0 {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// PostgreSQL keeps no NUL, and nobody wants the other control characters.
fn bounded(text: String, most: usize) -> Result<String, String> {
    if text.chars().any(|sign| sign.is_control() && sign != '\n') {
        return Err(format!("{} holds a control character", shown(&text)));
    }
    let count = text.chars().count();
    if count > most {
        return Err(format!("{} is longer than {most} characters: it has {count}", shown(&text)));
    }
    Ok(text)
}

/// Only web addresses: a link is shown to shoppers, and `javascript:` is a link too.
pub(crate) fn address(text: &str) -> Result<String, String> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    if !is_web || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(format!("{} is not a web address", shown(text)));
    }
    if text.len() > MAX_ADDRESS {
        return Err(format!("{} is longer than {MAX_ADDRESS} bytes", shown(text)));
    }
    Ok(text.to_owned())
}

/// `2026-11-22`; what may follow of the time is left out.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    Date::parse(day).ok_or_else(|| format!("{} is not a day, as 2026-11-22", shown(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown() {
        assert_eq!(words(" Robe\n «Été» ").as_deref(), Ok("Robe «Été»"));
        assert!(words("a\0b").is_err() && words(&"x".repeat(301)).is_err());
        assert_eq!(
            description(" Un été \t en lin.\r\n\r\n Poches. \n").as_deref(),
            Ok("Un été en lin.\n\nPoches.")
        );
        assert!(description(&"é".repeat(50_000)).is_ok() && description("a\u{7}b").is_err());
        let long = description(&"é".repeat(50_001)).unwrap_err();
        assert!(long.ends_with("is longer than 50000 characters: it has 50001"), "{long}");
        assert!(address("https://a.example/x?y=1").is_ok());
        for bad in
            ["javascript:alert(1)", "https://a b", "www.a.example", &format!("https://{}", "a".repeat(2000))]
        {
            assert!(address(bad).is_err(), "{bad}");
        }
        assert_eq!(date("2026-11-22T10:00+0100"), Ok(Date::from_ymd(2026, 11, 22).unwrap()));
        assert!(date("22/11/2026").is_err());
    }
}
