//! The people of a household.

use devanture_ui::{
    attrs,
    dom::{El, NO_ATTRS, On, el, leaf, list, listen, none, value_of},
};
use yew::{Context, Html};

use super::People;
use crate::{
    app::App,
    components::button::{chip, quiet},
    state::{Action, Edit, Msg},
};

pub(super) fn view(panel: &People, app: &App, ctx: &Context<App>) -> Html {
    let name_of = |name: &str| if name.is_empty() { app.t.text("me") } else { name.to_owned() };
    let mut chips = Vec::new();
    for (at, person) in app.home.people().iter().enumerate() {
        chips.push(chip(
            ctx,
            at == app.home.current(),
            Action::Edit(Edit::Person(at)),
            &name_of(&person.name),
        ));
    }
    let label = app.t.text("who");
    let group = el("div", attrs!["class": "chips", "role": "group", "aria-label": &label], chips);
    let remove = if app.home.people().len() > 1 {
        let text = app.t.fill("remove_person", &[("name", &name_of(&app.home.person().name))]);
        quiet(ctx, Action::Edit(Edit::RemovePerson(app.home.current())), &text)
    } else {
        none()
    };
    list(vec![group, new(panel, app, ctx), remove])
}

/// Another one. A form, so that Enter works.
fn new(panel: &People, app: &App, ctx: &Context<App>) -> Html {
    let (typing, adding) = (ctx.link().clone(), ctx.link().clone());
    let typed = listen(On::Input, move |event| {
        typing.send_message(Msg::Act(Action::Edit(Edit::Name(value_of(&event)))));
    });
    let attrs = attrs!["type": "text", "name": "person", "autocomplete": "off", "maxlength": "40"];
    let input = El::new("input", attrs).value(&panel.name).on(typed).children(vec![]);
    let label = el("label", NO_ATTRS, vec![leaf("span", NO_ATTRS, &app.t.text("name")), input]);
    let add =
        leaf("button", attrs!["type": "submit", "class": "button", "part": "button"], &app.t.text("add"));
    let submit = listen(On::Submit, move |event| {
        event.prevent_default();
        adding.send_message(Msg::Act(Action::Edit(Edit::AddPerson)));
    });
    El::new("form", attrs!["class": "new", "novalidate": ""]).on(submit).children(vec![label, add])
}
