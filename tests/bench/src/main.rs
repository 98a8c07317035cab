//! `./bench`: the desk beside its baselines, interleaved in one run.

mod baselines;
mod evidence;
mod figures;
mod filled;
mod headless;
mod memory;
mod million;
mod population;
mod register;
mod soak;
mod window;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let mut dossiers = None;
    let mut job: Option<PathBuf> = None;
    let mut keep: Option<PathBuf> = None;
    let mut pictures = false;
    let mut only = Vec::new();
    let mut documents = 2_000;
    let mut hours = 0.0;
    while let Some(option) = arguments.next() {
        match option.as_str() {
            "--dossiers" => {
                let number = arguments.next().and_then(|number| number.parse().ok());
                dossiers = Some(number.context("--dossiers wants a number")?);
            }
            "--documents" => {
                let number = arguments.next().and_then(|number| number.parse().ok());
                documents = number.context("--documents wants a number")?;
            }
            "--hours" => {
                let number = arguments.next().and_then(|number| number.parse().ok());
                hours = number.context("--hours wants a number")?;
            }
            "--job" => job = Some(arguments.next().context("--job wants a file")?.into()),
            "--keep" => keep = Some(arguments.next().context("--keep wants a folder")?.into()),
            "--pictures" => pictures = true,
            "--only" => {
                let parts = arguments
                    .next()
                    .context("--only wants names, parted by commas")?;
                only = parts.split(',').map(str::to_owned).collect();
            }
            other => bail!("unknown option {other}"),
        }
    }
    let million = dossiers.unwrap_or(1_000_000);
    match what.as_str() {
        "register" => register::run(million, &only, keep.as_deref()),
        "window" => tokio::runtime::Runtime::new()?.block_on(window::run(
            million,
            keep.as_deref(),
            pictures,
        )),
        "evidence" => evidence::run(dossiers.unwrap_or(500), &only),
        "soak" => tokio::runtime::Runtime::new()?.block_on(soak::run(documents, hours)),
        // What `evidence` starts as a process of its own.
        "evidence-desk" => evidence::desk::run(&job.context("--job is wanted")?),
        other => bail!("nothing called «{other}» is measured: register, window, evidence or soak"),
    }
}
