//! Plays the main job in a virtual display and tells each step: `./run` where there is no display.
#![allow(clippy::print_stdout, reason = "this program talks to a person")]

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use journeys::customer::Outcome;
use journeys::main_job::MainJob;

#[tokio::main]
async fn main() -> Result<()> {
    let output = output_folder(std::env::args().skip(1))?;
    let screenshots = output.join("screenshots");
    let job = MainJob {
        language: "fr".to_owned(),
        outcome: Outcome::Ok,
        phone: false,
        evidence: output.join("evidence"),
    };
    let mut step = 0;
    let mut tell = |sentence: &str| {
        step += 1;
        println!("{step:>3}. {sentence}");
    };
    let desk = job.play("main-job", &mut tell).await?;
    desk.close().await?;
    println!("Screenshots: {}", screenshots.display());
    println!("Evidence: {}", job.evidence.display());
    Ok(())
}

fn output_folder(mut words: impl Iterator<Item = String>) -> Result<PathBuf> {
    match (words.next().as_deref(), words.next(), words.next()) {
        (Some("--output"), Some(folder), None) => {
            std::fs::create_dir_all(&folder).context("output folder")?;
            Ok(PathBuf::from(folder).canonicalize()?)
        }
        _ => bail!(
            "usage: main-job --output FOLDER, with DESK_SCREENSHOTS set to a folder of screenshots"
        ),
    }
}
