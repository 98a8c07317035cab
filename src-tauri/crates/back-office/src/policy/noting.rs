//! The journal learns of another policy, once.

use dossiers::Act;

use crate::desk::Desk;

impl Desk {
    /// Once the register is open: a policy that is not the one of the last start is written down.
    pub(crate) async fn note_policy(&self) {
        let managed = self.managed();
        let (told, taken) = (managed.told.clone(), managed.taken.clone());
        let before = self.own_preferences().policy_told;
        if told == before {
            return;
        }
        let detail = told
            .clone()
            .unwrap_or_else(|| "organisation: removed".to_owned());
        match self.note(Act::PolicyChanged, detail).await {
            Ok(()) => {
                self.change_preferences(|known| {
                    known.policy_told = told;
                    known.last_policy = taken;
                });
            }
            // Told again at the next start.
            Err(error) => tracing::error!(%error, "a change of policy is not in the journal"),
        }
    }
}
