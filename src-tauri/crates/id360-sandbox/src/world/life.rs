//! How a dossier ends: by the customer, by the company, by the timers (facts §D.2).

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};

use super::World;
use super::dossier::{Outcome, Pending, Status};
use crate::causes;
use crate::refusal::Refusal;

impl World {
    /// The customer pressed «Continue» and the simulator was told what the verdict shall be.
    pub(crate) fn finish(
        &mut self,
        id: i64,
        outcome: Outcome,
        causes: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let processing = TimeDelta::seconds(i64::from(self.switches.processing_seconds));
        let causes = checked(outcome, causes)?;
        let dossier = self.dossier_mut(id)?;
        if dossier.status.is_final() || dossier.pending.is_some() {
            return Err(Refusal::conflict("The enrollment is finished."));
        }
        dossier.causes = causes;
        if dossier.started.is_none() && outcome != Outcome::Canceled {
            dossier.status = Status::Started;
            dossier.started = Some(now);
        }
        if outcome != Outcome::Canceled {
            self.issue_browser_token(id);
        }
        if processing > TimeDelta::zero() && outcome != Outcome::Canceled {
            let pending = Pending {
                outcome,
                since: now,
                due: now + processing,
            };
            self.dossier_mut(id)?.pending = Some(pending);
        } else {
            self.announce_steps(id);
            self.conclude(id, outcome.status(), None, now);
        }
        Ok(())
    }

    /// The company interrupts the dossier (facts §C.5).
    pub(crate) fn discontinue(&mut self, id: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
        let on_final = self.switches.discontinue_on_final;
        let announce = self.switches.discontinued_callback;
        let dossier = self.dossier_mut(id)?;
        if dossier.status == Status::Deleted {
            return Err(Refusal::not_found());
        }
        if dossier.status.is_final() {
            return match on_final {
                204 => Ok(()),
                status => Err(Refusal::new(status, "The enrollment is finished.")),
            };
        }
        dossier.status = Status::Discontinued;
        dossier.finished = Some(now);
        dossier.pending = None;
        if announce {
            self.announce_end(id);
        }
        Ok(())
    }

    fn issue_browser_token(&mut self, id: i64) {
        let token = self.entropy.hex("browser token", id.unsigned_abs(), 128);
        if let Some(dossier) = self.dossiers.get_mut(&id) {
            dossier.browser_token = Some(token.clone());
            self.browser_tokens.insert(token, id);
        }
    }

    /// The id behind a browser token, which is worth one call (facts §E.5).
    pub(crate) fn spend_browser_token(&mut self, token: &str) -> Result<i64, Refusal> {
        let id = *self
            .browser_tokens
            .get(token)
            .ok_or_else(Refusal::not_found)?;
        let dossier = self.dossier_mut(id)?;
        if std::mem::replace(&mut dossier.browser_token_spent, true) {
            return Err(Refusal::not_found());
        }
        Ok(id)
    }

    fn conclude(&mut self, id: i64, status: Status, reason: Option<String>, at: DateTime<Utc>) {
        let idclaim = self
            .dossiers
            .get(&id)
            .and_then(|dossier| self.process(dossier.process_uuid))
            .is_some_and(|process| process.idclaim);
        if let Some(dossier) = self.dossiers.get_mut(&id) {
            dossier.status = status;
            dossier.finished = Some(at);
            dossier.pending = None;
            if status.is_verdict() {
                dossier.verdict = Some(status);
            }
            if status == Status::Failed && dossier.causes.is_empty() {
                dossier.causes = vec!["UNKNOWN_ERROR".to_owned()];
            }
            dossier.reason = reason.or_else(|| crate::report::reason(dossier));
        }
        if status == Status::Ok && idclaim {
            self.sign_claim(id, at);
        }
        self.announce_end(id);
    }

    /// Made once, when the verdict falls, so that every download is the same bytes.
    fn sign_claim(&mut self, id: i64, at: DateTime<Utc>) {
        let Some(dossier) = self.dossiers.get(&id) else {
            return;
        };
        match crate::idclaim::container(&self.signer, &self.entropy, dossier, at) {
            Ok(claim) => {
                let claim = Bytes::from(claim);
                if let Some(store) = &self.store
                    && let Err(error) = store.put_idclaim(id, &claim)
                {
                    tracing::error!(%error, "an idClaim could not be kept");
                }
                self.claims.insert(id, claim);
            }
            Err(error) => tracing::error!(%error, "an idClaim could not be made"),
        }
    }

