//! What is about to be lost, and what is to be done today.

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::deadlines::DAY;
use crate::dossier::{Dossier, DossierId};
use crate::embedded::listing;
use crate::error::{RegisterError, Result};
use crate::keeping::Lane;
use crate::radar::{Home, Radar, RadarLane};
use crate::store::{lines, policies};

/// How long what was lost is spoken of.
const LOST_DAYS: i64 = 30;
const SHORT_LIST: u32 = 5;

pub(super) fn radar(
    db: &Connection,
    environment: Option<&str>,
    now: i64,
    cards: u32,
) -> Result<Radar> {
    let mut lanes = Lane::ALL.map(|lane| RadarLane {
        lane,
        within_a_day: 0,
        within_two_days: 0,
        within_a_week: 0,
        later: 0,
        cards: Vec::new(),
    });
    let mut statement = db.prepare_cached(
        "SELECT count(*) FILTER (WHERE deadline <= ?2 + 86400),
             count(*) FILTER (WHERE deadline > ?2 + 86400 AND deadline <= ?2 + 2 * 86400),
             count(*) FILTER (WHERE deadline > ?2 + 2 * 86400 AND deadline <= ?2 + 7 * 86400),
             count(*) FILTER (WHERE deadline > ?2 + 7 * 86400)
         FROM dossiers INDEXED BY dossiers_by_lane
         WHERE deadline IS NOT NULL AND lane = ?1 AND (?3 IS NULL OR environment_id = ?3)",
    )?;
    for lane in &mut lanes {
        let word = lane.lane.as_str();
        let counts: [i64; 4] = statement.query_row(params![word, now, environment], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
        })?;
        let [day, two_days, week, later] = counts.map(i64::unsigned_abs);
        (lane.within_a_day, lane.within_two_days) = (day, two_days);
        (lane.within_a_week, lane.later) = (week, later);
        let place = "dossiers AS d INDEXED BY dossiers_by_lane
            WHERE d.deadline IS NOT NULL AND d.lane = ?";
        let order = "d.deadline, d.line";
        lane.cards = select(db, place, &[word], environment, order, cards)?;
    }
    let lost = count(
        db,
        "lost IS NOT NULL AND lost > ?2",
        environment,
        now.saturating_sub(LOST_DAYS * DAY),
    )?;
    Ok(Radar { lanes, lost })
}

pub(super) fn home(db: &Connection, environment: Option<&str>, now: i64) -> Result<Home> {
    let of = |condition| count(db, condition, environment, now.saturating_add(2 * DAY));
    let open = "d.state = 'CREATED' AND d.verdict IS NULL";
    Ok(Home {
        to_treat: of("verdict = 'KO' AND treated_at IS NULL")?,
        due_soon: of("deadline IS NOT NULL AND deadline <= ?2")?,
        troubled: of("trouble IS NOT NULL")?,
        in_progress: of("state = 'CREATED' AND verdict IS NULL")?,
        unknown: of("state = 'OUTCOME_UNKNOWN'")?,
        nearest: nearest(db, environment)?,
        running: select(
            db,
            &format!("dossiers AS d INDEXED BY dossiers_open WHERE {open}"),
            &[],
            environment,
            "d.changed_at DESC, d.line DESC",
            SHORT_LIST,
        )?,
        latest: latest(db, environment)?,
    })
}

fn nearest(db: &Connection, environment: Option<&str>) -> Result<Vec<Dossier>> {
    let index = match environment {
        Some(_) => "dossiers_due",
        None => "dossiers_by_deadline",
    };
    select(
        db,
        &format!("dossiers AS d INDEXED BY {index} WHERE d.deadline IS NOT NULL"),
        &[],
        environment,
        "d.deadline, d.line",
        SHORT_LIST,
    )
}

/// The newest lines of an environment are among the newest of each of its processes.
fn latest(db: &Connection, environment: Option<&str>) -> Result<Vec<Dossier>> {
    let Some(environment) = environment else {
        return select(
            db,
            "dossiers AS d WHERE 1",
            &[],
            None,
            "d.line DESC",
            SHORT_LIST,
        );
    };
    let mut newest = db.prepare_cached(
        "SELECT line FROM dossiers WHERE environment_id = ?1 AND process_id = ?2
         ORDER BY line DESC LIMIT ?3",
    )?;
    let mut found: Vec<i64> = Vec::new();
    for (_, process) in policies::in_use(db)?
        .into_iter()
        .filter(|(of, _)| of == environment)
    {
        let lines = newest.query_map(params![environment, process, SHORT_LIST], |row| {
            row.get::<_, i64>(0)
        })?;
        found.extend(lines.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.truncate(SHORT_LIST as usize);
    let places = vec!["?"; found.len()].join(", ");
    let sql = format!(
        "SELECT {} FROM dossiers AS d WHERE d.line IN ({places}) ORDER BY d.line DESC",
        lines::COLUMNS
    );
    let values: Vec<Value> = found.into_iter().map(Value::Integer).collect();
    listing::select(db, &sql, &values)
}

/// Finished dossiers with something within reach: three places in four for those that were not
/// tried in vain.
pub(super) fn due_for_keeping(
    db: &Connection,
    environment: &str,
    limit: usize,
) -> Result<Vec<DossierId>> {
    let ids = |sql: &str| -> Result<Vec<DossierId>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = db.prepare_cached(sql)?;
        let found =
            statement.query_map(params![environment, limit], |row| lines::read_id(row, "id"))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    };
    let fresh = ids("SELECT id FROM dossiers INDEXED BY dossiers_due
         WHERE deadline IS NOT NULL AND environment_id = ?1 AND trouble IS NULL
         ORDER BY deadline, line LIMIT ?2")?;
    let again = ids("SELECT id FROM dossiers INDEXED BY dossiers_due_again
         WHERE deadline IS NOT NULL AND trouble IS NOT NULL AND environment_id = ?1
         ORDER BY trouble_at, line LIMIT ?2")?;
    let for_again = again
        .len()
        .min((limit / 4).max(limit.saturating_sub(fresh.len())));
    let for_fresh = limit.saturating_sub(for_again);
    let again = again.into_iter().take(for_again);
    Ok(fresh.into_iter().take(for_fresh).chain(again).collect())
}

/// `condition` may name the number as `?2`.
fn count(db: &Connection, condition: &str, environment: Option<&str>, number: i64) -> Result<u64> {
    let sql = format!(
        "SELECT count(*) FROM dossiers
         WHERE {condition} AND (?1 IS NULL OR environment_id = ?1) AND ?2 IS NOT NULL"
    );
    let counted: i64 = db
        .prepare_cached(&sql)?
        .query_row(params![environment, number], |row| row.get(0))?;
    u64::try_from(counted).map_err(|_| RegisterError::Damaged)
}

fn select(
    db: &Connection,
    place: &str,
    words: &[&str],
    environment: Option<&str>,
    order: &str,
    limit: u32,
) -> Result<Vec<Dossier>> {
    let mut values: Vec<Value> = words
        .iter()
        .map(|word| Value::Text((*word).to_owned()))
        .collect();
    let mut condition = "";
    if let Some(environment) = environment {
        condition = "AND d.environment_id = ?";
        values.push(Value::Text(environment.to_owned()));
    }
    values.push(Value::Integer(limit.into()));
    let sql = format!(
        "SELECT {} FROM {place} {condition} ORDER BY {order} LIMIT ?",
        lines::COLUMNS
    );
    listing::select(db, &sql, &values)
}
