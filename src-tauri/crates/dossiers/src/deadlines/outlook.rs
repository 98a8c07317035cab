//! What of a dossier is kept, what can still be kept, and until when.

use chrono::{DateTime, Utc};

use super::policy::DeadlinePolicy;
use super::windows::{LOCAL_TIME_READING, Windows};
use crate::capture::CapturePolicy;
use crate::keeping::{EvidenceState, Lane};
use crate::life_cycle;

/// What the rules look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// ID360 has, or had, a dossier.
    pub(crate) created: bool,
    pub(crate) status: Option<String>,
    pub(crate) verdict: Option<String>,
    pub(crate) creation_time: Option<DateTime<Utc>>,
    pub(crate) finished_time: Option<DateTime<Utc>>,
    /// When the line was written here, by the true clock.
    pub(crate) began: DateTime<Utc>,
    pub(crate) report_kept: bool,
    /// Document pages the report lists; while it is not read there may be some.
    pub(crate) pages: Option<u32>,
    pub(crate) documents_kept: bool,
    pub(crate) idclaim_expected: bool,
    pub(crate) idclaim_kept: bool,
    /// How much of it is wanted here.
    pub(crate) wanted: CapturePolicy,
    /// Its videos too. No deadline hangs on them: they are documents like the others.
    pub(crate) wanted_video: bool,
    pub(crate) not_to_be_had: NotToBeHad,
    /// Some of the document pages are captured.
    pub(crate) some_pages_kept: bool,
}

/// What ID360 does not have any more, or never had, as a capture found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NotToBeHad {
    pub(crate) report: bool,
    pub(crate) documents: bool,
    pub(crate) idclaim: bool,
}

/// What the register keeps in columns about a standing. Seconds of Unix time by the true clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outlook {
    pub(crate) start: Option<i64>,
    pub(crate) documents_until: Option<i64>,
    pub(crate) report_application_until: Option<i64>,
    pub(crate) report_user_until: Option<i64>,
    /// The next end, at its earliest reading, of a window that something not kept depends on.
    pub(crate) deadline: Option<(i64, Lane)>,
    pub(crate) evidence: EvidenceState,
    /// When that end has passed at its latest reading too, so that all this is to be told anew.
    pub(crate) moves_at: Option<i64>,
    /// A window closed and nothing at all was kept: when.
    pub(crate) lost_at: Option<i64>,
}

/// What became of one thing worth keeping.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// Within reach up to `end` at the earliest, `gone` at the latest.
    Open {
        end: i64,
        gone: i64,
    },
    /// ID360 moved it to its archive, which has no known end.
    Archived,
    Gone {
        at: i64,
    },
}

impl Outlook {
    /// The outlook at `now`; `None`: nothing has passed yet.
    pub(crate) fn of(standing: &Standing, policy: DeadlinePolicy, now: Option<i64>) -> Self {
        if !standing.created {
            return Self::default();
        }
        let windows = Windows::of(
            standing.finished_time,
            standing.creation_time,
            standing.began,
            policy,
        );
        let outlook = Self {
            start: Some(windows.start.timestamp()),
            documents_until: Some(windows.documents_until.timestamp()),
            report_application_until: Some(windows.report_application_until.timestamp()),
            report_user_until: Some(windows.report_user_until.timestamp()),
            ..Self::default()
        };
        match &standing.verdict {
            Some(verdict) => outlook.after(verdict, standing, &windows, now),
            // Before the end there is nothing to keep.
            None => outlook,
        }
    }

    /// What was lost before its time was lost when that was first told, not when it is told again.
    pub(crate) fn keep_loss(&mut self, told: Option<i64>, standing: &Standing) {
        let gone = standing.not_to_be_had;
        let is_early = standing.status.as_deref() == Some("DELETED")
            || gone.documents
            || gone.idclaim
            || gone.report;
        if let (true, Some(told), Some(lost)) = (is_early, told, self.lost_at) {
            self.lost_at = Some(told.min(lost));
        }
    }

    /// The next end of what a capture would take, whatever a person saved elsewhere by hand.
    pub(crate) fn capture_until(
        standing: &Standing,
        policy: DeadlinePolicy,
        now: Option<i64>,
    ) -> Option<i64> {
        let outlook = Self::uncaptured(standing, policy, now);
        outlook.deadline.map(|(at, _)| at)
    }

    /// Time moves the capture too, even where nothing of the dossier is about to be lost.
    pub(crate) fn move_with_capture(
        &mut self,
        standing: &Standing,
        policy: DeadlinePolicy,
        now: Option<i64>,
    ) {
        let capture = Self::uncaptured(standing, policy, now).moves_at;
        self.moves_at = [self.moves_at, capture].into_iter().flatten().min();
    }

