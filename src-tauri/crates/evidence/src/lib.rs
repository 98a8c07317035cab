//! Reading a report into what a person sees, masking its secrets, naming and saving what ID360 serves, and
//! making pictures that are safe to show.
//!
//! Pure wherever it can be: only [`saving`] and [`vault`] touch a disk, through a trait that tests replace.

pub mod display;
pub mod documents;
pub mod hash;
pub mod masking;
pub mod media;
pub mod names;
pub mod packs;
pub mod reading;
pub mod saving;
pub mod vault;

pub use display::{Rendition, RenditionError, rendition};
pub use documents::{DocumentEntry, DocumentPage, PageSide, documents};
pub use hash::HashAgreement;
pub use masking::masked_json;
pub use media::{MediaType, sniff};
pub use reading::findings::{Category, Finding, FindingSource, findings};
pub use reading::identity::{IdentityField, identity_fields};
pub use saving::{Destination, PendingFile, SaveError, SavedFile};
pub use vault::{PieceHeader, StoredPiece, Vault, VaultError};
