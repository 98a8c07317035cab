//! A sandbox behind TLS with finished dossiers to capture, and what each of their files truly is.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use journeys::sandbox::Sandbox;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// Bytes of a page: a photograph as a telephone takes it.
const PAGE_BYTES: std::ops::Range<usize> = 380_000..530_000;

/// One file that can be had.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Original {
    pub enrollment: i64,
    pub kind: Kind,
    /// Under `/api/1.0.0/`.
    pub path: String,
    pub size: u64,
    pub sha256: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Report,
    Recto,
    Verso,
    IdClaim,
}

impl Original {
    /// The name that the baselines write it under.
    pub fn file_name(&self) -> String {
        let (what, ending) = match self.kind {
            Kind::Report => ("report", "json"),
            Kind::Recto => ("recto", "jpg"),
            Kind::Verso => ("verso", "jpg"),
            Kind::IdClaim => ("idclaim", "asice"),
        };
        format!("{}-{what}.{ending}", self.enrollment)
    }
}

/// Everything that every tool is measured against.
#[derive(Debug)]
pub struct Served {
    pub sandbox: Sandbox,
    pub originals: Vec<Original>,
    /// Whom to trust, PEM.
    pub authority: PathBuf,
    /// Everything that is written lies here.
    pub home: tempfile::TempDir,
}

impl Served {
    pub async fn start(dossiers: usize) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let authority = home.path().join("authority.pem");
        let named = authority.to_str().context("a path in UTF-8")?;
        let sandbox = Sandbox::start(home.path(), &["--seed", "360", "--tls", named]).await?;
        let originals = fill(&sandbox, home.path(), dossiers).await?;
        Ok(Self {
            sandbox,
            originals,
            authority,
            home,
        })
    }

    /// Where the originals are, behind TLS.
    pub fn url(&self, path: &str) -> Result<String> {
        let base = self.sandbox.greeting().encrypted_url.as_deref();
        Ok(format!(
            "{}/api/1.0.0/{path}",
            base.context("the sandbox has no TLS port")?
        ))
    }

    /// A folder that takes everything with it when it is dropped.
    pub fn room(&self) -> Result<tempfile::TempDir> {
        Ok(tempfile::tempdir_in(&self.home)?)
    }

    pub fn dossiers(&self) -> usize {
        self.originals.len() / 4
    }

    pub fn bytes(&self) -> u64 {
        self.originals.iter().map(|original| original.size).sum()
    }

    /// From now on every answer takes this much longer.
    pub async fn delay(&self, delay: Duration) -> Result<()> {
        let milliseconds = delay.as_millis() as u64;
        self.sandbox
            .switch(json!({ "answer_delay_milliseconds": milliseconds }))
            .await
    }

    /// Two of a hundred calls go wrong, another way each time. Bytes that are wrong and look right are pages only:
    /// of nothing else does ID360 state a hash.
    pub async fn faults(&self) -> Result<usize> {
        const EVERY: usize = 50;
        self.sandbox.clear_faults().await?;
        let common = [
            json!({ "kind": "status", "status": 502 }),
            json!({ "kind": "truncate", "bytes": 900 }),
            json!({ "kind": "drop_before" }),
            json!({ "kind": "short_body" }),
            json!({ "kind": "html" }),
            json!({ "kind": "status", "status": 503 }),
            json!({ "kind": "drop_after" }),
        ];
        let mut of_pages = common.to_vec();
        of_pages.insert(1, json!({ "kind": "flip_byte" }));
        let mut planned = 0;
        for (endpoint, calls, faults) in [
            ("report", self.dossiers(), &common[..]),
            ("document", 2 * self.dossiers(), &of_pages),
            ("idclaim", self.dossiers(), &common[..]),
        ] {
            for fault in faults.iter().cycle().take(calls / EVERY) {
                let skip = (EVERY - 1) as u32;
                self.sandbox
                    .fault_after(skip, endpoint, fault.clone())
                    .await?;
                planned += 1;
            }
        }
        Ok(planned)
    }

    /// How many of the dossiers are there whole, and how many wrong bytes pass for an original, by what each file
    /// that a tool left hashes to.
    pub fn judge(&self, found: &HashMap<(i64, Kind), String>) -> (usize, usize) {
        let (mut whole, mut silent) = (0, 0);
        for set in self.originals.chunks(4) {
            let right = |original: &&Original| {
                found.get(&(original.enrollment, original.kind)) == Some(&original.sha256)
            };
            let wrong = |original: &&Original| {
                found
                    .get(&(original.enrollment, original.kind))
                    .is_some_and(|sha256| *sha256 != original.sha256)
            };
            whole += usize::from(set.iter().filter(right).count() == 4);
            silent += set.iter().filter(wrong).count();
        }
        (whole, silent)
    }
}

async fn fill(sandbox: &Sandbox, folder: &Path, dossiers: usize) -> Result<Vec<Original>> {
    let mut random = StdRng::seed_from_u64(360);
    let page = folder.join("page.jpg");
    let mut ids = Vec::with_capacity(dossiers);
    for number in 0..dossiers {
        let reference = format!("BENCH-{number:05}");
        let id = sandbox
            .create(&reference, "https://retour.entreprise-exemple.test/fin")
            .await?;
        for side in 0..2 {
            let mut bytes = vec![0; random.random_range(PAGE_BYTES)];
            random.fill(&mut bytes[..]);
            bytes[..4].copy_from_slice(b"\xFF\xD8\xFF\xE0");
            std::fs::write(&page, &bytes)?;
            sandbox.upload(id, "id_document_image", side, &page).await?;
        }
        sandbox.finish(id, "OK", &[]).await?;
        ids.push(id);
    }
    std::fs::remove_file(&page)?;
    let mut pages = HashMap::new();
    for enrollment in sandbox.enrollments().await? {
        let document = enrollment.documents.first().map(|page| page.document_id);
        pages.insert(enrollment.id, document.context("a dossier without pages")?);
    }
    let reader = sandbox.reader().await?;
    let mut originals = Vec::with_capacity(4 * dossiers);
    for id in ids {
        let document = pages[&id];
        for (kind, path) in [
            (Kind::Report, format!("enrollment/{id}/report")),
            (
                Kind::Recto,
                format!("document/{document}/file_contents/?page_number=0"),
            ),
            (
                Kind::Verso,
                format!("document/{document}/file_contents/?page_number=1"),
            ),
            (Kind::IdClaim, format!("enrollment/{id}/idclaim")),
        ] {
            let bytes = reader.served(&path).await?;
            originals.push(Original {
                enrollment: id,
                kind,
                path,
                size: bytes.len() as u64,
                sha256: hex::encode(Sha256::digest(&bytes)),
            });
        }
    }
    Ok(originals)
}
