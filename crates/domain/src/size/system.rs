//! Size systems, and the common scales that their sizes have a place on.
//!
//! No two makers agree and no system is exact; these tables are for guessing, and what comes of them is called approximate:
//!
//! - Women's numbers: the offsets between national systems in use in trade (Wikipedia, *Clothing sizes*; FR 40 = DE 38 = IT 44 = UK 12 =
//!   US 8 = JP 11). Letters by the bust girths of EN 13402-3 (S 82–90 cm, M 90–98 cm), with FR 38 at 84 cm and 4 cm a size.
//! - Men's jackets: half the chest in centimetres in Europe, the chest in inches in the UK and the US; letters by EN 13402-3 (M 94–102 cm).
//!   Trousers: FR 40 = DE and IT 48 = 32 inches.
//! - Shoes: Paris points of 2/3 cm, barleycorns of 1/3 inch (ISO/TS 19407), with UK 4 at EU 37; the US numbers lie 1 (men) or 2 (women) above
//!   the UK's; JP is the foot in centimetres (ISO 9407).
//! - Bras: the band by EN 13402-3 in centimetres; FR is 15 above, IT counts from 60 in fives, UK and US are in inches.
//! - Children: by height (EN 13402-3); ages by the heights that French makers print beside them.

use super::{
    garment::{Garment, Kind, Wearer},
    label::{Label, Size, Span},
};

/// A national system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// France, Spain, Belgium.
    Fr,
    /// Italy.
    It,
    /// Germany and the north of Europe; what is labelled EU.
    De,
    /// The United Kingdom.
    Uk,
    /// The United States.
    Us,
    /// Japan.
    Jp,
}

impl System {
    /// By what labels call it, in capitals.
    pub(super) fn named(word: &[u8]) -> Option<Self> {
        Some(match word {
            b"FR" | b"F" | b"ES" => Self::Fr,
            b"IT" | b"I" => Self::It,
            b"DE" | b"D" | b"EU" | b"EUR" => Self::De,
            b"UK" | b"GB" => Self::Uk,
            b"US" | b"USA" => Self::Us,
            b"JP" | b"JPN" => Self::Jp,
            _ => return None,
        })
    }

    /// That of a language's home: what labels without a system mean there.
    pub fn of_language(lang: &str) -> Self {
        let is = |code: &str| lang.get(..code.len()).is_some_and(|start| start.eq_ignore_ascii_case(code));
        if is("it") {
            Self::It
        } else if is("de") || is("nl") {
            Self::De
        } else if is("en-us") {
            Self::Us
        } else if is("en") {
            Self::Uk
        } else if is("ja") {
            Self::Jp
        } else {
            Self::Fr
        }
    }
}

/// What a place is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// French women's numbers, in tenths.
    Women,
    /// European men's jackets, in tenths.
    Jackets,
    /// French men's trousers, in tenths.
    Trousers,
    /// Paris points, in tenths.
    Shoes,
    /// The cup; the band goes with it.
    Bras(i16),
    /// Centimetres.
    Children,
    /// Steps from M, of what nothing else is known of.
    Letters,
    /// Tenths, of what nothing else is known of.
    Numbers,
    /// Inches, of what nothing else is known of.
    Inches,
}

/// Where a size stands on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Of which scale.
    pub scale: Scale,
    /// From where to where.
    pub span: Span,
}

/// Months and centimetres.
const HEIGHTS: [(i16, i16); 16] = [
    (0, 50),
    (1, 54),
    (3, 60),
    (6, 67),
    (12, 74),
    (18, 81),
    (24, 86),
    (36, 95),
    (48, 102),
    (60, 108),
    (72, 114),
    (96, 126),
    (120, 138),
    (144, 150),
    (168, 160),
    (192, 170),
];

