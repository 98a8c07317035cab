//! A desk with a key, and dossiers to pack.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use evidence::packs::{
    Choice, Content, Deadline, DeadlineSubject, Decision, EnvironmentKind, JournalLine, Language,
    Missing, MissingReason, Outcome, PackDossier, PackError, PackFrame, PackLimits, PackSigner,
    PackSummary, PackVerdict, Piece, PieceKind, SignerError, Verification, verify_pack, write_pack,
};
use evidence::{Category, Finding, FindingSource, HashAgreement, IdentityField};
use md5::Md5;
use ring::signature::{Ed25519KeyPair, KeyPair};
use sha2::{Digest, Sha256};

pub(super) struct Desk(Ed25519KeyPair);

pub(super) fn desk() -> Desk {
    Desk(Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap())
}

pub(super) fn other_desk() -> Desk {
    Desk(Ed25519KeyPair::from_seed_unchecked(&[8; 32]).unwrap())
}

impl PackSigner for Desk {
    fn public_key(&self) -> [u8; 32] {
        self.0.public_key().as_ref().try_into().unwrap()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignerError> {
        Ok(self.0.sign(message).as_ref().try_into().unwrap())
    }
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn frame(language: Language) -> PackFrame {
    PackFrame {
        language,
        made_at: at("2026-11-23T03:31:18.250Z"),
        made_by: "conformite@exemple.test".into(),
        program: "ID360 Desk 0.1.0".into(),
        is_selection: false,
    }
}

pub(super) fn piece(kind: PieceKind, name: &str, bytes: &[u8]) -> Piece {
    piece_from(kind, name, bytes, Box::new(bytes.to_vec()))
}

/// A piece that was `bytes` when it was captured.
pub(super) fn piece_from(
    kind: PieceKind,
    name: &str,
    bytes: &[u8],
    content: Box<dyn Content>,
) -> Piece {
    Piece {
        kind,
        name: name.into(),
        document: Some("id_document_image".into()),
        media_type: "image/jpeg".into(),
        size: bytes.len() as u64,
        sha256: Sha256::digest(bytes).into(),
        md5: Md5::digest(bytes).into(),
        md5_agreement: HashAgreement::Agrees,
        call: "GET /document/881/file_contents/?page_number=0".into(),
        fetched_at: at("2026-11-20T09:16:00Z"),
        verified_at: Some(at("2026-11-22T01:00:00Z")),
        content,
    }
}

pub(super) fn cause(code: &str) -> Finding {
    Finding {
        code: code.into(),
        source: FindingSource::StatusCode,
        category: Category::DocumentValidity,
        message: Some("1 validations failed: IDENTITY_DOCUMENT.expired".into()),
        description: None,
        where_: Some("validation".into()),
        rule: None,
        values: vec!["expiration_date: 2026-02-03".into()],
        json_path: "$.all_status_codes[0]".into(),
        also_at: Vec::new(),
    }
}

/// A KO with everything in it.
pub(super) fn dossier(reference: &str) -> PackDossier {
    PackDossier {
        id: "019a0000-0000-7000-8000-000000000001".into(),
        enrollment_id: Some(4711),
        reference: Some(reference.into()),
        environment: EnvironmentKind::Production,
        environment_name: "Production".into(),
        process: "Agence de Besançon".into(),
        status: Some("KO".into()),
        level: Some("LOW".into()),
        method: Some("SVID_ID360".into()),
        created_at: at("2026-11-20T09:00:00Z"),
        started_at: Some(at("2026-11-20T09:02:00Z")),
        finished_at: Some(at("2026-11-20T09:14:00Z")),
        causes: vec![cause("VLD_ID_INVALID")],
        identity: vec![
            IdentityField {
                key: "name".into(),
                value: "DUPRÉ-LEFÈVRE".into(),
                doubtful: false,
            },
            IdentityField {
                key: "birth_date".into(),
                value: "2063-01-02".into(),
                doubtful: true,
            },
        ],
        decisions: vec![Decision {
            choice: Choice::Refused,
            note: "Pièce périmée depuis février.".into(),
            at: at("2026-11-21T10:00:00Z"),
            by: Some("conformite@exemple.test".into()),
        }],
        deadlines: vec![Deadline {
            subject: DeadlineSubject::Documents,
            at: at("2026-11-27T09:00:00Z"),
        }],
        journal: vec![JournalLine {
            position: 12,
            at: at("2026-11-20T09:00:00Z"),
            actor: Some("agence@exemple.test".into()),
            act: "prepared".into(),
            detail: String::new(),
        }],
        pieces: vec![
            piece(
                PieceKind::Document,
                "REF-1042_recto.jpg",
                b"recto, as ID360 served it",
            ),
            piece(PieceKind::Document, "REF-1042_verso.jpg", b"verso"),
            piece(
                PieceKind::Report,
                "REF-1042_rapport.json",
                b"{\"status\":\"KO\"}",
            ),
        ],
        missing: Vec::new(),
        verifications: vec![Verification {
            piece: "REF-1042_idclaim.asice".into(),
            at: at("2026-11-22T01:00:00Z"),
            outcome: Outcome::Indeterminate,
            reason: Some("NO_CERTIFICATE_CHAIN_FOUND".into()),
            report: serde_json::json!({"signatures": 1}),
        }],
    }
}

pub(super) fn missing(name: &str) -> Missing {
    Missing {
        kind: PieceKind::IdClaim,
        name: name.into(),
        document: None,
        reason: MissingReason::Gone,
    }
}

pub(super) fn make(frame: &PackFrame, dossiers: Vec<PackDossier>) -> (Vec<u8>, PackSummary) {
    try_make(frame, dossiers, &mut |_| ControlFlow::Continue(())).unwrap()
}

pub(super) fn try_make(
    frame: &PackFrame,
    dossiers: Vec<PackDossier>,
    progress: &mut dyn FnMut(evidence::packs::PackProgress) -> ControlFlow<()>,
) -> Result<(Vec<u8>, PackSummary), PackError> {
    let mut out = Vec::new();
    let summary = write_pack(
        frame,
        &mut dossiers.into_iter().map(Ok),
        &mut out,
        &desk(),
        progress,
    )?;
    Ok((out, summary))
}

/// A pack of one dossier in French.
pub(super) fn pack() -> Vec<u8> {
    static PACK: std::sync::LazyLock<Vec<u8>> =
        std::sync::LazyLock::new(|| make(&frame(Language::French), vec![dossier("REF-1042")]).0);
    PACK.clone()
}

pub(super) fn verdict(pack: &[u8]) -> PackVerdict {
    verify_pack(Cursor::new(pack), &PackLimits::default(), &mut |_, _| {
        ControlFlow::Continue(())
    })
    .unwrap()
}

/// Every file of the pack, in the order of the archive.
pub(super) fn files(pack: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(pack)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

pub(super) fn file(pack: &[u8], path: &str) -> Vec<u8> {
    files(pack)
        .into_iter()
        .find(|(name, _)| name == path)
        .unwrap_or_else(|| panic!("{path} is not in the pack"))
        .1
}

pub(super) fn text(pack: &[u8], path: &str) -> String {
    String::from_utf8(file(pack, path)).unwrap()
}

/// The same files in an archive that another program made.
pub(super) fn repacked(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
