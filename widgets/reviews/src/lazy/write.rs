//! Writing a review, by a link that was sent or openly, and one's own review afterwards.

mod draft;
mod form;
mod own;
mod photos;
mod request;
mod talk;

use std::rc::Rc;

use devanture_api::{
    problem::code::{INVALID_INPUT, REVIEW_NOT_FOUND},
    review::{CriterionName, InvitationState, OwnReview, ReviewInvitation, ReviewRequest},
};
use devanture_client::{Api, ClientError};
use devanture_domain::review::About;
use devanture_host::consent;
use devanture_ui::{
    attrs,
    contact::failure,
    dom::{El, HtmlElement, NO_ATTRS, On, el, leaf, list, listen, none, text},
    format::Formats,
    js,
    strings::Strings,
};
use wasm_bindgen::JsValue;
use yew::{Callback, Component, Context, Html, NodeRef, Properties, virtual_dom::VComp};

use crate::{
    app::App,
    props::Options,
    state::{Msg as AppMsg, Told, View},
};
use photos::Photo;

/// What the widget hands to the form.
#[derive(Clone, PartialEq, Properties)]
struct DeskProps {
    api: Api,
    strings: Strings,
    #[prop_or_else(|| Formats::new("en"))]
    formats: Formats,
    lang: String,
    options: Options,
    /// What is scored, as the list says; a link says it too.
    criteria: Vec<CriterionName>,
    /// The token of the link that was sent.
    link: Option<String>,
    /// The private link of a review that was written.
    own: Option<String>,
    heading: NodeRef,
    /// Where a draft is kept.
    draft: String,
    tell: Callback<Told>,
}

pub(super) fn view(app: &App, ctx: &Context<App>) -> Html {
    let (link, own) = match &app.view {
        View::Write(link) => (link.clone(), None),
        View::Own(token) => (None, Some(token.clone())),
        View::List => (None, None),
    };
    let criteria = app.summary.iter().flat_map(|all| &all.criteria);
    let props = DeskProps {
        api: app.api.clone(),
        strings: app.t.clone(),
        formats: app.formats.clone(),
        lang: ctx.props().settings.lang.clone(),
        options: app.options.clone(),
        criteria: criteria
            .map(|one| CriterionName { code: one.code.clone(), name: one.name.clone(), scale: one.scale })
            .collect(),
        link,
        own,
        heading: app.heading.clone(),
        draft: app.kept_name(ctx, "review-draft"),
        tell: ctx.link().callback(AppMsg::Told),
    };
    VComp::new::<Desk>(Rc::new(props), None).into()
}

#[expect(clippy::struct_excessive_bools, reason = "each says a thing of its own")]
struct Desk {
    invitation: Option<ReviewInvitation>,
    own: Option<OwnReview>,
    /// Whether one's own review is being written anew.
    editing: bool,
    /// Whether it is asked if the review is really to go.
    sure: bool,
    waiting: bool,
    sending: bool,
    /// Code of what went wrong.
    error: Option<String>,
    /// The field that is not filled as it must be, and the key of what is wrong with it.
    invalid: Option<(&'static str, &'static str)>,
    photos: Vec<Photo>,
    /// What was last sent and its key: a lost answer is no second review.
    attempt: Option<(ReviewRequest, String)>,
    /// The same of what was last said to the shop.
    saying: Option<(String, String)>,
    /// Whether it has arrived, once that is known.
    said: Option<bool>,
    privacy: Option<String>,
    form: NodeRef,
    /// What the fields are to hold, once they are there.
    filling: Option<JsValue>,
    focus_field: bool,
    moved: bool,
    drawn: u32,
}

enum Msg {
    Privacy(Option<String>),
    Invited(Result<ReviewInvitation, ClientError>),
    Own(Result<OwnReview, ClientError>),
    /// In the field of this name.
    Typed(String),
    Chosen(js::Array),
    Progress(u32, u32),
    Uploaded(u32, Result<devanture_api::review::ReviewPhoto, ClientError>),
    Remove(u32),
    Send,
    Edit,
    /// Asks whether it is really to go, or no longer.
    Sure(bool),
    Withdraw,
    Say,
    Said(Result<OwnReview, ClientError>),
    Again,
}

impl Component for Desk {
    type Message = Msg;
    type Properties = DeskProps;