/// Where a label stands, read as one of `home` where it names no system; `None` where it has no place, such as one size for all.
pub fn place(label: Label, garment: Garment, home: System) -> Option<Place> {
    let system = label.system.unwrap_or(home);
    let (scale, span) = match (label.size, garment.kind, garment.wearer) {
        (Size::One, ..) => return None,
        (Size::Bra { band, cup }, ..) => bra(band, cup, system)?,
        (Size::Height(span), ..) => (Scale::Children, span),
        (Size::Age(span), ..) => (Scale::Children, Span { from: height(span.from), to: height(span.to) }),
        (Size::Number(span), Kind::Shoes, wearer) => (Scale::Shoes, shoes(span, system, wearer)?),
        // A number alone on children's clothes is their age, from 2 to 16.
        (Size::Number(span), _, Some(Wearer::Children)) if span.to <= 160 => {
            (Scale::Children, Span { from: height(span.from / 10 * 12), to: height(span.to / 10 * 12) })
        }
        (Size::Number(span), Kind::Tops | Kind::Bottoms, Some(Wearer::Women)) => {
            (Scale::Women, women(span, system))
        }
        (Size::Number(span), Kind::Tops, Some(Wearer::Men)) => (Scale::Jackets, jackets(span, system)),
        (Size::Number(span), Kind::Bottoms, Some(Wearer::Men)) => (Scale::Trousers, trousers(span, system)),
        (Size::Letters(span), Kind::Tops | Kind::Bottoms, Some(Wearer::Women)) => {
            (Scale::Women, pairs(span, 420))
        }
        (Size::Letters(span), Kind::Tops, Some(Wearer::Men)) => (Scale::Jackets, pairs(span, 480)),
        (Size::Letters(span), Kind::Bottoms, Some(Wearer::Men)) => (Scale::Trousers, pairs(span, 400)),
        (Size::Waist { waist, .. }, _, Some(Wearer::Women)) => (Scale::Women, Span::one((waist + 10) * 10)),
        (Size::Waist { waist, .. }, _, Some(Wearer::Men)) => (Scale::Trousers, Span::one((waist + 8) * 10)),
        (Size::Letters(span), ..) => (Scale::Letters, span),
        (Size::Number(span), ..) => (Scale::Numbers, span),
        (Size::Waist { waist, .. }, ..) => (Scale::Inches, Span::one(waist)),
    };
    Some(Place { scale, span })
}

fn moved(span: Span, by: i16) -> Span {
    Span { from: span.from + by, to: span.to + by }
}

fn women(span: Span, system: System) -> Span {
    let by = match system {
        System::Fr => 0,
        System::De => 20,
        System::It => -40,
        System::Uk => 280,
        System::Us => 320,
        System::Jp => 290,
    };
    moved(span, by)
}

fn jackets(span: Span, system: System) -> Span {
    moved(span, if matches!(system, System::Uk | System::Us) { 100 } else { 0 })
}

fn trousers(span: Span, system: System) -> Span {
    let by = match system {
        System::Uk | System::Us => 80,
        System::De | System::It => -80,
        System::Fr | System::Jp => 0,
    };
    moved(span, by)
}

/// Two numbers to a letter, M's first one being `m`.
fn pairs(span: Span, m: i16) -> Span {
    Span { from: m + span.from * 40, to: m + span.to * 40 + 20 }
}

fn shoes(span: Span, system: System, wearer: Option<Wearer>) -> Option<Span> {
    let british = |tenths: i16| 370 + i16::try_from((i32::from(tenths) - 40) * 127 / 100).unwrap_or(0);
    let of = |tenths: i16| {
        Some(match (system, wearer) {
            // What is larger than any British or American foot is a Paris point, whatever the page's language.
            (System::Uk | System::Us, _) if tenths >= 200 => tenths,
            (System::Uk, Some(Wearer::Women | Wearer::Men) | None) => british(tenths),
            (System::Us, Some(Wearer::Women)) => british(tenths - 20),
            (System::Us, Some(Wearer::Men)) => british(tenths - 10),
            // Children's are counted anew from 13, and without a word for whom there are two.
            (System::Uk | System::Us, _) => return None,
            (System::Jp, _) if tenths < 330 => tenths * 3 / 2 + 20,
            _ => tenths,
        })
    };
    Some(Span { from: of(span.from)?, to: of(span.to)? })
}

