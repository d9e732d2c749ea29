//! What is sent, or which field is not filled as it must be.

use devanture_api::review::{CriterionName, ReviewRequest};
use devanture_client::decode::review::day;
use devanture_domain::review::{Fit, Limits, Points, Rating};
use devanture_ui::{
    dom::join,
    js::{self, parse_number},
};
use wasm_bindgen::JsValue;
use yew::Context;

use super::{Desk, draft, photos::Photo};

/// A field, and the key of what is wrong with it.
type Wrong = (&'static str, &'static str);

/// Fields that the API can find at fault, and what to say of each.
const REFUSED: [Wrong; 10] = [
    ("rating", "invalid.rating"),
    ("criteria", "invalid.criteria"),
    ("title", "invalid.title"),
    ("body", "invalid.body"),
    ("size", "invalid.size"),
    ("usual_size", "invalid.size"),
    ("photos", "invalid.photos"),
    ("author", "invalid.author"),
    ("email", "invalid.email"),
    ("experienced_on", "invalid.experienced_on"),
];

pub(super) fn refused(field: &str) -> Option<Wrong> {
    REFUSED.into_iter().find(|(name, _)| *name == field)
}

/// What is scored here.
pub(super) fn criteria<'a>(desk: &'a Desk, ctx: &'a Context<Desk>) -> &'a [CriterionName] {
    desk.invitation.as_ref().map_or(&ctx.props().criteria, |invitation| &invitation.criteria)
}

pub(super) fn read(desk: &Desk, ctx: &Context<Desk>) -> Result<ReviewRequest, Wrong> {
    let props = ctx.props();
    let values = draft::values(&desk.form);
    let text = |name: &str| filled(&values, name);
    let rating = number(&values, "rating").and_then(Rating::new).ok_or(("rating", "invalid.rating"))?;
    let body = text("body").unwrap_or_default();
    let length = body.chars().count();
    if length < Limits::BODY.least {
        return Err(("body", "invalid.body_short"));
    }
    if length > Limits::BODY.most {
        return Err(("body", "invalid.body_long"));
    }
    if desk.photos.iter().any(Photo::is_going) {
        return Err(("photos", "invalid.photos_going"));
    }
    let openly = desk.own.is_none() && props.link.is_none();
    let experienced_on = text("experienced_on").and_then(|text| day(&text));
    if openly && experienced_on.is_none() {
        return Err(("experienced_on", "invalid.experienced_on"));
    }
    let author = text("author").ok_or(("author", "invalid.author"))?;
    let mut points = Vec::new();
    for one in criteria(desk, ctx) {
        if let Some(given) = number(&values, &join(&["criterion-", &one.code])) {
            points.push(Points { code: one.code.clone(), points: given });
        }
    }
    Ok(ReviewRequest {
        product: props.options.product.clone(),
        store: props.options.store.clone(),
        link: props.link.clone(),
        rating,
        title: text("title"),
        body,
        fit: text("fit").and_then(|name| Fit::parse(&name)),
        usual_size: text("usual_size"),
        size: text("size"),
        criteria: points,
        photos: desk.photos.iter().filter_map(Photo::taken).map(|photo| photo.id.clone()).collect(),
        author,
        email: text("email"),
        experienced_on,
        locale: props.lang.clone(),
    })
}

fn filled(values: &JsValue, name: &str) -> Option<String> {
    let text = js::text(values, name)?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn number(values: &JsValue, name: &str) -> Option<u8> {
    parse_number(&filled(values, name)?).map(|number| number as u8)
}
