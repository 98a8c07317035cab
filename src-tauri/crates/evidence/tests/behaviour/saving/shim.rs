//! A disk that writes down what is asked of it, and fails on demand.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use evidence::saving::{Destination, Filesystem, Folder, OpenFile};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    CreateFolder(String),
    Create(String),
    Write {
        name: String,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate(String),
    Size(String),
    SyncFile(String),
    Close(String),
    Rename {
        from: String,
        to: String,
    },
    SyncFolder,
    Mark(String),
    Remove(String),
    /// What the caller commits once the file is there.
    Row,
}

/// The kinds of steps that can be made to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    CreateFolder,
    OpenFolder,
    Create,
    Write,
    Truncate,
    Size,
    SyncFile,
    Rename,
    SyncFolder,
    Mark,
    Read,
}

#[derive(Debug, Default)]
struct State {
    trace: Vec<Step>,
    files: BTreeMap<String, Vec<u8>>,
    /// Bytes that fit on the disk.
    capacity: Option<usize>,
    /// What a write takes at most at once.
    largest_write: Option<usize>,
    /// Errors to give, each so many times.
    faults: Vec<(Act, i32, u32)>,
    calls: Vec<Act>,
}

#[derive(Debug, Clone, Default)]
pub struct Disk(Arc<Mutex<State>>);

impl Disk {
    pub fn full_after(bytes: usize) -> Self {
        let disk = Self::default();
        disk.state().capacity = Some(bytes);
        disk
    }

    pub fn taking_at_most(bytes: usize) -> Self {
        let disk = Self::default();
        disk.state().largest_write = Some(bytes);
        disk
    }

    /// The next `times` calls of `act` give the system error `code`.
    pub fn failing(act: Act, code: i32, times: u32) -> Self {
        let disk = Self::default();
        disk.state().faults.push((act, code, times));
        disk
    }

    pub fn holding(self, name: &str, content: &[u8]) -> Self {
        self.state().files.insert(name.to_owned(), content.to_vec());
        self
    }

    pub fn destination(&self) -> Destination {
        Destination::open_in(self, Path::new("/desk")).unwrap()
    }

    pub fn trace(&self) -> Vec<Step> {
        self.state().trace.clone()
    }

    pub fn calls(&self, act: Act) -> usize {
        self.state()
            .calls
            .iter()
            .filter(|call| **call == act)
            .count()
    }

    pub fn content(&self, name: &str) -> Option<Vec<u8>> {
        self.state().files.get(name).cloned()
    }

    pub fn names(&self) -> Vec<String> {
        self.state().files.keys().cloned().collect()
    }

    /// Puts these bytes under the name, whatever was there; `None` takes the file away.
    pub fn put(&self, name: &str, content: Option<Vec<u8>>) {
        let mut state = self.state();
        match content {
            Some(content) => state.files.insert(name.to_owned(), content),
            None => state.files.remove(name),
        };
    }

    pub fn break_next(&self, act: Act, code: i32, times: u32) {
        self.state().faults.push((act, code, times));
    }

    /// The caller commits what it knows of the file.
    pub fn commit_row(&self) {
        self.state().trace.push(Step::Row);
    }

    pub fn free_space(&self) {
        self.state().capacity = None;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    fn act(&self, act: Act) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.calls.push(act);
        for (failing, code, times) in &mut state.faults {
            if *failing == act && *times > 0 {
                *times -= 1;
                return Err(io::Error::from_raw_os_error(*code));
            }
        }
        Ok(state)
    }
}

impl Filesystem for Disk {
    fn open_folder(&self, _path: &Path) -> io::Result<Box<dyn Folder>> {
        drop(self.act(Act::OpenFolder)?);
        Ok(Box::new(self.clone()))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.act(Act::CreateFolder)?;
        let name = path.display().to_string();
        state.trace.push(Step::CreateFolder(name));
        Ok(())
    }

    fn create_folders(&self, parent: &Path, names: &[String]) -> io::Result<()> {
        let mut state = self.act(Act::CreateFolder)?;
        let (first, last) = (&names[0], &names[names.len() - 1]);
        let name = format!("{}/{first}..{last}", parent.display());
        state.trace.push(Step::CreateFolder(name));
        Ok(())
    }
}