    /// Everything that fell due up to `now`. Safe to call at any time, any number of times.
    pub(crate) fn tick(&mut self, now: DateTime<Utc>) -> bool {
        let ids: Vec<i64> = self.dossiers.keys().copied().collect();
        let mut changed = false;
        for id in ids {
            changed |= self.end_processing(id, now);
            changed |= self.expire(id, now);
            changed |= self.delete(id, now);
        }
        changed
    }

    fn end_processing(&mut self, id: i64, now: DateTime<Utc>) -> bool {
        let limit = minutes(self.switches.processing_minutes);
        let Some(pending) = self
            .dossiers
            .get(&id)
            .and_then(|dossier| dossier.pending.clone())
        else {
            return false;
        };
        let gives_up = job_after(pending.since + limit);
        if pending.due <= now && pending.due < gives_up {
            self.announce_steps(id);
            self.conclude(id, pending.outcome.status(), None, pending.due);
            return true;
        }
        if gives_up <= now {
            if let Some(dossier) = self.dossiers.get_mut(&id) {
                dossier.causes = vec!["ERL_TIMEOUT".to_owned()];
            }
            self.conclude(id, Status::Failed, None, gives_up);
            return true;
        }
        false
    }

    /// The job that runs every 15 minutes: a delay that has passed makes the dossier CANCELED.
    fn expire(&mut self, id: i64, now: DateTime<Utc>) -> bool {
        let Some(dossier) = self.dossiers.get(&id) else {
            return false;
        };
        let limit = match (dossier.status, dossier.started) {
            (Status::New, _) => dossier.created + minutes(self.switches.not_started_minutes),
            (Status::Started, Some(started)) if dossier.pending.is_none() => {
                started + minutes(self.switches.started_minutes)
            }
            _ => return false,
        };
        let at = job_after(limit);
        if at > now {
            return false;
        }
        let reason = "The enrollment was not completed in the allowed time.".to_owned();
        self.conclude(id, Status::Canceled, Some(reason), at);
        true
    }

    /// The daily job: DELETED after the retention period (facts §D.2).
    fn delete(&mut self, id: i64, now: DateTime<Utc>) -> bool {
        let days = TimeDelta::days(i64::from(self.switches.retention_days));
        let Some(dossier) = self.dossiers.get_mut(&id) else {
            return false;
        };
        if dossier.status == Status::Deleted || !dossier.status.is_final() {
            return false;
        }
        if day_after(dossier.window_start() + days) > now {
            return false;
        }
        dossier.status = Status::Deleted;
        true
    }
}

fn minutes(count: u32) -> TimeDelta {
    TimeDelta::minutes(i64::from(count))
}

/// The first run of the 15-minute job at or after `at`.
fn job_after(at: DateTime<Utc>) -> DateTime<Utc> {
    next_multiple(at, 15 * 60)
}

/// The first run of the daily job at or after `at`.
fn day_after(at: DateTime<Utc>) -> DateTime<Utc> {
    next_multiple(at, 24 * 60 * 60)
}

fn next_multiple(at: DateTime<Utc>, seconds: i64) -> DateTime<Utc> {
    let past = at.timestamp().rem_euclid(seconds);
    let nanos = i64::from(at.timestamp_subsec_nanos());
    if past == 0 && nanos == 0 {
        return at;
    }
    at + TimeDelta::seconds(seconds - past) - TimeDelta::nanoseconds(nanos)
}

/// Only published codes, each once, and only where the outcome can have any.
fn checked(outcome: Outcome, causes: Vec<String>) -> Result<Vec<String>, Refusal> {
    let mut kept: Vec<String> = Vec::new();
    for code in causes {
        if causes::find(&code).is_none() {
            return Err(Refusal::bad_request(format!(
                "\"{code}\" is not a published cause."
            )));
        }
        if !kept.contains(&code) {
            kept.push(code);
        }
    }
    match outcome {
        Outcome::Ko if kept.is_empty() => Ok(vec![causes::DEFAULT.to_owned()]),
        Outcome::Ko | Outcome::Failed => Ok(kept),
        Outcome::Ok | Outcome::Canceled if kept.is_empty() => Ok(kept),
        Outcome::Ok | Outcome::Canceled => {
            Err(Refusal::bad_request("Only KO and FAILED have causes."))
        }
    }
}
