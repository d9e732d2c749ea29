//! Words within a few typing errors of what was typed (Damerau-Levenshtein, optimal string alignment).

use crate::{fold::MAX_WORD, terms::Terms};

/// Errors allowed in a word: none below four letters, one to seven, two from eight on.
/// Digits and scripts beyond Latin are taken as typed.
pub(crate) fn allowance(word: &[u8]) -> u8 {
    match word.len() {
        _ if !word.iter().all(u8::is_ascii_lowercase) => 0,
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Calls `each` with every term that is, or begins, within `max` errors of `word`: its number, the
/// errors, and whether the whole term was meant.
///
/// Terms come sorted, so the table's rows for what a term shares with the one before are kept, and
/// when a beginning is beyond hope all terms that share it are skipped.
pub(crate) fn each_within(terms: &Terms, word: &[u8], max: u8, each: &mut dyn FnMut(u32, u8, bool)) {
    let width = word.len().min(MAX_WORD);
    let word = &word[..width];
    // One column more on either side, always out of reach, closes the band.
    let mut rows = [[max + 1; MAX_WORD + 2]; MAX_WORD + 1];
    // Fewest errors between the whole word and any beginning of the term up to this row.
    let mut best = [max + 1; MAX_WORD + 1];
    for (column, cell) in rows[0].iter_mut().enumerate().take(width + 1) {
        *cell = (column as u8).min(max + 1);
    }
    best[0] = rows[0][width];
    // Rows computed for the term before; and the row where it was given up, if it was.
    let (mut valid, mut dead) = (0, usize::MAX);
    for number in 0..terms.len() {
        let shared = terms.shared(number);
        if dead <= shared {
            if best[dead] <= max {
                each(number, best[dead], false);
            }
            continue;
        }
        dead = usize::MAX;
        let term = terms.get(number);
        let mut row = shared.min(valid);
        while row < term.len() {
            row += 1;
            if !fill(&mut rows, term, word, row, max) {
                dead = row;
            }
            best[row] = best[row - 1].min(rows[row][width]);
            if dead == row {
                break;
            }
        }
        valid = row;
        if dead == usize::MAX && rows[row][width] <= max {
            each(number, rows[row][width], true);
        } else if best[row] <= max {
            each(number, best[row], false);
        }
    }
}

/// Computes row `row`; false when no cell of it is within `max`.
fn fill(
    rows: &mut [[u8; MAX_WORD + 2]; MAX_WORD + 1],
    term: &[u8],
    word: &[u8],
    row: usize,
    max: u8,
) -> bool {
    let out = max + 1;
    let reach = usize::from(max);
    let low = row.saturating_sub(reach);
    let high = (row + reach).min(word.len());
    let mut alive = false;
    if low > word.len() {
        rows[row] = [out; MAX_WORD + 2];
        return false;
    }
    if low > 0 {
        rows[row][low - 1] = out;
    }
    for column in low..=high {
        let mut cost = if column == 0 { row as u8 } else { out };
        if column > 0 {
            let same = term[row - 1] == word[column - 1];
            cost = (rows[row - 1][column - 1] + u8::from(!same)).min(rows[row][column - 1] + 1);
            if row > 1 && column > 1 && term[row - 1] == word[column - 2] && term[row - 2] == word[column - 1]
            {
                cost = cost.min(rows[row - 2][column - 2] + 1);
            }
        }
        cost = cost.min(rows[row - 1][column] + 1).min(out);
        rows[row][column] = cost;
        alive |= cost <= max;
    }
    for cell in &mut rows[row][high + 1..] {
        *cell = out;
    }
    alive
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Builder;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// The textbook table.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let cost = usize::from(a[i - 1] != b[j - 1]);
                    let mut best = (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + cost);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(d[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        d[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn finds_exactly_what_the_table_says(
            words in proptest::collection::btree_set("[abc]{1,9}", 1..40),
            typed in "[abc]{1,9}",
            max in 0u8..3,
        ) {
            let mut builder = Builder::new(10);
            for word in &words {
                builder.add(word.as_bytes(), 0);
            }
            let terms = builder.finish();
            let mut found = BTreeMap::new();
            each_within(&terms, typed.as_bytes(), max, &mut |term, errors, whole| {
                found.insert(terms.get(term).to_vec(), (usize::from(errors), whole));
            });
            let all: BTreeSet<Vec<u8>> = (0..terms.len()).map(|t| terms.get(t).to_vec()).collect();
            for word in all {
                let full = distance(&word, typed.as_bytes());
                let begin = (0..=word.len()).map(|n| distance(&word[..n], typed.as_bytes())).min().unwrap();
                let expected = if full <= usize::from(max) {
                    Some((full, true))
                } else {
                    (begin <= usize::from(max)).then_some((begin, false))
                };
                prop_assert_eq!(found.get(&word), expected.as_ref(), "{:?}", String::from_utf8_lossy(&word));
            }
        }
    }
}
