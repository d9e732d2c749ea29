//! What is done in the room of reviews. Nothing is queued: what did not arrive is said and sent again by hand, since who decides has to
//! know what a colleague has done meanwhile.

mod known;
mod request;
mod talk;

use std::collections::BTreeSet;

use devanture_api::{
    person::PersonErased,
    staff_review::{
        DecidedItem, Decision, DecisionOutcome, PhotoRefusal, Phrases, ReviewDecided, ReviewDecisions,
        ReviewRequestPage,
    },
};
use devanture_domain::{
    review::Reason,
    staff::{Permission, may},
};
use devanture_ui::task;
use yew::Context;

pub(crate) use request::RequestMsg;
pub(crate) use talk::TalkMsg;

use super::App;
use crate::{
    api::{Failure, reviews as api},
    focus,
    model::{Ask, Dialog, Msg, Room},
    reviews::{
        Asked, Decide, Filter, Look, Reviews, Talk, Told, View, decisions,
        wire::{Details, Figures, Item, List, Person},
    },
    view::{self, review_id},
};

/// What is asked before something is done with reviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReviewAsk {
    /// Why these are refused or deleted; `true` when no reason was chosen.
    Why(Decision, Vec<String>, bool),
    /// A photo, large: of which review, and its place there.
    Photo(String, usize),
    /// Whether all of a person is erased.
    Erase,
}

impl ReviewAsk {
    /// The id of what has opened it.
    pub(super) fn opener(&self, room: Option<&Room>) -> String {
        match self {
            Self::Why(decision, ids, _) => {
                let name = crate::reviews::name(*decision);
                let looked_at = room.and_then(|room| room.reviews.look.as_ref());
                match ids.as_slice() {
                    [id] if looked_at.is_some_and(|look| look.id == *id) => format!("rv-do-{name}"),
                    [id] => review_id(id),
                    _ => format!("rv-bulk-{name}"),
                }
            }
            Self::Photo(_, at) => format!("rv-photo-{at}"),
            Self::Erase => "rv-erase".to_owned(),
        }
    }
}

/// What can happen in this room.
pub(crate) enum ReviewMsg {
    View(View),
    Load,
    More,
    Listed(u32, Box<Result<List, Failure>>, bool),
    Filter(Filter),
    Choose(String),
    ChooseAll,
    /// To the review so many places further.
    Step(isize),
    Look(Option<String>),
    Looked(u32, Box<Result<Details, Failure>>),
    /// About the review that has the focus.
    Key(Decision),
    /// About these, or those that are chosen.
    Ask(Decision, Vec<String>),
    Decide(Decide),
    /// The reason and the words of what is asked.
    Why(Option<Reason>, String),
    Decided(Decide, Box<Result<ReviewDecided, Failure>>),
    Answer(Option<String>),
    Talk(TalkMsg),
    Photo(String, usize),
    RefusePhoto(Option<Reason>),
    /// The review as it stands after one of the two.
    Saved(String, Box<Result<Item, Failure>>),
    Figures(String, String),
    Figured(u32, Result<Figures, Failure>),
    /// Product, category, language.
    Words(String, String, String),
    Worded(u32, Result<Phrases, Failure>),
    Requests(String),
    MoreRequests,
    Requested(u32, Result<ReviewRequestPage, Failure>, bool),
    Request(RequestMsg),
    Person(String),
    Known(u32, Box<Result<Person, Failure>>),
    AskErase,
    Erase,
    Erased(Result<PersonErased, Failure>),
}

impl App {
    /// Whether whoever is signed in reads what waits, and not only what is published of their store.
    pub(crate) fn moderates(&self) -> bool {
        self.room().is_some_and(|room| may(room.session.staff.role, Permission::Moderate))
    }

