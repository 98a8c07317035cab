//! Hours of use in the real window: does what the desk holds grow (quality.md S-01, P-10)?
//!
//! Every round looks at a hundred documents, captures 25 dossiers and creates five, then rests on the list and counts.

mod processes;

use std::fmt::Write as _;
use std::io::Cursor;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use image::{ImageFormat, RgbImage};
use journeys::desk::{Desk, Person};
use serde_json::{Value, json};

use self::processes::Held;
use crate::figures::{Goal, say};

const DOCUMENTS: usize = 100;
const CAPTURES: usize = 25;
const CREATES: usize = 5;
/// Pages of each dossier that is captured.
const PAGES: [(&str, u32); 3] = [
    ("id_document_image", 0),
    ("id_document_image", 1),
    ("selfie_image", 0),
];
/// Pictures that one dossier shows: recto, verso, both.
const PICTURES: usize = 4;
/// The look at one dossier, whole in the page: to be asked from outside for every picture costs the page memory of the
/// driver's own.
const LOOK: &str = include_str!("look.js");
/// Until what was let go is given back.
const REST: Duration = Duration::from_secs(4);

/// `documents` looked at in all; spread over `hours`, or as fast as it goes.
pub async fn run(documents: usize, hours: f64) -> Result<()> {
    let rounds = documents.div_ceil(DOCUMENTS).max(4);
    let desk = Desk::open("soak", "fr").await?;
    desk.enter_sandbox("application").await?;
    // The idle lock is not what is measured.
    let patient = json!({ "minutes": 60 });
    desk.window.invoke("set_lock_minutes", &patient).await?;
    say(&format!(
        "Making {} dossiers elsewhere, for {rounds} rounds",
        rounds * CAPTURES
    ));
    let dossiers = made_elsewhere(&desk, rounds * CAPTURES).await?;
    // Those who made them signed in too.
    desk.sandbox.forget_requests().await?;
    let process = desk.window.process()?;

    let (first, others) = dossiers.split_at(CAPTURES);
    refresh(&desk, first).await?;
    captured(&desk, CAPTURES).await?;
    let idle = rested(&desk, process).await?;
    for _ in 0..2 {
        look(&desk, first).await?;
    }
    let closed = rested(&desk, process).await?;
    say(&format!(
        "List open {:.0} MiB, {:.0} of them the desk's own; after 200 documents, closed again {:.0} and {:.0}",
        idle.all, idle.desk, closed.all, closed.desk
    ));
    Goal {
        id: "P-10",
        what: "memory after 200 documents were looked at and closed".to_owned(),
        measured: closed.all / idle.all,
        floor: 1.3,
        aim: 1.1,
        unit: "×",
        more_is_better: false,
    }
    .say();

    let begun = Instant::now();
    let pause = Duration::from_secs_f64(hours * 3_600.0 / rounds as f64);
    let mut seen = Vec::new();
    say("\nround  documents  captured  created  all MiB  desk MiB  files  threads");
    for round in 0..rounds {
        let fresh = others.chunks(CAPTURES).nth(round).unwrap_or_default();
        refresh(&desk, fresh).await?;
        captured(&desk, CAPTURES + fresh.len() + round * CAPTURES).await?;
        look(&desk, if fresh.is_empty() { first } else { fresh }).await?;
        for number in 0..CREATES {
            let person = Person::specimen(&format!("TENUE-{round:03}-{number}"));
            desk.launch(&person).await?;
        }
        let held = rested(&desk, process).await?;
        say(&format!(
            "{round:>5}  {:>9}  {:>8}  {:>7}  {:>7.1}  {:>8.1}  {:>5}  {:>7}",
            (round + 3) * DOCUMENTS,
            CAPTURES + round * CAPTURES + fresh.len(),
            (round + 1) * CREATES,
            held.all,
            held.desk,
            held.files,
            held.threads
        ));
        seen.push(held);
        let due = pause * (round as u32 + 1);
        tokio::time::sleep(due.saturating_sub(begun.elapsed())).await;
    }
    told(&desk, &seen[rounds / 4..]).await?;
    desk.close().await
}

/// What is left once the window is warm: the slope of memory, files and threads, and how often the desk signed in.
async fn told(desk: &Desk, warm: &[Held]) -> Result<()> {
    let goal = |what: &str, measured: f64, most: f64, unit| {
        Goal {
            id: "S-01",
            what: what.to_owned(),
            measured,
            floor: most,
            aim: most,
            unit,
            more_is_better: false,
        }
        .say();
    };
    say("");
    let all: Vec<f64> = warm.iter().map(|held| held.all).collect();
    let own: Vec<f64> = warm.iter().map(|held| held.desk).collect();
    goal(
        "memory for each 100 documents, all processes",
        slope(&all),
        1.0,
        "MiB",
    );
    goal(
        "memory for each 100 documents, the desk's own",
        slope(&own),
        1.0,
        "MiB",
    );
    let files: Vec<f64> = warm.iter().map(|held| held.files as f64).collect();
    let threads: Vec<f64> = warm.iter().map(|held| held.threads as f64).collect();
    goal("open files for each 100 documents", slope(&files), 0.5, "");
    goal("threads for each 100 documents", slope(&threads), 0.5, "");
    let logins = desk.sandbox.count("login").await?;
    goal("logins after the first", logins as f64, 0.0, "");
    Ok(())
}

