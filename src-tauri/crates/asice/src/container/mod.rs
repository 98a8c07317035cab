//! The zip file, read through its central directory alone.

mod directory;
mod entry;
mod names;
mod refusal;
mod rules;

pub(crate) use entry::{CHUNK, Damage, Entry};
pub use refusal::Refusal;
pub(crate) use rules::{bytes_read, is_simple, judge};

use crate::Limits;
use crate::findings::Finding;

/// An opened container: its entries borrow from the bytes and are inflated when asked for.
#[derive(Debug)]
pub(crate) struct Container<'a> {
    entries: Vec<Entry<'a>>,
    findings: Vec<Finding>,
}

impl<'a> Container<'a> {
    /// Refuses whatever two readers could read differently, and whatever goes over a limit.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let listed = directory::read(bytes, limits)?;
        let mut findings = Vec::new();
        if listed.unaccounted > 0 {
            findings.push(Finding::UnaccountedBytes {
                bytes: listed.unaccounted,
            });
        }
        for name in names::twins(listed.entries.iter().map(|entry| entry.name.as_str())) {
            findings.push(Finding::TwinNames { name });
        }
        Ok(Self {
            entries: listed.entries,
            findings,
        })
    }

    pub(crate) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// In the order of the central directory, folders included.
    pub(crate) fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter().filter(|entry| !entry.is_folder())
    }

    /// By its exact name; a folder is no file.
    pub(crate) fn file(&self, name: &str) -> Option<&Entry<'a>> {
        self.files().find(|entry| entry.name == name)
    }

    /// Files outside `META-INF/`, but for `mimetype`.
    pub(crate) fn data_files(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.files().filter(|entry| names::is_data(&entry.name))
    }
}
