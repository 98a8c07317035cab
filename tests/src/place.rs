//! Where the binaries are, and where a journey leaves what it made.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// Folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Folder of the binaries that were built together with this one.
pub fn binaries() -> Result<PathBuf> {
    let own = std::env::current_exe().context("own path")?;
    let folder = own.parent().context("folder of the own binary")?;
    // A test binary lies one folder below the others.
    let folder = if folder.ends_with("deps") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    };
    Ok(folder.to_path_buf())
}

/// A binary of the workspace, already built.
pub fn binary(name: &str) -> Result<PathBuf> {
    let path = binaries()?.join(name);
    ensure!(
        path.is_file(),
        "{} is not built: cargo build --workspace --features id360-desk/custom-protocol",
        path.display()
    );
    Ok(path)
}

/// Where journeys leave screenshots: `$DESK_SCREENSHOTS`, else a folder beside the binaries.
pub fn screenshots() -> Result<PathBuf> {
    let folder = match std::env::var_os("DESK_SCREENSHOTS") {
        Some(named) => PathBuf::from(named),
        None => binaries()?.join("../journeys"),
    };
    std::fs::create_dir_all(&folder).context("folder of screenshots")?;
    Ok(folder)
}

/// The folder of the desktop that `scripts/desktop.sh` made: everything that was written lies in it.
pub fn session() -> Result<PathBuf> {
    std::env::var_os("DESK_SESSION").map(PathBuf::from).context(
        "this needs a desktop of its own: start it by scripts/desktop.sh, or by `cargo nextest run --profile window`",
    )
}
