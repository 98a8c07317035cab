//! Lines in the order of a list, from the nearer end, through the indexes that stand in that order.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::matching;
use super::order::{self, Keyed, Sorted};
use super::set::Set;
use crate::error::Result;
use crate::query::SortKey;

/// Lines that are cheaper looked up and sorted than walked to.
const FEW: usize = 1_000;

/// What is left to pass over, and what is left to take.
struct Window {
    skip: usize,
    want: usize,
    lines: Vec<i64>,
}

impl Window {
    fn put(&mut self, line: i64) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.want > 0 {
            self.want -= 1;
            self.lines.push(line);
        }
    }

    /// Whether all of these are to be passed over; then they are.
    fn passes(&mut self, lines: usize) -> bool {
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

struct Walk<'a> {
    db: &'a Connection,
    /// From the end of the list.
    backwards: bool,
}

impl Walk<'_> {
    fn set(&self, keys: &[SortKey], set: &Set, window: &mut Window) -> Result<()> {
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
    fn sort(
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
            groups.group(groups.column.missing, None, window)?;
            groups.all(window)
        } else {
            groups.all(window)?;
            groups.group(groups.column.missing, None, window)
        }
    }

    fn way(&self) -> &'static str {
        if self.backwards { "ASC" } else { "DESC" }
    }
}

/// The lines of a register in groups that are equal in the first key.
struct Groups<'a> {
    walk: &'a Walk<'a>,
    column: Sorted,
    descending: bool,
    rest: &'a [SortKey],
    set: Option<&'a Set>,
}

