//! Bytes as they come from outside: unpacked where they are gzip, and no more of them than are allowed.

use std::{
    io::{self, Chain, Cursor, Read},
    sync::{Arc, OnceLock},
};

use flate2::read::MultiGzDecoder;

const GZIP: [u8; 2] = [0x1f, 0x8b];
/// A feed of the same row over and over is packed a hundred times smaller; gzip's most is a thousand.
const MOST_TIMES: u64 = 250;
/// So little is never too much, however small it was packed.
const LITTLE: u64 = 16 * 1024 * 1024;

/// A feed's bytes. What is gzip by its first bytes is unpacked, whatever was said of it.
#[derive(Debug)]
pub struct Incoming<R> {
    source: Source<R>,
    max_bytes: u64,
    read: u64,
    too_much: TooMuch,
}

/// Says whether more came than was allowed; then the feed was not read to its end.
#[derive(Clone, Debug, Default)]
pub struct TooMuch(Arc<OnceLock<String>>);

#[derive(Debug)]
enum Source<R> {
    New(Option<R>),
    Plain(Whole<R>),
    Gzip(Box<MultiGzDecoder<Counted<Whole<R>>>>),
}

/// What was read to see what it is, and the rest.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

#[derive(Debug)]
struct Counted<R> {
    inner: R,
    count: u64,
}

impl TooMuch {
    /// What there was too much of.
    pub fn said(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

impl<R> Incoming<R> {
    /// Reads at most so many bytes, counted after unpacking.
    pub fn new(inner: R, max_bytes: u64) -> Self {
        Self { source: Source::New(Some(inner)), max_bytes, read: 0, too_much: TooMuch::default() }
    }

    /// To be asked when it has been read.
    pub fn too_much(&self) -> TooMuch {
        self.too_much.clone()
    }

    fn refuse(&self, reason: String) -> io::Error {
        // Only the first reason is kept, which is the one that was told.
        let _ = self.too_much.0.set(reason.clone());
        io::Error::other(reason)
    }
}

impl<R: Read> Read for Incoming<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Source::New(inner) = &mut self.source {
            let inner = inner.take().ok_or_else(|| io::Error::other("it could not be read at all"))?;
            self.source = opened(inner)?;
        }
        let (count, packed) = match &mut self.source {
            Source::New(_) => (0, None),
            Source::Plain(inner) => (inner.read(buffer)?, None),
            Source::Gzip(inner) => (inner.read(buffer)?, Some(inner.get_ref().count)),
        };
        self.read += count as u64;
        if self.read > self.max_bytes {
            return Err(self.refuse(format!("it has more than {} bytes", self.max_bytes)));
        }
        if let Some(packed) = packed
            && self.read > LITTLE
            && self.read / MOST_TIMES > packed
        {
            return Err(self.refuse(format!("it unpacks to more than {MOST_TIMES} times its size")));
        }
        Ok(count)
    }
}

fn opened<R: Read>(mut inner: R) -> io::Result<Source<R>> {
    let mut start = Vec::with_capacity(GZIP.len());
    inner.by_ref().take(GZIP.len() as u64).read_to_end(&mut start)?;
    let packed = start == GZIP;
    let whole = Cursor::new(start).chain(inner);
    Ok(if packed {
        Source::Gzip(Box::new(MultiGzDecoder::new(Counted { inner: whole, count: 0 })))
    } else {
        Source::Plain(whole)
    })
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8], max_bytes: u64) -> (io::Result<Vec<u8>>, Option<String>) {
        let mut incoming = Incoming::new(bytes, max_bytes);
        let mut all = Vec::new();
        let done = incoming.read_to_end(&mut all).map(|_| all);
        (done, incoming.too_much().said().map(str::to_owned))
    }

    #[test]
    fn plain_and_packed_are_the_same() {
        for text in [&b""[..], b"a", b"ab", b"sku,store\n1,2\n"] {
            assert_eq!(read(text, 99).0.unwrap(), text);
            assert_eq!(read(&packed(text), 99).0.unwrap(), text);
        }
        let twice = [packed(b"one,"), packed(b"two")].concat();
        assert_eq!(read(&twice, 99).0.unwrap(), b"one,two", "one file after the other is one");
    }

    #[test]
    fn cut_and_too_much() {
        let whole = packed(&b"sku,store\n".repeat(100));
        let (done, said) = read(&whole[..whole.len() - 9], 9999);
        assert_eq!((done.unwrap_err().kind(), said), (io::ErrorKind::UnexpectedEof, None));
        assert!(read(&whole, 1000).0.is_ok());
        let (done, said) = read(&whole, 999);
        assert!(done.is_err() && said.unwrap().contains("999 bytes"));
        assert!(read(b"12345", 4).1.is_some());
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let line = b"ROBE-38,FR-1,5\n".repeat(1000);
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..3000 {
            encoder.write_all(&line).unwrap();
        }
        let bomb = encoder.finish().unwrap();
        let (done, said) = read(&bomb, u64::MAX);
        assert!(done.is_err() && said.as_deref().unwrap().contains("times its size"), "{said:?}");
    }
}
