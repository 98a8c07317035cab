//! The journal of acts: looking at it, giving it to others, and dropping what is too old.

mod chain;
mod noting;

use std::collections::HashMap;

use chrono::{DateTime, Local, Months, Utc};
use dossiers::{Act, ActQuery, DossierId, Progress, Span};

pub(crate) use self::{chain::ChainWatch, noting::is_refusal};
use crate::{
    bulk,
    desk::{Desk, dossier_id},
    errors::DeskError,
    export::{copy, finish, last_part},
    list::{shown_count, span_between},
    ports::Pick,
    present::time,
    settings::JOURNAL_MONTHS,
    views::{
        error::ErrorCode,
        journal::{JournalEntry, JournalPage, JournalQuery},
        policy::ManagedSetting,
        settings::SettingsView,
        transfer::ExportOutcome,
    },
};

/// Most entries of one page.
const MOST_ENTRIES: u32 = 500;
/// More kinds of acts than there are.
const MOST_ACTS: usize = 100;

impl Desk {
    /// The entries that match, newest first, from the `offset`th on; `limit` is brought between 1 and 500.
    /// `InvalidField` for a day that is none, and for more words of acts than there can be.
    pub async fn list_journal(
        &self,
        query: JournalQuery,
        offset: u32,
        limit: u32,
    ) -> Result<JournalPage, DeskError> {
        let asked = asked(&query)?;
        let limit = limit.clamp(1, MOST_ENTRIES);
        let (page, actors, labels) = self
            .on_register(move |register, _| {
                let progress = Progress::unwatched();
                let page = register.entries(&asked, offset.into(), limit.into(), &progress)?;
                let mut labels: HashMap<DossierId, Option<String>> = HashMap::new();
                for id in page.entries.iter().filter_map(|entry| entry.dossier) {
                    if let std::collections::hash_map::Entry::Vacant(place) = labels.entry(id) {
                        place.insert(register.get(id)?.as_ref().map(bulk::label));
                    }
                }
                Ok((page, register.actors()?, labels))
            })
            .await?;
        Ok(JournalPage {
            entries: page
                .entries
                .into_iter()
                .map(|entry| JournalEntry {
                    position: entry.position.to_string(),
                    at: time(entry.at),
                    actor: entry.actor,
                    act: entry.act,
                    dossier_id: entry.dossier.map(|id| id.to_string()),
                    dossier_label: entry
                        .dossier
                        .and_then(|id| labels.get(&id).cloned().flatten())
                        .filter(|label| !label.is_empty()),
                    detail: entry.detail,
                })
                .collect(),
            total: shown_count(page.total),
            exact: page.exact,
            actors,
        })
    }

    /// A signed archive. `None` when the person closed the dialog.
    pub async fn export_journal(
        &self,
        intent_id: &str,
        query: JournalQuery,
    ) -> Result<Option<ExportOutcome>, DeskError> {
        let asked = asked(&query)?;
        self.long(intent_id, move |desk, progress| async move {
            let asker = desk.asker();
            let day = desk.now().with_timezone(&Local).date_naive();
            let Some((folder, name)) = desk
                .place(Pick::Journal, &format!("journal_{day}.zip"))
                .await?
            else {
                return Ok(None);
            };
            let (at, watched) = (folder.clone(), progress.clone());
            // The register commits the act before it writes the first byte.
            let (file, export) = desk
                .on_register_as(desk.stamp_for(&asker), move |register, stamp| {
                    let written = || {
                        let mut built = tempfile::tempfile_in(&at)?;
                        let file = evidence::Destination::open(&at)?.begin(&name)?;
                        let export = register.export(&asked, &mut built, &watched, stamp)?;
                        Ok::<_, DeskError>((copy(built, file)?, export))
                    };
                    Ok(written())
                })
                .await??;
            if progress.is_cancelled() {
                return Err(DeskError::new(ErrorCode::Cancelled));
            }
            let saved = finish(file).await?;
            Ok(Some(ExportOutcome {
                file_name: saved.name,
                folder: last_part(&folder),
                rows: shown_count(export.entries),
            }))
        })
        .await
    }

    /// How long entries are kept; older ones go at once, or when ID360 first tells the time. What could not go then
    /// goes when the desk next looks after its journal, as it does every hour.
    pub async fn set_journal_months(&self, months: u16) -> Result<SettingsView, DeskError> {
        if !JOURNAL_MONTHS.contains(&months) {
            return Err(DeskError::invalid_field("journal_months", "range")
                .with("least", JOURNAL_MONTHS.start())
                .with("most", JOURNAL_MONTHS.end()));
        }
        self.may_change(ManagedSetting::JournalMonths)?;
        let before = self.preferences().journal_months;
        if before != months {
            self.note(
                Act::SettingsChanged,
                format!("journal_months {before} to {months}"),
            )
            .await?;
        }
        self.change_preferences(|known| known.journal_months = months);
        if let Err(error) = self.prune_journal(Progress::unwatched()).await {
            tracing::warn!(%error, "the journal is pruned later");
        }
        Ok(self.settings())
    }

    /// Drops what is older than the settings say, once ID360 has told the time: whoever sets this computer's clock
    /// a year ahead must not empty the journal with it.
    pub(crate) async fn prune_journal(&self, progress: Progress) -> Result<u64, DeskError> {
        let told = self
            .session_or_none()
            .and_then(|session| session.client.server_clock_offset());
        if told.is_none() {
            return Ok(0);
        }
        let now = self.now().min(self.true_now());
        let Some(before) = kept_since(now, self.preferences().journal_months) else {
            return Ok(0);
        };
        self.on_register(move |register, stamp| register.prune(before, &progress, stamp))
            .await
    }
}

/// The file of the preferences may have been changed by hand.
fn kept_since(now: DateTime<Utc>, months: u16) -> Option<DateTime<Utc>> {
    let months = months.clamp(*JOURNAL_MONTHS.start(), *JOURNAL_MONTHS.end());
    now.checked_sub_months(Months::new(months.into()))
}

fn asked(query: &JournalQuery) -> Result<ActQuery, DeskError> {
    if query.acts.len() > MOST_ACTS {
        return Err(DeskError::invalid_field("acts", "too_many"));
    }
    let Span { from, to } =
        span_between(query.from.as_deref(), query.to.as_deref(), &Local)?.unwrap_or_default();
    Ok(ActQuery {
        acts: query.acts.clone(),
        dossier: query.dossier_id.as_deref().map(dossier_id).transpose()?,
        actor: query.actor.clone(),
        by_desk: query.by_desk,
        from,
        to,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_that_were_written_by_hand_empty_no_journal() {
        let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        let days = |months| (now - kept_since(now, months).unwrap()).num_days();
        assert!((180..=190).contains(&days(0)));
        assert_eq!(days(0), days(6));
        assert_eq!(days(u16::MAX), days(60));
        assert!((360..=370).contains(&days(12)));
    }
}
