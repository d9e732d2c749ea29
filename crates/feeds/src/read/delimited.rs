//! CSV and its kin.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder, Terminator};
use encoding_rs::Encoding;

use super::{
    Cells, Cut, Next,
    input::{Input, SENTINEL},
};
use crate::{FeedError, Mapping, Subject, layout::Layout};

#[derive(Debug)]
pub(super) struct Delimited<R> {
    reader: csv::Reader<Input<R>>,
    record: ByteRecord,
    pub(super) layout: Layout,
    encoding: &'static Encoding,
    /// Per column of the layout, where it stands in the file.
    places: Vec<Option<usize>>,
    width: usize,
    delimiter: u8,
    line: u64,
    /// A row that is too short is only cut off if none follows it.
    short: bool,
}

impl<R: Read> Delimited<R> {
    pub(super) fn open(
        input: Input<R>,
        (delimiter, line_feeds): (u8, bool),
        mut layout: Layout,
        mapping: &Mapping,
    ) -> Result<Self, FeedError> {
        // The reader counts lines by their line feeds, and would not know that of `\r\n` when the row is read. So the carriage
        // return is left to the last cell, which is trimmed like all others.
        let line_end = if line_feeds { Terminator::Any(b'\n') } else { Terminator::CRLF };
        let mut reader = ReaderBuilder::new();
        reader.delimiter(delimiter).terminator(line_end).flexible(true).has_headers(false);
        let mut reader = reader.from_reader(input);
        let encoding = mapping.encoding()?;
        let mut record = ByteRecord::new();
        while is_blank(&record) {
            let read = reader.read_byte_record(&mut record);
            if !read.map_err(|error| FeedError::Unreadable { line: 1, reason: error.to_string() })? {
                return Err(FeedError::Empty);
            }
        }
        if reader.get_ref().ended() && record.iter().any(|cell| cell.ends_with(b"\0end of the feed\0\n")) {
            return Err(FeedError::Unreadable { line: 1, reason: "a quote is not closed".to_owned() });
        }
        let mut names = Vec::with_capacity(record.len());
        for name in &record {
            let name = decoded(encoding, name).map_err(|reason| FeedError::Unreadable { line: 1, reason })?;
            names.push(name.trim().to_owned());
        }
        let places = layout.find(&names)?;
        let (width, line) = (record.len(), 1);
        Ok(Self { reader, record, layout, encoding, places, width, delimiter, line, short: false })
    }

    pub(super) fn next(&mut self) -> Next {
        loop {
            self.reader.get_mut().begin_row();
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) if is_blank(&self.record) => continue,
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) => {
                    return Err(Cut { line: self.reader.position().line(), reason: reason(&error) });
                }
            }
            break;
        }
        let lines = self.record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        let next = self.reader.position().line();
        if self.reader.get_ref().ended() {
            if self.record.len() == 1 && &self.record[0] == SENTINEL && self.is_last() {
                let cut = || Cut { line: self.line, reason: "the last row is cut off".to_owned() };
                return if self.short { Err(cut()) } else { Ok(None) };
            }
            if self.record.iter().any(|cell| cell.ends_with(b"\n\0end of the feed\0\n")) {
                return Err(Cut { line: next - lines, reason: "a quote is not closed".to_owned() });
            }
        }
        self.line = next.saturating_sub(lines + 1).max(1);
        self.short = self.record.len() < self.width;
        Ok(Some((self.line, self.cells())))
    }

    /// Nothing follows: the row read last came from no file.
    fn is_last(&mut self) -> bool {
        let mut rest = ByteRecord::new();
        !self.reader.read_byte_record(&mut rest).unwrap_or(false)
    }

    /// A quote that is not closed takes in whole rows until one of them has another: as many signs as there are between a row's
    /// cells, and a line end. Of stock and sales, no cell is like that otherwise; a product's description may be.
    fn holds_rows(&self, cell: &[u8]) -> bool {
        cell.contains(&b'\n') && cell.split(|byte| *byte == self.delimiter).count() >= self.width
    }

    fn cells(&self) -> Result<Cells, String> {
        if self.record.len() != self.width {
            return Err(format!("has {} cells, the header has {}", self.record.len(), self.width));
        }
        if self.layout.subject != Subject::Products && self.record.iter().any(|cell| self.holds_rows(cell)) {
            return Err("holds other rows in a cell; is a quote not closed?".to_owned());
        }
        let mut cells = Cells::new(&self.layout);
        for (at, place) in self.places.iter().enumerate() {
            let Some(place) = place else { continue };
            match decoded(self.encoding, &self.record[*place]) {
                Ok(text) => cells.set(&self.layout, at, Ok(&text)),
                Err(reason) => cells.set(&self.layout, at, Err(reason)),
            }
        }
        Ok(cells)
    }
}

/// A line with nothing on it: spreadsheets save rows of empty cells below the last one.
fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

fn decoded<'a>(encoding: &'static Encoding, cell: &'a [u8]) -> Result<std::borrow::Cow<'a, str>, String> {
    encoding.decode_without_bom_handling_and_without_replacement(cell).ok_or_else(|| {
        let start: String = String::from_utf8_lossy(cell).chars().take(40).collect();
        format!(
            "{start:?} is not {}; save the file as UTF-8, or set encoding = \"latin1\" in the mapping if it is Latin-1",
            encoding.name()
        )
    })
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}
