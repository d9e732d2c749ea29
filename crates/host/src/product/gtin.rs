//! Global trade item numbers: EAN, UPC, and the number of a case.

/// The digits of a GTIN of 8, 12, 13 or 14 digits whose check digit is right; spaces and hyphens in it are left out. `None` for all else,
/// and for nothing but zeros, which shops write where a number is lacking.
pub fn gtin(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(14);
    for char in text.trim_ascii().chars() {
        match char {
            '0'..='9' if digits.len() < 14 => digits.push(char),
            ' ' | '-' => {}
            _ => return None,
        }
    }
    let of_a_length = matches!(digits.len(), 8 | 12 | 13 | 14);
    let zeros = digits.bytes().all(|digit| digit == b'0');
    (of_a_length && !zeros && checks(&digits)).then_some(digits)
}

/// From the right, every second digit counts three times, and the sum ends in 0.
fn checks(digits: &str) -> bool {
    let weigh = |(at, digit): (usize, u8)| u32::from(digit - b'0') * if at % 2 == 1 { 3 } else { 1 };
    digits.bytes().rev().enumerate().map(weigh).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{checks, gtin};

    #[test]
    fn the_standard_s_examples() {
        for right in ["96385074", "614141999996", "4006381333931", "10614141999993"] {
            assert_eq!(gtin(right).as_deref(), Some(right));
        }
        assert_eq!(gtin(" 4 006381-333931 ").as_deref(), Some("4006381333931"));
        for wrong in [
            "",
            "0",
            "4006381333930",
            "400638133393",
            "4006381333931a",
            "00000000",
            "٤٠٠٦٣٨١٣٣٣٩٣١",
            "140063813339310",
        ] {
            assert_eq!(gtin(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_noticed(body in "[0-9]{12}", at in 0_usize..13, by in 1_u8..10) {
            let right = (0..10).map(|check| format!("{body}{check}")).find(|digits| checks(digits)).expect("one of ten");
            prop_assume!(right.bytes().any(|digit| digit != b'0'));
            prop_assert_eq!(gtin(&right), Some(right.clone()));
            let mut bytes = right.into_bytes();
            bytes[at] = (bytes[at] - b'0' + by) % 10 + b'0';
            prop_assert_eq!(gtin(core::str::from_utf8(&bytes).expect("digits")), None);
        }

        #[test]
        fn any_text(text in ".{0,40}") {
            if let Some(digits) = gtin(&text) {
                prop_assert!(checks(&digits));
                prop_assert_eq!(gtin(&digits), Some(digits.clone()));
            }
        }
    }
}
