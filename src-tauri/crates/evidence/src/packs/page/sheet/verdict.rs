//! What ID360 said, and why.

use super::Packed;
use super::says::Says;
use crate::explaining::{is_of_another_document, statement};
use crate::masking::masked_text;
use crate::packs::contents::{Missing, MissingReason, PackDossier};
use crate::packs::page::Block;
use crate::packs::page::text::{shown, time};
use crate::packs::words::{self, IDENTITY, LEVELS, METHODS, Sentence, fill, meaning};
use crate::reading::findings::Finding;

pub(super) fn headline(
    says: Says,
    dossier: &PackDossier,
    packed: &Packed<'_>,
    label: &str,
) -> Block {
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

pub(super) fn missing(says: Says, missing: &[Missing], blocks: &mut Vec<Block>) {
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
            };
            (shown(&piece.name), says.plainly(reason))
        })
        .collect();
    blocks.push(Block::Fields(fields));
}

pub(super) fn causes(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
    let is_ko = dossier.status.as_deref() == Some("KO");
    if dossier.causes.is_empty() && !is_ko {
        return;
    }
    blocks.push(Block::Heading(says.plainly(Sentence::Causes)));
    if dossier.causes.is_empty() {
        blocks.push(Block::Text(says.plainly(Sentence::NoCause)));
    } else if dossier.status.as_deref() == Some("OK") {
        blocks.push(Block::Text(says.plainly(Sentence::InSpite)));
    }
    for (index, cause) in dossier.causes.iter().enumerate() {
        blocks.push(Block::Subheading(format!(
            "{}. {}",
            index + 1,
            sentence_of(says, cause)
        )));
        let mut code = shown(&masked_text(&cause.code));
        if let Some(message) = &cause.message {
            let message = shown(message);
            code = says.filled(
                Sentence::CodeAndWords,
                &[("code", &code), ("message", &message)],
            );
        }
        let mut fields = vec![
            says.field(Sentence::CauseCode, code),
            says.field(Sentence::CausePlace, shown(&masked_text(&cause.json_path))),
        ];
        if !cause.values.is_empty() {
            let values: Vec<String> = cause.values.iter().map(|value| shown(value)).collect();
            fields.push(says.field(Sentence::Detail, values.join(" · ")));
        }
        blocks.push(Block::Fields(fields));
    }
}

/// The sentence of the window, which explains the same cause.
fn sentence_of(says: Says, cause: &Finding) -> String {
    let code = shown(&masked_text(&cause.code));
    let message = shown(cause.message.as_deref().unwrap_or_default());
    let place = cause.where_.as_deref().map_or_else(
        || says.plainly(Sentence::PlaceNotStated),
        |place| words::place(&shown(&masked_text(place)), says.0),
    );
    let statement = statement(cause);
    let known_place = cause.where_.as_ref().map_or("", |_| place.as_str());
    let told = [
        code.as_str(),
        message.trim_end_matches(['.', ' ']),
        known_place,
    ];
    let told: Vec<_> = told.into_iter().filter(|part| !part.is_empty()).collect();
    let sentence = fill(
        words::of_statement(statement, says.0),
        &[
            ("code", &code),
            ("where", &place),
            ("message", &message),
            ("cause", &told.join(", ")),
        ],
    );
    let sentence = if is_of_another_document(cause) {
        let told = [("sentence", sentence.as_str()), ("where", &place)];
        says.filled(Sentence::AtPlace, &told)
    } else {
        sentence
    };
    match &cause.description {
        Some(description) if statement.needs_description() => says.filled(
            Sentence::Described,
            &[
                ("sentence", &sentence),
                ("description", &shown(description)),
            ],
        ),
        _ => sentence,
    }
}

pub(super) fn identity(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
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

pub(super) fn facts(says: Says, dossier: &PackDossier, blocks: &mut Vec<Block>) {
    let mut environment = shown(&dossier.environment_name);
    let kind = says.environment(dossier.environment);
    // Those that come with the desk have no name of their own.
    if environment.is_empty() {
        environment = kind;
    } else if environment != kind {
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
