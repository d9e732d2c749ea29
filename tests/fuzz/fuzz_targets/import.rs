//! Any bytes as a file of stores, by any mapping: what comes before the first NUL is the mapping.
#![no_main]
#![allow(dead_code, reason = "the binary's own module, without the commands that use the rest")]

#[path = "../../../crates/cli/src/import/mod.rs"]
mod import;

use std::{collections::HashSet, sync::LazyLock};

use import::{Mapping, Stores};
use libfuzzer_sys::fuzz_target;

static USUAL: LazyLock<Mapping> = LazyLock::new(|| {
    let fields = ["code", "name", "lat", "lng", "time_zone", "monday", "services", "url"];
    let fields = fields.map(|field| format!("fields.{field}.column = \"{field}\"\n")).concat();
    Mapping::parse(&fields).expect("is right")
});

fuzz_target!(|bytes: &[u8]| {
    let Some(at) = bytes.iter().position(|&byte| byte == 0) else { return read(bytes, &USUAL) };
    let mapping = String::from_utf8_lossy(&bytes[..at]);
    if let Ok(mapping) = Mapping::parse(&mapping) {
        read(&bytes[at + 1..], &mapping);
    }
});

fn read(file: &[u8], mapping: &Mapping) {
    let Ok(mut stores) = Stores::open(file, mapping) else { return };
    let mut codes = HashSet::new();
    while let Ok(Some((_, store))) = stores.next() {
        if let Ok(store) = store {
            assert!(!store.code.is_empty() && !store.name.is_empty());
            assert!(codes.insert(store.code), "a code twice");
        }
    }
}
