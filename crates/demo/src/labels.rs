//! Services, brands and appointment subjects, with the names that shoppers see.

use devanture_api::site::Label;

/// Codes and names, in French unless it is said.
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

/// In English, what has another name there: the labels' are names of their own.
const ENGLISH: Names = &[
    ("click-collect", "Store pickup"),
    ("returns", "Returns in store"),
    ("gift-card", "Gift card"),
    ("alterations", "Alterations"),
    ("personal-shopper", "Personal shopper"),
    ("accessible", "Wheelchair access"),
    ("parking", "Parking nearby"),
    ("kids-corner", "Children’s corner"),
    ("cobbler", "Shoe repairs"),
    ("second-hand", "Second-hand buy-back"),
    ("tax-refund", "Tax refund"),
    ("occasion", "An outfit for an occasion"),
    ("size", "Measurements"),
];

/// The same in English.
pub(crate) fn english(names: Names) -> Vec<Label> {
    let mut labels = labels(names);
    for label in &mut labels {
        if let Some((_, name)) = ENGLISH.iter().find(|(code, _)| *code == label.code) {
            label.name = (*name).into();
        }
    }
    labels
}
