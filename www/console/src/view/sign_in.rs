//! The page to sign in.

use devanture_api::{problem::code, staff::SignIn};
use devanture_ui::{
    attrs,
    dom::{El, OFF, aria, el, leaf, list, none, on_if, text},
};
use yew::Html;

use super::{Link, button, field, icon, submit};
use crate::{
    api::Failure,
    app::App,
    model::{Msg, SignInPage},
    texts::LANGUAGES,
};

/// Before it is known whether somebody is signed in.
pub(super) fn starting(app: &App, failed: bool) -> Html {
    let said = app.texts.text(if failed { "start.failed" } else { "start" });
    let role = if failed { "alert" } else { "status" };
    el(
        "main",
        attrs!["class": "starting"],
        vec![
            leaf("h1", attrs!["class": "unseen"], &app.texts.text("title.sign_in")),
            leaf("p", attrs!["role": role], &said),
        ],
    )
}

pub(super) fn page(app: &App, page: &SignInPage, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let mut said = vec![];
    if page.expired && page.error.is_none() {
        said.push(leaf("p", attrs!["class": "said"], &t("sign_in.expired")));
    }
    if !app.queue.is_empty() {
        said.push(leaf("p", attrs!["class": "said"], &app.texts.count("sign_in.unsent", app.queue.len())));
    }
    let described = if page.error.is_some() { "error" } else { OFF };
    let error = page.error.as_ref().map_or(none(), |failure| {
        let words = vec![icon::icon(icon::ALERT), text(&words(app, failure))];
        el("p", attrs!["class": "error", "id": "error"], words)
    });
    // The alert stands there from the beginning: one that comes with its text is not always read.
    let error = el("div", attrs!["role": "alert"], vec![error]);
    let wrong = page.error.as_ref().is_some_and(is_about_fields);
    let sent = submit(link, |fields| {
        let tenant = field(fields, "tenant").trim().to_owned();
        Msg::SignIn(SignIn {
            login: field(fields, "username").trim().to_owned(),
            password: field(fields, "password"),
            tenant: (!tenant.is_empty()).then_some(tenant),
        })
    });
    let label = |id: &str, key: &str| leaf("label", attrs!["for": id], &t(key));
    let login = attrs![
        "id": "login", "name": "username", "type": "text", "inputmode": "email", "autocomplete": "username",
        "autocapitalize": "none", "spellcheck": "false", "required": "", "aria-invalid": aria(wrong),
        "aria-describedby": described
    ];
    let password = attrs![
        "id": "password", "name": "password", "type": "password", "autocomplete": "current-password",
        "required": "", "maxlength": "256", "aria-invalid": aria(wrong), "aria-describedby": described
    ];
    let tenant = attrs![
        "id": "tenant", "name": "tenant", "type": "text", "autocapitalize": "none", "autocomplete": "organization",
        "spellcheck": "false", "aria-describedby": "tenant-hint"
    ];
    let go = t(if page.sending { "sign_in.sending" } else { "sign_in.go" });
    let form =
        El::new("form", attrs!["class": "form", "aria-busy": aria(page.sending)]).on(sent).children(vec![
            label("login", "sign_in.login"),
            el("input", login, vec![]),
            label("password", "sign_in.password"),
            el("input", password, vec![]),
            el(
                "details",
                attrs!["class": "several"],
                vec![
                    leaf("summary", attrs![], &t("sign_in.several")),
                    label("tenant", "sign_in.tenant"),
                    el("input", tenant, vec![]),
                    leaf("p", attrs!["class": "hint", "id": "tenant-hint"], &t("sign_in.tenant_hint")),
                ],
            ),
            error,
            leaf(
                "button",
                attrs!["type": "submit", "class": "button primary", "disabled": on_if(page.sending)],
                &go,
            ),
        ]);
    el(
        "main",
        attrs!["class": "sign-in"],
        vec![
            el(
                "div",
                attrs!["class": "sheet"],
                vec![
                    el("div", attrs!["class": "mark"], vec![icon::icon(icon::STORE)]),
                    leaf("h1", attrs![], &t("sign_in.title")),
                    leaf("p", attrs!["class": "hint"], &t("sign_in.hint")),
                    list(said),
                    form,
                ],
            ),
            languages(app, link),
        ],
    )
}

/// The other languages, each by its own name.
pub(super) fn languages(app: &App, link: &Link) -> Html {
    let others = LANGUAGES.into_iter().filter(|(code, _)| *code != app.texts.lang);
    let choices = others.map(|(code, name)| {
        let attrs = attrs!["type": "button", "class": "quiet", "lang": code];
        button(attrs, link, move || Msg::Language(code), vec![text(name)])
    });
    el("div", attrs!["class": "languages"], choices.collect())
}

fn is_about_fields(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused { code, .. } if code == code::SIGN_IN_FAILED || code == code::INVALID_INPUT)
}

fn words(app: &App, failure: &Failure) -> String {
    let t = |key: &str| app.texts.text(key);
    match failure {
        Failure::Unreachable => t("error.offline"),
        Failure::Refused { code, retry_after } if code == code::LOCKED_OUT || code == code::RATE_LIMITED => {
            let minutes = retry_after.unwrap_or(60).div_ceil(60).max(1);
            app.texts.count("error.locked", minutes as usize)
        }
        Failure::Refused { code, .. } if code == code::SIGN_IN_FAILED => t("error.sign_in"),
        Failure::Refused { code, .. } if code == code::INVALID_INPUT => t("error.input"),
        _ => t("error.server"),
    }
}
