//! The callbacks a change causes (facts §E): what is said, and to whom.

use serde_json::{Value, json};

use super::World;
use super::dossier::{CallbackEndpoint, CallbackHeader, Dossier, Status};
use crate::options::Letters;
use crate::report::StepKind;

/// One callback to one place.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    pub enrollment: i64,
    pub url: String,
    pub headers: Vec<CallbackHeader>,
    pub status: Status,
    pub step: Option<String>,
    pub payload: Value,
}

impl World {
    /// One notice per control step, all with the status STARTED.
    pub(super) fn announce_steps(&mut self, id: i64) {
        let Some(dossier) = self.dossiers.get(&id) else {
            return;
        };
        let steps = StepKind::of(dossier);
        let total = steps.len();
        let mut notices = Vec::new();
        for (index, step) in steps.iter().enumerate() {
            let errors = step.failures(dossier);
            let payload = json!({
                "id": dossier.id,
                "status": "STARTED",
                "reason": null,
                "steps_status": { "done": index + 1, "total": total },
                "enrollment_step": {
                    "status": if errors.is_empty() { "OK" } else { "KO" },
                    "errors": errors.iter().map(|cause| cause.code).collect::<Vec<_>>(),
                    "type": step.type_name(),
                    "reason": errors.first().map(|cause| cause.message).unwrap_or_default(),
                    // The callback names a step without the `$n` of the report (facts §E.2).
                    "name": step.name().split('$').next(),
                    "documents": step.input_documents(dossier),
                },
            });
            let step = Some(step.name().to_owned());
            notices.extend(addressed(
                dossier,
                Status::Started,
                self.switches.letters,
                step,
                payload,
            ));
        }
        self.outbox.extend(notices);
    }

    pub(super) fn announce_end(&mut self, id: i64) {
        let Some(dossier) = self.dossiers.get(&id) else {
            return;
        };
        let total = StepKind::of(dossier).len();
        let payload = json!({
            "id": dossier.id,
            "status": dossier.status.as_str(),
            "reason": dossier.reason,
            "steps_status": { "done": total, "total": total },
        });
        let letters = self.switches.letters;
        let notices = addressed(dossier, dossier.status, letters, None, payload);
        if self.switches.callback_reordered {
            self.outbox.splice(0..0, notices);
        } else {
            self.outbox.extend(notices);
        }
    }
}

fn addressed(
    dossier: &Dossier,
    status: Status,
    letters: Letters,
    step: Option<String>,
    payload: Value,
) -> Vec<Notice> {
    let notice = |url: &str, headers: &[CallbackHeader]| Notice {
        enrollment: dossier.id,
        url: url.to_owned(),
        headers: headers.to_vec(),
        status,
        step: step.clone(),
        payload: payload.clone(),
    };
    let mut notices: Vec<Notice> = dossier
        .callback_endpoints
        .iter()
        .filter(|endpoint| wants(endpoint, status, letters))
        .map(|endpoint| notice(&endpoint.url, &endpoint.headers))
        .collect();
    if let Some(url) = &dossier.callback_url {
        notices.push(notice(url, &dossier.callback_headers));
    }
    notices
}

fn wants(endpoint: &CallbackEndpoint, status: Status, letters: Letters) -> bool {
    let has = |letter: &str| endpoint.on.iter().any(|given| given == letter);
    if endpoint.on.is_empty() {
        return true;
    }
    match letters {
        Letters::Verdict => {
            (has("E") && status.is_verdict())
                || (has("F") && status == Status::Failed)
                || (has("C") && matches!(status, Status::Canceled | Status::Discontinued))
        }
        Letters::Final => {
            (has("F") && status.is_final())
                || (has("E") && status == Status::Started)
                || (has("C") && status == Status::Canceled)
        }
    }
}