    pub(super) fn review(&mut self, ctx: &Context<Self>, msg: ReviewMsg) {
        match msg {
            ReviewMsg::View(view) => self.review_view(ctx, view),
            ReviewMsg::Load => self.load_reviews(ctx),
            ReviewMsg::More => self.ask_list(ctx, true),
            ReviewMsg::Listed(number, answer, more) => self.listed(number, *answer, more),
            ReviewMsg::Filter(filter) => {
                let Some(reviews) = self.reviews_mut() else { return };
                reviews.filter = filter;
                reviews.list.got = None;
                reviews.told = None;
                self.ask_list(ctx, false);
            }
            ReviewMsg::Choose(id) => {
                let Some(reviews) = self.reviews_mut() else { return };
                if !reviews.chosen.remove(&id) {
                    reviews.chosen.insert(id);
                }
            }
            ReviewMsg::ChooseAll => {
                let Some(reviews) = self.reviews_mut() else { return };
                let all: Vec<String> = reviews.items().iter().map(|one| one.id.clone()).collect();
                let is_all = all.iter().all(|id| reviews.chosen.contains(id));
                reviews.chosen = if is_all { BTreeSet::default() } else { all.into_iter().collect() };
            }
            ReviewMsg::Step(step) => self.step(ctx, step),
            ReviewMsg::Look(id) => self.look_at_review(ctx, id),
            ReviewMsg::Looked(number, answer) => {
                let Some(look) = self.look_mut() else { return };
                if let Err(Failure::SignedOut) = *answer {
                    return self.expire();
                }
                look.details.answer(number, *answer);
            }
            ReviewMsg::Key(decision) => {
                let Some(id) = focus::review() else { return };
                let possible = self
                    .reviews()
                    .and_then(|reviews| reviews.find(&id))
                    .is_some_and(|one| decisions(one).contains(&decision));
                if possible {
                    self.ask_why(ctx, decision, vec![id]);
                }
            }
            ReviewMsg::Ask(decision, ids) => self.ask_why(ctx, decision, ids),
            ReviewMsg::Why(reason, note) => self.why(ctx, reason, &note),
            ReviewMsg::Decide(decide) => self.decide(ctx, decide),
            ReviewMsg::Decided(decide, answer) => self.decided(ctx, decide, *answer),
            ReviewMsg::Talk(msg) => self.talk(ctx, msg),
            ReviewMsg::Answer(body) => self.answer_review(ctx, body),
            ReviewMsg::Photo(id, at) => {
                self.ask(Dialog { id: String::new(), ask: Ask::Review(ReviewAsk::Photo(id, at)) });
            }
            ReviewMsg::RefusePhoto(reason) => self.refuse_photo(ctx, reason),
            ReviewMsg::Saved(id, answer) => self.review_saved(ctx, &id, *answer),
            other => self.known(ctx, other),
        }
    }

    /// Asks for what the part of the room shows.
    pub(super) fn load_reviews(&mut self, ctx: &Context<Self>) {
        let moderates = self.moderates();
        let Some(room) = self.room_mut() else { return };
        let store = room.store().map(|store| store.code.clone());
        let reviews = &mut room.reviews;
        if !moderates {
            let Some(store) = store else { return };
            let which = std::mem::take(&mut reviews.filter.which);
            reviews.filter = Filter { store: store.clone(), which, ..Filter::default() };
            reviews.figures_of = (String::new(), store);
        }
        match reviews.view {
            // Somebody may have chosen some of them: what came since is asked for by hand.
            View::Queue if reviews.list.got.is_none() => self.ask_list(ctx, false),
            View::Figures if !moderates => {
                let store = reviews.figures_of.1.clone();
                self.ask_figures(ctx, String::new(), store);
            }
            View::Requests => self.ask_requests(ctx, false),
            _ => {}
        }
    }

    fn review_view(&mut self, ctx: &Context<Self>, view: View) {
        let Some(reviews) = self.reviews_mut() else { return };
        reviews.view = view;
        reviews.look = None;
        reviews.told = None;
        reviews.made = None;
        self.focus = Some(format!("rv-{}", view.as_str()));
        self.load_reviews(ctx);
    }

    fn ask_list(&mut self, ctx: &Context<Self>, more: bool) {
        let Some(reviews) = self.reviews_mut() else { return };
        let next = reviews.list.got.as_ref().and_then(|page| page.next.clone()).filter(|_| more);
        let number = reviews.list.ask();
        if !more {
            reviews.chosen.clear();
        }
        let (filter, link) = (reviews.filter.clone(), ctx.link().clone());
        task::spawn(Box::pin(async move {
            let answer = Box::new(api::list(&filter, next.as_deref().unwrap_or_default()).await);
            link.send_message(Msg::Review(ReviewMsg::Listed(number, answer, more)));
        }));
    }

    fn listed(&mut self, number: u32, answer: Result<List, Failure>, more: bool) {
        let count = answer.as_ref().ok().map(|page| page.items.len());
        self.got(answer, |reviews, mut answer| {
            if let (true, Ok(page), Some(before)) = (more, &mut answer, &reviews.list.got) {
                page.items.splice(0..0, before.items.iter().cloned());
            }
            reviews.list.answer(number, answer)
        });
        if let Some(count) = count {
            self.said = self.texts.count("rv.found", count);
        }
    }

