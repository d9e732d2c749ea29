//! A code as bars: Code 128, set B, which every till's scanner reads.

use devanture_ui::{
    attrs,
    dom::{el, join},
    js::number,
};
use yew::Html;

/// Widths of bars and spaces in turn, six digits for each value from 0 on (ISO/IEC 15417, table 1).
const WIDTHS: &[u8] = b"\
    212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222\
    123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321\
    232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121\
    313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224\
    111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111\
    111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113\
    114311411113411311113141114131311141411131211412211214211232";
/// After the last bar of the stop pattern.
const STOP: &[u8] = b"2331112";
const START_B: usize = 104;
const CHECK: usize = 103;

/// Module widths of a text of printable ASCII, in turn bars and spaces; nothing for another text.
fn widths(code: &str) -> Option<Vec<u8>> {
    let mut values = vec![START_B];
    let mut sum = START_B;
    for (index, byte) in code.bytes().enumerate() {
        let value = usize::from(byte.checked_sub(32).filter(|value| *value < 95)?);
        values.push(value);
        sum += value * (index + 1);
    }
    values.push(sum % CHECK);
    let mut out = Vec::new();
    for value in values {
        out.extend(WIDTHS.get(value * 6..value * 6 + 6)?.iter().map(|digit| digit - b'0'));
    }
    out.extend(STOP.iter().map(|digit| digit - b'0'));
    Some(out)
}

/// The picture. It says nothing that the text beside it does not.
pub(super) fn view(code: &str) -> Html {
    let Some(widths) = widths(code) else { return Html::default() };
    let mut path = String::new();
    // Ten modules on each side are left free, as scanners ask for.
    let mut at = 10.0;
    for (index, width) in widths.iter().enumerate() {
        if index % 2 == 0 {
            let wide = number(f64::from(*width));
            path = join(&[&path, "M", &number(at), " 0h", &wide, "v40h-", &wide, "z"]);
        }
        at += f64::from(*width);
    }
    let view_box = join(&["0 0 ", &number(at + 10.0), " 40"]);
    let attrs = attrs![
        "class": "barcode", "part": "barcode", "viewBox": &view_box, "preserveAspectRatio": "none",
        "shape-rendering": "crispEdges", "aria-hidden": "true",
    ];
    el("svg", attrs, vec![el("path", attrs!["d": &path], vec![])])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_eleven_modules_with_even_bars_and_like_no_other() {
        let patterns: Vec<&[u8]> = WIDTHS.chunks(6).collect();
        assert_eq!(patterns.len(), 106);
        for (index, pattern) in patterns.iter().enumerate() {
            let width = |at: usize| usize::from(pattern[at] - b'0');
            assert_eq!((0..6).map(width).sum::<usize>(), 11, "{index}");
            assert_eq!((width(0) + width(2) + width(4)) % 2, 0, "{index}");
            assert!(!patterns[..index].contains(pattern), "{index}");
        }
    }

    #[test]
    fn a_known_code() {
        // The known example "PJJ123C" has the check value 54 after start A (103), so 55 after start B (104).
        let widths = widths("PJJ123C").unwrap();
        assert_eq!(widths.len(), 9 * 6 + 7);
        assert_eq!(
            widths[48..54],
            WIDTHS[55 * 6..56 * 6].iter().map(|digit| digit - b'0').collect::<Vec<_>>()
        );
        assert_eq!(super::widths("é"), None);
    }
}
