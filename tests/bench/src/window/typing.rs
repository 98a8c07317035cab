//! P-12 and P-14: from the key to the rows on the screen, and what a burst of keys costs.

use std::time::Duration;

use anyhow::{Result, ensure};
use journeys::desk::Desk;
use serde_json::Value;

use super::{goal, in_millis, millis};
use crate::figures::{ms, say};
use crate::population::Population;

const WORDS: usize = 40;
const BURSTS: usize = 12;
const BURST: usize = 10;
/// Between two keys, faster than people type.
const BETWEEN: Duration = Duration::from_millis(90);
/// By then what was typed last is answered, counted, and in the address.
const SETTLED: Duration = Duration::from_millis(700);

pub async fn measure(desk: &Desk, population: &mut Population) -> Result<()> {
    desk.window.wait_for("search").await?;
    words(desk, population).await?;
    bursts(desk, population).await?;
    empty(desk).await
}

async fn words(desk: &Desk, population: &mut Population) -> Result<()> {
    let mut noted = Vec::new();
    for _ in 0..WORDS {
        let word = population.typed();
        empty(desk).await?;
        let field = desk
            .window
            .wait_for_css("input[data-testid=search]")
            .await?;
        for letter in word.chars() {
            field.send_keys(&letter.to_string()).await?;
            tokio::time::sleep(BETWEEN).await;
        }
        tokio::time::sleep(SETTLED).await;
        let keys = desk.window.script("return watch.keys").await?;
        noted.extend(keys.as_array().cloned().unwrap_or_default());
    }
    let between = |from: &'static str, to: &'static str| {
        let times: Vec<f64> = noted
            .iter()
            .filter(|key| key["painted"].is_number())
            .filter_map(|key| Some(key[to].as_f64()? - key[from].as_f64()?))
            .collect();
        in_millis(&times)
    };
    let whole = between("at", "painted");
    ensure!(
        whole.count() * 2 > noted.len(),
        "only {} of {} keys changed the list",
        whole.count(),
        noted.len()
    );
    say(&format!(
        "\nTyping {} keys, {} of which changed what is shown (p50 / p95 / p99):",
        noted.len(),
        whole.count()
    ));
    for (what, from, to) in [
        ("from the key to the question", "at", "asked"),
        ("from the question to the answer", "asked", "answered"),
        ("from the answer to the rows", "answered", "drawn"),
        ("from the rows to their layout", "drawn", "laid"),
        ("from the layout to the paint", "laid", "painted"),
        ("all of it", "at", "painted"),
    ] {
        let times = between(from, to);
        say(&format!(
            "  {what:<32} {} / {} / {}",
            ms(times.median()),
            ms(times.percentile(95.0)),
            ms(times.percentile(99.0))
        ));
    }
    for (percent, floor_and_aim) in [(95.0, (50.0, 33.0)), (99.0, (100.0, 66.0))] {
        goal(
            "P-12",
            &format!("key to painted rows, p{percent}"),
            millis(whole.percentile(percent)),
            "ms",
            floor_and_aim,
        );
    }
    Ok(())
}

/// As when a scanner types, or a paste comes key by key.
async fn bursts(desk: &Desk, population: &mut Population) -> Result<()> {
    let (mut lists, mut counts) = (0, 0);
    let mut span: f64 = 0.0;
    for _ in 0..BURSTS {
        let letters: String = std::iter::repeat_with(|| population.typed())
            .find(|word| word.chars().count() >= BURST)
            .unwrap_or_default()
            .chars()
            .take(BURST)
            .collect();
        empty(desk).await?;
        let field = desk
            .window
            .wait_for_css("input[data-testid=search]")
            .await?;
        field.send_keys(&letters).await?;
        tokio::time::sleep(SETTLED).await;
        let noted = desk.window.script("return watch").await?;
        let asked = |command: &str| {
            noted["asked"].as_array().map_or(0, |calls| {
                calls
                    .iter()
                    .filter(|call| call["command"] == command)
                    .count()
            })
        };
        let at = |key: Option<&Value>| key.and_then(|key| key["at"].as_f64()).unwrap_or_default();
        let keys = noted["keys"].as_array();
        let first = at(keys.and_then(|keys| keys.first()));
        span = span.max(at(keys.and_then(|keys| keys.last())) - first);
        lists = lists.max(asked("list_dossiers"));
        counts = counts.max(asked("count_dossiers"));
    }
    say(&format!(
        "\nBursts of {BURST} keys, the slowest within {span:.0} ms: at most {lists} lists asked, {counts} counts"
    ));
    goal(
        "P-14",
        "questions of a burst of ten keys, most",
        (lists + counts) as f64,
        "",
        (3.0, 2.0),
    );
    Ok(())
}

/// Empties the field, and forgets what was noted once the list is whole again.
async fn empty(desk: &Desk) -> Result<()> {
    desk.window.fill("search", "").await?;
    tokio::time::sleep(SETTLED).await;
    let forget = "watch.asked.length = watch.keys.length = watch.answers.length = 0";
    desk.window.script(forget).await.map(drop)
}
