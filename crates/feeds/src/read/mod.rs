//! Reading rows one by one, from whatever was saved by whichever program. Of a file of any length no more than a row is in
//! memory.

mod cells;
mod delimited;
mod format;
mod incoming;
mod input;
mod json;
mod object;
#[cfg(test)]
mod tests;
mod xml;

use std::io::Read;

pub use cells::{BadCell, Cells};
pub use format::Format;
pub use incoming::{Incoming, TooMuch};

use crate::{FeedError, Mapping, Subject, layout::Layout};
use delimited::Delimited;
use input::Input;
use json::Json;
use xml::Xml;

/// A quote that is never closed would otherwise take in the rest of the file as one cell.
pub(crate) const MAX_ROW_BYTES: u64 = 1024 * 1024;

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it begins, counting from 1.
    pub line: u64,
    /// Which one it is, counting from 1.
    pub ordinal: u64,
    /// Its cells; why it could not be read, if so.
    pub cells: Result<Cells, String>,
}

/// Where a file ended before it was complete, or could be read no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Counting from 1.
    pub line: u64,
    /// What is missing.
    pub reason: String,
}

/// The rows of a file.
#[derive(Debug)]
pub struct Rows<R> {
    source: Source<R>,
    ordinal: u64,
    cut: Option<Cut>,
    ended: bool,
}

#[derive(Debug)]
enum Source<R> {
    Delimited(Box<Delimited<R>>),
    Json(Box<Json<R>>),
    Xml(Box<Xml<R>>),
}

impl<R: Read> Rows<R> {
    /// Finds out what the file is, and reads its header. `named` is the format that its name says.
    pub fn open(
        file: R,
        subject: Subject,
        mapping: &Mapping,
        named: Option<Format>,
    ) -> Result<Self, FeedError> {
        let (start, mut input) = Input::open(file)?;
        let layout = Layout::new(subject, mapping);
        let format = Format::of(&start, named, mapping)?;
        let source = match format {
            Format::Delimited(delimiter) => {
                input.end_with_sentinel();
                let how = (delimiter, start.contains(&b'\n') || !start.contains(&b'\r'));
                Source::Delimited(Box::new(Delimited::open(input, how, layout, mapping)?))
            }
            Format::Json => Source::Json(Box::new(Json::open(input, layout)?)),
            Format::Xml => Source::Xml(Box::new(Xml::open(input, layout))),
        };
        Ok(Self { source, ordinal: 0, cut: None, ended: false })
    }

    /// The next row; `None` at the end, or where nothing more can be read: then [`Self::cut`] says so.
    #[expect(clippy::should_implement_trait, reason = "it is one, but for the question of how it ended")]
    pub fn next(&mut self) -> Option<Row> {
        if self.ended {
            return None;
        }
        let next = match &mut self.source {
            Source::Delimited(delimited) => delimited.next(),
            Source::Json(json) => json.next(),
            Source::Xml(xml) => xml.next(),
        };
        match next {
            Ok(Some((line, cells))) => {
                self.ordinal += 1;
                Some(Row { line, ordinal: self.ordinal, cells })
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(cut) => {
                self.ended = true;
                self.cut = Some(cut);
                None
            }
        }
    }

    /// The columns, as the file calls them.
    pub(crate) fn layout(&self) -> &Layout {
        match &self.source {
            Source::Delimited(delimited) => &delimited.layout,
            Source::Json(json) => &json.layout,
            Source::Xml(xml) => &xml.layout,
        }
    }

    /// Whether the file was not read to a proper end.
    pub fn cut(&self) -> Option<&Cut> {
        self.cut.as_ref()
    }
}

/// The line of a row and its cells, if it could be read; `Ok(None)` at the end.
type Next = Result<Option<(u64, Result<Cells, String>)>, Cut>;
