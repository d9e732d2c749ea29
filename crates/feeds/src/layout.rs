//! Which column is which field.

use crate::{FeedError, Field, Mapping, Rule, Subject, field::folded};

/// The columns that a feed of one subject may have, in the order of [`Subject::fields`].
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) subject: Subject,
    pub(crate) columns: Vec<Column>,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) field: Field,
    pub(crate) rule: Rule,
    /// As the file calls it, as far as that is known.
    pub(crate) shown: String,
}

impl Layout {
    pub(crate) fn new(subject: Subject, mapping: &Mapping) -> Self {
        let column = |field: &Field| {
            let rule = mapping.fields.get(field).cloned().unwrap_or_default();
            let shown = rule.column.clone().unwrap_or_else(|| field.as_str().to_owned());
            Column { field: *field, rule, shown }
        };
        Self { subject, columns: subject.fields().iter().map(column).collect() }
    }

    /// Finds each field's column in a header; `None` for those that have none.
    pub(crate) fn find(&mut self, header: &[String]) -> Result<Vec<Option<usize>>, FeedError> {
        let mut found = Vec::with_capacity(self.columns.len());
        let mut missing = Vec::new();
        for column in &mut self.columns {
            let ranks = header.iter().enumerate().filter_map(|(at, name)| Some((column.rank(name)?, at)));
            let mut ranks: Vec<_> = ranks.collect();
            ranks.sort_unstable();
            if let [(first, _), (second, at), ..] = ranks[..]
                && first == second
            {
                return Err(FeedError::Twice(header[at].clone()));
            }
            let at = ranks.first().map(|(_, at)| *at);
            if let Some(at) = at {
                column.shown.clone_from(&header[at]);
            } else if let Some(name) = &column.rule.column {
                missing.push(format!("{name:?}"));
            }
            found.push(at);
        }
        for set in self.subject.needed() {
            let has = |(column, at): (&Column, &Option<usize>)| {
                set.contains(&column.field)
                    && (at.is_some() || column.rule.value.is_some() || column.rule.column.is_some())
            };
            if !self.columns.iter().zip(&found).any(has) {
                let names = set.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(" or ");
                missing.push(names);
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        // A header can be as long as a row.
        let mut present =
            header.iter().take(30).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
        if let Some((at, _)) = present.char_indices().nth(600) {
            present.truncate(at);
            present.push('…');
        }
        Err(FeedError::MissingColumns { missing: missing.join(", "), present })
    }
}

impl Column {
    /// How well a name fits, 0 being best; `None` when it is another column's.
    pub(crate) fn rank(&self, name: &str) -> Option<usize> {
        if self.rule.value.is_some() {
            return None;
        }
        if let Some(column) = &self.rule.column {
            return (column == name || column.strip_prefix("g:") == Some(name)).then_some(0);
        }
        let name = folded(name);
        self.field.names().iter().position(|known| *known == name)
    }
}
