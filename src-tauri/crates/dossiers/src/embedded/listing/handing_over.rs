//! Cells of many lines, one batch after the other.
//!
//! Most of the time goes into deciphering pages, so a second connection reads every other batch where
//! there is one to spare and much to read. Both look at the same state.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, ScopedJoinHandle};

use rusqlite::Connection;

use super::cells::CellReader;
use super::every;
use crate::embedded::EmbeddedRegister;
use crate::error::{RegisterError, Result};
use crate::progress::Progress;
use crate::query::{Column, Selection, SortKey};
use crate::row_batch::RowBatch;
use crate::store::meta;

/// Lines of a batch.
const BATCH: usize = 1_024;

/// Dossiers of a register whose exports are worth a thread more.
const MANY: u64 = 10_000;

/// What is wanted.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) selection: &'a Selection,
    pub(super) order: &'a [SortKey],
    pub(super) columns: &'a [Column],
    pub(super) progress: &'a Progress,
}

type Take<'a> = dyn FnMut(RowBatch) -> Result<()> + 'a;

impl EmbeddedRegister {
    pub(super) fn hand_over(&self, wanted: Wanted<'_>, take: &mut Take<'_>) -> Result<u64> {
        let first = self.readers.take()?;
        let second = if self.glance(|db| Ok(meta::dossiers(db)?))? < MANY {
            None
        } else {
            self.readers.take_spare()?
        };
        let Some(second) = second else {
            return first.look(wanted.progress, |db| read(db, wanted, None, take));
        };
        thread::scope(|scope| {
            let (ask, asked) = sync_channel(2);
            let (answer, answers) = sync_channel(2);
            let (begin, begun) = sync_channel(1);
            // Nothing is committed between their first looks.
            let still = self.files();
            let beside = scope.spawn(move || {
                second.look(wanted.progress, |db| {
                    meta::dossiers(db)?;
                    // Nobody listens when the other connection failed.
                    let _ = begin.send(());
                    read_what_is_asked(db, wanted.columns, &asked, &answer)
                })
            });
            let read = first.look(wanted.progress, |db| {
                meta::dossiers(db)?;
                let is_there = begun.recv().is_ok();
                drop(still);
                let second = is_there.then_some(Second { ask, answers });
                read(db, wanted, second, take)
            });
            // What was deciphered there is believed when that look ended well.
            joined(beside).and(read)
        })
    }
}

/// The connection that reads beside.
struct Second {
    ask: SyncSender<Vec<i64>>,
    answers: Receiver<Result<RowBatch>>,
}

fn read(
    db: &Connection,
    wanted: Wanted<'_>,
    second: Option<Second>,
    take: &mut Take<'_>,
) -> Result<u64> {
    let Wanted {
        selection,
        order,
        columns,
        progress,
    } = wanted;
    let lines = every(db, selection, order, progress)?;
    let whole = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let mut reader = CellReader::of(db, columns)?;
    let mut batches = lines.chunks(BATCH);
    let mut done = 0;
    let mut hand_over = |batch: RowBatch, lines: usize| {
        take(batch)?;
        done += u64::try_from(lines).unwrap_or(u64::MAX);
        progress.at(done, whole)
    };
    let mut next = Pair::of(&mut batches, second.as_ref());
    while let Some(Pair { own, others }) = next {
        // One ahead, so that nobody waits for the other.
        next = Pair::of(&mut batches, second.as_ref());
        hand_over(reader.read(own)?, own.len())?;
        if let (Some(lines), Some(second)) = (others, &second) {
            let batch = second.answers.recv().map_err(|_| gone())??;
            hand_over(batch, lines)?;
        }
    }
    Ok(done)
}

/// A batch to read here, and how many lines of the next one are read beside.
struct Pair<'l> {
    own: &'l [i64],
    others: Option<usize>,
}

impl<'l> Pair<'l> {
    fn of(batches: &mut impl Iterator<Item = &'l [i64]>, second: Option<&Second>) -> Option<Self> {
        let own = batches.next()?;
        let others = second.and_then(|second| {
            let lines = batches.next()?;
            // Whoever does not take it has an answer that says why.
            let _ = second.ask.send(lines.to_vec());
            Some(lines.len())
        });
        Some(Self { own, others })
    }
}

fn read_what_is_asked(
    db: &Connection,
    columns: &[Column],
    asked: &Receiver<Vec<i64>>,
    answer: &SyncSender<Result<RowBatch>>,
) -> Result<()> {
    let mut reader = CellReader::of(db, columns)?;
    for lines in asked {
        if answer.send(reader.read(&lines)).is_err() {
            // What was read is not wanted any more.
            break;
        }
    }
    Ok(())
}

fn joined(beside: ScopedJoinHandle<'_, Result<()>>) -> Result<()> {
    beside.join().unwrap_or_else(|_| Err(gone()))
}

fn gone() -> RegisterError {
    RegisterError::Io(std::io::Error::other("a thread that read ended by itself"))
}
