//! A size chart as it is being filled in, and what is wrong with it. What a chart may say is decided by the domain; here it is said at
//! the field that it is about.

use devanture_api::staff_size::KeptSizeChart;
use devanture_domain::size::{Chart, ChartError, Dimension, Range, Row, parse_range};

use super::is_same;
use crate::api::Failure;

/// So many empty rows a new chart begins with.
const BEGIN: usize = 4;
/// What is pasted ends here: one more than a chart may have, which is then said.
const MAX_LINES: usize = 61;

/// A row as typed: the size, then from and to of each dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub size: String,
    pub cells: Vec<[String; 2]>,
}

impl Line {
    fn of(dimensions: usize) -> Self {
        Self { size: String::new(), cells: vec![<[String; 2]>::default(); dimensions] }
    }

    fn is_empty(&self) -> bool {
        self.size.trim().is_empty() && self.cells.iter().flatten().all(|text| text.trim().is_empty())
    }
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The id of the field.
    pub field: String,
    /// Below which row it is said.
    pub row: Option<usize>,
    /// Of its text.
    pub key: &'static str,
    pub of: Option<Dimension>,
    /// What stands for `{a}` and `{b}` there.
    pub with: [String; 2],
}

/// What is done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    Add,
    Up(usize),
    Remove(usize),
}

/// The form.
#[derive(Debug)]
pub(crate) struct Draft {
    /// As the server had it; none for a new one.
    pub was: Option<KeptSizeChart>,
    /// Brand and category.
    pub names: [String; 2],
    pub dimensions: Vec<Dimension>,
    pub lines: Vec<Line>,
    pub wrong: Vec<Wrong>,
    /// Whether it was to be saved once: from then on what is wrong is said while it is put right.
    pub tried: bool,
    pub touched: bool,
    pub saving: bool,
    pub failure: Option<Failure>,
}

impl Draft {
    /// A form with what there is, or empty. `comma` is how the language writes half centimetres.
    pub(crate) fn of(chart: Option<&KeptSizeChart>, comma: bool) -> Self {
        let mut draft = Self {
            was: chart.cloned(),
            names: <[String; 2]>::default(),
            dimensions: vec![Dimension::Chest, Dimension::Waist, Dimension::Hip],
            lines: vec![Line::of(3); BEGIN],
            wrong: Vec::new(),
            tried: false,
            touched: false,
            saving: false,
            failure: None,
        };
        let Some(chart) = chart else { return draft };
        draft.names = [&chart.brand, &chart.category].map(|name| name.clone().unwrap_or_default());
        let has =
            |name: &str| chart.rows.iter().flat_map(|row| &row.body).any(|range| range.dimension == name);
        let used = Dimension::ALL.iter().filter(|(_, name)| has(name)).map(|(of, _)| *of);
        draft.dimensions = used.collect();
        let lines = chart.rows.iter().map(|row| {
            let cell = |of: &Dimension| {
                let range = row.body.iter().find(|range| range.dimension == of.name());
                range.map_or_else(Default::default, |range| {
                    let to =
                        if range.to_mm == range.from_mm { String::new() } else { cm(range.to_mm, comma) };
                    [cm(range.from_mm, comma), to]
                })
            };
            Line { size: row.size.clone(), cells: draft.dimensions.iter().map(cell).collect() }
        });
        draft.lines = lines.collect();
        draft
    }

    /// The same sizes for something else.
    pub(crate) fn copy(&mut self) {
        self.was = None;
        self.names[1].clear();
        self.touched = true;
    }

    /// Takes what was typed into a field, by its name: `r.1.2.0` is from where the third dimension of the second row goes.
    pub(crate) fn typed(&mut self, name: &str, value: String) {
        let Some(text) = self.text_mut(name) else { return };
        *text = value;
        self.changed();
    }

    fn text_mut(&mut self, name: &str) -> Option<&mut String> {
        let (at, cell) = place(name)?;
        if name.starts_with("n.") {
            return self.names.get_mut(at);
        }
        let line = self.lines.get_mut(at)?;
        match cell {
            Some((column, end)) => line.cells.get_mut(column)?.get_mut(end),
            None => Some(&mut line.size),
        }
    }

    /// One more row, one less, or a row above the one before it; which row it is about then.
    pub(crate) fn lines(&mut self, change: Move) -> usize {
        let at = match change {
            Move::Add => {
                self.lines.push(Line::of(self.dimensions.len()));
                self.lines.len() - 1
            }
            Move::Up(at) if at > 0 && at < self.lines.len() => {
                self.lines.swap(at, at - 1);
                at - 1
            }
            Move::Remove(at) if at < self.lines.len() => {
                self.lines.remove(at);
                at.min(self.lines.len().saturating_sub(1))
            }
            Move::Up(at) | Move::Remove(at) => at,
        };
        self.changed();
        at
    }

