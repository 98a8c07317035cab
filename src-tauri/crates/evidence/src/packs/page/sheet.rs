//! What the page says of a dossier, in the order a reviewer wants it: verdict, level and method first.

use super::text::{number, shown, time};
use super::{Block, Cell, Column, Page};
use crate::hash::HashAgreement;
use crate::packs::contents::{
    Choice, DeadlineSubject, EnvironmentKind, Language, Missing, MissingReason, Outcome,
    PackDossier, PackFrame, Piece,
};
use crate::packs::signing;
use crate::packs::words::{
    ACTS, CODES, IDENTITY, LEVELS, METHODS, RULES, STATUSES, Sentence, Words, fill, meaning,
};
use crate::reading::findings::{Finding, FindingSource};

/// Most lines of the journal on a page.
const MOST_LINES: usize = 200;

/// What the pack really holds of a dossier.
pub(in crate::packs) struct Packed<'a> {
    pub(in crate::packs) pieces: &'a [PackedPiece<'a>],
    pub(in crate::packs) missing: &'a [Missing],
    /// Path of the whole journal extract.
    pub(in crate::packs) journal: &'a str,
    pub(in crate::packs) fingerprint: &'a str,
}

pub(in crate::packs) struct PackedPiece<'a> {
    pub(in crate::packs) path: String,
    pub(in crate::packs) piece: &'a Piece,
}

/// A dossier of a selection, as the table of contents shows it.
pub(in crate::packs) struct Entry {
    pub(in crate::packs) label: String,
    pub(in crate::packs) status: Option<String>,
    pub(in crate::packs) environment: EnvironmentKind,
    pub(in crate::packs) missing: usize,
    pub(in crate::packs) page: String,
}

pub(in crate::packs) fn of_dossier(
    frame: &PackFrame,
    dossier: &PackDossier,
    packed: &Packed<'_>,
) -> Page {
    let says = Says(frame.language);
    let label = label(dossier, frame.language);
    let mut blocks = vec![headline(says, dossier, packed, &label)];
    if !packed.missing.is_empty() {
        missing(says, packed.missing, &mut blocks);
    }
    causes(says, dossier, &mut blocks);
    identity(says, dossier, &mut blocks);
    facts(says, dossier, &mut blocks);
    pieces(says, packed, &mut blocks);
    verifications(says, dossier, &mut blocks);
    decisions(says, dossier, &mut blocks);
    journal(says, dossier, packed.journal, &mut blocks);
    deadlines(says, dossier, &mut blocks);
    seal(says, frame, packed.fingerprint, &mut blocks);
    let mut banners: Vec<String> = environment_banner(says, dossier.environment)
        .into_iter()
        .collect();
    if !packed.missing.is_empty() {
        let count = packed.missing.len().to_string();
        banners.push(says.filled(Sentence::IncompleteBanner, &[("count", &count)]));
    }
    page(
        frame,
        says.filled(Sentence::Title, &[("reference", &label)]),
        banners,
        blocks,
        packed.fingerprint,
    )
}

/// The table of contents of a selection.
pub(in crate::packs) fn of_selection(
    frame: &PackFrame,
    entries: &[Entry],
    fingerprint: &str,
) -> Page {
    let says = Says(frame.language);
    let count = number(entries.len() as u64, frame.language);
    let missing: usize = entries.iter().map(|entry| entry.missing).sum();
    let column = |title, weight| Column {
        title: says.plainly(title),
        weight,
    };
    let rows = entries
        .iter()
        .map(|entry| {
            vec![
                Cell {
                    text: entry.label.clone(),
                    link: Some(entry.page.clone()),
                },
                says.verdict(entry.status.as_deref()).into(),
                says.environment(entry.environment).into(),
                says.plainly(if entry.missing == 0 {
                    Sentence::CompleteShort
                } else {
                    Sentence::IncompleteShort
                })
                .into(),
            ]
        })
        .collect();
    let mut blocks = vec![Block::Table {
        columns: vec![
            column(Sentence::Dossier, 0.4),
            column(Sentence::Verdict, 0.2),
            column(Sentence::Environment, 0.2),
            column(Sentence::Completeness, 0.2),
        ],
        rows,
    }];
    seal(says, frame, fingerprint, &mut blocks);
    let worst = entries.iter().map(|entry| entry.environment).max();
    let mut banners: Vec<String> = worst
        .and_then(|kind| environment_banner(says, kind))
        .into_iter()
        .collect();
    if missing > 0 {
        let missing = missing.to_string();
        banners.push(says.filled(Sentence::IncompleteBanner, &[("count", &missing)]));
    }
    let title = says.filled(Sentence::SelectionTitle, &[("count", &count)]);
    page(frame, title, banners, blocks, fingerprint)
}

