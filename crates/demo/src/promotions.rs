//! What stores announce, dated so that something runs on any `today`.

use devanture_api::store::{Ownership, Promotion};
use devanture_domain::civil::Date;

use crate::{
    holidays,
    mix::{chance, mix},
};

/// First and last day relative to today, title, text, and whether it is an event.
type Offer = (i32, i32, &'static str, &'static str, bool);

/// Of the whole chain, from head office.
const NETWORK: &[Offer] = &[(
    -6,
    15,
    "−20 % sur la deuxième maille",
    "Sur toute la maille Quenouille et Lormelle, la moins chère des deux. Non cumulable.",
    false,
)];

/// Of single stores.
const LOCAL: &[Offer] = &[
    (
        2,
        2,
        "Atelier broderie",
        "Personnalisez votre chemise avec notre brodeuse, de 14 h à 18 h. Gratuit, sans inscription.",
        true,
    ),
    (-3, 10, "Ourlet offert", "Pour tout pantalon acheté en magasin, repris sous 48 heures.", false),
    (
        5,
        6,
        "Rencontre avec Brizeval",
        "La créatrice présente la nouvelle collection et conseille sur place.",
        true,
    ),
    (-10, 4, "Derniers manteaux", "Jusqu’à 30 % sur les tailles qui restent.", false),
    (9, 9, "Soirée privée", "Ouverture jusqu’à 21 h 30 et un verre offert.", true),
    (
        -1,
        20,
        "Reprise de vos vêtements",
        "Un bon de 10 € pour chaque pièce Lormelle rapportée en bon état.",
        false,
    ),
];

pub(crate) fn promotions(code: &str, ownership: Ownership, today: Date) -> Vec<Promotion> {
    let mut out: Vec<Promotion> = Vec::new();
    let mut add = |id: String, &(first, last, title, text, event): &Offer| {
        out.push(Promotion {
            id,
            title: title.into(),
            text: text.into(),
            starts_on: today.plus(first),
            ends_on: today.plus(last),
            event,
        });
    };
    for (index, offer) in NETWORK.iter().enumerate() {
        // A franchisee decides whether to take part.
        if ownership == Ownership::Own || chance(code, offer.2, 70) {
            add(format!("network-{index}"), offer);
        }
    }
    if chance(code, "local offer", 45) {
        let index = usize::try_from(mix(code, "which offer") % LOCAL.len() as u64).unwrap_or(0);
        add(format!("local-{index}"), &LOCAL[index]);
    }
    out.extend(next_sales(today).map(|(starts_on, ends_on)| Promotion {
        id: "sales".into(),
        title: "Soldes".into(),
        text: "Dans la limite des stocks de chaque magasin.".into(),
        starts_on,
        ends_on,
        event: false,
    }));
    out
}

/// The sales that run, or that begin within a month; they last four weeks.
fn next_sales(today: Date) -> Option<(Date, Date)> {
    let year = today.ymd().0;
    [year, year + 1]
        .into_iter()
        .flat_map(holidays::sales)
        .flatten()
        .map(|start| (start, start.plus(27)))
        .find(|&(start, end)| end >= today && start <= today.plus(30))
}
