//! One error of the desk: a code for the window, a cause for the log.

use std::{collections::BTreeMap, io, io::ErrorKind};

use dossiers::{OpenError, passphrase::PassphraseError};
use evidence::saving::SaveError;
use id360_api::{ApiError, ApiErrorKind, DownloadError};
use uuid::Uuid;

use crate::views::error::{ErrorCode, WireError};

/// What went wrong, for a person. The cause goes to the log only.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{code:?}: {cause}")]
pub struct DeskError {
    pub code: ErrorCode,
    pub params: BTreeMap<String, String>,
    pub retryable: bool,
    /// Words without secret and without personal data.
    pub cause: String,
}

impl DeskError {
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            params: BTreeMap::new(),
            retryable: false,
            cause: String::new(),
        }
    }

    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::new(ErrorCode::Internal).because(cause)
    }

    pub fn invalid_field(field: &str, rule: &str) -> Self {
        Self::new(ErrorCode::InvalidField)
            .with("field", field)
            .with("rule", rule)
    }

    pub fn because(mut self, cause: impl std::fmt::Display) -> Self {
        self.cause = cause.to_string();
        self
    }

    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    pub fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }

    /// What crosses to the window; the cause is logged under the same trace id.
    pub fn into_wire(self) -> WireError {
        let trace_id = Uuid::new_v4().simple().to_string();
        if self.code == ErrorCode::Cancelled {
            // Wanted: a later question overtook it, or a person pressed «stop».
            tracing::debug!(trace_id, "cancelled");
        } else {
            tracing::warn!(trace_id, code = ?self.code, cause = self.cause, "refused");
        }
        WireError {
            code: self.code,
            params: self.params,
            retryable: self.retryable,
            trace_id,
        }
    }
}

impl From<ApiError> for DeskError {
    fn from(error: ApiError) -> Self {
        let (code, retryable) = match error.kind {
            ApiErrorKind::Unreachable | ApiErrorKind::ConnectionLost => {
                (ErrorCode::Unreachable, true)
            }
            ApiErrorKind::CertificateRefused => (ErrorCode::CertificateRefused, false),
            ApiErrorKind::TimedOut => (ErrorCode::TimedOut, true),
            ApiErrorKind::CredentialsRefused => (ErrorCode::CredentialsRefused, false),
            ApiErrorKind::CodeRefused => (ErrorCode::CodeRefused, false),
            ApiErrorKind::AccountBlocked => (ErrorCode::AccountBlocked, false),
            ApiErrorKind::SessionExpired => (ErrorCode::SessionExpired, false),
            ApiErrorKind::RefusedAfterSignIn => (ErrorCode::RefusedAfterSignIn, false),
            ApiErrorKind::NotSignedIn => (ErrorCode::NotSignedIn, false),
            ApiErrorKind::LoginHeldBack => (ErrorCode::LoginHeldBack, true),
            ApiErrorKind::Forbidden => (ErrorCode::Forbidden, false),
            ApiErrorKind::NotFound => (ErrorCode::UnknownDossier, false),
            ApiErrorKind::Refused => (ErrorCode::Refused, false),
            ApiErrorKind::Conflict => (ErrorCode::Conflict, false),
            ApiErrorKind::RateLimited => (ErrorCode::RateLimited, true),
            ApiErrorKind::ProviderIncident => (ErrorCode::ProviderIncident, true),
            ApiErrorKind::Redirected | ApiErrorKind::Unreadable => {
                (ErrorCode::UnreadableAnswer, true)
            }
            ApiErrorKind::TooLarge => (ErrorCode::AnswerTooLarge, false),
            ApiErrorKind::Truncated { .. } => (ErrorCode::TruncatedDocument, true),
            ApiErrorKind::NotConfigured => (ErrorCode::NotConfigured, false),
            ApiErrorKind::Internal => (ErrorCode::Internal, false),
        };
        let mut desk = Self::new(code).because(&error);
        desk.retryable = retryable;
        if let ApiErrorKind::Truncated {
            received,
            announced,
        } = error.kind
        {
            desk = desk.with("received", received);
            if let Some(announced) = announced {
                desk = desk.with("expected", announced);
            }
        }
        if let Some(status) = error.status {
            desk = desk.with("status", status);
        }
        if let Some(delay) = error.retry_after {
            desk = desk.with("seconds", delay.as_secs().max(1));
        }
        if let Some(detail) = error.detail {
            desk = desk.with("detail", detail);
        }
        if error.body.is_some_and(|body| is_markup(&body)) {
            desk = desk.with("answer", "page");
        }
        desk
    }
}

