//! Who may read what, when (facts §D.3).

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};

use super::dossier::{Dossier, Page, Status};
use super::{Account, World};
use crate::options::CanceledReport;
use crate::refusal::Refusal;

/// What a report call gets.
pub(crate) enum ReportAccess<'a> {
    /// 202.
    NotReady(&'a Dossier),
    Full(&'a Dossier),
    /// The temporary report of the draft flag.
    Draft(&'a Dossier),
}

fn days(count: u32) -> TimeDelta {
    TimeDelta::days(i64::from(count))
}

impl World {
    pub(crate) fn report_access(
        &self,
        account: Account,
        id: i64,
        draft: bool,
        now: DateTime<Utc>,
    ) -> Result<ReportAccess<'_>, Refusal> {
        let dossier = self.dossier(id)?;
        let unfinished = match dossier.status {
            Status::Deleted => return Err(Refusal::not_found()),
            Status::New | Status::Started => true,
            Status::Canceled => self.switches.canceled_report == CanceledReport::NotReady,
            _ => false,
        };
        let young = now - dossier.window_start() < days(self.switches.application_days);
        if unfinished {
            if draft && young {
                return Ok(ReportAccess::Draft(dossier));
            }
            return Ok(ReportAccess::NotReady(dossier));
        }
        if young {
            return Ok(ReportAccess::Full(dossier));
        }
        match account {
            Account::User if dossier.status.is_verdict() => Ok(ReportAccess::Full(dossier)),
            Account::User => Err(Refusal::not_found()),
            Account::Application => match self.switches.application_old_report_status {
                404 => Err(Refusal::not_found()),
                status => Err(Refusal::new(
                    status,
                    "You do not have permission to perform this action.",
                )),
            },
        }
    }

    /// Users only, once the dossier has left the active base with a verdict.
    pub(crate) fn archive_access(
        &self,
        account: Account,
        id: i64,
        now: DateTime<Utc>,
    ) -> Result<&Dossier, Refusal> {
        if account == Account::Application {
            return Err(Refusal::new(
                403,
                "You do not have permission to perform this action.",
            ));
        }
        let dossier = self.dossier(id)?;
        let kept = now - dossier.window_start() < days(self.switches.archive_days);
        if dossier.status == Status::Deleted && dossier.verdict.is_some() && kept {
            return Ok(dossier);
        }
        Err(Refusal::not_found())
    }

    /// A page and its bytes, up to seven days after the enrollment.
    pub(crate) fn document_page(
        &self,
        document_id: i64,
        page_number: u32,
        now: DateTime<Utc>,
    ) -> Result<(&Page, Bytes), Refusal> {
        let (dossier, document) = self
            .dossiers
            .values()
            .find_map(|dossier| {
                let document = dossier.documents.iter().find(|one| one.id == document_id)?;
                Some((dossier, document))
            })
            .ok_or_else(Refusal::not_found)?;
        if now - dossier.window_start() >= days(self.switches.documents_days) {
            return Err(Refusal::not_found());
        }
        let page = document
            .pages
            .iter()
            .find(|page| page.page_number == page_number)
            .ok_or_else(Refusal::not_found)?;
        let bytes = self
            .file(document_id, page_number)
            .ok_or_else(Refusal::not_found)?;
        Ok((page, bytes))
    }

    /// A mistake of the server that no program can undo.
    pub(crate) fn mix_up_claims(&mut self, one: i64, other: i64) {
        let (first, second) = (self.claims.remove(&one), self.claims.remove(&other));
        self.claims.extend(second.map(|claim| (one, claim)));
        self.claims.extend(first.map(|claim| (other, claim)));
    }

    /// The idClaim of an OK dossier, while it is in the active base.
    pub(crate) fn idclaim(&self, id: i64) -> Result<Bytes, Refusal> {
        let dossier = self.dossier(id)?;
        if dossier.status != Status::Ok {
            return Err(Refusal::not_found());
        }
        self.claims.get(&id).cloned().ok_or_else(Refusal::not_found)
    }
}
