//! The real window on a register of a million: typing, scrolling, jumping, asking.
//!
//! Everything is timed inside the page, so that the driver's own slowness does not count.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use dossiers::RegisterKey;
use journeys::desk::Desk;
use secrecy::SecretString;
use serde_json::Value;

use crate::figures::{Goal, Times, ms, say};
use crate::million;
use crate::population::Population;

const WORDS: usize = 40;

pub async fn run(dossiers: usize) -> Result<()> {
    let mut population = Population::new(360);
    let desk = Desk::open("bench", "fr").await?;
    desk.enter_sandbox("application").await?;
    let desk = desk
        .reopen_after(|profile| {
            let key = key_of(profile)?;
            say(&format!("Making a register of {dossiers} dossiers"));
            let register = million::open(&profile.join("register"), &key, Utc::now())?;
            million::fill(&register, &mut population, dossiers, Utc::now(), "sandbox")
        })
        .await?;
    desk.enter_sandbox("application").await?;
    desk.window.wait_for("dossier-row").await?;
    desk.window.picture("million").await?;
    typing(&desk, &mut population).await?;
    scrolling(&desk).await?;
    asking(&desk).await?;
    desk.close().await
}

/// The register's key, from the keychain of the bench's own desktop.
fn key_of(profile: &Path) -> Result<RegisterKey> {
    let id = std::fs::read_to_string(profile.join("profile-id")).context("profile id")?;
    let id: uuid::Uuid = id.trim().parse()?;
    let namespace = format!("fr.id360desk.desk.{}", id.simple());
    let entry = keyring::Entry::new(&namespace, &format!("{namespace}/register-key"))?;
    let secret = SecretString::from(
        entry
            .get_password()
            .context("the keychain has no register key")?,
    );
    RegisterKey::from_secret(&secret).context("the keychain's key")
}

/// P-12: from the key to the rows on the screen.
async fn typing(desk: &Desk, population: &mut Population) -> Result<()> {
    desk.window
        .script(
            "window.typed = [];
             const frame = () => new Promise((done) => requestAnimationFrame(done));
             const main = document.querySelector('#content');
             document.addEventListener('input', (event) => {
               const at = event.timeStamp;
               let settled = false;
               const finish = async () => {
                 if (settled) return;
                 settled = true;
                 observer.disconnect();
                 await frame();
                 const channel = new MessageChannel();
                 channel.port1.onmessage = () => window.typed.push(performance.now() - at);
                 channel.port2.postMessage(0);
               };
               const observer = new MutationObserver((changes) => {
                 if (changes.some(({ target }) => target.closest?.('[data-testid=dossier-table], [data-testid=list-state], [data-testid=dossier-count]') || target.parentElement?.closest('[data-testid=dossier-table], [data-testid=dossier-count]') || target === main)) void finish();
               });
               observer.observe(main, { childList: true, characterData: true, subtree: true });
               setTimeout(() => observer.disconnect(), 1000);
             }, true);",
        )
        .await?;
    let mut keys = 0;
    for _ in 0..WORDS {
        let word = population.typed();
        desk.window.fill("search", "").await?;
        tokio::time::sleep(Duration::from_millis(150)).await;
        let field = desk
            .window
            .wait_for_css("input[data-testid=search], [data-testid=search] input")
            .await?;
        for letter in word.chars() {
            field.send_keys(&letter.to_string()).await?;
            keys += 1;
            tokio::time::sleep(Duration::from_millis(90)).await;
        }
    }
    let times = numbers(&desk.window.script("return window.typed").await?)?;
    ensure!(
        times.len() * 2 > keys,
        "only {} of {keys} keys changed the list",
        times.len()
    );
    let times = Times::of(
        times
            .into_iter()
            .map(|ms| Duration::from_secs_f64(ms / 1_000.0))
            .collect(),
    );
    say(&format!(
        "\nTyping: {keys} keys, {} of them changed what is shown; key to painted rows p50 {}, p95 {}, p99 {}",
        times.count(),
        ms(times.median()),
        ms(times.percentile(95.0)),
        ms(times.percentile(99.0)),
    ));
    goal(
        "P-12",
        "key to painted rows, p95",
        millis(times.percentile(95.0)),
        "ms",
        (50.0, 33.0),
    );
    goal(
        "P-12",
        "key to painted rows, p99",
        millis(times.percentile(99.0)),
        "ms",
        (100.0, 66.0),
    );
    desk.window.fill("search", "").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    Ok(())
}

