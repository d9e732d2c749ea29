//! The bar on top: which store, the sound, and who is signed in.

use devanture_domain::staff::Role;
use devanture_ui::{
    attrs,
    dom::{El, KeyboardEvent, On, aria, el, leaf, list, listen, none, on_if, text, value_of},
};
use wasm_bindgen::JsCast as _;
use yew::Html;

use super::{Link, button, icon, send, sign_in::languages};
use crate::{
    alarm,
    app::App,
    model::{Msg, Room},
};

pub(super) fn bar(app: &App, room: &Room, link: &Link) -> Html {
    el(
        "header",
        attrs!["class": "bar"],
        vec![
            el(
                "div",
                attrs!["class": "where"],
                vec![
                    el("span", attrs!["class": "mark"], vec![icon::icon(icon::STORE)]),
                    store(app, room, link),
                ],
            ),
            el(
                "div",
                attrs!["class": "tools"],
                vec![sign(app, room), sound(app, link), menu(app, room, link)],
            ),
        ],
    )
}

/// The store: a choice where there are several.
fn store(app: &App, room: &Room, link: &Link) -> Html {
    let chain = leaf("span", attrs!["class": "chain"], &room.session.tenant.name);
    let Some(chosen) = room.store() else { return chain };
    if room.stores.len() < 2 {
        let name = leaf("span", attrs!["class": "store"], &chosen.name);
        return el("div", attrs!["class": "names"], vec![chain, name]);
    }
    let options = room.stores.iter().map(|store| {
        let selected = on_if(store.code == chosen.code);
        leaf("option", attrs!["value": &store.code, "selected": selected], &store.name)
    });
    let to = link.clone();
    let change = listen(On::Change, move |event| to.send_message(Msg::Store(value_of(&event))));
    el(
        "div",
        attrs!["class": "names"],
        vec![
            chain,
            leaf("label", attrs!["class": "unseen", "for": "store"], &app.texts.text("store")),
            el(
                "div",
                attrs!["class": "pick"],
                vec![
                    El::new("select", attrs!["class": "store", "id": "store"])
                        .on(change)
                        .children(options.collect()),
                    icon::icon(icon::DOWN),
                ],
            ),
        ],
    )
}

/// Whether what is shown is what is.
fn sign(app: &App, room: &Room) -> Html {
    let (class, key) = if !app.online || room.failures > 0 {
        ("sign off", "sign.off")
    } else if app.live {
        ("sign on", "sign.on")
    } else {
        ("sign", "sign.poll")
    };
    let words = app.texts.text(key);
    el("p", attrs!["class": class, "title": &words], vec![leaf("span", attrs!["class": "tool-text"], &words)])
}

fn sound(app: &App, link: &Link) -> Html {
    let wanted = app.sound.wanted;
    let state = match (wanted, app.sound.is_allowed()) {
        (false, _) => "sound.off",
        (true, false) => "sound.tap",
        (true, true) => "sound.on",
    };
    let picture = icon::icon(if wanted && app.sound.is_allowed() { icon::SOUND } else { icon::MUTED });
    let attrs = attrs!["type": "button", "class": "tool", "aria-pressed": aria(wanted)];
    let words = list(vec![
        leaf("span", attrs!["class": "unseen"], &app.texts.text("sound")),
        leaf("span", attrs!["class": "tool-text", "aria-hidden": "true"], &app.texts.text(state)),
    ]);
    button(attrs, link, || Msg::Sound, vec![picture, words])
}

fn menu(app: &App, room: &Room, link: &Link) -> Html {
    let open = room.menu;
    let staff = &room.session.staff;
    let attrs = attrs![
        "type": "button", "class": "tool", "id": "menu", "aria-expanded": aria(open), "aria-controls": "menu-panel"
    ];
    let words = vec![icon::icon(icon::PERSON), leaf("span", attrs!["class": "tool-text"], &staff.name)];
    let toggle = button(attrs, link, move || Msg::Menu(!open), words);
    let to = link.clone();
    let escape = listen(On::KeyDown, move |event| {
        if open && event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Escape") {
            to.send_message(Msg::Menu(false));
        }
    });
    let role = match staff.role {
        Role::HeadOffice => "role.head_office",
        Role::StoreManager => "role.store_manager",
        Role::Seller => "role.seller",
    };
    let shade = if open {
        let close = send(link, On::Click, || Msg::Menu(false));
        El::new("div", attrs!["class": "shade"]).on(close).children(vec![])
    } else {
        none()
    };
    let panel = if open {
        let notify = attrs!["type": "button", "class": "item"];
        let item = attrs!["type": "button", "class": "item", "id": "sign-out"];
        vec![
            el(
                "p",
                attrs!["class": "who"],
                vec![
                    leaf("strong", attrs![], &staff.name),
                    leaf("span", attrs![], &app.texts.text(role)),
                    leaf("span", attrs!["class": "login"], &staff.login),
                ],
            ),
            if alarm::may_ask_to_notify() {
                button(notify, link, || Msg::Notify, vec![text(&app.texts.text("notify"))])
            } else {
                none()
            },
            languages(app, link),
            button(item, link, || Msg::SignOut, vec![text(&app.texts.text("sign_out"))]),
        ]
    } else {
        vec![]
    };
    let panel = el("div", attrs!["class": "panel", "id": "menu-panel", "hidden": on_if(!open)], panel);
    El::new("div", attrs!["class": "menu"]).on(escape).children(vec![shade, toggle, panel])
}
