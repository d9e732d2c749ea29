//! Reading rows one by one, whatever was saved by whichever program.

use std::{
    cell::Cell,
    collections::BTreeMap,
    io::{self, BufRead as _, BufReader, Read},
    rc::Rc,
};

use csv::{ByteRecord, ReaderBuilder};
use devanture_feeds::Rule;
use encoding_rs::Encoding;

use super::{
    ImportError, Mapping,
    mapping::{Field, Fields},
};

/// A quote that is never closed would otherwise take in the rest of the file as one cell.
const MAX_ROW_BYTES: usize = 1024 * 1024;

/// One row, decoded.
pub(super) struct Row<F = Field> {
    /// Where it begins, counting from 1.
    pub(super) line: u64,
    /// Text per field; why it could not be read, if so.
    pub(super) cells: Result<BTreeMap<F, String>, String>,
}

/// The rows of a file.
pub(super) struct Rows<'a, R, F = Field> {
    reader: csv::Reader<Limited<BufReader<R>>>,
    since_row: Rc<Cell<usize>>,
    record: ByteRecord,
    encoding: &'static Encoding,
    width: usize,
    columns: Vec<Column<'a, F>>,
}

/// A field, its rule, and the column it is read from; without one the rule has the value.
type Column<'a, F> = (F, &'a Rule, Option<usize>);

impl<'a, R: Read, F: Fields> Rows<'a, R, F> {
    /// Reads the header and finds the mapping's columns in it.
    pub(super) fn open(file: R, mapping: &'a Mapping<F>) -> Result<Self, ImportError> {
        let mut file = BufReader::with_capacity(64 * 1024, file);
        let start = file.fill_buf().map_err(|error| unreadable(1, &error))?;
        if start.is_empty() {
            return Err(ImportError::Empty);
        }
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
            return Err(ImportError::Utf16);
        }
        let since_row = Rc::new(Cell::new(0));
        if start.starts_with(&[0xef, 0xbb, 0xbf]) {
            file.consume(3);
        }
        let limited = Limited { inner: file, since_row: Rc::clone(&since_row) };
        let delimiter = u8::try_from(mapping.delimiter).map_err(|_| super::MappingError::Delimiter)?;
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(limited);
        let encoding = mapping.encoding()?;
        let header = reader.byte_headers().map_err(|error| of_csv(&error))?;
        let names: Vec<String> = header
            .iter()
            .map(|name| encoding.decode_without_bom_handling(name).0.trim().to_owned())
            .collect();
        check_delimiter(&names, mapping.delimiter)?;
        let columns = find_columns(&names, mapping)?;
        let width = names.len();
        Ok(Self { reader, since_row, record: ByteRecord::new(), encoding, width, columns })
    }

    /// The next row; `Ok(None)` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row<F>>, ImportError> {
        self.since_row.set(0);
        if !self.reader.read_byte_record(&mut self.record).map_err(|error| of_csv(&error))? {
            return Ok(None);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        Ok(Some(Row { line, cells: self.cells() }))
    }

    fn cells(&self) -> Result<BTreeMap<F, String>, String> {
        if self.record.len() != self.width {
            return Err(format!("has {} cells, the header has {}", self.record.len(), self.width));
        }
        let mut cells = BTreeMap::new();
        for (field, rule, column) in &self.columns {
            let text = match column {
                Some(column) => self.decoded(&self.record[*column])?,
                None => rule.value.clone().unwrap_or_default(),
            };
            cells.insert(*field, rule.apply(&text));
        }
        Ok(cells)
    }

    fn decoded(&self, cell: &[u8]) -> Result<String, String> {
        match self.encoding.decode_without_bom_handling_and_without_replacement(cell) {
            Some(text) => Ok(text.into_owned()),
            None => Err(format!(
                "{:?} is not {}; if the file is Latin-1, set encoding = \"latin1\" in the mapping",
                String::from_utf8_lossy(cell),
                self.encoding.name()
            )),
        }
    }
}

fn check_delimiter(names: &[String], delimiter: char) -> Result<(), ImportError> {
    let [only] = names else { return Ok(()) };
    let others = [';', ',', '\t', '|'].into_iter().filter(|sign| *sign != delimiter);
    match others.map(|sign| (only.matches(sign).count(), sign)).max() {
        Some((count, found)) if count > 0 => Err(ImportError::Delimiter {
            found: format!("{found:?}").replace('\'', "\""),
            expected: format!("{delimiter:?}").replace('\'', "\""),
        }),
        _ => Ok(()),
    }
}

fn find_columns<'a, F: Fields>(
    names: &[String],
    mapping: &'a Mapping<F>,
) -> Result<Vec<Column<'a, F>>, ImportError> {
    let mut missing = Vec::new();
    let mut columns = Vec::new();
    for (field, rule) in &mapping.fields {
        let at = rule.column.as_ref().map(|column| {
            let found = names.iter().position(|name| name == column);
            if found.is_none() {
                missing.push(format!("{column:?}"));
            }
            found.unwrap_or_default()
        });
        columns.push((*field, rule, at));
    }
    if missing.is_empty() {
        return Ok(columns);
    }
    let present = names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    Err(ImportError::MissingColumns { missing: missing.join(", "), present })
}

/// Refuses to hand out more than one row may hold.
struct Limited<R> {
    inner: R,
    since_row: Rc<Cell<usize>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row.get() > MAX_ROW_BYTES {
            return Err(io::Error::other("a row is longer than 1 MB; is a quote not closed?"));
        }
        let count = self.inner.read(buffer)?;
        self.since_row.set(self.since_row.get() + count);
        Ok(count)
    }
}

fn of_csv(error: &csv::Error) -> ImportError {
    unreadable(error.position().map_or(1, csv::Position::line), error)
}

fn unreadable(line: u64, error: &dyn std::error::Error) -> ImportError {
    ImportError::Unreadable { line, reason: error.to_string() }
}
