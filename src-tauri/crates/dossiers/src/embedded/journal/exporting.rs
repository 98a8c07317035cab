//! The journal of acts as a signed archive that a third party can check without this program.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use ring::signature::{Ed25519KeyPair, KeyPair};
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Ledger, entries};
use crate::act::{ActQuery, ChainHead, JournalExport};
use crate::error::{RegisterError, Result};
use crate::progress::Progress;
use crate::register::WriteSeek;
use crate::store::text;

const ENTRIES: &str = "journal.jsonl";
const SIGNATURE: &str = "journal.jsonl.sig";
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

pub(super) fn write(
    db: &Connection,
    ledger: &Ledger,
    query: &ActQuery,
    out: &mut dyn WriteSeek,
    progress: &Progress,
    now: DateTime<Utc>,
) -> Result<JournalExport> {
    let head = entries::head(db)?;
    let (lines, entries) = lines(db, query, &head, progress, now)?;
    let pair = Ed25519KeyPair::from_seed_unchecked(&*ledger.signing_seed)
        .map_err(|_| RegisterError::Io(io::ErrorKind::InvalidData.into()))?;
    let signature = pair.sign(&lines);
    let public_key = pem(pair.public_key().as_ref());
    let files: [(&str, &[u8]); 4] = [
        (ENTRIES, &lines),
        (SIGNATURE, signature.as_ref()),
        (KEY, public_key.as_bytes()),
        (README, include_str!("export_readme.txt").as_bytes()),
    ];
    archive(&files, out).map_err(RegisterError::Io)?;
    Ok(JournalExport { entries, head })
}

fn archive(files: &[(&str, &[u8])], out: &mut dyn WriteSeek) -> io::Result<()> {
    let mut archive = ZipWriter::new(out);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        archive.start_file(*name, options)?;
        archive.write_all(bytes)?;
    }
    archive.finish()?.flush()
}

fn lines(
    db: &Connection,
    query: &ActQuery,
    head: &ChainHead,
    progress: &Progress,
    now: DateTime<Utc>,
) -> Result<(Vec<u8>, u64)> {
    let mut lines = Vec::new();
    let first_position =
        db.query_row("SELECT coalesce(min(position), 0) FROM acts", [], |row| {
            row.get(0)
        })?;
    let heading = Heading {
        journal: "id360-desk journal of acts, 1",
        exported_at: text::time(now),
        whole: *query == ActQuery::default(),
        acts: &query.acts,
        dossier: query.dossier.map(|id| id.to_string()),
        actor: query.actor.as_deref(),
        from: query.from.map(text::time),
        to: query.to.map(text::time),
        first_position,
        last_position: head.position,
        head: head.digits(),
    };
    append(&mut lines, &heading)?;
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
        append(
            &mut lines,
            &Line {
                position: row.get(0)?,
                at: &field(1)?.unwrap_or_default(),
                actor: field(2)?.as_deref(),
                act: &field(3)?.unwrap_or_default(),
                dossier: row.get::<_, Option<Vec<u8>>>(4)?.map(|id| as_id(&id)),
                detail: &field(5)?.unwrap_or_default(),
                mac: hex::encode(row.get::<_, Vec<u8>>(6)?),
            },
        )?;
        written += 1;
    }
    progress.at(written, written)?;
    Ok((lines, written))
}

fn append(lines: &mut Vec<u8>, line: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *lines, line)
        .map_err(|error| RegisterError::Io(io::Error::from(error)))?;
    lines.push(b'\n');
    Ok(())
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
