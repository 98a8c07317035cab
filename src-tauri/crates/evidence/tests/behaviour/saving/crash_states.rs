//! The power goes at every moment. What a disk may then hold is worked out from what was asked of it: the folder's
//! changes since its last fsync may each be there or not, and so may each write since the file's, whole or by half.

use std::collections::BTreeMap;

use id360_api::Receiver;

use super::shim::{Disk, Step};

const NAME: &str = "REF-1042_recto.jpg";

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
            Step::Size(_) | Step::Close(_) => {}
        }
    }

    /// Calls `look` with what stands under the name after each way the power can go here.
    fn after_each_cut(&self, mut look: impl FnMut(Option<&[u8]>)) {
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
                    match folder.get(NAME) {
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

#[derive(Debug, Default)]
struct Verdict {
    states: u64,
    torn: u64,
    lost_after_success: u64,
}

fn judge(trace: &[Step], whole: &[u8]) -> Verdict {
    let mut verdict = Verdict::default();
    let mut power = Power::default();
    for cut in 0..=trace.len() {
        let succeeded = cut == trace.len();
        power.after_each_cut(|seen| {
            verdict.states += 1;
            match seen {
                Some(content) if content != whole => verdict.torn += 1,
                None if succeeded => verdict.lost_after_success += 1,
                _ => {}
            }
        });
        if let Some(step) = trace.get(cut) {
            power.apply(step);
        }
    }
    verdict
}

const CHUNKS: usize = 8;

fn saved() -> (Vec<Step>, Vec<u8>) {
    let whole: Vec<u8> = (0..CHUNKS * 1000).map(|at| (at % 251) as u8 + 1).collect();
    let disk = Disk::default();
    let mut file = disk.destination().begin(NAME).unwrap();
    for chunk in whole.chunks(1000) {
        file.receive(chunk).unwrap();
    }
    file.finish(Some(whole.len() as u64)).unwrap();
    (disk.trace(), whole)
}

#[test]
fn whenever_the_power_goes_the_file_is_absent_or_whole() {
    let (trace, whole) = saved();
    let verdict = judge(&trace, &whole);
    assert!(verdict.states >= 10_000, "only {} states", verdict.states);
    assert_eq!(
        (verdict.torn, verdict.lost_after_success),
        (0, 0),
        "{verdict:?}"
    );
}

#[test]
fn the_same_holds_when_the_download_starts_again() {
    let disk = Disk::default();
    let mut file = disk.destination().begin(NAME).unwrap();
    for _ in 0..3 {
        file.receive(&[9; 3000]).unwrap();
    }
    file.restart(None).unwrap();
    let whole = [5u8; 2400];
    for chunk in whole.chunks(800) {
        file.receive(chunk).unwrap();
    }
    file.finish(Some(2400)).unwrap();
    let verdict = judge(&disk.trace(), &whole);
    assert_eq!(
        (verdict.torn, verdict.lost_after_success),
        (0, 0),
        "{verdict:?}"
    );
}

#[test]
fn the_judge_would_notice_a_missing_fsync() {
    let (trace, whole) = saved();
    let without = |missing: fn(&Step) -> bool| -> Vec<Step> {
        trace
            .iter()
            .filter(|step| !missing(step))
            .cloned()
            .collect()
    };
    let verdict = judge(&without(|step| matches!(step, Step::SyncFile(_))), &whole);
    assert!(verdict.torn > 0, "{verdict:?}");
    let verdict = judge(&without(|step| matches!(step, Step::SyncFolder)), &whole);
    assert!(verdict.lost_after_success > 0, "{verdict:?}");
}
