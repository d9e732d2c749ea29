//! The one sort of this crate: by a 64-bit key. One instance keeps the download small.

/// What is sorted: a key, and what it stands for.
pub(crate) type Keyed = (u64, u32);

/// Below this many, insertion is quicker than anything else.
const FEW: usize = 48;

/// Bits sorted by at once.
const DIGIT: u32 = 11;

/// Sorts by key; equal keys keep their order. A radix sort: a fraction of the code of the standard library's
/// sort, and no comparison on tens of thousands of keys.
pub(crate) fn sort(items: &mut [Keyed]) {
    if items.len() < FEW {
        for at in 1..items.len() {
            let item = items[at];
            let mut to = at;
            while to > 0 && items[to - 1].0 > item.0 {
                items[to] = items[to - 1];
                to -= 1;
            }
            items[to] = item;
        }
        return;
    }
    let mut other = items.to_vec();
    let (mut from, mut to) = (items, other.as_mut_slice());
    let mut starts = [0u32; 1 << DIGIT];
    for shift in (0..u64::BITS).step_by(DIGIT as usize) {
        let digit = |key: u64| (key >> shift) as usize & ((1 << DIGIT) - 1);
        starts.fill(0);
        for item in &*from {
            starts[digit(item.0)] += 1;
        }
        let mut total = 0;
        for start in &mut starts {
            total += core::mem::replace(start, total);
        }
        for &item in &*from {
            let start = &mut starts[digit(item.0)];
            to[*start as usize] = item;
            *start += 1;
        }
        core::mem::swap(&mut from, &mut to);
    }
    // An even number of passes: what is sorted is where it was.
    const { assert!(u64::BITS.div_ceil(DIGIT).is_multiple_of(2)) };
}

/// Sorts by the bytes that `bytes` gives for a value, as many as there are.
///
/// Eight bytes at a time: what is still equal after the first eight is sorted by the next.
pub(crate) fn sort_by_bytes<'a>(items: &mut [Keyed], bytes: &dyn Fn(u32) -> &'a [u8]) {
    let mut open: Vec<(usize, usize, usize)> = Vec::with_capacity(16);
    open.push((0, items.len(), 0));
    while let Some((from, to, skip)) = open.pop() {
        let Some(run) = items.get_mut(from..to) else { continue };
        for item in run.iter_mut() {
            item.0 = key(bytes(item.1), skip);
        }
        sort(run);
        let mut start = 0;
        for at in 1..=run.len() {
            if at < run.len() && run[at].0 == run[start].0 {
                continue;
            }
            // A zero last byte means that the words ended, so that equal keys are equal words.
            if at - start > 1 && run[start].0 & 0xff != 0 {
                open.push((from + start, from + at, skip + 8));
            }
            start = at;
        }
    }
}

fn key(bytes: &[u8], skip: usize) -> u64 {
    let mut key = 0;
    for at in skip..skip + 8 {
        key = key << 8 | u64::from(bytes.get(at).copied().unwrap_or(0));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn same_as_sorting_the_bytes(words in proptest::collection::btree_set("[a-c]{1,20}", 0..60), seed in any::<u64>()) {
            let mut words: Vec<String> = words.into_iter().collect();
            let count = words.len();
            for at in 1..count {
                words.swap(at, (seed as usize).wrapping_mul(at + 7) % count);
            }
            let mut items: Vec<Keyed> = (0..count as u32).map(|v| (0, v)).collect();
            sort_by_bytes(&mut items, &|v| words[v as usize].as_bytes());
            let sorted: Vec<&String> = items.iter().map(|&(_, v)| &words[v as usize]).collect();
            prop_assert!(sorted.is_sorted());
        }
    }
}
