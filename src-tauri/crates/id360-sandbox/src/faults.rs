//! Faults on demand: what can go wrong, where, how many times.

use serde::{Deserialize, Serialize};

/// The calls of ID360, by the name the control API and the request log use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    Login,
    Whoami,
    Create,
    Detail,
    Push,
    EnrollmentInfo,
    Consent,
    Upload,
    Finalise,
    Report,
    Archive,
    ProofSlip,
    Document,
    Idclaim,
    Discontinue,
    Status,
    SignatureKey,
    /// Under `/api/`, but nothing that ID360 documents.
    Unknown,
}

/// Where a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Any,
    #[serde(untagged)]
    Only(Endpoint),
}

/// What goes wrong. «Processed» means that the call had its effect before the answer suffered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// Not processed; this status and body instead.
    Status {
        status: u16,
        #[serde(default)]
        body: Option<String>,
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// Not processed; an HTML page with 200 or the given status.
    Html {
        #[serde(default)]
        status: Option<u16>,
    },
    /// Not processed; the connection closes without a byte.
    DropBefore,
    /// Processed; the connection closes without a byte.
    DropAfter,
    /// Processed; the announced body is cut after so many bytes and the connection closes.
    Truncate { bytes: u64 },
    /// Processed; the whole body, but `Content-Length` announces more, then the connection closes.
    ShortBody,
    /// Processed; so many bytes of the body, then silence on an open connection.
    Stall { bytes: u64 },
    /// Processed; the answer is held back.
    Delay { milliseconds: u64 },
    /// Processed; the body comes at this pace.
    Drip { bytes_per_second: u64 },
    /// Processed; the body is followed by spaces without end (256 MiB, or `bytes`), unannounced.
    Oversized {
        #[serde(default)]
        bytes: Option<u64>,
    },
    /// Not processed; 302 (or the given status) to the given place.
    Redirect {
        location: String,
        #[serde(default)]
        status: Option<u16>,
    },
    /// Processed; the last character of the body is missing and `Content-Length` agrees.
    InvalidJson,
    /// Processed; a byte order mark before the body.
    Bom,
    /// Processed; the file hashes of the report are wrong.
    WrongMd5,
    /// Processed; one byte in the middle of the body is inverted.
    FlipByte,
}

impl Fault {
    /// The name the control API and the request log use.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Html { .. } => "html",
            Self::DropBefore => "drop_before",
            Self::DropAfter => "drop_after",
            Self::Truncate { .. } => "truncate",
            Self::ShortBody => "short_body",
            Self::Stall { .. } => "stall",
            Self::Delay { .. } => "delay",
            Self::Drip { .. } => "drip",
            Self::Oversized { .. } => "oversized",
            Self::Redirect { .. } => "redirect",
            Self::InvalidJson => "invalid_json",
            Self::Bom => "bom",
            Self::WrongMd5 => "wrong_md5",
            Self::FlipByte => "flip_byte",
        }
    }
}

/// One entry of the plan: `POST /sandbox/faults`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedFault {
    pub endpoint: Target,
    /// How many calls it strikes.
    #[serde(default = "once")]
    pub times: u32,
    /// How many calls it lets through first.
    #[serde(default)]
    pub skip: u32,
    pub fault: Fault,
}

fn once() -> u32 {
    1
}

/// The faults still to come. For each call the oldest matching entry strikes, one at a time.
#[derive(Debug, Default)]
pub(crate) struct FaultPlan {
    planned: Vec<PlannedFault>,
}

impl FaultPlan {
    pub(crate) fn add(&mut self, fault: PlannedFault) {
        self.planned.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.planned.clear();
    }

    pub(crate) fn pending(&self) -> &[PlannedFault] {
        &self.planned
    }

    pub(crate) fn take(&mut self, endpoint: Endpoint) -> Option<Fault> {
        let index = self.planned.iter().position(|planned| {
            planned.endpoint == Target::Any || planned.endpoint == Target::Only(endpoint)
        })?;
        let planned = &mut self.planned[index];
        if planned.skip > 0 {
            planned.skip -= 1;
            return None;
        }
        let fault = planned.fault.clone();
        planned.times = planned.times.saturating_sub(1);
        if planned.times == 0 {
            self.planned.remove(index);
        }
        Some(fault)
    }
}
