//! Making a pack: each dossier's files as they come, then what is said of all of them.

use std::io::{self, Write};
use std::ops::ControlFlow;

use chrono::{Datelike, Timelike};
use sha2::{Digest, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::contents::{
    Content, EnvironmentKind, Language, Missing, MissingReason, PackDossier, PackFrame, Piece,
};
use super::explanation::{self, About};
use super::making::{Lacking, PackError, PackProgress, PackSummary, PageError};
use super::manifest::{
    DossierEntry, FORMAT, FileEntry, KEY, KeyEntry, MANIFEST, MANIFEST_SIGNATURE, Manifest,
    OUTSIDE, Role, SUMS, SUMS_SIGNATURE, Source, VERSION, instant, sums,
};
use super::naming::{Taken, stem_of};
use super::page::{self, Entry, Packed, PackedPiece};
use super::sealing::{self, Counted, SealError, SealingWriter};
use super::signing::{self, PackSigner};
use crate::names;

/// Most pieces that the summary names.
const MOST_NAMED: usize = 100;

/// Writes the archive from its first byte to its last; the same input gives the same bytes.
///
/// Content streams. What is kept in memory is the list of files, some hundreds of bytes for each.
///
/// # Errors
/// Nothing that was written is of any use then.
pub fn write_pack(
    frame: &PackFrame,
    dossiers: &mut dyn Iterator<
        Item = Result<PackDossier, Box<dyn std::error::Error + Send + Sync>>,
    >,
    out: &mut dyn Write,
    signer: &dyn PackSigner,
    progress: &mut dyn FnMut(PackProgress) -> ControlFlow<()>,
) -> Result<PackSummary, PackError> {
    let public_key = signer.public_key();
    let mut making = Making {
        frame,
        fingerprint: signing::fingerprint(&public_key),
        zip: ZipWriter::new_stream(SealingWriter::new(out)),
        folders: beside_the_rest(),
        entries: Vec::new(),
        summary: Entries::default(),
        progress,
    };
    for dossier in dossiers {
        making.dossier(dossier.map_err(PackError::Source)?)?;
    }
    making.finish(&public_key, signer)
}

/// Folders stand beside the files of the whole pack.
fn beside_the_rest() -> Taken {
    let mut taken = Taken::default();
    for name in OUTSIDE.into_iter().chain([
        KEY,
        explanation::FRENCH,
        explanation::ENGLISH,
        contents_name(Language::French),
        contents_name(Language::English),
    ]) {
        taken.free(name);
    }
    taken
}

struct Making<'a, 'out> {
    frame: &'a PackFrame,
    fingerprint: String,
    zip: ZipWriter<StreamWriter<SealingWriter<'out>>>,
    folders: Taken,
    entries: Vec<Entry>,
    summary: Entries,
    progress: &'a mut dyn FnMut(PackProgress) -> ControlFlow<()>,
}

/// What the manifest will say.
#[derive(Default)]
struct Entries {
    dossiers: Vec<DossierEntry>,
    files: Vec<FileEntry>,
    pieces: u64,
    missing: u64,
    lacking: Vec<Lacking>,
}

impl Making<'_, '_> {
    fn dossier(&mut self, mut dossier: PackDossier) -> Result<(), PackError> {
        let stem = stem_of(&dossier);
        let folder = self.folders.free(&stem);
        let mut taken = Taken::default();
        let mut files = Vec::new();
        let mut missing = std::mem::take(&mut dossier.missing);
        let mut packed: Vec<(String, Piece)> = Vec::new();
        for mut piece in std::mem::take(&mut dossier.pieces) {
            if let Err(reason) = check(&mut piece) {
                missing.push(Missing {
                    kind: piece.kind,
                    name: piece.name,
                    document: piece.document,
                    reason,
                });
                continue;
            }
            let name = taken.free(&names::component(&piece.name));
            let path = format!("{folder}/originaux/{name}");
            let mut entry = self.file(&path, Role::Original, piece.size, &mut *piece.content)?;
            if entry.sha256 != hex::encode(piece.sha256) {
                return Err(PackError::Changed);
            }
            entry.source = Some(Source::of(&piece));
            files.push(entry);
            packed.push((path, piece));
        }
        let journal = format!("{folder}/journal.jsonl");
        let lines = json_lines(&dossier.journal)?;
        files.push(self.bytes(&journal, Role::Journal, lines)?);
        for verification in &dossier.verifications {
            let name = format!("verification_{}.json", verification.piece);
            let name = taken.free(&names::component(&name));
            let path = format!("{folder}/{name}");
            let report = verification_json(verification)?;
            files.push(self.bytes(&path, Role::Verification, report)?);
        }
        let pieces: Vec<PackedPiece<'_>> = packed
            .iter()
            .map(|(path, piece)| PackedPiece {
                path: path.clone(),
                piece,
            })
            .collect();
        let sheet = page::of_dossier(
            self.frame,
            &dossier,
            &Packed {
                pieces: &pieces,
                missing: &missing,
                journal: "journal.jsonl",
                fingerprint: &self.fingerprint,
            },
        );
        let html = format!("{folder}/{stem}_{}.html", page_word(self.frame.language));
        let pdf = format!("{folder}/{stem}_{}.pdf", page_word(self.frame.language));
        files.push(self.bytes(&html, Role::Page, page::html(&sheet).into_bytes())?);
        let drawn = page::pdf(&sheet).map_err(PageError)?;
        files.push(self.bytes(&pdf, Role::Page, drawn)?);
        let room = MOST_NAMED.saturating_sub(self.summary.lacking.len());
        let label = page::label(&dossier, self.frame.language);
        self.summary
            .lacking
            .extend(missing.iter().take(room).map(|piece| Lacking {
                dossier: dossier.id.clone(),
                label: label.clone(),
                name: piece.name.clone(),
                reason: piece.reason,
            }));
        self.entries.push(Entry {
            label: label.clone(),
            status: dossier.status.clone(),
            environment: dossier.environment,
            missing: missing.len(),
            page: html,
        });
        self.summary.pieces += pieces.len() as u64;
        self.summary.missing += missing.len() as u64;
        let entry = DossierEntry::of(&dossier, folder, &missing, files);
        self.summary.dossiers.push(entry);
        self.told()
    }

    fn finish(
        mut self,
        public_key: &[u8; signing::PUBLIC_KEY],
        signer: &dyn PackSigner,
    ) -> Result<PackSummary, PackError> {
        let made_at = instant(self.frame.made_at);
        if self.frame.is_selection {
            let contents = page::of_selection(self.frame, &self.entries, &self.fingerprint);
            let name = contents_name(self.frame.language);
            let entry = self.bytes(name, Role::Page, page::html(&contents).into_bytes())?;
            self.summary.files.push(entry);
        }
        let fingerprint = self.fingerprint.clone();
        let about = About {
            dossiers: self.summary.dossiers.len(),
            missing: usize::try_from(self.summary.missing).unwrap_or(usize::MAX),
            environment: self
                .entries
                .iter()
                .map(|entry| entry.environment)
                .max()
                .unwrap_or(EnvironmentKind::Production),
            fingerprint: &fingerprint,
            made_at: &made_at,
        };
        for (name, text) in [
            (explanation::FRENCH, explanation::french(&about)),
            (explanation::ENGLISH, explanation::english(&about)),
        ] {
            let entry = self.bytes(name, Role::Explanation, text.into_bytes())?;
            self.summary.files.push(entry);
        }
        let pem = signing::pem(public_key).into_bytes();
        let entry = self.bytes(KEY, Role::Key, pem)?;
        self.summary.files.push(entry);

        let manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            made_at,
            made_by: self.frame.made_by.clone(),
            program: self.frame.program.clone(),
            language: self.frame.language,
            complete: self.summary.missing == 0,
            key: KeyEntry {
                algorithm: "Ed25519".to_owned(),
                fingerprint_sha256: fingerprint.clone(),
            },
            dossiers: std::mem::take(&mut self.summary.dossiers),
            files: std::mem::take(&mut self.summary.files),
        };
        let mut text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from)?;
        text.push(b'\n');
        let sums = sums(manifest.files(), &hex::encode(Sha256::digest(&text))).into_bytes();
        let signatures = (signer.sign(&text)?, signer.sign(&sums)?);
        self.bytes(MANIFEST, Role::Explanation, text)?;
        self.bytes(MANIFEST_SIGNATURE, Role::Explanation, signatures.0.to_vec())?;
        self.bytes(SUMS, Role::Explanation, sums)?;
        self.bytes(SUMS_SIGNATURE, Role::Explanation, signatures.1.to_vec())?;

        let (dossiers, pieces, missing) = (
            manifest.dossiers.len() as u64,
            self.summary.pieces,
            self.summary.missing,
        );
        self.zip
            .set_raw_comment(sealing::blank().into_boxed_slice())
            .map_err(io::Error::from)?;
        let sealing = self.zip.finish().map_err(io::Error::from)?.into_inner();
        let size = sealing.seal(signer).map_err(|error| match error {
            SealError::Signer(error) => PackError::Signer(error),
            SealError::Io(error) => PackError::Io(error),
        })?;
        Ok(PackSummary {
            dossiers,
            pieces,
            missing,
            size,
            fingerprint,
            lacking: self.summary.lacking,
        })
    }

    fn bytes(
        &mut self,
        path: &str,
        role: Role,
        mut bytes: Vec<u8>,
    ) -> Result<FileEntry, PackError> {
        let size = bytes.len() as u64;
        self.file(path, role, size, &mut bytes)
    }

    fn file(
        &mut self,
        path: &str,
        role: Role,
        size: u64,
        content: &mut dyn Content,
    ) -> Result<FileEntry, PackError> {
        self.told()?;
        let options = options(self.frame).large_file(size >= u64::from(u32::MAX));
        self.zip
            .start_file(path, options)
            .map_err(io::Error::from)?;
        let mut counted = Counted::new(&mut self.zip);
        content.copy_to(&mut counted)?;
        let (size, sha256) = counted.end();
        Ok(FileEntry {
            path: path.to_owned(),
            role,
            size,
            sha256: hex::encode(sha256),
            source: None,
        })
    }

    fn told(&mut self) -> Result<(), PackError> {
        let at = PackProgress {
            dossiers: self.entries.len() as u64,
            written: self
                .zip
                .get_ref()
                .map_or(0, |stream| stream.get_ref().written()),
        };
        match (self.progress)(at) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(PackError::Cancelled),
        }
    }
}

