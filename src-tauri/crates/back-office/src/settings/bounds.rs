//! What may be chosen, whoever chooses it: a person, the organisation, or a file that was changed by hand.

use std::ops::RangeInclusive;

use crate::views::settings::{NumberBounds, SettingBounds};

/// Minutes without input until the desk locks itself (product.md §4.1).
pub(crate) const LOCK_MINUTES: RangeInclusive<u8> = 1..=60;
/// How long the journal keeps its entries.
pub(crate) const JOURNAL_MONTHS: RangeInclusive<u16> = 6..=60;
/// A window that makes sense: up to ten years.
pub(crate) const WINDOW_DAYS: RangeInclusive<u16> = 1..=3_650;
/// How long a copied link may stay (quality.md L-05).
pub(super) const CLIPBOARD_SECONDS: [u8; 3] = [10, 30, 60];
/// Hundredths of the usual size; twice as large is what WCAG 1.4.4 asks for.
pub(super) const TEXT_SIZES: [u16; 7] = [90, 100, 110, 125, 150, 175, 200];

pub(super) fn shown() -> SettingBounds {
    SettingBounds {
        lock_minutes: numbers(&LOCK_MINUTES),
        journal_months: numbers(&JOURNAL_MONTHS),
        window_days: numbers(&WINDOW_DAYS),
        clipboard_seconds: CLIPBOARD_SECONDS.to_vec(),
        text_sizes: TEXT_SIZES.to_vec(),
    }
}

fn numbers<N: Copy + Into<u16>>(range: &RangeInclusive<N>) -> NumberBounds {
    NumberBounds {
        least: (*range.start()).into(),
        most: (*range.end()).into(),
    }
}
