//! What the pages say, in French and in English.

use devanture_domain::civil::Date;

use crate::index::language;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Strings {
    pub(super) lang: &'static str,
    /// From Monday on.
    pub(crate) days: [&'static str; 7],
    months: [&'static str; 12],
    pub(super) all_stores: &'static str,
    pub(super) address: &'static str,
    pub(super) opening_hours: &'static str,
    pub(super) special_hours: &'static str,
    pub(super) closed: &'static str,
    pub(super) no_hours: &'static str,
    pub(super) all_day: &'static str,
    pub(super) phone: &'static str,
    pub(super) email: &'static str,
    pub(super) directions: &'static str,
    pub(super) website: &'static str,
    pub(super) services: &'static str,
    pub(super) brands: &'static str,
    pub(super) promotions: &'static str,
    pub(super) nearby: &'static str,
    pub(super) on: &'static str,
    pub(super) from: &'static str,
    pub(super) until: &'static str,
    store: &'static str,
    stores: &'static str,
    in_town: &'static str,
    pub(super) store_description: &'static str,
    pub(super) list_description: &'static str,
    pub(super) weekday: &'static str,
    pub(super) hours: &'static str,
    pub(super) local_time: &'static str,
    pub(super) breadcrumb: &'static str,
}

const FRENCH: Strings = Strings {
    lang: "fr",
    days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    all_stores: "Tous nos magasins",
    address: "Adresse",
    opening_hours: "Horaires d’ouverture",
    special_hours: "Horaires exceptionnels",
    closed: "Fermé",
    no_hours: "Les horaires ne sont pas connus ; appelez le magasin avant de venir.",
    all_day: "24 h sur 24",
    phone: "Téléphone",
    email: "E-mail",
    directions: "Itinéraire",
    website: "Site du magasin",
    services: "Services",
    brands: "Marques",
    promotions: "Offres et événements du magasin",
    nearby: "Magasins à proximité",
    on: "le",
    from: "du",
    until: "au",
    store: "magasin",
    stores: "magasins",
    in_town: "à",
    store_description: "adresse, horaires d’ouverture, téléphone, services et offres du moment",
    list_description: "adresses, horaires d’ouverture et services de nos magasins",
    weekday: "Jour",
    hours: "Horaires",
    local_time: "à l’heure du magasin",
    breadcrumb: "Fil d’Ariane",
};

const ENGLISH: Strings = Strings {
    lang: "en",
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    all_stores: "All our stores",
    address: "Address",
    opening_hours: "Opening hours",
    special_hours: "Special opening hours",
    closed: "Closed",
    no_hours: "Opening hours are not known; call the store before you come.",
    all_day: "Open 24 hours",
    phone: "Phone",
    email: "E-mail",
    directions: "Directions",
    website: "The store’s site",
    services: "Services",
    brands: "Brands",
    promotions: "Offers and events in this store",
    nearby: "Stores nearby",
    on: "on",
    from: "from",
    until: "to",
    store: "store",
    stores: "stores",
    in_town: "in",
    store_description: "address, opening hours, phone number, services and current offers",
    list_description: "addresses, opening hours and services of our stores",
    weekday: "Day",
    hours: "Hours",
    local_time: "in the store’s local time",
    breadcrumb: "Breadcrumb",
};

impl Strings {
    /// French for French, English for all other languages.
    pub(crate) fn of(locale: &str) -> &'static Self {
        if language(locale) == "fr" { &FRENCH } else { &ENGLISH }
    }

    /// `3 magasins`
    pub(super) fn count(&self, count: usize) -> String {
        // French counts zero as one, English as many.
        let one = count == 1 || (count == 0 && self.lang == "fr");
        format!("{count} {}", if one { self.store } else { self.stores })
    }

    /// `Lormelle à Nantes`
    pub(super) fn in_town(&self, name: &str, town: &str) -> String {
        format!("{name} {} {town}", self.in_town)
    }

    /// The name of a month, 1 to 12.
    pub(crate) fn month(&self, month: u8) -> &'static str {
        self.months.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// `vendredi 25 décembre 2026`, `Friday 25 December 2026`
    /// `vendredi 25 décembre 2026`, `Friday 25 December 2026`
    pub(crate) fn date(&self, date: Date) -> String {
        let (year, month, day) = date.ymd();
        let first = self.lang == "fr" && day == 1;
        let day = if first { "1er".to_owned() } else { day.to_string() };
        format!("{} {day} {} {year}", self.days[date.weekday()], self.months[usize::from(month - 1)])
    }

    /// `1,2 km`, `850 m`; `1.2 km` in English.
    pub(super) fn distance(&self, metres: f64) -> String {
        if metres < 1000.0 {
            return format!("{:.0} m", (metres / 10.0).round() * 10.0);
        }
        let km = if metres < 100_000.0 {
            format!("{:.1} km", metres / 1000.0)
        } else {
            format!("{:.0} km", metres / 1000.0)
        };
        if self.lang == "fr" { km.replace('.', ",") } else { km }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages() {
        let may_day = Date::parse("2026-05-01").unwrap();
        assert_eq!(Strings::of("fr-FR").date(may_day), "vendredi 1er mai 2026");
        assert_eq!(Strings::of("de").date(may_day), "Friday 1 May 2026");
        assert_eq!(Strings::of("fr").count(0), "0 magasin");
        assert_eq!(Strings::of("en").count(0), "0 stores");
        assert_eq!(Strings::of("fr").distance(1234.0), "1,2 km");
        assert_eq!(Strings::of("en").distance(846.0), "850 m");
    }
}
