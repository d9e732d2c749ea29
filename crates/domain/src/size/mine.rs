//! Which of a product's sizes is somebody's.

use super::{
    garment::{Garment, Kind, Wearer},
    label::{Label, Size, Span},
    memory::Remembered,
    system::{Place, Scale, System, place},
};

/// How a size was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is the very size.
    Same,
    /// One is a range that the other is in: 40 in 38/40.
    Covers,
    /// By a table between systems: approximate.
    Converted,
}

/// Somebody's size among a product's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mine {
    /// Which of the product's sizes; `None` where it is not made in it.
    pub at: Option<usize>,
    /// How it was found; of nothing when it was not.
    pub how: How,
    /// Which of the remembered sizes it goes by.
    pub by: usize,
    /// The next smaller one of the product.
    pub smaller: Option<usize>,
    /// The next larger one.
    pub larger: Option<usize>,
}

/// Somebody's size among `sizes`, as the product's page writes them: by what is remembered of the same brand and kind, else of the kind,
/// else of what is cut alike; of several, the newest. `None` where nothing that is remembered says anything of it.
pub fn mine(
    remembered: &[Remembered],
    brand: Option<&str>,
    garment: Garment,
    sizes: &[&str],
    home: System,
) -> Option<Mine> {
    let same_brand = |one: &Remembered| match (brand, &one.brand) {
        (Some(brand), Some(other)) => brand.eq_ignore_ascii_case(other),
        _ => false,
    };
    let mut not_made = None;
    for rank in (1u8..=4).rev() {
        for (by, one) in remembered.iter().enumerate().rev() {
            if closeness(one.kind, same_brand(one), garment) != rank {
                continue;
            }
            // Of another kind of thing nothing but the very same size is believed.
            let found = search(&one.label, sizes, garment, home, rank > 1);
            let Some((at, how, smaller, larger)) = found else { continue };
            let mine = Mine { at, how, by, smaller, larger };
            if mine.at.is_some() {
                return Some(mine);
            }
            not_made = not_made.or((rank > 1).then_some(mine));
        }
    }
    not_made
}

/// How much a remembered size says of a garment: 4 by brand and kind, 3 by kind, 2 by what is cut alike, 1 by its look only, 0 nothing.
fn closeness(kind: Kind, same_brand: bool, garment: Garment) -> u8 {
    let clothes = |kind: Kind| matches!(kind, Kind::Tops | Kind::Bottoms);
    match (kind, garment.kind) {
        (Kind::Other, Kind::Other) if same_brand => 4,
        (Kind::Other, Kind::Other) => 1,
        (mine, theirs) if mine == theirs => 3 + u8::from(same_brand),
        // Men's trousers and jackets are numbered apart.
        (mine, theirs) if clothes(mine) && clothes(theirs) => {
            1 + u8::from(matches!(garment.wearer, Some(Wearer::Women | Wearer::Children)))
        }
        (mine, Kind::Other) if clothes(mine) => 1,
        (Kind::Other, theirs) if clothes(theirs) => 1,
        _ => 0,
    }
}

/// Whether two sizes are the very same, as they are written on two products: a number without a system is one of `home`, and sizes of
/// two systems never are.
pub fn same_size(size: &str, other: &str, home: System) -> bool {
    match (Label::parse(size), Label::parse(other)) {
        (Some(label), Some(other)) => same_label(label, other, home),
        // What nobody can read may still be written alike.
        (None, None) => size.trim().eq_ignore_ascii_case(other.trim()),
        _ => false,
    }
}

fn same_label(label: Label, other: Label, home: System) -> bool {
    label.size == other.size && label.system.unwrap_or(home) == other.system.unwrap_or(home)
}

type Found = (Option<usize>, How, Option<usize>, Option<usize>);

