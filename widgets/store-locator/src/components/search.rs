//! The search field: a combobox with a list box, by the WAI-ARIA authoring practices.

use devanture_api::suggest::PlaceKind;
use devanture_host::position::PositionFailure;
use devanture_ui::{
    attrs,
    dom::{El, KeyboardEvent, NO_ATTRS, OFF, On, aria, el, leaf, listen, none, on_if},
};
use wasm_bindgen::JsCast as _;
use yew::{Context, Html};

use super::{
    button::{act, button, send_value},
    icon::{self, icon},
};
use crate::{
    app::App,
    state::{Action, Msg},
};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let t = &app.t;
    let open = app.field.open && !(app.field.items.is_empty() && app.field.text.is_empty());
    let clear = if app.field.text.is_empty() {
        none()
    } else {
        button(
            ctx,
            attrs!["type": "button", "class": "clear", "aria-label": &t.text("clear")],
            Action::Clear,
            vec![icon(icon::CLOSE)],
        )
    };
    let locate = [
        icon(icon::TARGET),
        leaf("span", NO_ATTRS, &t.text(if app.locating { "locating" } else { "locate" })),
    ];
    let label = t.text("search_label");
    El::new("form", attrs!["class": "search", "part": "search", "role": "search", "aria-label": &label])
        .on(act(ctx, On::Submit, Action::Submit))
        .children(vec![
            el(
                "div",
                attrs!["class": "field"],
                vec![icon(icon::SEARCH), input(app, ctx, open, &label), clear, suggestions(app, ctx, open)],
            ),
            leaf(
                "button",
                attrs!["type": "submit", "class": "button primary", "part": "button"],
                &t.text("search"),
            ),
            button(
                ctx,
                attrs!["type": "button", "class": "button locate", "disabled": on_if(app.locating)],
                Action::Locate,
                locate.into(),
            ),
            notice(app),
        ])
}

fn input(app: &App, ctx: &Context<App>, open: bool, label: &str) -> Html {
    let active = app.field.active.filter(|_| open).map(option_id);
    let typed = send_value(ctx, On::Input, Msg::Typed);
    El::new("input", attrs![
        "id": "q", "type": "text", "part": "input", "role": "combobox", "aria-label": label,
        "placeholder": &app.t.text("search_placeholder"), "aria-expanded": aria(open),
        "aria-controls": "suggestions", "aria-autocomplete": "list",
        "aria-activedescendant": active.as_deref().unwrap_or(OFF), "autocomplete": "off", "maxlength": "200",
    ])
        .node(&app.input)
        .value(&app.field.text)
        .on(typed)
        .on(keys(app, ctx, open))
        .on(act(ctx, On::Blur, Action::CloseSuggestions))
        .on(act(ctx, On::Focus, Action::FieldFocused))
        .children(vec![])
}

fn suggestions(app: &App, ctx: &Context<App>, open: bool) -> Html {
    let option = |(index, item): (usize, &devanture_api::suggest::Suggestion)| {
        let picture = if item.kind == PlaceKind::Store { icon::STORE } else { icon::PIN };
        let selected = aria(app.field.active == Some(index));
        El::new("li", attrs!["id": &option_id(index), "role": "option", "part": "suggestion", "aria-selected": selected])
            // Not `click`: the field would lose the focus, and the list close, before it.
            .on(act(ctx, On::MouseDown, Action::Choose(index)))
            .children(vec![
                icon(picture),
                leaf("span", attrs!["class": "label"], &item.label),
                leaf("span", attrs!["class": "detail"], &item.detail),
            ])
    };
    let mut items: Vec<Html> = app.field.items.iter().enumerate().map(option).collect();
    if items.is_empty() {
        let attrs =
            attrs!["class": "none", "role": "option", "aria-disabled": "true", "aria-selected": "false"];
        items.push(leaf("li", attrs, &app.t.text("no_suggestion")));
    }
    // The list box stays in the tree, as `aria-controls` names it.
    el(
        "ul",
        attrs!["id": "suggestions", "class": "suggestions", "part": "suggestions", "role": "listbox", "hidden": on_if(!open), "aria-label": &app.t.text("suggestions")],
        items,
    )
}

fn notice(app: &App) -> Html {
    let key = match app.notice {
        Some(PositionFailure::Refused) => "position_refused",
        Some(PositionFailure::Unavailable) => "position_unavailable",
        None => return none(),
    };
    leaf("p", attrs!["class": "notice", "role": "alert"], &app.t.text(key))
}

fn option_id(index: usize) -> String {
    let mut id = String::from("s");
    id.push(char::from(b'a' + u8::try_from(index).unwrap_or(25).min(25)));
    id
}

fn keys(app: &App, ctx: &Context<App>, open: bool) -> std::rc::Rc<dyn yew::virtual_dom::Listener> {
    let link = ctx.link().clone();
    let (count, active) = (app.field.items.len(), app.field.active);
    listen(On::KeyDown, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if let Some(action) = key_action(&event.key(), open, count, active) {
            event.prevent_default();
            link.send_message(Msg::Act(action));
        }
    })
}

/// Arrow keys go round through the field itself; Escape closes, then clears.
fn key_action(key: &str, open: bool, count: usize, active: Option<usize>) -> Option<Action> {
    match key {
        "ArrowDown" if count > 0 => Some(Action::Highlight(match active {
            None => Some(0),
            Some(last) if last + 1 == count => None,
            Some(index) => Some(index + 1),
        })),
        "ArrowUp" if count > 0 => Some(Action::Highlight(match active {
            None => Some(count - 1),
            Some(index) => index.checked_sub(1),
        })),
        "Escape" if open => Some(Action::CloseSuggestions),
        "Escape" => Some(Action::Clear),
        _ => None,
    }
}