/// The middle one of the slopes between any two rounds (Theil and Sen): one round that garbage was collected in
/// decides nothing.
fn slope(values: &[f64]) -> f64 {
    let mut slopes: Vec<f64> = (0..values.len())
        .flat_map(|from| (from + 1..values.len()).map(move |to| (from, to)))
        .map(|(from, to)| (values[to] - values[from]) / (to - from) as f64)
        .collect();
    slopes.sort_unstable_by(f64::total_cmp);
    slopes.get(slopes.len() / 2).copied().unwrap_or_default()
}

/// Counts with the list open and nothing under way.
async fn rested(desk: &Desk, process: u32) -> Result<Held> {
    desk.window.script("location.hash = '/'").await?;
    desk.window
        .wait_for_css("[data-testid=dossier-row]")
        .await?;
    tokio::time::sleep(REST).await;
    Held::by(process)
}

/// Recto, verso and both of each dossier.
async fn look(desk: &Desk, dossiers: &[String]) -> Result<()> {
    for id in dossiers.iter().take(DOCUMENTS / PICTURES) {
        let told = desk.window.async_script_with(LOOK, vec![json!(id)]).await?;
        ensure!(told.is_null(), "{told}");
    }
    desk.window.script("location.hash = '/'").await?;
    desk.window.wait_gone("viewer").await
}

/// Until that many dossiers have all that is wanted of them.
pub async fn captured(desk: &Desk, dossiers: usize) -> Result<()> {
    let asked = json!({ "filter": "complete", "offset": 0, "limit": 1 });
    let done = desk.window.wait_until("the captures to end", async || {
        let page = desk.window.invoke("list_captures", &asked).await?;
        let total = page["total"].as_u64().context("list_captures")?;
        Ok((total as usize >= dossiers).then_some(()))
    });
    done.await
}

async fn refresh(desk: &Desk, dossiers: &[String]) -> Result<()> {
    if dossiers.is_empty() {
        return Ok(());
    }
    let asked = json!({
        "intentId": uuid::Uuid::new_v4().to_string(),
        "selection": { "kind": "some", "ids": dossiers },
    });
    desk.window
        .invoke("refresh_dossiers", &asked)
        .await
        .map(drop)
}

/// Finished dossiers with photographs of some 1 MB, brought into the desk; their ids in the desk.
async fn made_elsewhere(desk: &Desk, dossiers: usize) -> Result<Vec<String>> {
    let pictures = [photograph(1)?, photograph(2)?, photograph(3)?];
    let mut lines = "identifiant;référence\r\n".to_owned();
    for number in 0..dossiers {
        let reference = format!("AILLEURS-{number:05}");
        let created = desk
            .sandbox
            .create(&reference, "https://banque.example/merci");
        let id = created.await?;
        for ((name, page), picture) in PAGES.into_iter().zip(&pictures) {
            let uploaded = desk.sandbox.upload_bytes(id, name, page, picture.clone());
            uploaded.await?;
        }
        desk.sandbox.finish(id, "OK", &[]).await?;
        writeln!(lines, "{id};{reference}\r")?;
    }
    desk.import(&lines).await?;
    desk.window.click("import-apply").await?;
    desk.window.wait_for("import-result").await?;
    let everything = json!({ "search": "", "filters": [], "sort": [] });
    let mut ids = Vec::new();
    while ids.len() < dossiers {
        let asked = json!({ "query": everything, "offset": ids.len(), "limit": 500 });
        let page = desk.window.invoke("list_dossiers", &asked).await?;
        let column = page["id"].as_array().context("list_dossiers")?;
        ensure!(!column.is_empty(), "only {} dossiers are listed", ids.len());
        ids.extend(column.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    Ok(ids)
}

/// A noisy JPEG, as a camera's: 1800 by 1200.
pub fn photograph(seed: u32) -> Result<Vec<u8>> {
    let mut state = seed;
    let picture = RgbImage::from_fn(1800, 1200, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (state >> 27) as u8;
        image::Rgb([(x / 8) as u8 ^ grain, (y / 6) as u8 ^ grain, grain * 4])
    });
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg)?;
    Ok(bytes)
}