fn search(text: &str, sizes: &[&str], garment: Garment, home: System, converts: bool) -> Option<Found> {
    let Some(label) = Label::parse(text) else {
        // What nobody can read may still be written alike.
        let at = sizes.iter().position(|size| size.trim().eq_ignore_ascii_case(text.trim()))?;
        return Some((Some(at), How::Same, None, None));
    };
    let theirs: Vec<Option<Label>> = sizes.iter().map(|size| Label::parse(size)).collect();
    let own = place(label, garment, home);
    let places: Vec<Option<Place>> = theirs.iter().map(|label| place((*label)?, garment, home)).collect();
    let (smaller, larger) = own.map_or((None, None), |own| neighbours(own, &places));
    let same = |other: &Option<Label>| other.is_some_and(|other| same_label(label, other, home));
    if let Some(at) = theirs.iter().position(same) {
        return Some((Some(at), How::Same, smaller, larger));
    }
    if !converts {
        return None;
    }
    let mut best: Option<(usize, How, i16)> = None;
    for (at, (other, other_place)) in theirs.iter().zip(&places).enumerate() {
        let (Some(other), Some(other_place), Some(own)) = (other, other_place, own) else { continue };
        let Some((how, apart)) = fits(label, own, *other, *other_place) else { continue };
        if best.is_none_or(|(_, _, least)| apart < least) {
            best = Some((at, how, apart));
        }
    }
    match best {
        Some((at, how, _)) => Some((Some(at), how, smaller, larger)),
        // Of another scale there is nothing to say.
        None if smaller.is_some() || larger.is_some() => Some((None, How::Same, smaller, larger)),
        None => None,
    }
}

/// Whether two sizes are as good as one, and how far apart they are.
fn fits(label: Label, own: Place, other: Label, other_place: Place) -> Option<(How, i16)> {
    if own.scale != other_place.scale {
        return None;
    }
    if let (Size::Waist { length: Some(mine), .. }, Size::Waist { length: Some(theirs), .. }) =
        (label.size, other.size)
        && mine != theirs
    {
        return None;
    }
    let (a, b) = (own.span, other_place.span);
    // Shoes of two systems never meet exactly.
    let near = if own.scale == Scale::Shoes && label.system != other.system { 5 } else { 0 };
    let within =
        (a.from >= b.from - near && a.to <= b.to + near) || (b.from >= a.from - near && b.to <= a.to + near);
    let apart = (a.from - b.from).abs() + (a.to - b.to).abs();
    let alike = core::mem::discriminant(&label.size) == core::mem::discriminant(&other.size)
        && label.system == other.system;
    within.then_some((if alike { How::Covers } else { How::Converted }, apart))
}

