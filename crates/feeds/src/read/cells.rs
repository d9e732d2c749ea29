//! The cells of a row, by field.

use crate::{Field, layout::Layout};

/// The cells of a row.
#[derive(Clone, Debug)]
pub struct Cells {
    cells: Vec<Cell>,
}

#[derive(Clone, Debug)]
struct Cell {
    field: Field,
    text: Option<Result<String, BadCell>>,
    rank: usize,
}

/// A cell that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCell {
    /// As the file calls it; the field's name where it has no such column.
    pub column: String,
    /// Why.
    pub reason: String,
}

impl Cells {
    /// With what the mapping says of all rows, and nothing else yet.
    pub(super) fn new(layout: &Layout) -> Self {
        let cell = |column: &crate::layout::Column| {
            let text = column.rule.value.as_deref().map(|value| column.rule.apply(value));
            let text = text.filter(|text| !text.is_empty()).map(Ok);
            Cell { field: column.field, text, rank: usize::MAX }
        };
        Self { cells: layout.columns.iter().map(cell).collect() }
    }

    /// Fills the cell of the layout's column `at`.
    pub(super) fn set(&mut self, layout: &Layout, at: usize, text: Result<&str, String>) {
        let (Some(cell), Some(column)) = (self.cells.get_mut(at), layout.columns.get(at)) else { return };
        cell.text = Some(match text {
            Ok(text) => Ok(column.rule.apply(text)),
            Err(reason) => Err(BadCell { column: column.shown.clone(), reason }),
        });
    }

    /// Fills the cells that go by this name, unless a better name was there. A name that is there twice with different texts
    /// is an error, but for the category, of which Google allows several.
    pub(super) fn offer(&mut self, layout: &Layout, name: &str, text: &Result<String, String>) {
        for (at, column) in layout.columns.iter().enumerate() {
            let Some(rank) = column.rank(name) else { continue };
            let cell = &self.cells[at];
            if rank > cell.rank {
                continue;
            }
            let text = text.as_deref().map_err(Clone::clone);
            if rank == cell.rank {
                let same = matches!((&cell.text, text.as_deref()), (Some(Ok(known)), Ok(text)) if *known == column.rule.apply(text));
                if same || column.field == Field::Category {
                    continue;
                }
                self.set(layout, at, Err("is there twice".to_owned()));
            } else {
                self.set(layout, at, text);
            }
            self.cells[at].rank = rank;
        }
    }

    /// The field's text, trimmed; `Ok(None)` when the row does not speak of it.
    pub fn get(&self, field: Field) -> Result<Option<&str>, BadCell> {
        match self.cells.iter().find(|cell| cell.field == field).and_then(|cell| cell.text.as_ref()) {
            None => Ok(None),
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(bad)) => Err(bad.clone()),
        }
    }

    /// The field read by `read`; `Ok(None)` when it is empty or the row does not speak of it.
    pub(crate) fn read<T>(
        &self,
        layout: &Layout,
        field: Field,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, BadCell> {
        match self.get(field)? {
            None | Some("") => Ok(None),
            Some(text) => read(text).map(Some).map_err(|reason| BadCell::of(layout, field, reason)),
        }
    }
}

impl BadCell {
    pub(crate) fn of(layout: &Layout, field: Field, reason: impl Into<String>) -> Self {
        let column = layout.columns.iter().find(|column| column.field == field);
        let column = column.map_or_else(|| field.as_str().to_owned(), |column| column.shown.clone());
        Self { column, reason: reason.into() }
    }
}
