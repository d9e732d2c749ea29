//! A week of free times.

use devanture_domain::{appointment::Slot, civil::Zone as _};
use devanture_ui::{
    attrs, clock,
    dom::{NO_ATTRS, el, join, leaf, list, none, on_if, text},
    format::Show,
    zone::IntlZone,
};
use yew::{Context, Html};

use super::{Flow, Msg, button, when};

pub(super) fn view(flow: &Flow, ctx: &Context<Flow>) -> Html {
    let props = ctx.props();
    let t = &props.strings;
    let zone = IntlZone::named(&props.store.time_zone);
    let today = zone.to_local(clock::now()).date;
    let day = |date| props.formats.date(date, Show::ShortDate);
    let earlier = attrs!["type": "button", "class": "button", "disabled": on_if(flow.from <= today)];
    let later = attrs!["type": "button", "class": "button"];
    let week = vec![
        button(ctx, earlier, Msg::Week(-7), vec![text(&t.text("earlier"))]),
        leaf("p", attrs!["role": "status"], &join(&[&day(flow.from), " – ", &day(flow.from.plus(6))])),
        button(ctx, later, Msg::Week(7), vec![text(&t.text("later"))]),
    ];
    let other_clock = !zone.same_clock_as_device(clock::now());
    list(vec![
        flow.error_line(ctx),
        el("div", attrs!["class": "week"], week),
        if other_clock { leaf("p", attrs!["class": "notice"], &t.text("times_of_store")) } else { none() },
        slots(flow, ctx, &zone),
    ])
}

fn slots(flow: &Flow, ctx: &Context<Flow>, zone: &IntlZone) -> Html {
    let t = &ctx.props().strings;
    let press = attrs!["type": "button", "class": "button"];
    match &flow.slots {
        None => leaf("p", NO_ATTRS, &t.text("loading")),
        Some(Err(_)) => el(
            "div",
            attrs!["class": "failure", "role": "alert"],
            vec![
                leaf("p", NO_ATTRS, &t.text("error")),
                button(ctx, press, Msg::Week(0), vec![text(&t.text("retry"))]),
            ],
        ),
        Some(Ok(found)) if found.items.is_empty() => {
            let next = |at| {
                let label = t.fill("next_slot", &[("when", &when(ctx, at))]);
                button(ctx, press, Msg::Jump(at), vec![text(&label)])
            };
            let way_on = found.next_free_at.map_or_else(none, next);
            el("div", attrs!["class": "empty"], vec![leaf("p", NO_ATTRS, &t.text("no_slots")), way_on])
        }
        Some(Ok(found)) => days(ctx, zone, &found.items),
    }
}

fn days(ctx: &Context<Flow>, zone: &IntlZone, slots: &[Slot]) -> Html {
    let props = ctx.props();
    let date_of = |slot: &Slot| zone.to_local(slot.starts_at).date;
    let time = |slot: &Slot| {
        let label = when(ctx, slot.starts_at);
        let attrs = attrs!["type": "button", "class": "time", "part": "time", "aria-label": &label];
        let shown = props.formats.instant(slot.starts_at, &props.store.time_zone, Show::Time);
        button(ctx, attrs, Msg::Pick(*slot), vec![text(&shown)])
    };
    let day = |day: &[Slot]| {
        let heading = leaf("h3", NO_ATTRS, &props.formats.date(date_of(&day[0]), Show::LongDate));
        let times = el("div", attrs!["class": "times"], day.iter().map(time).collect());
        el("section", attrs!["class": "day"], vec![heading, times])
    };
    list(slots.chunk_by(|a, b| date_of(a) == date_of(b)).map(day).collect())
}
