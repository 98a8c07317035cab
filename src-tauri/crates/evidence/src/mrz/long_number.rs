//! A document number that is longer than its place (ICAO Doc 9303-5, 4.2.2 and 9303-6, 4.2.2): a filler stands for its
//! check digit, and the optional data begin with the rest of it, its check digit and a filler.

use super::layouts::Layout;

pub(super) struct LongNumber<'a> {
    start: &'a str,
    rest: &'a str,
    pub digit: char,
    /// What is left of the optional data.
    pub optional: &'a str,
}

impl LongNumber<'_> {
    pub(super) fn whole(&self) -> String {
        format!("{}{}", self.start, self.rest)
    }
}

/// `None` where the number has room in its place.
pub(super) fn of<'a>(layout: &Layout, lines: &'a [String]) -> Option<LongNumber<'a>> {
    let places = layout.number.as_ref()?;
    let start = places.start.of(lines);
    if places.digit.of(lines) != "<" || start.ends_with('<') {
        return None;
    }
    let optional = places.optional.of(lines);
    let (more, optional) = optional.split_once('<').unwrap_or((optional, ""));
    let (last, digit) = more.char_indices().next_back()?;
    let rest = &more[..last];
    (!rest.is_empty()).then_some(LongNumber {
        start,
        rest,
        digit,
        optional,
    })
}
