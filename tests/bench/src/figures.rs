//! Figures and how they are said: each beside its baseline and its goal.

use std::io::Write as _;
use std::time::{Duration, Instant};

/// A sorted set of measured times.
#[derive(Debug, Clone)]
pub struct Times(Vec<Duration>);

impl Times {
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The time that `percent` of a hundred stay within.
    pub fn percentile(&self, percent: f64) -> Duration {
        let last = self.0.len().saturating_sub(1);
        let at = (last as f64 * percent / 100.0).round() as usize;
        self.0.get(at.min(last)).copied().unwrap_or_default()
    }

    pub fn median(&self) -> Duration {
        self.percentile(50.0)
    }

    /// How many were measured.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// Runs `work` and says how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let done = work();
    (begun.elapsed(), done)
}

/// The middle one of paired ratios: what noise on a shared machine disturbs least.
pub fn median_ratio(pairs: &[(Duration, Duration)]) -> f64 {
    let mut ratios: Vec<f64> = pairs
        .iter()
        .map(|(ours, theirs)| ours.as_secs_f64() / theirs.as_secs_f64().max(1e-9))
        .collect();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Milliseconds, as precise as they are worth.
pub fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1_000.0;
    match ms {
        ms if ms < 1.0 => format!("{ms:.3} ms"),
        ms if ms < 100.0 => format!("{ms:.1} ms"),
        ms if ms < 10_000.0 => format!("{ms:.0} ms"),
        ms => format!("{:.1} s", ms / 1_000.0),
    }
}

/// One line of standard output. A closed pipe ends nothing.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// One goal of quality.md: what was measured, floor and aim.
#[derive(Debug)]
pub struct Goal {
    pub id: &'static str,
    pub what: String,
    pub measured: f64,
    pub floor: f64,
    pub aim: f64,
    pub unit: &'static str,
    /// True for «how many times faster»; false where less is better.
    pub more_is_better: bool,
}

impl Goal {
    pub fn say(&self) {
        let reached = |wanted: f64| {
            if self.more_is_better {
                self.measured >= wanted
            } else {
                self.measured <= wanted
            }
        };
        let verdict = if reached(self.aim) {
            "aim reached"
        } else if reached(self.floor) {
            "floor held, aim missed"
        } else {
            "FLOOR MISSED"
        };
        let unit = self.unit;
        say(&format!(
            "{:<5} {:<66} {:>9.2} {unit}   floor {} {unit}, aim {} {unit}: {verdict}",
            self.id, self.what, self.measured, self.floor, self.aim
        ));
    }
}
