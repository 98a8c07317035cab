//! The sandbox as a process of its own: started by absolute path with fixed arguments, on a random
//! loopback port, and ended with the desk, whose end closes its standard input.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use back_office::ports::{SandboxAccount, SandboxAnnouncement, SandboxProcess};
use secrecy::SecretString;
use serde::Deserialize;
use tauri::{AppHandle, Runtime};
use tauri_plugin_shell::{
    ShellExt as _,
    process::{CommandChild, CommandEvent},
};
use tokio::sync::Mutex;

/// Longest wait for the announcement.
const LIMIT: Duration = Duration::from_secs(20);

pub struct Sidecar<R: Runtime> {
    app: AppHandle<R>,
    /// Announcement of a sandbox that somebody else runs.
    given: Option<PathBuf>,
    data: PathBuf,
    running: Arc<Mutex<Option<Running>>>,
}

struct Running {
    announcement: SandboxAnnouncement,
    /// Holds the standard input open.
    _child: CommandChild,
}

impl<R: Runtime> std::fmt::Debug for Sidecar<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sidecar")
            .field("given", &self.given.is_some())
            .finish_non_exhaustive()
    }
}

impl<R: Runtime> Sidecar<R> {
    pub fn new(app: AppHandle<R>, given: Option<PathBuf>, data: PathBuf) -> Self {
        Self {
            app,
            given,
            data,
            running: Arc::default(),
        }
    }

    async fn start(&self) -> anyhow::Result<Running> {
        let program = beside_this_program()?;
        let (mut events, child) = self
            .app
            .shell()
            .command(program)
            .args(["--port", "0", "--until-stdin-closes", "--data"])
            .arg(&self.data)
            .spawn()?;
        let line = tokio::time::timeout(LIMIT, async {
            while let Some(event) = events.recv().await {
                match event {
                    CommandEvent::Stdout(line) => return Some(line),
                    CommandEvent::Terminated(_) | CommandEvent::Error(_) => return None,
                    _ => {}
                }
            }
            None
        })
        .await?;
        let line = line.ok_or_else(|| anyhow::anyhow!("the sandbox ended at once"))?;
        let announcement = read(&line)?;
        let running = Arc::clone(&self.running);
        tauri::async_runtime::spawn(async move {
            while let Some(event) = events.recv().await {
                if let CommandEvent::Terminated(ended) = event {
                    tracing::warn!(code = ended.code, "the sandbox ended");
                    break;
                }
            }
            *running.lock().await = None;
        });
        Ok(Running {
            announcement,
            _child: child,
        })
    }
}

#[async_trait]
impl<R: Runtime> SandboxProcess for Sidecar<R> {
    async fn announcement(&self) -> Option<SandboxAnnouncement> {
        if let Some(file) = &self.given {
            return match tokio::fs::read(file)
                .await
                .map_err(anyhow::Error::from)
                .and_then(|line| read(&line))
            {
                Ok(announcement) => Some(announcement),
                Err(error) => {
                    tracing::warn!(%error, "the sandbox announcement cannot be read");
                    None
                }
            };
        }
        let mut running = self.running.lock().await;
        if running.is_none() {
            match self.start().await {
                Ok(started) => *running = Some(started),
                Err(error) => tracing::warn!(%error, "the sandbox cannot be started"),
            }
        }
        running.as_ref().map(|running| running.announcement.clone())
    }
}

/// Never looked up by bare name (quality.md 1.1, Mullvad).
fn beside_this_program() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().unwrap_or(Path::new("/"));
    let program = folder.join(format!("id360-sandbox{}", std::env::consts::EXE_SUFFIX));
    anyhow::ensure!(program.is_file(), "the sandbox program is not installed");
    Ok(program)
}

#[derive(Deserialize)]
struct Line {
    base_url: String,
    application: Account,
    user: Account,
    process_uuid: String,
}

#[derive(Deserialize)]
struct Account {
    username: String,
    password: String,
    otp: Option<String>,
}

fn read(line: &[u8]) -> anyhow::Result<SandboxAnnouncement> {
    let line: Line = serde_json::from_slice(line)
        .map_err(|error| anyhow::anyhow!("line {} column {}", error.line(), error.column()))?;
    let account = |account: Account| SandboxAccount {
        username: account.username,
        password: SecretString::from(account.password),
        otp: account.otp.map(SecretString::from),
    };
    Ok(SandboxAnnouncement {
        base_url: line.base_url,
        process_uuid: line.process_uuid,
        application: account(line.application),
        user: account(line.user),
    })
}