impl Folder for Disk {
    fn open_existing(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        let content = self.content(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(ShimRead {
            disk: self.clone(),
            content: io::Cursor::new(content),
        }))
    }

    fn create_new(&self, name: &str) -> io::Result<Box<dyn OpenFile>> {
        let mut state = self.act(Act::Create)?;
        if state.files.contains_key(name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        state.files.insert(name.to_owned(), Vec::new());
        state.trace.push(Step::Create(name.to_owned()));
        Ok(Box::new(ShimFile {
            disk: self.clone(),
            name: name.to_owned(),
        }))
    }

    fn rename_no_replace(&self, from: &str, to: &str) -> io::Result<()> {
        let mut state = self.act(Act::Rename)?;
        if state.files.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let content = state.files.remove(from).ok_or(io::ErrorKind::NotFound)?;
        state.files.insert(to.to_owned(), content);
        state.trace.push(Step::Rename {
            from: from.to_owned(),
            to: to.to_owned(),
        });
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut state = self.state();
        state.files.remove(name).ok_or(io::ErrorKind::NotFound)?;
        state.trace.push(Step::Remove(name.to_owned()));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        self.act(Act::SyncFolder)?.trace.push(Step::SyncFolder);
        Ok(())
    }

    fn mark(&self, name: &str) -> io::Result<()> {
        let mut state = self.act(Act::Mark)?;
        state.trace.push(Step::Mark(name.to_owned()));
        Ok(())
    }

    fn names(&self) -> io::Result<Vec<String>> {
        Ok(Disk::names(self))
    }

    fn remove_if_abandoned(&self, name: &str) -> io::Result<bool> {
        self.remove(name).map(|()| true)
    }
}

struct ShimRead {
    disk: Disk,
    content: io::Cursor<Vec<u8>>,
}

impl Read for ShimRead {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        drop(self.disk.act(Act::Read)?);
        self.content.read(into)
    }
}

#[derive(Debug)]
struct ShimFile {
    disk: Disk,
    name: String,
}

impl OpenFile for ShimFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.disk.act(Act::Write)?;
        let used: usize = state.files.values().map(Vec::len).sum();
        let room = state
            .capacity
            .map_or(usize::MAX, |capacity| capacity.saturating_sub(used));
        if room == 0 {
            return Err(io::Error::from_raw_os_error(libc_codes::ENOSPC));
        }
        let taken = bytes
            .len()
            .min(room)
            .min(state.largest_write.unwrap_or(usize::MAX));
        let content = state.files.get_mut(&self.name).unwrap();
        let at = content.len();
        content.extend(&bytes[..taken]);
        let step = Step::Write {
            name: self.name.clone(),
            at,
            bytes: bytes[..taken].to_vec(),
        };
        state.trace.push(step);
        Ok(taken)
    }

    fn truncate(&mut self) -> io::Result<()> {
        let mut state = self.disk.act(Act::Truncate)?;
        state.files.get_mut(&self.name).unwrap().clear();
        state.trace.push(Step::Truncate(self.name.clone()));
        Ok(())
    }

    fn size(&self) -> io::Result<u64> {
        let mut state = self.disk.act(Act::Size)?;
        state.trace.push(Step::Size(self.name.clone()));
        Ok(state.files[&self.name].len() as u64)
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.act(Act::SyncFile)?;
        state.trace.push(Step::SyncFile(self.name.clone()));
        Ok(())
    }

    fn close(self: Box<Self>) {
        self.disk.state().trace.push(Step::Close(self.name.clone()));
    }
}

/// Numbers of Linux, as the real disk would give them.
pub mod libc_codes {
    pub const EINTR: i32 = 4;
    pub const EIO: i32 = 5;
    pub const ENXIO: i32 = 6;
    pub const EACCES: i32 = 13;
    pub const EXDEV: i32 = 18;
    pub const ENODEV: i32 = 19;
    pub const ENOENT: i32 = 2;
    pub const ENOSPC: i32 = 28;
    pub const EROFS: i32 = 30;
    pub const EDQUOT: i32 = 122;
}
