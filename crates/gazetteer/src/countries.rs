//! Names of countries.

/// `code TAB English TAB French` lines, sorted.
static NAMES: &str = include_str!("../data/countries.tsv");

/// What a country is called in `language`, `fr` or anything that begins so; in English for every other. The code
/// itself when it is none.
pub fn country_name<'a>(code: &'a str, language: &str) -> &'a str {
    let french = language.get(..2).is_some_and(|l| l.eq_ignore_ascii_case("fr"));
    let mut lines = NAMES.lines().map(|line| line.split('\t'));
    let found = lines.find_map(|mut line| (line.next() == Some(code)).then(|| line.nth(usize::from(french))));
    found.flatten().unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_two_languages() {
        assert_eq!(country_name("DE", "fr-CA"), "Allemagne");
        assert_eq!(country_name("DE", "pt"), "Germany");
        assert_eq!(country_name("??", "é"), "??");
    }
}
