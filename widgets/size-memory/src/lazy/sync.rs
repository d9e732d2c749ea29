//! The shopper's other devices: what is remembered is the same on all that are linked. One request at a time, whichever widget of the page
//! sends it; what another device has changed is merged with what was changed here since both were the same.

mod address;
mod answers;
mod link;
mod view;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use devanture_api::size_memory::SizeMemory;
use devanture_client::{Answer, ClientError, size_memory::SizeHolder};
use devanture_domain::size::Household;
use devanture_host::{
    consent::{Consent, consent, watch},
    hear::Hear,
    sizes,
};
use devanture_ui::js::{Array, call, get, global};
use yew::{Context, Html, NodeRef};

use super::Sync;
use crate::{
    app::App,
    state::{self, Msg},
};
use link::{Link, Who};

/// Not asked for anew sooner, on however many pages.
const READ_MS: f64 = 600_000.0;

/// What was asked for.
enum Asked {
    Read,
    /// By the token of a link that was opened.
    Offered(String),
    /// Kept under a new link.
    Made(Household),
    Written(Household),
    Erased,
}

/// How it went.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Went {
    #[default]
    Unknown,
    Well,
    /// It is tried again later.
    Badly,
    /// What was kept was erased on another device, or nobody has used it for long.
    Gone,
    Copied,
    /// The browser lets nothing be copied but by hand.
    Selected,
}

/// `None` in it for an answer that has no body.
type Answered = Result<Option<SizeMemory>, ClientError>;

#[derive(Default)]
struct Devices {
    asked: Option<(Asked, Turn)>,
    answer: Rc<RefCell<Option<Answered>>>,
    /// The token of a link that was opened, until the shopper has said whether its sizes are to be used.
    offered: Option<String>,
    /// Whose it was asked for on this page.
    read_for: Option<Who>,
    /// How often another device was faster.
    tries: u8,
    /// What could not be sent: it is not tried again until something changes, or on another page.
    unsent: Option<Household>,
    went: Went,
    field: NodeRef,
    /// A customer's waits for it.
    _consent: Option<Hear>,
}

