//! The keyboard of the display, for windows that no WebDriver reaches.

use anyhow::{Context, Result, bail};
use tokio::process::Command;

/// Keys go to the window that has the focus: GTK ignores those sent to one window.
pub async fn key(key: &str) -> Result<()> {
    xdotool(&["key", key]).await.map(drop)
}

pub async fn focus(window: &str) -> Result<()> {
    xdotool(&["windowfocus", "--sync", window]).await.map(drop)
}

/// Above all others, with the focus.
pub async fn raise(window: &str) -> Result<()> {
    xdotool(&["windowactivate", "--sync", window])
        .await
        .map(drop)
}

pub async fn xdotool(arguments: &[&str]) -> Result<String> {
    let output = Command::new("xdotool")
        .args(arguments)
        .output()
        .await
        .context("xdotool did not start")?;
    if !output.status.success() {
        bail!(
            "xdotool {}: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
