//! Services, brands and appointment subjects, with the names that shoppers see.

use devanture_api::site::Label;

/// Codes and names.
pub(crate) type Names = &'static [(&'static str, &'static str)];

pub(crate) const SERVICES: Names = &[
    ("click-collect", "Retrait en magasin"),
    ("returns", "Retours en magasin"),
    ("gift-card", "Carte cadeau"),
    ("alterations", "Retouches"),
    ("personal-shopper", "Conseil en image"),
    ("accessible", "Accès fauteuil roulant"),
    ("parking", "Parking à proximité"),
    ("kids-corner", "Coin enfants"),
    ("cobbler", "Cordonnerie"),
    ("second-hand", "Reprise de vêtements"),
    ("tax-refund", "Détaxe"),
];

pub(crate) const BRANDS: Names = &[
    ("lormelle", "Lormelle"),
    ("brizeval", "Brizeval"),
    ("quenouille", "Quenouille"),
    ("cabestane", "Cabestane"),
    ("argance", "Argance"),
    ("petit-bourdon", "Petit Bourdon"),
    ("halicre", "Halicre"),
];

pub(crate) const SUBJECTS: Names = &[
    ("personal-shopper", "Conseil en image"),
    ("occasion", "Tenue de cérémonie"),
    ("alterations", "Retouches"),
    ("size", "Prise de mesures"),
];

pub(crate) fn labels(names: Names) -> Vec<Label> {
    names.iter().map(|&(code, name)| Label { code: code.into(), name: name.into() }).collect()
}