impl Groups<'_> {
    /// `condition` on the lines, out of the index alone.
    fn select(&self, what: &str, condition: &str, behind: &str) -> String {
        format!(
            "SELECT {what} FROM dossiers AS d INDEXED BY {} WHERE {condition} {behind}",
            self.column.index
        )
    }

    fn count(&self, condition: &str, values: &[&Value]) -> Result<usize> {
        let count: i64 = self
            .walk
            .db
            .prepare_cached(&self.select("count(*)", condition, ""))?
            .query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The index's own order.
    fn order(&self) -> String {
        let way = if self.descending { "DESC" } else { "ASC" };
        format!("ORDER BY {} {way}, d.line {way}", self.column.value)
    }

    /// The groups that have a value.
    fn all(&self, window: &mut Window) -> Result<()> {
        if window.want == 0 {
            return Ok(());
        }
        let as_it_stands = self.rest.is_empty() && self.descending != self.walk.backwards;
        if as_it_stands && self.set.is_none() {
            let sql = self.select("d.line", self.column.present, &self.order());
            if self.take(&sql, &[], window)? == 0 {
                let passed = self.count(self.column.present, &[])?;
                window.passes(passed);
            }
            return Ok(());
        }
        let mut from = None;
        if self.set.is_none() && window.skip > 0 {
            let Some(value) = self.leap(window)? else {
                return Ok(());
            };
            from = Some((value, true));
        }
        while let Some(value) = self.stream(from, window)? {
            // A large group: there is a shorter way into it than through all of it.
            let condition = format!("{} = ?", self.column.value);
            self.group(&condition, Some(&value), window)?;
            from = Some((value, false));
        }
        Ok(())
    }

    /// Passes over all groups before the one the window begins in, and says its value. `None`: it
    /// begins behind all of them.
    fn leap(&self, window: &mut Window) -> Result<Option<Value>> {
        let what = format!("{}, d.line", self.column.value);
        let behind = format!("{} LIMIT 1 OFFSET ?", self.order());
        let skip = i64::try_from(window.skip).unwrap_or(i64::MAX);
        let mut statement =
            self.walk
                .db
                .prepare_cached(&self.select(&what, self.column.present, &behind))?;
        let mut rows = statement.query([skip])?;
        let Some(row) = rows.next()? else {
            let passed = self.count(self.column.present, &[])?;
            window.passes(passed);
            return Ok(None);
        };
        let (value, line): (Value, Value) = (row.get(0)?, row.get(1)?);
        let before = if self.descending { ">" } else { "<" };
        let condition = format!("{} = ? AND d.line {before} ?", self.column.value);
        window.skip = self.count(&condition, &[&value, &line])?;
        Ok(Some(value))
    }

    /// Takes group after group, until the window is full or a group is large: then says its value.
    fn stream(&self, from: Option<(Value, bool)>, window: &mut Window) -> Result<Option<Value>> {
        let mut condition = self.column.present.to_owned();
        if let Some((_, inclusive)) = &from {
            let sign = match (self.descending, inclusive) {
                (false, true) => ">=",
                (false, false) => ">",
                (true, true) => "<=",
                (true, false) => "<",
            };
            condition.push_str(&format!(" AND {} {sign} ?", self.column.value));
        }
        let what = format!("{}, d.line", self.column.value);
        let mut statement =
            self.walk
                .db
                .prepare_cached(&self.select(&what, &condition, &self.order()))?;
        let mut rows = statement.query(params_from_iter(from.map(|(value, _)| value)))?;
        let mut group = Vec::new();
        let mut read = 0;
        let mut value = Value::Null;
        while let Some(row) = rows.next()? {
            let next = row.get_ref(0)?;
            if !is_same(next, &value) {
                self.small_group(&mut group, window)?;
                if window.want == 0 {
                    return Ok(None);
                }
                value = row.get(0)?;
                read = 0;
            }
            read += 1;
            if read > FEW {
                return Ok(Some(value));
            }
            let line = row.get(1)?;
            if self.set.is_none_or(|set| set.contains(line)) {
                group.push(line);
            }
        }
        self.small_group(&mut group, window)?;
        Ok(None)
    }

    fn small_group(&self, group: &mut Vec<i64>, window: &mut Window) -> Result<()> {
        if group.is_empty() || window.passes(group.len()) {
            group.clear();
            return Ok(());
        }
        if !self.rest.is_empty() {
            return self.walk.sort(self.rest, group.drain(..), window);
        }
        if self.descending == self.walk.backwards {
            group.reverse();
        }
        for line in group.drain(..) {
            window.put(line);
        }
        Ok(())
    }

    /// One group by itself.
    fn group(&self, condition: &str, value: Option<&Value>, window: &mut Window) -> Result<()> {
        if window.want == 0 {
            return Ok(());
        }
        let values = Vec::from_iter(value);
        if self.set.is_none() {
            let lines = self.count(condition, &values)?;
            if window.passes(lines) {
                return Ok(());
            }
        }
        let newest = format!("ORDER BY d.line {}", self.walk.way());
        let sql = self.select("d.line", condition, &newest);
        match (self.rest.is_empty(), self.set) {
            (true, None) => self.take(&sql, &values, window).map(drop),
            (true, Some(set)) => {
                let mut statement = self.walk.db.prepare_cached(&sql)?;
                let mut rows = statement.query(params_from_iter(values))?;
                while window.want > 0
                    && let Some(row) = rows.next()?
                {
                    let line = row.get(0)?;
                    if set.contains(line) {
                        window.put(line);
                    }
                }
                Ok(())
            }
            (false, set) => {
                let values: Vec<_> = values.into_iter().cloned().collect();
                let mut members = matching::collect(self.walk.db, &sql, &values)?;
                if let Some(set) = set {
                    members.keep(set);
                }
                self.walk.set(self.rest, &members, window)
            }
        }
    }

    /// Takes the window out of a statement's rows, and says how many there were in it.
    fn take(&self, sql: &str, values: &[&Value], window: &mut Window) -> Result<usize> {
        let mut statement = self
            .walk
            .db
            .prepare_cached(&format!("{sql} LIMIT ? OFFSET ?"))?;
        let bounds = [window.want, window.skip]
            .map(|number| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)));
        let values = values.iter().copied().chain(&bounds);
        let mut rows = statement.query(params_from_iter(values))?;
        let before = window.lines.len();
        while let Some(row) = rows.next()? {
            window.lines.push(row.get(0)?);
        }
        let taken = window.lines.len() - before;
        window.want -= taken;
        if taken > 0 {
            window.skip = 0;
        }
        Ok(taken)
    }
}

fn is_same(cell: ValueRef<'_>, value: &Value) -> bool {
    match (cell, value) {
        (ValueRef::Text(cell), Value::Text(value)) => cell == value.as_bytes(),
        (ValueRef::Integer(cell), Value::Integer(value)) => cell == *value,
        _ => false,
    }
}
