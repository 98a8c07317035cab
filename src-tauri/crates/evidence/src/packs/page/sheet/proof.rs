//! What proves it: originals, verifications, decisions, journal, and the seal.

use super::says::Says;
use super::{Packed, PackedPiece};
use crate::hash::HashAgreement;
use crate::packs::contents::{Choice, DeadlineSubject, Outcome, PackDossier, PackFrame};
use crate::packs::page::text::{number, shown, time};
use crate::packs::page::{Block, Column};
use crate::packs::signing;
use crate::packs::words::{ACTS, Sentence, meaning};

/// Most lines of the journal on a page.
const MOST_LINES: usize = 200;

pub(super) fn pieces(says: Says, packed: &Packed<'_>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(says.plainly(Sentence::Pieces)));
    if packed.pieces.is_empty() {
        return blocks.push(Block::Text(says.plainly(Sentence::NoPiece)));
    }
    blocks.push(Block::Text(says.plainly(Sentence::PiecesLead)));
    for PackedPiece { path, piece } in packed.pieces {
        blocks.push(Block::Subheading(path.clone()));
        let size = number(piece.size, says.0);
        let agreement = match piece.md5_agreement {
            HashAgreement::Agrees => Sentence::Md5Agrees,
            HashAgreement::Differs => Sentence::Md5Differs,
            HashAgreement::NotStated => Sentence::Md5NotStated,
        };
        let verified = piece
            .verified_at
            .map_or_else(|| says.plainly(Sentence::Never), |at| time(at, says.0));
        blocks.push(Block::Fields(vec![
            says.field(Sentence::Sha256, hex::encode(piece.sha256)),
            says.field(
                Sentence::Size,
                says.filled(Sentence::Bytes, &[("count", &size)]),
            ),
            says.field(Sentence::Received, time(piece.fetched_at, says.0)),
            says.field(Sentence::SourceCall, shown(&piece.call)),
            says.field(Sentence::Md5, says.plainly(agreement)),
            says.field(Sentence::Rehashed, verified),
        ]));
    }
}

pub(super) fn verifications(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(says.plainly(Sentence::Verification)));
    if dossier.verifications.is_empty() {
        return blocks.push(Block::Text(says.plainly(Sentence::NoVerification)));
    }
    for verification in &dossier.verifications {
        let outcome = match verification.outcome {
            Outcome::TotalPassed => Sentence::TotalPassed,
            Outcome::Indeterminate => Sentence::Indeterminate,
            Outcome::TotalFailed => Sentence::TotalFailed,
        };
        let mut fields = vec![says.field(Sentence::Result, says.plainly(outcome))];
        if let Some(reason) = &verification.reason {
            fields.push(says.field(Sentence::Reason, shown(reason)));
        }
        fields.push(says.field(Sentence::VerifiedAt, time(verification.at, says.0)));
        blocks.push(Block::Subheading(shown(&verification.piece)));
        blocks.push(Block::Fields(fields));
    }
}

pub(super) fn decisions(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(says.plainly(Sentence::Decisions)));
    if dossier.decisions.is_empty() {
        return blocks.push(Block::Text(says.plainly(Sentence::NoDecision)));
    }
    for decision in &dossier.decisions {
        let choice = match decision.choice {
            Choice::Accepted => Sentence::Accepted,
            Choice::Refused => Sentence::RefusedChoice,
            Choice::MoreWanted => Sentence::MoreWanted,
        };
        let mut fields = vec![says.field(Sentence::Choice, says.plainly(choice))];
        let note = shown(&decision.note);
        if !note.is_empty() {
            fields.push(says.field(Sentence::Note, note));
        }
        fields.push(says.field(Sentence::At, time(decision.at, says.0)));
        fields.push(says.field(Sentence::By, who(says, decision.by.as_deref())));
        blocks.push(Block::Fields(fields));
    }
}

fn who(says: Says, actor: Option<&str>) -> String {
    actor.map_or_else(|| says.plainly(Sentence::TheDesk), shown)
}

pub(super) fn journal(says: Says, dossier: &PackDossier, file: &str, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(says.plainly(Sentence::Journal)));
    if dossier.journal.is_empty() {
        return blocks.push(Block::Text(says.plainly(Sentence::NoJournal)));
    }
    let first = dossier.journal.len().saturating_sub(MOST_LINES);
    let lines = &dossier.journal[first..];
    let shown_lines = number(lines.len() as u64, says.0);
    let total = number(dossier.journal.len() as u64, says.0);
    blocks.push(Block::Text(says.filled(
        Sentence::JournalLead,
        &[("shown", &shown_lines), ("total", &total), ("file", file)],
    )));
    let column = |title, weight| Column {
        title: says.plainly(title),
        weight,
    };
    blocks.push(Block::Table {
        columns: vec![
            column(Sentence::At, 0.2),
            column(Sentence::Act, 0.28),
            column(Sentence::By, 0.2),
            column(Sentence::Detail, 0.32),
        ],
        rows: lines
            .iter()
            .map(|line| {
                let act = meaning(ACTS, &line.act, says.0)
                    .map_or_else(|| shown(&line.act), str::to_owned);
                vec![
                    time(line.at, says.0).into(),
                    act.into(),
                    who(says, line.actor.as_deref()).into(),
                    shown(&line.detail).into(),
                ]
            })
            .collect(),
    });
}

pub(super) fn deadlines(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(says.plainly(Sentence::Deadlines)));
    if dossier.deadlines.is_empty() {
        return blocks.push(Block::Text(says.plainly(Sentence::NoDeadline)));
    }
    let fields = dossier
        .deadlines
        .iter()
        .map(|deadline| {
            let subject = match deadline.subject {
                DeadlineSubject::Documents => Sentence::DocumentsUntil,
                DeadlineSubject::Report => Sentence::ReportUntil,
                DeadlineSubject::ReportForUsers => Sentence::ReportForUsersUntil,
            };
            says.field(subject, time(deadline.at, says.0))
        })
        .collect();
    blocks.push(Block::Fields(fields));
}

pub(super) fn seal(says: Says, frame: &PackFrame, fingerprint: &str, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(says.plainly(Sentence::Seal)));
    blocks.push(Block::Text(says.plainly(Sentence::SealLead)));
    blocks.push(Block::Fields(vec![
        says.field(Sentence::KeyFingerprint, signing::grouped(fingerprint)),
        says.field(Sentence::MadeAt, time(frame.made_at, says.0)),
        says.field(Sentence::MadeBy, shown(&frame.made_by)),
        says.field(Sentence::Program, shown(&frame.program)),
    ]));
    blocks.push(Block::Text(says.plainly(Sentence::TimesAreUtc)));
}
