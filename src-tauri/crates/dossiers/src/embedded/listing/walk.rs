//! Lines in the order of a list, from the nearer end.

use rusqlite::Connection;

use super::groups::Groups;
use super::matching;
use super::order::{self, Keyed};
use super::set::Set;
use crate::error::Result;
use crate::query::SortKey;

/// Lines that are cheaper looked up and sorted than walked to.
pub(super) const FEW: usize = 1_000;

/// What is left to pass over, and what is left to take.
pub(super) struct Window {
    pub(super) skip: usize,
    pub(super) want: usize,
    pub(super) lines: Vec<i64>,
}

impl Window {
    pub(super) fn put(&mut self, line: i64) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.want > 0 {
            self.want -= 1;
            self.lines.push(line);
        }
    }

    /// Whether all of these are to be passed over; then they are.
    pub(super) fn passes(&mut self, lines: usize) -> bool {
        let passes = lines <= self.skip;
        if passes {
            self.skip -= lines;
        }
        passes
    }
}

/// The lines from `offset` on, at most `limit`, of `set`, or of all `total` lines without one.
pub(super) fn page(
    db: &Connection,
    keys: &[SortKey],
    set: Option<&Set>,
    total: usize,
    offset: usize,
    limit: usize,
) -> Result<Vec<i64>> {
    let want = limit.min(total.saturating_sub(offset));
    let behind = total.saturating_sub(offset).saturating_sub(want);
    let backwards = behind < offset;
    let mut window = Window {
        skip: if backwards { behind } else { offset },
        want,
        lines: Vec::new(),
    };
    let walk = Walk { db, backwards };
    match set {
        _ if want == 0 => {}
        Some(set) => walk.set(keys, set, &mut window)?,
        None if keys.is_empty() => walk.set(keys, &matching::everything(db)?, &mut window)?,
        None => walk.keys(keys, None, &mut window)?,
    }
    if backwards {
        window.lines.reverse();
    }
    Ok(window.lines)
}

pub(super) struct Walk<'a> {
    pub(super) db: &'a Connection,
    /// From the end of the list.
    pub(super) backwards: bool,
}

impl Walk<'_> {
    pub(super) fn set(&self, keys: &[SortKey], set: &Set, window: &mut Window) -> Result<()> {
        if window.passes(set.len()) {
            return Ok(());
        }
        if keys.is_empty() {
            self.newest(set, window);
            return Ok(());
        }
        if set.len() <= FEW {
            return self.sort(keys, set.oldest_first(), window);
        }
        self.keys(keys, Some(set), window)
    }

    /// Without keys: newest first.
    fn newest(&self, set: &Set, window: &mut Window) {
        let skip = std::mem::take(&mut window.skip);
        let before = window.lines.len();
        if self.backwards {
            window
                .lines
                .extend(set.oldest_first().skip(skip).take(window.want));
        } else {
            window
                .lines
                .extend(set.newest_first().skip(skip).take(window.want));
        }
        window.want -= window.lines.len() - before;
    }

    /// Looks every line up.
    pub(super) fn sort(
        &self,
        keys: &[SortKey],
        lines: impl Iterator<Item = i64>,
        window: &mut Window,
    ) -> Result<()> {
        let known: Vec<_> = keys
            .iter()
            .map(|key| order::sorted(key.column).known)
            .collect();
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT {} FROM dossiers AS d WHERE d.line = ?1",
            known.join(", ")
        ))?;
        let mut keyed = Vec::new();
        for line in lines {
            let values = statement.query_row([line], |row| {
                (0..known.len()).map(|column| row.get(column)).collect()
            })?;
            keyed.push((values, line));
        }
        keyed.sort_unstable_by(|a: &Keyed, b: &Keyed| order::compare(keys, a, b));
        if self.backwards {
            keyed.reverse();
        }
        for (_, line) in keyed {
            window.put(line);
        }
        Ok(())
    }

    /// What the first key misses stands last.
    fn keys(&self, keys: &[SortKey], set: Option<&Set>, window: &mut Window) -> Result<()> {
        let Some((first, rest)) = keys.split_first() else {
            return Ok(());
        };
        let groups = Groups {
            walk: self,
            column: order::sorted(first.column),
            descending: first.descending != self.backwards,
            rest,
            set,
        };
        if self.backwards {
            groups.missing(window)?;
            groups.all(window)
        } else {
            groups.all(window)?;
            groups.missing(window)
        }
    }

    pub(super) fn way(&self) -> &'static str {
        if self.backwards { "ASC" } else { "DESC" }
    }
}
