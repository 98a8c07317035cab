//! What a failure means for a piece, for its dossier, and for all of them. No clock, no network.

use chrono::{DateTime, Utc};
use dossiers::{CaptureTask, Dossier, PieceKind};

use super::{plan::Wanted, taking::Fetched};
use crate::{errors::DeskError, views::error::ErrorCode};

/// Tries after which something that is refused again and again is taken for gone.
const PATIENCE: u32 = 4;

/// How long the pieces of one dossier are waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Tries that failed before this one.
    tries: u32,
    /// By its deadline ID360 still has the documents.
    in_window: bool,
    /// The last try failed because ID360 denied having some of them, and for nothing else.
    was_denied: bool,
}

impl Patience {
    pub(super) fn of(task: &CaptureTask, dossier: &Dossier, true_now: DateTime<Utc>) -> Self {
        let trouble = task.trouble.as_deref().map(ErrorCode::from_word);
        Self {
            tries: task.tries,
            in_window: dossier.documents_until.is_none_or(|until| true_now < until),
            was_denied: trouble.is_some_and(is_denial),
        }
    }

    fn is_left(self) -> bool {
        self.tries < PATIENCE
    }

    /// Told of tries that failed for another reason, a first denial would count for the last of many.
    fn is_left_for_denied_documents(self) -> bool {
        self.in_window && (self.is_left() || !self.was_denied)
    }

    /// A container may come a little after the verdict.
    fn is_left_for_a_claim(self) -> bool {
        self.is_left() || (self.in_window && !self.was_denied)
    }

    /// Pages that are not what the report states are asked for again.
    pub(super) fn is_left_for_suspects(self) -> bool {
        self.in_window && self.is_left()
    }
}

/// What a failure means for the piece, where it means something for it.
pub(super) fn judged(
    error: DeskError,
    wanted: &Wanted,
    patience: Patience,
) -> Result<Fetched, DeskError> {
    use ErrorCode as E;
    match (wanted.kind, error.code) {
        // What is kept of it stays.
        _ if wanted.again && is_own(error.code) => Ok(Fetched::StillSuspect),
        (PieceKind::Document, E::UnknownDossier) if patience.is_left_for_denied_documents() => {
            Err(DeskError {
                code: E::DocumentWithheld,
                ..error
            })
        }
        (PieceKind::Document, E::UnknownDossier) => Ok(Fetched::Gone(E::DocumentGone)),
        (PieceKind::IdClaim, E::UnknownDossier) if !patience.is_left_for_a_claim() => {
            Ok(Fetched::Gone(E::NoIdClaim))
        }
        (PieceKind::IdClaim, E::UnknownDossier) => Err(DeskError {
            code: E::NoIdClaim,
            ..error
        }),
        // Its path is a guess (facts §J.27): what is refused there was never promised.
        (PieceKind::ReportPdf, code) if is_own(code) => match code {
            E::ProviderIncident | E::TimedOut | E::TruncatedDocument if patience.is_left() => {
                Err(error)
            }
            _ => Ok(Fetched::NotOffered),
        },
        (_, E::AnswerTooLarge) => Ok(Fetched::Gone(E::AnswerTooLarge)),
        _ => Err(error),
    }
}

/// ID360 says that it has no such piece.
fn is_denial(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::DocumentWithheld | ErrorCode::NoIdClaim)
}

/// The one trouble that is told of a try: the last, and a denial only where nothing else failed. So a denial says that
/// all that did not come was denied, whichever piece told it, and the next try may give all of it up.
pub(super) fn told(known: Option<DeskError>, new: DeskError) -> DeskError {
    match known {
        Some(known) if is_denial(new.code) && !is_denial(known.code) => known,
        _ => new,
    }
}

/// Failures that leave the other pieces and the other dossiers alone.
pub(super) fn is_own(code: ErrorCode) -> bool {
    use ErrorCode as E;
    !is_the_disk_s(code)
        && !matches!(
            code,
            E::Cancelled
                | E::LoginHeldBack
                | E::RateLimited
                | E::Unreachable
                | E::CertificateRefused
                | E::SessionExpired
                | E::NotSignedIn
                | E::CredentialsRefused
                | E::CodeRefused
                | E::AccountBlocked
                | E::RefusedAfterSignIn
                | E::RegisterClosed
                | E::RegisterDamaged
        )
}

