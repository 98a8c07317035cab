//! Dossiers made elsewhere: read and judged first, taken in on a second word, all or none.
//!
//! The lines may hold api_keys: they are read here and never cross to the window.

mod plans;
mod reading;
pub(crate) mod splitting;

use std::{
    collections::{HashMap, hash_map::Entry},
    io::Read as _,
    path::Path,
};

use dossiers::{ImportBatch, Imported, Judgement, Progress, Register, RegisterError};
use id360_api::Enrollment;
use secrecy::ExposeSecret as _;
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) use self::plans::ImportPlans;
use self::{
    plans::{Plan, PlannedLine},
    reading::SourceLine,
};
use crate::{
    desk::Desk,
    errors::DeskError,
    list::shown_count,
    ports::{ClipboardError, Pick},
    sessions::Session,
    views::{
        error::ErrorCode,
        transfer::{
            ImportLine, ImportOutcome, ImportPlan, ImportRule, ImportSource, ImportVerdict,
        },
    },
};

/// Most bytes of a source.
const MOST_BYTES: usize = 16 << 20;
/// Lines that are shown.
const SHOWN: usize = 1_000;

impl Desk {
    /// Reads and judges; changes nothing. `None` when the person closed the dialog. Stopped, it leaves
    /// no plan.
    pub async fn read_import(
        &self,
        intent_id: &str,
        source: ImportSource,
        process_id: Option<String>,
    ) -> Result<Option<ImportPlan>, DeskError> {
        self.long(intent_id, move |desk, progress| async move {
            let session = desk.session()?;
            let batch = desk.batch(&session, process_id.as_deref())?;
            let Some((file_name, bytes)) = desk.source(source).await? else {
                return Ok(None);
            };
            let lines = tokio::task::spawn_blocking(move || reading::lines(&bytes))
                .await
                .map_err(DeskError::internal)??;
            let (imported, mut shown) = parted(lines);
            let environment_id = batch.environment_id.clone();
            let watched = progress.clone();
            let (imported, judgements) = desk
                .on_register(move |register, _| {
                    let judged = register.judge_import(&environment_id, &imported, &watched)?;
                    Ok((imported, judged))
                })
                .await?;
            let lines = judged(imported, &judgements, &mut shown);
            if progress.is_cancelled() {
                return Err(DeskError::new(ErrorCode::Cancelled));
            }
            // The lock wiped what was read before; a dialog or a reading may outlive it.
            if desk.is_locked() {
                return Err(DeskError::new(ErrorCode::Locked));
            }
            let view = plan_view(file_name, &batch, process_id, shown);
            desk.imports()
                .keep(view.plan_id.clone(), Plan { batch, lines });
            Ok(Some(view))
        })
        .await
    }

    /// All of them or, where one cannot be taken in, none. The plan stays until it is done or dropped.
    pub async fn apply_import(
        &self,
        intent_id: &str,
        plan_id: &str,
    ) -> Result<ImportOutcome, DeskError> {
        let plan_id = plan_id.to_owned();
        self.long(intent_id, move |desk, progress| async move {
            let plan = desk
                .imports()
                .get(&plan_id)
                .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
            let session = desk.session()?;
            if session.environment_id() != plan.batch.environment_id {
                return Err(DeskError::new(ErrorCode::NotSignedIn)
                    .with("environment", &plan.batch.environment_id));
            }
            let importing = plan.clone();
            let done = desk
                .on_register(move |register, stamp| {
                    let Plan { batch, lines } = &*importing;
                    let mut lines: Vec<_> = lines.iter().map(|line| line.dossier.clone()).collect();
                    give_kept_keys(register, &batch.environment_id, &mut lines)?;
                    Ok(register.import(batch.clone(), lines, &progress, stamp))
                })
                .await?
                .map_err(|error| plan.refused(error))?;
            desk.imports().drop_plan(&plan_id);
            desk.register_changed();
            Ok(ImportOutcome {
                added: shown_count(done.added),
                completed: shown_count(done.completed),
            })
        })
        .await
    }

