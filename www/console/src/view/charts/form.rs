//! The form of a size chart: what it is for, and a table of sizes.

use devanture_api::problem::code;
use devanture_domain::size::Dimension;
use devanture_ui::{
    attrs,
    dom::{Attrs, El, OFF, On, aria, el, join, leaf, list, listen, none, on_if, text},
    js,
};
use yew::Html;

use super::{dimension, name, say};
use crate::{
    api::Failure,
    app::{App, ChartMsg},
    charts::{
        ChartAsk, NOT_REMOVED,
        draft::{Draft, Line, Move, Wrong, cell_id, size_id},
    },
    view::{Link, button, icon, submit},
};

/// The id of the button that takes a dimension in or out.
pub(crate) fn dimension_id(of: Dimension) -> String {
    join(&["of-", of.name()])
}

pub(super) fn form(app: &App, draft: &Draft, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let sent = submit(link, |_| say(ChartMsg::Save));
    let to = link.clone();
    // One listener for all fields: what is typed comes up to the form.
    let typed = listen(On::Input, move |event| {
        let Some(field) = event.target() else { return };
        let read = |name: &str| js::get(&field, name).as_string().unwrap_or_default();
        to.send_message(say(ChartMsg::Typed(read("name"), read("value"))));
    });
    let title = draft.was.as_ref().map_or_else(|| t("sc.new"), |chart| name(app, chart));
    let quiet = |id: &str, class: &str, key: &str, msg: fn() -> ChartMsg, popup: &str| {
        let attrs = attrs!["type": "button", "class": class, "id": id, "aria-haspopup": popup, "disabled": on_if(draft.saving)];
        button(attrs, link, move || say(msg()), vec![text(&t(key))])
    };
    let (copy, remove) = if draft.was.is_some() {
        (
            quiet("sc-copy", "quiet", "sc.copy", || ChartMsg::Copy, OFF),
            quiet("sc-remove", "quiet remove", "shop.remove", || ChartMsg::Ask(ChartAsk::Remove), "dialog"),
        )
    } else {
        (none(), none())
    };
    let go = attrs!["type": "submit", "class": "button primary", "disabled": on_if(draft.saving)];
    let attrs = attrs!["class": "form part chart-form", "novalidate": "", "aria-busy": aria(draft.saving), "aria-labelledby": "form-title"];
    El::new("form", attrs).on(sent).on(typed).children(vec![
        leaf("h2", attrs!["class": "name", "id": "form-title", "tabindex": "-1"], &title),
        names(app, draft),
        dimensions(app, draft, link),
        leaf("p", attrs!["class": "hint", "id": "sc-hint"], &t("sc.hint")),
        table(app, draft, link),
        quiet("sc-add", "button", "sc.add", || ChartMsg::Line(Move::Add), OFF),
        failure(app, draft),
        el(
            "div",
            attrs!["class": "dialog-actions"],
            vec![
                leaf("button", go, &t(if draft.saving { "shop.saving" } else { "shop.save" })),
                quiet("sc-back", "button", "back", || ChartMsg::Back, OFF),
                copy,
                remove,
            ],
        ),
    ])
}

/// Brand and category. Those of a chart that there is stay as they are: a copy may be of others.
fn names(app: &App, draft: &Draft) -> Html {
    let t = |key: &str| app.texts.text(key);
    let is_fixed = draft.was.is_some();
    let field = |index: usize, key: &str| {
        let at = index.to_string();
        let (id, name) = (join(&["sc-", &at]), join(&["n.", &at]));
        let why_id = join(&[&id, "-why"]);
        let all = t(if index == 0 { "sc.all_brands" } else { "sc.all_categories" });
        let attrs = attrs![
            "id": &id, "name": &name, "type": "text", "autocomplete": "off", "readonly": on_if(is_fixed),
            "placeholder": &all, "aria-invalid": aria(find(draft, &id).is_some()), "aria-describedby": &why_id
        ];
        let why = find(draft, &id).map(|wrong| words(app, wrong));
        el(
            "div",
            attrs!["class": "field"],
            vec![
                leaf("label", attrs!["for": &id], &t(key)),
                El::new("input", attrs).value(&draft.names[index]).children(vec![]),
                error(&why_id, why.as_deref()),
            ],
        )
    };
    list(vec![
        el("div", attrs!["class": "dates"], vec![field(0, "sc.brand"), field(1, "sc.category")]),
        leaf("p", attrs!["class": "hint"], &t(if is_fixed { "sc.names.fixed" } else { "sc.names.hint" })),
    ])
}

/// What is measured, to press.
fn dimensions(app: &App, draft: &Draft, link: &Link) -> Html {
    let all = Dimension::ALL.iter().map(|(of, _)| {
        let (of, used) = (*of, draft.dimensions.contains(of));
        let id = dimension_id(of);
        let attrs = attrs!["type": "button", "class": "tab", "id": &id, "aria-pressed": aria(used)];
        button(attrs, link, move || say(ChartMsg::Toggle(of)), vec![text(&dimension(app, of))])
    });
    let legend = leaf("p", attrs!["class": "label", "id": "sc-of"], &app.texts.text("sc.of"));
    let group = attrs!["class": "tabs views", "role": "group", "aria-labelledby": "sc-of"];
    el("div", attrs!["class": "field"], vec![legend, el("div", group, all.collect())])
}

