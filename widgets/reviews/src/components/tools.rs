//! Search, order and what the list is narrowed to.

use devanture_api::review::{Choice, ReviewSummary};
use devanture_domain::review::Sort;
use devanture_ui::{
    attrs,
    dom::{El, On, aria, el, join, leaf, none, on_if, text},
    icon::{self, icon},
};
use yew::{Context, Html};

use super::{
    draw::{group, named, word},
    press::{button, with_value},
};
use crate::{app::App, state::Action};

pub(crate) fn view(app: &App, ctx: &Context<App>, all: &ReviewSummary) -> Html {
    let photos = || {
        let attrs = attrs!["type": "button", "class": "chip", "part": "chip", "aria-pressed": aria(app.narrow.photos)];
        let label = app.t.plural("with_photos", all.with_photos, &app.formats, &[]);
        button(ctx, attrs, Action::Photos, vec![icon(icon::PHOTO), text(&label)])
    };
    let clear = || {
        let attrs = attrs!["type": "button", "class": "quiet", "part": "button"];
        button(ctx, attrs, Action::Clear, vec![icon(icon::CLOSE), word(app, "clear")])
    };
    let mut filters = vec![sort(app, ctx)];
    let size = |_: &App, value: &str| value.to_owned();
    filters.push(choice(app, ctx, ("size", &all.sizes, app.narrow.size.as_deref()), size, |size| {
        Action::Size(one(size))
    }));
    if all.languages.len() > 1 {
        let name = |app: &App, code: &str| app.formats.language(code);
        let of = ("language", &all.languages[..], app.narrow.language.as_deref());
        filters.push(choice(app, ctx, of, name, |code| Action::Language(one(code))));
    }
    filters.push(if all.with_photos > 0 { photos() } else { none() });
    filters.push(if app.narrow.is_on() { clear() } else { none() });
    let label = app.t.text("narrow");
    let filters = el("div", attrs!["class": "filters", "role": "group", "aria-label": &label], filters);
    group("div", "tools", vec![search(app, ctx), filters])
}

fn search(app: &App, ctx: &Context<App>) -> Html {
    let label = app.t.text("search");
    let attrs = attrs![
        "type": "search", "id": "search", "part": "input", "aria-label": &label, "placeholder": &label,
        "maxlength": "200", "enterkeyhint": "search",
    ];
    let field = El::new("input", attrs)
        .value(&app.narrow.words)
        .on(with_value(ctx, On::Input, Action::Words))
        .children(vec![]);
    el("label", attrs!["class": "field", "part": "search"], vec![icon(icon::SEARCH), field])
}

fn sort(app: &App, ctx: &Context<App>) -> Html {
    let mut options = Vec::with_capacity(4);
    for sort in Sort::ALL {
        let name = named(app, "sort.", sort.as_str());
        options.push(option(sort.as_str(), &name, sort == app.narrow.sort));
    }
    let label = app.t.text("sort");
    let chosen = with_value(ctx, On::Change, |name| Action::Sort(Sort::parse(&name).unwrap_or_default()));
    let attrs = attrs!["id": "sort", "part": "select", "aria-label": &label];
    El::new("select", attrs).on(chosen).children(options)
}

fn option(value: &str, name: &str, chosen: bool) -> Html {
    leaf("option", attrs!["value": value, "selected": on_if(chosen)], name)
}

/// The value that is narrowed to, unless it is all of them.
fn one(value: String) -> Option<String> {
    Some(value).filter(|value| !value.is_empty())
}

/// A list to narrow to one of some values, or to all.
fn choice(
    app: &App,
    ctx: &Context<App>,
    (key, values, chosen): (&str, &[Choice], Option<&str>),
    name: fn(&App, &str) -> String,
    action: fn(String) -> Action,
) -> Html {
    // What the page asks for may be a size that nobody has written of.
    let other = chosen.filter(|chosen| !values.iter().any(|one| one.value == *chosen));
    if values.is_empty() && other.is_none() {
        return none();
    }
    let mut options = vec![option("", &named(app, "any_", key), chosen.is_none())];
    for one in values {
        let line = join(&[&name(app, &one.value), " (", &app.formats.integer(one.count), ")"]);
        options.push(option(&one.value, &line, chosen == Some(one.value.as_str())));
    }
    if let Some(other) = other {
        options.push(option(other, &name(app, other), true));
    }
    let label = app.t.text(key);
    let change = with_value(ctx, On::Change, action);
    let class = if chosen.is_some() { "on" } else { "" };
    let attrs = attrs!["id": key, "class": class, "part": "select", "aria-label": &label];
    El::new("select", attrs).on(change).children(options)
}
