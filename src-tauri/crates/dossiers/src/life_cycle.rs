//! The life cycle of a dossier: how its creation went here, then what ID360 says of it.

use serde::{Deserialize, Serialize};

/// Where the creation of a dossier stands on our side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CreationState {
    /// Written down; surely not processed by ID360.
    Ready,
    /// The first byte may have left.
    Sent,
    /// ID360 made the dossier and we know its number.
    Created,
    /// ID360 answered that it made none.
    Refused,
    /// ID360 may have made a dossier; nothing sends it again by itself.
    OutcomeUnknown,
    /// A person closed an unknown outcome.
    Closed,
}

impl CreationState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Ready,
        Self::Sent,
        Self::Created,
        Self::Refused,
        Self::OutcomeUnknown,
        Self::Closed,
    ];

    /// The word the register stores and the query's `statuses` accept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "READY",
            Self::Sent => "SENT",
            Self::Created => "CREATED",
            Self::Refused => "REFUSED",
            Self::OutcomeUnknown => "OUTCOME_UNKNOWN",
            Self::Closed => "CLOSED",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What can happen to a creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CreationEvent {
    /// The request is about to leave.
    Send,
    /// The request was surely not processed.
    ReturnToReady,
    /// ID360 refused.
    Refuse,
    /// The answer was lost.
    LoseAnswer,
    /// The whole answer arrived and is kept.
    KeepAnswer,
    /// The answer was understood.
    Confirm,
    /// A person found the dossier's number elsewhere.
    Attach,
    /// A person gave up an unknown outcome.
    Close,
}

impl CreationEvent {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Send,
        Self::ReturnToReady,
        Self::Refuse,
        Self::LoseAnswer,
        Self::KeepAnswer,
        Self::Confirm,
        Self::Attach,
        Self::Close,
    ];
}

/// An event that the state does not allow; nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{event:?} is not allowed while the creation is {from:?}")]
pub struct IllegalTransition {
    /// The state.
    pub from: CreationState,
    /// The event.
    pub event: CreationEvent,
}

/// The state after the event. Total: every pair has an answer.
///
/// Only a ready creation is ever sent, and only `ReturnToReady` (surely not processed) makes a sent
/// one ready again: an unknown outcome cannot be sent a second time.
pub fn next(from: CreationState, event: CreationEvent) -> Result<CreationState, IllegalTransition> {
    use CreationEvent::{
        Attach, Close, Confirm, KeepAnswer, LoseAnswer, Refuse, ReturnToReady, Send,
    };
    use CreationState::{Closed, Created, OutcomeUnknown, Ready, Refused, Sent};
    match (from, event) {
        (Ready, Send) => Ok(Sent),
        (Sent, ReturnToReady) => Ok(Ready),
        (Sent, Refuse) => Ok(Refused),
        (Sent | OutcomeUnknown, LoseAnswer) => Ok(OutcomeUnknown),
        (Sent, KeepAnswer) => Ok(Sent),
        (OutcomeUnknown, KeepAnswer) => Ok(OutcomeUnknown),
        (Sent | OutcomeUnknown, Confirm) => Ok(Created),
        (OutcomeUnknown, Attach) => Ok(Created),
        (OutcomeUnknown, Close) => Ok(Closed),
        (from, event) => Err(IllegalTransition { from, event }),
    }
}

/// The status words after which ID360 changes nothing but `DELETED` (facts §D.1).
pub const FINAL_STATUSES: [&str; 6] = ["OK", "KO", "FAILED", "CANCELED", "DISCONTINUED", "DELETED"];

/// The status is known to be final.
pub fn is_final(status: &str) -> bool {
    FINAL_STATUSES.contains(&status)
}

/// Where ID360 has a dossier: its last status, and the status that ended it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// ID360's last status word.
    pub status: Option<String>,
    /// The final status that came first; a later `DELETED` does not replace it.
    pub verdict: Option<String>,
}

/// What a status word read now means for what is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusMove {
    /// The word becomes the status.
    Taken(Followed),
    /// It is the status already.
    Same,
    /// It is older than what is known: callbacks come late and twice (facts §E.4).
    Late,
}

/// Judges a status word. `caller_says_final` adds to the known list, for words of tomorrow.
///
/// `NEW` and `STARTED` end nothing, whoever says so.
///
/// A final status never goes back; the one move after it is to `DELETED`, which says that the
/// retention ended and nothing about the verdict. `NEW` never follows another status.
pub fn follow(known: &Followed, status: &str, caller_says_final: bool) -> StatusMove {
    let goes_on = matches!(status, "NEW" | "STARTED");
    let ends = is_final(status) || (caller_says_final && !goes_on);
    match (&known.status, &known.verdict) {
        (Some(now), verdict) if now == status && (verdict.is_some() || !ends) => StatusMove::Same,
        (Some(now), Some(verdict)) if status == "DELETED" && now != status => {
            StatusMove::Taken(Followed {
                status: Some(status.to_owned()),
                verdict: Some(verdict.clone()),
            })
        }
        (_, Some(_)) => StatusMove::Late,
        (Some(_), None) if status == "NEW" => StatusMove::Late,
        (_, None) => StatusMove::Taken(Followed {
            status: Some(status.to_owned()),
            verdict: ends.then(|| status.to_owned()),
        }),
    }
}

/// ID360 archives nothing of a dossier with that verdict (facts §D.3).
pub fn is_never_archived(verdict: &str) -> bool {
    matches!(verdict, "CANCELED" | "FAILED")
}

/// ID360 archives, or may yet archive, the report of a dossier with that verdict or status.
///
/// `OK` and `KO` are archived; `CANCELED` and `FAILED` never; nothing is promised for
/// `DISCONTINUED`, nor for a `DELETED` whose verdict was never seen (facts §D.3).
pub fn may_be_archived(status: Option<&str>) -> bool {
    !matches!(
        status,
        Some("CANCELED" | "FAILED" | "DISCONTINUED" | "DELETED")
    )
}
