//! `./bench`: the desk beside its baselines, interleaved in one run.

mod baselines;
mod figures;
mod headless;
mod million;
mod population;
mod register;
mod window;

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let mut dossiers = 1_000_000;
    while let Some(option) = arguments.next() {
        match option.as_str() {
            "--dossiers" => {
                dossiers = arguments
                    .next()
                    .and_then(|number| number.parse().ok())
                    .context("--dossiers wants a number")?;
            }
            other => bail!("unknown option {other}"),
        }
    }
    match what.as_str() {
        "register" => register::run(dossiers),
        "window" => tokio::runtime::Runtime::new()?.block_on(window::run(dossiers)),
        other => bail!("nothing called «{other}» is measured: register or window"),
    }
}