fn bra(band: i16, cup: i16, system: System) -> Option<(Scale, Span)> {
    let (band, cup) = match system {
        // In inches whatever the page's language.
        _ if band < 60 => ((band - 32) / 2 * 5 + 70, if cup >= 6 { cup - 1 } else { cup }),
        System::Fr => (band - 15, cup),
        _ => (band, cup),
    };
    (50..=130).contains(&band).then_some((Scale::Bras(cup), Span::one(band)))
}

/// The height at an age, between two of the table in proportion.
fn height(months: i16) -> i16 {
    let above = HEIGHTS.iter().position(|(at, _)| *at >= months).unwrap_or(HEIGHTS.len() - 1);
    let (to_months, to) = HEIGHTS[above];
    let (from_months, from) = HEIGHTS[above.saturating_sub(1)];
    if to_months <= months || to_months == from_months {
        return to;
    }
    from + (to - from) * (months - from_months) / (to_months - from_months)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DRESS: Garment = Garment { wearer: Some(Wearer::Women), kind: Kind::Tops };

    fn at(text: &str, garment: Garment) -> Place {
        place(Label::parse(text).unwrap(), garment, System::Fr).unwrap()
    }

    #[test]
    fn one_dress_in_six_countries() {
        for text in ["FR 40", "DE 38", "IT 44", "UK 12", "US 8", "JP 11", "40"] {
            assert_eq!(at(text, DRESS), Place { scale: Scale::Women, span: Span::one(400) }, "{text}");
        }
        assert_eq!(at("S", DRESS).span, Span { from: 380, to: 400 });
        assert_eq!(at("M/L", DRESS).span, Span { from: 420, to: 480 });
    }

    #[test]
    fn shoes_within_half_a_point() {
        let women = Garment { wearer: Some(Wearer::Women), kind: Kind::Shoes };
        let men = Garment { wearer: Some(Wearer::Men), kind: Kind::Shoes };
        for (text, garment, eu) in [
            ("UK 4", women, 370),
            ("US 6", women, 370),
            ("UK 8", men, 420),
            ("US 9", men, 420),
            ("UK 10", men, 445),
            ("JP 26.5", men, 420),
            ("42", men, 420),
        ] {
            let place = at(text, garment);
            assert!((place.span.from - eu).abs() <= 5, "{text}: {place:?}");
        }
        let unknown = Garment { wearer: None, kind: Kind::Shoes };
        assert_eq!(place(Label::parse("US 9").unwrap(), unknown, System::Fr), None, "men's or women's?");
    }

    #[test]
    fn bras_and_children() {
        let bra = Garment { wearer: None, kind: Kind::Bras };
        for text in ["FR 90B", "EU 75B", "UK 34B", "90B", "34B"] {
            assert_eq!(at(text, bra), Place { scale: Scale::Bras(2), span: Span::one(75) }, "{text}");
        }
        let child = Garment { wearer: Some(Wearer::Children), kind: Kind::Tops };
        assert_eq!(at("4 ans", child), at("102 cm", child));
        assert_eq!(at("4", child), at("4 ans", child));
        assert_eq!(at("7 ans", child).span, Span::one(120));
    }

    #[test]
    fn trousers_and_jackets() {
        let men = Garment { wearer: Some(Wearer::Men), kind: Kind::Bottoms };
        assert_eq!(at("W32 L34", men), at("40", men));
        assert_eq!(at("DE 48", men), at("40", men));
        let jacket = Garment { wearer: Some(Wearer::Men), kind: Kind::Tops };
        assert_eq!(at("UK 38", jacket), at("48", jacket));
        assert_eq!(at("M", jacket).span, Span { from: 480, to: 500 });
    }

    proptest! {
        #[test]
        fn larger_labels_stand_higher(a in 30i16..60, b in 30i16..60) {
            for garment in [DRESS, Garment { wearer: Some(Wearer::Men), kind: Kind::Bottoms }, Garment { wearer: None, kind: Kind::Shoes }] {
                let (x, y) = (at(&a.to_string(), garment), at(&b.to_string(), garment));
                prop_assert_eq!(a.cmp(&b), x.span.from.cmp(&y.span.from));
            }
        }

        #[test]
        fn children_grow(a in 0i16..200, b in 0i16..200) {
            prop_assert!(a > b || height(a) <= height(b));
        }
    }
}
