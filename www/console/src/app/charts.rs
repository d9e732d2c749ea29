//! What is done in the room of size charts. A form is kept as it is filled in until the server has taken it, also while another room is
//! looked at.

use devanture_api::{problem::code, staff_size::SizeCharts};
use devanture_domain::size::Dimension;
use devanture_ui::task;
use yew::Context;

use super::App;
use crate::{
    api::{
        Failure,
        charts::{self as api, Saved},
    },
    charts::{
        ChartAsk, Charts, NOT_REMOVED,
        draft::{Draft, Move, said, size_id},
        is_same,
    },
    model::{Ask, Dialog, Msg},
    view,
};

/// What can happen in this room.
pub(crate) enum ChartMsg {
    Load,
    Loaded(u32, Result<SizeCharts, Failure>),
    Search(String),
    /// The chart at this place of the list, or a new one.
    Open(Option<usize>),
    Typed(String, String),
    Pasted(String, String),
    Line(Move),
    Toggle(Dimension),
    Copy,
    Save,
    Saved(Box<Result<Saved, Failure>>),
    Back,
    Leave,
    Ask(ChartAsk),
    Remove,
    /// The charts as they are now where it has changed meanwhile.
    Removed(Box<Result<Option<SizeCharts>, Failure>>),
}

impl App {
    pub(super) fn chart(&mut self, ctx: &Context<Self>, msg: ChartMsg) {
        let comma = self.texts.lang == "fr";
        let Some(charts) = self.charts_mut() else { return };
        match msg {
            ChartMsg::Load => self.load_charts(ctx),
            ChartMsg::Loaded(_, Err(Failure::SignedOut)) => self.expire(),
            ChartMsg::Loaded(number, answer) => {
                charts.list.answer(number, answer);
            }
            ChartMsg::Search(typed) => charts.search = typed,
            ChartMsg::Open(at) => {
                charts.draft = Some(Draft::of(at.and_then(|at| charts.items().get(at)), comma));
                charts.told = None;
                self.focus = Some("form-title".to_owned());
            }
            ChartMsg::Saved(answer) => self.chart_saved(ctx, *answer),
            ChartMsg::Removed(answer) => self.chart_removed(ctx, *answer),
            ChartMsg::Back if charts.is_unsaved() => self.ask_chart(ChartAsk::Leave),
            ChartMsg::Back | ChartMsg::Leave => self.leave_chart(None),
            ChartMsg::Ask(ask) => self.ask_chart(ask),
            ChartMsg::Save => self.save_chart(ctx),
            ChartMsg::Remove => self.remove_chart(ctx),
            other => self.draw_up(other),
        }
    }

    /// What is done with the form itself.
    fn draw_up(&mut self, msg: ChartMsg) {
        let Some(draft) = self.charts_mut().and_then(|charts| charts.draft.as_mut()) else { return };
        match msg {
            ChartMsg::Typed(name, value) => draft.typed(&name, value),
            ChartMsg::Pasted(name, text) => draft.paste(&name, &text),
            ChartMsg::Line(change) => {
                let at = draft.lines(change);
                let id = if draft.lines.is_empty() { "sc-add".to_owned() } else { size_id(at) };
                self.focus = Some(id);
            }
            ChartMsg::Toggle(of) => {
                draft.toggle(of);
                self.focus = Some(view::dimension_id(of));
            }
            ChartMsg::Copy => {
                draft.copy();
                self.focus = Some("sc-1".to_owned());
            }
            _ => {}
        }
    }

    /// Asks for the charts, unless a form is open: what is typed is about what was there.
    pub(super) fn load_charts(&mut self, ctx: &Context<Self>) {
        let Some(charts) = self.charts_mut().filter(|charts| charts.draft.is_none()) else { return };
        let (number, link) = (charts.list.ask(), ctx.link().clone());
        task::spawn(Box::pin(async move {
            link.send_message(Msg::Chart(ChartMsg::Loaded(number, api::list().await)));
        }));
    }

