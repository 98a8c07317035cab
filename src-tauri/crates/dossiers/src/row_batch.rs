//! Rows on their way from the threads that read the register to the one that wants them.

use chrono::{DateTime, Utc};

use crate::decision::Choice;
use crate::keeping::EvidenceState;
use crate::query::Cell;

/// Some rows one after the other, in two buffers however many they are.
#[derive(Debug, Default)]
pub struct RowBatch {
    text: String,
    cells: Vec<Held>,
}

/// A cell; its text ends there and begins where the one before ended.
#[derive(Debug)]
enum Held {
    Missing,
    Text(usize),
    Number(i64),
    Time(DateTime<Utc>),
    Evidence(EvidenceState),
    Decision(Choice),
}

impl RowBatch {
    pub(crate) fn put(&mut self, cell: Cell<'_>) {
        self.cells.push(match cell {
            Cell::Missing => Held::Missing,
            Cell::Text(text) => {
                self.text.push_str(text);
                Held::Text(self.text.len())
            }
            Cell::Number(number) => Held::Number(number),
            Cell::Time(at) => Held::Time(at),
            Cell::Evidence(state) => Held::Evidence(state),
            Cell::Decision(choice) => Held::Decision(choice),
        });
    }

    /// Every cell of every row; a row has as many as columns were asked for.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        let mut begin = 0;
        self.cells.iter().map(move |held| match *held {
            Held::Missing => Cell::Missing,
            Held::Text(end) => {
                let text = self.text.get(begin..end).unwrap_or_default();
                begin = end;
                Cell::Text(text)
            }
            Held::Number(number) => Cell::Number(number),
            Held::Time(at) => Cell::Time(at),
            Held::Evidence(state) => Cell::Evidence(state),
            Held::Decision(choice) => Cell::Decision(choice),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_out_as_they_were_put_in() {
        let at = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        let cells = [
            Cell::Text("é"),
            Cell::Missing,
            Cell::Number(-7),
            Cell::Text(""),
            Cell::Time(at),
            Cell::Text("suite"),
            Cell::Evidence(EvidenceState::Kept),
            Cell::Decision(Choice::Refused),
            Cell::Text("fin"),
        ];
        let mut batch = RowBatch::default();
        for cell in cells {
            batch.put(cell);
        }
        assert_eq!(batch.cells().collect::<Vec<_>>(), cells);
    }
}
