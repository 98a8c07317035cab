use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{dossier::DossierRow, error::ErrorCode, evidence::VerificationView};

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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "RadarView.ts")]
pub struct RadarView {
    /// All three, in the order of `Lane`.
    pub lanes: Vec<RadarLane>,
    /// Lost in the last thirty days: the window passed and nothing was kept.
    pub lost: u32,
    /// ID360's clock minus ours, when it is a minute or more.
    pub clock_offset_minutes: Option<i32>,
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
    /// `capture_now`: it is in the queue of captures and goes by itself, unless its last try failed.
    Capture { trouble: Option<ErrorCode> },
    /// Nobody is signed in to the dossier's environment.
    SignIn { environment_id: String },
    /// Too old for an application account.
    SignInAsUser,
    /// The last try failed; open the dossier.
    Look { trouble: ErrorCode },
}

/// How many dossiers of the open session's environments stand where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "HomeView.ts")]
pub struct HomeView {
    /// KO, not yet marked as treated.
    pub to_treat: u32,
    /// Deadlines in the next 48 hours.
    pub due_soon: u32,
    /// Automatic readings that failed.
    pub troubled: u32,
    pub in_progress: u32,
    pub unknown: u32,
    /// The closest five deadlines.
    pub nearest: Vec<RadarCard>,
    /// The five that moved last, of those in progress.
    pub running: Vec<DossierRow>,
    /// The five newest.
    pub latest: Vec<DossierRow>,
    /// Of the captured files.
    pub verification: VerificationView,
}