    fn look_at_review(&mut self, ctx: &Context<Self>, id: Option<String>) {
        let Some(reviews) = self.reviews_mut() else { return };
        let before = reviews.look.take();
        let Some(id) = id else {
            self.focus = before.map(|look| review_id(&look.id));
            return;
        };
        let mut look = Look {
            id: id.clone(),
            details: Asked::default(),
            refused: None,
            saving: false,
            saved: false,
            talk: Talk::default(),
        };
        let number = look.details.ask();
        reviews.look = Some(look);
        self.focus = Some("look".to_owned());
        self.ask_details(ctx, number, id);
    }

    fn ask_details(&self, ctx: &Context<Self>, number: u32, id: String) {
        let (link, lang) = (ctx.link().clone(), self.texts.lang);
        task::spawn(Box::pin(async move {
            let answer = Box::new(api::details(&id, lang).await);
            link.send_message(Msg::Review(ReviewMsg::Looked(number, answer)));
        }));
    }

    /// To the next in the list: closely, where one is looked at closely.
    fn step(&mut self, ctx: &Context<Self>, step: isize) {
        let now = focus::review();
        let Some(reviews) = self.reviews() else { return };
        let Some(next) = reviews.beside(now.as_deref(), step) else { return };
        if reviews.look.is_some() {
            self.look_at_review(ctx, Some(next));
        } else {
            self.focus = Some(review_id(&next));
        }
    }

    /// Decides at once where no reason is needed.
    fn ask_why(&mut self, ctx: &Context<Self>, decision: Decision, mut ids: Vec<String>) {
        let Some(reviews) = self.reviews() else { return };
        if ids.is_empty() {
            // In the order of the list, and only those of which it is possible.
            let chosen = reviews.items().iter().filter(|one| reviews.chosen.contains(&one.id));
            ids = chosen.filter(|one| decisions(one).contains(&decision)).map(|one| one.id.clone()).collect();
        }
        if ids.is_empty() || reviews.sending {
            return;
        }
        if matches!(decision, Decision::Refuse | Decision::Delete) {
            self.ask(Dialog { id: String::new(), ask: Ask::Review(ReviewAsk::Why(decision, ids, false)) });
        } else {
            self.decide(ctx, Decide { decision, ids, reason: None, note: None });
        }
    }

    fn why(&mut self, ctx: &Context<Self>, reason: Option<Reason>, note: &str) {
        let Some(dialog) = self.room_mut().and_then(|room| room.dialog.as_mut()) else { return };
        let Ask::Review(ReviewAsk::Why(decision, ids, missing)) = &mut dialog.ask else { return };
        if reason.is_none() {
            *missing = true;
            self.focus = Some("reason-offensive".to_owned());
            return;
        }
        let note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        let decide = Decide { decision: *decision, ids: std::mem::take(ids), reason, note };
        self.close();
        self.decide(ctx, decide);
    }

    fn decide(&mut self, ctx: &Context<Self>, decide: Decide) {
        let Some(reviews) = self.reviews_mut() else { return };
        if reviews.sending {
            return;
        }
        let items = decide.ids.iter().filter_map(|id| reviews.find(id));
        let items: Vec<_> = items.map(|one| DecidedItem { id: one.id.clone(), number: one.number }).collect();
        if items.is_empty() {
            return;
        }
        reviews.sending = true;
        reviews.told = None;
        let body = ReviewDecisions {
            decision: decide.decision,
            reason: decide.reason,
            note: decide.note.clone(),
            items,
        };
        let link = ctx.link().clone();
        task::spawn(Box::pin(async move {
            let answer = Box::new(api::decide(&body).await);
            link.send_message(Msg::Review(ReviewMsg::Decided(decide, answer)));
        }));
    }