    /// Forgets a plan and wipes its api_keys; one that is not there is forgotten already.
    pub fn drop_import(&self, plan_id: &str) {
        self.imports().drop_plan(plan_id);
    }

    fn batch(&self, session: &Session, process_id: Option<&str>) -> Result<ImportBatch, DeskError> {
        let environment_id = session.environment_id().to_owned();
        let operator = session.username.clone();
        let Some(process_id) = process_id else {
            return Ok(ImportBatch {
                environment_id,
                process_id: String::new(),
                process_uuid: Uuid::nil(),
                process_name: String::new(),
                idclaim_expected: false,
                operator,
            });
        };
        let process = self
            .preferences()
            .process(process_id)
            .filter(|process| process.environment_id == environment_id)
            .cloned()
            .ok_or_else(|| DeskError::invalid_field("process_id", "required"))?;
        Ok(ImportBatch {
            environment_id,
            process_uuid: process.process_uuid.parse().map_err(DeskError::internal)?,
            process_id: process.id,
            process_name: process.name,
            idclaim_expected: process.idclaim,
            operator,
        })
    }

    async fn source(
        &self,
        source: ImportSource,
    ) -> Result<Option<(Option<String>, Zeroizing<Vec<u8>>)>, DeskError> {
        match source {
            ImportSource::Clipboard => {
                let text = self
                    .ports()
                    .clipboard
                    .text(MOST_BYTES)
                    .await
                    .map_err(|error| {
                        let rule = match error {
                            ClipboardError::Empty => "empty",
                            ClipboardError::TooLarge => "too_large",
                            ClipboardError::Unreadable => "unreadable",
                        };
                        DeskError::invalid_field("source", rule).because(error)
                    })?;
                let bytes = Zeroizing::new(text.expose_secret().as_bytes().to_vec());
                Ok(Some((None, bytes)))
            }
            ImportSource::File => {
                let language = self.preferences().language;
                let Some(path) = self.ports().picker.open(language, Pick::Import).await else {
                    return Ok(None);
                };
                let name = path
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned());
                let bytes = tokio::task::spawn_blocking(move || read(&path))
                    .await
                    .map_err(DeskError::internal)??;
                Ok(Some((name, bytes)))
            }
        }
    }
}

