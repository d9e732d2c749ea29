//! A list of objects, or an object per line. Each is cut out of the file by its brackets and then parsed alone, so that
//! one that is wrong is told with its line and the others are read.

use std::io::{BufRead as _, Read};

use super::{Cells, Cut, Next, input::Input, object};
use crate::{FeedError, layout::Layout};

#[derive(Debug)]
pub(super) struct Json<R> {
    input: Input<R>,
    pub(super) layout: Layout,
    list: bool,
    /// The bytes of the object that is read.
    bytes: Vec<u8>,
    ended: bool,
}

impl<R: Read> Json<R> {
    pub(super) fn open(input: Input<R>, layout: Layout) -> Result<Self, FeedError> {
        let mut json = Self { input, layout, list: false, bytes: Vec::new(), ended: false };
        let first = json.skip(|byte| byte.is_ascii_whitespace());
        let first = first.map_err(|cut| FeedError::Unreadable { line: cut.line, reason: cut.reason })?;
        json.list = first == Some(b'[');
        if json.list {
            json.input.consume(1);
        }
        Ok(json)
    }

    pub(super) fn next(&mut self) -> Next {
        if self.ended {
            return Ok(None);
        }
        self.bytes.clear();
        let found = if self.list { self.element()? } else { self.line()? };
        let Some(line) = found else {
            self.ended = true;
            return Ok(None);
        };
        Ok(Some((line, self.parsed())))
    }

    fn parsed(&self) -> Result<Cells, String> {
        let text =
            std::str::from_utf8(&self.bytes).map_err(|_| "is not UTF-8; save the file as UTF-8")?.trim();
        if !text.starts_with('{') {
            return Err("is no object { … }".to_owned());
        }
        let mut cells = Cells::new(&self.layout);
        object::read(text, |name, text| cells.offer(&self.layout, name, text))?;
        Ok(cells)
    }

    /// The next line that is not blank, into `bytes`; returns its number.
    fn line(&mut self) -> Result<Option<u64>, Cut> {
        if self.skip(|byte| byte.is_ascii_whitespace())?.is_none() {
            return Ok(None);
        }
        self.input.begin_row();
        let line = self.input.line();
        let Self { input, bytes, .. } = self;
        take(input, line, |part| {
            let end = part.iter().position(|byte| *byte == b'\n');
            bytes.extend_from_slice(&part[..end.unwrap_or(part.len())]);
            (end.map_or(part.len(), |end| end + 1), end.is_some())
        })?;
        if self.is_at_end()? && !is_whole(&self.bytes) {
            return Err(Cut { line, reason: "the last object is cut off".to_owned() });
        }
        Ok(Some(line))
    }

    /// The next element of the list, into `bytes`; returns its line.
    fn element(&mut self) -> Result<Option<u64>, Cut> {
        let open = "the list is not closed";
        match self.skip(|byte| byte.is_ascii_whitespace() || byte == b',')? {
            None => return Err(Cut { line: self.input.line(), reason: open.to_owned() }),
            Some(b']') => {
                self.input.consume(1);
                return match self.skip(|byte| byte.is_ascii_whitespace())? {
                    None => Ok(None),
                    Some(_) => {
                        Err(Cut { line: self.input.line(), reason: "something follows the list".to_owned() })
                    }
                };
            }
            Some(_) => self.input.begin_row(),
        }
        let line = self.input.line();
        let mut scan = Scan::default();
        let Self { input, bytes, .. } = self;
        let ended = take(input, line, |part| {
            let end = part.iter().position(|byte| scan.ends_before(*byte));
            let count = end.unwrap_or(part.len());
            bytes.extend_from_slice(&part[..count]);
            (count, end.is_some())
        })?;
        if ended { Ok(Some(line)) } else { Err(Cut { line, reason: open.to_owned() }) }
    }

    fn is_at_end(&mut self) -> Result<bool, Cut> {
        Ok(self.skip(|_| false)?.is_none())
    }

    /// Passes over bytes, and returns the next one without taking it.
    fn skip(&mut self, which: impl Fn(u8) -> bool) -> Result<Option<u8>, Cut> {
        loop {
            self.input.begin_row();
            let line = self.input.line();
            let part = self.input.fill_buf().map_err(|error| Cut { line, reason: error.to_string() })?;
            if part.is_empty() {
                return Ok(None);
            }
            let found = part.iter().position(|byte| !which(*byte));
            let (count, next) = (found.unwrap_or(part.len()), found.map(|at| part[at]));
            self.input.consume(count);
            if next.is_some() {
                return Ok(next);
            }
        }
    }
}

/// Hands out what follows, part by part, until `each` says how much of the part was the rest of it; `false` at the end of
/// the file.
fn take<R: Read>(
    input: &mut Input<R>,
    line: u64,
    mut each: impl FnMut(&[u8]) -> (usize, bool),
) -> Result<bool, Cut> {
    loop {
        let part = input.fill_buf().map_err(|error| Cut { line, reason: error.to_string() })?;
        if part.is_empty() {
            return Ok(false);
        }
        let (count, ended) = each(part);
        input.consume(count);
        if ended {
            return Ok(true);
        }
    }
}

/// Whether brackets and quotes are all closed.
fn is_whole(bytes: &[u8]) -> bool {
    let mut scan = Scan::default();
    for byte in bytes {
        scan.ends_before(*byte);
    }
    scan.depth == 0 && !scan.quoted
}

/// Follows brackets and quotes.
#[derive(Default)]
struct Scan {
    depth: usize,
    quoted: bool,
    escaped: bool,
    /// An object or list has been closed.
    closed: bool,
}

impl Scan {
    /// Whether an element of a list ends before this byte.
    fn ends_before(&mut self, byte: u8) -> bool {
        if self.quoted {
            match byte {
                _ if std::mem::take(&mut self.escaped) => {}
                b'\\' => self.escaped = true,
                // A text ends on its line; what forgot to close it is wrong, and no more than that.
                b'"' | b'\n' => self.quoted = false,
                _ => {}
            }
            return false;
        }
        if self.depth == 0 && (self.closed || matches!(byte, b',' | b']')) {
            return true;
        }
        match byte {
            b'"' => self.quoted = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.closed = self.depth == 0;
            }
            _ => {}
        }
        false
    }
}
