//! Checking a file that a person chose or dropped, signed in or not.

use std::{
    fs::File,
    io::{BufReader, Read as _, Seek as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use dossiers::{Act, Progress};
use evidence::packs::{PackLimits, PackState, PackVerdict, Trouble, fingerprint, verify_pack};

use super::{NAMED_DIGITS, shown};
use crate::{
    desk::Desk,
    errors::DeskError,
    ports::Pick,
    present::time,
    views::{
        error::ErrorCode,
        packs::{FileCheck, FileFound},
    },
};

/// What every ZIP begins with.
const ZIP: &[u8] = b"PK\x03\x04";

impl Desk {
    /// `None` when the person closed the dialog.
    pub async fn check_file(&self, intent_id: &str) -> Result<Option<FileCheck>, DeskError> {
        self.long(intent_id, move |desk, progress| async move {
            let language = desk.preferences().language;
            match desk.ports().picker.open(language, Pick::Check).await {
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

    async fn check(&self, path: PathBuf, progress: Progress) -> Result<FileCheck, DeskError> {
        let (at, watched) = (path.clone(), progress);
        let (size, verdict) = tokio::task::spawn_blocking(move || looked_at(&at, &watched))
            .await
            .map_err(DeskError::internal)??;
        let found = match verdict {
            Some(verdict) => FileFound::Pack {
                verdict: self.shown_verdict(verdict).await?,
            },
            None => FileFound::Other,
        };
        Ok(FileCheck {
            file_name: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            size: size.to_string(),
            checked_at: time(self.now()),
            found,
        })
    }

    /// Works while the register is closed; then nothing is journaled, and nobody's key is known.
    async fn shown_verdict(
        &self,
        verdict: PackVerdict,
    ) -> Result<crate::views::packs::PackVerdictView, DeskError> {
        let key = verdict.fingerprint.as_deref().unwrap_or_default();
        let detail = format!(
            "pack {} key={}",
            word(verdict.state),
            key.get(..NAMED_DIGITS).unwrap_or_default()
        );
        let ids = shown::ids_of(&verdict);
        let known = self
            .on_register(move |register, stamp| {
                register.record_act(Act::FileVerified, None, &detail, stamp)?;
                let mut here = Vec::new();
                for id in ids {
                    if register.get(id)?.is_some() {
                        here.push(id.to_string());
                    }
                }
                Ok((fingerprint(&register.public_key()?), here))
            })
            .await;
        match known {
            Ok((own, here)) => Ok(shown::verdict(verdict, Some(&own), &here)),
            Err(error) if error.code == ErrorCode::RegisterClosed => {
                Ok(shown::verdict(verdict, None, &[]))
            }
            Err(error) => Err(error),
        }
    }
}

/// `None`: not a pack. A pack too damaged to be read as one still has its beginning.
fn looked_at(path: &Path, progress: &Progress) -> Result<(u64, Option<PackVerdict>), DeskError> {
    let mut file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let mut beginning = Vec::new();
    file.by_ref()
        .take(ZIP.len() as u64)
        .read_to_end(&mut beginning)
        .map_err(unreadable)?;
    if beginning != ZIP {
        return Ok((size, None));
    }
    file.rewind().map_err(unreadable)?;
    let verdict = verify_pack(
        BufReader::new(file),
        &PackLimits::default(),
        &mut |read, total| match progress.at(read, total) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        },
    )
    .map_err(|_| DeskError::new(ErrorCode::Cancelled))?;
    let is_other = verdict.troubles == [Trouble::NoManifest];
    Ok((size, (!is_other).then_some(verdict)))
}

fn unreadable(error: std::io::Error) -> DeskError {
    DeskError::invalid_field("file", "unreadable").because(error.kind())
}

fn word(state: PackState) -> &'static str {
    match state {
        PackState::Whole => "whole",
        PackState::Incomplete => "incomplete",
        PackState::Repacked => "repacked",
        PackState::Altered => "altered",
        PackState::Unreadable => "unreadable",
    }
}
