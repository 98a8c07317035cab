//! What is about to be lost, and what is to be done today.

use chrono::{DateTime, Utc};

use crate::dossier::Dossier;
use crate::keeping::Lane;

/// Days for which what was lost is spoken of.
pub const LOST_DAYS: i64 = 30;

/// What ID360 deletes next of what is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radar {
    /// In the order of [`Lane::ALL`].
    pub lanes: [RadarLane; 3],
    /// A window of theirs closed in the last [`LOST_DAYS`], and nothing was kept.
    pub lost: u64,
}

/// One lane of the radar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadarLane {
    /// Which.
    pub lane: Lane,
    /// Dossiers with at most a day left.
    pub within_a_day: u64,
    /// Over one day, up to two.
    pub within_two_days: u64,
    /// Over two days, up to seven.
    pub within_a_week: u64,
    /// Over seven days.
    pub later: u64,
    /// Those with the least time left.
    pub cards: Vec<Dossier>,
}

/// How many dossiers stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// `KO` and not marked as treated.
    pub to_treat: u64,
    /// A deadline that comes within 48 hours, or passed and was not given up yet.
    pub due_soon: u64,
    /// The last automatic reading failed.
    pub troubled: u64,
    /// They exist at ID360 and have no verdict.
    pub in_progress: u64,
    /// Nobody knows whether they exist.
    pub unknown: u64,
    /// The five closest deadlines.
    pub nearest: Vec<Dossier>,
    /// The five in progress that changed last.
    pub running: Vec<Dossier>,
    /// The five newest.
    pub latest: Vec<Dossier>,
}

/// What a person is to be warned of: a count, no names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where.
    pub environment_id: String,
    /// What ID360 deletes next.
    pub lane: Lane,
    /// Days since their windows opened: one of [`crate::WARNING_DAYS`], or as many before their end
    /// as [`crate::LAST_WARNING_DAYS`] says.
    pub day: u32,
    /// How many dossiers.
    pub dossiers: u64,
    /// The closest of their deadlines, by the true clock.
    pub closest: DateTime<Utc>,
}

/// What of a finished dossier is in safe hands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kept {
    /// Every document page the report lists.
    Documents,
    /// The idClaim.
    IdClaim,
}
