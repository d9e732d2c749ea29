//! Columns as they are kept in memory: one block of text with offsets, and store codes in parts.

use crate::wire::{NUMBER, Reader};

/// Lines of text, each reached in constant time.
pub(crate) struct Lines {
    text: Box<str>,
    /// Where each line ends; the next begins one byte later.
    ends: Box<[u32]>,
}

impl Lines {
    /// Exactly `count` lines, or nothing.
    pub(crate) fn read(section: &Reader<'_>, count: usize) -> Option<Self> {
        let text = core::str::from_utf8(section.bytes).ok()?;
        if count == 0 {
            return text.is_empty().then(|| Self { text: "".into(), ends: [].into() });
        }
        // A line costs a byte, so that this never reserves more than four times what came in.
        if count > text.len() + 1 {
            return None;
        }
        let mut ends = Vec::with_capacity(count);
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                ends.push(at as u32);
            }
        }
        ends.push(text.len() as u32);
        (ends.len() == count).then(|| Self { text: text.into(), ends: ends.into() })
    }

    /// Line `at`, empty beyond the last.
    pub(crate) fn get(&self, at: u32) -> &str {
        let at = at as usize;
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize + 1 };
        self.text.get(start..end as usize).unwrap_or("")
    }

    pub(crate) fn len(&self) -> u32 {
        self.ends.len() as u32
    }
}

/// Store codes, put together when asked for.
pub(crate) struct Codes {
    templates: Lines,
    /// Per store: its template.
    template: Box<[u32]>,
    /// Per store: where its numbers begin in `numbers`.
    first: Box<[u32]>,
    numbers: Box<[u32]>,
}

impl Codes {
    #[inline(never)]
    pub(crate) fn read(from: &mut Reader<'_>, stores: usize) -> Option<Self> {
        let text = from.section()?;
        let templates = Lines::read(&text, from.number()? as usize)?;
        let numbers_in: Vec<u32> =
            (0..templates.len()).map(|t| templates.get(t).matches(NUMBER).count() as u32).collect();
        let mut chosen = from.section()?;
        let mut planes = from.section()?;

        let mut template = Vec::with_capacity(stores);
        let mut first = Vec::with_capacity(stores);
        let (mut last, mut total, mut widest) = (0i32, 0u32, 0u32);
        for _ in 0..stores {
            last = last.checked_add(chosen.signed()?)?;
            let count = *numbers_in.get(usize::try_from(last).ok()?)?;
            template.push(last.cast_unsigned());
            first.push(total);
            total = total.checked_add(count)?;
            widest = widest.max(count);
        }
        let total = total as usize;
        if planes.bytes.len() != total.checked_mul(4)? {
            return None;
        }
        let planes = [planes.take(total)?, planes.take(total)?, planes.take(total)?, planes.take(total)?];
        let mut numbers = vec![0; total];
        let mut next = 0;
        for slot in 0..widest {
            for (store, &begin) in first.iter().enumerate() {
                if slot < numbers_in[template[store] as usize] {
                    let value = planes.iter().fold(0, |value, plane| value << 8 | u32::from(plane[next]));
                    numbers[(begin + slot) as usize] = value;
                    next += 1;
                }
            }
        }
        Some(Self { templates, template: template.into(), first: first.into(), numbers: numbers.into() })
    }

    /// The code of store `at`, empty beyond the last.
    pub(crate) fn get(&self, at: u32) -> String {
        let mut out = String::new();
        let (Some(&template), Some(&first)) = (self.template.get(at as usize), self.first.get(at as usize))
        else {
            return out;
        };
        let mut next = first as usize;
        for c in self.templates.get(template).chars() {
            if c == NUMBER {
                push_number(&mut out, self.numbers.get(next).copied().unwrap_or(0));
                next += 1;
            } else {
                out.push(c);
            }
        }
        out
    }
}

/// Decimal digits without the formatting machinery.
fn push_number(out: &mut String, value: u32) {
    if value >= 10 {
        push_number(out, value / 10);
    }
    out.push((b'0' + (value % 10) as u8) as char);
}
