//! From a row's texts to a review, or the reason why not.

use std::collections::BTreeMap;

use devanture_domain::{
    civil::{Date, UtcMs},
    code::normalised,
    review::{About, Checked, Fit, Limits, MAX_AUTHOR, Rating, TextError, checked, checked_line},
};
use devanture_storage::{Answer, ImportedReview};

use super::Field;

const DAY_MS: i64 = 86_400_000;
const LINE: Limits = Limits { least: 1, most: 200 };
const SIZE: Limits = Limits { least: 1, most: 20 };

pub(super) fn review(cells: &BTreeMap<Field, String>, now: UtcMs) -> Result<ImportedReview, String> {
    let text = |field: Field| cells.get(&field).map_or("", String::as_str);
    let (about, subject) = match (text(Field::Product), text(Field::Store)) {
        (product, "") if !product.is_empty() => {
            (About::Product, normalised(product).map_err(|error| format!("the product {error}"))?)
        }
        ("", store) if !store.is_empty() => (About::Store, line("store", store, LINE)?.unwrap_or_default()),
        _ => return Err("one of product and store is needed".to_owned()),
    };
    let stars = text(Field::Rating);
    let rating = stars.parse().ok().and_then(Rating::new);
    let rating = rating.ok_or_else(|| {
        format!("the rating {stars:?} is not a whole number from 1 to 5; map it to one in the mapping")
    })?;
    let published_on =
        day("publication", text(Field::PublishedOn))?.ok_or("the day of publication is empty")?;
    let published_at = i64::from(published_on.0) * DAY_MS;
    if published_at > now {
        return Err(format!("the day of publication {} lies in the future", published_on.to_text()));
    }
    let language = text(Field::Language).split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return Err(format!("the language {:?} is not BCP 47, such as fr", text(Field::Language)));
    }
    let answer = match body("answer", text(Field::Answer))? {
        Some(body) => {
            let on = day("answer", text(Field::AnsweredOn))?;
            Some(Answer { body, at: on.map_or(published_at, |on| i64::from(on.0) * DAY_MS) })
        }
        None => None,
    };
    let mut review = ImportedReview {
        source_id: text(Field::Id).chars().take(100).collect(),
        about,
        subject,
        rating,
        title: line("title", text(Field::Title), LINE)?,
        body: body("text", text(Field::Body))?.unwrap_or_default(),
        language,
        fit: fit(text(Field::Fit))?,
        size: line("size", text(Field::Size), SIZE)?,
        checked: if yes("verified", text(Field::Verified))? { Checked::Imported } else { Checked::Not },
        incentive: line("incentive", text(Field::Incentive), LINE)?,
        experienced_on: day("experience", text(Field::ExperiencedOn))?,
        published_at,
        author: line("author", text(Field::Author), Limits { least: 1, most: MAX_AUTHOR })?,
        points: Vec::new(),
        votes: (votes("helpful", text(Field::Helpful))?, votes("unhelpful", text(Field::Unhelpful))?),
        answer,
    };
    if review.source_id.is_empty() {
        review.source_id = review.id_of_words();
    }
    Ok(review)
}

fn line(name: &str, text: &str, limits: Limits) -> Result<Option<String>, String> {
    kept(name, checked_line(text, limits))
}

fn body(name: &str, text: &str) -> Result<Option<String>, String> {
    kept(name, checked(text, Limits::IMPORTED))
}

/// An empty text is none, and one without a word is not worth keeping: its stars are.
fn kept(name: &str, text: Result<String, TextError>) -> Result<Option<String>, String> {
    match text {
        Ok(text) => Ok(Some(text)),
        Err(TextError::TooShort(_) | TextError::NoWords) => Ok(None),
        Err(error) => Err(format!("the {name}: {error}")),
    }
}

/// `2026-11-22` or `22/11/2026`, and whatever follows a space or a T.
fn day(name: &str, text: &str) -> Result<Option<Date>, String> {
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    if date.is_empty() {
        return Ok(None);
    }
    let day = Date::parse(date).or_else(|| {
        let mut parts = date.split('/');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        Date::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).filter(|_| year.len() == 4)
    });
    match day {
        Some(day) => Ok(Some(day)),
        None => Err(format!("the day of {name} {text:?} is not written 2026-11-22 or 22/11/2026")),
    }
}

fn fit(text: &str) -> Result<Option<Fit>, String> {
    match text {
        "" => Ok(None),
        text => Fit::parse(text).map(Some).ok_or_else(|| {
            format!("the fit {text:?} is not small, true or large; map it to one in the mapping")
        }),
    }
}

fn yes(name: &str, text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" | "oui" => Ok(true),
        "" | "no" | "false" | "0" | "non" => Ok(false),
        _ => Err(format!("{name} {text:?} is neither yes nor no; map it to one in the mapping")),
    }
}

fn votes(name: &str, text: &str) -> Result<u32, String> {
    match text {
        "" => Ok(0),
        text => text.parse().map_err(|_| format!("{name} {text:?} is no number of votes")),
    }
}
