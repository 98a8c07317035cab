//! Sheets of PDF files and HEIC photographs, each drawn by a process of its own: this program with
//! [`crate::drawing::WORD`]. What a hostile file breaks, eats or keeps busy is that process.

use std::{path::PathBuf, process::Stdio, time::Duration};

use async_trait::async_trait;
use back_office::ports::SheetDrawing;
use bytes::Bytes;
use evidence::{RenditionError, display::sheets::DrawnSheet};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::Command,
    sync::Semaphore,
};

use crate::drawing;

/// Longest that a person waits for one sheet. The work itself is bounded in [`crate::drawing`]: a busy computer takes
/// many times as long for it.
const LIMIT: Duration = Duration::from_secs(60);
/// All that a drawer is told of the surroundings: where the libraries are that this program was started with.
const KEPT: [&str; 2] = ["LD_LIBRARY_PATH", "SystemRoot"];
/// Drawn at once: the pages in view, not a file's hundred thumbnails.
const AT_ONCE: usize = 2;

#[derive(Debug)]
pub struct SheetProcess {
    /// `None` where this program cannot tell where it is.
    program: Option<PathBuf>,
    limit: Duration,
    free: Semaphore,
}

impl Default for SheetProcess {
    fn default() -> Self {
        Self {
            program: std::env::current_exe().ok(),
            limit: LIMIT,
            free: Semaphore::new(AT_ONCE),
        }
    }
}

#[async_trait]
impl SheetDrawing for SheetProcess {
    async fn draw(&self, file: Bytes, sheet: u32) -> Result<DrawnSheet, RenditionError> {
        let _free = self.free.acquire().await;
        // What is too slow is dropped, and ended with its handle.
        tokio::time::timeout(self.limit, self.drawn(&file, sheet))
            .await
            .unwrap_or(Err(RenditionError::TooLarge))
    }
}

impl SheetProcess {
    async fn drawn(&self, file: &[u8], sheet: u32) -> Result<DrawnSheet, RenditionError> {
        let broken = |error: std::io::Error| {
            tracing::warn!(%error, "a sheet could not be drawn");
            RenditionError::Damaged
        };
        let program = self.program.as_ref().ok_or(RenditionError::Damaged)?;
        let mut process = Command::new(program)
            .arg(drawing::WORD)
            .arg(sheet.to_string())
            .env_clear()
            .envs(
                KEPT.iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?))),
            )
            .current_dir(std::path::Component::RootDir.as_os_str())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(broken)?;
        let (Some(mut input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(RenditionError::Damaged);
        };
        let mut answer = Vec::new();
        let mut output = output.take(drawing::MOST_ANSWER);
        // One that ends before it has read everything has its reasons in its answer.
        let (_, read) = tokio::join!(
            async move { input.write_all(file).await },
            output.read_to_end(&mut answer)
        );
        // One that has more to say than a picture finds nobody listening.
        drop(output);
        read.map_err(broken)?;
        let status = process.wait().await.map_err(broken)?;
        let drawn = drawing::read(status.code(), &answer);
        if drawn.is_err() {
            let bytes = answer.len();
            tracing::warn!(%status, bytes, "a sheet was not drawn");
        }
        drawn
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "test code")]
mod tests {
    use std::{os::unix::fs::PermissionsExt as _, path::Path};

    use super::*;

    /// A drawer that leaves in the folder what it was started with, and then does what is said.
    fn drawer(folder: &Path, then: &str, limit: Duration) -> SheetProcess {
        let program = folder.join("drawer");
        let text = format!(
            "#!/bin/sh\ncd {}\n/usr/bin/env > environment\necho \"$@\" > words\necho $$ > number\n{then}\n",
            folder.display()
        );
        std::fs::write(&program, text).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        SheetProcess {
            program: Some(program),
            limit,
            free: Semaphore::new(1),
        }
    }

    #[tokio::test]
    async fn a_drawer_is_told_the_number_of_the_sheet_and_nothing_of_the_desks_surroundings() {
        let folder = tempfile::tempdir().unwrap();
        let drawer = drawer(folder.path(), "exit 5", LIMIT);
        let drawn = drawer.draw(Bytes::from_static(b"%PDF-"), 7).await;
        assert_eq!(drawn, Err(RenditionError::Damaged));
        let left = |name| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(left("words").trim(), "draw-sheet 7");
        // The shell of the test adds its own.
        let own = ["PWD", "OLDPWD", "SHLVL", "_", "LD_LIBRARY_PATH"];
        for line in left("environment").lines() {
            let name = line.split('=').next().unwrap_or_default();
            assert!(own.contains(&name), "{line}");
        }
        assert!(
            std::env::var_os("PATH").is_some(),
            "there was something to inherit"
        );
    }

    #[tokio::test]
    async fn a_drawer_beyond_its_time_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let drawer = drawer(folder.path(), "exec /bin/sleep 600", Duration::from_secs(3));
        let drawn = drawer.draw(Bytes::from_static(b"%PDF-"), 0).await;
        assert_eq!(drawn, Err(RenditionError::TooLarge));
        let number = std::fs::read_to_string(folder.path().join("number")).unwrap();
        let number = rustix::process::Pid::from_raw(number.trim().parse().unwrap()).unwrap();
        // The runtime collects it a moment later.
        while rustix::process::test_kill_process(number).is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    #[tokio::test]
    async fn a_drawer_without_end_in_its_answer_is_cut() {
        let folder = tempfile::tempdir().unwrap();
        let drawer = drawer(
            folder.path(),
            "exec /bin/cat /dev/zero",
            Duration::from_secs(60),
        );
        let drawn = drawer.draw(Bytes::from_static(b"%PDF-"), 0).await;
        assert_eq!(drawn, Err(RenditionError::Damaged));
    }
}