/// The nearest below and above.
fn neighbours(own: Place, places: &[Option<Place>]) -> (Option<usize>, Option<usize>) {
    let mut nearest: [Option<(usize, Span)>; 2] = [None; 2];
    for (at, place) in places.iter().enumerate() {
        let Some(Place { scale, span }) = *place else { continue };
        if scale != own.scale {
            continue;
        }
        let [smaller, larger] = &mut nearest;
        if span.to < own.span.from && smaller.is_none_or(|(_, known)| span.to > known.to) {
            *smaller = Some((at, span));
        }
        if span.from > own.span.to && larger.is_none_or(|(_, known)| span.from < known.from) {
            *larger = Some((at, span));
        }
    }
    let [smaller, larger] = nearest.map(|one| one.map(|(at, _)| at));
    (smaller, larger)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DRESS: Garment = Garment { wearer: Some(Wearer::Women), kind: Kind::Tops };
    const NUMBERS: [&str; 5] = ["36", "38", "40", "42", "44"];

    fn took(kind: Kind, brand: &str, label: &str) -> Remembered {
        Remembered { kind, brand: (!brand.is_empty()).then(|| brand.to_owned()), label: label.to_owned() }
    }

    fn found(
        remembered: &[Remembered],
        brand: &str,
        garment: Garment,
        sizes: &[&str],
    ) -> Option<(Option<usize>, How)> {
        mine(remembered, Some(brand), garment, sizes, System::Fr).map(|mine| (mine.at, mine.how))
    }

    #[test]
    fn the_brand_before_the_kind_and_the_newest_first() {
        let all = [
            took(Kind::Tops, "Argance", "42"),
            took(Kind::Tops, "Lormelle", "40"),
            took(Kind::Shoes, "Lormelle", "38"),
        ];
        assert_eq!(found(&all, "ARGANCE", DRESS, &NUMBERS), Some((Some(3), How::Same)));
        assert_eq!(found(&all, "Cabestane", DRESS, &NUMBERS), Some((Some(2), How::Same)));
        let shoes = Garment { wearer: None, kind: Kind::Shoes };
        assert_eq!(found(&all, "Cabestane", shoes, &NUMBERS), Some((Some(1), How::Same)));
        assert_eq!(found(&all[2..], "Lormelle", DRESS, &NUMBERS), None, "feet are not shoulders");
    }

    #[test]
    fn ranges_letters_and_other_countries() {
        let forty = [took(Kind::Tops, "", "40")];
        for (sizes, at, how) in [
            (&["34/36", "38/40", "42/44"][..], 1, How::Covers),
            (&["XS", "S", "M", "L"], 1, How::Converted),
            (&["UK 8", "UK 10", "UK 12"], 2, How::Converted),
            (&["IT 40", "IT 44"], 1, How::Converted),
        ] {
            assert_eq!(found(&forty, "", DRESS, sizes), Some((Some(at), how)), "{sizes:?}");
        }
        let unknown = Garment { wearer: None, kind: Kind::Tops };
        assert_eq!(found(&forty, "", unknown, &["S", "M", "L"]), None, "women's or men's?");
    }

    #[test]
    fn not_made_in_it() {
        let own = [took(Kind::Tops, "", "40")];
        let mine = mine(&own, None, DRESS, &["44", "36", "42", "38"], System::Fr).unwrap();
        assert_eq!((mine.at, mine.smaller, mine.larger), (None, Some(3), Some(2)));
        assert_eq!(found(&own, "", DRESS, &["Taille unique"]), None);
        assert_eq!(found(&own, "", DRESS, &[]), None);
    }

    #[test]
    fn jeans_by_both_numbers() {
        let jeans = Garment { wearer: Some(Wearer::Men), kind: Kind::Bottoms };
        let own = [took(Kind::Bottoms, "", "W32 L34")];
        assert_eq!(found(&own, "", jeans, &["W32 L32", "W32/L34"]), Some((Some(1), How::Same)));
        assert_eq!(found(&own, "", jeans, &["W32 L32", "W33 L32"]), Some((None, How::Same)));
        assert_eq!(found(&own, "", jeans, &["38", "40", "42"]), Some((Some(1), How::Converted)));
    }

    #[test]
    fn mens_trousers_say_nothing_of_jackets() {
        let jacket = Garment { wearer: Some(Wearer::Men), kind: Kind::Tops };
        let own = [took(Kind::Bottoms, "", "40")];
        assert_eq!(found(&own, "", jacket, &["46", "48", "50"]), None);
        assert_eq!(found(&own, "", jacket, &["S", "M"]), None);
    }

    proptest! {
        #[test]
        fn what_was_chosen_is_found_again(at in 0usize..5, kind in 0usize..5, extra in "\\PC{0,20}") {
            let garment = Garment { wearer: None, kind: Kind::ALL[kind].0 };
            let own = [took(Kind::Tops, "B", &extra), took(garment.kind, "B", NUMBERS[at])];
            let mine = mine(&own, Some("b"), garment, &NUMBERS, System::Fr);
            prop_assert_eq!(mine.map(|mine| mine.at), Some(Some(at)));
        }

        #[test]
        fn neighbours_are_on_their_sides(own in 30i16..60, others in proptest::collection::vec(30i16..60, 0..12)) {
            let texts: Vec<String> = others.iter().map(ToString::to_string).collect();
            let sizes: Vec<&str> = texts.iter().map(String::as_str).collect();
            let kept = [took(Kind::Tops, "", &own.to_string())];
            if let Some(mine) = mine(&kept, None, DRESS, &sizes, System::Fr) {
                prop_assert_eq!(mine.at.map(|at| others[at]), others.contains(&own).then_some(own));
                prop_assert_eq!(mine.smaller.map(|at| others[at]), others.iter().copied().filter(|one| *one < own).max());
                prop_assert_eq!(mine.larger.map(|at| others[at]), others.iter().copied().filter(|one| *one > own).min());
            }
        }
    }
}
