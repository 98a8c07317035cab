//! The real window on a register of a million: typing, scrolling, jumping, asking; and a picture to its pixels.
//!
//! Everything is timed inside the page, so that the driver's own slowness does not count.

mod kept;
mod pictures;
mod pixels;
mod typing;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use journeys::window::Window;
use serde_json::Value;

use self::kept::Kept;
use crate::figures::{Goal, Times, ms, say};
use crate::population::Population;

const ROW: &str = "[data-testid=dossier-row] [role=rowheader]";

pub async fn run(dossiers: usize, keep: Option<&Path>, shots: bool) -> Result<()> {
    let mut population = Population::new(360);
    // The screens of the day show one environment; figures are taken at rest.
    let environment = if shots { "sandbox" } else { "production" };
    let desk = Kept::at(keep, dossiers, environment)?
        .desk(&mut population)
        .await?;
    desk.enter_sandbox("application").await?;
    if shots {
        pictures::take(&desk).await?;
        return desk.close().await;
    }
    desk.window.click("nav-dossiers").await?;
    desk.window.wait_for_css(ROW).await?;
    desk.window
        .script(include_str!("page/watch.js"))
        .await
        .context("watching the page")?;
    typing::measure(&desk, &mut population).await?;
    scrolling(&desk.window).await?;
    asking(&desk.window).await?;
    desk.close().await?;
    pixels::measure().await
}

/// P-15: rows in the page, script for each frame, and the way to the end.
async fn scrolling(window: &Window) -> Result<()> {
    let measured = window
        .async_script(include_str!("page/scroll.js"))
        .await
        .context("scrolling")?;
    let script = times(&measured["script"])?;
    let answered = times(&measured["answered"])?;
    let jumps = times(&measured["jumps"])?;
    let drawn = numbers(&measured["drawn"])?;
    say(&format!(
        "\nScrolling {} rows in {} px: script for each of {} frames p50 {}, p95 {}; jump to the end p50 {}, worst {}",
        measured["count"],
        measured["tallest"],
        script.count(),
        ms(script.median()),
        ms(script.percentile(95.0)),
        ms(jumps.median()),
        ms(jumps.percentile(100.0)),
    ));
    say(&format!(
        "  of them {} took in an answer: p50 {}, p95 {}",
        answered.count(),
        ms(answered.median()),
        ms(answered.percentile(95.0)),
    ));
    let most = drawn.into_iter().fold(0.0, f64::max);
    goal("P-15", "rows in the page, most", most, "rows", (60.0, 45.0));
    goal(
        "P-15",
        "script for each frame, p95",
        millis(script.percentile(95.0)),
        "ms",
        (8.0, 4.0),
    );
    goal(
        "P-15",
        "jump to the end, p50",
        millis(jumps.median()),
        "ms",
        (150.0, 80.0),
    );
    Ok(())
}

/// P-16: a page of a hundred rows against a call that does nothing.
async fn asking(window: &Window) -> Result<()> {
    let measured = window
        .async_script(include_str!("page/ask.js"))
        .await
        .context("asking")?;
    let (nothing, page) = (times(&measured["nothing"])?, times(&measured["page"])?);
    say(&format!(
        "\nA page of 100 rows ({} bytes): p50 {}; a call that does nothing: p50 {}",
        measured["bytes"],
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
    Ok(in_millis(&numbers(value)?))
}

fn in_millis(numbers: &[f64]) -> Times {
    Times::of(numbers.iter().copied().map(time).collect())
}

/// Of milliseconds.
fn time(ms: f64) -> Duration {
    Duration::from_secs_f64(ms.max(0.0) / 1_000.0)
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
