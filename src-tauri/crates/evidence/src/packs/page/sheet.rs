//! What the page says of a dossier, in the order a reviewer wants it: verdict, level and method first.

mod proof;
mod says;
mod verdict;

use self::proof::{deadlines, decisions, journal, pieces, seal, verifications};
use self::says::Says;
use self::verdict::{causes, facts, headline, identity, missing};
use super::text::{number, shown};
use super::{Block, Cell, Column, Page};
use crate::packs::contents::{EnvironmentKind, Language, Missing, PackDossier, PackFrame, Piece};
use crate::packs::signing;
use crate::packs::words::Sentence;

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
    let mut blocks = vec![
        headline(says, dossier, packed, &label),
        Block::Text(says.plainly(Sentence::Summary)),
    ];
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
    let mut banners: Vec<String> = environment_banner(frame.language, dossier.environment)
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
        .and_then(|kind| environment_banner(frame.language, kind))
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

/// What every page of such an environment says above all else; nothing in production.
pub fn environment_banner(language: Language, kind: EnvironmentKind) -> Option<String> {
    let says = Says(language);
    match kind {
        EnvironmentKind::Production => None,
        EnvironmentKind::PreProduction => Some(says.plainly(Sentence::PreProductionBanner)),
        EnvironmentKind::Sandbox => Some(says.plainly(Sentence::SandboxBanner)),
    }
}
