//! Variety without randomness.

/// A number that looks random and is always the same for the same store and purpose (FNV-1a with a
/// final mix, since neighbouring codes must not give neighbouring numbers).
pub(crate) fn mix(code: &str, purpose: &str) -> u64 {
    let hash =
        code.bytes().chain([0]).chain(purpose.bytes()).fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let hash = (hash ^ (hash >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// True for about `percent` stores of a hundred.
pub(crate) fn chance(code: &str, purpose: &str, percent: u64) -> bool {
    mix(code, purpose) % 100 < percent
}

/// One of `items`.
pub(crate) fn pick<'a, T>(items: &'a [T], code: &str, purpose: &str) -> &'a T {
    let index = mix(code, purpose) % items.len() as u64;
    &items[usize::try_from(index).unwrap_or(0)]
}
