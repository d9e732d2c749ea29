//! The search field: a combobox with a list box, by the WAI-ARIA authoring practices.

use devanture_api::suggest::PlaceKind;
use devanture_host::position::PositionFailure;
use web_sys::HtmlInputElement;
use yew::{Context, Event, FocusEvent, Html, InputEvent, KeyboardEvent, MouseEvent, SubmitEvent, TargetCast as _, html};

use super::icon::{self, icon};
use crate::{app::App, state::Msg};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let link = ctx.link();
    let t = &app.t;
    let field = &app.field;
    let open = field.open && !(field.items.is_empty() && field.text.is_empty());
    let submit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Submit
    });
    let typed = link.callback(|event: InputEvent| {
        Msg::Typed(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let (count, active) = (field.items.len(), field.active);
    let key = link.batch_callback(move |event: KeyboardEvent| {
        let msg = key_message(&event.key(), open, count, active)?;
        event.prevent_default();
        Some(msg)
    });
    let blur = link.callback(|_: FocusEvent| Msg::CloseSuggestions);
    let focus = link.callback(|_: FocusEvent| Msg::FieldFocused);
    html! {
        <form class="search" part="search" role="search" aria-label={t.text("search_label")} onsubmit={submit}>
            <div class="field" part="field">
                { icon(icon::SEARCH) }
                <input ref={app.input.clone()} id="q" type="text" part="input" role="combobox"
                    aria-label={t.text("search_label")} placeholder={t.text("search_placeholder")}
                    aria-expanded={if open { "true" } else { "false" }} aria-controls="suggestions"
                    aria-autocomplete="list" aria-activedescendant={active.filter(|_| open).map(option_id)}
                    autocomplete="off" autocapitalize="words" spellcheck="false" enterkeyhint="search" maxlength="200"
                    value={field.text.clone()} oninput={typed} onkeydown={key} onblur={blur} onfocus={focus} />
                if !field.text.is_empty() {
                    <button type="button" class="clear" aria-label={t.text("clear")}
                        onclick={link.callback(|_: MouseEvent| Msg::Clear)}>{ icon(icon::CLOSE) }</button>
                }
                { suggestions(app, ctx, open) }
            </div>
            <button type="submit" class="button primary" part="button submit">{ t.text("search") }</button>
            <button type="button" class="button locate" part="button locate" disabled={app.locating}
                onclick={link.callback(|_: MouseEvent| Msg::Locate)}>
                { icon(icon::TARGET) }
                <span>{ t.text(if app.locating { "locating" } else { "locate" }) }</span>
            </button>
            { notice(app) }
        </form>
    }
}

fn suggestions(app: &App, ctx: &Context<App>, open: bool) -> Html {
    // The list box stays in the tree, as `aria-controls` names it.
    html! {
        <ul id="suggestions" class="suggestions" part="suggestions" role="listbox" hidden={!open}
            aria-label={app.t.text("suggestions")}>
            { for app.field.items.iter().enumerate().map(|(index, item)| {
                let picture = if item.kind == PlaceKind::Store { icon::STORE } else { icon::PIN };
                // Not `click`: the field would lose the focus, and the list close, before it.
                let choose = ctx.link().callback(move |event: MouseEvent| {
                    event.prevent_default();
                    Msg::Choose(index)
                });
                html! {
                    <li id={option_id(index)} role="option" part="suggestion" onmousedown={choose}
                        aria-selected={if app.field.active == Some(index) { "true" } else { "false" }}>
                        { icon(picture) }
                        <span class="label">{ &item.label }</span>
                        <span class="detail">{ &item.detail }</span>
                    </li>
                }
            }) }
            if app.field.items.is_empty() {
                <li class="none" role="option" aria-disabled="true" aria-selected="false">
                    { app.t.text("no_suggestion") }
                </li>
            }
        </ul>
    }
}

fn notice(app: &App) -> Html {
    let key = match app.notice {
        Some(PositionFailure::Refused) => "position_refused",
        Some(PositionFailure::Unavailable) => "position_unavailable",
        None => return html! {},
    };
    html! { <p class="notice" part="notice" role="alert">{ app.t.text(key) }</p> }
}

fn option_id(index: usize) -> String {
    ["s", &index.to_string()].concat()
}

/// Arrow keys go round through the field itself; Escape closes, then clears.
fn key_message(key: &str, open: bool, count: usize, active: Option<usize>) -> Option<Msg> {
    match key {
        "ArrowDown" if count > 0 => Some(Msg::Highlight(match active {
            None => Some(0),
            Some(last) if last + 1 == count => None,
            Some(index) => Some(index + 1),
        })),
        "ArrowUp" if count > 0 => Some(Msg::Highlight(match active {
            None => Some(count - 1),
            Some(index) => index.checked_sub(1),
        })),
        "Escape" if open => Some(Msg::CloseSuggestions),
        "Escape" => Some(Msg::Clear),
        _ => None,
    }
}

/// The value of a changed `<select>`, `None` for its empty option.
pub(crate) fn selected(event: &Event) -> Option<String> {
    Some(event.target_unchecked_into::<web_sys::HtmlSelectElement>().value()).filter(|value| !value.is_empty())
}
