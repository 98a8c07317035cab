//! Warnings of what is about to be lost, each once, as one notification.

use dossiers::Stamp;

use crate::{desk::Desk, errors::DeskError, ports::DeadlineWarning};

impl Desk {
    /// Nothing is marked as told while notifications are off.
    pub(crate) async fn warn(&self) -> Result<(), DeskError> {
        let preferences = self.preferences();
        if !preferences.notifications {
            return Ok(());
        }
        let true_now = self.true_now();
        // Between two of the register's turns, whoever stands at the counter has theirs.
        while self
            .on_register_as(Stamp::desk(self.now()), move |register, stamp| {
                register.mark_warnings(true_now, stamp)
            })
            .await?
        {}
        let due = self
            .on_register(|register, _| register.take_warnings())
            .await?;
        let Some(closest) = due.iter().map(|warning| warning.closest).min() else {
            return Ok(());
        };
        let warning = DeadlineWarning {
            dossiers: due.iter().map(|warning| warning.dossiers).sum(),
            hours_left: (closest > true_now)
                .then(|| u64::try_from((closest - true_now).num_hours()).unwrap_or_default()),
        };
        self.ports()
            .notifier
            .warn(preferences.language, warning)
            .await;
        Ok(())
    }
}
