//! Whom the desk trusts: certificates that its people added, and nobody else.

use asice::{Revocation, Trust};
use dossiers::{RevocationRule as Rule, TrustedCertificate, TrustedFor as Role};

use super::judged::certificate;
use crate::{
    desk::Desk,
    errors::DeskError,
    list::shown_count,
    ports::Pick,
    present::time,
    views::{
        checking::{RevocationRule, TrustStoreView, TrustView, TrustedFor, TrustedView},
        error::ErrorCode,
    },
};

/// Longest file of certificates.
const MOST_BYTES: u64 = 1 << 20;

/// What a judgement stands on.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) trust: Trust,
    pub(super) certificates: Vec<TrustedCertificate>,
    pub(super) revocation: Revocation,
    pub(super) is_open: bool,
}

impl Store {
    pub(super) fn view(&self) -> TrustStoreView {
        let count = |role| {
            let own = self.certificates.iter().filter(|one| one.role == role);
            shown_count(own.count() as u64)
        };
        TrustStoreView {
            is_open: self.is_open,
            signers: count(Role::Signatures),
            time_stamp_authorities: count(Role::TimeStamps),
            changed_at: self
                .certificates
                .iter()
                .map(|one| one.added_at)
                .max()
                .map(time),
        }
    }
}

impl Desk {
    /// Empty while the register is closed: then nobody is trusted, and the verdict says why.
    pub(super) async fn trust_store(&self) -> Result<Store, DeskError> {
        let read = self
            .on_register(|register, _| Ok((register.trusted()?, register.revocation_rule()?)))
            .await;
        let (certificates, rule, is_open) = match read {
            Ok((certificates, rule)) => (certificates, rule, true),
            Err(error) if error.code == ErrorCode::RegisterClosed => {
                (Vec::new(), Rule::default(), false)
            }
            Err(error) => return Err(error),
        };
        let mut trust = Trust::default();
        for one in &certificates {
            match one.role {
                Role::Signatures => trust.add_signers(&one.der),
                Role::TimeStamps => trust.add_time_stamp_authorities(&one.der),
            }
            .map_err(DeskError::internal)?;
        }
        Ok(Store {
            trust,
            certificates,
            revocation: match rule {
                Rule::Required => Revocation::Required,
                Rule::Embedded => Revocation::Embedded,
                Rule::NotChecked => Revocation::None,
            },
            is_open,
        })
    }

    /// Trusted certificates, oldest first. Whether one is expired goes by ID360's clock.
    pub async fn get_trust(&self) -> Result<TrustView, DeskError> {
        let (certificates, rule) = self
            .on_register(|register, _| Ok((register.trusted()?, register.revocation_rule()?)))
            .await?;
        let now = self.true_now();
        let shown = certificates.into_iter().filter_map(|one| {
            let report = asice::certificates(&one.der).ok()?.into_iter().next()?;
            Some(TrustedView {
                role: match one.role {
                    Role::Signatures => TrustedFor::Signatures,
                    Role::TimeStamps => TrustedFor::TimeStamps,
                },
                is_expired: report.not_after < now,
                certificate: certificate(&report),
                source: one.source,
                added_at: time(one.added_at),
                added_by: one.added_by.as_deref().map(str::to_owned),
            })
        });
        Ok(TrustView {
            certificates: shown.collect(),
            revocation: rule_view(rule),
        })
    }

    /// The certificates of a file that the person chooses. `None` when they closed the dialog.
    pub async fn add_trusted(
        &self,
        intent_id: &str,
        role: TrustedFor,
    ) -> Result<Option<TrustView>, DeskError> {
        self.long(intent_id, move |desk, _| async move {
            let language = desk.preferences().language;
            let answer = desk.ports().picker.open(language, Pick::Certificate).await;
            let Some(path) = desk.picked(answer)? else {
                return Ok(None);
            };
            let source = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let found = tokio::task::spawn_blocking(move || certificates_of(&path))
                .await
                .map_err(DeskError::internal)??;
            desk.on_register(move |register, stamp| {
                register.trust(role_of(role), &found, &source, stamp)
            })
            .await?;
            desk.get_trust().await.map(Some)
        })
        .await
    }

    /// Ends the trust in one for that role. `sha256`: of its DER, 64 hexadecimal digits, `NotFound` for anything else.
    /// One that is not trusted changes nothing.
    pub async fn remove_trusted(
        &self,
        role: TrustedFor,
        sha256: &str,
    ) -> Result<TrustView, DeskError> {
        let digest = hex::decode(sha256)
            .ok()
            .and_then(|digest| <[u8; 32]>::try_from(digest).ok())
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        self.on_register(move |register, stamp| register.end_trust(role_of(role), digest, stamp))
            .await?;
        self.get_trust().await
    }

    /// What every judgement from now on asks about revocation.
    pub async fn set_revocation_rule(&self, rule: RevocationRule) -> Result<TrustView, DeskError> {
        let rule = match rule {
            RevocationRule::Required => Rule::Required,
            RevocationRule::Embedded => Rule::Embedded,
            RevocationRule::NotChecked => Rule::NotChecked,
        };
        self.on_register(move |register, stamp| register.set_revocation_rule(rule, stamp))
            .await?;
        self.get_trust().await
    }
}

fn rule_view(rule: Rule) -> RevocationRule {
    match rule {
        Rule::Required => RevocationRule::Required,
        Rule::Embedded => RevocationRule::Embedded,
        Rule::NotChecked => RevocationRule::NotChecked,
    }
}

fn role_of(role: TrustedFor) -> Role {
    match role {
        TrustedFor::Signatures => Role::Signatures,
        TrustedFor::TimeStamps => Role::TimeStamps,
    }
}

/// PEM or DER, read by the crate that will judge with them.
fn certificates_of(path: &std::path::Path) -> Result<Vec<Vec<u8>>, DeskError> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| DeskError::invalid_field("file", "unreadable").because(error.kind()))?;
    // All of them or none: what lies behind the limit would be left out without a word.
    if bytes.len() as u64 > MOST_BYTES {
        return Err(
            DeskError::new(ErrorCode::NoCertificate).because("larger than a file of certificates")
        );
    }
    let found = asice::certificates(&bytes)
        .map_err(|error| DeskError::new(ErrorCode::NoCertificate).because(error))?;
    Ok(found.into_iter().map(|one| one.der).collect())
}
