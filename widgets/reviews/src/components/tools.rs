//! Search, order and what the list is narrowed to.

use devanture_api::review::{Choice, ReviewSummary};
use devanture_domain::review::Sort;
use devanture_ui::{
    attrs,
    dom::{El, On, aria, join, on_if},
    icon,
};

use super::{draw::Draw, press::with_value};
use crate::{app::App, state::Action};

pub(crate) fn view(d: &mut Draw<'_>, all: &ReviewSummary) {
    let app = d.app;
    d.group("div", "tools");
    search(d);
    d.open("div", attrs!["class": "filters", "role": "group", "aria-label": &app.t.text("narrow")]);
    sort(d);
    let size = |app: &App, value: &str| {
        let is_own = app.size.as_deref() == Some(value);
        if is_own { app.t.fill("your_size", &[("size", value)]) } else { value.to_owned() }
    };
    choice(d, ("size", &all.sizes, app.narrow.size.as_deref()), size, |size| Action::Size(one(size)));
    if all.languages.len() > 1 {
        let name = |app: &App, code: &str| app.formats.language(code);
        let of = ("language", &all.languages[..], app.narrow.language.as_deref());
        choice(d, of, name, |code| Action::Language(one(code)));
    }
    if all.with_photos > 0 {
        let pressed = aria(app.narrow.photos);
        d.button(
            attrs!["type": "button", "class": "chip", "part": "chip", "aria-pressed": pressed],
            Action::Photos,
        );
        d.icon(icon::PHOTO);
        d.text(&app.t.plural("with_photos", all.with_photos, &app.formats, &[]));
        d.close();
    } else {
        d.nothing();
    }
    if app.narrow.is_on() {
        d.button(attrs!["type": "button", "class": "quiet", "part": "button"], Action::Clear);
        d.icon(icon::CLOSE);
        d.word("clear");
        d.close();
    } else {
        d.nothing();
    }
    d.close();
    d.close();
}

fn search(d: &mut Draw<'_>) {
    let label = d.app.t.text("search");
    let attrs = attrs![
        "type": "search", "id": "search", "part": "input", "aria-label": &label, "placeholder": &label,
        "maxlength": "200", "enterkeyhint": "search",
    ];
    d.open("label", attrs!["class": "field", "part": "search"]);
    d.icon(icon::SEARCH);
    d.begin(El::new("input", attrs).value(&d.app.narrow.words).on(with_value(
        d.ctx,
        On::Input,
        Action::Words,
    )));
    d.close();
    d.close();
}

fn sort(d: &mut Draw<'_>) {
    let chosen = with_value(d.ctx, On::Change, |name| Action::Sort(Sort::parse(&name).unwrap_or_default()));
    let label = d.app.t.text("sort");
    let attrs = attrs!["id": "sort", "part": "select", "aria-label": &label];
    d.begin(El::new("select", attrs).on(chosen));
    for sort in Sort::ALL {
        let name = d.named("sort.", sort.as_str());
        option(d, sort.as_str(), &name, sort == d.app.narrow.sort);
    }
    d.close();
}

fn option(d: &mut Draw<'_>, value: &str, name: &str, chosen: bool) {
    d.leaf("option", attrs!["value": value, "selected": on_if(chosen)], name);
}

/// The value that is narrowed to, unless it is all of them.
fn one(value: String) -> Option<String> {
    Some(value).filter(|value| !value.is_empty())
}

/// A list to narrow to one of some values, or to all.
fn choice(
    d: &mut Draw<'_>,
    (key, values, chosen): (&str, &[Choice], Option<&str>),
    name: fn(&App, &str) -> String,
    action: fn(String) -> Action,
) {
    let app = d.app;
    // What the page asks for may be a size that nobody has written of.
    let other = chosen.filter(|chosen| !values.iter().any(|one| one.value == *chosen));
    if values.is_empty() && other.is_none() {
        return d.nothing();
    }
    let (class, label) = (if chosen.is_some() { "on" } else { "" }, app.t.text(key));
    let attrs = attrs!["id": key, "class": class, "part": "select", "aria-label": &label];
    d.begin(El::new("select", attrs).on(with_value(d.ctx, On::Change, action)));
    let any = d.named("any_", key);
    option(d, "", &any, chosen.is_none());
    for one in values {
        let line = join(&[&name(app, &one.value), " (", &app.formats.integer(one.count), ")"]);
        option(d, &one.value, &line, chosen == Some(one.value.as_str()));
    }
    if let Some(other) = other {
        option(d, other, &name(app, other), true);
    }
    d.close();
}
