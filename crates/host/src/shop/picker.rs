//! A size selector: a list, radio buttons, or swatches.

use std::cell::Cell;

use wasm_bindgen::JsValue;

use super::{dom, groups, rules::Rules, variants};

/// One of its sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As shown.
    pub label: String,
    /// Whether the host says that it can be bought.
    pub is_left: bool,
    /// Whether it is chosen now.
    pub is_chosen: bool,
}

/// Why a size was not chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChooseError {
    /// The selector has gone meanwhile.
    Gone,
    /// It has no such size, or it cannot be bought.
    NotThere,
    /// The host has chosen something else.
    Refused,
}

/// The controls of a group.
pub(super) enum Choices {
    /// A `select`.
    Select(JsValue),
    /// Radio buttons, with their places within the group.
    Radios(Vec<JsValue>),
    /// Elements that are clicked.
    Swatches(Vec<JsValue>),
}

/// The product's size selector.
pub struct Picker {
    pub(super) group: JsValue,
    choices: Choices,
}

const SWATCHES: &str = ".swatch-option, [role='radio'], button[aria-pressed], button[aria-checked]";

thread_local! {
    /// A click of ours is on its way through the page: the `change` of a radio button that follows upon it counts as trusted.
    static CLICKING: Cell<bool> = const { Cell::new(false) };
}

pub(super) fn is_clicking() -> bool {
    CLICKING.get()
}

impl Choices {
    fn of(group: &JsValue) -> Option<Self> {
        let select = if dom::is(group, "select") { Some(group.clone()) } else { dom::find(group, "select") };
        // Magento keeps a hidden list beside its swatches.
        let swatches = dom::all(group, SWATCHES);
        if !swatches.is_empty() {
            return Some(Self::Swatches(swatches));
        }
        if let Some(select) = select {
            return Some(Self::Select(select));
        }
        let radios = dom::all(group, "input[type='radio']");
        (!radios.is_empty()).then_some(Self::Radios(radios))
    }

    /// The controls: options, radio buttons, or what is clicked.
    fn controls(&self) -> Vec<JsValue> {
        match self {
            Self::Select(select) => dom::items(&dom::get(select, "options")),
            Self::Radios(all) | Self::Swatches(all) => all.clone(),
        }
    }

    /// What each says; one without a text, such as the invitation to choose, is left out when `value` is empty.
    /// Of those that can be bought `left` has the values, where the page lists them.
    pub(super) fn read(&self, left: Option<&[String]>) -> Vec<Choice> {
        let of = |control: &JsValue| {
            let (label, is_chosen, is_off) = match self {
                Self::Select(_) => {
                    let (label, sold_out) = option(control)?;
                    let is_off = dom::get(control, "disabled").is_truthy() || sold_out;
                    (label, dom::get(control, "selected").is_truthy(), is_off)
                }
                Self::Radios(_) => radio(control)?,
                Self::Swatches(_) => swatch(control)?,
            };
            let value = left.and_then(|left| Some((left, dom::text(control, "value")?)));
            let is_gone = value.is_some_and(|(left, value)| !left.contains(&value));
            Some(Choice { label, is_left: !is_off && !is_gone, is_chosen })
        };
        self.controls().iter().filter_map(of).collect()
    }
}

type Said = (String, bool, bool);

/// What an option says, and whether it says that it is sold out: Dawn writes `40 - Unavailable` for the value `40`.
fn option(control: &JsValue) -> Option<(String, bool)> {
    let (value, text) = (dom::text(control, "value")?, dom::text(control, "text")?);
    let sold_out = text.strip_prefix(&*value).and_then(|rest| rest.strip_prefix(" - "));
    Some(match sold_out {
        Some(rest) if !rest.starts_with(|sign: char| sign.is_ascii_digit()) => (value, true),
        _ => (text, false),
    })
}

const OFF: &str = ".disabled, .unavailable, .sold-out, .out-of-stock, [aria-disabled='true']";

fn radio(input: &JsValue) -> Option<Said> {
    let labels = dom::items(&dom::get(input, "labels"));
    let label = labels.first();
    let shown = label.and_then(own_text).or_else(|| dom::attribute(input, "title"));
    let text = shown.or_else(|| dom::attribute(input, "aria-label")).or_else(|| dom::text(input, "value"))?;
    let is_off = dom::get(input, "disabled").is_truthy()
        || dom::is(input, OFF)
        || label.is_some_and(|label| dom::is(label, OFF));
    Some((text, dom::get(input, "checked").is_truthy(), is_off))
}

