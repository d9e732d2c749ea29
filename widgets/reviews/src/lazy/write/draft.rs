//! What the fields hold, as one object by their names: kept in this browser until it is sent, so that it is not lost with the page.

use devanture_api::review::{Review, ReviewPhoto};
use devanture_client::decode::FromJs as _;
use devanture_host::kept;
use devanture_ui::{
    dom::{HtmlElement, join},
    js::{self, Array},
};
use wasm_bindgen::{JsCast as _, JsValue};
use yew::{Context, NodeRef};

use super::{Desk, photos::Photo};

/// What is typed and chosen now.
pub(super) fn values(form: &NodeRef) -> JsValue {
    let form = form.cast::<HtmlElement>().map_or(JsValue::UNDEFINED, JsValue::from);
    let data = js::construct("FormData", &Array::of1(&form)).unwrap_or_default();
    let object = js::get(&js::global(), "Object");
    js::call(&object, "fromEntries", &Array::of1(&data)).unwrap_or_default()
}

/// Puts values into the fields. What is drawn keeps them, since it says nothing of what they hold.
pub(super) fn fill(form: &NodeRef, values: &JsValue) {
    let Some(form) = form.cast::<HtmlElement>() else { return };
    let fields: Array =
        js::call(&js::get(&js::global(), "Array"), "from", &Array::of1(&js::get(&form, "elements")))
            .ok()
            .and_then(|fields| fields.dyn_into().ok())
            .unwrap_or_default();
    for field in fields.iter() {
        let Some(name) = js::text(&field, "name") else { continue };
        let Some(value) = js::text(values, &name) else { continue };
        if js::text(&field, "type").as_deref() == Some("radio") {
            let on = js::text(&field, "value").as_deref() == Some(&*value);
            js::set(&field, "checked", &on.into());
        } else {
            js::set(&field, "value", &value.into());
        }
    }
}

/// Empties the fields.
pub(super) fn clear(form: &NodeRef) {
    if let Some(form) = form.cast::<HtmlElement>() {
        let _ = js::call(&form, "reset", &Array::new());
    }
}

/// Gives the focus to a field by its name.
pub(super) fn focus(form: &NodeRef, name: &str) {
    let Some(form) = form.cast::<HtmlElement>() else { return };
    let found = form.query_selector(&join(&["[name=", name, "],#", name])).ok().flatten();
    if let Some(field) = found.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// Keeps what a new review says so far.
pub(super) fn keep(desk: &Desk, ctx: &Context<Desk>) {
    if desk.own.is_some() {
        return;
    }
    let values = values(&desk.form);
    let photos = Array::new();
    for photo in desk.photos.iter().filter_map(Photo::taken) {
        photos.push(&js::object(&[
            ("id", photo.id.as_str().into()),
            ("url", photo.url.as_str().into()),
            ("thumbnail_url", photo.thumbnail_url.as_str().into()),
            ("width", photo.width.into()),
            ("height", photo.height.into()),
        ]));
    }
    js::set(&values, "photos", &photos);
    // Where nothing can be kept, it lasts as long as the page.
    let _ = kept::set(&ctx.props().draft, Some(&js::stringify(&values)));
}

/// Brings back what was kept.
pub(super) fn restore(desk: &mut Desk, ctx: &Context<Desk>) {
    let Some(values) = kept::get(&ctx.props().draft).and_then(|text| js::parse(&text)) else { return };
    if let Ok(photos) = js::get(&values, "photos").dyn_into::<Array>() {
        for photo in photos.iter().filter_map(|photo| ReviewPhoto::from_js(&photo)) {
            desk.drawn += 1;
            desk.photos.push(Photo::there(desk.drawn, photo));
        }
    }
    desk.filling = Some(values);
}

pub(super) fn forget(ctx: &Context<Desk>) {
    let _ = kept::set(&ctx.props().draft, None);
}

/// The values of a review that was written.
pub(super) fn of(review: &Review) -> JsValue {
    let text = |text: &Option<String>| text.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str);
    let values = js::object(&[
        ("rating", js::number(review.rating.stars().into()).into()),
        ("title", text(&review.title)),
        ("body", review.body.as_str().into()),
        ("fit", review.fit.map_or(JsValue::UNDEFINED, |fit| fit.as_str().into())),
        ("size", text(&review.size)),
        ("usual_size", text(&review.usual_size)),
        ("author", text(&review.author)),
    ]);
    for given in &review.criteria {
        js::set(&values, &join(&["criterion-", &given.code]), &js::number(given.points.into()).into());
    }
    values.into()
}
