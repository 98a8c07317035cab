//! Reading the whole chain, and saying from where on it does not hold.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::{entries, ledger};
use crate::act::{Breach, Chain, ChainHead, ChainVerdict};
use crate::error::Result;
use crate::progress::Progress;
use crate::store::anchors::{Anchor, Anchors};
use crate::store::chain::{self, ChainKey, End, Raw};
use crate::store::text;

/// Entries between two looks at whether the result is still wanted.
const BATCH: u64 = 4096;

/// How far the chain holds.
struct Walk {
    /// The last entry that holds, or the base.
    last: End,
    sound_until: Option<String>,
    breach: Option<(i64, Breach)>,
    entries: u64,
}

pub(super) fn verify(
    db: &Connection,
    key: &ChainKey,
    anchors: &Anchors,
    progress: &Progress,
) -> Result<ChainVerdict> {
    let base = key.end(db, chain::BASE)?;
    let head = key.end(db, chain::HEAD)?;
    let mut walk = walk(db, key, base.as_ref(), anchors, progress)?;
    if walk.breach.is_none() && head != Some(walk.last) {
        walk.breach = Some((walk.last.position.saturating_add(1), Breach::Head));
    }
    if walk.breach.is_none() {
        walk.breach = judge_anchors(db, &walk.last, anchors)?;
    }
    let chain = match walk.breach {
        None => Chain::Intact,
        Some((position, breach)) => Chain::Broken {
            position: u64::try_from(position).unwrap_or_default(),
            sound_until: walk.sound_until.as_deref().and_then(instant),
            breach,
        },
    };
    Ok(ChainVerdict {
        chain,
        entries: walk.entries,
        head: entries::head(db).unwrap_or(ChainHead {
            position: 0,
            mac: [0; 32],
            entries: 0,
            kept_since: None,
        }),
    })
}

fn walk(
    db: &Connection,
    key: &ChainKey,
    base: Option<&End>,
    anchors: &Anchors,
    progress: &Progress,
) -> Result<Walk> {
    let mut walk = Walk {
        last: base.copied().unwrap_or_else(|| key.beginning()),
        sound_until: None,
        breach: None,
        entries: 0,
    };
    let total = db
        .prepare("SELECT coalesce(max(position) - min(position) + 1, 0) FROM acts")?
        .query_row([], |row| row.get::<_, i64>(0))?;
    let total = u64::try_from(total).unwrap_or_default();
    let mut statement = db.prepare(
        "SELECT position, at, actor, act, dossier, detail, mac FROM acts ORDER BY position",
    )?;
    let mut rows = statement.query([])?;
    let mut anchored = pending(anchors, &walk.last).into_iter().peekable();
    let mut sound_at = Vec::new();
    // Where the chain last agreed with an anchor, and when that was written.
    let mut agreed = (walk.last, None);
    while let Some(row) = rows.next()? {
        if walk.entries.is_multiple_of(BATCH) {
            progress.at(walk.entries, total)?;
        }
        walk.entries += 1;
        let entry = Raw::read(row, 0)?;
        let expected = walk.last.position.saturating_add(1);
        if base.is_none() {
            walk.breach = Some((entry.position, Breach::Base));
            break;
        }
        let mac = key.link(&walk.last.mac, &entry);
        if entry.position != expected || row.get_ref(6)?.as_blob() != Ok(&mac[..]) {
            walk.breach = Some((expected, Breach::Entry));
            break;
        }
        if let Some(anchor) = anchored.next_if(|anchor| anchor.end.position == expected) {
            if anchor.end.mac == mac {
                agreed = (anchor.end, String::from_utf8(entry.at.to_vec()).ok());
            } else if !ledger::explained(db, &anchor.end)? {
                // Somewhere since then it went another way.
                let (last, at) = agreed;
                walk.breach = Some((last.position.saturating_add(1), Breach::Anchor));
                sound_at = at.unwrap_or_default().into_bytes();
                break;
            }
        }
        walk.last = End {
            position: expected,
            mac,
        };
        sound_at.clear();
        sound_at.extend_from_slice(entry.at);
    }
    if base.is_none() && walk.breach.is_none() {
        walk.breach = Some((1, Breach::Base));
    }
    walk.sound_until = String::from_utf8(sound_at).ok();
    progress.at(walk.entries, total)?;
    Ok(walk)
}

/// The anchors that the entries after the base can be held against.
fn pending(anchors: &Anchors, base: &End) -> Vec<Anchor> {
    match anchors {
        Anchors::Sealed(anchors) => anchors
            .iter()
            .filter(|anchor| anchor.end.position > base.position)
            .copied()
            .collect(),
        Anchors::Missing | Anchors::Unsealed => Vec::new(),
    }
}

/// The chain holds by itself: whether it is the one that was anchored.
fn judge_anchors(db: &Connection, last: &End, anchors: &Anchors) -> Result<Option<(i64, Breach)>> {
    let after = last.position.saturating_add(1);
    match anchors {
        Anchors::Missing | Anchors::Unsealed => Ok(Some((after, Breach::AnchorFile))),
        Anchors::Sealed(anchors) => {
            for anchor in anchors {
                if anchor.end.position > last.position && !ledger::explained(db, &anchor.end)? {
                    return Ok(Some((after, Breach::Anchor)));
                }
            }
            Ok(None)
        }
    }
}

fn instant(told: &str) -> Option<DateTime<Utc>> {
    text::parse_time(told).ok()
}
