//! Evidence packs: made where a person chose, and checked wherever they come from.

mod gathering;
mod gauge;
mod kept;
mod pieces;
pub(crate) mod shown;
mod writing;

use std::path::Path;

use chrono::Local;
use dossiers::{Act, DossierId, Progress, Selection as Wanted};
use evidence::packs::{Language as PackLanguage, PackFrame, PackSummary, grouped};
use tokio::sync::mpsc;

use self::gauge::Gauge;
pub(crate) use self::{gathering::kind, kept::piece_name};
use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    export::{Asker, last_part},
    list::shown_count,
    ports::Pick,
    save::reference,
    vault::on_disk,
    views::{error::ErrorCode, list::Selection, packs::PackOutcome, settings::Language},
};

/// Digits of the key's fingerprint that the journal names.
pub(crate) const NAMED_DIGITS: usize = 32;

impl Desk {
    /// One dossier. `None` when the person closed the dialog.
    pub async fn make_pack(
        &self,
        intent_id: &str,
        id: &str,
    ) -> Result<Option<PackOutcome>, DeskError> {
        let id = dossier_id(id)?;
        self.long(intent_id, move |desk, progress| async move {
            let dossier = desk.dossier(id).await?;
            let name = format!("{}_preuves.zip", reference(&dossier));
            desk.make(vec![id], &name, false, progress).await
        })
        .await
    }

    /// All that are selected, in one file. `None` when the person closed the dialog.
    pub async fn make_packs(
        &self,
        intent_id: &str,
        selection: Selection,
    ) -> Result<Option<PackOutcome>, DeskError> {
        self.long(intent_id, move |desk, progress| async move {
            let selection: Wanted = desk.asking().selection(&selection)?;
            let watched = progress.clone();
            let ids = desk
                .on_register(move |register, _| register.ids(&selection, &watched))
                .await?;
            let day = desk.now().with_timezone(&Local).date_naive();
            let name = format!("dossiers_{day}_preuves.zip");
            desk.make(ids, &name, true, progress).await
        })
        .await
    }

    async fn make(
        &self,
        ids: Vec<DossierId>,
        suggested: &str,
        is_selection: bool,
        progress: Progress,
    ) -> Result<Option<PackOutcome>, DeskError> {
        if ids.is_empty() {
            return Err(DeskError::new(ErrorCode::NotFound));
        }
        let asker = self.asker();
        let Some((folder, name)) = self.place(Pick::Pack, suggested).await? else {
            return Ok(None);
        };
        // The system's dialog may have said that it would be replaced: minutes of work would end there.
        let (at, wanted) = (folder.clone(), name.clone());
        on_disk(move || Ok(writing::look(&at, &wanted)?)).await?;
        let frame = self.frame(is_selection, &asker);
        // One waits while another is written: however many there are, no more are in memory.
        let (hand, handed) = mpsc::channel(1);
        let gauge = Gauge::new(progress.clone(), ids.len() as u64);
        let (at, watched) = (folder.clone(), gauge.clone());
        let writing = self.on_register(move |register, _| {
            Ok(writing::write(
                register, &frame, handed, &at, &name, &watched,
            ))
        });
        let ((), written) = tokio::join!(self.gather_all(&ids, hand, &gauge), writing);
        let (file, summary) = written??;
        if progress.is_cancelled() {
            return Err(DeskError::new(ErrorCode::Cancelled));
        }
        self.journal_pack(ids, &summary, &asker).await?;
        // Its name may have been taken meanwhile: the acts are written, and so is the pack.
        let saved = on_disk(move || Ok(file.finish_under_a_free_name(None)?)).await?;
        self.tell_register_changed();
        Ok(Some(outcome(saved.name, &folder, summary)))
    }

    fn frame(&self, is_selection: bool, asker: &Asker) -> PackFrame {
        let stamp = self.stamp_for(asker);
        PackFrame {
            language: match self.preferences().language {
                Language::Fr => PackLanguage::French,
                Language::En => PackLanguage::English,
            },
            made_at: stamp.at,
            made_by: stamp.by.as_deref().unwrap_or_default().to_owned(),
            program: concat!("ID360 Desk ", env!("CARGO_PKG_VERSION")).to_owned(),
            is_selection,
        }
    }

    /// An act for each dossier, committed before the file gets its name. The key is named so that an old pack can be
    /// told to be ours after the key was renewed.
    async fn journal_pack(
        &self,
        ids: Vec<DossierId>,
        summary: &PackSummary,
        asker: &Asker,
    ) -> Result<(), DeskError> {
        let key = summary.fingerprint.get(..NAMED_DIGITS);
        let detail = format!(
            "dossiers={} missing={} key={}",
            summary.dossiers,
            summary.missing,
            key.unwrap_or_default()
        );
        self.on_register_as(self.stamp_for(asker), move |register, stamp| {
            ids.into_iter()
                .try_for_each(|id| register.record_act(Act::PackMade, Some(id), &detail, stamp))
        })
        .await
    }
}

fn outcome(file_name: String, folder: &Path, summary: PackSummary) -> PackOutcome {
    PackOutcome {
        file_name,
        folder: last_part(folder),
        size: summary.size.to_string(),
        dossiers: shown_count(summary.dossiers),
        pieces: shown_count(summary.pieces),
        missing: shown_count(summary.missing),
        missing_pieces: summary.lacking.into_iter().map(shown::lacking).collect(),
        fingerprint: grouped(&summary.fingerprint),
    }
}
