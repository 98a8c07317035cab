//! What a file of the vault says of itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Sealed at the head of the file, so that a file tells whose it is where its row was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceHeader {
    /// The piece's own id, which is also the file's name.
    pub piece: Uuid,
    pub dossier: Uuid,
    /// The word of its owner, such as `document`.
    pub kind: String,
    pub document: Option<DocumentRef>,
    /// `None` when the piece begins: told by its first bytes. Always there in what is read.
    pub media_type: Option<String>,
    /// Method and path it was had by, with ids and without a host.
    pub call: String,
    pub fetched_at: DateTime<Utc>,
    /// The hexadecimal MD5 that the report states, where it states one (facts §F.5).
    pub stated_md5: Option<String>,
}

/// One page of a document of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRef {
    pub document_id: String,
    /// The entry's name in the report, such as `id_document_image`.
    pub name: String,
    /// From 0, as in the API.
    pub page_number: u32,
}
