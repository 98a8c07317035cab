//! Times of ID360: with `Z` in some places, without zone in others; without zone means UTC (facts §C.3, §J.12).

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Reads an ISO 8601 time; a time without zone is UTC, a date alone is its midnight.
pub fn parse_time(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    as_usual(text).or_else(|| leniently(text))
}

/// `2021-12-17T15:01:49.013906`, with or without fraction and `Z`: nearly every time of a report, of which there are
/// hundreds.
fn as_usual(text: &str) -> Option<DateTime<Utc>> {
    let text = text.strip_suffix('Z').unwrap_or(text).as_bytes();
    let (whole, fraction) = text.split_at_checked(19)?;
    let separators = [4, 7, 10, 13, 16].map(|at| whole[at]);
    if separators != *b"--T::" {
        return None;
    }
    let nanoseconds = match fraction.split_first() {
        None => 0,
        Some((b'.', digits)) if (1..=9).contains(&digits.len()) => {
            number(digits)? * 10_u32.pow(9 - digits.len() as u32)
        }
        Some(_) => return None,
    };
    let [year, month, day, hour, minute, second] =
        [0..4, 5..7, 8..10, 11..13, 14..16, 17..19].map(|place| number(&whole[place]));
    let date = NaiveDate::from_ymd_opt(i32::try_from(year?).ok()?, month?, day?)?;
    let time = date.and_hms_nano_opt(hour?, minute?, second?, nanoseconds)?;
    Some(time.and_utc())
}

/// Of at most nine decimal digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + u32::from(digit - b'0'))
    })
}

fn leniently(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.with_timezone(&Utc));
    }
    if let Ok(time) = text.parse::<NaiveDateTime>() {
        return Some(time.and_utc());
    }
    for format in ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"] {
        if let Ok(time) = NaiveDateTime::parse_from_str(text, format) {
            return Some(time.and_utc());
        }
    }
    for format in ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f%z"] {
        if let Ok(time) = DateTime::parse_from_str(text, format) {
            return Some(time.with_timezone(&Utc));
        }
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(date.and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_usual_time_is_read_as_any_other(
            text in "(0000|1[0-9]{3}|20[0-9]{2})-[0-9]{2}-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,11})?Z?"
        ) {
            if let Some(read) = as_usual(&text) {
                prop_assert_eq!(leniently(&text), Some(read));
            }
        }
    }

    #[test]
    fn the_usual_forms_are_known() {
        for text in [
            "2021-12-17T15:01:49.013906",
            "2021-12-17T15:01:49",
            "2021-12-17T15:01:49.5Z",
        ] {
            assert!(as_usual(text).is_some(), "{text}");
        }
        for text in [
            "2021-13-17T15:01:49",
            "2021-12-17T15:01:4é",
            "2021-12-17T15:01:49.",
            "",
        ] {
            assert!(as_usual(text).is_none(), "{text}");
        }
    }
}
