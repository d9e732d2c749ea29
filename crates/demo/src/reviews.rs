//! What the invented chain's invented shoppers say: the same at every run, by product.

mod texts;

use devanture_domain::{
    civil::Date,
    review::{Checked, Fit, Points, Rating, Reason},
};

use crate::{
    catalogue::{Department, Garment, Product},
    mix::{chance, mix, pick},
};
pub use texts::REFUSED;
use texts::{ANSWERS_EN, ANSWERS_FR, Kind, NAMES_EN, NAMES_FR, STORE_ANSWER_FR, STORES, Spoken, TEXTS};

/// A review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoReview {
    /// The same at every run, and no other's.
    pub id: String,
    /// Stars.
    pub rating: Rating,
    /// One line above it.
    pub title: Option<&'static str>,
    /// What it says.
    pub body: &'static str,
    /// `fr` or `en`.
    pub language: &'static str,
    /// Who says it.
    pub author: &'static str,
    /// How it fits.
    pub fit: Option<Fit>,
    /// The size that it is about.
    pub size: Option<&'static str>,
    /// How it is known.
    pub checked: Checked,
    /// What was given for it.
    pub incentive: Option<&'static str>,
    /// When it was bought.
    pub experienced_on: Date,
    /// When it was published.
    pub published_on: Date,
    /// Points for comfort and quality, or for welcome and advice.
    pub points: Vec<Points>,
    /// Helpful, not helpful.
    pub votes: (u32, u32),
    /// What the brand says.
    pub answer: Option<&'static str>,
}

/// A review that was not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedReview {
    /// Stars.
    pub rating: u8,
    /// What it says.
    pub body: &'static str,
    /// Who says it.
    pub author: &'static str,
    /// Why it was refused; `None` for one that waits to be read.
    pub reason: Option<Reason>,
}

/// What is said of a product up to `today`.
pub fn of_product(product: &Product, today: Date) -> Vec<DemoReview> {
    // Those with a text of their own are looked at; of the others some were never reviewed.
    let wanted = match mix(product.slug, "reviews") % 100 {
        _ if product.slug == "robe-augustine" => 26,
        n if product.slug.len() < 22 && n < 35 => 3 + n % 6,
        n if n < 40 => n % 3,
        _ => 0,
    };
    let kind = kind(product);
    let fitting: Vec<&Spoken> =
        TEXTS.iter().filter(|text| text.kind == kind || text.kind == Kind::Any).collect();
    let from = mix(product.slug, "first text");
    let sized = product.sizes.len() > 1;
    (0..wanted.min(fitting.len() as u64))
        .filter_map(|n| {
            // Neighbours in a list without saying the same twice.
            let at = usize::try_from((from + n * 7) % fitting.len() as u64).unwrap_or(0);
            let spoken = fitting[at];
            let id = format!("{}-{n}", product.slug);
            let mut review = said(&id, spoken, today, ["comfort", "quality"])?;
            review.size = sized.then(|| *pick(product.sizes, &id, "size"));
            review.fit = review.fit.filter(|_| sized);
            Some(review)
        })
        .fold(Vec::new(), |mut all: Vec<DemoReview>, review| {
            if !all.iter().any(|known| known.body == review.body) {
                all.push(review);
            }
            all
        })
}

/// What is said of a store's service up to `today`.
pub fn of_store(code: &str, today: Date) -> Vec<DemoReview> {
    let wanted = mix(code, "store reviews") % 5;
    let from = mix(code, "first text");
    let texts =
        (0..wanted).map(|n| (n, &STORES[usize::try_from((from + n * 3) % STORES.len() as u64).unwrap_or(0)]));
    let mut all: Vec<DemoReview> = Vec::new();
    for (n, spoken) in texts {
        let Some(mut review) = said(&format!("{code}-{n}"), spoken, today, ["welcome", "advice"]) else {
            continue;
        };
        review.checked = if review.checked == Checked::Purchase { Checked::Visit } else { Checked::Not };
        review.incentive = None;
        for points in &mut review.points {
            points.points = (points.points * 4)
                .saturating_sub(u8::try_from(mix(&review.id, "marks") % 3).unwrap_or(0))
                .max(1);
        }
        review.answer = (review.rating.stars() < 4 && review.language == "fr").then_some(STORE_ANSWER_FR);
        if !all.iter().any(|known| known.body == review.body) {
            all.push(review);
        }
    }
    all
}

fn said(id: &str, spoken: &Spoken, today: Date, criteria: [&str; 2]) -> Option<DemoReview> {
    let french = spoken.language == "fr";
    let ago = 2 + i32::try_from(mix(id, "age") % 300).ok()?;
    let worn = 4 + i32::try_from(mix(id, "worn") % 20).ok()?;
    let point = |purpose: &str| {
        let off = u8::try_from(mix(id, purpose) % 2).unwrap_or(0);
        spoken.rating.saturating_sub(off).clamp(1, 5)
    };
    let helpful = u32::try_from(mix(id, "helpful") % 14).ok()?;
    let names: &[&str] = if french { NAMES_FR } else { NAMES_EN };
    let author: &&str = pick(names, id, "author");
    let answers = if french { ANSWERS_FR } else { ANSWERS_EN };
    Some(DemoReview {
        id: id.to_owned(),
        rating: Rating::new(spoken.rating)?,
        title: spoken.title,
        body: spoken.body,
        language: spoken.language,
        author,
        fit: spoken.fit,
        size: None,
        checked: if chance(id, "checked", 82) { Checked::Purchase } else { Checked::Not },
        incentive: chance(id, "incentive", 6).then_some(if french {
            "Bon d’achat de 5 €"
        } else {
            "€5 voucher"
        }),
        experienced_on: today.plus(-ago - worn),
        published_on: today.plus(-ago),
        points: criteria
            .into_iter()
            .map(|code| Points { code: code.to_owned(), points: point(code) })
            .collect(),
        votes: (helpful, helpful / 5),
        answer: (spoken.rating < 3 && chance(id, "answer", 80)).then(|| *pick(answers, id, "answer text")),
    })
}

fn kind(product: &Product) -> Kind {
    match product.garment {
        _ if product.department == Department::Children => Kind::Children,
        Garment::Dress | Garment::WrapDress | Garment::Skirt | Garment::PleatedSkirt => Kind::Dress,
        Garment::Shirt | Garment::Blouse | Garment::Tee | Garment::Jersey => Kind::Top,
        Garment::Knit | Garment::RollNeck | Garment::Cardigan => Kind::Knit,
        Garment::Blazer | Garment::Coat | Garment::Trench | Garment::Puffer => Kind::Coat,
        Garment::Trousers | Garment::WideTrousers | Garment::Jeans | Garment::Dungarees => Kind::Trousers,
        Garment::Sneaker | Garment::Boot => Kind::Shoes,
        Garment::Handbag | Garment::Tote | Garment::Scarf | Garment::Beret => Kind::Accessory,
    }
}
