//! The shop's two languages.

use devanture_demo::catalogue::{Department, Garment, Text};
use devanture_domain::civil::Date;

/// What a page is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    Fr,
    En,
}

impl Lang {
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Self::Fr => Self::En,
            Self::En => Self::Fr,
        }
    }

    /// One of two texts.
    pub(crate) fn t<'a>(self, fr: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Fr => fr,
            Self::En => en,
        }
    }

    pub(crate) fn text(self, text: Text) -> &'static str {
        self.t(text.fr, text.en)
    }

    /// `89 €`, `59,50 €`; `€89`, `€59.50`.
    pub(crate) fn price(self, cents: u32) -> String {
        let (euros, rest) = (cents / 100, cents % 100);
        match (self, rest) {
            (Self::Fr, 0) => format!("{euros}\u{a0}€"),
            (Self::Fr, _) => format!("{euros},{rest:02}\u{a0}€"),
            (Self::En, 0) => format!("€{euros}"),
            (Self::En, _) => format!("€{euros}.{rest:02}"),
        }
    }

    /// Sizes are named in French where they are not numbers.
    pub(crate) fn size(self, size: &str) -> String {
        match self {
            Self::Fr if size == "TU" => "Taille unique".into(),
            Self::En if size == "TU" => "One size".into(),
            Self::Fr => size.into(),
            Self::En => size.replace("ans", "years"),
        }
    }

    pub(crate) fn department(self, department: Department) -> &'static str {
        match department {
            Department::Women => self.t("Femme", "Women"),
            Department::Men => self.t("Homme", "Men"),
            Department::Children => self.t("Enfant", "Children"),
            Department::Accessories => self.t("Accessoires", "Accessories"),
        }
    }

    pub(crate) fn weekday(self, day: usize) -> &'static str {
        const FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
        const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        self.t(FR[day % 7], EN[day % 7])
    }

    /// `24 décembre`, `24 December`.
    pub(crate) fn day(self, date: Date) -> String {
        const FR: [&str; 12] = [
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
        ];
        const EN: [&str; 12] = [
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
        ];
        let (_, month, day) = date.ymd();
        let index = usize::from(month - 1) % 12;
        match self {
            Self::Fr if day == 1 => format!("1er {}", FR[index]),
            Self::Fr => format!("{day} {}", FR[index]),
            Self::En => format!("{day} {}", EN[index]),
        }
    }
}

/// What shoppers look for within a department: a code for addresses, and its name.
pub(crate) fn family(garment: Garment) -> (&'static str, Text) {
    let of = |code, fr, en| (code, Text { fr, en });
    match garment {
        Garment::Dress | Garment::WrapDress => of("robes", "Robes", "Dresses"),
        Garment::Shirt | Garment::Blouse => of("chemises", "Chemises et blouses", "Shirts and blouses"),
        Garment::Tee | Garment::Jersey => of("t-shirts", "T-shirts et marinières", "T-shirts and stripes"),
        Garment::Knit | Garment::RollNeck | Garment::Cardigan => of("maille", "Maille", "Knitwear"),
        Garment::Blazer | Garment::Coat | Garment::Trench | Garment::Puffer => {
            of("manteaux", "Vestes et manteaux", "Jackets and coats")
        }
        Garment::Trousers | Garment::WideTrousers | Garment::Jeans | Garment::Dungarees => {
            of("pantalons", "Pantalons", "Trousers")
        }
        Garment::Skirt | Garment::PleatedSkirt => of("jupes", "Jupes", "Skirts"),
        Garment::Sneaker | Garment::Boot => of("chaussures", "Chaussures", "Shoes"),
        Garment::Handbag | Garment::Tote => of("sacs", "Sacs", "Bags"),
        Garment::Scarf | Garment::Beret => of("echarpes", "Écharpes et bérets", "Scarves and berets"),
    }
}
