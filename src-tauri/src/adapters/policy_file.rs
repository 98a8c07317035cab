//! The organisation's policy file, which only the administrator of this computer may write.

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use back_office::{
    ports::{PolicyFile, PolicySource},
    views::policy::PolicyTrouble,
};

const LARGEST: u64 = 256 * 1024;

/// Where the administrator puts it, for every account of this computer.
pub fn system_place() -> PathBuf {
    if cfg!(target_os = "windows") {
        let shared = std::env::var_os("ProgramData")
            .map_or_else(|| PathBuf::from(r"C:\ProgramData"), PathBuf::from);
        shared.join("ID360 Desk").join("policy.json")
    } else if cfg!(target_os = "macos") {
        PathBuf::from("/Library/Application Support/ID360 Desk/policy.json")
    } else {
        PathBuf::from("/etc/id360-desk/policy.json")
    }
}

#[derive(Debug)]
pub struct SystemPolicy {
    place: PathBuf,
    /// Number of the account that the file and its folder must belong to.
    #[cfg(unix)]
    owner: u32,
}

impl SystemPolicy {
    pub fn at(place: PathBuf) -> Self {
        Self {
            place,
            #[cfg(unix)]
            owner: 0,
        }
    }

    /// Whether somebody else could have put it there or taken it away.
    #[cfg(unix)]
    fn trusted(&self, metadata: &std::fs::Metadata) -> Result<(), PolicyTrouble> {
        use std::os::unix::fs::MetadataExt as _;
        if metadata.uid() != self.owner {
            Err(PolicyTrouble::NotOfRoot)
        } else if metadata.mode() & 0o022 != 0 {
            Err(PolicyTrouble::WritableByOthers)
        } else {
            Ok(())
        }
    }

    /// Rights are the installer's there: the folder's list of rights is set by whoever deploys the policy.
    #[cfg(not(unix))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as on Unix")]
    fn trusted(&self, _: &std::fs::Metadata) -> Result<(), PolicyTrouble> {
        Ok(())
    }

    fn bytes(&self) -> Result<Option<Vec<u8>>, PolicyTrouble> {
        let folder = self.place.parent().unwrap_or(Path::new("/"));
        match std::fs::metadata(folder) {
            Err(error) if is_absent(&error) => return Ok(None),
            Err(_) => return Err(PolicyTrouble::Unreadable),
            // A folder that others write is no place where the absence of a file means anything.
            Ok(metadata) => self.trusted(&metadata)?,
        }
        let file = match File::open(&self.place) {
            Ok(file) => file,
            Err(error) if is_absent(&error) && !self.place.is_symlink() => return Ok(None),
            Err(_) => return Err(PolicyTrouble::Unreadable),
        };
        let metadata = file.metadata().map_err(|_| PolicyTrouble::Unreadable)?;
        if !metadata.is_file() {
            return Err(PolicyTrouble::Unreadable);
        }
        // Of the file that is open, so that no other can take its place meanwhile.
        self.trusted(&metadata)?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| PolicyTrouble::Unreadable)?;
        if bytes.len() as u64 > LARGEST {
            return Err(PolicyTrouble::TooLarge);
        }
        Ok(Some(bytes))
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

impl PolicySource for SystemPolicy {
    fn place(&self) -> String {
        self.place.display().to_string()
    }

    fn read(&self) -> PolicyFile {
        match self.bytes() {
            Ok(None) => PolicyFile::None,
            Ok(Some(bytes)) => PolicyFile::Read(bytes),
            Err(trouble) => {
                tracing::warn!(?trouble, "the organisation's policy is refused");
                PolicyFile::Refused(trouble)
            }
        }
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "test code")]
mod tests {
    use std::{
        fs,
        os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink},
    };

    use super::*;

    struct Place {
        folder: tempfile::TempDir,
        file: PathBuf,
    }

    impl Place {
        fn with(text: &[u8]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("policy.json");
            fs::write(&file, text).unwrap();
            let place = Self { folder, file };
            place.allow(0o755, 0o644);
            place
        }

        fn allow(&self, folder: u32, file: u32) {
            fs::set_permissions(&self.file, fs::Permissions::from_mode(file)).unwrap();
            fs::set_permissions(self.folder.path(), fs::Permissions::from_mode(folder)).unwrap();
        }

        /// Whoever runs the test stands for the administrator.
        fn policy(&self) -> SystemPolicy {
            SystemPolicy {
                place: self.file.clone(),
                owner: fs::metadata(self.folder.path()).unwrap().uid(),
            }
        }

        fn trouble(&self) -> PolicyTrouble {
            self.policy().bytes().unwrap_err()
        }
    }

    #[test]
    fn a_file_of_the_administrator_is_read() {
        let place = Place::with(b"{}");
        assert_eq!(place.policy().bytes(), Ok(Some(b"{}".to_vec())));
    }

    #[test]
    fn no_file_and_no_folder_are_no_policy() {
        let place = Place::with(b"{}");
        fs::remove_file(&place.file).unwrap();
        assert_eq!(place.policy().bytes(), Ok(None));
        let nowhere = SystemPolicy::at("/nowhere/id360-desk/policy.json".into());
        assert_eq!(nowhere.bytes(), Ok(None));
    }

    #[test]
    fn what_others_may_write_is_refused_file_and_folder() {
        let place = Place::with(b"{}");
        for (folder, file) in [
            (0o755, 0o664),
            (0o755, 0o646),
            (0o775, 0o644),
            (0o1777, 0o644),
        ] {
            place.allow(folder, file);
            assert_eq!(
                place.trouble(),
                PolicyTrouble::WritableByOthers,
                "{folder:o} {file:o}"
            );
        }
    }

    #[test]
    fn a_file_of_somebody_else_is_refused() {
        let place = Place::with(b"{}");
        let mut policy = place.policy();
        policy.owner += 1;
        assert_eq!(policy.bytes(), Err(PolicyTrouble::NotOfRoot));
    }

    #[test]
    fn a_folder_that_others_write_says_nothing_by_being_empty() {
        let place = Place::with(b"{}");
        place.allow(0o777, 0o644);
        fs::remove_file(&place.file).unwrap();
        assert_eq!(place.trouble(), PolicyTrouble::WritableByOthers);
    }

    #[test]
    fn a_file_without_end_is_not_read_to_its_end() {
        let place = Place::with(&vec![b' '; LARGEST as usize + 1]);
        assert_eq!(place.trouble(), PolicyTrouble::TooLarge);
        let exactly = Place::with(&vec![b' '; LARGEST as usize]);
        assert!(exactly.policy().bytes().is_ok());
    }

    #[test]
    fn what_is_no_file_is_refused_and_is_not_absent() {
        let place = Place::with(b"{}");
        fs::remove_file(&place.file).unwrap();
        symlink("/nowhere", &place.file).unwrap();
        assert_eq!(place.trouble(), PolicyTrouble::Unreadable);
        fs::remove_file(&place.file).unwrap();
        fs::create_dir(&place.file).unwrap();
        assert_eq!(place.trouble(), PolicyTrouble::Unreadable);
    }
}