    /// Adds a dimension, in the order of all, or takes it out with what is written there.
    pub(crate) fn toggle(&mut self, of: Dimension) {
        match self.dimensions.binary_search(&of) {
            Ok(column) => {
                self.dimensions.remove(column);
                self.lines.iter_mut().for_each(|line| drop(line.cells.remove(column)));
            }
            Err(column) => {
                self.dimensions.insert(column, of);
                self.lines.iter_mut().for_each(|line| line.cells.insert(column, <[String; 2]>::default()));
            }
        }
        self.changed();
    }

    /// Spreads the cells of a spreadsheet over the table, from the field of this name on. `84-88` in one cell is from and to.
    pub(crate) fn paste(&mut self, name: &str, text: &str) {
        let Some((row, cell)) = place(name) else { return };
        // The size is the first, from and to of each dimension follow.
        let first = cell.map_or(0, |(column, end)| 1 + 2 * column + end);
        for (down, cells) in text.trim_end_matches(['\r', '\n']).lines().enumerate() {
            let row = row + down;
            if row >= MAX_LINES {
                break;
            }
            while self.lines.len() <= row {
                self.lines.push(Line::of(self.dimensions.len()));
            }
            let line = &mut self.lines[row];
            let mut at = first;
            for cell in cells.split('\t').map(str::trim) {
                let range = cell.split_once(['-', '–']).filter(|(from, _)| at % 2 == 1 && !from.is_empty());
                match (at.checked_sub(1), range) {
                    (None, _) => cell.clone_into(&mut line.size),
                    (Some(place), Some((from, to))) => {
                        if let Some(known) = line.cells.get_mut(place / 2) {
                            *known = [from.trim().to_owned(), to.trim().to_owned()];
                        }
                        at += 1;
                    }
                    (Some(place), None) => {
                        if let Some(known) = line.cells.get_mut(place / 2) {
                            cell.clone_into(&mut known[place % 2]);
                        }
                    }
                }
                at += 1;
            }
        }
        self.changed();
    }

    fn changed(&mut self) {
        self.touched = true;
        if self.tried {
            self.wrong = self.checked(&[]).err().unwrap_or_default();
        }
    }

    /// The chart to send, or what is wrong. `known` are the charts that there are.
    pub(crate) fn checked(&self, known: &[KeptSizeChart]) -> Result<KeptSizeChart, Vec<Wrong>> {
        let mut wrong = Vec::new();
        // Rows that nothing is written in are none.
        let rows: Vec<usize> = (0..self.lines.len()).filter(|row| !self.lines[*row].is_empty()).collect();
        let read = rows.iter().map(|row| self.row(*row, &mut wrong)).collect();
        let [brand, category] =
            self.names.clone().map(|name| Some(name.trim().to_owned()).filter(|name| !name.is_empty()));
        // For one that is new there must be none.
        let revision = Some(self.was.as_ref().and_then(|was| was.revision).unwrap_or(0));
        let chart = match Chart::checked(read) {
            Ok(chart) => KeptSizeChart::new(brand, category, &chart, revision),
            Err(found) => {
                for error in &found {
                    self.say(error, &rows, &mut wrong);
                }
                KeptSizeChart { brand, category, rows: Vec::new(), revision }
            }
        };
        if self.was.is_none() && known.iter().any(|one| is_same(one, &chart)) {
            wrong.push(said("sc-0", None, "sc.wrong.exists"));
        }
        // By fields from above, so that the first is the first to be seen.
        wrong.sort_by_key(|one| (one.row.map_or(0, |row| row + 1), one.field.clone()));
        if wrong.is_empty() { Ok(chart) } else { Err(wrong) }
    }

    /// A row, as far as it can be read.
    fn row(&self, row: usize, wrong: &mut Vec<Wrong>) -> Row {
        let line = &self.lines[row];
        let mut ranges = Vec::new();
        for (column, of) in self.dimensions.iter().enumerate() {
            let [from, to] = &line.cells[column];
            if from.trim().is_empty() && to.trim().is_empty() {
                continue;
            }
            // Charts that name one number have it once.
            let to = if to.trim().is_empty() { from } else { to };
            let mut read = [from, to].into_iter().enumerate().map(|(end, text)| {
                let found = centimetres(text, *of);
                if let Err(key) = found {
                    let (least, most) = of.bounds();
                    let with = [least, most].map(|mm| (mm / 10).to_string());
                    let field = cell_id(row, column, end);
                    push(wrong, Wrong { of: Some(*of), with, ..said(&field, Some(row), key) });
                }
                found.ok()
            });
            let (from, to) = (read.next().flatten(), read.next().flatten());
            if let (Some(from), Some(to)) = (from, to) {
                if from > to {
                    let field = cell_id(row, column, 1);
                    push(wrong, Wrong { of: Some(*of), ..said(&field, Some(row), "sc.wrong.upwards") });
                }
                ranges.push(Range { dimension: *of, from, to });
            }
        }
        Row { label: line.size.trim().to_owned(), ranges }
    }

