//! Weights 7, 3, 1 over digits, letters (`A` is 10) and fillers (0), modulo 10 (ICAO Doc 9303-3, 4.9).

pub(super) fn is_right(over: &str, digit: char) -> bool {
    digit
        .to_digit(10)
        .is_some_and(|digit| of(over) == Some(digit))
}

/// `None` for a character that no zone has.
pub(super) fn of(over: &str) -> Option<u32> {
    let mut sum = 0;
    for (character, weight) in over.chars().zip([7, 3, 1].into_iter().cycle()) {
        let value = match character {
            '<' => 0,
            '0'..='9' | 'A'..='Z' => character.to_digit(36)?,
            _ => return None,
        };
        sum += value * weight;
    }
    Some(sum % 10)
}
