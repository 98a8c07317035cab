//! A disk of its own over a folder, to be filled.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

pub struct SmallDisk(pub PathBuf);

impl SmallDisk {
    /// `None`, with the reason on the test's output, where this machine refuses one. A failure where ./test could
    /// have one.
    #[allow(
        clippy::print_stderr,
        reason = "whoever reads the test's output is to know"
    )]
    pub fn over(folder: PathBuf, options: &str) -> Option<Self> {
        fs::create_dir_all(&folder).unwrap();
        let mounted = Self::mount(&folder, options);
        if !mounted {
            let relied_on = std::env::var("DESK_TOOLS_REQUIRED").unwrap_or_default();
            let relies = relied_on.split(' ').any(|one| one == "mount");
            assert!(!relies, "mount does not work here, and ./test relies on it");
            eprintln!("SKIPPED: this machine mounts no disk of its own over a folder");
        }
        mounted.then(|| Self(folder))
    }

    pub fn mount(folder: &Path, options: &str) -> bool {
        Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(folder)
            .status()
            .is_ok_and(|status| status.success())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
