//! Colours that the chain dyes in.

use super::Text;

/// A colour with its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// In addresses of pictures.
    pub code: &'static str,
    /// As shown.
    pub name: Text,
    /// `#rrggbb`.
    pub hex: &'static str,
}

macro_rules! colours {
    ($($name:ident $code:literal $fr:literal $en:literal $hex:literal;)*) => {
        $(pub(super) const $name: Colour = Colour { code: $code, name: Text { fr: $fr, en: $en }, hex: $hex };)*
    };
}

colours! {
    ECRU "ecru" "Écru" "Ecru" "#ece3d0";
    WHITE "blanc" "Blanc" "White" "#f6f5f1";
    BLACK "noir" "Noir" "Black" "#2a2a30";
    NAVY "marine" "Marine" "Navy" "#283552";
    INK "encre" "Bleu encre" "Ink blue" "#355a8c";
    SKY "ciel" "Bleu ciel" "Sky blue" "#aac6de";
    SAGE "sauge" "Sauge" "Sage" "#9fb097";
    FIR "sapin" "Sapin" "Fir green" "#2f5243";
    OLIVE "olive" "Olive" "Olive" "#716f45";
    MUSTARD "moutarde" "Moutarde" "Mustard" "#cf9c34";
    RUST "rouille" "Rouille" "Rust" "#b0562f";
    BRICK "brique" "Brique" "Brick" "#983f38";
    BLUSH "poudre" "Rose poudré" "Blush" "#e2b9ae";
    RASPBERRY "framboise" "Framboise" "Raspberry" "#a53558";
    LILAC "lilas" "Lilas" "Lilac" "#b8a8cf";
    CAMEL "camel" "Camel" "Camel" "#bd9262";
    CHOCOLATE "chocolat" "Chocolat" "Chocolate" "#5a4136";
    GREY "gris" "Gris chiné" "Heather grey" "#a9abad";
    DENIM "denim" "Denim" "Denim" "#54759d";
    RAW "brut" "Brut" "Raw denim" "#2b3a58";
    SAND "sable" "Sable" "Sand" "#d2c3a5";
}
