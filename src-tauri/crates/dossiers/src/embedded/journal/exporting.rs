//! The journal of acts as a signed archive that a third party can check without this program.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use ring::signature::{Ed25519KeyPair, KeyPair};
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Ledger, entries};
use crate::act::{ActQuery, ChainHead, JournalExport};
use crate::error::{RegisterError, Result};
use crate::progress::Progress;
use crate::register::WriteSeek;
use crate::store::text;

const ENTRIES: &str = "journal.jsonl";
const SUMS: &str = "SHA256SUMS";
const SIGNATURE: &str = "SHA256SUMS.sig";
const KEY: &str = "journal-key.pem";
const README: &str = "README.txt";

/// Entries between two looks at whether the result is still wanted.
const BATCH: u64 = 1024;

/// DER before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 §4).
const SPKI: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// The first line of the file. Fields in the order they are written.
#[derive(Serialize)]
struct Heading<'a> {
    journal: &'static str,
    exported_at: String,
    whole: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    acts: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    by_desk: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    first_position: i64,
    last_position: u64,
    head: String,
}

/// Every other line.
#[derive(Serialize)]
struct Line<'a> {
    position: i64,
    at: &'a str,
    actor: Option<&'a str>,
    act: &'a str,
    dossier: Option<String>,
    detail: &'a str,
    mac: String,
}

/// What the act of an export says of it: whether whole, never what was searched for.
pub(super) fn told(query: &ActQuery) -> String {
    if *query == ActQuery::default() {
        "whole".into()
    } else {
        "filtered".into()
    }
}

/// In the order of the archive: the entries go into it as they are read, and what is signed is the
/// small file that names their hash, so that no journal is too long to be exported.
pub(super) fn write(
    db: &Connection,
    ledger: &Ledger,
    query: &ActQuery,
    out: &mut dyn WriteSeek,
    progress: &Progress,
    now: DateTime<Utc>,
) -> Result<JournalExport> {
    let head = entries::head(db)?;
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(out);
    // Nobody knows before the end whether it exceeds 4 GiB.
    start(&mut archive, ENTRIES, options.large_file(true))?;
    let mut lines = Lines::to(&mut archive);
    lines.append(&heading(db, query, &head, now)?)?;
    let entries = append_entries(db, query, &head, progress, &mut lines)?;
    let sums = format!("{}  {ENTRIES}\n", hex::encode(lines.hash.finalize()));
    let pair = Ed25519KeyPair::from_seed_unchecked(&*ledger.signing_seed)
        .map_err(|_| RegisterError::Io(io::ErrorKind::InvalidData.into()))?;
    let signature = pair.sign(sums.as_bytes());
    let public_key = pem(pair.public_key().as_ref());
    let files: [(&str, &[u8]); 4] = [
        (SUMS, sums.as_bytes()),
        (SIGNATURE, signature.as_ref()),
        (KEY, public_key.as_bytes()),
        (README, include_str!("export_readme.txt").as_bytes()),
    ];
    for (name, bytes) in files {
        start(&mut archive, name, options)?;
        archive.write_all(bytes).map_err(RegisterError::Io)?;
    }
    archive
        .finish()
        .map_err(io::Error::from)
        .and_then(|out| out.flush())
        .map_err(RegisterError::Io)?;
    Ok(JournalExport { entries, head })
}

fn start(
    archive: &mut ZipWriter<&mut dyn WriteSeek>,
    name: &str,
    options: SimpleFileOptions,
) -> Result<()> {
    archive
        .start_file(name, options)
        .map_err(|error| RegisterError::Io(error.into()))
}

/// A file of JSON lines, hashed as it is written.
struct Lines<'a> {
    out: &'a mut dyn Write,
    hash: Sha256,
    line: Vec<u8>,
}

impl<'a> Lines<'a> {
    fn to(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            hash: Sha256::new(),
            line: Vec::new(),
        }
    }

    fn append(&mut self, line: &impl Serialize) -> Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, line)
            .map_err(|error| RegisterError::Io(error.into()))?;
        self.line.push(b'\n');
        self.hash.update(&self.line);
        self.out.write_all(&self.line).map_err(RegisterError::Io)
    }
}

fn heading<'a>(
    db: &Connection,
    query: &'a ActQuery,
    head: &ChainHead,
    now: DateTime<Utc>,
) -> Result<Heading<'a>> {
    let first_position =
        db.query_row("SELECT coalesce(min(position), 0) FROM acts", [], |row| {
            row.get(0)
        })?;
    Ok(Heading {
        journal: "id360-desk journal of acts, 1",
        exported_at: text::time(now),
        whole: *query == ActQuery::default(),
        acts: &query.acts,
        dossier: query.dossier.map(|id| id.to_string()),
        actor: query.actor.as_deref().filter(|_| !query.by_desk),
        by_desk: query.by_desk,
        from: query.from.map(text::time),
        to: query.to.map(text::time),
        first_position,
        last_position: head.position,
        head: head.digits(),
    })
}

/// Returns how many.
fn append_entries(
    db: &Connection,
    query: &ActQuery,
    head: &ChainHead,
    progress: &Progress,
    lines: &mut Lines<'_>,
) -> Result<u64> {
    let (sql, values) = entries::all(query);
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut written = 0;
    while let Some(row) = rows.next()? {
        if written % BATCH == 0 {
            progress.at(written, head.entries)?;
        }
        let field = |index| -> Result<Option<String>> {
            let value = row.get_ref(index)?;
            // Exported as it is, even where it was tampered with.
            Ok(value
                .as_bytes_or_null()
                .map_err(rusqlite::Error::from)?
                .map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
        };
        lines.append(&Line {
            position: row.get(0)?,
            at: &field(1)?.unwrap_or_default(),
            actor: field(2)?.as_deref(),
            act: &field(3)?.unwrap_or_default(),
            dossier: row.get::<_, Option<Vec<u8>>>(4)?.map(|id| as_id(&id)),
            detail: &field(5)?.unwrap_or_default(),
            mac: hex::encode(row.get::<_, Vec<u8>>(6)?),
        })?;
        written += 1;
    }
    progress.at(written, written)?;
    Ok(written)
}

fn as_id(bytes: &[u8]) -> String {
    uuid::Uuid::from_slice(bytes).map_or_else(|_| hex::encode(bytes), |id| id.to_string())
}

fn pem(public_key: &[u8]) -> String {
    use base64::Engine as _;
    let der = [&SPKI[..], public_key].concat();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        base64::engine::general_purpose::STANDARD.encode(der)
    )
}
