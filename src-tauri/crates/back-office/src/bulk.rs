//! One act on many dossiers: tags, «treated», and reading their reports.

use dossiers::{Dossier, DossierId, Progress};
use futures::StreamExt as _;

use crate::{
    desk::Desk,
    errors::DeskError,
    list::shown_count,
    reading::Looked,
    views::{
        error::ErrorCode,
        list::{BulkOutcome, FailedRefresh, RefreshOutcome, Selection},
    },
};

/// Readings under way at once. What a person asks for meanwhile goes ahead of them.
const READINGS: usize = 4;
/// Failures that are told by name.
const NAMED_FAILURES: usize = 100;
/// Nothing answers: so many failures of the network in a row end a bulk reading.
const DEAD_NETWORK: u32 = 5;
/// More tags in one act than any person adds.
const MOST_TAGS: usize = 100;

impl Desk {
    /// Adds tags and removes others, all or nothing; a tag that is in both is added. At most a hundred each, of 1 to 40
    /// characters without the blanks around them: else `InvalidField`. Accents and case make no other tag.
    pub async fn tag_dossiers(
        &self,
        intent_id: &str,
        selection: Selection,
        add: Vec<String>,
        remove: Vec<String>,
    ) -> Result<BulkOutcome, DeskError> {
        let add = tags(add)?;
        let remove = tags(remove)?;
        self.long(intent_id, move |desk, progress| async move {
            let selection = desk.asking().selection(&selection)?;
            let changed = desk
                .on_register(move |register, stamp| {
                    register.tag(&selection, &add, &remove, &progress, stamp)
                })
                .await?;
            Ok(desk.told(changed))
        })
        .await
    }

    /// Marks as treated, or takes the mark off, all or nothing. A mark of the desk's own: ID360 hears nothing of it.
    pub async fn mark_treated(
        &self,
        intent_id: &str,
        selection: Selection,
        treated: bool,
    ) -> Result<BulkOutcome, DeskError> {
        self.long(intent_id, move |desk, progress| async move {
            let selection = desk.asking().selection(&selection)?;
            let changed = desk
                .on_register(move |register, stamp| {
                    register.treat(&selection, treated, &progress, stamp)
                })
                .await?;
            Ok(desk.told(changed))
        })
        .await
    }

    /// The tags that some dossier has, in the order of their letters.
    pub async fn list_tags(&self) -> Result<Vec<String>, DeskError> {
        self.on_register(|register, _| register.tags()).await
    }

    /// Reads the plain report of each. What was read stays read when a person ends it.
    pub async fn refresh_dossiers(
        &self,
        intent_id: &str,
        selection: Selection,
    ) -> Result<RefreshOutcome, DeskError> {
        self.long(intent_id, move |desk, progress| async move {
            desk.session()?;
            let selection = desk.asking().selection(&selection)?;
            let watched = progress.clone();
            let ids = desk
                .on_register(move |register, _| register.ids(&selection, &watched))
                .await?;
            Ok(desk.refresh_all(ids, &progress).await)
        })
        .await
    }

    async fn refresh_all(&self, ids: Vec<DossierId>, progress: &Progress) -> RefreshOutcome {
        let total = ids.len();
        let mut count = Count::default();
        let mut readings = futures::stream::iter(ids)
            .map(|id| self.refresh_one(id))
            .buffer_unordered(READINGS);
        let mut cancelled = progress.at(0, total as u64).is_err();
        let mut done = 0;
        while !cancelled && !count.hopeless() {
            let Some(reading) = readings.next().await else {
                break;
            };
            done += 1;
            if matches!(reading, Reading::Read { changed: true }) {
                self.register_changed();
            }
            count.add(reading);
            cancelled = progress.at(done, total as u64).is_err();
        }
        // Calls under way are given up; what was not asked counts as left out.
        drop(readings);
        let told = count.outcome.read + count.outcome.failed;
        count.outcome.left_out = shown_count(total as u64).saturating_sub(told);
        count.outcome.cancelled = cancelled;
        self.register_changed();
        count.outcome
    }

    async fn refresh_one(&self, id: DossierId) -> Reading {
        let Ok(before) = self.dossier(id).await else {
            return Reading::LeftOut;
        };
        let session = match self.session_for(&before) {
            Ok(session) if before.enrollment_id.is_some() => session,
            _ => return Reading::LeftOut,
        };
        match self.read_among_many(&before, &session).await {
            Ok(looked) => Reading::Read {
                changed: matches!(looked, Looked::Report { changed: true, .. }),
            },
            Err(error) => Reading::Failed(FailedRefresh {
                id: id.to_string(),
                label: label(&before),
                code: error.code,
            }),
        }
    }

    fn told(&self, changed: dossiers::Changed) -> BulkOutcome {
        if changed.changed > 0 {
            self.register_changed();
        }
        BulkOutcome {
            changed: shown_count(changed.changed),
            unchanged: shown_count(changed.unchanged),
        }
    }
}

enum Reading {
    LeftOut,
    Read { changed: bool },
    Failed(FailedRefresh),
}

#[derive(Default)]
struct Count {
    outcome: RefreshOutcome,
    /// Failures of the network since the last answer.
    silent: u32,
    /// Nobody is signed in any more.
    session_lost: bool,
}

impl Count {
    fn add(&mut self, reading: Reading) {
        match reading {
            Reading::LeftOut => {}
            Reading::Read { changed } => {
                self.silent = 0;
                self.outcome.read += 1;
                self.outcome.changed += u32::from(changed);
            }
            Reading::Failed(failure) => {
                match failure.code {
                    ErrorCode::Unreachable | ErrorCode::TimedOut => self.silent += 1,
                    ErrorCode::NotSignedIn
                    | ErrorCode::SessionExpired
                    | ErrorCode::CredentialsRefused
                    | ErrorCode::AccountBlocked
                    | ErrorCode::LoginHeldBack
                    | ErrorCode::RefusedAfterSignIn => self.session_lost = true,
                    _ => self.silent = 0,
                }
                self.outcome.failed += 1;
                if self.outcome.failures.len() < NAMED_FAILURES {
                    self.outcome.failures.push(failure);
                }
            }
        }
    }

    /// The next one would fail as well.
    fn hopeless(&self) -> bool {
        self.session_lost || self.silent >= DEAD_NETWORK
    }
}

/// Reference, else ID360's number.
pub(crate) fn label(dossier: &Dossier) -> String {
    dossier
        .reference
        .clone()
        .or_else(|| dossier.enrollment_id.map(|id| id.to_string()))
        .unwrap_or_default()
}

fn tags(tags: Vec<String>) -> Result<Vec<String>, DeskError> {
    if tags.len() > MOST_TAGS {
        return Err(DeskError::invalid_field("tags", "too_many"));
    }
    tags.into_iter()
        .map(|tag| {
            let tag = tag.trim();
            if tag.is_empty() {
                return Err(DeskError::invalid_field("tags", "required"));
            }
            if tag.chars().count() > dossiers::register::LONGEST_TAG {
                return Err(DeskError::invalid_field("tags", "too_long")
                    .with("most", dossiers::register::LONGEST_TAG));
            }
            if tag.contains(char::is_control) {
                return Err(DeskError::invalid_field("tags", "control_characters"));
            }
            Ok(tag.to_owned())
        })
        .collect()
}
