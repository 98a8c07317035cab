//! A sealed evidence pack on the sheet.

use evidence::{
    packs::{FileState, PackState, PackVerdict, SignatureState, grouped},
    page::{Block, Column, environment_banner, number, shown},
};

use super::Says;
use crate::checking::judged::code;

/// `own_key`: the key that sealed it is this desk's; `None` where the register was closed, and that key with it.
pub(super) fn describe(
    says: Says,
    verdict: &PackVerdict,
    own_key: Option<bool>,
    banners: &mut Vec<String>,
    blocks: &mut Vec<Block>,
) {
    let is_own = own_key == Some(true);
    // The least real of its dossiers, as the pack says itself.
    let dossiers = verdict.about.iter().flat_map(|about| &about.dossiers);
    let environment = dossiers.map(|dossier| dossier.environment).max();
    banners.extend(environment.and_then(|kind| environment_banner(says.0, kind)));
    let state = match verdict.state {
        PackState::Whole if is_own => says.say("Intact et complet", "Whole and complete"),
        PackState::Whole => says.say(
            "Intact et complet, mais scellé par une clé que ce poste ne connaît pas",
            "Whole and complete, but sealed by a key that this desk does not know",
        ),
        PackState::Incomplete => says.say(
            "Intact ; marqué incomplet à sa production",
            "Whole; marked incomplete when it was made",
        ),
        PackState::Repacked => says.say(
            "Chaque fichier est intact ; l’archive a été refaite par un autre programme",
            "Every file is whole; another program made the archive anew",
        ),
        PackState::Altered => says.say("MODIFIÉ depuis sa production", "CHANGED since it was made"),
        PackState::Unreadable => says.say("Illisible", "Unreadable"),
    };
    // Whole says that nobody changed it since it was sealed, and not who did that.
    let unknown_key =
        !is_own && matches!(verdict.state, PackState::Incomplete | PackState::Repacked);
    let state = match unknown_key {
        true => says.say(
            &format!("{state}, et scellé par une clé que ce poste ne connaît pas"),
            &format!("{state}, and sealed by a key that this desk does not know"),
        ),
        false => state,
    };
    if verdict.state != PackState::Whole || !is_own {
        banners.push(state.clone());
    }
    let signature = match verdict.signature {
        SignatureState::Good => says.say("correcte", "correct"),
        SignatureState::Bad => says.say("FAUSSE", "WRONG"),
        SignatureState::Missing => says.say("absente", "missing"),
    };
    let mut first = vec![
        (says.say("Résultat", "Result"), state),
        (says.say("Signature", "Signature"), signature),
    ];
    if let Some(fingerprint) = &verdict.fingerprint {
        let label = says.say(
            "Empreinte de la clé, à comparer",
            "Fingerprint of the key, to compare",
        );
        first.push((label, grouped(fingerprint)));
    }
    blocks.push(Block::Headline(first));
    if own_key.is_none() {
        blocks.push(Block::Text(says.say(
            "Le registre était fermé : la clé de ce poste n’a pas pu être lue. Comparez l’empreinte avec celle que \
             l’auteur vous donne.",
            "The register was closed: this desk’s key could not be read. Compare the fingerprint with the one the \
             author gives you.",
        )));
    }
    if let Some(about) = &verdict.about {
        blocks.push(Block::Fields(vec![
            (
                says.say("Produit le", "Made on"),
                says.moment(&about.made_at),
            ),
            says.field("Par", "By", &about.made_by),
            says.field("Programme", "Program", &about.program),
        ]));
    }
    if !verdict.troubles.is_empty() {
        blocks.push(Block::Heading(says.say("Constats", "Findings")));
        for trouble in &verdict.troubles {
            let path = serde_json::to_value(trouble).unwrap_or_default();
            let path = path["path"].as_str().map(shown).unwrap_or_default();
            blocks.push(Block::Text(format!("– {} {path}", code(trouble))));
        }
    }
    blocks.push(Block::Heading(says.say("Fichiers", "Files")));
    let rows = verdict.files.iter().map(|file| {
        let state = match file.state {
            FileState::Whole => says.say("intact", "whole"),
            FileState::Altered => says.say("MODIFIÉ", "CHANGED"),
            FileState::Missing => says.say("ABSENT", "MISSING"),
            FileState::Unlisted => says.say("NON LISTÉ", "NOT LISTED"),
        };
        let size = file
            .size
            .map_or_else(|| "–".to_owned(), |size| number(size, says.0));
        vec![
            shown(&file.path).into(),
            state.into(),
            size.into(),
            file.sha256.clone().unwrap_or_else(|| "–".to_owned()).into(),
        ]
    });
    let column = |french, english, weight| Column {
        title: says.say(french, english),
        weight,
    };
    blocks.push(Block::Table {
        columns: vec![
            column("Nom", "Name", 0.36),
            column("État", "State", 0.12),
            column("Octets", "Bytes", 0.12),
            column("SHA-256", "SHA-256", 0.4),
        ],
        rows: rows.collect(),
    });
}
