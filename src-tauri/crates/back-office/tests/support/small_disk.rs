//! A disk of its own over a folder, to be filled.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

pub struct SmallDisk(pub PathBuf);

impl SmallDisk {
    /// `None`, with the reason on the test's output, where this machine refuses one.
    #[allow(
        clippy::print_stderr,
        reason = "whoever reads the test's output is to know"
    )]
    pub fn over(folder: PathBuf, options: &str) -> Option<Self> {
        fs::create_dir_all(&folder).unwrap();
        let mounted = Self::mount(&folder, options);
        if !mounted {
            eprintln!("skipped: this machine mounts no disk of its own over a folder");
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
