//! Reading a report into what a person sees, masking its secrets, naming and saving what ID360 serves, and
//! making pictures that are safe to show.
//!
//! Pure wherever it can be: only [`saving`] and [`vault`] touch a disk, through a trait that tests replace.

pub mod comparing;
pub mod display;
pub mod documents;
pub mod explaining;
pub mod hash;
pub mod masking;
pub mod media;
pub mod mrz;
pub mod names;
pub mod packs;
pub mod page;
pub mod reading;
pub mod saving;
pub mod vault;
pub mod whole;

pub use comparing::{Agreement, Column, ColumnKind, Comparison, Declared, WritingDifference};
pub use display::{Rendition, RenditionError, rendition};
pub use documents::{DocumentEntry, DocumentPage, PageSide, documents};
pub use explaining::{NextStep, Saying, Statement};
pub use hash::{HashAgreement, stated_md5};
pub use masking::masked_json;
pub use media::{MediaType, sniff};
pub use mrz::{Mrz, MrzCheck, MrzCheckSubject, MrzField, MrzFormat, MrzKey};
pub use reading::checked::PassedCheck;
pub use reading::extracted::ExtractedEntry;
pub use reading::findings::{Category, Finding, FindingSource, findings};
pub use reading::identity::{IdentityField, identity_fields};
pub use reading::unexplained::UnexplainedSign;
pub use reading::unknown::UnknownBranch;
pub use saving::{Destination, PendingFile, SaveError, SavedFile};
pub use vault::{PieceHeader, StoredPiece, Vault, VaultError};
pub use whole::{Cause, Reading, Step};
