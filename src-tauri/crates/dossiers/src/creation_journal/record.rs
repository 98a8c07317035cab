//! What the journal says about a creation.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::dossier::DossierId;

/// One step of one creation.
#[derive(Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum Step {
    /// The journal begins here; about no dossier.
    Begin,
    /// The raw bytes are the key of the vault; about no dossier.
    VaultKey,
    /// The request is about to leave.
    Sent(SentFacts),
    /// It was surely not processed.
    ReturnedToReady,
    /// ID360 refused it.
    Refused,
    /// The answer was lost; the raw bytes are what came of it.
    Lost,
    /// The raw bytes are the whole answer.
    Answer,
    /// The answer was understood.
    Confirmed {
        enrollment_id: i64,
        #[serde(with = "optional_secret")]
        api_key: Option<SecretString>,
        status: String,
        creation_time: Option<DateTime<Utc>>,
    },
    /// A person gave the dossier's number.
    Attached {
        enrollment_id: i64,
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            with = "optional_secret"
        )]
        api_key: Option<SecretString>,
    },
    /// A person gave the dossier up.
    Closed,
    /// Dossiers made elsewhere came in, or an `api_key` that was missing; the raw bytes list them, as
    /// [`ImportedLine::to_bytes`] writes them.
    Imported(ImportedFacts),
}

/// What the dossiers of one import have in common.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ImportedFacts {
    pub(crate) environment_id: String,
    pub(crate) process_id: String,
    pub(crate) process_uuid: Uuid,
    pub(crate) process_name: String,
    pub(crate) operator: String,
    pub(crate) idclaim_expected: bool,
}

/// Enough to write an imported dossier's line again; no names, as in [`SentFacts`].
#[derive(Serialize, Deserialize)]
pub(crate) struct ImportedLine {
    pub(crate) id: DossierId,
    pub(crate) enrollment_id: i64,
    #[serde(with = "optional_secret")]
    pub(crate) api_key: Option<SecretString>,
    pub(crate) reference: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) creation_time: Option<DateTime<Utc>>,
    pub(crate) finished_time: Option<DateTime<Utc>>,
}

impl ImportedLine {
    /// Appends the line to a list; a list is one JSON text after the other.
    pub(crate) fn to_bytes(&self, list: &mut Vec<u8>) -> serde_json::Result<()> {
        serde_json::to_writer(list, self)
    }

    /// The lines of a list, up to the first that is none.
    pub(crate) fn from_bytes(list: &[u8]) -> impl Iterator<Item = Self> {
        serde_json::Deserializer::from_slice(list)
            .into_iter()
            .map_while(Result::ok)
    }
}

/// Enough to write the dossier's line again. No names: this file only grows, so what must be
/// erasable one day stays out of it; the report brings the names back.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SentFacts {
    pub(crate) environment_id: String,
    pub(crate) process_id: String,
    pub(crate) process_uuid: Uuid,
    pub(crate) process_name: String,
    pub(crate) operator: String,
    pub(crate) reference: Option<String>,
    pub(crate) client_reference: String,
    pub(crate) idclaim_expected: bool,
    pub(crate) prepared_at: DateTime<Utc>,
}

/// A step, of whom, when, with the raw bytes that came with it.
pub(crate) struct Record {
    pub(crate) sequence: u64,
    pub(crate) dossier: DossierId,
    pub(crate) at: DateTime<Utc>,
    pub(crate) step: Step,
    pub(crate) raw: Zeroizing<Vec<u8>>,
}

#[derive(Serialize)]
struct HeadOut<'a> {
    dossier: DossierId,
    at: DateTime<Utc>,
    #[serde(flatten)]
    step: &'a Step,
}

#[derive(Deserialize)]
struct HeadIn {
    dossier: DossierId,
    at: DateTime<Utc>,
    #[serde(flatten)]
    step: Step,
}

/// `length of the JSON head (4, LE) | JSON head | raw bytes`.
pub(super) fn encode(
    dossier: DossierId,
    at: DateTime<Utc>,
    step: &Step,
    raw: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let head = Zeroizing::new(serde_json::to_vec(&HeadOut { dossier, at, step }).ok()?);
    let length = u32::try_from(head.len()).ok()?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(4 + head.len() + raw.len()));
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&head);
    bytes.extend_from_slice(raw);
    Some(bytes)
}

pub(super) fn decode(sequence: u64, plain: &[u8]) -> Option<Record> {
    let (length, rest) = plain.split_at_checked(4)?;
    let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
    let (head, raw) = rest.split_at_checked(length)?;
    let HeadIn { dossier, at, step } = serde_json::from_slice(head).ok()?;
    Some(Record {
        sequence,
        dossier,
        at,
        step,
        raw: Zeroizing::new(raw.to_vec()),
    })
}

mod optional_secret {
    use secrecy::{ExposeSecret, SecretString};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        secret: &Option<SecretString>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        secret
            .as_ref()
            .map(ExposeSecret::expose_secret)
            .serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<SecretString>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map(SecretString::from))
    }
}
