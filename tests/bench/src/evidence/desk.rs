//! The desk's own capture, in a process of its own: so that its memory is its own, and trusts whom it is told to.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use back_office::ports::{SandboxAccount, SandboxAnnouncement};
use back_office::views::evidence::{CaptureFilter, PieceKind};
use back_office::views::list::{ListQuery, Selection};
use back_office::views::session::AccountKind;
use back_office::{Desk, DeskError};
use chrono::{TimeDelta, Utc};
use dossiers::register::Imports as _;
use dossiers::{EmbeddedRegister, ImportBatch, Imported, Progress, RegisterKey, Stamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::served::{Kind, Served};
use super::verifying::{self, Verified};
use crate::{headless, memory};

/// Longest that one run may take.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(900);

/// What the process is told.
#[derive(Serialize, Deserialize)]
struct Job {
    folder: PathBuf,
    base_url: String,
    process_uuid: String,
    username: String,
    password: String,
    enrollments: Vec<i64>,
    /// Bare files with their sums: verification is measured against them.
    bare: Option<PathBuf>,
}

/// What it found.
#[derive(Debug, Serialize, Deserialize)]
pub struct Captured {
    /// From the sign-in to the last row.
    pub took: Duration,
    /// Bytes of memory before and at most.
    pub idle: u64,
    pub peak: u64,
    /// SHA-256 of each piece, as its row says and its file was found again.
    pub pieces: Vec<(i64, Kind, String)>,
    pub verified: Vec<Verified>,
}

impl Captured {
    pub fn found(&self) -> HashMap<(i64, Kind), String> {
        self.pieces
            .iter()
            .map(|(id, kind, sha256)| ((*id, *kind), sha256.clone()))
            .collect()
    }
}

/// Captures everything into a new register and a new vault in that folder.
pub fn capture(served: &Served, folder: &Path, bare: Option<&Path>) -> Result<Captured> {
    let greeting = served.sandbox.greeting();
    let job = Job {
        folder: folder.to_owned(),
        base_url: greeting.encrypted_url.clone().context("no TLS port")?,
        process_uuid: greeting.process_uuid.clone(),
        username: greeting.application.username.clone(),
        password: greeting.application.password.clone(),
        enrollments: served
            .originals
            .chunks(4)
            .map(|set| set[0].enrollment)
            .collect(),
        bare: bare.map(Path::to_path_buf),
    };
    let file = folder.join("job.json");
    std::fs::write(&file, serde_json::to_vec(&job)?)?;
    let output = Command::new(std::env::current_exe()?)
        .args(["evidence-desk", "--job"])
        .arg(&file)
        .env("SSL_CERT_FILE", &served.authority)
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("the desk's process")?;
    ensure!(output.status.success(), "the desk's process ended early");
    serde_json::from_slice(&output.stdout).context("what the desk's process says")
}

/// The process itself.
pub fn run(job: &Path) -> Result<()> {
    let job: Job = serde_json::from_slice(&std::fs::read(job)?)?;
    let register = job.folder.join("register");
    std::fs::create_dir(&register)?;
    let key = RegisterKey::generate();
    import(&register, &key, &job)?;
    // As many as the shell has.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let captured = runtime.block_on(captured(&register, &key, &job))?;
    crate::figures::say(&serde_json::to_string(&captured)?);
    Ok(())
}

fn import(folder: &Path, key: &RegisterKey, job: &Job) -> Result<()> {
    let now = Utc::now();
    let register = EmbeddedRegister::open(folder, key, now)?;
    let batch = ImportBatch {
        environment_id: "sandbox".to_owned(),
        process_id: "sandbox".to_owned(),
        process_uuid: job.process_uuid.parse::<Uuid>()?,
        process_name: "Ouverture de compte".to_owned(),
        idclaim_expected: true,
        operator: job.username.clone(),
    };
    let lines = job.enrollments.iter().map(|id| Imported {
        enrollment_id: *id,
        api_key: None,
        reference: Some(format!("REF-{id}")),
        last_name: None,
        first_name: None,
        email: None,
        phone_number: None,
        status: Some("OK".to_owned()),
        creation_time: Some(now - TimeDelta::hours(1)),
        finished_time: Some(now - TimeDelta::minutes(1)),
    });
    let stamp = Stamp::new(now, job.username.as_str());
    register.import(batch, lines.collect(), &Progress::unwatched(), &stamp)?;
    Ok(())
}

async fn captured(folder: &Path, key: &RegisterKey, job: &Job) -> Result<Captured> {
    let account = SandboxAccount {
        username: job.username.clone(),
        password: job.password.clone().into(),
        otp: None,
    };
    let announcement = SandboxAnnouncement {
        base_url: job.base_url.clone(),
        process_uuid: job.process_uuid.clone(),
        application: account.clone(),
        user: account,
    };
    let desk = headless::desk_at(folder, key, Arc::new(Mutex::default()), Some(announcement));
    desk.start().await;
    without_pdf(&desk).await.map_err(told)?;
    let idle = memory::now()?;
    memory::forget_peak()?;

    let began = Instant::now();
    desk.sign_in_to_sandbox(AccountKind::Application)
        .await
        .map_err(told)?;
    // A person selects them all and reads their reports; what is finished is captured by itself meanwhile.
    let all = Selection::Matching {
        query: ListQuery::default(),
        except: Vec::new(),
    };
    let read = desk.refresh_dossiers("bench", all).await.map_err(told)?;
    if read.failed > 0 {
        tracing::warn!(failed = read.failed, "reports that following has to bring");
    }
    until_captured(&desk, job.enrollments.len(), began).await?;
    let took = began.elapsed();
    let peak = memory::peak()?;

    let verified = match &job.bare {
        Some(bare) => verifying::beside_sha256sum(&desk, bare).await?,
        None => Vec::new(),
    };
    let outcome = desk.verify_evidence("whole").await.map_err(told)?;
    ensure!(
        outcome.damaged == 0,
        "{} files are not whole",
        outcome.damaged
    );
    let pieces = pieces(&desk).await?;
    Ok(Captured {
        took,
        idle,
        peak,
        pieces,
        verified,
    })
}

/// The PDF of the report is not among what is measured.
async fn without_pdf(desk: &Desk) -> Result<(), DeskError> {
    for mut environment in desk.settings().environments {
        if environment.id == "sandbox" {
            environment.report_pdf_path = None;
            desk.save_environment(environment).await?;
        }
    }
    Ok(())
}

async fn until_captured(desk: &Desk, dossiers: usize, began: Instant) -> Result<()> {
    loop {
        let page = desk
            .list_captures(CaptureFilter::Complete, 0, 1)
            .await
            .map_err(told)?;
        if page.counts.complete as usize == dossiers {
            return Ok(());
        }
        ensure!(began.elapsed() < GIVEN_UP_AFTER, "{:?}", page.counts);
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

async fn pieces(desk: &Desk) -> Result<Vec<(i64, Kind, String)>> {
    let mut pieces = Vec::new();
    let mut offset = 0;
    loop {
        let page = desk
            .list_captures(CaptureFilter::All, offset, 100)
            .await
            .map_err(told)?;
        for row in &page.rows {
            let enrollment: i64 = row.row.enrollment_id.as_deref().unwrap_or("0").parse()?;
            for piece in desk.get_evidence(&row.row.id).await.map_err(told)?.pieces {
                let kind = match (piece.kind, piece.page_number) {
                    (PieceKind::Report, _) => Kind::Report,
                    (PieceKind::IdClaim, _) => Kind::IdClaim,
                    (PieceKind::Document, Some(0)) => Kind::Recto,
                    (PieceKind::Document, _) => Kind::Verso,
                    _ => continue,
                };
                pieces.push((enrollment, kind, piece.sha256));
            }
        }
        offset += page.rows.len() as u32;
        if page.rows.is_empty() || offset >= page.total {
            return Ok(pieces);
        }
    }
}

pub fn told(error: DeskError) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}