thread_local! {
    static IS_BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Held by the one widget of the page that has asked.
struct Turn(());

impl Turn {
    fn take() -> Option<Self> {
        // Made only where it is had: one that is dropped would end that of whoever has it.
        (!IS_BUSY.replace(true)).then(|| Self(()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        IS_BUSY.set(false);
    }
}

/// Whose memory is to be the same here, and what the browser has of it.
struct Current {
    holder: SizeHolder,
    who: Who,
    /// Another customer's, where one has signed in since.
    link: Link,
}

fn current(app: &App, key: &str) -> Option<Current> {
    let link = link::get(key);
    if let Some(Link { who: Who::Token(token), .. }) = &link {
        let (holder, who) = (SizeHolder::Token(token.clone()), Who::Token(token.clone()));
        return Some(Current { holder, who, link: link? });
    }
    let signed = customer(app)?;
    // After it, the time and the signature.
    let who = Who::Customer(signed.rsplitn(3, '.').nth(2)?.into());
    let link = link.unwrap_or_else(|| Link::new(who.clone()));
    (link.who != Who::Stopped).then(|| Current { holder: SizeHolder::Customer(signed.into()), who, link })
}

/// The shop's customer; nobody asks them, so that they have to have allowed that something is kept.
fn customer(app: &App) -> Option<&str> {
    app.options.customer.as_deref().filter(|_| consent() == Consent::Granted)
}

fn site(ctx: &Context<App>) -> &str {
    &ctx.props().settings.site_key
}

pub(super) fn new(ctx: &Context<App>) -> Box<dyn Sync> {
    let link = ctx.link().clone();
    let consent = watch(Box::new(move || link.send_message(Msg::Consent)));
    Box::new(Devices { _consent: consent, ..Devices::default() })
}

impl Sync for Devices {
    fn look(&mut self, app: &mut App, ctx: &Context<App>) {
        let key = site(ctx);
        link::settle(key);
        if let Some(token) = address::take() {
            let is_known = link::get(key).is_some_and(|link| link.who == Who::Token(token.clone()));
            self.offered = (!is_known).then_some(token);
        }
        self.step(app, ctx);
    }

    fn opened(&mut self, app: &mut App, ctx: &Context<App>) {
        self.went = Went::Unknown;
        self.unsent = None;
        if app.devices
            && let Some(current) = current(app, site(ctx))
        {
            self.read(app, ctx, &current);
        }
    }

    fn act(&mut self, app: &mut App, ctx: &Context<App>, what: state::Sync) {
        let key = site(ctx);
        match what {
            state::Sync::Make => {
                let home = sizes::get(key);
                let text = home.write();
                self.ask(ctx, Asked::Made(home), &|| app.api.keep_size_memory(None, &text));
            }
            state::Sync::Copy => {
                self.went = if address::copy(&self.field) { Went::Copied } else { Went::Selected };
            }
            state::Sync::Stop => {
                stop(app, key);
                self.went = Went::Unknown;
            }
            state::Sync::Resume => {
                link::set(key, None);
                self.read_for = None;
                self.step(app, ctx);
            }
            state::Sync::Use(true) => {
                let Some(token) = self.offered.clone() else { return };
                let holder = SizeHolder::Token(token.clone());
                self.ask(ctx, Asked::Offered(token), &|| app.api.size_memory(&holder));
                // Asked again while something else is on its way.
                if let Some((Asked::Offered(_), _)) = self.asked {
                    self.offered = None;
                }
            }
            state::Sync::Use(false) => self.offered = None,
        }
    }

    fn answered(&mut self, app: &mut App, ctx: &Context<App>) {
        let (Some(answer), Some((asked, turn))) = (self.answer.take(), self.asked.take()) else { return };
        drop(turn);
        match answer {
            Ok(memory) => self.came(app, ctx, asked, memory),
            Err(error) => self.failed(app, ctx, asked, error.code()),
        }
    }

    fn is_linked(&self, app: &App, ctx: &Context<App>) -> bool {
        current(app, site(ctx)).is_some()
    }

    fn view(&self, app: &App, ctx: &Context<App>) -> Html {
        view::view(self, app, ctx)
    }

    fn question(&self, app: &App, ctx: &Context<App>) -> Html {
        view::question(self, app, ctx)
    }
}

impl Devices {
    /// Asks for what is to be asked for next, if anything is.
    fn step(&mut self, app: &App, ctx: &Context<App>) {
        let key = site(ctx);
        let Some(current) = current(app, key) else { return };
        let Current { holder, who, link } = &current;
        let home = sizes::get(key);
        let is_other = link.who != *who;
        let is_erased = !is_other && home.is_empty() && !link.base.is_empty();
        // A clock that was ahead is no reason never to ask.
        let is_due = is_other || (now() - link.read_at).abs() >= READ_MS;
        if is_due && self.read_for.as_ref() != Some(who) && !is_erased {
            self.tries = 0;
            self.read(app, ctx, &current);
            return;
        }
        // What another tab has changed, that one sends; and what another version of this has written is not to be taken for nothing.
        let is_hidden = get(&get(&global(), "document"), "hidden").is_truthy();
        let is_unread = home.is_empty() && sizes::is_kept(key);
        if is_other || is_hidden || is_unread || self.unsent.as_ref() == Some(&home) {
            return;
        }
        if is_erased {
            if let Some(done) = self.begin(ctx, Asked::Erased) {
                app.api.erase_size_memory(holder).then(move |answer| done(answer.map(|()| None)));
            }
        } else if home.people() != link.base.people() {
            let text = home.write();
            self.ask(ctx, Asked::Written(home), &|| match link.version {
                0 => app.api.keep_size_memory(Some(holder), &text),
                version => app.api.change_size_memory(holder, &text, version),
            });
        }
    }

    fn read(&mut self, app: &App, ctx: &Context<App>, current: &Current) {
        self.read_for = Some(current.who.clone());
        self.ask(ctx, Asked::Read, &|| app.api.size_memory(&current.holder));
    }

    /// Sends a request, unless one is on its way.
    fn ask(&mut self, ctx: &Context<App>, asked: Asked, send: &dyn Fn() -> Answer<SizeMemory>) {
        if let Some(done) = self.begin(ctx, asked) {
            send().then(move |answer| done(answer.map(Some)));
        }
    }

    fn begin(&mut self, ctx: &Context<App>, asked: Asked) -> Option<Box<dyn FnOnce(Answered)>> {
        self.asked = Some((asked, Turn::take()?));
        let (slot, link) = (self.answer.clone(), ctx.link().clone());
        Some(Box::new(move |answer| {
            slot.replace(Some(answer));
            link.send_message(Msg::Synced);
        }))
    }
}

/// Milliseconds since 1970, as JavaScript has them.
fn now() -> f64 {
    call(&get(&global(), "Date"), "now", &Array::new()).ok().and_then(|now| now.as_f64()).unwrap_or_default()
}

/// Has this browser be linked with nothing, also where a customer has signed in.
fn stop(app: &App, key: &str) {
    link::set(key, customer(app).map(|_| Link::new(Who::Stopped)).as_ref());
}
