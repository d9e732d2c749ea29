//! Bytes, with a bound on how many a row may take, and their lines counted.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use super::MAX_ROW_BYTES;
use crate::FeedError;

/// What a file begins with is looked at as far as this.
const START: u64 = 64 * 1024;

/// Put after the last byte of a CSV file, as a row of its own: where it comes out as part of a cell, a quote was open.
pub(super) const SENTINEL: &[u8] = b"\0end of the feed\0";

/// A file's bytes.
#[derive(Debug)]
pub(super) struct Input<R> {
    inner: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    since_row: u64,
    line: u64,
    /// What is left to say after the file's end.
    after: &'static [u8],
    ended: bool,
}

impl<R: Read> Input<R> {
    /// Reads the first line, which it returns, and stands before it again, or after the byte order mark.
    pub(super) fn open(mut file: R) -> Result<(Vec<u8>, Self), FeedError> {
        let mut start = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let count = match file.read(&mut buffer) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(FeedError::Unreadable { line: 1, reason: error.to_string() }),
            };
            start.extend_from_slice(&buffer[..count]);
            let text = start.iter().position(|byte| !byte.is_ascii_whitespace());
            let line = text.is_some_and(|at| start[at..].contains(&b'\n'));
            if count == 0 || line || start.len() as u64 >= START {
                break;
            }
        }
        if start.is_empty() {
            return Err(FeedError::Empty);
        }
        for (mark, said) in [
            (&b"\xff\xfe"[..], "the file is UTF-16; save it as UTF-8"),
            (b"\xfe\xff", "the file is UTF-16; save it as UTF-8"),
            (b"PK\x03\x04", "the file is a ZIP archive or an Excel workbook; save it as CSV"),
            (b"\x1f\x8b", "the file is compressed; unpack it first"),
        ] {
            if start.starts_with(mark) {
                return Err(FeedError::NotText(said));
            }
        }
        if start.starts_with(b"\xef\xbb\xbf") {
            start.drain(..3);
        }
        let inner = BufReader::with_capacity(64 * 1024, Cursor::new(start.clone()).chain(file));
        Ok((start, Self { inner, since_row: 0, line: 1, after: b"", ended: false }))
    }
}

impl<R> Input<R> {
    /// Lets a line that says nothing but [`SENTINEL`] follow.
    pub(super) fn end_with_sentinel(&mut self) {
        self.after = b"\n\0end of the feed\0\n";
    }

    /// A row begins here: the bound is counted from now.
    pub(super) fn begin_row(&mut self) {
        self.since_row = 0;
    }

    /// The line of the next byte, counting from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Whether every byte of the file has been handed out.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    fn bounded(&self) -> io::Result<()> {
        if self.since_row > MAX_ROW_BYTES {
            return Err(io::Error::other("a row is longer than 1 MB; is a quote not closed?"));
        }
        Ok(())
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bounded()?;
        let mut count = self.inner.read(buffer)?;
        if count == 0 && !buffer.is_empty() {
            self.ended = true;
            count = self.after.read(buffer)?;
        }
        self.since_row += count as u64;
        Ok(count)
    }
}

impl<R: Read> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.bounded()?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        let lines = self.inner.buffer()[..count].split(|byte| *byte == b'\n').count() - 1;
        self.line += lines as u64;
        self.since_row += count as u64;
        self.inner.consume(count);
    }
}
