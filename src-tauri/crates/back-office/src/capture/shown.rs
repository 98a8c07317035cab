//! Captures as the window shows them.

use dossiers::{
    Capture, CaptureCounts, DossierId, Integrity, Md5Agreement, MissingPiece, Piece, PieceKind,
    Progress,
};

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    list::{Rows, shown_count},
    present::time,
    views::{
        error::ErrorCode,
        evidence::{
            CaptureActivity, CaptureCounts as CountsView, CaptureFilter, CapturePage,
            CapturePolicy, CaptureRow, CaptureRule, CaptureState, EvidenceView,
            Integrity as IntegrityView, MissingPieceView, PieceKind as KindView, PieceView,
        },
        launch::HashAgreement,
    },
};

/// Most rows of one page.
const MOST_ROWS: u32 = 500;

impl Desk {
    /// Captures of every environment, from the `offset`th on; `limit` is brought between 1 and 500.
    pub async fn list_captures(
        &self,
        filter: CaptureFilter,
        offset: u32,
        limit: u32,
    ) -> Result<CapturePage, DeskError> {
        let limit = limit.clamp(1, MOST_ROWS);
        let activity = self.capture_activity();
        let stands = !matches!(activity, CaptureActivity::Running { .. });
        let (page, first) = self
            .on_register(move |register, _| {
                let page = register.captures(
                    None,
                    which(filter),
                    offset.into(),
                    limit.into(),
                    &Progress::unwatched(),
                )?;
                let first = if stands && page.counts.waiting > 0 {
                    let waiting = which(CaptureFilter::Waiting);
                    let progress = Progress::unwatched();
                    register
                        .captures(None, waiting, 0, 1, &progress)?
                        .rows
                        .pop()
                } else {
                    None
                };
                Ok((page, first))
            })
            .await?;
        let shown = Rows::of(self);
        Ok(CapturePage {
            activity,
            counts: counts(&page.counts),
            first_deadline: first.and_then(|capture| capture.deadline).map(time),
            rows: page
                .rows
                .into_iter()
                .map(|capture| self.capture_row(&shown, capture))
                .collect(),
            total: shown_count(page.total),
            verification: self.verification_view().await?,
        })
    }

    /// What is captured of one dossier; readable by anybody who opened the register.
    pub async fn get_evidence(&self, id: &str) -> Result<EvidenceView, DeskError> {
        self.evidence_of(dossier_id(id)?).await
    }

    pub(super) async fn evidence_of(&self, id: DossierId) -> Result<EvidenceView, DeskError> {
        let dossier = self.dossier(id).await?;
        let (pieces, missing, rules) = self
            .on_register(move |register, _| {
                Ok((
                    register.pieces(id)?,
                    register.missing(id)?,
                    register.capture_policies()?,
                ))
            })
            .await?;
        let rule = rule_view(rules.of(&dossier.environment_id, &dossier.process_id));
        Ok(EvidenceView {
            dossier_id: id.to_string(),
            running: self.captures().is_running(id),
            trouble: dossier.trouble.as_deref().map(ErrorCode::from_word),
            can_capture: dossier.is_final()
                && rule.policy != CapturePolicy::ReferencesOnly
                && self.session_for(&dossier).is_ok(),
            rule,
            pieces: pieces.into_iter().map(piece_view).collect(),
            missing: missing.into_iter().map(missing_view).collect(),
        })
    }

    pub(crate) fn capture_activity(&self) -> CaptureActivity {
        let captures = self.captures();
        if captures.is_paused() {
            return CaptureActivity::Paused;
        }
        if self.session_or_none().is_none() {
            return CaptureActivity::SignedOut;
        }
        match (captures.refusal(), shown_count(captures.running() as u64)) {
            (Some(code), _) => CaptureActivity::Blocked { code },
            (None, 0) => CaptureActivity::Idle,
            (None, dossiers) => CaptureActivity::Running { dossiers },
        }
    }

