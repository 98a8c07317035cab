//! What is wanted of a dossier, by its rule and its report. No clock, no network.

use dossiers::{
    CapturePolicy, CaptureRule, Dossier, Integrity, Md5Agreement, Piece, PieceKind, ReportKind,
};
use evidence::{DocumentEntry, vault::DocumentRef};

use crate::views::settings::EnvironmentSettings;

/// One piece that is to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub kind: PieceKind,
    pub document: Option<DocumentRef>,
    /// What the report says of its bytes: hash and algorithm.
    pub stated: (Option<String>, Option<String>),
    /// Method and path (facts §C).
    pub call: String,
    /// A page is kept that is not what the report states; only one that is takes its place.
    pub again: bool,
}

/// What the plan is made of.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub rule: CaptureRule,
    pub dossier: &'a Dossier,
    pub report: ReportKind,
    pub documents: &'a [DocumentEntry],
    pub environment: &'a EnvironmentSettings,
}

/// In the order they are fetched: what is here already, then what dies first, the long ones last.
pub(super) fn wanted(known: &Known<'_>) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    let enrollment = known.dossier.enrollment_id.unwrap_or_default();
    if known.rule.policy == CapturePolicy::ReferencesOnly {
        return wanted;
    }
    wanted.extend(match known.report {
        ReportKind::Archived => {
            let path = known.environment.archived_report_path.as_deref();
            let path = path.unwrap_or("enrollment/{id}/report/archive");
            Some(whole(PieceKind::ArchivedReport, &filled(path, enrollment)))
        }
        ReportKind::Final => Some(whole(
            PieceKind::Report,
            &format!("enrollment/{enrollment}/report"),
        )),
        // It tells which documents there are, and is no proof of the end.
        ReportKind::Draft => None,
    });
    if known.rule.policy == CapturePolicy::Full {
        let (videos, others): (Vec<_>, Vec<_>) =
            known.documents.iter().partition(|entry| entry.is_video());
        wanted.extend(others.into_iter().flat_map(pages));
        if makes_idclaim(known.dossier) {
            let path = format!("enrollment/{enrollment}/idclaim");
            wanted.push(whole(PieceKind::IdClaim, &path));
        }
        if known.rule.video {
            wanted.extend(videos.into_iter().flat_map(pages));
        }
    }
    if let Some(path) = &known.environment.report_pdf_path {
        wanted.push(whole(PieceKind::ReportPdf, &filled(path, enrollment)));
    }
    wanted
}

/// Without what is recorded and whole. `suspects_too`: behind all others those again that are recorded and not what the
/// report states.
pub(super) fn still_wanted(
    wanted: Vec<Wanted>,
    recorded: &[Piece],
    suspects_too: bool,
) -> Vec<Wanted> {
    let mut still: Vec<_> = wanted
        .into_iter()
        .filter_map(
            |wanted| match recorded.iter().find(|piece| is_it(piece, &wanted)) {
                None => Some(wanted),
                Some(kept) => {
                    let differs = kept.recorded.md5_agreement == Md5Agreement::Differs;
                    (suspects_too && differs).then_some(Wanted {
                        again: true,
                        ..wanted
                    })
                }
            },
        )
        .collect();
    still.sort_by_key(|wanted| wanted.again);
    still
}

fn is_it(piece: &Piece, wanted: &Wanted) -> bool {
    let page = |document_id: &str, page_number| (document_id.to_owned(), page_number);
    piece.integrity == Integrity::Whole
        && piece.recorded.kind == wanted.kind
        && piece
            .recorded
            .document
            .as_ref()
            .map(|known| page(&known.document_id, known.page_number))
            == wanted
                .document
                .as_ref()
                .map(|known| page(&known.document_id, known.page_number))
}

/// ID360 signs what it found of a person it accepted.
pub(crate) fn makes_idclaim(dossier: &Dossier) -> bool {
    dossier.idclaim_expected && dossier.verdict.as_deref() == Some("OK")
}

fn pages(entry: &DocumentEntry) -> impl Iterator<Item = Wanted> {
    entry.pages.iter().map(|page| Wanted {
        kind: PieceKind::Document,
        document: Some(DocumentRef {
            document_id: page.document_id.clone(),
            name: entry.name.clone(),
            page_number: page.page_number,
        }),
        stated: (page.hash.clone(), page.hash_algorithm.clone()),
        call: format!(
            "GET /document/{}/file_contents/?page_number={}",
            page.document_id, page.page_number
        ),
        again: false,
    })
}

fn whole(kind: PieceKind, path: &str) -> Wanted {
    Wanted {
        kind,
        document: None,
        stated: (None, None),
        call: format!("GET /{path}"),
        again: false,
    }
}

fn filled(template: &str, enrollment: i64) -> String {
    template
        .trim_start_matches('/')
        .replace("{id}", &enrollment.to_string())
}
