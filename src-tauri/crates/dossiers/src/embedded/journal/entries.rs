//! Finding entries of the journal of acts.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use crate::act::{ActEntry, ActPage, ActQuery, ChainHead};
use crate::dossier::DossierId;
use crate::store::chain::Mac;
use crate::store::{lines, text};

/// Entries behind a page that are counted: a million would take a second and a half.
const COUNTED: u64 = 10_000;

const COLUMNS: &str = "position, at, actor, act, dossier, detail";

/// The entries with that dossier, in order.
pub(super) fn of_dossier(db: &Connection, id: DossierId) -> rusqlite::Result<Vec<ActEntry>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM acts WHERE dossier = ?1 ORDER BY position"
    ))?
    .query_map([id.0.as_bytes().as_slice()], read)?
    .collect()
}

/// A part of the entries that match, newest first.
pub(super) fn page(
    db: &Connection,
    query: &ActQuery,
    offset: u64,
    limit: u64,
) -> rusqlite::Result<ActPage> {
    let mut arms = Arms::default();
    let end = offset.saturating_add(limit);
    let most = end.saturating_add(COUNTED);
    arms.of(query, end, most + 1);
    let total: i64 = db
        .prepare(&arms.count)?
        .query_row(params_from_iter(&arms.values), |row| row.get(0))?;
    let total = u64::try_from(total).unwrap_or_default();
    let exact = total <= most || arms.is_everything;
    arms.values.push(whole(limit));
    arms.values.push(whole(offset));
    let sql = format!(
        "SELECT {COLUMNS} FROM acts WHERE position IN ({} ORDER BY position DESC LIMIT ?{} OFFSET ?{})
         ORDER BY position DESC",
        arms.positions,
        arms.values.len() - 1,
        arms.values.len()
    );
    let entries = db
        .prepare(&sql)?
        .query_map(params_from_iter(&arms.values), read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(ActPage {
        entries,
        total: if exact { total } else { most },
        exact,
    })
}

/// Everybody who has an entry: one step down the index for each, however many entries they have.
pub(super) fn actors(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "WITH RECURSIVE names (actor) AS (
             SELECT min(actor) FROM acts
             UNION ALL
             SELECT (SELECT min(actor) FROM acts WHERE actor > names.actor)
             FROM names WHERE names.actor IS NOT NULL
         )
         SELECT actor FROM names WHERE actor IS NOT NULL",
    )?
    .query_map([], |row| row.get(0))?
    .collect()
}

/// Where the chain says that it ends.
pub(super) fn head(db: &Connection) -> rusqlite::Result<ChainHead> {
    let end = |place: &str| {
        db.prepare_cached("SELECT position, mac FROM chain WHERE place = ?1")?
            .query_row([place], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Mac>(1)?))
            })
    };
    let (base, _) = end("base")?;
    let (position, mac) = end("head")?;
    let kept_since = if base > 0 {
        db.prepare_cached("SELECT at FROM acts ORDER BY position LIMIT 1")?
            .query_map([], |row| text::read_time(row, "at"))?
            .next()
            .transpose()?
    } else {
        None
    };
    Ok(ChainHead {
        position: u64::try_from(position).unwrap_or_default(),
        mac,
        entries: u64::try_from(position.saturating_sub(base)).unwrap_or_default(),
        kept_since,
    })
}

/// Every entry that matches, oldest first, with its mac.
pub(super) fn all(query: &ActQuery) -> (String, Vec<Value>) {
    let mut values = Vec::new();
    let mut conditions = conditions(query, &mut values);
    if !query.acts.is_empty() {
        let words: Vec<_> = query
            .acts
            .iter()
            .map(|act| {
                values.push(Value::Text(act.clone()));
                format!("?{}", values.len())
            })
            .collect();
        conditions.push(format!("act IN ({})", words.join(", ")));
    }
    let such = such(&conditions);
    (
        format!("SELECT {COLUMNS}, mac FROM acts{such} ORDER BY position"),
        values,
    )
}

fn such(conditions: &[String]) -> String {
    if conditions.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", conditions.join(" AND "))
    }
}

/// The conditions of a query, each value a parameter of its own.
fn conditions(query: &ActQuery, values: &mut Vec<Value>) -> Vec<String> {
    let mut conditions = Vec::new();
    let mut needs = |condition: &str, value: Value| {
        values.push(value);
        conditions.push(format!("{condition} ?{}", values.len()));
    };
    if let Some(id) = query.dossier {
        needs("dossier =", Value::Blob(id.0.as_bytes().to_vec()));
    }
    if let Some(actor) = query.actor.as_ref().filter(|_| !query.by_desk) {
        needs("actor =", Value::Text(actor.clone()));
    }
    if let Some(from) = query.from {
        needs("at >=", Value::Text(text::time(from)));
    }
    if let Some(to) = query.to {
        needs("at <", Value::Text(text::time(to)));
    }
    if query.by_desk {
        conditions.push("actor IS NULL".to_owned());
    }
    conditions
}

/// One look for each act asked for, so that each runs down its index in the order wanted.
#[derive(Default)]
struct Arms {
    values: Vec<Value>,
    positions: String,
    /// How many there are, each arm up to the most that is counted.
    count: String,
    is_everything: bool,
}

impl Arms {
    fn of(&mut self, query: &ActQuery, enough: u64, most: u64) {
        let shared = conditions(query, &mut self.values);
        let acts = query.acts.iter().map(Some).chain(
            // Without a word, one look at all of them.
            query.acts.is_empty().then_some(None),
        );
        let mut positions = Vec::new();
        let mut counts = Vec::new();
        for act in acts {
            let mut conditions = shared.clone();
            if let Some(act) = act {
                self.values.push(Value::Text(act.clone()));
                conditions.push(format!("act = ?{}", self.values.len()));
            }
            let such = such(&conditions);
            positions.push(format!(
                "SELECT position FROM (SELECT position FROM acts{such}
                 ORDER BY position DESC LIMIT {enough})"
            ));
            // Positions have no gaps, so all of them need not be counted. Two looks: with one,
            // SQLite reads every entry for it.
            self.is_everything = such.is_empty();
            counts.push(if such.is_empty() {
                "coalesce((SELECT max(position) FROM acts) - (SELECT min(position) FROM acts) + 1, 0)"
                    .to_owned()
            } else {
                format!("(SELECT count(*) FROM (SELECT 1 FROM acts{such} LIMIT {most}))")
            });
        }
        self.positions = positions.join(" UNION ALL ");
        self.count = format!("SELECT {}", counts.join(" + "));
    }
}

fn whole(number: u64) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn read(row: &Row<'_>) -> rusqlite::Result<ActEntry> {
    let position: i64 = row.get("position")?;
    let dossier: Option<Vec<u8>> = row.get("dossier")?;
    Ok(ActEntry {
        position: u64::try_from(position).map_err(|_| text::not_ours("position"))?,
        at: text::read_time(row, "at")?,
        actor: row.get("actor")?,
        act: row.get("act")?,
        dossier: dossier
            .map(|_| lines::read_id(row, "dossier"))
            .transpose()?,
        detail: row.get("detail")?,
    })
}
