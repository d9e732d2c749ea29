//! The pick-up code as bars, Code 128: a picture that every mail program shows, which cannot be said of SVG.

use barcoders::sym::code128::Code128;

/// Dots per module, so that it stays sharp where it is shown half as large.
const WIDE: u32 = 4;
const HIGH: u32 = 160;
/// Modules left free on each side, as scanners ask for.
const QUIET: u32 = 10;

/// A PNG of the code, black on white; `None` for a text that Code 128 has no bars for.
pub(super) fn png(code: &str) -> Option<Vec<u8>> {
    // U+0181 has it begin in set B: printable ASCII.
    let modules = Code128::new(format!("\u{181}{code}")).ok()?.encode();
    let width = (u32::try_from(modules.len()).ok()? + 2 * QUIET) * WIDE;
    let quiet = std::iter::repeat_n(&0, QUIET as usize);
    let row: Vec<u8> = quiet
        .clone()
        .chain(&modules)
        .chain(quiet)
        .flat_map(|module| std::iter::repeat_n(if *module == 1 { 0 } else { 255 }, WIDE as usize))
        .collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, HIGH);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&row.repeat(HIGH as usize)).ok()?;
    writer.finish().ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_of_the_right_number_between_white_margins() {
        let png = png("7KQ2M9XD").unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        // Start, eight signs and a check of eleven modules each, a stop of thirteen.
        assert_eq!((info.width, info.height), ((10 * 11 + 13 + 2 * QUIET) * WIDE, HIGH));
        let row: Vec<u8> = pixels[..info.width as usize].iter().step_by(WIDE as usize).copied().collect();
        assert!(row[..10].iter().chain(&row[row.len() - 10..]).all(|dot| *dot == 255));
        // Start B is 2 1 1 2 1 4, the stop 2 3 3 1 1 1 2.
        let bars = |range: std::ops::Range<usize>| -> String {
            row[range].iter().map(|dot| if *dot == 0 { '#' } else { '.' }).collect()
        };
        assert_eq!(bars(10..21), "##.#..#....");
        assert_eq!(bars(row.len() - 23..row.len() - 10), "##...###.#.##");
        assert!(super::png("é").is_none());
    }
}
