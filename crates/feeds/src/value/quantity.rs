//! Whole numbers.

use devanture_domain::stock::MAX_PIECES;

use super::money::shown;

/// Pieces, from 0 to [`MAX_PIECES`]. Below nothing is an error, or 0 where the mapping says so.
pub(crate) fn quantity(text: &str, negative_is_zero: bool) -> Result<u32, String> {
    let digits = text.strip_prefix(['+', '-', '−']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("{} is not a whole number of pieces", shown(text)));
    }
    let pieces = digits.trim_start_matches('0');
    let pieces = if pieces.is_empty() { 0 } else { pieces.parse().unwrap_or(u32::MAX) };
    if text.starts_with(['-', '−']) && pieces > 0 {
        return if negative_is_zero {
            Ok(0)
        } else {
            Err(format!(
                "{} is below nothing; set negative_is_zero in the mapping if that means none",
                shown(text)
            ))
        };
    }
    if pieces > MAX_PIECES {
        return Err(format!("{} is more than {MAX_PIECES} pieces", shown(text)));
    }
    Ok(pieces)
}

/// Pieces over a time. Below nothing is always an error: whoever writes what came back with a minus would seem to have had nothing back.
pub(crate) fn total(text: &str) -> Result<u32, String> {
    match text.strip_prefix(['-', '−']) {
        Some(rest) if quantity(rest, false).is_ok_and(|pieces| pieces > 0) => {
            Err(format!("{} is below nothing; write how many there were, without a minus", shown(text)))
        }
        _ => quantity(text, false),
    }
}

/// A place in an order.
pub(crate) fn position(text: &str) -> Result<i64, String> {
    let read = text.parse::<i32>().map_err(|_| format!("{} is not a whole number", shown(text)));
    read.map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_pieces() {
        for (text, pieces) in [("0", 0), ("-0", 0), ("+7", 7), ("0012", 12), ("1000000", MAX_PIECES)] {
            assert_eq!(quantity(text, false), Ok(pieces), "{text}");
        }
        for text in [
            "",
            "-",
            "-1",
            "1.0",
            "1,5",
            "1e3",
            "1e18",
            "1000001",
            "1000000000000000000",
            "NaN",
            "inf",
            "٣",
            "1 000",
        ] {
            assert!(quantity(text, false).is_err(), "{text}");
        }
        assert_eq!(quantity("-3", true), Ok(0));
        assert_eq!((total("-0"), total("12")), (Ok(0), Ok(12)));
        for (text, part) in
            [("-3", "without a minus"), ("−3", "without a minus"), ("--3", "whole"), ("1e18", "whole")]
        {
            assert!(total(text).unwrap_err().contains(part), "{text}");
        }
        assert!(quantity("-x", true).is_err());
    }
}
