//! Groups of lines that are equal in the first key, through the index that stands in its order.

use rusqlite::params_from_iter;
use rusqlite::types::{Value, ValueRef};

use super::matching;
use super::order::Sorted;
use super::set::Set;
use super::walk::{FEW, Walk, Window};
use crate::error::Result;
use crate::query::SortKey;

/// The lines of a register in groups that are equal in the first key.
pub(super) struct Groups<'a> {
    pub(super) walk: &'a Walk<'a>,
    pub(super) column: Sorted,
    pub(super) descending: bool,
    pub(super) rest: &'a [SortKey],
    pub(super) set: Option<&'a Set>,
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
    pub(super) fn all(&self, window: &mut Window) -> Result<()> {
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

    /// The lines that miss the value, by themselves.
    pub(super) fn missing(&self, window: &mut Window) -> Result<()> {
        if window.want == 0 {
            return Ok(());
        }
        if self.column.whole {
            return self.group(self.column.missing, None, window);
        }
        let mut missing = match self.set {
            Some(set) => set.clone(),
            None => matching::everything(self.walk.db)?,
        };
        let sql = self.select("d.line", self.column.present, "");
        missing.drop(&matching::collect(self.walk.db, &sql, &[])?);
        self.walk.set(self.rest, &missing, window)
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