    /// Says what the domain finds at the fields that it is about. It names rows by their labels.
    fn say(&self, error: &ChartError, rows: &[usize], wrong: &mut Vec<Wrong>) {
        let label = |row: usize| self.lines[row].size.trim();
        let (key, a, b, of) = match error {
            // What could not be read is no measurement, but not because there is none.
            ChartError::Empty if !wrong.is_empty() => return,
            ChartError::Empty => return push(wrong, said(&size_id(0), Some(0), "sc.wrong.empty")),
            ChartError::TooMany => return push(wrong, said("form", None, "sc.wrong.many")),
            ChartError::NoSize(size) if size.is_empty() => ("sc.wrong.no_label", size, size, None),
            ChartError::NoSize(size) => ("sc.wrong.no_size", size, size, None),
            ChartError::Twice(size) => ("sc.wrong.twice", size, size, None),
            ChartError::Missing(size, of) => ("sc.wrong.missing", size, size, Some(*of)),
            // From above to is said already, and so is what nobody measures.
            ChartError::Unlikely(..) => return,
            ChartError::Gap(a, b, of) => ("sc.wrong.gap", a, b, Some(*of)),
            ChartError::Overlap(a, b, of) => ("sc.wrong.overlap", a, b, Some(*of)),
            ChartError::Order(a, b, of) => ("sc.wrong.order", a, b, Some(*of)),
        };
        let neighbours = a != b;
        // Neighbours are compared where all of a dimension could be read.
        if neighbours && wrong.iter().any(|one| one.of == of && !is_between(one.key)) {
            return;
        }
        let column = of.and_then(|of| self.dimensions.binary_search(&of).ok());
        for (place, row) in rows.iter().copied().enumerate() {
            let before = &rows[..place];
            let here = match error {
                ChartError::Twice(_) => {
                    label(row) == b && before.iter().any(|other| label(*other).eq_ignore_ascii_case(b))
                }
                ChartError::NoSize(_) => {
                    label(row).is_empty() == b.is_empty() && label(row).starts_with(b.as_str())
                }
                ChartError::Missing(..) => {
                    let cell = column.and_then(|column| self.lines[row].cells.get(column));
                    label(row) == b
                        && cell.is_some_and(|[from, to]| from.trim().is_empty() && to.trim().is_empty())
                }
                _ => label(row) == b && before.last().is_some_and(|last| label(*last) == a),
            };
            if here {
                let field = column.map_or_else(|| size_id(row), |column| cell_id(row, column, 0));
                push(wrong, Wrong { of, with: [a.clone(), b.clone()], ..said(&field, Some(row), key) });
            }
        }
    }
}

/// The numbers in a field's name: row, and column and end where it is a measurement's.
fn place(name: &str) -> Option<(usize, Option<(usize, usize)>)> {
    let (_, numbers) = name.split_once('.')?;
    let mut numbers = numbers.split('.').map_while(|number| number.parse().ok());
    Some((numbers.next()?, numbers.next().zip(numbers.next())))
}

fn is_between(key: &str) -> bool {
    matches!(key, "sc.wrong.gap" | "sc.wrong.overlap" | "sc.wrong.order")
}

/// Of each field the first thing that is wrong.
fn push(wrong: &mut Vec<Wrong>, one: Wrong) {
    if !wrong.iter().any(|known| known.field == one.field) {
        wrong.push(one);
    }
}

pub(crate) fn said(field: &str, row: Option<usize>, key: &'static str) -> Wrong {
    Wrong { field: field.to_owned(), row, key, of: None, with: <[String; 2]>::default() }
}

/// Millimetres; or the key of what is wrong.
fn centimetres(text: &str, of: Dimension) -> Result<u16, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("sc.wrong.from");
    }
    if text.starts_with(['-', '−']) {
        return Err("sc.wrong.bounds");
    }
    match parse_range(text) {
        Some((mm, _)) if text.contains(['-', '–', '/']) || !of.allows(mm) => {
            Err(if of.allows(mm) { "sc.wrong.number" } else { "sc.wrong.bounds" })
        }
        Some((mm, _)) => Ok(mm),
        None if text.len() > 3 && text.bytes().all(|byte| byte.is_ascii_digit()) => Err("sc.wrong.bounds"),
        None => Err("sc.wrong.number"),
    }
}

/// As it is written in a field.
pub(crate) fn cm(mm: u16, comma: bool) -> String {
    match mm % 10 {
        0 => (mm / 10).to_string(),
        tenth => format!("{}{}{tenth}", mm / 10, if comma { ',' } else { '.' }),
    }
}

/// The id of the field of a size.
pub(crate) fn size_id(row: usize) -> String {
    format!("c-{row}")
}

/// The id of a measurement's field: 0 is from, 1 is to.
pub(crate) fn cell_id(row: usize, column: usize, end: usize) -> String {
    format!("c-{row}-{column}-{end}")
}

#[cfg(test)]
mod tests;
