//! What persons decide about dossiers, beside ID360's verdict.

use dossiers::{Choice, Decision};

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    present::time,
    views::{
        decision::{DecisionChoice, DecisionView},
        dossier::DossierView,
    },
};

/// A reason, not a file.
const LONGEST_NOTE: usize = 2_000;

impl Desk {
    /// One's own decision. It is added to those before it; ID360's verdict stays as it is.
    pub async fn decide(
        &self,
        intent_id: &str,
        id: &str,
        choice: DecisionChoice,
        note: &str,
    ) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let note = note.trim().to_owned();
        if note.chars().count() > LONGEST_NOTE {
            return Err(DeskError::invalid_field("note", "too_long").with("most", LONGEST_NOTE));
        }
        let desk = self.clone();
        self.intents()
            .once(intent_id, async move {
                if !desk.view(id).await?.acts.decide {
                    return Err(DeskError::invalid_field("dossier", "not_created"));
                }
                desk.on_register(move |register, stamp| {
                    register.decide(id, chosen(choice), &note, stamp)
                })
                .await?;
                desk.tell_register_changed();
                desk.view(id).await
            })
            .await
    }
}

pub(crate) fn decision_view(decision: Decision) -> DecisionView {
    DecisionView {
        choice: choice_view(decision.choice),
        note: decision.note,
        at: time(decision.at),
        by: decision.by.as_deref().map(str::to_owned),
    }
}

pub(crate) fn choice_view(choice: Choice) -> DecisionChoice {
    match choice {
        Choice::Accepted => DecisionChoice::Accepted,
        Choice::Refused => DecisionChoice::Refused,
        Choice::MoreWanted => DecisionChoice::MoreWanted,
    }
}

pub(crate) fn chosen(choice: DecisionChoice) -> Choice {
    match choice {
        DecisionChoice::Accepted => Choice::Accepted,
        DecisionChoice::Refused => Choice::Refused,
        DecisionChoice::MoreWanted => Choice::MoreWanted,
    }
}