/// P-15: rows in the page, script for each frame, and the way to the end.
async fn scrolling(desk: &Desk) -> Result<()> {
    let measured = desk
        .window
        .async_script(
            "const done = arguments[arguments.length - 1];
             const table = document.querySelector('[data-testid=dossier-table]');
             let scroller = table;
             while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
             const frame = () => new Promise((then) => requestAnimationFrame(then));
             const rows = () => table.querySelectorAll('[data-testid=dossier-row], tr.row').length;
             (async () => {
               const script = [], drawn = [];
               let begun = 0;
               scroller.addEventListener('scroll', () => { begun = performance.now(); }, { capture: true });
               const observer = new MutationObserver(() => { if (begun) { script.push(performance.now() - begun); begun = 0; } });
               observer.observe(table, { childList: true, subtree: true, attributes: true });
               for (let turn = 0; turn < 240; turn += 1) {
                 scroller.scrollTop += 120 + turn * 3;
                 await frame();
                 await frame();
                 drawn.push(rows());
               }
               const jumps = [];
               for (let turn = 0; turn < 9; turn += 1) {
                 scroller.scrollTop = 0;
                 await new Promise((then) => setTimeout(then, 300));
                 const from = performance.now();
                 scroller.scrollTop = scroller.scrollHeight;
                 for (;;) {
                   await frame();
                   const last = Math.max(...[...table.querySelectorAll('[data-testid=dossier-row]')].map((row) => Number(row.getAttribute('aria-rowindex'))));
                   if (last === Number(table.getAttribute('aria-rowcount')) || performance.now() - from > 5000) break;
                 }
                 jumps.push(performance.now() - from);
               }
               observer.disconnect();
               done({ script, drawn, jumps, count: table.getAttribute('aria-rowcount') });
             })();",
        )
        .await?;
    let script = times(&measured["script"])?;
    let jumps = times(&measured["jumps"])?;
    let drawn = numbers(&measured["drawn"])?;
    say(&format!(
        "\nScrolling {} rows: script for each frame p50 {}, p95 {} ({} frames with new rows); jump to end p50 {}, worst {}",
        measured["count"],
        ms(script.median()),
        ms(script.percentile(95.0)),
        script.count(),
        ms(jumps.median()),
        ms(jumps.percentile(100.0)),
    ));
    goal(
        "P-15",
        "rows in the page, most",
        drawn.into_iter().fold(0.0, f64::max),
        "",
        (60.0, 45.0),
    );
    goal(
        "P-15",
        "script for each frame, p95",
        millis(script.percentile(95.0)),
        "ms",
        (8.0, 4.0),
    );
    goal(
        "P-15",
        "jump to end, p50",
        millis(jumps.median()),
        "ms",
        (150.0, 80.0),
    );
    Ok(())
}

/// P-16: a page of a hundred rows against a call that does nothing.
async fn asking(desk: &Desk) -> Result<()> {
    let measured = desk
        .window
        .async_script(
            "const done = arguments[arguments.length - 1];
             const call = window.__TAURI_INTERNALS__.invoke;
             (async () => {
               const nothing = [], page = [];
               const query = { search: '', filters: [], sort: [] };
               for (let turn = 0; turn < 60; turn += 1) {
                 let from = performance.now();
                 for (let time = 0; time < 5; time += 1) await call('window_ready');
                 nothing.push((performance.now() - from) / 5);
                 from = performance.now();
                 for (let time = 0; time < 5; time += 1) await call('list_dossiers', { query, offset: 0, limit: 100 });
                 page.push((performance.now() - from) / 5);
               }
               done({ nothing, page });
             })();",
        )
        .await?;
    let (nothing, page) = (times(&measured["nothing"])?, times(&measured["page"])?);
    say(&format!(
        "\nA page of 100 rows: p50 {}; a call that does nothing: p50 {}",
        ms(page.median()),
        ms(nothing.median())
    ));
    let ratio = page.median().as_secs_f64() / nothing.median().as_secs_f64();
    goal(
        "P-16",
        "page of 100 rows against a bare call, p50",
        ratio,
        "×",
        (3.0, 2.0),
    );
    Ok(())
}

fn numbers(value: &Value) -> Result<Vec<f64>> {
    value
        .as_array()
        .context("the page gave no figures")?
        .iter()
        .map(|figure| figure.as_f64().context("not a figure"))
        .collect()
}

fn times(value: &Value) -> Result<Times> {
    Ok(Times::of(
        numbers(value)?
            .into_iter()
            .map(|ms| Duration::from_secs_f64(ms.max(0.0) / 1_000.0))
            .collect(),
    ))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn goal(id: &'static str, what: &str, measured: f64, unit: &'static str, (floor, aim): (f64, f64)) {
    Goal {
        id,
        what: what.to_owned(),
        measured,
        floor,
        aim,
        unit,
        more_is_better: false,
    }
    .say();
}
