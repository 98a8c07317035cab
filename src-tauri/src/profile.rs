//! Where one desk keeps everything of its own.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use uuid::Uuid;

const IDENTIFIER: &str = "fr.id360desk.desk";

/// One folder, and an id of its own that names its keychain entries and its bus name.
#[derive(Debug, Clone)]
pub struct Profile {
    folder: PathBuf,
    id: Uuid,
}

impl Profile {
    /// The folder given, or the one of the person's own account; made when missing, for its owner only.
    pub fn open(folder: Option<&Path>) -> anyhow::Result<Self> {
        let folder = match folder {
            Some(folder) => folder.to_path_buf(),
            None => default_folder().context("this account has no home folder")?,
        };
        make_private(&folder).with_context(|| "the profile folder cannot be made")?;
        let folder = folder
            .canonicalize()
            .context("the profile folder cannot be found")?;
        let profile = Self {
            id: own_id(&folder)?,
            folder,
        };
        for part in [
            profile.register(),
            profile.evidence(),
            profile.webview(),
            profile.sandbox(),
            profile.logs(),
        ] {
            make_private(&part).context("the profile folder cannot be written")?;
        }
        Ok(profile)
    }

    pub fn register(&self) -> PathBuf {
        self.folder.join("register")
    }

    /// The vault of captured pieces.
    pub fn evidence(&self) -> PathBuf {
        self.folder.join("evidence")
    }

    pub fn preferences(&self) -> PathBuf {
        self.folder.join("preferences.json")
    }

    pub fn webview(&self) -> PathBuf {
        self.folder.join("webview")
    }

    pub fn sandbox(&self) -> PathBuf {
        self.folder.join("sandbox")
    }

    pub fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    pub fn keychain_namespace(&self) -> String {
        format!("{IDENTIFIER}.{}", self.id.simple())
    }

    /// A D-Bus name: two desks with two profiles run side by side, one profile runs once.
    pub fn bus_name(&self) -> String {
        format!("{IDENTIFIER}.profile_{}", self.id.simple())
    }
}

/// Made once, so that a folder that moves keeps its keychain entries.
fn own_id(folder: &Path) -> anyhow::Result<Uuid> {
    let file = folder.join("profile-id");
    match fs::read_to_string(&file) {
        Ok(text) => text.trim().parse().context("the profile's id is damaged"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let id = Uuid::new_v4();
            let new = tempfile::NamedTempFile::new_in(folder)?;
            fs::write(new.path(), id.to_string())?;
            new.as_file().sync_all()?;
            match new.persist_noclobber(&file) {
                Ok(_) => Ok(id),
                // Another start was quicker: its id counts.
                Err(_) => fs::read_to_string(&file)?
                    .trim()
                    .parse()
                    .context("damaged id"),
            }
        }
        Err(error) => Err(error).context("the profile's id cannot be read"),
    }
}

fn default_folder() -> Option<PathBuf> {
    let base = if cfg!(target_os = "windows") {
        std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        std::env::home_dir().map(|home| home.join("Library/Application Support"))
    } else {
        std::env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .filter(|folder| folder.is_absolute())
            .or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join(IDENTIFIER))
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_moves_keeps_its_keychain_names() {
        let place = tempfile::tempdir().unwrap();
        let before = Profile::open(Some(&place.path().join("a"))).unwrap();
        fs::rename(place.path().join("a"), place.path().join("b")).unwrap();
        let after = Profile::open(Some(&place.path().join("b"))).unwrap();
        assert_eq!(before.keychain_namespace(), after.keychain_namespace());
    }

    #[test]
    fn two_folders_never_share_keychain_names() {
        let place = tempfile::tempdir().unwrap();
        let one = Profile::open(Some(&place.path().join("a"))).unwrap();
        let two = Profile::open(Some(&place.path().join("b"))).unwrap();
        assert_ne!(one.keychain_namespace(), two.keychain_namespace());
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_is_readable_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(&place.path().join("a"))).unwrap();
        for folder in [place.path().join("a"), profile.register(), profile.logs()] {
            let mode = fs::metadata(folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }
}
