//! Checking a file: an evidence pack or a signed container, wherever it comes from, signed in or not.

mod claims;
mod held;
mod in_packs;
mod judged;
mod looking;
mod packs;
mod previews;
mod saving;
mod sheet;
#[cfg(test)]
mod specimens;
mod trusted;
mod words;

use std::{ops::ControlFlow, path::PathBuf, sync::Arc};

use asice::{Policy, Report};
use bytes::Bytes;
use dossiers::{Act, DossierId, Progress};
use uuid::Uuid;

pub(crate) use self::held::HeldChecks;
pub use self::looking::{LookError, Looked, What, look};
use self::{
    held::{Held, HeldWhat},
    trusted::Store,
};
use crate::{
    desk::Desk,
    errors::DeskError,
    ports::Pick,
    present::time,
    views::{
        checking::{ClaimTie, FileCheck, FileFound},
        error::ErrorCode,
    },
};

impl Desk {
    /// `None` when the person closed the dialog.
    pub async fn check_file(&self, intent_id: &str) -> Result<Option<FileCheck>, DeskError> {
        self.long(intent_id, move |desk, progress| async move {
            let language = desk.preferences().language;
            let answer = desk.ports().picker.open(language, Pick::Check).await;
            match desk.picked(answer)? {
                Some(path) => desk.check(path, progress).await.map(Some),
                None => Ok(None),
            }
        })
        .await
    }

    /// A file that was dropped on the window; `None` when none was.
    pub async fn check_dropped_file(
        &self,
        intent_id: &str,
        path: Option<PathBuf>,
    ) -> Result<Option<FileCheck>, DeskError> {
        self.long(intent_id, move |desk, progress| async move {
            match path {
                Some(path) => desk.check(path, progress).await.map(Some),
                None => Ok(None),
            }
        })
        .await
    }

    /// The same bytes of a container once more, after trust has changed.
    pub async fn check_again(
        &self,
        intent_id: &str,
        check_id: &str,
    ) -> Result<FileCheck, DeskError> {
        let held = self.held_check(check_id)?;
        self.long(intent_id, move |desk, progress| async move {
            let HeldWhat::Container { bytes, report } = &held.what else {
                return Ok(held.check.clone());
            };
            // Refused for its size and not kept: whom one trusts changes nothing of that.
            if bytes.len() as u64 != report.size {
                return Ok(held.check.clone());
            }
            let name = held.check.file_name.clone();
            desk.judge(name, bytes.clone(), held.dossier, progress)
                .await
        })
        .await
    }

    async fn check(&self, path: PathBuf, progress: Progress) -> Result<FileCheck, DeskError> {
        let store = self.trust_store().await?;
        let (trust, policy) = (store.trust.clone(), self.policy(&store));
        let (at, watched) = (path.clone(), progress.clone());
        let looked =
            tokio::task::spawn_blocking(move || look(&at, &trust, &policy, &mut told(&watched)))
                .await
                .map_err(DeskError::internal)?
                .map_err(|error| match error {
                    LookError::Unreadable(error) => {
                        DeskError::invalid_field("file", "unreadable").because(error.kind())
                    }
                    LookError::Stopped => stopped(),
                })?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        match looked.what {
            What::Container { bytes, report } => {
                self.conclude(name, bytes.into(), *report, store, None, progress)
                    .await
            }
            What::Pack(verdict) => {
                let found = FileFound::Pack {
                    verdict: self.pack_checked(&verdict).await?,
                };
                let what = HeldWhat::Pack(*verdict);
                Ok(self.hold(name, looked.size, found, what, None))
            }
            What::Other => {
                let what = HeldWhat::Other;
                Ok(self.hold(name, looked.size, FileFound::Other, what, None))
            }
        }
    }

    /// A container of which the bytes are here.
    async fn judge(
        &self,
        name: String,
        bytes: Bytes,
        dossier: Option<DossierId>,
        progress: Progress,
    ) -> Result<FileCheck, DeskError> {
        let store = self.trust_store().await?;
        let (trust, policy) = (store.trust.clone(), self.policy(&store));
        let (judged, watched) = (bytes.clone(), progress.clone());
        let report = tokio::task::spawn_blocking(move || {
            asice::verify_watched(&judged, &trust, &policy, &mut told(&watched))
        })
        .await
        .map_err(DeskError::internal)?
        .map_err(|asice::Stopped| stopped())?;
        self.conclude(name, bytes, report, store, dossier, progress)
            .await
    }

    /// A check that was stopped is not journaled: it came to nothing.
    async fn conclude(
        &self,
        name: String,
        bytes: Bytes,
        report: Report,
        store: Store,
        dossier: Option<DossierId>,
        progress: Progress,
    ) -> Result<FileCheck, DeskError> {
        let tie: Option<ClaimTie> = match dossier {
            Some(id) => Some(self.tie(id, &bytes, &report, &store, &progress).await?),
            None => None,
        };
        let (shown_bytes, report) = (bytes.clone(), Arc::new(report));
        let judged = report.clone();
        let verdict = tokio::task::spawn_blocking(move || {
            judged::verdict(&judged, &shown_bytes, &store, tie, &progress)
        })
        .await
        .map_err(DeskError::internal)??;
        self.journal_check(&report, dossier).await?;
        let found = FileFound::Container {
            verdict: Box::new(verdict),
        };
        let size = report.size;
        let what = HeldWhat::Container { bytes, report };
        Ok(self.hold(name, size, found, what, dossier))
    }

    /// A clock that is late must neither save what has expired nor hide what was revoked.
    fn policy(&self, store: &Store) -> Policy {
        Policy {
            revocation: store.revocation,
            ..Policy::at(self.true_now())
        }
    }

    fn hold(
        &self,
        file_name: String,
        size: u64,
        found: FileFound,
        what: HeldWhat,
        dossier: Option<DossierId>,
    ) -> FileCheck {
        let id = Uuid::new_v4();
        let check = FileCheck {
            check_id: id.to_string(),
            file_name,
            size: size.to_string(),
            checked_at: time(self.true_now()),
            found,
        };
        self.held_checks().keep(Held {
            id,
            check: check.clone(),
            what,
            dossier,
        });
        check
    }

    async fn journal_check(
        &self,
        report: &Report,
        dossier: Option<DossierId>,
    ) -> Result<(), DeskError> {
        let detail = format!(
            "container {} sha256={}",
            judged::etsi(report),
            report.sha256
        );
        self.journal_where_open(Act::FileVerified, dossier, detail)
            .await
    }

    /// Works while the register is closed; then nothing is journaled.
    async fn journal_where_open(
        &self,
        act: Act,
        dossier: Option<DossierId>,
        detail: String,
    ) -> Result<(), DeskError> {
        let noted = self
            .on_register(move |register, stamp| register.record_act(act, dossier, &detail, stamp))
            .await;
        match noted {
            Err(error) if error.code == ErrorCode::RegisterClosed => Ok(()),
            other => other,
        }
    }
}

/// What long functions of other crates are watched by.
fn told(progress: &Progress) -> impl FnMut(u64, u64) -> ControlFlow<()> + '_ {
    |done, total| match progress.at(done, total) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}

fn stopped() -> DeskError {
    DeskError::new(ErrorCode::Cancelled)
}

/// Where nothing that counts was done.
fn go_on(progress: &Progress) -> Result<(), DeskError> {
    if progress.is_cancelled() {
        Err(stopped())
    } else {
        Ok(())
    }
}
