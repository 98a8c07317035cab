//! The log: one file a day under the profile, two weeks of them. No secret, no personal data above DEBUG.

use anyhow::Context as _;
use tracing_appender::{non_blocking::WorkerGuard, rolling};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::profile::Profile;

/// Days kept.
const KEPT: usize = 14;

/// The log is written until the guard is dropped.
pub fn start(profile: &Profile) -> anyhow::Result<WorkerGuard> {
    let file = rolling::Builder::new()
        .rotation(rolling::Rotation::DAILY)
        .filename_prefix("id360-desk")
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(profile.logs())
        .context("the log cannot be written")?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    // Other crates' own words could hold addresses: only warnings of theirs.
    let filter = EnvFilter::new(
        "warn,id360_desk=info,back_office=info,dossiers=info,evidence=info,id360_api=info",
    );
    tracing_subscriber::registry()
        .with(filter)
        .with(fmt::layer().with_ansi(false).with_writer(writer))
        .try_init()
        .context("the log is already open")?;
    std::panic::set_hook(Box::new(|panic| {
        // Where, never what: a panic's words may hold data.
        tracing::error!(
            place = panic.location().map(tracing::field::display),
            "a task ended badly"
        );
    }));
    Ok(guard)
}