    fn capture_row(&self, shown: &Rows, capture: Capture) -> CaptureRow {
        use dossiers::CaptureState as State;
        CaptureRow {
            state: match capture.state {
                _ if self.captures().is_running(capture.dossier.id) => CaptureState::Running,
                State::Waiting => CaptureState::Waiting,
                State::Complete => CaptureState::Complete,
                State::Incomplete => CaptureState::Incomplete,
                State::Lost => CaptureState::Lost,
                State::Archived => CaptureState::Archived,
                State::NotWanted => CaptureState::NotWanted,
            },
            row: shown.row(capture.dossier),
            pieces: shown_count(capture.pieces),
            size: capture.bytes.to_string(),
            damaged: shown_count(capture.damaged),
            deadline: capture.deadline.map(time),
            tries: capture.tries,
            trouble: capture.trouble.as_deref().map(ErrorCode::from_word),
            retry_at: capture.retry_at.map(time),
            ended_at: capture.ended_at.map(time),
        }
    }
}

pub(crate) fn piece_view(piece: Piece) -> PieceView {
    let recorded = piece.recorded;
    let (document_id, document, page_number) = match recorded.document {
        Some(page) => (
            Some(page.document_id),
            Some(page.name),
            Some(page.page_number),
        ),
        None => (None, None, None),
    };
    PieceView {
        id: recorded.id.to_string(),
        kind: kind_view(recorded.kind),
        document_id,
        document,
        page_number,
        media_type: recorded.media_type,
        size: recorded.size.to_string(),
        sha256: hex::encode(recorded.sha256),
        md5: hex::encode(recorded.md5),
        hash: match recorded.md5_agreement {
            Md5Agreement::Agrees => HashAgreement::Agrees,
            Md5Agreement::Differs => HashAgreement::Differs,
            Md5Agreement::NotStated => HashAgreement::NotStated,
        },
        call: recorded.call,
        fetched_at: time(recorded.fetched_at),
        integrity: match piece.integrity {
            Integrity::Whole => IntegrityView::Whole,
            Integrity::Missing => IntegrityView::Missing,
            Integrity::Altered => IntegrityView::Altered,
            Integrity::Unreadable => IntegrityView::Unreadable,
        },
        verified_at: piece.verified_at.map(time),
    }
}

fn missing_view(missing: MissingPiece) -> MissingPieceView {
    let document = missing.document;
    MissingPieceView {
        kind: kind_view(missing.kind),
        document_id: document.as_ref().map(|page| page.document_id.clone()),
        page_number: document.as_ref().map(|page| page.page_number),
        document: document.map(|page| page.name),
        reason: ErrorCode::from_word(&missing.reason),
    }
}

fn kind_view(kind: PieceKind) -> KindView {
    match kind {
        PieceKind::Document => KindView::Document,
        PieceKind::IdClaim => KindView::IdClaim,
        PieceKind::ReportPdf => KindView::ReportPdf,
        PieceKind::Report => KindView::Report,
        PieceKind::ArchivedReport => KindView::ArchivedReport,
    }
}

pub(crate) fn rule_view(rule: dossiers::CaptureRule) -> CaptureRule {
    CaptureRule {
        policy: match rule.policy {
            dossiers::CapturePolicy::Full => CapturePolicy::Full,
            dossiers::CapturePolicy::ReportOnly => CapturePolicy::ReportOnly,
            dossiers::CapturePolicy::ReferencesOnly => CapturePolicy::ReferencesOnly,
        },
        video: rule.video,
    }
}

fn which(filter: CaptureFilter) -> dossiers::CaptureFilter {
    use dossiers::{CaptureFilter as Which, CaptureState as State};
    match filter {
        CaptureFilter::All => Which::All,
        CaptureFilter::Waiting => Which::In(State::Waiting),
        CaptureFilter::Troubled => Which::Troubled,
        CaptureFilter::Complete => Which::In(State::Complete),
        CaptureFilter::Incomplete => Which::In(State::Incomplete),
        CaptureFilter::Lost => Which::In(State::Lost),
        CaptureFilter::Archived => Which::In(State::Archived),
        CaptureFilter::NotWanted => Which::In(State::NotWanted),
        CaptureFilter::Damaged => Which::Damaged,
    }
}

fn counts(counts: &CaptureCounts) -> CountsView {
    CountsView {
        waiting: shown_count(counts.waiting),
        troubled: shown_count(counts.troubled),
        complete: shown_count(counts.complete),
        incomplete: shown_count(counts.incomplete),
        lost: shown_count(counts.lost),
        archived: shown_count(counts.archived),
        not_wanted: shown_count(counts.not_wanted),
        damaged: shown_count(counts.damaged),
    }
}
