//! A week of free times.

use devanture_domain::{appointment::Slot, civil::Zone as _};
use devanture_ui::{clock, format::Show, zone::IntlZone};
use yew::{Context, Html, MouseEvent, html};

use super::{Flow, Msg};

pub(super) fn view(flow: &Flow, ctx: &Context<Flow>) -> Html {
    let props = ctx.props();
    let t = &props.strings;
    let zone = IntlZone::named(&props.store.time_zone);
    let today = zone.to_local(clock::now()).date;
    let range = [
        props.formats.date(flow.from, Show::ShortDate),
        props.formats.date(flow.from.plus(6), Show::ShortDate),
    ];
    html! {
        <>
            { flow.error_line(ctx) }
            <div class="week">
                <button type="button" class="button" disabled={flow.from <= today}
                    onclick={ctx.link().callback(|_: MouseEvent| Msg::Week(-7))}>{ t.text("earlier") }</button>
                <p role="status">{ range.join(" – ") }</p>
                <button type="button" class="button" onclick={ctx.link().callback(|_: MouseEvent| Msg::Week(7))}>{ t.text("later") }</button>
            </div>
            if !zone.same_clock_as_device(clock::now()) {
                <p class="notice">{ t.text("times_of_store") }</p>
            }
            { match &flow.slots {
                None => html! { <p>{ t.text("loading") }</p> },
                Some(Err(_)) => html! {
                    <div class="failure" role="alert">
                        <p>{ t.text("error") }</p>
                        <button type="button" class="button" onclick={ctx.link().callback(|_: MouseEvent| Msg::Week(0))}>{ t.text("retry") }</button>
                    </div>
                },
                Some(Ok(list)) if list.items.is_empty() => html! {
                    <div class="empty">
                        <p>{ t.text("no_slots") }</p>
                        if let Some(next) = list.next_free_at {
                            <button type="button" class="button" onclick={ctx.link().callback(move |_: MouseEvent| Msg::Jump(next))}>
                                { t.fill("next_slot", &[("when", &super::when(ctx, next))]) }
                            </button>
                        }
                    </div>
                },
                Some(Ok(list)) => days(ctx, &zone, &list.items),
            } }
        </>
    }
}

fn days(ctx: &Context<Flow>, zone: &IntlZone, slots: &[Slot]) -> Html {
    let date_of = |slot: &Slot| zone.to_local(slot.starts_at).date;
    html! {
        { for slots.chunk_by(|a, b| date_of(a) == date_of(b)).map(|day| html! {
            <section class="day">
                <h3>{ ctx.props().formats.date(date_of(&day[0]), Show::LongDate) }</h3>
                <div class="times">
                    { for day.iter().map(|slot| time(ctx, *slot)) }
                </div>
            </section>
        }) }
    }
}

fn time(ctx: &Context<Flow>, slot: Slot) -> Html {
    let props = ctx.props();
    html! {
        <button type="button" class="time" part="time" aria-label={super::when(ctx, slot.starts_at)}
            onclick={ctx.link().callback(move |_: MouseEvent| Msg::Pick(slot))}>
            { props.formats.instant(slot.starts_at, &props.store.time_zone, Show::Time) }
        </button>
    }
}