    fn uncaptured(standing: &Standing, policy: DeadlinePolicy, now: Option<i64>) -> Self {
        let uncaptured = Standing {
            documents_kept: false,
            idclaim_kept: false,
            ..standing.clone()
        };
        Self::of(&uncaptured, policy, now)
    }

    fn after(
        self,
        verdict: &str,
        standing: &Standing,
        windows: &Windows,
        now: Option<i64>,
    ) -> Self {
        let archived = life_cycle::may_be_archived(Some(verdict));
        let judge = Judge {
            // A dossier that ended at an unknown time may have ended late: nothing of it is given
            // up before its longest window.
            not_before: standing
                .finished_time
                .is_none()
                .then(|| windows.report_user_until.timestamp()),
            deleted: standing.status.as_deref() == Some("DELETED"),
            now,
        };
        let documents_until = windows.documents_until.timestamp();
        let application_until = windows.report_application_until.timestamp();
        let user_until = windows.report_user_until.timestamp();

        let gone = standing.not_to_be_had;
        let all = standing.wanted == CapturePolicy::Full;
        let documents = (all && standing.pages != Some(0)).then(|| {
            let kept = (standing.documents_kept, gone.documents);
            let fate = judge.fate(kept, &[documents_until], false);
            (Lane::Documents, fate)
        });
        // Nothing is published about its window (facts §I): it is taken to be that of documents.
        let idclaim = (all && standing.idclaim_expected && verdict == "OK").then(|| {
            let kept = (standing.idclaim_kept, gone.idclaim);
            (Lane::Documents, judge.fate(kept, &[documents_until], false))
        });
        // After an application account's window a user account reads only what is archived later.
        let kept = (standing.report_kept, gone.report);
        let report = if archived {
            let ends = [
                application_until.min(user_until),
                application_until.max(user_until),
            ];
            (Lane::Report, judge.fate(kept, &ends, true))
        } else {
            let fate = judge.fate(kept, &[application_until], false);
            (Lane::NoArchive, fate)
        };
        let report = (standing.wanted != CapturePolicy::ReferencesOnly).then_some(report);

        let parts: Vec<(Lane, Fate)> = documents.into_iter().chain(idclaim).chain(report).collect();
        self.told_by(&parts, standing.some_pages_kept)
    }

    fn told_by(mut self, parts: &[(Lane, Fate)], some_pages_kept: bool) -> Self {
        let mut kept = 0;
        let mut reachable = false;
        let mut lost_at = None;
        for (lane, fate) in parts {
            match *fate {
                Fate::Kept => kept += 1,
                Fate::Archived => reachable = true,
                Fate::Gone { at } => lost_at = lost_at.max(Some(at)),
                Fate::Open { end, gone } => {
                    reachable = true;
                    self.moves_at = Some(self.moves_at.map_or(gone, |at| at.min(gone)));
                    if self.deadline.is_none_or(|(closest, _)| end < closest) {
                        self.deadline = Some((end, *lane));
                    }
                }
            }
        }
        // Whatever of it ends first, all of such a dossier ends without an archive.
        if let Some((end, _)) = self.deadline
            && parts
                .iter()
                .any(|(lane, fate)| *lane == Lane::NoArchive && matches!(fate, Fate::Open { .. }))
        {
            self.deadline = Some((end, Lane::NoArchive));
        }
        let nothing = kept == 0 && !some_pages_kept;
        self.lost_at = if nothing { lost_at } else { None };
        self.evidence = match (reachable, kept) {
            _ if parts.is_empty() => EvidenceState::None,
            (true, _) => EvidenceState::Due,
            (false, kept) if kept == parts.len() => EvidenceState::Kept,
            _ if nothing => EvidenceState::Lost,
            (false, _) => EvidenceState::Partial,
        };
        self
    }
}

struct Judge {
    not_before: Option<i64>,
    deleted: bool,
    now: Option<i64>,
}

impl Judge {
    /// `ends` in order; `archived`: behind the last one there is the archive.
    fn fate(&self, (kept, gone): (bool, bool), ends: &[i64], archived: bool) -> Fate {
        if kept {
            return Fate::Kept;
        }
        let last = ends.last().copied().unwrap_or_default();
        let at = self.now.map_or(last, |now| last.min(now));
        if gone {
            return Fate::Gone { at };
        }
        let open = ends
            .iter()
            .map(|end| (*end, self.gone(*end)))
            .find(|(_, gone)| !self.deleted && self.now.is_none_or(|now| now < *gone));
        match open {
            Some((end, gone)) => Fate::Open { end, gone },
            None if archived => Fate::Archived,
            None => Fate::Gone { at },
        }
    }

    fn gone(&self, end: i64) -> i64 {
        self.not_before
            .map_or(end, |not_before| end.max(not_before))
            .saturating_add(LOCAL_TIME_READING.num_seconds())
    }
}
