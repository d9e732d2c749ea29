//! What shoppers type, and the place that is meant.

use std::sync::LazyLock;

use devanture_api::suggest::PlaceKind;
use devanture_domain::geo::LatLng;
use devanture_gazetteer::{Gazetteer, Place};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::embedded().expect("is readable"));

fn resolve(q: &str) -> Place {
    GAZETTEER.resolve(q).unwrap_or_else(|| panic!("{q} is found"))
}

#[test]
fn towns_and_postcodes_as_typed() {
    for (q, name, detail) in [
        ("44000", "44000", "Nantes (44), France"),
        ("Nantes", "Nantes", "44, France"),
        ("nantes 44", "Nantes", "44, France"),
        ("44 nantes", "Nantes", "44, France"),
        ("44000 nantes", "44000", "Nantes (44), France"),
        ("nante", "Nantes", "44, France"),
        ("natnes", "Nantes", "44, France"),
        ("st malo", "Saint-Malo", "35, France"),
        ("la roche s/ yon", "La Roche-sur-Yon", "85, France"),
        ("la roche sur yon", "La Roche-sur-Yon", "85, France"),
        ("paris", "Paris", "75, France"),
        ("paris 11", "Paris 11e Arrondissement", "75, France"),
        ("paris 11e", "Paris 11e Arrondissement", "75, France"),
        ("75011", "75011", "Paris 11e Arrondissement (75), France"),
        ("lyon 3", "Lyon 3e Arrondissement", "69, France"),
        ("saint-denis réunion", "Saint-Denis", "974, France"),
        ("saint denis 93", "Saint-Denis", "93, France"),
        ("97400", "97400", "Saint-Denis (974), France"),
        ("bruxelles", "Bruxelles", "Belgium"),
        ("brussel", "Bruxelles", "Belgium"),
        ("1000", "1000", "Bruxelles, Belgium"),
        ("1050", "1050", "Ixelles, Belgium"),
        ("antwerpen", "Anvers", "Belgium"),
        ("l'haÿ les roses", "L'Haÿ-les-Roses", "94, France"),
        ("besancon", "Besançon", "25, France"),
        ("aix en provence", "Aix-en-Provence", "13, France"),
        ("chalons sur saone", "Chalon-sur-Saône", "71, France"),
        ("strasboug", "Strasbourg", "67, France"),
        ("münchen", "Munich", "Germany"),
        ("genève", "Genève", "GE, Switzerland"),
        ("london", "London", "United Kingdom"),
        ("malmo", "Malmö", "Sweden"),
        ("shanghai", "Shanghai", "China"),
        ("上海", "Shanghai", "China"),
        ("montreal qc", "Montréal", "QC, Canada"),
        ("portland or", "Portland", "OR, United States"),
    ] {
        let place = resolve(q);
        assert_eq!((place.name.as_str(), place.detail.as_str()), (name, detail), "{q}");
    }
}

#[test]
fn says_where_and_how_many() {
    let place = resolve("44000");
    let nantes = LatLng::new(47.2184, -1.5536).expect("is on Earth");
    assert_eq!(place.kind, PlaceKind::Postcode);
    assert_eq!(place.region, "44 Loire-Atlantique");
    assert!(place.location.distance_m(nantes) < 2000.0);
    assert!(place.population > 300_000);
    // Quarters of Paris are not all in its middle.
    assert!(resolve("75011").location.distance_m(resolve("75016").location) > 5000.0);
    assert_eq!(resolve("bruxelles").detail_in("fr"), "Belgique");
}

#[test]
fn nearer_and_own_country_first() {
    let vienna = |hint| GAZETTEER.resolve_from("vienne", None, hint).map(|place| place.country);
    assert_eq!(vienna(Some("FR")).as_deref(), Some("FR"));
    let reunion = LatLng::new(-21.1, 55.5).ok();
    let near = GAZETTEER.resolve_from("saint-denis", reunion, None).expect("is found");
    assert_eq!(near.region, "974 La Réunion");
}

#[test]
fn suggestions_while_typing() {
    let names = |q: &str| -> Vec<String> {
        GAZETTEER.suggest(q, 8, None, Some("FR")).into_iter().map(|place| place.name).collect()
    };
    assert_eq!(names("nan")[..2], ["Nantes", "Nancy"]);
    assert_eq!(names("n")[..2], ["Nice", "Nantes"]);
    assert_eq!(names("mars")[0], "Marseille");
    let of_44 = names("441");
    assert!(of_44.len() > 3 && of_44.iter().all(|name| name.starts_with("441")), "{of_44:?}");
    // No place twice.
    let brussels = GAZETTEER.suggest("bruxel", 8, None, None);
    assert_eq!(brussels.iter().filter(|place| place.name == "Bruxelles").count(), 1);
    assert!(names("").is_empty());
    assert!(names("qqqqzzzz").is_empty());
}

#[test]
fn hostile_queries() {
    for q in
        ["x".repeat(10_000), "nantes ".repeat(2_000), "🛍️".repeat(5_000), "'; DROP TABLE places; --".into()]
    {
        assert!(GAZETTEER.suggest(&q, 8, None, None).len() <= 8);
    }
}
