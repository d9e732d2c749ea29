//! Which passwords are refused. Length is what counts (NIST SP 800-63B); beyond it only what a guesser
//! tries first is refused, and no mixture of signs is asked for.

/// The fewest characters of a password.
pub const MIN_PASSWORD_CHARS: usize = 12;
/// The most characters of a password: whoever pastes more has pasted something else.
pub const MAX_PASSWORD_CHARS: usize = 256;

/// The fewest different characters.
const MIN_DIFFERENT: usize = 5;
/// What a guesser writes around: words of the field, and the first keys of keyboards.
const STEMS: [&str; 16] = [
    "password",
    "passwort",
    "motdepasse",
    "contraseña",
    "wachtwoord",
    "bienvenue",
    "welcome",
    "azerty",
    "qwerty",
    "qwertz",
    "uiop",
    "admin",
    "letmein",
    "iloveyou",
    "boutique",
    "devanture",
];

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeakPassword {
    /// Fewer than [`MIN_PASSWORD_CHARS`].
    TooShort,
    /// More than [`MAX_PASSWORD_CHARS`].
    TooLong,
    /// A few signs repeated, or signs in the order of alphabet or keyboard.
    Predictable,
    /// Little more than the login or a word that everyone takes.
    Common,
}

impl WeakPassword {
    /// What to do about it, in English, for those who have no translation.
    pub fn advice(self) -> &'static str {
        match self {
            Self::TooShort => "It takes at least 12 characters; a few words will do.",
            Self::TooLong => "It has at most 256 characters.",
            Self::Predictable => "It repeats itself, or follows the alphabet.",
            Self::Common => "It is little more than your login, or a word that is tried first.",
        }
    }
}

/// Judges a new password. `login` is the mail address of its owner.
pub fn check_password(password: &str, login: &str) -> Result<(), WeakPassword> {
    // Before anything that takes longer the longer the text is.
    match password.chars().take(MAX_PASSWORD_CHARS + 1).count() {
        0..MIN_PASSWORD_CHARS => return Err(WeakPassword::TooShort),
        MIN_PASSWORD_CHARS..=MAX_PASSWORD_CHARS => {}
        _ => return Err(WeakPassword::TooLong),
    }
    let lower = password.to_lowercase();
    let signs: Vec<char> = lower.chars().collect();
    let mut different = signs.clone();
    different.sort_unstable();
    different.dedup();
    if different.len() < MIN_DIFFERENT || in_sequence(&signs) {
        return Err(WeakPassword::Predictable);
    }
    let login = login.to_lowercase();
    let name = login.split('@').next().unwrap_or_default();
    let mut rest = lower;
    for stem in STEMS.into_iter().chain([login.as_str(), name]).filter(|stem| stem.chars().count() >= 4) {
        rest = rest.replace(stem, "");
    }
    // Digits and signs around such a word are what everyone puts there.
    if rest.chars().filter(|c| c.is_alphabetic()).count() < 4 && rest.chars().count() < MIN_PASSWORD_CHARS {
        return Err(WeakPassword::Common);
    }
    Ok(())
}

/// Whether most signs are the neighbours of those before them, `123456789012` or `abcdefghijkl`.
fn in_sequence(signs: &[char]) -> bool {
    let steps = signs.windows(2).filter(|pair| {
        let (a, b) = (u32::from(pair[0]), u32::from(pair[1]));
        a.abs_diff(b) <= 1
    });
    steps.count() * 4 >= signs.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        use WeakPassword::{Common, Predictable, TooLong, TooShort};
        let long = "lormelle ".repeat(1200);
        for (password, why) in [
            ("", TooShort),
            ("Tr0ub4dor&3", TooShort),
            ("ééééééééééé", TooShort),
            (long.as_str(), TooLong),
            ("aaaaaaaaaaaaaaaa", Predictable),
            ("abababababababab", Predictable),
            ("123456789012", Predictable),
            ("abcdefghijklm", Predictable),
            ("MotDePasse2026!", Common),
            ("azertyuiop123", Common),
            ("Password1234!", Common),
            ("zoe.martin2026", Common),
            ("zoe.martin@shop.example", Common),
        ] {
            assert_eq!(check_password(password, "Zoe.Martin@shop.example"), Err(why), "{password:.40}");
        }
    }

    #[test]
    fn what_is_taken() {
        for password in [
            "correct horse battery staple",
            "🐎🔋📎✅🦊🌧️🎻🧵🪡🧶🪢🎩",
            "пароль-от-магазина",
            "kV7#q2Lr9!xZ",
            "trois petits pulls verts",
            "zoe.martin aime les pulls verts",
        ] {
            assert_eq!(check_password(password, "zoe.martin@shop.example"), Ok(()), "{password}");
        }
    }
}
