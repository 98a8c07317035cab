//! `./bench`: the desk beside its baselines, interleaved in one run.

mod baselines;
mod figures;
mod headless;
mod million;
mod population;
mod register;
mod window;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let mut dossiers = 1_000_000;
    let mut keep: Option<PathBuf> = None;
    let mut pictures = false;
    let mut only = Vec::new();
    while let Some(option) = arguments.next() {
        match option.as_str() {
            "--dossiers" => {
                dossiers = arguments
                    .next()
                    .and_then(|number| number.parse().ok())
                    .context("--dossiers wants a number")?;
            }
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
    match what.as_str() {
        "register" => register::run(dossiers, &only),
        "window" => tokio::runtime::Runtime::new()?.block_on(window::run(
            dossiers,
            keep.as_deref(),
            pictures,
        )),
        other => bail!("nothing called «{other}» is measured: register or window"),
    }
}
