//! What a file is, and what there is to say of it: from the file, the trusted certificates and the policy alone.

use std::{
    fs::File,
    io::{self, BufReader, Read as _, Seek as _},
    ops::ControlFlow,
    path::Path,
};

use asice::{BEGINNING, Policy, Report, Trust};
use evidence::packs::{PackLimits, PackVerdict, Trouble, verify_pack};
use sha2::{Digest as _, Sha256};

/// Bytes between two questions whether to go on.
const CHUNK: usize = 1 << 20;
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
    /// An ASiC-E container, with its bytes: what was judged is what is shown afterwards. Without them where it was refused
    /// for its size.
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
        // One byte more than the limit is enough to be refused for it, but for its hash all of them are wanted.
        let bytes = read(file.by_ref().take(policy.limits.container + 1), watch)?;
        if is_meant || asice::is_container(&bytes, &policy.limits) {
            let is_whole = bytes.len() as u64 <= policy.limits.container;
            let (bytes, report) = if is_whole {
                let report = asice::verify_watched(&bytes, trust, policy, watch)
                    .map_err(|asice::Stopped| LookError::Stopped)?;
                (bytes, report)
            } else {
                let report = too_large(&bytes, file, size, policy, watch)?;
                (Vec::new(), report)
            };
            return Ok(Looked {
                size: report.size,
                what: What::Container {
                    bytes,
                    report: Box::new(report),
                },
            });
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
    let mut bytes = Vec::new();
    while file.by_ref().take(CHUNK as u64).read_to_end(&mut bytes)? > 0 {
        if watch(0, 0).is_break() {
            return Err(LookError::Stopped);
        }
    }
    Ok(bytes)
}

/// Of what was read already and of the rest of the file.
fn too_large(
    beginning: &[u8],
    mut rest: impl io::Read,
    announced: u64,
    policy: &Policy,
    watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Report, LookError> {
    let mut digest = Sha256::new_with_prefix(beginning);
    let mut size = beginning.len() as u64;
    let mut chunk = vec![0; CHUNK];
    loop {
        if watch(size, announced.max(size)).is_break() {
            return Err(LookError::Stopped);
        }
        match rest.read(&mut chunk) {
            Ok(0) => return Ok(asice::too_large(size, digest.finalize().into(), policy)),
            Ok(read) => {
                digest.update(&chunk[..read]);
                size += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// By the endings that ETSI EN 319 162-1 gives: then it is judged as one, however damaged.
fn names_container(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("asice") || ending.eq_ignore_ascii_case("sce")
    })
}

#[cfg(test)]
mod tests {
    use asice::{Finding, Refusal, SubIndication};

    use super::*;
    use crate::checking::specimens::{SIGNED, SIGNED_ON};

    /// With a container of one byte more than is admitted.
    fn looked(watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<Looked, LookError> {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("preuve.asice");
        std::fs::write(&path, SIGNED).unwrap();
        let mut policy = Policy::at(SIGNED_ON.parse().unwrap());
        policy.limits.container = SIGNED.len() as u64 - 1;
        look(&path, &Trust::default(), &policy, watch)
    }

    #[test]
    fn a_container_over_the_limit_is_told_by_the_size_and_the_hash_of_all_of_it() {
        let Ok(Looked {
            size,
            what: What::Container { bytes, report },
        }) = looked(&mut |_, _| ControlFlow::Continue(()))
        else {
            panic!("no container")
        };
        assert!(bytes.is_empty());
        assert_eq!(size, SIGNED.len() as u64);
        assert_eq!(report.size, size);
        assert_eq!(report.sha256, hex::encode(Sha256::digest(SIGNED)));
        assert_eq!(report.sub_indication, Some(SubIndication::FormatFailure));
        assert!(matches!(
            report.container.findings[..],
            [Finding::Refused(Refusal::ContainerTooLarge { bytes, .. })] if bytes == size
        ));
    }

    #[test]
    fn while_all_of_it_is_hashed_a_stop_is_heard() {
        let stopped = looked(&mut |done, _| match done {
            0 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        });
        assert!(matches!(stopped, Err(LookError::Stopped)));
    }
}
