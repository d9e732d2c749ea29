//! Plausible street addresses and phone numbers.

use crate::{
    mix::{mix, pick},
    town::Town,
};

/// Streets that nearly every French town has, in its centre.
const STREETS: &[&str] = &[
    "rue du Commerce",
    "rue de la République",
    "rue Nationale",
    "Grande Rue",
    "rue de l’Hôtel de Ville",
    "place du Marché",
    "rue des Halles",
    "rue Saint-Pierre",
    "rue Gambetta",
    "rue Victor-Hugo",
    "place de la Mairie",
    "rue du Pont",
    "rue Notre-Dame",
    "cours Jean-Jaurès",
    "rue des Tanneurs",
    "rue de l’Église",
    "rue Pasteur",
    "boulevard de la Gare",
    "rue du Château",
    "rue Thiers",
    "place d’Armes",
    "rue des Carmes",
];

const PARIS: &[(&str, &str)] = &[
    ("75001", "rue de Rivoli"),
    ("75004", "rue des Francs-Bourgeois"),
    ("75006", "rue de Rennes"),
    ("75009", "rue de Caumartin"),
    ("75011", "rue du Faubourg-Saint-Antoine"),
    ("75014", "avenue du Général-Leclerc"),
    ("75015", "rue du Commerce"),
    ("75017", "rue de Lévis"),
    ("75020", "cours de Vincennes"),
    ("69002", "rue de la République"),
    ("69003", "cours Lafayette"),
    ("13001", "rue Saint-Ferréol"),
    ("13008", "avenue du Prado"),
];

pub(crate) fn street(code: &str, town: &Town) -> String {
    let number = mix(code, "number") % 88 + 1;
    let repeat = if mix(code, "bis").is_multiple_of(11) { " bis" } else { "" };
    let street = PARIS
        .iter()
        .find(|(postcode, _)| *postcode == town.postcode)
        .map_or_else(|| *pick(STREETS, code, "street"), |(_, street)| street);
    format!("{number}{repeat} {street}")
}

/// A number of the range that ARCEP keeps for fiction in the town's part of France. Belgium keeps none,
/// and its stores have no number.
pub(crate) fn phone(index: usize, town: &Town) -> Option<String> {
    if town.country != "FR" {
        return None;
    }
    let prefix = match town.region {
        "Île-de-France" => "1 99 00",
        "Bretagne" | "Pays de la Loire" | "Normandie" | "Centre-Val de Loire" | "La Réunion" => "2 61 91",
        "Grand Est" | "Hauts-de-France" | "Bourgogne-Franche-Comté" => "3 53 01",
        "Nouvelle-Aquitaine" => "5 36 49",
        "Occitanie" if town.location.lng() < 2.4 => "5 36 49",
        _ => "4 65 71",
    };
    let rest = 1000 + index * 37;
    Some(format!("+33 {prefix} {:02} {:02}", rest / 100, rest % 100))
}
