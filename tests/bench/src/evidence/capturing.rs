//! P-01 to P-06 and P-26: everything of the dossiers, by the desk and by the tools beside it.
//!
//! The desk hashes, encrypts, syncs, writes rows and journal; the tools write bare files and sync nothing. Before each
//! of them the disk is at rest, so that nobody waits for what another one left to be written. What a run left stays
//! until its part ends: a disk without a journal (ext4) looks for places of new files among those just removed, slowly,
//! and the later runs would pay for the earlier ones. 500 dossiers take 8 GB so.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tokio::runtime::Handle;

use super::desk::{self, Captured};
use super::served::Served;
use super::tools::{Tool, left_in};
use super::{at_most, verifying};
use crate::figures::{Times, median_ratio, ms, say};

/// What the tools are given; the desk asks for less at once.
const AT_ONCE: usize = 8;
/// Calls of nobody's waiting that the desk has under way.
const DESK_AT_ONCE: usize = 3;
const ROUNDS: usize = 5;
const DELAYED_ROUNDS: usize = 3;
const DELAY: Duration = Duration::from_millis(30);
const MEBIBYTE: f64 = 1_048_576.0;

/// One tool's times, paired with the desk's.
#[derive(Default)]
struct Pairs(Vec<(Duration, Duration)>);

impl Pairs {
    fn say(&self, of: &str) {
        let theirs = Times::of(self.0.iter().map(|(_, theirs)| *theirs).collect());
        say(&format!("  {of}: {}", ms(theirs.median())));
    }
}

/// P-01, P-02, P-03, P-06, and P-26 on what was captured last.
pub fn at_full_speed(served: &Served) -> Result<()> {
    say(&format!(
        "\nCapture of {} dossiers, {ROUNDS} rounds",
        served.dossiers()
    ));
    let (mut curl, mut requests, mut aria2) =
        (Pairs::default(), Pairs::default(), Pairs::default());
    let mut runs = Vec::new();
    let room = served.room()?;
    for round in 0..ROUNDS {
        let bare = all_fetched(served, &room, Tool::Curl, AT_ONCE)?;
        let last = round + 1 == ROUNDS;
        if last {
            verifying::write_sums(served, &bare.folder)?;
        }
        let ours = captured(served, &room, last.then_some(bare.folder.as_path()))?;
        curl.0.push((ours.took, bare.took));
        requests.0.push((
            ours.took,
            all_fetched(served, &room, Tool::Requests, AT_ONCE)?.took,
        ));
        // So slow that once is enough.
        if round == 0 {
            aria2.0.push((
                ours.took,
                all_fetched(served, &room, Tool::Aria2, AT_ONCE)?.took,
            ));
        }
        runs.push(ours);
    }
    let ours = Times::of(runs.iter().map(|run| run.took).collect());
    say(&format!(
        "  desk: {} ({:.0} MB/s), with hashes, encryption, fsync, rows and journal",
        ms(ours.median()),
        served.bytes() as f64 / 1e6 / ours.median().as_secs_f64()
    ));
    curl.say("curl -Z --parallel-max 8");
    requests.say("Python requests, 8 threads");
    aria2.say("aria2c -j8");
    at_most(
        "P-01",
        "capture against curl",
        median_ratio(&curl.0),
        "×",
        (1.3, 0.9),
    );
    at_most(
        "P-02",
        "capture against requests",
        median_ratio(&requests.0),
        "×",
        (1.0, 0.7),
    );
    at_most(
        "P-03",
        "capture against aria2c",
        median_ratio(&aria2.0),
        "×",
        (0.4, 0.2),
    );
    let peak = runs
        .iter()
        .map(|run| run.peak.saturating_sub(run.idle))
        .max();
    at_most(
        "P-06",
        "peak of memory while capturing, over idle",
        peak.unwrap_or_default() as f64 / MEBIBYTE,
        "MiB",
        (48.0, 24.0),
    );
    verification(served, &runs);
    Ok(())
}

fn verification(served: &Served, runs: &[Captured]) {
    let verified = runs.iter().flat_map(|run| &run.verified);
    let pairs: Vec<_> = verified.map(|round| (round.ours, round.theirs)).collect();
    let of = |which: fn(&(Duration, Duration)) -> Duration| {
        ms(Times::of(pairs.iter().map(which).collect()).median())
    };
    say(&format!(
        "\nVerification of {} files: desk {}, sha256sum -c {}",
        served.originals.len(),
        of(|pair| pair.0),
        of(|pair| pair.1),
    ));
    at_most(
        "P-26",
        "verification against sha256sum -c",
        median_ratio(&pairs),
        "×",
        (1.0, 0.35),
    );
}

