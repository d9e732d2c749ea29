//! What a network looks like to storefronts, in memory and ready to send.
//!
//! A request for stores costs no query and no serialisation: each store's JSON is written once, when
//! the network is loaded, and spliced into answers.

mod bits;
mod build;
mod filter;
mod nearest;
mod open;
pub(crate) mod places;
mod search;
mod text;
mod tree;

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::{Mutex, OnceLock},
};

use devanture_api::store::Store;
use devanture_domain::{
    appointment::AppointmentRules,
    civil::UtcMs,
    geo::LatLng,
    hours::Schedule,
    reservation::ReservationRules,
    review::{About, Criterion, ReviewRules},
};
use devanture_storage::{Label, LabelKind};
use serde::de::DeserializeOwned;

use crate::zone::NamedZone;

pub(crate) use bits::BitSet;
pub(crate) use filter::Filter;
pub(crate) use nearest::Found;
pub(crate) use search::SearchIndex;
pub(crate) use text::fold;

/// One tenant's stores as they are at a revision and on a day.
#[derive(Debug)]
pub(crate) struct Network {
    pub(crate) revision: i64,
    /// When the first of the stores with dated content begins another day.
    pub(crate) expires_at: UtcMs,
    entries: Vec<Entry>,
    /// All stores' JSON, neighbours mostly next to each other: they are answered together, and reading
    /// memory in order is quicker.
    json: Box<str>,
    /// Where in it each store's is, without the closing brace, so that a distance can follow.
    json_at: Vec<Range<u32>>,
    by_code: HashMap<Box<str>, u32>,
    nearest: nearest::NearestIndex,
    calendars: Vec<open::Calendar>,
    /// Position in `calendars` of each store.
    calendar_of: Vec<u32>,
    open_now: open::OpenNow,
    services: BTreeMap<Box<str>, BitSet>,
    brands: BTreeMap<Box<str>, BitSet>,
    towns: text::Towns,
    labels: Vec<Label>,
    search: Mutex<Option<SearchIndex>>,
    reservation_rules: ReservationRules,
    review_rules: ReviewRules,
    /// Codes of the places whose stock can be sent.
    warehouses: Vec<String>,
    places: OnceLock<places::Places>,
}

/// One store.
#[derive(Debug)]
struct Entry {
    code: Box<str>,
    /// Name and address, folded, for typed searches.
    words: Box<str>,
    rules: Option<AppointmentRules>,
    /// Whether it sends pieces home.
    ships: bool,
}

impl Network {
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn find(&self, code: &str) -> Option<u32> {
        self.by_code.get(code).copied()
    }

    pub(crate) fn code(&self, index: u32) -> &str {
        &self.entries[index as usize].code
    }

    /// The first store whose code is not before `code`; where a page goes on after it went away.
    pub(crate) fn position(&self, code: &str) -> u32 {
        u32::try_from(self.entries.partition_point(|entry| *entry.code < *code)).unwrap_or(u32::MAX)
    }

    pub(crate) fn location(&self, index: u32) -> LatLng {
        self.nearest.location(index)
    }

    pub(crate) fn rules(&self, index: u32) -> Option<AppointmentRules> {
        self.entries[index as usize].rules
    }

    pub(crate) fn ships(&self, index: u32) -> bool {
        self.entries[index as usize].ships
    }

    pub(crate) fn reservation_rules(&self) -> &ReservationRules {
        &self.reservation_rules
    }

    pub(crate) fn review_rules(&self) -> &ReviewRules {
        &self.review_rules
    }

    /// What is scored, with its names in `locale`.
    pub(crate) fn criteria(&self, about: About, locale: &str) -> Vec<(Criterion, String)> {
        let names = self.named(LabelKind::Criterion, locale);
        let name = |code: &str| names.iter().find(|label| label.code == code).map(|label| label.name.clone());
        let asked = self.review_rules.criteria(about).iter();
        asked.map(|one| (one.clone(), name(&one.code).unwrap_or_else(|| one.code.clone()))).collect()
    }

    pub(crate) fn is_warehouse(&self, code: &str) -> bool {
        self.warehouses.iter().any(|known| known == code)
    }

    pub(crate) fn hours(&self, index: u32) -> &Schedule {
        &self.calendar(index).hours
    }

