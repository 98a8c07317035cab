//! Folders and files of a pack: names that a person recognises, each only once.

use std::collections::HashMap;

use super::contents::PackDossier;
use crate::names;

/// What the folder of a dossier and its pages begin with.
pub(super) fn stem_of(dossier: &PackDossier) -> String {
    let reference = match dossier.enrollment_id {
        Some(id) => names::reference(dossier.reference.as_deref(), id),
        // Never created at ID360: the desk's own id, whose letters are safe once cleaned.
        None => names::reference(dossier.reference.as_deref().or(Some(&dossier.id)), 0),
    };
    // By itself it names a folder: `CON` is none everywhere.
    names::component(&reference)
}

/// Names that are taken, in lower case since some systems take no two that differ in case only, each with the number
/// of the next copy to try.
#[derive(Default)]
pub(super) struct Taken(HashMap<String, u32>);

impl Taken {
    /// `name`, or with ` (2)`, ` (3)`… where it is taken.
    pub(super) fn free(&mut self, name: &str) -> String {
        let mut copy = self.0.get(&name.to_lowercase()).copied().unwrap_or(1);
        let mut free = name.to_owned();
        if copy > 1 {
            free = names::alternative(name, copy);
        }
        while self.0.contains_key(&free.to_lowercase()) {
            copy += 1;
            free = names::alternative(name, copy);
        }
        self.0.insert(name.to_lowercase(), copy + 1);
        self.0.entry(free.to_lowercase()).or_insert(2);
        free
    }
}
