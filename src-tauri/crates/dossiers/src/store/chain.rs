//! The chain over the journal of acts: HMAC-SHA-256 of each entry and of the one before it.
//!
//! The key is derived from the register's, which lives in the keychain. Connections that change the
//! register bring it to SQL as two functions, so that whatever writes an act chains it in the same
//! transaction; a connection that was opened any other way cannot.

use ring::hmac;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::progress::Progress;

/// What stands for an entry in the next one.
pub(crate) type Mac = [u8; 32];

/// Makes the links of the chain and the seals of its ends.
#[derive(Clone)]
pub(crate) struct ChainKey {
    link: hmac::Key,
    seal: hmac::Key,
}

/// One end of the chain, as the table `chain` keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) position: i64,
    pub(crate) mac: Mac,
}

/// The words of the table's lines.
pub(crate) const HEAD: &str = "head";
pub(crate) const BASE: &str = "base";

/// An entry, byte for byte as it is stored: what was tampered with need not be text.
pub(crate) struct Raw<'a> {
    pub(crate) position: i64,
    pub(crate) at: &'a [u8],
    pub(crate) actor: Option<&'a [u8]>,
    pub(crate) act: &'a [u8],
    pub(crate) dossier: Option<&'a [u8]>,
    pub(crate) detail: &'a [u8],
}

impl<'a> Raw<'a> {
    /// Reads columns `position, at, actor, act, dossier, detail`, in that order from `first`.
    pub(crate) fn read(row: &'a rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            position: row.get(first)?,
            at: bytes(row.get_ref(first + 1)?).unwrap_or_default(),
            actor: bytes(row.get_ref(first + 2)?),
            act: bytes(row.get_ref(first + 3)?).unwrap_or_default(),
            dossier: bytes(row.get_ref(first + 4)?),
            detail: bytes(row.get_ref(first + 5)?).unwrap_or_default(),
        })
    }
}

fn bytes(value: ValueRef<'_>) -> Option<&[u8]> {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(bytes),
        _ => None,
    }
}

impl ChainKey {
    pub(crate) fn of(key: &RegisterKey) -> Self {
        let derived = |purpose| hmac::Key::new(hmac::HMAC_SHA256, &*key.derive(purpose));
        Self {
            link: derived("id360-desk journal of acts: links"),
            seal: derived("id360-desk journal of acts: seals"),
        }
    }

    /// Where every chain under this key begins. The same each time, so that chaining what a version
    /// 1 register holds gives one result, however often it is begun.
    pub(crate) fn beginning(&self) -> End {
        End {
            position: 0,
            mac: tag(&self.seal, b"beginning"),
        }
    }

    /// Every field is preceded by its length and every absent one marked, so that no two entries
    /// are written alike.
    pub(crate) fn link(&self, previous: &Mac, entry: &Raw<'_>) -> Mac {
        let mut text = Vec::with_capacity(256);
        text.extend_from_slice(previous);
        text.extend_from_slice(&entry.position.to_be_bytes());
        for field in [
            Some(entry.at),
            entry.actor,
            Some(entry.act),
            entry.dossier,
            Some(entry.detail),
        ] {
            match field {
                None => text.push(0),
                Some(bytes) => {
                    text.push(1);
                    text.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
                    text.extend_from_slice(bytes);
                }
            }
        }
        tag(&self.link, &text)
    }

    /// What says that this end was set by somebody who has the key.
    pub(crate) fn seal(&self, place: &str, end: &End) -> Mac {
        let mut text = Vec::with_capacity(64);
        text.extend_from_slice(&(place.len() as u64).to_be_bytes());
        text.extend_from_slice(place.as_bytes());
        text.extend_from_slice(&end.position.to_be_bytes());
        text.extend_from_slice(&end.mac);
        tag(&self.seal, &text)
    }

    /// Seals anything else that belongs to the chain.
    pub(crate) fn seal_bytes(&self, purpose: &str, bytes: &[u8]) -> Mac {
        let mut context = hmac::Context::with_key(&self.seal);
        context.update(&(purpose.len() as u64).to_be_bytes());
        context.update(purpose.as_bytes());
        context.update(bytes);
        mac_of(&context.sign())
    }

