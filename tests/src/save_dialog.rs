//! The system's own save dialog, driven as a person does: by the keyboard. It is no part of the page, so a WebDriver
//! cannot reach it.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::process::Command;

use crate::keyboard::{focus, key, xdotool};

/// The windows of one process, as xdotool numbers them.
type Windows = BTreeSet<String>;

/// What was on the display before the button was pressed: the dialog is the window that comes after.
#[derive(Debug)]
pub struct SaveDialog {
    before: Windows,
}

impl SaveDialog {
    /// Call before pressing the button.
    pub async fn expected() -> Result<Self> {
        Ok(Self {
            before: visible().await?,
        })
    }

    /// Types the full path of the file to write, and saves.
    pub async fn save_as(self, file: &Path) -> Result<()> {
        self.accept(&[], file).await
    }

    /// Chooses a folder that exists.
    pub async fn choose_folder(self, folder: &Path) -> Result<()> {
        // The dialog opens on the recent folders, where a typed path is not accepted: to the home folder first. A folder
        // dialog has no name field until it is asked for one.
        self.accept(&["alt+Home", "ctrl+l"], folder).await
    }

    /// Chooses a file that exists.
    pub async fn choose_file(self, file: &Path) -> Result<()> {
        self.accept(&["ctrl+l"], file).await
    }

    /// Closes the dialog without saving.
    pub async fn cancel(self) -> Result<()> {
        let window = self.opened().await?;
        key("Escape").await?;
        self.closed(&window).await
    }

    async fn accept(&self, to_name_field: &[&str], path: &Path) -> Result<()> {
        let window = self.opened().await?;
        let text = path.display().to_string();
        // On a busy machine the dialog may miss the first keys; a person sees it and types again.
        for _ in 0..3 {
            for one in to_name_field {
                key(one).await?;
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
            key("ctrl+a").await?;
            tokio::time::sleep(Duration::from_millis(150)).await;
            xdotool(&["type", "--delay", "12", &text]).await?;
            // GTK completes paths while they are typed; Return before it is done takes the completion instead.
            tokio::time::sleep(Duration::from_millis(400)).await;
            // The first Return may only close the list of completions.
            for _ in 0..2 {
                key("Return").await?;
                if self.closed(&window).await.is_ok() {
                    return Ok(());
                }
            }
            focus(&window).await?;
        }
        bail!("the save dialog stays open after {text}")
    }

    async fn opened(&self) -> Result<String> {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(window) = visible().await?.difference(&self.before).next() {
                let window = window.clone();
                focus(&window).await?;
                // The dialog has its window before it listens to the keyboard.
                tokio::time::sleep(Duration::from_millis(500)).await;
                return Ok(window);
            }
            if Instant::now() > until {
                bail!("no save dialog opened in 20 seconds");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn closed(&self, window: &str) -> Result<()> {
        let until = Instant::now() + Duration::from_secs(3);
        while visible().await?.contains(window) {
            if Instant::now() > until {
                bail!("the save dialog stays open");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }
}

/// Windows with a title that can be seen.
async fn visible() -> Result<Windows> {
    // xdotool's exit code says whether it found one; none is an answer too.
    let output = Command::new("xdotool")
        .args(["search", "--onlyvisible", "--name", "."])
        .output()
        .await
        .context("xdotool did not start")?;
    Ok(String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(str::to_owned)
        .collect())
}
