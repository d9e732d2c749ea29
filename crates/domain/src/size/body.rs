//! Body dimensions, by EN 13402-1 (ISO 8559-1), in millimetres.

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// From the crown of the head to the soles.
    Height,
    /// Girth of chest or bust.
    Chest,
    /// Girth below the bust.
    Underbust,
    /// Girth of the waist.
    Waist,
    /// Girth of the hips.
    Hip,
    /// From the crotch to the soles.
    InsideLeg,
    /// Girth of the neck.
    Neck,
    /// Length of the foot.
    Foot,
}

impl Dimension {
    /// All, with their names in files, in storage and on the wire.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Height, "height"),
        (Self::Chest, "chest"),
        (Self::Underbust, "underbust"),
        (Self::Waist, "waist"),
        (Self::Hip, "hip"),
        (Self::InsideLeg, "inside_leg"),
        (Self::Neck, "neck"),
        (Self::Foot, "foot"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// By its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(dimension, _)| *dimension)
    }

    /// The least and most that a person may have, in millimetres: what lies outside was typed wrong, or in inches.
    pub fn bounds(self) -> (u16, u16) {
        match self {
            Self::Height => (400, 2300),
            Self::Chest => (380, 1800),
            Self::Underbust => (500, 1500),
            Self::Waist => (350, 1800),
            Self::Hip => (380, 1900),
            Self::InsideLeg => (150, 1100),
            Self::Neck => (200, 600),
            Self::Foot => (80, 350),
        }
    }

    /// Whether a person may have so many millimetres of it.
    pub fn allows(self, mm: u16) -> bool {
        let (least, most) = self.bounds();
        (least..=most).contains(&mm)
    }
}

/// Centimetres as they are written, `84`, `84.5`, `84-88`, as millimetres from and to.
pub fn parse_range(text: &str) -> Option<(u16, u16)> {
    match text.split_once(['-', '–', '/']) {
        Some((from, to)) => Some((centimetres(from)?, centimetres(to)?)),
        None => centimetres(text).map(|mm| (mm, mm)),
    }
}

fn centimetres(text: &str) -> Option<u16> {
    let text = text.trim();
    let text = text.strip_suffix("cm").unwrap_or(text).trim();
    let (whole, tenth) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let all_digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !all_digits(whole, 3) || !all_digits(tenth, 1) {
        return None;
    }
    let digits = whole.bytes().chain(tenth.bytes());
    Some(digits.fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn centimetres_as_written() {
        for (text, mm) in
            [("84", (840, 840)), ("84-88", (840, 880)), (" 84,5 – 88 cm", (845, 880)), ("23.5", (235, 235))]
        {
            assert_eq!(parse_range(text), Some(mm), "{text}");
        }
        for text in ["", "-", "84-", "eighty", "84.55", "1234", "-84", "8e4", "NaN"] {
            assert_eq!(parse_range(text), None, "{text}");
        }
    }

    #[test]
    fn names_and_bounds() {
        for (dimension, name) in Dimension::ALL {
            assert_eq!((dimension.name(), Dimension::parse(name)), (name, Some(dimension)));
            assert!(dimension.bounds().0 < dimension.bounds().1);
        }
        assert!(!Dimension::Chest.allows(36), "inches, or centimetres taken for millimetres");
    }
}
