use crate::container::{Container, Damage, Refusal};
use crate::policy::Limits;
use crate::watching::Work;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("no such file in the container")]
    NotThere,
    #[error("the file cannot be inflated, or its checksum is wrong")]
    Damaged,
}

/// One file of a container by its exact name, inflated. At most `limits.entry` bytes.
pub fn entry(container: &[u8], name: &str, limits: &Limits) -> Result<Vec<u8>, EntryError> {
    let container = Container::open(container, limits)?;
    let entry = container.file(name).ok_or(EntryError::NotThere)?;
    let Ok(read) = entry.read(&mut Work::unwatched());
    match read {
        (content, Ok(())) => Ok(content),
        (_, Err(Damage::Content | Damage::Checksum)) => Err(EntryError::Damaged),
    }
}