    fn save_chart(&mut self, ctx: &Context<Self>) {
        let Some(charts) = self.charts_mut() else { return };
        let known = charts.list.got.as_ref().map_or(&[][..], |list| &list.items);
        let Some(draft) = charts.draft.as_mut().filter(|draft| !draft.saving) else { return };
        draft.failure = None;
        draft.tried = true;
        match draft.checked(known) {
            Ok(chart) => {
                draft.wrong.clear();
                draft.saving = true;
                let link = ctx.link().clone();
                task::spawn(Box::pin(async move {
                    let answer = Box::new(api::save(&chart).await);
                    link.send_message(Msg::Chart(ChartMsg::Saved(answer)));
                }));
            }
            Err(wrong) => {
                let first = wrong.first().map(|one| one.field.clone());
                draft.wrong = wrong;
                self.focus = first;
            }
        }
    }

    fn chart_saved(&mut self, ctx: &Context<Self>, answer: Result<Saved, Failure>) {
        let Some(charts) = self.charts_mut() else { return };
        let Some(draft) = &mut charts.draft else { return };
        draft.saving = false;
        match answer {
            Ok(Saved::Done) => {
                self.leave_chart(Some("sc.saved"));
                self.load_charts(ctx);
            }
            Ok(Saved::Meanwhile(now)) => {
                // Saved again, it replaces what is there now: that was said.
                self.chart_meanwhile(now, code::CHANGED_MEANWHILE);
            }
            Ok(Saved::Refused(field, detail)) => {
                let id = match field.as_str() {
                    "brand" => "sc-0",
                    "category" => "sc-1",
                    _ => "form",
                };
                let mut wrong = said(id, None, "sc.wrong.refused");
                wrong.with[0] = detail;
                draft.wrong = vec![wrong];
                self.focus = Some(id.to_owned());
            }
            Err(failure) => self.chart_failed(failure),
        }
    }

    fn remove_chart(&mut self, ctx: &Context<Self>) {
        self.close();
        let draft = self.charts_mut().and_then(|charts| charts.draft.as_mut());
        let Some(draft) = draft.filter(|draft| !draft.saving) else { return };
        let Some(chart) = draft.was.clone() else { return };
        draft.saving = true;
        let link = ctx.link().clone();
        task::spawn(Box::pin(async move {
            let answer = Box::new(api::remove(&chart).await);
            link.send_message(Msg::Chart(ChartMsg::Removed(answer)));
        }));
    }

    fn chart_removed(&mut self, ctx: &Context<Self>, answer: Result<Option<SizeCharts>, Failure>) {
        match answer {
            Ok(None) => {
                self.leave_chart(Some("sc.removed"));
                self.load_charts(ctx);
            }
            Ok(Some(now)) => self.chart_meanwhile(now, NOT_REMOVED),
            Err(failure) => self.chart_failed(failure),
        }
    }

    /// The form is about what there is now, with all that was typed.
    fn chart_meanwhile(&mut self, now: SizeCharts, code: &str) {
        let Some(charts) = self.charts_mut() else { return };
        let Some(draft) = &mut charts.draft else { return };
        draft.saving = false;
        let there = draft.was.take().or_else(|| draft.checked(&[]).ok());
        draft.was = there.and_then(|was| now.items.iter().find(|one| is_same(one, &was)).cloned());
        draft.failure = Some(Failure::Refused { code: code.to_owned(), retry_after: None });
        charts.list.got = Some(now);
        self.focus = Some("form".to_owned());
    }

    fn chart_failed(&mut self, failure: Failure) {
        if failure == Failure::SignedOut {
            return self.expire();
        }
        if let Some(draft) = self.charts_mut().and_then(|charts| charts.draft.as_mut()) {
            draft.saving = false;
            draft.failure = Some(failure);
            self.focus = Some("form".to_owned());
        }
    }

    /// Back to the list, where what was done is told.
    fn leave_chart(&mut self, told: Option<&'static str>) {
        self.close();
        let said = told.map(|key| self.texts.text(key));
        let Some(charts) = self.charts_mut() else { return };
        charts.draft = None;
        charts.told = told;
        self.said = said.unwrap_or_default();
        self.focus = Some(view::LIST_HEADING.to_owned());
    }

    pub(super) fn ask_chart(&mut self, ask: ChartAsk) {
        self.ask(Dialog { id: String::new(), ask: Ask::Chart(ask) });
    }

    fn charts_mut(&mut self) -> Option<&mut Charts> {
        self.room_mut().map(|room| &mut room.charts)
    }
}
