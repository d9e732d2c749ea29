//! What kind of thing a size is the size of, as far as a shop's category tells.

/// For whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wearer {
    /// Women.
    Women,
    /// Men.
    Men,
    /// Children.
    Children,
}

/// What is sized alike: who takes 40 in dresses need not take it in shoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// From the shoulders down: shirts, jackets, dresses.
    Tops,
    /// From the waist down.
    Bottoms,
    /// On feet.
    Shoes,
    /// Bras.
    Bras,
    /// Nothing is known: not converted, and remembered for itself.
    Other,
}

impl Kind {
    /// All, with their names in storage and on the wire.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Tops, "tops"),
        (Self::Bottoms, "bottoms"),
        (Self::Shoes, "shoes"),
        (Self::Bras, "bras"),
        (Self::Other, "other"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// By its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

/// What a category says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Garment {
    /// For whom, if that is said.
    pub wearer: Option<Wearer>,
    /// What it is.
    pub kind: Kind,
}

/// Beginnings of words in French and English, without what bears an accent. The more special first: `women` before `men`.
const WEARERS: [(&str, Wearer); 15] = [
    ("women", Wearer::Women),
    ("woman", Wearer::Women),
    ("femme", Wearer::Women),
    ("ladies", Wearer::Women),
    ("dame", Wearer::Women),
    ("men", Wearer::Men),
    ("man", Wearer::Men),
    ("homme", Wearer::Men),
    ("child", Wearer::Children),
    ("kid", Wearer::Children),
    ("enfant", Wearer::Children),
    ("baby", Wearer::Children),
    ("girl", Wearer::Children),
    ("boy", Wearer::Children),
    ("fille", Wearer::Children),
];
const KINDS: [(&str, Kind); 45] = [
    ("bra", Kind::Bras),
    ("soutien", Kind::Bras),
    ("shoe", Kind::Shoes),
    ("sneaker", Kind::Shoes),
    ("boot", Kind::Shoes),
    ("sandal", Kind::Shoes),
    ("chaussure", Kind::Shoes),
    ("basket", Kind::Shoes),
    ("bottine", Kind::Shoes),
    ("botte", Kind::Shoes),
    ("footwear", Kind::Shoes),
    ("jean", Kind::Bottoms),
    ("trouser", Kind::Bottoms),
    ("widetrouser", Kind::Bottoms),
    ("pant", Kind::Bottoms),
    ("short", Kind::Bottoms),
    ("jupe", Kind::Bottoms),
    ("skirt", Kind::Bottoms),
    ("pleatedskirt", Kind::Bottoms),
    ("chino", Kind::Bottoms),
    ("bottom", Kind::Bottoms),
    ("dress", Kind::Tops),
    ("wrapdress", Kind::Tops),
    ("robe", Kind::Tops),
    ("shirt", Kind::Tops),
    ("chemis", Kind::Tops),
    ("tee", Kind::Tops),
    ("blous", Kind::Tops),
    ("top", Kind::Tops),
    ("knit", Kind::Tops),
    ("jersey", Kind::Tops),
    ("rollneck", Kind::Tops),
    ("pull", Kind::Tops),
    ("jumper", Kind::Tops),
    ("cardigan", Kind::Tops),
    ("gilet", Kind::Tops),
    ("blazer", Kind::Tops),
    ("veste", Kind::Tops),
    ("jacket", Kind::Tops),
    ("coat", Kind::Tops),
    ("manteau", Kind::Tops),
    ("trench", Kind::Tops),
    ("puffer", Kind::Tops),
    ("dungaree", Kind::Tops),
    ("doudoune", Kind::Tops),
];

impl Garment {
    /// By a category as shops write them: `women > dresses`, `Femme/Robes`.
    pub fn of(category: &str) -> Self {
        let mut out = Self { wearer: None, kind: Kind::Other };
        for word in category.split(|sign: char| !sign.is_ascii_alphanumeric()) {
            let begins =
                |with: &str| word.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
            out.wearer =
                out.wearer.or(WEARERS.iter().find(|(with, _)| begins(with)).map(|(_, wearer)| *wearer));
            // The last says it most exactly.
            if let Some((_, kind)) = KINDS.iter().find(|(with, _)| begins(with)) {
                out.kind = *kind;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories() {
        for (category, wearer, kind) in [
            ("women > dress", Some(Wearer::Women), Kind::Tops),
            ("Homme/Pantalons", Some(Wearer::Men), Kind::Bottoms),
            ("Apparel & Accessories > Clothing > Women > Shoes", Some(Wearer::Women), Kind::Shoes),
            ("men", Some(Wearer::Men), Kind::Other),
            ("enfants-robes", Some(Wearer::Children), Kind::Tops),
            ("Soutiens-gorge", None, Kind::Bras),
            ("children > jeans", Some(Wearer::Children), Kind::Bottoms),
            ("éééé", None, Kind::Other),
            ("", None, Kind::Other),
        ] {
            assert_eq!(Garment::of(category), Garment { wearer, kind }, "{category}");
        }
    }

    #[test]
    fn names() {
        for (kind, name) in Kind::ALL {
            assert_eq!((kind.name(), Kind::parse(name)), (name, Some(kind)));
        }
    }
}
