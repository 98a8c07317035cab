//! The form that was begun, kept through a crash inside the register: what is typed of a customer lies nowhere else.

use dossiers::Draft;

use crate::{
    desk::Desk,
    errors::DeskError,
    present::time,
    views::launch::{DraftForm, DraftView},
};

/// Bytes of a form with every field filled to its limit in the longest letters, and many expected data.
const LONGEST: usize = 128 * 1024;

impl Desk {
    /// The form that was begun in the signed-in environment; a customer of another one is not offered here. One that
    /// another version wrote and this one cannot read counts as none.
    pub async fn draft(&self) -> Result<Option<DraftView>, DeskError> {
        let environment = self.session()?.environment_id().to_owned();
        let kept = self.on_register(|register, _| register.draft()).await?;
        let kept = kept.filter(|draft| draft.environment_id == environment);
        Ok(kept.and_then(|draft| {
            Some(DraftView {
                draft: serde_json::from_str(&draft.content).ok()?,
                saved_at: time(draft.saved_at),
            })
        }))
    }

    /// Keeps what is typed, unfinished as it is, in place of what was kept before.
    pub async fn save_draft(&self, form: DraftForm) -> Result<(), DeskError> {
        let content = serde_json::to_string(&form).map_err(DeskError::internal)?;
        if content.len() > LONGEST {
            return Err(DeskError::invalid_field("draft", "too_long").with("most", LONGEST));
        }
        let draft = Draft {
            environment_id: self.session()?.environment_id().to_owned(),
            content,
            saved_at: self.now(),
        };
        self.on_register(move |register, _| register.save_draft(&draft))
            .await
    }

    /// Forgets the form that was begun, in whichever environment; none is forgotten already.
    pub async fn drop_draft(&self) -> Result<(), DeskError> {
        self.on_register(|register, _| register.drop_draft()).await
    }
}
