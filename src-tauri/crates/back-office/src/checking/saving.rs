//! What is kept of a check: the files inside, and the report.

use dossiers::Act;
use evidence::{Destination, page};
use serde::Serialize;

use super::{
    held::{Held, HeldWhat},
    sheet,
};
use crate::{
    desk::Desk,
    errors::DeskError,
    export::{finish, last_part},
    ports::Pick,
    views::{
        checking::{CheckReportForm, ClaimTie, FileFound},
        error::ErrorCode,
        launch::{HashAgreement, SaveOutcome, SavedFile},
    },
};

/// The machine-readable report: the verifier's own, and what it was made of.
#[derive(Serialize)]
struct Written<'a> {
    program: &'static str,
    file_name: &'a str,
    size: &'a str,
    checked_at: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier: Option<&'a ClaimTie>,
    #[serde(flatten)]
    result: Outcome<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome<'a> {
    Container(&'a asice::Report),
    Pack(&'a evidence::packs::PackVerdict),
    Neither(()),
}

impl Desk {
    /// One file of a checked container. `None` when the person closed the dialog.
    pub async fn save_checked_file(
        &self,
        intent_id: &str,
        check_id: &str,
        position: u32,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let check_id = check_id.to_owned();
        self.long(intent_id, move |desk, _| async move {
            let held = desk.held_check(&check_id)?;
            let (name, bytes) = desk.contained(&check_id, position).await?;
            let what = format!("{} entry={position}", subject(&held));
            desk.save_bytes(&held, Pick::Contained, &name, bytes.to_vec(), what)
                .await
        })
        .await
    }

    /// `None` when the person closed the dialog.
    pub async fn save_check_report(
        &self,
        intent_id: &str,
        check_id: &str,
        form: CheckReportForm,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let held = self.held_check(check_id)?;
        self.long(intent_id, move |desk, _| async move {
            let (ending, bytes) = match form {
                CheckReportForm::Json => ("json", written(&held)?),
                CheckReportForm::Html => {
                    ("html", page::html(&sheet::of(&held, &desk)).into_bytes())
                }
                CheckReportForm::Pdf => {
                    let drawn = page::pdf(&sheet::of(&held, &desk));
                    ("pdf", drawn.map_err(DeskError::internal)?)
                }
            };
            let name = format!("{}_verification.{ending}", stem(&held.check.file_name));
            let what = format!("{} verification={ending}", subject(&held));
            desk.save_bytes(&held, Pick::CheckReport, &name, bytes, what)
                .await
        })
        .await
    }

    async fn save_bytes(
        &self,
        held: &Held,
        pick: Pick,
        suggested: &str,
        bytes: Vec<u8>,
        what: String,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let Some((folder, name)) = self.place(pick, suggested).await? else {
            return Ok(None);
        };
        let at = folder.clone();
        let file = tokio::task::spawn_blocking(move || {
            let mut file = Destination::open(&at)?.begin(&name)?;
            if pick == Pick::Contained {
                file = file.from_elsewhere();
            }
            file.write(&bytes)?;
            Ok::<_, evidence::SaveError>(file)
        })
        .await
        .map_err(DeskError::internal)??;
        self.journal_where_open(Act::Saved, held.dossier, what)
            .await?;
        let saved = finish(file).await?;
        Ok(Some(SaveOutcome {
            folder: last_part(&folder),
            files: vec![SavedFile {
                name: saved.name,
                size: saved.size.to_string(),
                sha256: saved.sha256,
                hash: HashAgreement::NotStated,
            }],
            failed: Vec::new(),
        }))
    }
}

fn written(held: &Held) -> Result<Vec<u8>, DeskError> {
    let check = &held.check;
    let dossier = match &check.found {
        FileFound::Container { verdict } => verdict.tie.as_ref(),
        _ => None,
    };
    serde_json::to_vec_pretty(&Written {
        program: concat!("ID360 Desk ", env!("CARGO_PKG_VERSION")),
        file_name: &check.file_name,
        size: &check.size,
        checked_at: &check.checked_at,
        dossier,
        result: match &held.what {
            HeldWhat::Container { report, .. } => Outcome::Container(report),
            HeldWhat::Pack(verdict) => Outcome::Pack(verdict),
            HeldWhat::Other => Outcome::Neither(()),
        },
    })
    .map_err(|error| DeskError::new(ErrorCode::Internal).because(error))
}

/// For the journal: what the check was of, by hashes, never by a name.
pub(super) fn subject(held: &Held) -> String {
    match &held.what {
        HeldWhat::Container { report, .. } => format!("container sha256={}", report.sha256),
        HeldWhat::Pack(verdict) => {
            format!(
                "pack key={}",
                verdict.fingerprint.as_deref().unwrap_or_default()
            )
        }
        HeldWhat::Other => "file".to_owned(),
    }
}

fn stem(file_name: &str) -> &str {
    file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem)
}
