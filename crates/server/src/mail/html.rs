//! A message as HTML. Mail programs read tables and inline style; some read nothing else.

use devanture_api::{product::Money, reservation::ReservedItem};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{
    letter::{Letter, Place},
    words::Words,
};

const FONT: &str =
    "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK: &str = "color:#1d1b1a";
const SOFT: &str = "color:#6b6560";
/// Where the program reads a style sheet: no gap at the sides of a phone, and dark where all is dark. The bars stay black on white.
const STYLE: &str = "\
@media(max-width:620px){.sheet{border-radius:0!important;border-left:0!important;border-right:0!important}.pad{padding-left:20px!important;padding-right:20px!important}.wash{padding:0!important}}\
@media(prefers-color-scheme:dark){.wash{background:#171514!important}.sheet{background:#211e1c!important;border-color:#3a3633!important}\
.ink{color:#f2eeea!important}.soft{color:#a9a29b!important}.rule{border-color:#3a3633!important}.go{background:#f2eeea!important;color:#1d1b1a!important}}";

/// The whole document; the bars are at `bars`, an address that the program can read.
pub(crate) fn document(letter: &Letter, bars: Option<&str>, after: &Markup) -> Markup {
    let words = letter.words;
    html! {
        (DOCTYPE)
        html lang=(words.lang()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (letter.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body.wash style={ "margin:0;padding:0;background:#f4f1ed;" (FONT) } {
                div role="main" {
                    // What lists of mails show after the subject.
                    div style="display:none;max-height:0;overflow:hidden" { (letter.paragraphs.first().map_or("", String::as_str)) }
                    table.wash role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f1ed;padding:24px 12px" {
                        tr { td align="center" {
                            table.sheet role="presentation" width="100%" cellpadding="0" cellspacing="0"
                                style="max-width:600px;background:#ffffff;border:1px solid #e4dfd9;border-radius:12px;text-align:left" {
                                (head(letter))
                                (code(letter, bars))
                                (terms(letter))
                                (items(letter))
                                (go(letter))
                                @if !after.0.is_empty() { tr { td.pad style="padding:20px 32px 8px" { (after) } } }
                                @match &letter.place {
                                    Some(place) => (whereto(place, words)),
                                    None => { tr { td style="height:16px;font-size:0" {} } }
                                }
                                @if !letter.why.is_empty() { (foot(letter)) }
                            }
                        } }
                    }
                }
            }
        }
    }
}

fn head(letter: &Letter) -> Markup {
    html! {
        tr { td.pad.rule style="padding:24px 32px 20px;border-bottom:1px solid #e4dfd9" {
            p.ink style={ "margin:0;font-size:15px;font-weight:600;letter-spacing:.03em;" (INK) } { (letter.shop) }
        } }
        tr { td.pad style="padding:28px 32px 8px" {
            h1.ink style={ "margin:0 0 16px;font-size:24px;line-height:1.25;font-weight:650;" (INK) } { (letter.subject) }
            p.ink style={ "margin:0 0 12px;font-size:16px;line-height:1.5;" (INK) } { (letter.greeting) }
            @for (at, paragraph) in letter.paragraphs.iter().enumerate() {
                p.ink style={ "margin:0 0 12px;font-size:16px;line-height:1.5;" (INK) } { (paragraph) }
                @if let Some(quote) = letter.quote.as_ref().filter(|_| at == 0) {
                    blockquote.ink.rule style={ "margin:0 0 12px;padding:2px 0 2px 14px;border-left:3px solid #e4dfd9;font-size:16px;line-height:1.5;white-space:pre-line;" (INK) } {
                        (quote)
                    }
                }
            }
        } }
    }
}

fn code(letter: &Letter, bars: Option<&str>) -> Markup {
    let label = letter.words.say("Votre code de retrait", "Your pick-up code");
    html! {
        @if let Some(code) = &letter.code {
            tr { td.pad style="padding:8px 32px 16px" {
                table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#ffffff;border:1px solid #e4dfd9;border-radius:10px" {
                    tr { td align="center" style="padding:16px 12px 18px" {
                        p style={ "margin:0 0 4px;font-size:13px;" (SOFT) } { (label) }
                        p style={ "margin:0;font-size:28px;font-weight:650;letter-spacing:.12em;font-family:ui-monospace,Menlo,Consolas,monospace;" (INK) } { (spaced(code)) }
                        @if let Some(bars) = bars {
                            img src=(bars) alt="" width="286" height="80" style="display:block;width:286px;max-width:100%;height:80px;margin:12px auto 0";
                        }
                    } }
                }
            } }
        }
    }
}

/// Two halves are read out more easily than one long word.
pub(super) fn spaced(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, rest)) if !rest.is_empty() => format!("{first} {rest}"),
        _ => code.to_owned(),
    }
}