/// What a person calls the dossier.
pub(in crate::packs) fn label(dossier: &PackDossier, language: Language) -> String {
    dossier
        .reference
        .as_deref()
        .map(shown)
        .filter(|reference| !reference.is_empty())
        .or_else(|| dossier.enrollment_id.map(|id| id.to_string()))
        .unwrap_or_else(|| Says(language).plainly(Sentence::Nameless))
}

fn page(
    frame: &PackFrame,
    title: String,
    banners: Vec<String>,
    blocks: Vec<Block>,
    fingerprint: &str,
) -> Page {
    let key = fingerprint.get(..16).unwrap_or(fingerprint);
    Page {
        language: frame.language,
        footer: format!("{title} · {} …", signing::grouped(key)),
        title,
        banners,
        blocks,
        made_at: frame.made_at,
        program: shown(&frame.program),
    }
}

#[derive(Clone, Copy)]
struct Says(Language);

impl Says {
    fn plainly(self, sentence: Sentence) -> String {
        sentence.in_language(self.0).to_owned()
    }

    fn filled(self, sentence: Sentence, values: &[(&str, &str)]) -> String {
        fill(sentence.in_language(self.0), values)
    }

    fn field(self, label: Sentence, value: impl Into<String>) -> (String, String) {
        (self.plainly(label), value.into())
    }

    /// The meaning, with ID360's own word beside it; that word alone where its meaning is not documented.
    fn word(self, words: Words, word: &str) -> String {
        let word = shown(word);
        match meaning(words, &word, self.0) {
            Some(meaning) => format!("{meaning} ({word})"),
            None => word,
        }
    }

    fn stated(self, words: Words, word: Option<&str>) -> String {
        word.map_or_else(
            || self.plainly(Sentence::NotStated),
            |word| self.word(words, word),
        )
    }

    fn verdict(self, status: Option<&str>) -> String {
        status.map_or_else(
            || self.plainly(Sentence::NoVerdict),
            |status| self.word(STATUSES, status),
        )
    }

    fn environment(self, kind: EnvironmentKind) -> String {
        self.plainly(match kind {
            EnvironmentKind::Production => Sentence::Production,
            EnvironmentKind::PreProduction => Sentence::PreProduction,
            EnvironmentKind::Sandbox => Sentence::Sandbox,
        })
    }
}

fn environment_banner(says: Says, kind: EnvironmentKind) -> Option<String> {
    match kind {
        EnvironmentKind::Production => None,
        EnvironmentKind::PreProduction => Some(says.plainly(Sentence::PreProductionBanner)),
        EnvironmentKind::Sandbox => Some(says.plainly(Sentence::SandboxBanner)),
    }
}

fn headline(says: Says, dossier: &PackDossier, packed: &Packed<'_>, label: &str) -> Block {
    let state = if packed.missing.is_empty() {
        Sentence::Complete
    } else {
        Sentence::IncompleteShort
    };
    Block::Headline(vec![
        says.field(Sentence::Reference, label),
        says.field(Sentence::Verdict, says.verdict(dossier.status.as_deref())),
        says.field(
            Sentence::Level,
            says.stated(LEVELS, dossier.level.as_deref()),
        ),
        says.field(
            Sentence::Method,
            says.stated(METHODS, dossier.method.as_deref()),
        ),
        says.field(Sentence::Completeness, says.plainly(state)),
    ])
}

fn missing(says: Says, missing: &[Missing], blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(says.plainly(Sentence::MissingPieces)));
    let fields = missing
        .iter()
        .map(|piece| {
            let reason = match piece.reason {
                MissingReason::NotCaptured => Sentence::NotCaptured,
                MissingReason::Gone => Sentence::Gone,
                MissingReason::Refused => Sentence::RefusedByProvider,
                MissingReason::Lost => Sentence::Lost,
                MissingReason::Altered => Sentence::Altered,
                MissingReason::Unreadable => Sentence::Unreadable,
                MissingReason::LeftOut => Sentence::LeftOut,
            };
            (shown(&piece.name), says.plainly(reason))
        })
        .collect();
    blocks.push(Block::Fields(fields));
}