    fn decided(&mut self, ctx: &Context<Self>, decide: Decide, answer: Result<ReviewDecided, Failure>) {
        let Some(reviews) = self.reviews_mut() else { return };
        reviews.sending = false;
        let decided = match answer {
            Ok(decided) => decided.items,
            Err(Failure::SignedOut) => return self.expire(),
            Err(failure) => {
                reviews.told = Some(Told::NotSent(failure, decide));
                self.focus = Some("rv-told".to_owned());
                return;
            }
        };
        let done: Vec<&str> = decided
            .iter()
            .filter(|one| one.outcome == DecisionOutcome::Done)
            .map(|one| one.id.as_str())
            .collect();
        let others = decided.len() - done.len();
        // The next one that is left, from the first that was decided on.
        let first = reviews.items().iter().position(|one| done.contains(&one.id.as_str()));
        if let Some(page) = &mut reviews.list.got {
            page.items.retain(|one| !done.contains(&one.id.as_str()));
            let count = u32::try_from(done.len()).unwrap_or(0);
            match decide.decision {
                Decision::Publish | Decision::Refuse => page.waiting = page.waiting.saturating_sub(count),
                Decision::Dismiss => page.reported = page.reported.saturating_sub(count),
                Decision::Delete => {}
            }
        }
        reviews.chosen.retain(|id| !done.contains(&id.as_str()));
        let left = reviews.items();
        let next = first.and_then(|at| left.get(at).or(left.last())).map(|one| one.id.clone());
        let is_empty = left.is_empty();
        let was_looked_at = reviews.look.as_ref().is_some_and(|look| decide.ids.contains(&look.id));
        if others > 0 {
            reviews.told = Some(Told::Meanwhile(others, done.len()));
            reviews.look = None;
            self.ask_list(ctx, false);
            self.focus = Some("rv-told".to_owned());
            return;
        }
        reviews.told = Some(Told::Done(decide.decision, done.len()));
        self.said =
            self.texts.count(&format!("rv.done.{}", crate::reviews::name(decide.decision)), done.len());
        match next {
            Some(id) if was_looked_at => self.look_at_review(ctx, Some(id)),
            Some(id) => self.focus = Some(review_id(&id)),
            None => {
                if let Some(reviews) = self.reviews_mut() {
                    reviews.look = None;
                }
                self.focus = Some(view::LIST_HEADING.to_owned());
            }
        }
        if is_empty {
            self.ask_list(ctx, false);
        }
    }

    fn answer_review(&mut self, ctx: &Context<Self>, body: Option<String>) {
        let Some(look) = self.look_mut().filter(|look| !look.saving) else { return };
        look.saving = true;
        look.saved = false;
        look.refused = None;
        let (id, link) = (look.id.clone(), ctx.link().clone());
        task::spawn(Box::pin(async move {
            let answer = Box::new(api::answer(&id, body).await);
            link.send_message(Msg::Review(ReviewMsg::Saved(id, answer)));
        }));
    }

    fn refuse_photo(&mut self, ctx: &Context<Self>, reason: Option<Reason>) {
        let Some(room) = self.room() else { return };
        let Some(Ask::Review(ReviewAsk::Photo(id, at))) = room.dialog.as_ref().map(|dialog| &dialog.ask)
        else {
            return;
        };
        let Some((reason, review)) = reason.zip(room.reviews.find(id)) else { return };
        let Some(photo) = review.photos.get(*at).map(|photo| photo.id.clone()) else { return };
        let refusal = PhotoRefusal { reason, number: review.number };
        let (id, link) = (id.clone(), ctx.link().clone());
        self.close();
        if let Some(look) = self.look_mut() {
            look.saving = true;
            look.refused = None;
        }
        task::spawn(Box::pin(async move {
            let answer = Box::new(api::refuse_photo(&id, &photo, &refusal).await);
            link.send_message(Msg::Review(ReviewMsg::Saved(id, answer)));
        }));
    }

    fn review_saved(&mut self, ctx: &Context<Self>, id: &str, answer: Result<Item, Failure>) {
        let saved = self.texts.text("shop.saved");
        let Some(reviews) = self.reviews_mut() else { return };
        if let Ok(now) = &answer {
            reviews.replace(now);
        }
        let Some(look) = reviews.look.as_mut().filter(|look| look.id == id) else { return };
        look.saving = false;
        match answer {
            Ok(_) => {
                look.saved = true;
                // The trail has grown.
                let number = look.details.ask();
                self.said = saved;
                self.focus = Some("rv-saved".to_owned());
                self.ask_details(ctx, number, id.to_owned());
            }
            Err(Failure::SignedOut) => self.expire(),
            Err(failure) => {
                look.refused = Some(failure);
                self.focus = Some("rv-refused".to_owned());
            }
        }
    }

    /// Takes an answer, unless it is that the session has ended.
    fn got<T>(
        &mut self,
        answer: Result<T, Failure>,
        take: impl FnOnce(&mut Reviews, Result<T, Failure>) -> bool,
    ) {
        if matches!(answer, Err(Failure::SignedOut)) {
            return self.expire();
        }
        if let Some(reviews) = self.reviews_mut() {
            take(reviews, answer);
        }
    }

    fn reviews(&self) -> Option<&Reviews> {
        self.room().map(|room| &room.reviews)
    }

    fn reviews_mut(&mut self) -> Option<&mut Reviews> {
        self.room_mut().map(|room| &mut room.reviews)
    }

    fn look_mut(&mut self) -> Option<&mut Look> {
        self.reviews_mut()?.look.as_mut()
    }
}
