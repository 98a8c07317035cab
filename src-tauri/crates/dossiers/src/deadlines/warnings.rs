//! On which days of its window a person hears of what is not kept.

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// Days after the window opened.
pub const WARNING_DAYS: [u8; 4] = [1, 3, 5, 6];

/// The last day of warning that came by `now`; 0 before the first. Seconds of Unix time.
pub(crate) fn reached(start: i64, now: i64) -> u8 {
    WARNING_DAYS
        .into_iter()
        .rev()
        .find(|day| start.saturating_add(i64::from(*day) * DAY) <= now)
        .unwrap_or(0)
}

/// When the warning after that of day `warned` is to come; `None` after the last.
pub(crate) fn next_warning(start: i64, warned: u8) -> Option<i64> {
    WARNING_DAYS
        .into_iter()
        .find(|day| *day > warned)
        .map(|day| start.saturating_add(i64::from(day) * DAY))
}