    fn create(ctx: &Context<Self>) -> Self {
        consent::listen();
        let mut desk = Self {
            invitation: None,
            own: None,
            editing: false,
            sure: false,
            waiting: false,
            sending: false,
            error: None,
            invalid: None,
            photos: vec![],
            attempt: None,
            saying: None,
            said: None,
            privacy: None,
            form: NodeRef::default(),
            filling: None,
            focus_field: false,
            moved: false,
            drawn: 0,
        };
        desk.begin(ctx);
        let link = ctx.link().clone();
        ctx.props().api.privacy().then(move |answer| {
            // Without it the form works, only the link is missing.
            if let Ok(privacy) = answer {
                link.send_message(Msg::Privacy(privacy.url));
            }
        });
        desk
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Privacy(url) => self.privacy = url,
            Msg::Invited(answer) => self.invited(ctx, answer),
            Msg::Own(answer) => self.own_is(ctx, answer),
            Msg::Typed(name) => {
                draft::keep(self, ctx);
                // What is being put right is not wrong any more, but not drawn again at each letter.
                return self.put_right(&name);
            }
            Msg::Chosen(files) => {
                self.put_right("photos");
                self.choose(ctx, &files);
            }
            Msg::Progress(number, hundredths) => self.progress(number, hundredths),
            Msg::Uploaded(number, answer) => {
                self.uploaded(number, answer);
                draft::keep(self, ctx);
            }
            Msg::Remove(number) => {
                self.put_right("photos");
                self.remove(number);
                draft::keep(self, ctx);
            }
            Msg::Send => self.send(ctx),
            Msg::Edit => {
                self.said = None;
                self.edit();
            }
            Msg::Sure(sure) => self.sure = sure,
            Msg::Withdraw => {
                let Some(own) = &self.own else { return false };
                self.sending = true;
                self.said = None;
                let link = ctx.link().clone();
                ctx.props().api.withdraw_review(&own.token).then(move |own| link.send_message(Msg::Own(own)));
            }
            Msg::Say => self.say(ctx),
            Msg::Said(answer) => self.said(ctx, answer),
            Msg::Again => self.begin(ctx),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let t = &ctx.props().strings;
        if let Some(own) = self.own.as_ref().filter(|_| !self.editing) {
            return list(vec![self.title(ctx, "own"), own::view(self, ctx, own)]);
        }
        if self.waiting {
            return self.title(ctx, "loading");
        }
        if let Some(refused) = self.refused(ctx) {
            return list(vec![self.title(ctx, "write"), failure(t, refused)]);
        }
        if self.error.is_some()
            && (ctx.props().link.is_some() && self.invitation.is_none()
                || ctx.props().own.is_some() && self.own.is_none())
        {
            let again = button(ctx, "button", || Msg::Again, "retry");
            return list(vec![self.title(ctx, "write"), self.error_line(ctx), again]);
        }
        list(vec![self.title(ctx, "write"), form::view(self, ctx)])
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if let Some(values) = self.filling.take() {
            draft::fill(&self.form, &values);
        }
        self.draw();
        if core::mem::take(&mut self.moved)
            && let Some(heading) = ctx.props().heading.cast::<HtmlElement>()
        {
            let _ = heading.focus();
        }
        if core::mem::take(&mut self.focus_field) {
            draft::focus(&self.form, self.invalid.map_or("message", |(field, _)| field));
        }
    }
}

impl Desk {
    /// Asks what a link is for, or for the review that it opens; else begins with the draft.
    fn begin(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        self.error = None;
        let link = ctx.link().clone();
        if let Some(token) = &props.own {
            self.waiting = true;
            props.api.own_review(token).then(move |own| link.send_message(Msg::Own(own)));
        } else if let Some(token) = &props.link {
            self.waiting = true;
            props.api.review_invitation(token).then(move |answer| link.send_message(Msg::Invited(answer)));
        } else {
            draft::restore(self, ctx);
        }
    }

