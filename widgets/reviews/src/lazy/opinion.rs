//! What readers think of a review: helpful, not helpful, or against the rules.

mod report;

use std::cell::RefCell;

use devanture_api::review::{ReviewReport, ReviewVote, ReviewVotes};
use devanture_client::ClientError;
use devanture_host::{consent, kept};
use devanture_ui::{dom::join, js};
use yew::Context;

use super::Opinion;
use crate::{
    app::App,
    state::{Action, Msg, Reporting},
};

pub(super) const PART: Opinion = Opinion { act, view: report::view };

thread_local! {
    /// Where storage is blocked, one vote a page.
    static VOTER: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What stands for this browser, drawn when somebody first votes.
fn voter(site_key: &str) -> String {
    consent::listen();
    let name = join(&["devanture:voter:", site_key]);
    let known = VOTER.with_borrow(Clone::clone).or_else(|| kept::get(&name));
    let voter = known.unwrap_or_else(js::random_id);
    let _ = kept::set(&name, Some(&voter));
    VOTER.set(Some(voter.clone()));
    voter
}

fn act(app: &mut App, ctx: &Context<App>, action: Action) {
    match action {
        Action::Vote(id, helpful) => vote(app, ctx, id, helpful),
        Action::Report(id) => report(app, id),
        Action::ReportFor(reason) => {
            if let Some(reporting) = &mut app.reporting {
                reporting.reason = Some(reason);
                reporting.error = None;
            }
        }
        Action::SendReport => send_report(app, ctx),
        _ => {}
    }
}

fn vote(app: &App, ctx: &Context<App>, id: String, helpful: bool) {
    let vote = ReviewVote { helpful, voter: voter(&ctx.props().settings.site_key) };
    let link = ctx.link().clone();
    app.api.vote_review(&id.clone(), &vote).then(move |answer| {
        link.send_message(Msg::Run(Box::new(move |app| voted(app, id, helpful, answer))));
    });
}

fn voted(app: &mut App, id: String, helpful: bool, answer: Result<ReviewVotes, ClientError>) {
    match answer {
        Ok(votes) => {
            app.voted.retain(|(voted, ..)| *voted != id);
            app.voted.push((id, helpful, votes));
        }
        Err(error) => app.error = Some(error),
    }
}

fn report(app: &mut App, id: Option<String>) {
    let (of, field) = match (&id, &app.reporting) {
        (Some(id), _) => (id, "why-"),
        (None, Some(open)) => (&open.id, "report-"),
        (None, None) => return,
    };
    app.returning = Some(join(&[field, of]));
    app.reporting = id.map(|id| Reporting { id, reason: None, sending: false, done: false, error: None });
}

fn send_report(app: &mut App, ctx: &Context<App>) {
    let Some(reporting) = &mut app.reporting else { return };
    let Some(reason) = reporting.reason else {
        reporting.error = Some("reason".into());
        app.returning = Some(join(&["why-", &reporting.id]));
        return;
    };
    if core::mem::replace(&mut reporting.sending, true) {
        return;
    }
    let (link, id) = (ctx.link().clone(), reporting.id.clone());
    let note = js::get(&ctx.props().host, "shadowRoot");
    let note = js::call(&note, "getElementById", &js::Array::of1(&join(&["note-", &id]).into()));
    let note = note.ok().and_then(|field| js::text(&field, "value"));
    app.api.report_review(&id.clone(), &ReviewReport { reason, note }).then(move |answer| {
        link.send_message(Msg::Run(Box::new(move |app| reported(app, &id, answer))));
    });
}

fn reported(app: &mut App, id: &str, answer: Result<(), ClientError>) {
    let Some(reporting) = app.reporting.as_mut().filter(|reporting| reporting.id == id) else { return };
    reporting.sending = false;
    match answer {
        Ok(()) => {
            reporting.done = true;
            app.returning = Some(join(&["report-", id]));
        }
        Err(error) => reporting.error = Some(error.code().into()),
    }
}
