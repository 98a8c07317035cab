//! A signed container on the sheet.

use evidence::page::{Block, Column, environment_banner, number, shown};

use super::Says;
use crate::packs::kind;
use crate::views::checking::{
    CheckHeadline, CheckLine, CheckState, ClaimNames, ClaimSigner, ClaimTie, ContainedFile,
    ContainedState, ContainerVerdictView, RevocationRule, Sentence, SignatureView,
};

pub(super) fn describe(
    says: Says,
    verdict: &ContainerVerdictView,
    banners: &mut Vec<String>,
    blocks: &mut Vec<Block>,
) {
    let headline = headline(says, verdict.headline);
    if let Some(tie) = &verdict.tie {
        banners.extend(environment_banner(says.0, kind(tie.environment_kind)));
    }
    if verdict.headline != CheckHeadline::Passed {
        banners.push(headline.clone());
    }
    let mut first = vec![
        (says.say("Résultat", "Result"), headline),
        says.field(
            "Selon ETSI EN 319 102-1",
            "By ETSI EN 319 102-1",
            &verdict.etsi,
        ),
    ];
    if let Some(reason) = &verdict.reason {
        first.push((says.say("Raison", "Reason"), sentence(says, reason)));
    }
    blocks.push(Block::Headline(first));
    if let Some(tie) = &verdict.tie {
        blocks.push(Block::Heading(says.say("Le dossier", "The dossier")));
        blocks.push(Block::Fields(tied(says, tie)));
    }
    blocks.push(Block::Heading(says.say("Quatre regards", "Four looks")));
    let lines = [
        (says.say("Conteneur", "Container"), &verdict.container),
        (says.say("Intégrité", "Integrity"), &verdict.integrity),
        (says.say("Signature", "Signature"), &verdict.signature),
        (says.say("Confiance", "Trust"), &verdict.trust),
    ];
    for (name, line) in lines {
        blocks.push(Block::Subheading(format!(
            "{name} – {}",
            state(says, line.state)
        )));
        findings(says, line, blocks);
    }
    files(says, &verdict.files, blocks);
    for (position, one) in verdict.signatures.iter().enumerate() {
        signature(says, position + 1, one, blocks);
    }
    stood_on(says, verdict, blocks);
}

fn sentence(says: Says, sentence: &Sentence) -> String {
    says.say(&sentence.fr, &sentence.en)
}

fn headline(says: Says, headline: CheckHeadline) -> String {
    use CheckHeadline as H;
    let (french, english) = match headline {
        H::Passed => (
            "Signature valable, tous les fichiers couverts",
            "Signature valid, every file covered",
        ),
        H::PartlySigned => (
            "Certains fichiers ne sont couverts par aucune signature",
            "Some files are covered by no signature",
        ),
        H::SoundUntrusted => (
            "Fichier intact et signature correcte ; signataire non vérifié",
            "File intact and signature correct; signer not verified",
        ),
        H::SoundOpen => (
            "Fichier intact et signature correcte ; vérification incomplète",
            "File intact and signature correct; verification incomplete",
        ),
        H::Altered => (
            "Le contenu ne correspond pas à la signature",
            "The content does not match the signature",
        ),
        H::Failed => (
            "La signature n’est pas valable",
            "The signature is not valid",
        ),
        H::Malformed => (
            "Conteneur refusé pour sa forme",
            "Container refused for its form",
        ),
        H::NotVerified => ("Signature non vérifiée", "Signature not verified"),
        H::NotSigned => ("Aucune signature", "No signature"),
    };
    says.say(french, english)
}

fn state(says: Says, state: CheckState) -> String {
    let (french, english) = match state {
        CheckState::Good => ("bon", "good"),
        CheckState::Warning => ("remarque", "remark"),
        CheckState::Unknown => ("non établi", "not established"),
        CheckState::Bad => ("mauvais", "bad"),
        CheckState::Absent => ("sans objet", "nothing to say"),
    };
    says.say(french, english)
}

fn findings(says: Says, line: &CheckLine, blocks: &mut Vec<Block>) {
    for finding in &line.findings {
        blocks.push(Block::Text(format!(
            "– {}",
            sentence(says, &finding.sentence)
        )));
    }
}

fn tied(says: Says, tie: &ClaimTie) -> Vec<(String, String)> {
    let named = match tie.named {
        ClaimNames::Number => says.say(
            "oui : le numéro ID360 du dossier est dans un fichier signé",
            "yes: the dossier’s ID360 number is in a signed file",
        ),
        ClaimNames::Reference => says.say(
            "non établi : la même référence est dans un fichier signé ; ce seul signe ne suffit pas",
            "not established: the same reference is in a signed file; that sign alone is not enough",
        ),
        ClaimNames::Unsigned => says.say(
            "seulement dans un fichier qu’aucune signature correcte ne couvre",
            "only in a file that no sound signature covers",
        ),
        ClaimNames::Nowhere => says.say(
            "NON : rien dans le conteneur ne nomme ce dossier",
            "NO: nothing in the container names this dossier",
        ),
    };
    let signer = match tie.signer {
        ClaimSigner::Expected => says.say(
            "oui : son certificat est parmi les certificats de confiance",
            "yes: its certificate is among the trusted ones",
        ),
        ClaimSigner::UnderExpectedAuthority => says.say(
            "oui : émis sous une autorité de confiance",
            "yes: issued under a trusted authority",
        ),
        ClaimSigner::Unknown => says.say("non établi", "not established"),
        ClaimSigner::Unproven => says.say(
            "NON : une signature nomme un certificat attendu, et rien n’établit qu’il l’a faite",
            "NO: a signature names an expected certificate, and nothing shows that it made it",
        ),
    };
    vec![
        (
            says.say("La preuve nomme le dossier", "The claim names the dossier"),
            named,
        ),
        (says.say("Signataire attendu", "Expected signer"), signer),
    ]
}

