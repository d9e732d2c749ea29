//! A set of stores by their position in the index.

/// One bit per store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BitSet(Vec<u64>);

impl BitSet {
    /// None of `len`.
    pub(crate) fn none(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    pub(crate) fn insert(&mut self, index: u32) {
        let index = index as usize;
        self.0[index / 64] |= 1 << (index % 64);
    }

    pub(crate) fn contains(&self, index: u32) -> bool {
        let index = index as usize;
        self.0[index / 64] >> (index % 64) & 1 == 1
    }

    pub(crate) fn intersect(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
    }

    pub(crate) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        (0u32..).zip(&self.0).flat_map(|(at, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    at * 64 + bit
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets() {
        let mut a = BitSet::none(200);
        let mut b = BitSet::none(200);
        for i in [0, 63, 64, 199] {
            a.insert(i);
        }
        for i in [63, 100, 199] {
            b.insert(i);
        }
        assert_eq!(a.iter().collect::<Vec<_>>(), [0, 63, 64, 199]);
        a.intersect(&b);
        assert_eq!((a.len(), a.contains(63), a.contains(64)), (2, true, false));
    }
}
