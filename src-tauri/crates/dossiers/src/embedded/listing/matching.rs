//! Which lines a query means.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::conditions::Condition;
use super::set::Set;
use crate::error::Result;
use crate::query::Query;
use crate::store::{lines, meta};
use crate::typed::Typed;

/// Lines that are cheaper looked at one by one than met with another set.
pub(super) const FEW: usize = 500;

/// A query, made ready to be looked for. The default means every line.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) search: Search,
    pub(super) conditions: Vec<Condition>,
}

/// What was typed.
#[derive(Default, PartialEq, Eq)]
pub(super) enum Search {
    /// Nothing.
    #[default]
    Everything,
    /// An id of ours.
    Line(i64),
    /// Words, as the full-text search wants them.
    Words(String),
    /// Something that cannot be found.
    Nothing,
}

impl Asked {
    pub(super) fn of(db: &Connection, query: &Query) -> Result<Self> {
        let mut conditions: Vec<_> = query.filters.iter().map(Condition::of).collect();
        conditions.sort_by_key(|condition| (condition.not, condition.breadth));
        Ok(Self {
            search: search(db, &query.search)?,
            conditions,
        })
    }

    pub(super) fn is_everything(&self) -> bool {
        self.search == Search::Everything && self.conditions.is_empty()
    }

    /// The filters as tests of `d`, each behind an AND, and their values.
    pub(super) fn tests(&self) -> (String, Vec<Value>) {
        let tests = self
            .conditions
            .iter()
            .map(|condition| format!(" AND {}", condition.test))
            .collect();
        let values = self
            .conditions
            .iter()
            .flat_map(|condition| condition.values.clone())
            .collect();
        (tests, values)
    }

    /// All lines that match.
    pub(super) fn set(&self, db: &Connection) -> Result<Set> {
        let mut set = match &self.search {
            Search::Nothing => return Ok(Set::default()),
            Search::Everything => None,
            Search::Line(line) => Some(Set::from_iter([*line])),
            Search::Words(expression) => {
                let sql = "SELECT rowid FROM found WHERE found MATCH ?1";
                Some(collect(db, sql, &[Value::Text(expression.clone())])?)
            }
        };
        for condition in &self.conditions {
            set = Some(match set {
                Some(set) if set.len() <= FEW => passing(db, condition, set)?,
                Some(set) => meet(db, condition, set)?,
                None if condition.not => meet(db, condition, everything(db)?)?,
                None => collect(db, &condition.lines, &condition.values)?,
            });
        }
        set.map_or_else(|| everything(db), Ok)
    }

    /// How many lines match.
    pub(super) fn count(&self, db: &Connection) -> Result<u64> {
        match &self.search {
            Search::Words(expression) if self.conditions.is_empty() => {
                hits(db, expression, i64::MAX)
            }
            _ if self.is_everything() => Ok(meta::dossiers(db)?),
            _ => Ok(u64::try_from(self.set(db)?.len()).unwrap_or(u64::MAX)),
        }
    }
}

/// How many lines have the words, counted up to `most`.
pub(super) fn hits(db: &Connection, expression: &str, most: i64) -> Result<u64> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM found WHERE found MATCH ?1 LIMIT ?2)")?
        .query_row((expression, most), |row| row.get(0).map(i64::unsigned_abs))?)
}

/// Every line of the register.
pub(super) fn everything(db: &Connection) -> Result<Set> {
    let last = last(db)?;
    // No line is missing as long as none was ever removed.
    if u64::try_from(last).ok() == Some(meta::dossiers(db)?) {
        return Ok(Set::up_to(last));
    }
    let sql = "SELECT d.line FROM dossiers AS d INDEXED BY dossiers_by_environment";
    collect(db, sql, &[])
}

/// The newest line; 0 when there is none.
pub(super) fn last(db: &Connection) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT coalesce(max(line), 0) FROM dossiers")?
        .query_row([], |row| row.get(0))?)
}

pub(super) fn collect(db: &Connection, sql: &str, values: &[Value]) -> Result<Set> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut set = Set::default();
    while let Some(row) = rows.next()? {
        set.insert(row.get(0)?);
    }
    Ok(set)
}

fn search(db: &Connection, text: &str) -> Result<Search> {
    let Some(typed) = Typed::of(text) else {
        return Ok(Search::Everything);
    };
    if let Some(id) = typed.id
        && let Some(found) = lines::find(db, id)?
    {
        return Ok(Search::Line(found.line));
    }
    Ok(typed.expression().map_or(Search::Nothing, Search::Words))
}

fn meet(db: &Connection, condition: &Condition, mut set: Set) -> Result<Set> {
    let lines = collect(db, &condition.lines, &condition.values)?;
    if condition.not {
        set.drop(&lines);
    } else {
        set.keep(&lines);
    }
    Ok(set)
}

fn passing(db: &Connection, condition: &Condition, set: Set) -> Result<Set> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT 1 FROM dossiers AS d WHERE {} AND d.line = ?",
        condition.test
    ))?;
    let mut passing = Set::default();
    for line in set.oldest_first() {
        let place = Value::Integer(line);
        let values = condition.values.iter().chain([&place]);
        if statement.exists(params_from_iter(values))? {
            passing.insert(line);
        }
    }
    Ok(passing)
}
