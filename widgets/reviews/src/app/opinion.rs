//! What readers think of a review: helpful, not helpful, or against the rules.

use std::cell::RefCell;

use devanture_api::review::{ReviewReport, ReviewVote, ReviewVotes};
use devanture_client::ClientError;
use devanture_host::kept;
use devanture_ui::{dom::join, js};
use yew::Context;

use super::App;
use crate::state::{Msg, Reporting};

thread_local! {
    /// Where storage is blocked, one vote a page.
    static VOTER: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What stands for this browser, drawn when somebody first votes.
fn voter(site_key: &str) -> String {
    let name = join(&["devanture:voter:", site_key]);
    let known = VOTER.with_borrow(Clone::clone).or_else(|| kept::get(&name));
    let voter = known.unwrap_or_else(js::random_id);
    let _ = kept::set(&name, Some(&voter));
    VOTER.set(Some(voter.clone()));
    voter
}

impl App {
    pub(super) fn vote(&mut self, ctx: &Context<Self>, id: String, helpful: bool) {
        let vote = ReviewVote { helpful, voter: voter(&ctx.props().settings.site_key) };
        let link = ctx.link().clone();
        self.api
            .vote_review(&id.clone(), &vote)
            .then(move |answer| link.send_message(Msg::Voted(id, helpful, answer)));
    }

    pub(super) fn voted(&mut self, id: &str, helpful: bool, answer: Result<ReviewVotes, ClientError>) {
        let votes = match answer {
            Ok(votes) => votes,
            Err(error) => {
                self.error = Some(error);
                return;
            }
        };
        self.voted.retain(|(voted, ..)| voted != id);
        self.voted.push((id.into(), helpful, votes));
    }

    /// How the shopper has voted on a review, and how all have since.
    pub(crate) fn vote_of(&self, id: &str) -> Option<(bool, ReviewVotes)> {
        self.voted.iter().find(|(voted, ..)| voted == id).map(|(_, helpful, votes)| (*helpful, *votes))
    }

    pub(super) fn report(&mut self, id: Option<String>) {
        let (of, field) = match (&id, &self.reporting) {
            (Some(id), _) => (id, "why-"),
            (None, Some(open)) => (&open.id, "report-"),
            (None, None) => return,
        };
        self.returning = Some(join(&[field, of]));
        self.reporting =
            id.map(|id| Reporting { id, reason: None, sending: false, done: false, error: None });
    }

    pub(super) fn send_report(&mut self, ctx: &Context<Self>) {
        let Some(reporting) = &mut self.reporting else { return };
        let Some(reason) = reporting.reason else {
            reporting.error = Some("reason".into());
            self.returning = Some(join(&["why-", &reporting.id]));
            return;
        };
        if core::mem::replace(&mut reporting.sending, true) {
            return;
        }
        let (link, id) = (ctx.link().clone(), reporting.id.clone());
        let note = js::get(&ctx.props().host, "shadowRoot");
        let note = js::call(&note, "getElementById", &js::Array::of1(&join(&["note-", &id]).into()));
        let note = note.ok().and_then(|field| js::text(&field, "value"));
        let report = ReviewReport { reason, note };
        self.api
            .report_review(&id.clone(), &report)
            .then(move |answer| link.send_message(Msg::Reported(id, answer)));
    }

    pub(super) fn reported(&mut self, id: &str, answer: Result<(), ClientError>) {
        let Some(reporting) = self.reporting.as_mut().filter(|reporting| reporting.id == id) else { return };
        reporting.sending = false;
        match answer {
            Ok(()) => {
                reporting.done = true;
                self.returning = Some(join(&["report-", id]));
            }
            Err(error) => reporting.error = Some(error.code().into()),
        }
    }
}
