//! Opening hours as a table.

use devanture_domain::{
    civil::minute_text,
    hours::{Schedule, Span},
};
use maud::{Markup, html};

use super::strings::Strings;

/// The week, and the special days to come.
pub(super) fn table(hours: &Schedule, strings: &Strings) -> Markup {
    if hours.is_empty() {
        return html! { p { (strings.no_hours) } };
    }
    html! {
        table {
            thead { tr { th scope="col" { (strings.weekday) } th scope="col" { (strings.hours) } } }
            tbody {
                @for (day, spans) in strings.days.iter().zip(&hours.weekly) {
                    tr { th scope="row" { (day) } td { (spans_text(spans, strings)) } }
                }
            }
        }
        @if !hours.special.is_empty() {
            h3 { (strings.special_hours) }
            table {
                thead { tr { th scope="col" { (strings.weekday) } th scope="col" { (strings.hours) } } }
                tbody {
                    @for day in &hours.special {
                        tr {
                            th scope="row" {
                                time datetime=(day.date.to_text()) { (strings.date(day.date)) }
                                @if let Some(note) = &day.note { " – " (note) }
                            }
                            td { (spans_text(&day.spans, strings)) }
                        }
                    }
                }
            }
        }
    }
}

/// The hours of one day.
pub(crate) fn spans_text(spans: &[Span], strings: &Strings) -> String {
    match spans {
        [] => strings.closed.to_owned(),
        [all] if all.opens() == 0 && all.closes() == 1440 => strings.all_day.to_owned(),
        _ => spans
            .iter()
            .map(|span| format!("{}\u{a0}–\u{a0}{}", minute_text(span.opens()), minute_text(span.closes())))
            .collect::<Vec<_>>()
            .join(", "),
    }
}