    /// An end of the chain; `None`: it is not there, or its seal does not hold.
    pub(crate) fn end(&self, db: &Connection, place: &str) -> rusqlite::Result<Option<End>> {
        let found = db
            .prepare_cached("SELECT position, mac, seal FROM chain WHERE place = ?1")?
            .query_row([place], |row| {
                let seal = row.get_ref(2)?;
                let mac = bytes(row.get_ref(1)?).and_then(|mac| Mac::try_from(mac).ok());
                let position = row.get(0)?;
                Ok(mac
                    .map(|mac| End { position, mac })
                    .filter(|end| bytes(seal) == Some(&self.seal(place, end)[..])))
            })
            .optional()?;
        Ok(found.flatten())
    }

    /// Sets an end of the chain.
    pub(crate) fn set_end(&self, db: &Connection, place: &str, end: &End) -> rusqlite::Result<()> {
        db.prepare_cached(
            "INSERT OR REPLACE INTO chain (place, position, mac, seal) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![place, end.position, end.mac, self.seal(place, end)])
        .map(drop)
    }

    /// Brings the key to the SQL of a connection: `chain_link` and `chain_seal`.
    pub(crate) fn lend_to(&self, db: &Connection) -> rusqlite::Result<()> {
        let flags = FunctionFlags::SQLITE_UTF8
            | FunctionFlags::SQLITE_DETERMINISTIC
            | FunctionFlags::SQLITE_DIRECTONLY;
        let key = self.clone();
        db.create_scalar_function("chain_link", 7, flags, move |arguments| {
            let entry = Raw {
                position: arguments.get(1)?,
                at: bytes(arguments.get_raw(2)).unwrap_or_default(),
                actor: bytes(arguments.get_raw(3)),
                act: bytes(arguments.get_raw(4)).unwrap_or_default(),
                dossier: bytes(arguments.get_raw(5)),
                detail: bytes(arguments.get_raw(6)).unwrap_or_default(),
            };
            Ok(key.link(&mac_argument(arguments, 0)?, &entry))
        })?;
        let key = self.clone();
        db.create_scalar_function("chain_seal", 3, flags, move |arguments| {
            let place: String = arguments.get(0)?;
            let end = End {
                position: arguments.get(1)?,
                mac: mac_argument(arguments, 2)?,
            };
            Ok(key.seal(&place, &end))
        })
    }
}

fn mac_argument(arguments: &Context<'_>, index: usize) -> rusqlite::Result<Mac> {
    bytes(arguments.get_raw(index))
        .and_then(|mac| Mac::try_from(mac).ok())
        .ok_or_else(|| rusqlite::Error::InvalidFunctionParameterType(index, Type::Blob))
}

fn tag(key: &hmac::Key, text: &[u8]) -> Mac {
    mac_of(&hmac::sign(key, text))
}

fn mac_of(tag: &hmac::Tag) -> Mac {
    let mut mac = [0; 32];
    mac.copy_from_slice(tag.as_ref());
    mac
}

/// Begins the chain over what the journal holds. Code of the migration to version 2.
pub(crate) fn begin(db: &Connection, key: &RegisterKey) -> Result<(), RegisterError> {
    let key = ChainKey::of(key);
    key.chain_from(db, key.beginning(), &Progress::unwatched())
}

impl ChainKey {
    /// Chains every entry kept, one place after the other from behind `base`, and sets both ends.
    pub(crate) fn chain_from(
        &self,
        db: &Connection,
        base: End,
        progress: &Progress,
    ) -> Result<(), RegisterError> {
        self.set_end(db, BASE, &base)?;
        let mut end = base;
        let mut next = db.prepare(
            "SELECT position, at, actor, act, dossier, detail FROM acts WHERE position > ?1
             ORDER BY position LIMIT 1",
        )?;
        let mut link = db.prepare("UPDATE acts SET position = ?2, mac = ?3 WHERE position = ?1")?;
        let mut done = 0;
        while let Some((found, chained)) = next
            .query_row([end.position], |row| {
                let mut entry = Raw::read(row, 0)?;
                let found = entry.position;
                // A gap is a missing entry from here on.
                entry.position = end.position + 1;
                let mac = self.link(&end.mac, &entry);
                let position = entry.position;
                Ok((found, End { position, mac }))
            })
            .optional()?
        {
            if done % 1024 == 0 {
                progress.at(done, 0)?;
            }
            done += 1;
            link.execute(params![found, chained.position, chained.mac])?;
            end = chained;
        }
        Ok(self.set_end(db, HEAD, &end)?)
    }
}