    fn invited(&mut self, ctx: &Context<Self>, answer: Result<ReviewInvitation, ClientError>) {
        self.waiting = false;
        self.moved = true;
        match answer {
            Ok(invitation) => {
                let size = invitation.size.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str);
                self.invitation = Some(invitation);
                self.filling = Some(js::object(&[("size", size)]).into());
                draft::restore(self, ctx);
            }
            Err(error) => self.error = Some(error.code().into()),
        }
    }

    fn own_is(&mut self, ctx: &Context<Self>, answer: Result<OwnReview, ClientError>) {
        self.waiting = false;
        self.sending = false;
        match answer {
            Ok(own) => {
                self.attempt = None;
                self.error = None;
                self.editing = false;
                self.sure = false;
                self.moved = true;
                draft::forget(ctx);
                self.photos.clear();
                self.own = Some(own.clone());
                ctx.props().tell.emit(Told::Own(Box::new(own)));
            }
            Err(error) => self.failed(ctx, &error),
        }
    }

    /// What an answer says no to: a field, or all of it.
    fn failed(&mut self, ctx: &Context<Self>, error: &ClientError) {
        if let ClientError::Problem { code, field } = error {
            // It was refused, so the next is another.
            self.attempt = None;
            if code == REVIEW_NOT_FOUND {
                ctx.props().tell.emit(Told::Gone);
            }
            if code == INVALID_INPUT
                && let Some((field, key)) = field.as_deref().and_then(request::refused)
            {
                self.mark(field, key);
                return;
            }
        }
        self.error = Some(error.code().into());
    }

    /// Marks a field, which takes the focus.
    fn mark(&mut self, field: &'static str, key: &'static str) {
        self.invalid = Some((field, key));
        self.focus_field = true;
    }

    /// What was wrong with a field is being put right; whether there was something.
    fn put_right(&mut self, name: &str) -> bool {
        let is_it = |field: &str| field == name || (field == "criteria" && name.starts_with("criterion-"));
        self.invalid.take_if(|(field, _)| is_it(field)).is_some()
    }

    fn send(&mut self, ctx: &Context<Self>) {
        if self.sending {
            return;
        }
        self.error = None;
        let request = match request::read(self, ctx) {
            Ok(request) => request,
            Err((field, key)) => return self.mark(field, key),
        };
        self.invalid = None;
        self.sending = true;
        let link = ctx.link().clone();
        let answer = if let Some(own) = &self.own {
            ctx.props().api.edit_review(&own.token, &request)
        } else {
            let again = self.attempt.take().filter(|(sent, _)| *sent == request);
            let (request, key) = again.unwrap_or_else(|| (request, js::random_id()));
            let answer = ctx.props().api.write_review(&key, &request);
            self.attempt = Some((request, key));
            answer
        };
        answer.then(move |own| link.send_message(Msg::Own(own)));
    }

    fn edit(&mut self) {
        let Some(own) = &self.own else { return };
        self.editing = true;
        self.moved = true;
        self.filling = Some(draft::of(&own.review));
        self.photos.clear();
        for photo in own.review.photos.clone() {
            self.drawn += 1;
            self.photos.push(Photo::there(self.drawn, photo));
        }
    }

    /// Why a link cannot be used, by the code that sending would be answered with.
    fn refused(&self, ctx: &Context<Self>) -> Option<&'static str> {
        let invitation = self.invitation.as_ref()?;
        let options = &ctx.props().options;
        let here = match invitation.about {
            About::Product => &options.product,
            About::Store => &options.store,
        };
        let here = here.as_deref().is_some_and(|here| here.trim().eq_ignore_ascii_case(&invitation.subject));
        match invitation.state {
            _ if !here => Some("link_for_other"),
            InvitationState::Open => None,
            InvitationState::Used => Some("link_used"),
            InvitationState::Expired => Some("link_expired"),
        }
    }

    /// The panel's heading, which takes the focus.
    fn title(&self, ctx: &Context<Self>, key: &str) -> Html {
        let key = if self.editing { "edit" } else { key };
        let content = ctx.props().strings.text(key);
        El::new("h2", attrs!["tabindex": "-1"]).node(&ctx.props().heading).children(vec![text(&content)])
    }

    fn error_line(&self, ctx: &Context<Self>) -> Html {
        self.error.as_ref().map_or_else(none, |code| failure(&ctx.props().strings, code))
    }
}

/// A button that sends a message.
fn button(ctx: &Context<Desk>, class: &str, msg: fn() -> Msg, label: &str) -> Html {
    let link = ctx.link().clone();
    let run = listen(On::Click, move |_| link.send_message(msg()));
    let attrs = attrs!["type": "button", "class": class, "part": "button"];
    El::new("button", attrs).on(run).children(vec![text(&ctx.props().strings.text(label))])
}

/// A line with a name and what it says.
fn fact(name: &str, said: &str) -> Html {
    el(
        "p",
        attrs!["class": "small"],
        vec![leaf("span", NO_ATTRS, name), text(" "), leaf("strong", NO_ATTRS, said)],
    )
}