fn files(says: Says, files: &[ContainedFile], blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(says.say("Fichiers", "Files")));
    if files.is_empty() {
        return blocks.push(Block::Text(says.say("Aucun.", "None.")));
    }
    let column = |french, english, weight| Column {
        title: says.say(french, english),
        weight,
    };
    let rows = files.iter().map(|file| {
        let covered = match file.state {
            ContainedState::Signed => says.say("couvert", "covered"),
            ContainedState::NotSigned => says.say("NON COUVERT", "NOT COVERED"),
            ContainedState::Altered => says.say("MODIFIÉ", "CHANGED"),
            ContainedState::Missing => says.say("ABSENT", "MISSING"),
            ContainedState::Damaged => says.say("ABÎMÉ", "DAMAGED"),
        };
        let size = file.size.as_ref().and_then(|size| size.parse().ok());
        vec![
            shown(&file.name).into(),
            covered.into(),
            size.map_or_else(|| "–".to_owned(), |size| number(size, says.0))
                .into(),
            file.sha256.clone().unwrap_or_else(|| "–".to_owned()).into(),
        ]
    });
    blocks.push(Block::Table {
        columns: vec![
            column("Nom", "Name", 0.3),
            column("Signature", "Signature", 0.16),
            column("Octets", "Bytes", 0.12),
            column("SHA-256", "SHA-256", 0.42),
        ],
        rows: rows.collect(),
    });
}

fn signature(says: Says, position: usize, one: &SignatureView, blocks: &mut Vec<Block>) {
    let title = says.say("Signature", "Signature");
    blocks.push(Block::Heading(format!("{title} {position}")));
    let nothing = || "–".to_owned();
    let moment = |at: &Option<String>| at.as_ref().map_or_else(nothing, |at| says.moment(at));
    let mut fields = vec![
        says.field("Selon ETSI EN 319 102-1", "By ETSI EN 319 102-1", &one.etsi),
        says.field("Forme", "Form", &one.form),
        says.field(
            "Algorithme",
            "Algorithm",
            one.algorithm.as_deref().unwrap_or("–"),
        ),
        (
            says.say("Heure déclarée (non prouvée)", "Claimed time (not proven)"),
            moment(&one.claimed_at),
        ),
        (
            says.say(
                "Heure prouvée par horodatage",
                "Time proven by a time-stamp",
            ),
            moment(&one.proven_at),
        ),
    ];
    if let Some(signer) = &one.signer {
        fields.extend([
            says.field("Signataire", "Signer", &signer.subject),
            says.field("Émetteur", "Issuer", &signer.issuer),
            says.field("Numéro de série", "Serial number", &signer.serial),
            (
                says.say("Valable du", "Valid from"),
                says.moment(&signer.not_before),
            ),
            (
                says.say("Valable jusqu’au", "Valid until"),
                says.moment(&signer.not_after),
            ),
            says.field(
                "SHA-256 du certificat",
                "SHA-256 of the certificate",
                &signer.sha256,
            ),
        ]);
    }
    if let Some(anchor) = &one.anchor {
        let added = says.moment(&anchor.added_at);
        fields.push(says.field(
            "Certificat de confiance",
            "Trusted certificate",
            &anchor.name,
        ));
        fields.push(says.field("Ajouté depuis", "Added from", &anchor.source));
        fields.push((says.say("Ajouté le", "Added on"), added));
    }
    for stamp in &one.time_stamps {
        let by = stamp.authority.as_ref().map_or("–", |by| by.name.as_str());
        let word = match stamp.is_proven {
            true => says.say("prouvé", "proven"),
            false => says.say("non vérifié", "not verified"),
        };
        let value = format!("{} – {} – {word}", moment(&stamp.at), shown(by));
        fields.push((says.say("Horodatage", "Time-stamp"), value));
    }
    blocks.push(Block::Fields(fields));
}

fn stood_on(says: Says, verdict: &ContainerVerdictView, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(
        says.say("Sur quoi repose la confiance", "What trust stands on"),
    ));
    let store = &verdict.trust_store;
    let rule = match verdict.revocation {
        RevocationRule::Required => says.say(
            "exigée : le fichier doit établir que rien n’est révoqué",
            "required: the file must show that nothing is revoked",
        ),
        RevocationRule::Embedded => says.say(
            "jugée si le fichier en parle",
            "judged where the file speaks of it",
        ),
        RevocationRule::NotChecked => says.say("non regardée", "not looked at"),
    };
    let mut fields = vec![
        (
            says.say("Certificats de signataires", "Certificates of signers"),
            store.signers.to_string(),
        ),
        (
            says.say("Certificats d’horodatage", "Certificates of time-stamping"),
            store.time_stamp_authorities.to_string(),
        ),
    ];
    if let Some(at) = &store.changed_at {
        fields.push((says.say("Dernier ajout", "Last added"), says.moment(at)));
    }
    fields.push((says.say("Révocation", "Revocation"), rule));
    fields.push((
        says.say("SHA-256 du conteneur", "SHA-256 of the container"),
        verdict.sha256.clone(),
    ));
    blocks.push(Block::Fields(fields));
    if !store.is_open {
        blocks.push(Block::Text(says.say(
            "Le registre était fermé : aucun certificat de confiance n’a pu être lu.",
            "The register was closed: no trusted certificate could be read.",
        )));
    }
}
