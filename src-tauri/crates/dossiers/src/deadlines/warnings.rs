//! On which days of its window a person hears of what is not kept.

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// Days after the window opened.
pub const WARNING_DAYS: [u32; 4] = [1, 3, 5, 6];

/// Days before something is deleted, where none of [`WARNING_DAYS`] is that day: a longer window
/// would else end long after its last warning, a shorter one on the day of it.
pub const LAST_WARNING_DAYS: [u32; 2] = [2, 1];

/// The last day of warning that came by `now`, of a window that ends, or is not known to end, at
/// `deadline`; 0 before the first. Seconds of Unix time.
pub(crate) fn reached(start: i64, deadline: Option<i64>, now: i64) -> u32 {
    days(start, deadline)
        .into_iter()
        .rev()
        .find(|day| instant(start, *day) <= now)
        .unwrap_or(0)
}

/// When the warning after that of day `warned` is to come; `None` after the last.
pub(crate) fn next_warning(start: i64, deadline: i64, warned: u32) -> Option<i64> {
    days(start, Some(deadline))
        .into_iter()
        .find(|day| *day > warned)
        .map(|day| instant(start, day))
}

fn instant(start: i64, day: u32) -> i64 {
    start.saturating_add(i64::from(day) * DAY)
}

/// In order. A day may come twice, and one that lies before the window is 0.
fn days(start: i64, deadline: Option<i64>) -> [u32; 6] {
    let whole = deadline.map_or(0, |end| end.saturating_sub(start).div_euclid(DAY));
    let before_end =
        |before: u32| u32::try_from(whole.saturating_sub(i64::from(before))).unwrap_or(0);
    let ([a, b, c, d], [e, f]) = (WARNING_DAYS, LAST_WARNING_DAYS.map(before_end));
    let mut days = [a, b, c, d, e, f];
    days.sort_unstable();
    days
}