/// Reads an original once before it is packed, so that nothing half good ever stands in a pack.
fn check(piece: &mut Piece) -> Result<(), MissingReason> {
    let mut nowhere = io::sink();
    let mut counted = Counted::new(&mut nowhere);
    piece
        .content
        .copy_to(&mut counted)
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => MissingReason::Lost,
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => MissingReason::Altered,
            _ => MissingReason::Unreadable,
        })?;
    if counted.end() == (piece.size, piece.sha256) {
        Ok(())
    } else {
        Err(MissingReason::Altered)
    }
}

fn contents_name(language: Language) -> &'static str {
    match language {
        Language::French => "sommaire.html",
        Language::English => "contents.html",
    }
}

fn page_word(language: Language) -> &'static str {
    match language {
        Language::French => "a-lire",
        Language::English => "to-read",
    }
}

/// Level 1: pictures and PDF do not get smaller, and text gets small enough.
fn options(frame: &PackFrame) -> SimpleFileOptions {
    let at = frame.made_at;
    let part = |part: u32| u8::try_from(part).unwrap_or_default();
    let time = zip::DateTime::from_date_and_time(
        u16::try_from(at.year()).unwrap_or_default(),
        part(at.month()),
        part(at.day()),
        part(at.hour()),
        part(at.minute()),
        part(at.second()),
    );
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .unix_permissions(0o644)
        // Outside 1980 to 2107 a ZIP has no word for it.
        .last_modified_time(time.unwrap_or_default())
}

fn json_lines(journal: &[super::contents::JournalLine]) -> Result<Vec<u8>, PackError> {
    let mut lines = Vec::new();
    for line in journal {
        serde_json::to_writer(&mut lines, line).map_err(io::Error::from)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

fn verification_json(verification: &super::contents::Verification) -> Result<Vec<u8>, PackError> {
    let mut text = serde_json::to_vec_pretty(&serde_json::json!({
        "piece": verification.piece,
        "verified_at": instant(verification.at),
        "indication": verification.outcome,
        "sub_indication": verification.reason,
        "report": verification.report,
    }))
    .map_err(io::Error::from)?;
    text.push(b'\n');
    Ok(text)
}