pub(super) fn is_the_disk_s(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::DiskFull
            | ErrorCode::FolderReadOnly
            | ErrorCode::FolderMissing
            | ErrorCode::FileExists
            | ErrorCode::WriteFailed
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(kind: PieceKind, again: bool) -> Wanted {
        Wanted {
            kind,
            document: None,
            stated: (None, None),
            call: String::new(),
            again,
        }
    }

    fn patience(tries: u32, in_window: bool, was_denied: bool) -> Patience {
        Patience {
            tries,
            in_window,
            was_denied,
        }
    }

    /// The code of the trouble, or of what is gone.
    fn denied(patience: Patience, again: bool) -> Result<Option<ErrorCode>, ErrorCode> {
        let error = DeskError::new(ErrorCode::UnknownDossier);
        match judged(error, &wanted(PieceKind::Document, again), patience) {
            Ok(Fetched::Gone(code)) => Ok(Some(code)),
            Ok(_) => Ok(None),
            Err(error) => Err(error.code),
        }
    }

    const TROUBLE: Result<Option<ErrorCode>, ErrorCode> = Err(ErrorCode::DocumentWithheld);
    const GONE: Result<Option<ErrorCode>, ErrorCode> = Ok(Some(ErrorCode::DocumentGone));

    #[test]
    fn a_document_that_id360_denies_within_its_window_is_asked_for_again_before_it_is_given_up() {
        assert_eq!(denied(patience(0, true, false), false), TROUBLE);
        for tries in 1..PATIENCE {
            assert_eq!(denied(patience(tries, true, true), false), TROUBLE);
        }
        assert_eq!(denied(patience(PATIENCE, true, true), false), GONE);
    }

    #[test]
    fn a_first_denial_behind_a_long_outage_is_not_the_last_word() {
        assert_eq!(denied(patience(9, true, false), false), TROUBLE);
    }

    #[test]
    fn a_container_that_is_not_there_yet_behind_a_long_outage_is_asked_for_again_once_more() {
        let denied = |patience| {
            let error = DeskError::new(ErrorCode::UnknownDossier);
            judged(error, &wanted(PieceKind::IdClaim, false), patience)
        };
        let behind_an_outage = patience(9, true, false);
        assert!(denied(behind_an_outage).is_err_and(|error| error.code == ErrorCode::NoIdClaim));
        let again = Patience {
            was_denied: true,
            ..behind_an_outage
        };
        assert!(matches!(
            denied(again),
            Ok(Fetched::Gone(ErrorCode::NoIdClaim))
        ));
    }

    #[test]
    fn a_page_and_a_container_that_id360_both_denies_are_given_up_by_the_same_try() {
        let tried = |patience| {
            [PieceKind::Document, PieceKind::IdClaim].map(|kind| {
                let error = DeskError::new(ErrorCode::UnknownDossier);
                let came = judged(error, &wanted(kind, false), patience);
                came.err().map(|error| error.code)
            })
        };
        let [Some(page), Some(container)] = tried(patience(PATIENCE, true, false)) else {
            panic!("given up at the first denial")
        };
        // A video is asked for behind the container.
        for [first, last] in [[page, container], [container, page]] {
            let trouble = told(Some(DeskError::new(first)), DeskError::new(last));
            let again = patience(PATIENCE, true, is_denial(trouble.code));
            assert_eq!(tried(again), [None, None], "{last:?}");
        }
    }

    #[test]
    fn a_denial_is_not_told_in_place_of_another_failure_of_the_same_try() {
        let [denial, other] = [ErrorCode::NoIdClaim, ErrorCode::ProviderIncident];
        for [first, last] in [[denial, other], [other, denial]] {
            let trouble = told(Some(DeskError::new(first)), DeskError::new(last));
            assert_eq!(trouble.code, other);
        }
    }

    #[test]
    fn a_document_that_id360_denies_past_its_window_is_gone_at_once() {
        assert_eq!(denied(patience(0, false, false), false), GONE);
    }

    #[test]
    fn what_is_kept_of_a_suspect_page_is_not_missing_when_no_other_comes() {
        for patience in [patience(0, true, false), patience(0, false, false)] {
            assert_eq!(denied(patience, true), Ok(None));
        }
    }

    #[test]
    fn suspect_pages_are_asked_for_a_few_times_and_not_past_their_window() {
        assert!(patience(PATIENCE - 1, true, false).is_left_for_suspects());
        assert!(!patience(PATIENCE, true, false).is_left_for_suspects());
        assert!(!patience(0, false, false).is_left_for_suspects());
    }
}
