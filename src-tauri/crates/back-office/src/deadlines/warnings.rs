//! Warnings of what is about to be lost, each once, as one notification.

use crate::{desk::Desk, errors::DeskError, ports::DeadlineWarning};

impl Desk {
    /// Nothing is marked as told while notifications are off; what the system did not show comes again with the next
    /// round.
    pub(crate) async fn warn(&self) -> Result<(), DeskError> {
        let preferences = self.preferences();
        if !preferences.notifications {
            return Ok(());
        }
        let true_now = self.true_now();
        // Between two of the register's turns, whoever stands at the counter has theirs.
        while self
            .on_register(move |register, _| register.mark_warnings(true_now))
            .await?
        {}
        let due = self
            .on_register(|register, _| register.warnings_to_tell())
            .await?;
        let Some(closest) = due.iter().map(|warning| warning.closest).min() else {
            return Ok(());
        };
        let warning = DeadlineWarning {
            dossiers: due.iter().map(|warning| warning.dossiers).sum(),
            hours_left: (closest > true_now)
                .then(|| u64::try_from((closest - true_now).num_hours()).unwrap_or_default()),
        };
        let notifier = &self.ports().notifier;
        if notifier.warn(preferences.language, warning).await {
            self.on_register_as(self.desk_stamp(), move |register, stamp| {
                register.warnings_told(&due, stamp)
            })
            .await?;
        }
        Ok(())
    }
}
