//! Writing an index.

use std::{cmp::Ordering, collections::BTreeMap};

use devanture_domain::geo::LatLng;

use crate::{
    fold,
    geo::flat_km,
    places::FAR_KM,
    wire::{HAS_RANKS, MAGIC, MAX_STORES, NUMBER, SCALES, VERSION, write},
};

/// One store, or one postcode of a town in a gazetteer.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The retailer's own code.
    pub code: &'a str,
    /// As shown; empty when the entry only stands for its town.
    pub name: &'a str,
    /// Town, as in the address.
    pub town: &'a str,
    /// State, province or department; empty where there is none.
    pub region: &'a str,
    /// Postcode; empty when unknown.
    pub postcode: &'a str,
    /// ISO 3166-1 alpha-2.
    pub country: &'a str,
    /// Position.
    pub location: LatLng,
    /// 0 for a store. Otherwise weighs like twice the logarithm to base two of a number of stores.
    pub rank: u8,
}

/// How an index is written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Most decimals kept of a coordinate, 2 to 6. 5 is about a metre, 4 about ten. Fewer are written
    /// when they say the same.
    pub decimals: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self { decimals: 5 }
    }
}

/// Why an index could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// More than 2^28 entries, or 4 GB of text.
    TooLarge,
}

impl core::fmt::Display for EncodeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("too many stores for one index")
    }
}

impl core::error::Error for EncodeError {}

/// Writes an index with the default [`Options`]. The order of `stores` does not matter: the same stores
/// give the same bytes.
pub fn encode<'a>(stores: impl IntoIterator<Item = Entry<'a>>) -> Result<Vec<u8>, EncodeError> {
    encode_with(stores, Options::default())
}

/// Writes an index.
pub fn encode_with<'a>(
    stores: impl IntoIterator<Item = Entry<'a>>,
    options: Options,
) -> Result<Vec<u8>, EncodeError> {
    let mut stores: Vec<Sorted<'a>> =
        stores.into_iter().map(|entry| Sorted { town: folded(entry.town), cluster: 0, entry }).collect();
    if stores.len() > MAX_STORES {
        return Err(EncodeError::TooLarge);
    }
    stores.sort_by(Sorted::order);
    cluster(&mut stores);
    stores.sort_by(Sorted::order);
    let stores: Vec<Entry<'a>> = stores.into_iter().map(|sorted| sorted.entry).collect();
    let groups = Groups::of(&stores);
    let scale = decimals(&stores, options.decimals.clamp(*SCALES.start(), *SCALES.end()));
    let ranked = stores.iter().any(|s| s.rank != 0);

    let mut out = Vec::new();
    out.extend(MAGIC);
    out.extend([VERSION, scale, if ranked { HAS_RANKS } else { 0 }]);
    for count in [stores.len(), groups.towns.len(), groups.areas.len()] {
        write::number(&mut out, size(count)?);
    }
    section(&mut out, groups.areas.join("\n").as_bytes())?;
    section(&mut out, &numbers(&groups.towns_per_area))?;
    section(&mut out, groups.towns.join("\n").as_bytes())?;
    section(&mut out, &numbers(&groups.stores_per_town))?;
    section(&mut out, lines(stores.iter().map(|s| s.name)).as_bytes())?;
    section(&mut out, lines(stores.iter().map(|s| s.postcode)).as_bytes())?;
    codes(&mut out, &stores)?;
    section(&mut out, &coordinates(stores.iter().map(|s| s.location.lat()), scale))?;
    section(&mut out, &coordinates(stores.iter().map(|s| s.location.lng()), scale))?;
    if ranked {
        section(&mut out, &stores.iter().map(|s| s.rank).collect::<Vec<u8>>())?;
    }
    Ok(out)
}

/// A store and what it is sorted by.
struct Sorted<'a> {
    town: String,
    /// Tells towns of the same name and region apart.
    cluster: u32,
    entry: Entry<'a>,
}

impl Sorted<'_> {
    fn town(&self) -> (&str, &str, &str) {
        (self.entry.country, self.entry.region, &self.town)
    }

    /// Towns together and within them postcodes ascending: the columns then differ little from row to row.
    fn order(a: &Self, b: &Self) -> Ordering {
        let key = |s: &Self| (s.entry.location.lat(), s.entry.location.lng());
        a.town()
            .cmp(&b.town())
            .then_with(|| a.cluster.cmp(&b.cluster))
            .then_with(|| a.entry.town.cmp(b.entry.town))
            .then_with(|| a.entry.postcode.cmp(b.entry.postcode))
            .then_with(|| a.entry.code.cmp(b.entry.code))
            .then_with(|| a.entry.name.cmp(b.entry.name))
            .then_with(|| key(a).partial_cmp(&key(b)).unwrap_or(Ordering::Equal))
    }
}

