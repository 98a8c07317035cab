//! DER taken apart without copying: what was signed is hashed as it stands.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use x509_parser::der_parser::Oid;

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0a;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// `[number]`, constructed.
pub(crate) const fn context(number: u8) -> u8 {
    0xa0 | number
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    pub(crate) content: &'a [u8],
    /// Tag and length included.
    pub(crate) whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// The elements inside.
    pub(crate) fn inside(&self) -> Elements<'a> {
        Elements(self.content)
    }

    pub(crate) fn is_oid(&self, oid: &Oid<'_>) -> bool {
        self.tag == OBJECT_IDENTIFIER && self.content == oid.as_bytes()
    }
}

/// Elements one after the other. Every reading gives None for what is not strict DER.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Elements<'a>(pub(crate) &'a [u8]);

impl<'a> Elements<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn any(&mut self) -> Option<Element<'a>> {
        let bytes = self.0;
        let (&tag, rest) = bytes.split_first()?;
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = if first < 0x80 {
            (usize::from(first), rest)
        } else {
            let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let minimal = matches!(octets, [one] if *one >= 0x80)
                || matches!(octets, [high, _, ..] if *high != 0 && octets.len() <= 4);
            if !minimal {
                return None;
            }
            let length = octets
                .iter()
                .fold(0_usize, |length, &octet| length << 8 | usize::from(octet));
            (length, rest)
        };
        let (content, after) = rest.split_at_checked(length)?;
        self.0 = after;
        Some(Element {
            tag,
            content,
            whole: bytes.get(..bytes.len() - after.len())?,
        })
    }

    pub(crate) fn expect(&mut self, tag: u8) -> Option<Element<'a>> {
        let mut ahead = *self;
        let element = ahead.any().filter(|element| element.tag == tag)?;
        *self = ahead;
        Some(element)
    }

    /// Like [`Elements::expect`], but nothing is wrong when there is another element, or none.
    pub(crate) fn optional(&mut self, tag: u8) -> Option<Element<'a>> {
        self.expect(tag)
    }

    /// The only element there is.
    pub(crate) fn only(mut self, tag: u8) -> Option<Element<'a>> {
        let element = self.expect(tag)?;
        self.is_empty().then_some(element)
    }

    /// All that are left, when each of them can be read.
    pub(crate) fn all(mut self) -> Option<Vec<Element<'a>>> {
        let mut found = Vec::new();
        while !self.is_empty() {
            found.push(self.any()?);
        }
        Some(found)
    }
}

/// The algorithm of an AlgorithmIdentifier, and its parameters.
pub(crate) fn algorithm(element: Element<'_>) -> Option<(&[u8], Option<Element<'_>>)> {
    let mut inside = element.inside();
    let oid = inside.expect(OBJECT_IDENTIFIER)?;
    Some((oid.content, inside.any()))
}

/// A SEQUENCE OF OBJECT IDENTIFIER, in dotted form.
pub(crate) fn object_identifiers(der: &[u8]) -> Option<Vec<String>> {
    let list = Elements(der).only(SEQUENCE)?.inside().all()?;
    list.into_iter()
        .map(|element| dotted(element.content))
        .collect()
}

/// The dotted form of the content of an OBJECT IDENTIFIER.
pub(crate) fn dotted(content: &[u8]) -> Option<String> {
    (content.len() <= 64).then(|| Oid::new(content.into()).to_id_string())
}

/// A GeneralizedTime in UTC, with or without a fraction of a second.
pub(crate) fn moment(content: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(content).ok()?.strip_suffix('Z')?;
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if seconds.len() != 14 || !digits(seconds) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let moment = NaiveDateTime::parse_from_str(seconds, "%Y%m%d%H%M%S").ok()?;
    let nanoseconds: i64 = format!("{fraction:0<9}").parse().ok()?;
    Some(moment.and_utc() + TimeDelta::nanoseconds(nanoseconds))
}

/// A UTCTime with seconds (RFC 5280: years from 1950 to 2049).
pub(crate) fn utc_time(content: &[u8]) -> Option<DateTime<Utc>> {
    let century = if *content.first()? < b'5' { "20" } else { "19" };
    moment(&[century.as_bytes(), content].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_that_der_forbids_are_refused() {
        for bytes in [
            &b"\x04\x80ab\0\0"[..],
            b"\x04\x81\x02ab",
            b"\x04\x82\x00\x02ab",
            b"\x04\x03ab",
            b"\x1f\x01\x00",
            b"\x04",
            b"",
            b"\x04\x85\x01\x00\x00\x00\x00",
        ] {
            assert_eq!(Elements(bytes).any(), None, "{bytes:?}");
        }
        let mut two = Elements(b"\x04\x02ab\x05\x00");
        assert_eq!(
            two.any().map(|element| element.whole),
            Some(&b"\x04\x02ab"[..])
        );
        assert_eq!(two.any().map(|element| element.content), Some(&b""[..]));
    }

    #[test]
    fn a_time_may_have_a_fraction_and_must_be_utc() {
        let expected = DateTime::from_timestamp(1_700_000_000, 250_000_000);
        assert_eq!(moment(b"20231114221320.25Z"), expected);
        for text in [
            "20231114221320",
            "20231114221320+0100",
            "2311142213Z",
            "20231399000000Z",
        ] {
            assert_eq!(moment(text.as_bytes()), None, "{text}");
        }
    }
}