    pub(crate) fn zone(&self, index: u32) -> &NamedZone {
        &self.calendar(index).zone
    }

    pub(crate) fn zone_name(&self, index: u32) -> &str {
        &self.calendar(index).zone_name
    }

    fn calendar(&self, index: u32) -> &open::Calendar {
        &self.calendars[self.calendar_of[index as usize] as usize]
    }

    /// The whole store, read back from its JSON: for pages, not for lists.
    pub(crate) fn store(&self, index: u32) -> Option<Store> {
        self.read_json(index)
    }

    /// Read back from its JSON: for a word or two, not for lists.
    pub(crate) fn name(&self, index: u32) -> Option<String> {
        #[derive(serde::Deserialize)]
        struct Named {
            name: String,
        }
        self.read_json(index).map(|Named { name }| name)
    }

    fn read_json<T: DeserializeOwned>(&self, index: u32) -> Option<T> {
        serde_json::from_str(&format!("{}}}", self.json(index))).ok()
    }

    fn json(&self, index: u32) -> &str {
        let Range { start, end } = self.json_at[index as usize];
        &self.json[start as usize..end as usize]
    }

    /// How long these stores' JSON is. Looks at each one's beginning, so that the memory in which they lie is on its way
    /// for all of them at once when they are copied one after the other.
    pub(crate) fn json_len(&self, found: &[Found]) -> usize {
        found.iter().map(|one| std::hint::black_box(self.json(one.index)).len()).sum()
    }

    /// Appends the store's JSON, with a distance in whole metres if there is one.
    pub(crate) fn write_json(&self, index: u32, distance_m: Option<f64>, out: &mut Vec<u8>) {
        out.extend_from_slice(self.json(index).as_bytes());
        if let Some(distance_m) = distance_m {
            out.extend_from_slice(b",\"distance_m\":");
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "half the circumference of the Earth fits"
            )]
            let whole = distance_m.round() as u32;
            out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
        }
        out.push(b'}');
    }

    /// One page of the stores in `keep` (all of them if absent), nearest to `origin` first, from
    /// `first` on.
    pub(crate) fn nearest(
        &self,
        origin: LatLng,
        first: Option<Found>,
        limit: usize,
        keep: Option<&BitSet>,
    ) -> (Vec<Found>, bool) {
        self.nearest.page(origin, first, limit, keep)
    }

    /// How far one store is.
    pub(crate) fn found(&self, origin: LatLng, index: u32) -> Found {
        self.nearest.found(origin, index)
    }

    /// Codes of the services or brands that stores have, with their names in `locale`, else in its
    /// language, else in any, else the code itself.
    pub(crate) fn labels(&self, kind: LabelKind, locale: &str) -> Vec<devanture_api::site::Label> {
        let used = match kind {
            LabelKind::Service => &self.services,
            LabelKind::Brand => &self.brands,
            LabelKind::Subject | LabelKind::Criterion => return self.named(kind, locale),
        };
        let mut out = self.named(kind, locale);
        out.retain(|label| used.contains_key(label.code.as_str()));
        for code in used.keys() {
            if !out.iter().any(|label| *label.code == **code) {
                out.push(devanture_api::site::Label { code: code.to_string(), name: code.to_string() });
            }
        }
        out
    }

    /// The languages that there are names in.
    pub(crate) fn languages(&self) -> Vec<String> {
        let mut all: Vec<String> = self.labels.iter().map(|label| language(&label.locale)).collect();
        all.sort();
        all.dedup();
        all
    }

    fn named(&self, kind: LabelKind, locale: &str) -> Vec<devanture_api::site::Label> {
        let fit = |label: &Label| {
            u8::from(language(&label.locale) == language(locale)) + u8::from(label.locale == locale)
        };
        let mut best: Vec<&Label> = Vec::new();
        for label in self.labels.iter().filter(|label| label.kind == kind) {
            match best.iter_mut().find(|known| known.code == label.code) {
                Some(known) if fit(label) > fit(known) => *known = label,
                Some(_) => {}
                None => best.push(label),
            }
        }
        best.iter()
            .map(|label| devanture_api::site::Label { code: label.code.clone(), name: label.name.clone() })
            .collect()
    }
}

/// `fr` of `fr-BE`.
pub(crate) fn language(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}