fn causes(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
    let is_ko = dossier.status.as_deref() == Some("KO");
    if dossier.causes.is_empty() && !is_ko {
        return;
    }
    blocks.push(Block::Heading(says.plainly(Sentence::Causes)));
    if dossier.causes.is_empty() {
        blocks.push(Block::Text(says.plainly(Sentence::NoCause)));
    }
    for (index, cause) in dossier.causes.iter().enumerate() {
        blocks.push(Block::Subheading(format!(
            "{}. {}",
            index + 1,
            sentence_of(says, cause)
        )));
        let mut code = shown(&cause.code);
        if let Some(message) = &cause.message {
            code = format!("{code} : {}", shown(message));
        }
        let mut fields = vec![
            says.field(Sentence::CauseCode, code),
            says.field(Sentence::CausePlace, shown(&cause.json_path)),
        ];
        if !cause.values.is_empty() {
            let values: Vec<String> = cause.values.iter().map(|value| shown(value)).collect();
            fields.push(says.field(Sentence::Detail, values.join(" · ")));
        }
        blocks.push(Block::Fields(fields));
    }
}

fn sentence_of(says: Says, cause: &Finding) -> String {
    let code = shown(&cause.code);
    let place = shown(cause.where_.as_deref().unwrap_or_default());
    let values = [("code", code.as_str()), ("where", place.as_str())];
    let rule = cause.rule.as_deref().unwrap_or(&cause.code);
    if let Some(known) =
        meaning(RULES, rule, says.0).or_else(|| meaning(CODES, &cause.code, says.0))
    {
        return fill(known, &values);
    }
    says.filled(
        match cause.source {
            FindingSource::Validation | FindingSource::Comparison | FindingSource::Custom => {
                Sentence::CauseRule
            }
            FindingSource::Step => Sentence::CauseStep,
            FindingSource::Document => Sentence::CauseDocument,
            FindingSource::ExternalMethod => Sentence::CauseMethod,
            _ => Sentence::CauseOther,
        },
        &values,
    )
}

fn identity(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(says.plainly(Sentence::Identity)));
    if dossier.identity.is_empty() {
        return blocks.push(Block::Text(says.plainly(Sentence::NoIdentity)));
    }
    let fields = dossier
        .identity
        .iter()
        .map(|field| {
            let value = shown(&field.value);
            let label = meaning(IDENTITY, &field.key, says.0)
                .map_or_else(|| shown(&field.key), str::to_owned);
            if field.doubtful {
                (label, says.filled(Sentence::Doubtful, &[("value", &value)]))
            } else {
                (label, value)
            }
        })
        .collect();
    blocks.push(Block::Fields(fields));
}

fn facts(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
    let mut environment = shown(&dossier.environment_name);
    let kind = says.environment(dossier.environment);
    if environment != kind {
        environment = format!("{environment} ({kind})");
    }
    let mut fields = Vec::new();
    if let Some(id) = dossier.enrollment_id {
        fields.push(says.field(Sentence::EnrollmentId, id.to_string()));
    }
    fields.push(says.field(Sentence::Environment, environment));
    fields.push(says.field(Sentence::Process, shown(&dossier.process)));
    fields.push(says.field(Sentence::CreatedAt, time(dossier.created_at, says.0)));
    if let Some(at) = dossier.started_at {
        fields.push(says.field(Sentence::StartedAt, time(at, says.0)));
    }
    if let Some(at) = dossier.finished_at {
        fields.push(says.field(Sentence::FinishedAt, time(at, says.0)));
    }
    blocks.push(Block::Heading(says.plainly(Sentence::Facts)));
    blocks.push(Block::Fields(fields));
}

fn pieces(says: Says, packed: &Packed<'_>, blocks: &mut Vec<Block>) {
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

fn verifications(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
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

fn decisions(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
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

fn journal(says: Says, dossier: &PackDossier, file: &str, blocks: &mut Vec<Block>) {
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

fn deadlines(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
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

fn seal(says: Says, frame: &PackFrame, fingerprint: &str, blocks: &mut Vec<Block>) {
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
