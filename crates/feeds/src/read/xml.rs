//! Google's XML: RSS 2.0 with an `item` per row, or Atom with an `entry`; elements with or without the prefix `g:`.

use std::io::Read;

use quick_xml::{
    Reader,
    events::{BytesRef, Event},
};

use super::{Cells, Cut, Next, input::Input};
use crate::layout::Layout;

#[derive(Debug)]
pub(super) struct Xml<R> {
    reader: Reader<Input<R>>,
    pub(super) layout: Layout,
    buffer: Vec<u8>,
    depth: usize,
    /// Whether the outermost element has been there.
    began: bool,
}

/// A row that is being read.
struct Item {
    line: u64,
    depth: usize,
    cells: Cells,
    /// The element within it, and its text so far.
    name: String,
    text: Result<String, String>,
}

impl<R: Read> Xml<R> {
    pub(super) fn open(input: Input<R>, layout: Layout) -> Self {
        Self { reader: Reader::from_reader(input), layout, buffer: Vec::new(), depth: 0, began: false }
    }

    pub(super) fn next(&mut self) -> Next {
        let mut item: Option<Item> = None;
        self.reader.get_mut().begin_row();
        loop {
            let line = self.reader.get_ref().line();
            if item.is_none() {
                self.reader.get_mut().begin_row();
            }
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            let event = event.map_err(|error| {
                let reason = match error {
                    quick_xml::Error::Io(error) => error.to_string(),
                    error => format!("is not right XML: {error}"),
                };
                Cut { line, reason }
            })?;
            match event {
                Event::Start(element) => {
                    self.began = true;
                    self.depth += 1;
                    let name = String::from_utf8_lossy(element.local_name().into_inner()).into_owned();
                    match &mut item {
                        None if self.depth > 1 && matches!(name.as_str(), "item" | "entry") => {
                            let (cells, text) = (Cells::new(&self.layout), Ok(String::new()));
                            item = Some(Item { line, depth: self.depth, cells, name: String::new(), text });
                        }
                        Some(item) if self.depth == item.depth + 1 => {
                            (item.name, item.text) = (name, Ok(String::new()));
                        }
                        _ => {}
                    }
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    if let Some(one) = &mut item {
                        if self.depth == one.depth {
                            one.cells.offer(&self.layout, &one.name, &one.text);
                        } else if self.depth < one.depth {
                            let row = item.take().map(|item| (item.line, Ok(item.cells)));
                            return Ok(row);
                        }
                    }
                }
                Event::Text(text) => {
                    let text = text.decode().map(std::borrow::Cow::into_owned);
                    add(&mut item, self.depth, text.map_err(|error| error.to_string()));
                }
                Event::CData(text) => {
                    let text = text.decode().map(std::borrow::Cow::into_owned);
                    add(&mut item, self.depth, text.map_err(|error| error.to_string()));
                }
                Event::GeneralRef(reference) => add(&mut item, self.depth, resolved(&reference)),
                Event::Eof => {
                    return if self.depth == 0 && self.began {
                        Ok(None)
                    } else {
                        Err(Cut { line, reason: "an element is not closed".to_owned() })
                    };
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }
}

/// Only text right within a row's element is that element's.
fn add(item: &mut Option<Item>, depth: usize, text: Result<String, String>) {
    let Some(item) = item.as_mut().filter(|item| depth == item.depth + 1) else { return };
    match (&mut item.text, text) {
        (Ok(known), Ok(text)) => known.push_str(&text),
        (known, Err(reason)) => *known = Err(reason),
        (Err(_), Ok(_)) => {}
    }
}

/// What XML itself knows; entities that a file defines are not read.
fn resolved(reference: &BytesRef<'_>) -> Result<String, String> {
    if let Some(sign) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(sign.to_string());
    }
    let name = reference.decode().map_err(|error| error.to_string())?;
    let known = quick_xml::escape::resolve_predefined_entity(&name);
    known.map(str::to_owned).ok_or_else(|| format!("&{name}; is not known"))
}
