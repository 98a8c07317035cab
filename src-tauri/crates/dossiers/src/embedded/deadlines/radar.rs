//! What is about to be lost, and what is to be done today.

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::deadlines::DAY;
use crate::dossier::Dossier;
use crate::embedded::listing;
use crate::error::{RegisterError, Result};
use crate::keeping::Lane;
use crate::radar::{Home, LOST_DAYS, Radar, RadarLane};
use crate::store::{lines, policies};

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
        "dossiers_lost",
        "lost IS NOT NULL AND lost > ?1",
        environment,
        now.saturating_sub(LOST_DAYS * DAY),
    )?;
    Ok(Radar { lanes, lost })
}

pub(super) fn home(db: &Connection, environment: Option<&str>, now: i64) -> Result<Home> {
    let of = |index, condition| {
        count(
            db,
            index,
            condition,
            environment,
            now.saturating_add(2 * DAY),
        )
    };
    let open = "d.state = 'CREATED' AND d.verdict IS NULL";
    let by_deadline = match environment {
        Some(_) => "dossiers_due",
        None => "dossiers_by_deadline",
    };
    Ok(Home {
        to_treat: of("dossiers_to_treat", "verdict = 'KO' AND treated_at IS NULL")?,
        due_soon: of(by_deadline, "deadline IS NOT NULL AND deadline <= ?1")?,
        troubled: of("dossiers_troubled", "trouble IS NOT NULL")?,
        in_progress: of("dossiers_open", "state = 'CREATED' AND verdict IS NULL")?,
        unknown: of(
            "dossiers_by_shown_status",
            "shown_status = 'OUTCOME_UNKNOWN' AND state = 'OUTCOME_UNKNOWN'",
        )?,
        nearest: select(
            db,
            &format!("dossiers AS d INDEXED BY {by_deadline} WHERE d.deadline IS NOT NULL"),
            &[],
            environment,
            "d.deadline, d.line",
            SHORT_LIST,
        )?,
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

/// `condition` may name the number as `?1`. Counts entries of the index, without a look at lines.
fn count(
    db: &Connection,
    index: &str,
    condition: &str,
    environment: Option<&str>,
    number: i64,
) -> Result<u64> {
    let mut sql = format!(
        "SELECT count(*) FROM dossiers INDEXED BY {index} WHERE ({condition}) AND ?1 IS NOT NULL"
    );
    let counted: i64 = match environment {
        Some(environment) => {
            sql.push_str(" AND environment_id = ?2");
            db.prepare_cached(&sql)?
                .query_row(params![number, environment], |row| row.get(0))?
        }
        None => db
            .prepare_cached(&sql)?
            .query_row([number], |row| row.get(0))?,
    };
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
