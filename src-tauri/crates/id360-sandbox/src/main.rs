//! The sandbox as a process: one JSON line on standard output when it listens, nothing else.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use id360_sandbox::{Sandbox, SandboxOptions};
use tokio::io::AsyncReadExt;

#[derive(Debug, Default)]
struct Arguments {
    options: SandboxOptions,
    /// Where the authority of the TLS port is written.
    authority: Option<PathBuf>,
    until_stdin_closes: bool,
}

const USAGE: &str = "id360-sandbox [--port N] [--seed N] [--dossiers N] [--data DIR] \
                     [--tls AUTHORITY.pem] [--until-stdin-closes]";

fn arguments(mut words: impl Iterator<Item = String>) -> anyhow::Result<Arguments> {
    let mut arguments = Arguments::default();
    while let Some(word) = words.next() {
        let (name, inline) = match word.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (word, None),
        };
        if name == "--until-stdin-closes" {
            arguments.until_stdin_closes = true;
            continue;
        }
        let mut value = || {
            inline
                .clone()
                .or_else(|| words.next())
                .with_context(|| format!("{name} needs a value"))
        };
        match name.as_str() {
            "--port" => arguments.options.port = value()?.parse().context("--port")?,
            "--seed" => arguments.options.seed = Some(value()?.parse().context("--seed")?),
            "--dossiers" => arguments.options.dossiers = value()?.parse().context("--dossiers")?,
            "--data" => arguments.options.data = Some(PathBuf::from(value()?)),
            "--tls" => {
                arguments.options.tls = true;
                arguments.authority = Some(PathBuf::from(value()?));
            }
            _ => bail!("unknown argument {name}. Usage: {USAGE}"),
        }
    }
    Ok(arguments)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let arguments = arguments(std::env::args().skip(1))?;
    let sandbox = Sandbox::start(arguments.options).await?;
    if let (Some(file), Some(authority)) = (&arguments.authority, sandbox.authority()) {
        std::fs::write(file, authority).with_context(|| file.display().to_string())?;
    }
    {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", sandbox.greeting())?;
        out.flush()?;
    }
    tokio::select! {
        ended = asked_to_end() => ended?,
        () = stdin_closed(), if arguments.until_stdin_closes => {}
    }
    sandbox.stop().await;
    // A reader blocked on standard input would otherwise keep the process alive.
    std::process::exit(0);
}

#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminated.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

async fn stdin_closed() {
    let mut input = tokio::io::stdin();
    let mut waste = [0_u8; 256];
    while matches!(input.read(&mut waste).await, Ok(count) if count > 0) {}
}