fn terms(letter: &Letter) -> Markup {
    html! {
        @if !letter.terms.is_empty() {
            tr { td.pad style="padding:0 32px 8px" {
                table role="presentation" width="100%" cellpadding="0" cellspacing="0" {
                    @for (name, value) in &letter.terms {
                        tr {
                            td.soft valign="top" style={ "padding:4px 16px 4px 0;font-size:15px;line-height:1.45;white-space:nowrap;width:1%;" (SOFT) } { (name) }
                            td.ink valign="top" style={ "padding:4px 0;font-size:15px;line-height:1.45;font-weight:600;" (INK) } { (value) }
                        }
                    }
                }
            } }
        }
    }
}

fn items(letter: &Letter) -> Markup {
    let words = letter.words;
    html! {
        @if let Some(proposed) = &letter.proposed {
            (list(words.say("Proposé à la place", "Proposed instead"), std::slice::from_ref(proposed), words))
            (list(words.say("Votre demande", "You asked for"), &letter.items, words))
        } @else if !letter.items.is_empty() {
            (list(words.say("Vos articles", "Your items"), &letter.items, words))
        }
    }
}

fn list(title: &str, items: &[ReservedItem], words: Words) -> Markup {
    html! {
        tr { td.pad style="padding:12px 32px 4px" {
            h2.soft style={ "margin:0 0 4px;font-size:13px;font-weight:600;letter-spacing:.04em;text-transform:uppercase;" (SOFT) } { (title) }
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" {
                @for item in items {
                    tr {
                        @if let Some(image) = &item.image_url {
                            td.rule width="64" valign="top" style="padding:12px 12px 12px 0;border-bottom:1px solid #e4dfd9" {
                                img src=(image) alt="" width="64" style="display:block;width:64px;height:auto;border-radius:6px";
                            }
                        }
                        td.ink.rule valign="top" style={ "padding:12px 12px 12px 0;border-bottom:1px solid #e4dfd9;font-size:15px;line-height:1.4;" (INK) } {
                            strong style="font-weight:600" { (item.name.as_deref().unwrap_or(&item.sku)) }
                            @let detail = detail(item, words);
                            @if !detail.is_empty() { br; span.soft style=(SOFT) { (detail) } }
                        }
                        td.ink.rule valign="top" align="right" style={ "padding:12px 0;border-bottom:1px solid #e4dfd9;font-size:15px;line-height:1.4;white-space:nowrap;" (INK) } {
                            @if let Some(price) = sum(item) { (words.money(&price)) }
                        }
                    }
                }
            }
        } }
    }
}

/// `Taille 38 · Écru · × 2`
pub(crate) fn detail(item: &ReservedItem, words: Words) -> String {
    let size = item.size.as_ref().map(|size| format!("{} {size}", words.say("Taille", "Size")));
    let count = (item.quantity > 1).then(|| format!("×\u{a0}{}", item.quantity));
    size.into_iter().chain(item.colour.clone()).chain(count).collect::<Vec<_>>().join(" · ")
}

/// What all pieces of it cost.
pub(super) fn sum(item: &ReservedItem) -> Option<Money> {
    let price = item.price.as_ref()?;
    let amount = price.amount.checked_mul(i64::from(item.quantity))?;
    Some(Money { amount, currency: price.currency.clone() })
}

fn go(letter: &Letter) -> Markup {
    html! {
        @if let Some(link) = &letter.link {
            tr { td.pad style="padding:20px 32px 8px" {
                a.go href=(link) style="display:inline-block;background:#1d1b1a;color:#ffffff;font-size:16px;font-weight:600;line-height:1.2;padding:14px 24px;border-radius:999px;text-decoration:none" { (letter.go) }
            } }
        }
    }
}

fn whereto(place: &Place, words: Words) -> Markup {
    html! {
        tr { td.pad style="padding:20px 32px 24px" {
            h2.soft style={ "margin:0 0 8px;font-size:13px;font-weight:600;letter-spacing:.04em;text-transform:uppercase;" (SOFT) } { (words.say("Le magasin", "The store")) }
            p.ink style={ "margin:0;font-size:15px;line-height:1.5;" (INK) } {
                strong style="font-weight:600" { (place.name) } br; (place.address)
                @if let Some(phone) = &place.phone {
                    br; a.ink href={ "tel:" (phone.replace(' ', "")) } style=(INK) { (phone) }
                }
            }
            @if !place.hours.is_empty() {
                table role="presentation" cellpadding="0" cellspacing="0" style="margin-top:12px" {
                    @for (day, hours) in &place.hours {
                        tr {
                            td.soft valign="top" style={ "padding:2px 16px 2px 0;font-size:14px;" (SOFT) } { (day) }
                            td.ink valign="top" style={ "padding:2px 0;font-size:14px;" (INK) } { (hours) }
                        }
                    }
                }
            }
        } }
    }
}

fn foot(letter: &Letter) -> Markup {
    html! {
        tr { td.pad.rule style="padding:18px 32px 24px;border-top:1px solid #e4dfd9" {
            p.soft style={ "margin:0;font-size:13px;line-height:1.5;" (SOFT) } {
                (letter.why)
                @if let Some((label, link)) = &letter.stop { " " a.soft href=(link) style=(SOFT) { (label) } }
            }
        } }
    }
}
