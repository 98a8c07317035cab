//! DER written piece by piece, apart from the code that reads it.

use chrono::{DateTime, Utc};

pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    match length {
        0..=0x7f => out.push(length as u8),
        0x80..=0xff => out.extend([0x81, length as u8]),
        0x100..=0xffff => out.extend([0x82, (length >> 8) as u8, length as u8]),
        _ => out.extend([
            0x83,
            (length >> 16) as u8,
            (length >> 8) as u8,
            length as u8,
        ]),
    }
    out.extend(content);
    out
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

pub fn set(parts: &[&[u8]]) -> Vec<u8> {
    let mut sorted: Vec<&[u8]> = parts.to_vec();
    sorted.sort();
    tlv(0x31, &sorted.concat())
}

pub fn explicit(number: u8, content: &[u8]) -> Vec<u8> {
    tlv(0xa0 | number, content)
}

pub fn octets(content: &[u8]) -> Vec<u8> {
    tlv(4, content)
}

pub fn bits(content: &[u8]) -> Vec<u8> {
    tlv(3, &[&[0], content].concat())
}

pub fn null() -> Vec<u8> {
    vec![5, 0]
}

/// A positive INTEGER from big-endian octets.
pub fn integer(octets: &[u8]) -> Vec<u8> {
    let start = octets.iter().position(|&octet| octet != 0);
    let digits = start.map_or(&[0][..], |start| &octets[start..]);
    let sign: &[u8] = if digits[0] >= 0x80 { &[0] } else { &[] };
    tlv(2, &[sign, digits].concat())
}

pub fn number(value: u64) -> Vec<u8> {
    integer(&value.to_be_bytes())
}

pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut content = Vec::new();
    for arc in std::iter::once(arcs[0] * 40 + arcs[1]).chain(arcs[2..].iter().copied()) {
        let mut groups = vec![(arc & 0x7f) as u8];
        let mut rest = arc >> 7;
        while rest > 0 {
            groups.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        groups.reverse();
        content.extend(groups);
    }
    tlv(6, &content)
}

pub fn generalized(time: DateTime<Utc>) -> Vec<u8> {
    tlv(0x18, time.format("%Y%m%d%H%M%SZ").to_string().as_bytes())
}

pub fn utc(time: DateTime<Utc>) -> Vec<u8> {
    tlv(0x17, time.format("%y%m%d%H%M%SZ").to_string().as_bytes())
}

pub fn text(content: &str) -> Vec<u8> {
    tlv(0x0c, content.as_bytes())
}

/// A distinguished name of country and common name.
pub fn name(common_name: &str) -> Vec<u8> {
    let attribute = |kind: &str, value: &[u8]| set(&[&sequence(&[&oid(kind), value])]);
    sequence(&[
        &attribute("2.5.4.6", &tlv(0x13, b"FR")),
        &attribute("2.5.4.3", &text(common_name)),
    ])
}
