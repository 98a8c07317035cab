use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    dossier::DossierRow,
    error::ErrorCode,
    evidence::{CaptureActivity, VerificationView},
    journal::ChainState,
    list::ListFilter,
};

/// What is about to be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "Lane.ts")]
pub enum Lane {
    /// Document pages that are not kept yet.
    Documents,
    /// Reports that are not kept yet; ID360 archives them afterwards.
    Report,
    /// Reports that are not kept yet and that ID360 never archives (`CANCELED`, `FAILED`).
    NoArchive,
}

/// How many dossiers, and how the list is asked for exactly those.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "Tally.ts")]
pub struct Tally {
    pub dossiers: u32,
    pub filters: Vec<ListFilter>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "RadarView.ts")]
pub struct RadarView {
    /// All three, in the order of `Lane`.
    pub lanes: Vec<RadarLane>,
    /// How the list is asked for the dossiers of all three.
    pub filters: Vec<ListFilter>,
    /// Lost in the last thirty days: the window passed and nothing was kept.
    pub lost: Tally,
    /// ID360's clock minus ours, when it is a minute or more.
    pub clock_offset_minutes: Option<i32>,
    /// Whether anything of this goes by itself.
    pub capture: CaptureActivity,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "RadarLane.ts")]
pub struct RadarLane {
    pub lane: Lane,
    pub within_a_day: u32,
    /// Over one day, up to two.
    pub within_two_days: u32,
    /// Over two days, up to seven.
    pub within_a_week: u32,
    pub later: u32,
    /// The closest fifty.
    pub cards: Vec<RadarCard>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "RadarCard.ts")]
pub struct RadarCard {
    pub row: DossierRow,
    pub lane: Lane,
    /// RFC 3339: the earliest plausible reading.
    pub at: String,
    /// The same moment as this computer's clock will show it: time left is counted to here.
    pub here: String,
    pub next: NextAct,
}

/// The one thing to do now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "NextAct.ts")]
pub enum NextAct {
    /// `refresh_dossier` keeps the report.
    KeepReport,
    /// `capture_now`: it is in the queue of captures.
    Capture {
        /// The queue is at work, so that it goes before its deadline without anybody.
        by_itself: bool,
        /// Why the last try failed.
        trouble: Option<ErrorCode>,
    },
    /// Nobody is signed in to the dossier's environment.
    SignIn { environment_id: String },
    /// Too old for an application account.
    SignInAsUser,
    /// The last try failed; open the dossier.
    Look { trouble: ErrorCode },
}

/// How many dossiers of the open session's environment stand where; of all of them while nobody is
/// signed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "HomeView.ts")]
pub struct HomeView {
    /// KO, not yet marked as treated.
    pub to_treat: Tally,
    /// Deadlines that come within 48 hours, or passed and were not given up yet.
    pub due_soon: Tally,
    /// Automatic readings and captures that failed.
    pub troubled: Tally,
    pub in_progress: Tally,
    pub unknown: Tally,
    /// The closest five deadlines.
    pub nearest: Vec<RadarCard>,
    /// The five that moved last, of those in progress.
    pub running: Vec<DossierRow>,
    /// The five newest.
    pub latest: Vec<DossierRow>,
    /// Of the captured files.
    pub verification: VerificationView,
    pub capture: CaptureActivity,
    /// Of the journal, as verified at the start or since.
    pub chain: ChainState,
    /// Why the last daily copy of the register was not made.
    pub backup_trouble: Option<ErrorCode>,
}
