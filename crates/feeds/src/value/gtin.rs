//! Global Trade Item Numbers: EAN, UPC.

use super::money::shown;

/// 8, 12, 13 or 14 digits whose last one checks the others; spaces and dashes between them go.
pub(crate) fn gtin(text: &str) -> Result<String, String> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 8 | 12 | 13 | 14) {
        return Err(format!("{} is not 8, 12, 13 or 14 digits", shown(text)));
    }
    // From the right, the digits count once and three times in turn; all together is a multiple of ten.
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    if sum.is_multiple_of(10) { Ok(digits) } else { Err(format!("{digits} has a wrong check digit")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checked() {
        for right in ["4006381333931", "40063-8133 3931", "73513537", "036000291452", "10036000291459"] {
            assert!(gtin(right).is_ok(), "{right}");
        }
        for wrong in ["4006381333932", "4006381333913", "123456789", "400638133393A", "", "٤٠٠٦٣٨١٣٣٣٩٣١"]
        {
            assert!(gtin(wrong).is_err(), "{wrong}");
        }
    }
}