fn table(app: &App, draft: &Draft, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let column = |name: &str| leaf("th", attrs!["scope": "col"], name);
    let mut columns = vec![column(&t("sc.size"))];
    columns.extend(draft.dimensions.iter().map(|of| column(&join(&[&dimension(app, *of), " (cm)"]))));
    columns.push(el("td", attrs![], vec![]));
    let wide = (draft.dimensions.len() + 2).to_string();
    let mut rows = Vec::new();
    for (at, line) in draft.lines.iter().enumerate() {
        rows.push(row(app, draft, (at, line), link));
        let why = draft.wrong.iter().filter(|one| one.row == Some(at));
        let why: Vec<Html> =
            why.map(|one| error(&join(&[&one.field, "-why"]), Some(&words(app, one)))).collect();
        if !why.is_empty() {
            rows.push(el("tr", attrs!["class": "why"], vec![el("td", attrs!["colspan": &wide], why)]));
        }
    }
    el(
        "div",
        attrs!["class": "scroll"],
        vec![el(
            "table",
            attrs!["class": "chart", "aria-describedby": "sc-hint"],
            vec![
                leaf("caption", attrs!["class": "unseen"], &t("sc.table")),
                el("thead", attrs![], vec![el("tr", attrs![], columns)]),
                el("tbody", attrs![], rows),
            ],
        )],
    )
}

fn row(app: &App, draft: &Draft, (at, written): (usize, &Line), link: &Link) -> Html {
    let number = (at + 1).to_string();
    // A row without a size is told by its number.
    let row = if written.size.trim().is_empty() {
        app.texts.fill("sc.row", &[("n", &number)])
    } else {
        written.size.clone()
    };
    let input = |id: &str, name: &str, class: &str, label: &str, value: &str| {
        let wrong = find(draft, id).is_some();
        let why = if wrong { join(&[id, "-why"]) } else { OFF.to_owned() };
        let mode = if class == "size-name" { OFF } else { "decimal" };
        let attrs = attrs![
            "type": "text", "id": id, "name": name, "class": class, "inputmode": mode, "autocomplete": "off",
            "aria-label": label, "aria-invalid": aria(wrong), "aria-describedby": &why
        ];
        El::new("input", attrs).value(value).children(vec![])
    };
    let at_text = at.to_string();
    let name = join(&["r.", &at_text]);
    let label = app.texts.fill("sc.size.of", &[("n", &number)]);
    let mut cells = vec![el(
        "td",
        attrs!["class": "label-cell"],
        vec![input(&size_id(at), &name, "size-name", &label, &written.size)],
    )];
    for (column, of) in draft.dimensions.iter().enumerate() {
        let what = dimension(app, *of);
        let end = |end: usize, key: &str| {
            let name = join(&[&name, ".", &column.to_string(), ".", &end.to_string()]);
            let label = app.texts.fill(key, &[("of", &what), ("size", &row)]);
            input(&cell_id(at, column, end), &name, "measure", &label, &written.cells[column][end])
        };
        let range =
            vec![end(0, "sc.from"), leaf("span", attrs!["aria-hidden": "true"], "–"), end(1, "sc.to")];
        cells.push(el("td", attrs!["data-of": &what], vec![el("div", attrs!["class": "range"], range)]));
    }
    let tool = |attrs: Attrs<'_>, change: Move, picture: &'static str| {
        button(attrs, link, move || say(ChartMsg::Line(change)), vec![icon::icon(picture)])
    };
    let named = |key: &str| app.texts.fill(key, &[("size", &row)]);
    let (up, remove) = (named("sc.up"), named("sc.remove_row"));
    let up = attrs!["type": "button", "class": "dismiss", "aria-label": &up, "disabled": on_if(at == 0)];
    let remove = attrs!["type": "button", "class": "dismiss", "aria-label": &remove];
    cells.push(el(
        "td",
        attrs!["class": "row-tools"],
        vec![tool(up, Move::Up(at), icon::SEND), tool(remove, Move::Remove(at), icon::CLOSE)],
    ));
    el("tr", attrs![], cells)
}

fn find<'a>(draft: &'a Draft, id: &str) -> Option<&'a Wrong> {
    draft.wrong.iter().find(|one| one.field == id)
}

fn words(app: &App, wrong: &Wrong) -> String {
    let of = wrong.of.map(|of| dimension(app, of)).unwrap_or_default();
    app.texts.fill(wrong.key, &[("of", &of), ("a", &wrong.with[0]), ("b", &wrong.with[1])])
}

/// What is wrong, in words, for the field that names this id.
fn error(id: &str, words: Option<&str>) -> Html {
    let inside = words.map_or(none(), |words| {
        el("p", attrs!["class": "error"], vec![icon::icon(icon::ALERT), text(words)])
    });
    el("div", attrs!["role": "alert", "id": id], vec![inside])
}

/// Why it is not saved: a line that gets the focus.
fn failure(app: &App, draft: &Draft) -> Html {
    let t = |key: &str| app.texts.text(key);
    let said = match &draft.failure {
        Some(Failure::Unreachable) => Some(t("shop.offline")),
        Some(Failure::Refused { code, .. }) => Some(match code.as_str() {
            code::CHANGED_MEANWHILE => t("sc.changed"),
            NOT_REMOVED => t("sc.not_removed"),
            code => app.texts.fill("why.other", &[("code", code)]),
        }),
        Some(_) => Some(t("error.server")),
        None => find(draft, "form").map(|wrong| words(app, wrong)),
    };
    let inside = said
        .map_or(none(), |said| el("p", attrs!["class": "error"], vec![icon::icon(icon::ALERT), text(&said)]));
    el("div", attrs!["role": "alert", "id": "form", "tabindex": "-1"], vec![inside])
}
