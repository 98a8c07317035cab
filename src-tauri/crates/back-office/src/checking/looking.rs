//! What a file is, and what there is to say of it: from the file, the trusted certificates and the policy alone.

use std::{
    fs::File,
    io::{self, BufReader, Read as _, Seek as _},
    ops::ControlFlow,
    path::Path,
};

use asice::{BEGINNING, Policy, Report, Trust};
use evidence::packs::{PackLimits, PackVerdict, Trouble, verify_pack};

/// What every ZIP begins with.
const ZIP: &[u8] = b"PK\x03\x04";

/// A file that was looked at.
#[derive(Debug)]
pub struct Looked {
    /// Bytes.
    pub size: u64,
    pub what: What,
}

#[derive(Debug)]
pub enum What {
    /// An ASiC-E container, with its bytes: what was judged is what is shown afterwards.
    Container {
        bytes: Vec<u8>,
        report: Box<Report>,
    },
    Pack(Box<PackVerdict>),
    /// Neither.
    Other,
}

#[derive(Debug, thiserror::Error)]
pub enum LookError {
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    #[error("stopped")]
    Stopped,
}

/// Looks at one file. A pack or a container too damaged to be opened is one still, by its beginning. `watch` hears
/// how much of how much is done, about in bytes, and may stop it; of 0 while what the file is is not known.
pub fn look(
    path: &Path,
    trust: &Trust,
    policy: &Policy,
    watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Looked, LookError> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut beginning = Vec::new();
    file.by_ref()
        .take(BEGINNING as u64)
        .read_to_end(&mut beginning)?;
    file.rewind()?;
    let looked = |what| Ok(Looked { size, what });
    let is_named = names_container(path);
    if !beginning.starts_with(ZIP) && !is_named {
        return looked(What::Other);
    }
    let is_meant = is_named || asice::begins_as_container(&beginning);
    if is_meant || size <= policy.limits.container {
        // One byte more than the limit is enough to be refused for it.
        let bytes = read(file.by_ref().take(policy.limits.container + 1), watch)?;
        if is_meant || asice::is_container(&bytes, &policy.limits) {
            let report = asice::verify_watched(&bytes, trust, policy, watch)
                .map_err(|asice::Stopped| LookError::Stopped)?;
            let report = Box::new(report);
            return looked(What::Container { bytes, report });
        }
        file.rewind()?;
    }
    let verdict = verify_pack(BufReader::new(file), &PackLimits::default(), watch)
        .map_err(|_| LookError::Stopped)?;
    looked(if verdict.troubles == [Trouble::NoManifest] {
        What::Other
    } else {
        What::Pack(Box::new(verdict))
    })
}

/// The whole of it, so many bytes between two questions.
fn read(
    mut file: impl io::Read,
    watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Vec<u8>, LookError> {
    const CHUNK: u64 = 1 << 20;
    let mut bytes = Vec::new();
    while file.by_ref().take(CHUNK).read_to_end(&mut bytes)? > 0 {
        if watch(0, 0).is_break() {
            return Err(LookError::Stopped);
        }
    }
    Ok(bytes)
}

/// By the endings that ETSI EN 319 162-1 gives: then it is judged as one, however damaged.
fn names_container(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("asice") || ending.eq_ignore_ascii_case("sce")
    })
}