/// A proxy, a portal or another site speaks to people; ID360 speaks JSON.
fn is_markup(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    start
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(start)
        .starts_with(b"<")
}

impl From<DownloadError> for DeskError {
    fn from(error: DownloadError) -> Self {
        match error {
            DownloadError::Api(error) => error.into(),
            DownloadError::Receiver(error) => error.into(),
        }
    }
}

impl From<io::Error> for DeskError {
    fn from(error: io::Error) -> Self {
        SaveError::from(error).into()
    }
}

impl From<SaveError> for DeskError {
    fn from(error: SaveError) -> Self {
        let code = match &error {
            SaveError::DiskFull => ErrorCode::DiskFull,
            SaveError::ReadOnly => ErrorCode::FolderReadOnly,
            SaveError::Missing => ErrorCode::FolderMissing,
            SaveError::Exists => ErrorCode::FileExists,
            SaveError::Truncated { .. } => ErrorCode::TruncatedDocument,
            SaveError::Io(_) => ErrorCode::WriteFailed,
        };
        Self::new(code).because(&error).retryable()
    }
}

impl From<dossiers::RegisterError> for DeskError {
    fn from(error: dossiers::RegisterError) -> Self {
        use dossiers::RegisterError as E;
        let code = match &error {
            E::NotFound => ErrorCode::NotFound,
            E::IllegalTransition(_) | E::NotCreated => ErrorCode::StateChanged,
            E::AlreadyAttached => ErrorCode::NumberTaken,
            E::OtherApiKey { .. } => ErrorCode::OtherApiKey,
            E::NotFinished => ErrorCode::NoVerdictYet,
            E::Cancelled => ErrorCode::Cancelled,
            E::DiskFull => ErrorCode::DiskFull,
            E::ReadOnly => ErrorCode::FolderReadOnly,
            E::Damaged => ErrorCode::RegisterDamaged,
            E::NoSuchDatum | E::InvalidTag | E::Io(_) | E::Database(_) => ErrorCode::Internal,
        };
        Self::new(code).because(&error)
    }
}

impl From<OpenError> for DeskError {
    fn from(error: OpenError) -> Self {
        let code = match &error {
            OpenError::KeyRefused => ErrorCode::RegisterClosed,
            OpenError::Newer => ErrorCode::RegisterNewer,
            OpenError::Damaged { .. } => ErrorCode::RegisterDamaged,
            OpenError::Cancelled => ErrorCode::Cancelled,
            OpenError::Io(error) => match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
                ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
                    ErrorCode::FolderReadOnly
                }
                _ => ErrorCode::RegisterClosed,
            },
            OpenError::InUse => ErrorCode::RegisterClosed,
        };
        Self::new(code).because(&error)
    }
}

impl From<PassphraseError> for DeskError {
    fn from(error: PassphraseError) -> Self {
        let code = match error {
            PassphraseError::Refused => ErrorCode::PassphraseRefused,
            PassphraseError::Damaged => ErrorCode::RegisterDamaged,
            PassphraseError::Io(_) => ErrorCode::WriteFailed,
        };
        Self::new(code).because(error)
    }
}

impl From<crate::ports::SecretStoreError> for DeskError {
    fn from(error: crate::ports::SecretStoreError) -> Self {
        let code = match error {
            crate::ports::SecretStoreError::Missing => ErrorCode::KeychainMissing,
            crate::ports::SecretStoreError::Locked => ErrorCode::KeychainLocked,
            crate::ports::SecretStoreError::Refusing => ErrorCode::KeychainRefusing,
        };
        Self::new(code).because(error).retryable()
    }
}