/// Numbers the towns of equal name: each store joins the first one that it is near to. Half of what the decoder
/// takes for far, so that two of one cluster never are.
fn cluster(stores: &mut [Sorted<'_>]) {
    for same in stores.chunk_by_mut(|a, b| a.town() == b.town()) {
        let mut leaders: Vec<LatLng> = Vec::new();
        for store in same {
            let at = store.entry.location;
            let near = leaders.iter().position(|&leader| flat_km(leader, at) < FAR_KM * 0.45);
            store.cluster = near.unwrap_or(leaders.len()) as u32;
            if near.is_none() {
                leaders.push(at);
            }
        }
    }
}

fn folded(text: &str) -> String {
    let mut out = Vec::new();
    fold::words(text, &mut |word| {
        out.extend(word);
        out.push(b' ');
    });
    String::from_utf8_lossy(&out).into_owned()
}

/// Runs of equal areas and towns in the sorted stores.
#[derive(Default)]
struct Groups {
    areas: Vec<String>,
    towns_per_area: Vec<u32>,
    towns: Vec<String>,
    stores_per_town: Vec<u32>,
}

impl Groups {
    fn of(stores: &[Entry<'_>]) -> Self {
        let mut groups = Self::default();
        let mut last: Option<&Entry<'_>> = None;
        for store in stores {
            let same_area = last.is_some_and(|l| (l.country, l.region) == (store.country, store.region));
            if !same_area {
                groups.areas.push(clean(store.country).replace('\t', " ") + "\t" + &clean(store.region));
                groups.towns_per_area.push(0);
            }
            if !same_area || last.is_some_and(|l| l.town != store.town) {
                groups.towns.push(clean(store.town));
                groups.stores_per_town.push(0);
                *groups.towns_per_area.last_mut().expect("an area was pushed") += 1;
            }
            *groups.stores_per_town.last_mut().expect("a town was pushed") += 1;
            last = Some(store);
        }
        groups
    }
}

/// Lines hold no control characters, which also keeps [`NUMBER`] free.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn lines<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.map(clean).collect::<Vec<_>>().join("\n")
}

fn size(count: usize) -> Result<u32, EncodeError> {
    u32::try_from(count).map_err(|_| EncodeError::TooLarge)
}

fn section(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), EncodeError> {
    write::number(out, size(bytes.len())?);
    out.extend(bytes);
    Ok(())
}

fn numbers(values: &[u32]) -> Vec<u8> {
    let mut out = Vec::new();
    for &value in values {
        write::number(&mut out, value);
    }
    out
}

/// The fewest decimals, up to `most`, that say what `most` would.
fn decimals(stores: &[Entry<'_>], most: u8) -> u8 {
    let same = |scale: u8| {
        let spare = 10i32.pow(u32::from(most - scale));
        stores
            .iter()
            .all(|s| fixed(s.location.lat(), most) % spare == 0 && fixed(s.location.lng(), most) % spare == 0)
    };
    (*SCALES.start()..most).find(|&scale| same(scale)).unwrap_or(most)
}

fn fixed(degrees: f64, scale: u8) -> i32 {
    (degrees * 10f64.powi(i32::from(scale))).round() as i32
}

fn coordinates(degrees: impl Iterator<Item = f64>, scale: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut last = 0;
    for value in degrees {
        let value = fixed(value, scale);
        write::signed(&mut out, value - last);
        last = value;
    }
    out
}

/// Codes as templates and numbers: `47370-257954` is template `#-#` with 47370 and 257954.
fn codes(out: &mut Vec<u8>, stores: &[Entry<'_>]) -> Result<(), EncodeError> {
    let parted: Vec<(String, Vec<u32>)> = stores.iter().map(|s| part(&clean(s.code))).collect();
    let mut known: BTreeMap<&str, u32> = BTreeMap::new();
    let mut templates = Vec::new();
    let mut chosen = Vec::new();
    let mut last = 0;
    for (template, _) in &parted {
        let id = *known.entry(template).or_insert_with(|| {
            templates.push(template.as_str());
            templates.len() as u32 - 1
        });
        write::signed(&mut chosen, id.cast_signed() - last);
        last = id.cast_signed();
    }
    let widest = parted.iter().map(|(_, numbers)| numbers.len()).max().unwrap_or(0);
    let ordered: Vec<u32> =
        (0..widest).flat_map(|slot| parted.iter().filter_map(move |(_, n)| n.get(slot).copied())).collect();
    section(out, templates.join("\n").as_bytes())?;
    write::number(out, size(templates.len())?);
    section(out, &chosen)?;
    let planes: Vec<u8> =
        [24, 16, 8, 0].iter().flat_map(|shift| ordered.iter().map(move |n| (n >> shift) as u8)).collect();
    section(out, &planes)
}

/// Leading zeros stay in the template, so that a number has one spelling.
fn part(code: &str) -> (String, Vec<u32>) {
    let mut template = String::new();
    let mut numbers = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).take(9).count();
        if digits > 0 && c != '0' {
            let (number, after) = rest.split_at(digits);
            // A tenth digit would run into the number before it.
            template.push(NUMBER);
            numbers.push(number.parse().unwrap_or(0));
            rest = after;
        } else {
            template.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (template, numbers)
}