/// The plan in counts, and the lines that are shown: those with trouble first.
fn plan_view(
    file_name: Option<String>,
    batch: &ImportBatch,
    process_id: Option<String>,
    mut shown: Vec<ImportLine>,
) -> ImportPlan {
    let mut view = ImportPlan {
        plan_id: Uuid::new_v4().to_string(),
        file_name,
        environment_id: batch.environment_id.clone(),
        process_id,
        new: 0,
        known: 0,
        completed: 0,
        repeated: 0,
        invalid: 0,
        lines: Vec::new(),
    };
    for line in &shown {
        *match line.verdict {
            ImportVerdict::New => &mut view.new,
            ImportVerdict::Known { .. } => &mut view.known,
            ImportVerdict::Completed { .. } => &mut view.completed,
            ImportVerdict::Repeated { .. } => &mut view.repeated,
            ImportVerdict::Invalid { .. } => &mut view.invalid,
        } += 1;
    }
    shown.sort_by_key(|line| (trouble(&line.verdict), line.number));
    shown.truncate(SHOWN);
    view.lines = shown;
    view
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, DeskError> {
    let unreadable = |error: std::io::Error| {
        DeskError::invalid_field("source", "unreadable").because(error.kind())
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    // A device or a pipe may never end.
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(DeskError::invalid_field("source", "unreadable"));
    }
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(MOST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() > MOST_BYTES {
        return Err(DeskError::invalid_field("source", "too_large"));
    }
    Ok(bytes)
}

/// What the register is to judge, and every line as it is shown; those to be judged are `New` so far
/// and stand in the same order.
fn parted(lines: Vec<SourceLine>) -> (Vec<Imported>, Vec<ImportLine>) {
    let mut first = HashMap::new();
    let mut imported = Vec::new();
    let mut shown = Vec::with_capacity(lines.len());
    for line in lines {
        let number = line.number;
        let (verdict, found) = match line.found {
            Err(rule) => (ImportVerdict::Invalid { rule }, None),
            Ok(found) => match first.entry(found.enrollment_id) {
                Entry::Occupied(known) => {
                    let first = *known.get();
                    (ImportVerdict::Repeated { first }, Some(found))
                }
                Entry::Vacant(place) => {
                    place.insert(number);
                    (ImportVerdict::New, Some(found))
                }
            },
        };
        let is_first = verdict == ImportVerdict::New;
        shown.push(ImportLine {
            number,
            enrollment_id: found.as_ref().map(|found| found.enrollment_id.to_string()),
            reference: found.as_ref().and_then(|found| found.reference.clone()),
            has_api_key: found.as_ref().is_some_and(|found| found.api_key.is_some()),
            verdict,
        });
        if let Some(found) = found.filter(|_| is_first) {
            imported.push(Imported {
                enrollment_id: found.enrollment_id,
                api_key: found.api_key,
                reference: found.reference,
                ..Imported::default()
            });
        }
    }
    (imported, shown)
}

/// The lines to take in; what the register said of each stands in `shown` then.
fn judged(
    imported: Vec<Imported>,
    judgements: &[Judgement],
    shown: &mut [ImportLine],
) -> Vec<PlannedLine> {
    let open = shown
        .iter_mut()
        .filter(|line| line.verdict == ImportVerdict::New);
    let mut wanted = Vec::new();
    for ((line, judgement), dossier) in open.zip(judgements).zip(imported) {
        line.verdict = match judgement {
            Judgement::New => ImportVerdict::New,
            Judgement::Known(id) => ImportVerdict::Known { id: id.to_string() },
            Judgement::Completed(id) => ImportVerdict::Completed { id: id.to_string() },
            // Told apart before, by `parted`.
            Judgement::Repeated(_) => ImportVerdict::Repeated { first: line.number },
            Judgement::OtherApiKey(_) => ImportVerdict::Invalid {
                rule: ImportRule::OtherApiKey,
            },
        };
        if matches!(judgement, Judgement::New | Judgement::Completed(_)) {
            wanted.push(PlannedLine {
                number: line.number,
                dossier,
            });
        }
    }
    wanted
}

/// A line without a key that gives an unknown outcome its number: of an answer that was cut, the key may be there.
fn give_kept_keys(
    register: &dyn Register,
    environment_id: &str,
    lines: &mut [Imported],
) -> Result<(), RegisterError> {
    // Judged anew: a person may have settled it since the reading.
    let nobody = Progress::unwatched();
    let judgements = register.judge_import(environment_id, lines, &nobody)?;
    for (line, judgement) in lines.iter_mut().zip(judgements) {
        if line.api_key.is_none()
            && let Judgement::Completed(id) = judgement
        {
            let received = register.answer(id)?;
            line.api_key = received.and_then(|raw| Enrollment::recover_api_key(&raw));
        }
    }
    Ok(())
}

fn trouble(verdict: &ImportVerdict) -> u8 {
    match verdict {
        ImportVerdict::Invalid { .. } => 0,
        ImportVerdict::Repeated { .. } => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_said_twice_is_taken_once_and_points_to_the_first() {
        let lines = reading::lines(b"12\n13\n12\n").unwrap();
        let (imported, shown) = parted(lines);
        assert_eq!(imported.len(), 2);
        assert_eq!(shown[2].verdict, ImportVerdict::Repeated { first: 1 });
    }
}
