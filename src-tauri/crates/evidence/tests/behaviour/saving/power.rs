//! The power goes at every moment. What a disk may then hold is worked out from what was asked of it: the folder's
//! changes since its last fsync may each be there or not, and so may each write since the file's, whole or by half.

use std::collections::BTreeMap;

use super::shim::Step;

/// What the disk certainly holds, and what it may hold.
#[derive(Debug, Clone, Default)]
struct Power {
    folder: BTreeMap<String, usize>,
    folder_pending: Vec<FolderChange>,
    contents: Vec<Vec<u8>>,
    contents_pending: Vec<Vec<Change>>,
    /// Where each name leads for the running program.
    live: BTreeMap<String, usize>,
}

#[derive(Debug, Clone)]
enum FolderChange {
    Add(String, usize),
    Move(String, String, usize),
    Remove(String),
}

#[derive(Debug, Clone)]
enum Change {
    Truncate,
    Write(usize, Vec<u8>),
}

impl Power {
    fn apply(&mut self, step: &Step) {
        match step {
            Step::Create(name) => {
                let file = self.contents.len();
                self.contents.push(Vec::new());
                self.contents_pending.push(Vec::new());
                self.live.insert(name.clone(), file);
                self.folder_pending
                    .push(FolderChange::Add(name.clone(), file));
            }
            Step::Write { name, at, bytes } => {
                self.contents_pending[self.live[name]].push(Change::Write(*at, bytes.clone()));
            }
            Step::Truncate(name) => self.contents_pending[self.live[name]].push(Change::Truncate),
            Step::SyncFile(name) => {
                let file = self.live[name];
                for change in std::mem::take(&mut self.contents_pending[file]) {
                    make(&mut self.contents[file], &change, 1.0);
                }
            }
            Step::Rename { from, to } => {
                let file = self.live.remove(from).unwrap();
                self.live.insert(to.clone(), file);
                self.folder_pending
                    .push(FolderChange::Move(from.clone(), to.clone(), file));
            }
            Step::Remove(name) => {
                self.live.remove(name);
                self.folder_pending.push(FolderChange::Remove(name.clone()));
            }
            Step::SyncFolder => {
                for change in std::mem::take(&mut self.folder_pending) {
                    change_folder(&mut self.folder, &change);
                }
            }
            Step::CreateFolder(_) | Step::Size(_) | Step::Close(_) | Step::Mark(_) | Step::Row => {}
        }
    }

    /// Calls `look` with what stands under the name after each way the power can go here.
    fn after_each_cut(&self, name: &str, mut look: impl FnMut(Option<&[u8]>)) {
        let changes = self.folder_pending.len();
        for kept in 0..1u32 << changes {
            let mut folder = self.folder.clone();
            for (at, change) in self.folder_pending.iter().enumerate() {
                if kept >> at & 1 == 1 {
                    change_folder(&mut folder, change);
                }
            }
            // Every file is cut in every way, seen or not: the ways of one that has no name yet count too.
            for file in 0..self.contents.len().max(1) {
                let pending = self
                    .contents_pending
                    .get(file)
                    .map_or(&[][..], Vec::as_slice);
                let ways = 3u64.pow(u32::try_from(pending.len()).unwrap());
                for way in 0..ways {
                    let mut content = self.contents.get(file).cloned().unwrap_or_default();
                    let mut choices = way;
                    for change in pending {
                        make(
                            &mut content,
                            change,
                            [0.0, 0.5, 1.0][usize::try_from(choices % 3).unwrap()],
                        );
                        choices /= 3;
                    }
                    match folder.get(name) {
                        Some(seen) if *seen == file => look(Some(&content)),
                        Some(_) => {}
                        None => look(None),
                    }
                }
            }
        }
    }
}

fn change_folder(folder: &mut BTreeMap<String, usize>, change: &FolderChange) {
    match change {
        FolderChange::Add(name, file) => {
            folder.insert(name.clone(), *file);
        }
        FolderChange::Move(from, to, file) => {
            folder.remove(from);
            folder.insert(to.clone(), *file);
        }
        FolderChange::Remove(name) => {
            folder.remove(name);
        }
    }
}

fn make(content: &mut Vec<u8>, change: &Change, share: f64) {
    match change {
        Change::Truncate if share == 0.0 => {}
        Change::Truncate => content.clear(),
        Change::Write(at, bytes) => {
            let bytes = &bytes[..(bytes.len() as f64 * share) as usize];
            if bytes.is_empty() {
                return;
            }
            let end = at + bytes.len();
            if content.len() < end {
                content.resize(end, 0);
            }
            content[*at..end].copy_from_slice(bytes);
        }
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub states: u64,
    pub torn: u64,
    pub lost_after_success: u64,
    /// The caller's row may be there, and the file is not.
    pub rows_without_file: u64,
}

impl Verdict {
    pub fn is_sound(&self) -> bool {
        (self.torn, self.lost_after_success, self.rows_without_file) == (0, 0, 0)
    }
}

/// Cuts the power at each step, in every way, and looks at what stands under `name`.
pub fn judge(trace: &[Step], name: &str, whole: &[u8]) -> Verdict {
    let mut verdict = Verdict::default();
    let mut power = Power::default();
    let mut row = false;
    for cut in 0..=trace.len() {
        let succeeded = cut == trace.len();
        power.after_each_cut(name, |seen| {
            verdict.states += 1;
            match seen {
                Some(content) if content != whole => verdict.torn += 1,
                None if row => verdict.rows_without_file += 1,
                None if succeeded => verdict.lost_after_success += 1,
                _ => {}
            }
        });
        if let Some(step) = trace.get(cut) {
            row |= *step == Step::Row;
            power.apply(step);
        }
    }
    verdict
}
