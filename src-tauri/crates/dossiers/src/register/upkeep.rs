//! Whether what is kept can be trusted.

use crate::error::Result;

/// Looking after the register itself.
pub trait Upkeep {
    /// Reads everything and says whether all of it can be trusted. Takes as long as reading the file.
    fn verify(&self) -> Result<()>;
}
