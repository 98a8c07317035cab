//! Evidence: capturing, hashing, reading and verifying it, beside what somebody would use instead.

mod capturing;
mod containers;
pub mod desk;
mod hashing;
mod reading;
mod served;
mod tools;
mod verifying;

use anyhow::{Result, ensure};

use self::served::Served;
use crate::figures::{Goal, ms, say, timed};

/// Parts of the run, by the names that `--only` takes.
type Part = (&'static str, fn(&Served) -> Result<()>);
const PARTS: [Part; 6] = [
    ("capture", capturing::at_full_speed),
    ("delay", capturing::over_a_network),
    ("faults", capturing::with_faults),
    ("hashing", hashing::measure),
    ("reading", reading::measure),
    ("containers", containers::measure),
];

/// `only`: the parts wanted; none: all.
pub fn run(dossiers: usize, only: &[String]) -> Result<()> {
    for name in only {
        ensure!(
            PARTS.iter().any(|(part, _)| part == name),
            "nothing called «{name}» is measured of evidence"
        );
    }
    say(&format!("Making {dossiers} finished dossiers"));
    let runtime = tokio::runtime::Runtime::new()?;
    let (took, served) = timed(|| runtime.block_on(Served::start(dossiers)));
    let served = served?;
    say(&format!(
        "  {} files, {} MB, made in {}",
        served.originals.len(),
        served.bytes() / 1_000_000,
        ms(took)
    ));
    // Calls to the sandbox's own control are made from within the parts.
    let _inside = runtime.enter();
    for (name, part) in PARTS {
        if only.is_empty() || only.iter().any(|wanted| wanted == name) {
            part(&served)?;
        }
    }
    Ok(())
}

/// A goal where less is better.
fn at_most(id: &'static str, what: &str, measured: f64, unit: &'static str, goal: (f64, f64)) {
    said(id, what, measured, unit, goal, false);
}

/// A goal where more is better.
fn at_least(id: &'static str, what: &str, measured: f64, unit: &'static str, goal: (f64, f64)) {
    said(id, what, measured, unit, goal, true);
}

fn said(
    id: &'static str,
    what: &str,
    measured: f64,
    unit: &'static str,
    (floor, aim): (f64, f64),
    more_is_better: bool,
) {
    Goal {
        id,
        what: what.to_owned(),
        measured,
        floor,
        aim,
        unit,
        more_is_better,
    }
    .say();
}