fn swatch(element: &JsValue) -> Option<Said> {
    let labels =
        ["data-option-label", "option-label", "data-option-tooltip-value", "aria-label", "data-value"];
    let said = labels.iter().find_map(|name| dom::attribute(element, name));
    let text = said.or_else(|| dom::text(element, "textContent"))?;
    let is_on = dom::is(element, ".selected, [aria-checked='true'], [aria-pressed='true']");
    Some((text, is_on, dom::get(element, "disabled").is_truthy() || dom::is(element, OFF)))
}

/// The text that is shown first in a label: what follows in it is for screen readers, or a price.
fn own_text(label: &JsValue) -> Option<String> {
    for node in dom::items(&dom::get(label, "childNodes")) {
        if dom::is(&node, "input, svg, img, .visually-hidden, .sr-only") {
            continue;
        }
        if let Some(text) = dom::text(&node, "textContent") {
            return Some(text);
        }
    }
    dom::attribute(label, "title")
}

impl Picker {
    pub(super) fn find(rules: &Rules, custom: Option<&str>) -> Option<Self> {
        let document = dom::document()?;
        if let Some(selector) = custom {
            let group = dom::find(&document, selector)?;
            return Some(Self { choices: Choices::of(&group)?, group });
        }
        let mut best: Option<(u8, Self)> = None;
        for group in dom::all(&document, rules.groups) {
            // The first one hundred choices of a page that is full of forms.
            let Some(choices) = Choices::of(&group) else { continue };
            let score = groups::score(&group, rules.name, &choices);
            if score > best.as_ref().map_or(0, |(best, _)| *best) {
                best = Some((score, Self { group, choices }));
            }
        }
        best.map(|(_, picker)| picker)
    }

    /// Its sizes.
    pub fn choices(&self) -> Vec<Choice> {
        let left = match &self.choices {
            // Those mark themselves what is not left, and their values are anybody's.
            Choices::Swatches(_) => None,
            _ => variants::left(&self.group),
        };
        self.choices.read(left.as_deref())
    }

    /// Whether it is HTML's own, which keeps what it came with beside what is chosen.
    pub fn is_field(&self) -> bool {
        !matches!(self.choices, Choices::Swatches(_))
    }

    /// Whether something else is chosen than the page came with: by the shopper, or by the browser that remembers.
    pub fn was_changed(&self) -> bool {
        let controls = self.choices.controls();
        let is = |control: &JsValue, name: &str| dom::get(control, name).is_truthy();
        match &self.choices {
            Choices::Select(_) => controls.iter().any(|control| {
                let chosen = is(control, "selected") && dom::text(control, "value").is_some();
                // Where none was marked, the first one is what it came with.
                let first = controls.first().is_some_and(|first| first == control)
                    && !controls.iter().any(|other| is(other, "defaultSelected"));
                chosen && !is(control, "defaultSelected") && !first
            }),
            Choices::Radios(_) => {
                controls.iter().any(|control| is(control, "checked") && !is(control, "defaultChecked"))
            }
            // Nobody's default is marked so before the page's script runs.
            Choices::Swatches(_) => self.choices().iter().any(|choice| choice.is_chosen),
        }
    }

    /// Chooses the size that is written so, as a shopper would.
    pub fn choose(&self, label: &str) -> Result<(), ChooseError> {
        if !dom::is_connected(&self.group) {
            return Err(ChooseError::Gone);
        }
        let said = |control: &JsValue| match &self.choices {
            Choices::Select(_) => dom::text(control, "text"),
            Choices::Radios(_) => radio(control).map(|(text, ..)| text),
            Choices::Swatches(_) => swatch(control).map(|(text, ..)| text),
        };
        let controls = self.choices.controls();
        let at = controls.iter().position(|control| said(control).as_deref() == Some(label));
        let Some((at, control)) = at.and_then(|at| Some((at, controls.get(at)?))) else {
            return Err(ChooseError::NotThere);
        };
        match &self.choices {
            Choices::Select(select) => {
                if dom::get(control, "disabled").is_truthy() {
                    return Err(ChooseError::NotThere);
                }
                dom::set(select, "selectedIndex", &u32::try_from(at).unwrap_or(0).into());
                dom::dispatch(select, "input");
                // The first event's listener may have taken it away.
                if dom::is_connected(select) {
                    dom::dispatch(select, "change");
                }
            }
            Choices::Radios(_) | Choices::Swatches(_) => {
                if dom::get(control, "disabled").is_truthy() {
                    return Err(ChooseError::NotThere);
                }
                CLICKING.set(true);
                dom::call(control, "click", &[]);
                CLICKING.set(false);
            }
        }
        Ok(())
    }
}