/// P-04: a network between, and as many calls under way on either side.
pub fn over_a_network(served: &Served) -> Result<()> {
    say(&format!(
        "\nThe same with {} of delay, {DESK_AT_ONCE} calls at once, {DELAYED_ROUNDS} rounds",
        ms(DELAY)
    ));
    let handle = Handle::current();
    handle.block_on(served.delay(DELAY))?;
    let (mut curl, mut requests) = (Pairs::default(), Pairs::default());
    let room = served.room()?;
    for _ in 0..DELAYED_ROUNDS {
        let theirs = all_fetched(served, &room, Tool::Curl, DESK_AT_ONCE)?.took;
        let ours = captured(served, &room, None)?.took;
        curl.0.push((ours, theirs));
        let theirs = all_fetched(served, &room, Tool::Requests, DESK_AT_ONCE)?.took;
        requests.0.push((ours, theirs));
    }
    handle.block_on(served.delay(Duration::ZERO))?;
    let ours = Times::of(curl.0.iter().map(|(ours, _)| *ours).collect());
    say(&format!("  desk: {}", ms(ours.median())));
    curl.say("curl -Z");
    requests.say("Python requests");
    at_most(
        "P-04",
        "with a delay, against curl at equal concurrency",
        median_ratio(&curl.0),
        "×",
        (1.1, 1.0),
    );
    Ok(())
}

/// P-05: what each tool leaves when two of a hundred calls go wrong.
pub fn with_faults(served: &Served) -> Result<()> {
    let handle = Handle::current();
    handle.block_on(served.delay(DELAY))?;
    let room = served.room()?;
    let calm = captured(served, &room, None)?.took;
    let planned = handle.block_on(served.faults())?;
    say(&format!(
        "\nThe same with {} of delay and {planned} faults",
        ms(DELAY)
    ));
    for tool in [Tool::Curl, Tool::Requests, Tool::Aria2] {
        handle.block_on(served.faults())?;
        handle.block_on(served.sandbox.forget_requests())?;
        let bare = fetched(served, &room, tool, AT_ONCE)?;
        let (whole, silent) = served.judge(&left_in(&bare.folder, served));
        said(tool.name(), served, whole, silent, bare.took)?;
    }
    handle.block_on(served.faults())?;
    handle.block_on(served.sandbox.forget_requests())?;
    let ours = captured(served, &room, None)?;
    let (whole, silent) = served.judge(&ours.found());
    said("desk", served, whole, silent, ours.took)?;
    let logins = handle.block_on(served.sandbox.count("login"))?;
    handle.block_on(served.sandbox.clear_faults())?;
    handle.block_on(served.delay(Duration::ZERO))?;
    let missing = served.dossiers() - whole;
    at_most(
        "P-05",
        "dossiers that are not whole",
        missing as f64,
        "",
        (0.0, 0.0),
    );
    at_most(
        "P-05",
        "wrong bytes that pass for right",
        silent as f64,
        "",
        (0.0, 0.0),
    );
    at_most("P-05", "logins", logins as f64, "", (1.0, 1.0));
    at_most(
        "P-05",
        "time with faults against its own without",
        ours.took.as_secs_f64() / calm.as_secs_f64(),
        "×",
        (f64::INFINITY, 1.3),
    );
    Ok(())
}

fn said(tool: &str, served: &Served, whole: usize, silent: usize, took: Duration) -> Result<()> {
    let logins = Handle::current().block_on(served.sandbox.count("login"))?;
    say(&format!(
        "  {tool:<9} {whole} of {} dossiers whole, {silent} wrong files that pass for right, {logins} login(s), {}",
        served.dossiers(),
        ms(took)
    ));
    Ok(())
}

/// What a tool left.
struct Bare {
    folder: PathBuf,
    took: Duration,
}

fn fetched(served: &Served, room: &TempDir, tool: Tool, at_once: usize) -> Result<Bare> {
    let folder = place(room)?;
    let took = tool.fetch(served, &folder, at_once)?;
    Ok(Bare { folder, took })
}

/// A tool that ends early would pass for a fast one.
fn all_fetched(served: &Served, room: &TempDir, tool: Tool, at_once: usize) -> Result<Bare> {
    let bare = fetched(served, room, tool, at_once)?;
    for original in &served.originals {
        let file = bare.folder.join(original.file_name());
        let found = std::fs::metadata(file).map_or(0, |file| file.len());
        ensure!(found == original.size, "{} left files out", tool.name());
    }
    Ok(bare)
}

fn captured(served: &Served, room: &TempDir, bare: Option<&Path>) -> Result<Captured> {
    desk::capture(served, &place(room)?, bare)
}

/// A folder for one run, with the disk at rest; it goes with its room.
fn place(room: &TempDir) -> Result<PathBuf> {
    let folder = tempfile::tempdir_in(room)?.keep();
    Command::new("sync").status().context("sync")?;
    Ok(folder)
}
