//! The one sort of this crate: by a 64-bit key. One instance keeps the download small.

/// What is sorted: a key, and what it stands for.
pub(crate) type Keyed = (u64, u32);

/// Sorts by key, then by value: a heapsort, a tenth of the code of the standard library's sort.
pub(crate) fn sort(items: &mut [Keyed]) {
    for root in (0..items.len() / 2).rev() {
        sift(items, root);
    }
    let mut rest = items;
    while let [_, .., _] = rest {
        let last = rest.len() - 1;
        rest.swap(0, last);
        rest = &mut rest[..last];
        sift(rest, 0);
    }
}

/// Lets the item at `root` sink below every larger one.
fn sift(items: &mut [Keyed], mut root: usize) {
    loop {
        let mut child = 2 * root + 1;
        if child >= items.len() {
            return;
        }
        if child + 1 < items.len() && items[child] < items[child + 1] {
            child += 1;
        }
        if items[root] >= items[child] {
            return;
        }
        items.swap(root, child);
        root = child;
    }
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
