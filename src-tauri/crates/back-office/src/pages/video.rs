//! Liveness videos: biometric data, played only where this desk has the right to, each playing in the journal.

use dossiers::Act;
use evidence::sniff;

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    views::{error::ErrorCode, policy::ManagedSetting, settings::SettingsView},
};

impl Desk {
    /// The file of one page for the player alone, when it is a video; kept nowhere.
    ///
    /// # Errors
    /// `VideosNotPlayed` without the right, `FormatNotShown` for what is no video, `Locked`, or why it cannot be had.
    pub async fn video(
        &self,
        dossier: &str,
        document_id: &str,
        page_number: u32,
    ) -> Result<Vec<u8>, DeskError> {
        if !self.preferences().play_videos {
            return Err(DeskError::new(ErrorCode::VideosNotPlayed));
        }
        let key = (dossier_id(dossier)?, document_id.to_owned(), page_number);
        let dossier = self.dossier(key.0).await?;
        let page = self.listed_page(&key).await?;
        let file = self.page_bytes(&dossier, &page).await?.bytes;
        if !sniff(&file).is_video() {
            return Err(DeskError::new(ErrorCode::FormatNotShown));
        }
        // It may have locked itself while the file was on its way.
        if self.is_locked() {
            return Err(DeskError::new(ErrorCode::Locked));
        }
        self.journal_look(&key, " video").await?;
        Ok(file)
    }

    /// Whether liveness videos are played on this computer.
    pub async fn set_play_videos(&self, wanted: bool) -> Result<SettingsView, DeskError> {
        self.may_change(ManagedSetting::PlayVideos)?;
        let before = self.preferences().play_videos;
        if before != wanted {
            let detail = format!("play_videos {before} to {wanted}");
            self.note(Act::SettingsChanged, detail).await?;
        }
        self.change_preferences(|known| known.play_videos = wanted);
        Ok(self.settings())
    }
}
