//! The trust store.

use std::sync::Arc;

use rusqlite::params;

use super::{EmbeddedRegister, acts};
use crate::act::Act;
use crate::error::Result;
use crate::register::Trusting;
use crate::stamp::Stamp;
use crate::store::{meta, text};
use crate::trusted::{RevocationRule, TrustedCertificate, TrustedFor, sha256};

impl Trusting for EmbeddedRegister {
    fn trusted(&self) -> Result<Vec<TrustedCertificate>> {
        self.look(|db| {
            let mut statement = db.prepare_cached(
                "SELECT role, der, source, added_at, actor FROM trusted ORDER BY position",
            )?;
            let found = statement.query_map([], |row| {
                Ok(TrustedCertificate {
                    role: text::read_word(row, "role", TrustedFor::from_word)?,
                    der: row.get("der")?,
                    source: row.get("source")?,
                    added_at: text::read_time(row, "added_at")?,
                    added_by: row.get::<_, Option<String>>("actor")?.map(Arc::from),
                })
            })?;
            Ok(found.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn trust(
        &self,
        role: TrustedFor,
        certificates: &[Vec<u8>],
        source: &str,
        stamp: &Stamp,
    ) -> Result<usize> {
        self.change(|transaction| {
            let mut added = 0;
            for der in certificates {
                let digest = sha256(der);
                let new = transaction
                    .prepare_cached(
                        "INSERT INTO trusted (role, sha256, der, source, added_at, actor)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![
                        role.as_str(),
                        digest,
                        der,
                        source,
                        text::time(stamp.at),
                        stamp.by.as_deref()
                    ])?;
                if new > 0 {
                    let detail = detail("added", role, &digest);
                    acts::write(transaction, Act::TrustChanged, None, &detail, stamp)?;
                }
                added += new;
            }
            Ok(added)
        })
    }

    fn end_trust(&self, role: TrustedFor, sha256: [u8; 32], stamp: &Stamp) -> Result<bool> {
        self.change(|transaction| {
            let removed = transaction
                .prepare_cached("DELETE FROM trusted WHERE role = ?1 AND sha256 = ?2")?
                .execute(params![role.as_str(), sha256])?;
            if removed > 0 {
                let detail = detail("removed", role, &sha256);
                acts::write(transaction, Act::TrustChanged, None, &detail, stamp)?;
            }
            Ok(removed > 0)
        })
    }

    fn revocation_rule(&self) -> Result<RevocationRule> {
        self.look(|db| Ok(meta::revocation_rule(db)?))
    }

    fn set_revocation_rule(&self, rule: RevocationRule, stamp: &Stamp) -> Result<()> {
        self.change(|transaction| {
            if meta::revocation_rule(transaction)? == rule {
                return Ok(());
            }
            meta::set_revocation_rule(transaction, rule)?;
            let detail = format!("revocation {}", rule.as_str());
            Ok(acts::write(
                transaction,
                Act::TrustChanged,
                None,
                &detail,
                stamp,
            )?)
        })
    }
}

fn detail(what: &str, role: TrustedFor, sha256: &[u8; 32]) -> String {
    format!("{what} {} sha256={}", role.as_str(), hex::encode(sha256))
}
