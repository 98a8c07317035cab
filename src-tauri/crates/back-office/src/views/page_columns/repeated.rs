//! A column whose values come again and again.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "Repeated.ts")]
pub struct Repeated<T> {
    /// Each once, in the order of the rows that have it first.
    pub values: Vec<T>,
    /// Of each row: where its value is in `values`. Empty where all rows have the only one.
    pub places: Vec<u32>,
    #[serde(skip)]
    #[ts(skip)]
    rows: usize,
}

impl<T> Default for Repeated<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            places: Vec::new(),
            rows: 0,
        }
    }
}

impl<T: PartialEq> Repeated<T> {
    pub(super) fn push(&mut self, value: T) {
        let known = self.values.iter().position(|one| *one == value);
        let place = known.unwrap_or(self.values.len());
        if known.is_none() {
            self.values.push(value);
        }
        if self.values.len() > 1 {
            // Those before had the first one.
            self.places.resize(self.rows, 0);
            self.places.push(u32::try_from(place).unwrap_or(u32::MAX));
        }
        self.rows += 1;
    }
}
