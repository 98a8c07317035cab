//! What the list and the screens of the day look like on such a register, to be looked at.

use std::time::Duration;

use anyhow::Result;
use journeys::desk::Desk;

use super::ROW;

pub async fn take(desk: &Desk) -> Result<()> {
    for language in ["fr", "en"] {
        desk.speak(language).await?;
        for theme in ["light", "dark"] {
            let wear = format!("document.documentElement.dataset.theme = '{theme}'");
            desk.window.script(&wear).await?;
            let name = |what: &str| format!("{what}-{language}-{theme}");
            for screen in ["today", "deadlines", "journal"] {
                desk.window.click(&format!("nav-{screen}")).await?;
                still().await;
                desk.window.picture(&name(screen)).await?;
            }
            desk.window.click("nav-dossiers").await?;
            desk.window.wait_for_css(ROW).await?;
            desk.window.fill("search", "").await?;
            scroll(desk, "0").await?;
            desk.window.picture(&name("list")).await?;
            scroll(desk, "scroller.scrollHeight").await?;
            desk.window.picture(&name("end")).await?;
            desk.window.fill("search", "durand").await?;
            still().await;
            desk.window.picture(&name("typed")).await?;
            desk.window.fill("search", "").await?;
        }
    }
    Ok(())
}

async fn scroll(desk: &Desk, to: &str) -> Result<()> {
    let script = format!(
        "const scroller = document.querySelector('[data-testid=dossier-table]').parentElement; scroller.scrollTop = {to};"
    );
    desk.window.script(&script).await?;
    still().await;
    Ok(())
}

/// Until nothing moves any more.
async fn still() {
    tokio::time::sleep(Duration::from_millis(900)).await;
}
