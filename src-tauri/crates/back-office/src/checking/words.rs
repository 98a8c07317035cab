//! What is found, in sentences. Made here once: the window, the printable sheet and whoever reads them say the same.

mod container;
mod signature;
mod trust;

use asice::{Finding, SubIndication};
use chrono::{DateTime, Utc};
use evidence::packs::Language;
use evidence::page::{shown, time};

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) fr: String,
    pub(crate) en: String,
}

impl Said {
    pub(crate) fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            fr: fr.into(),
            en: en.into(),
        }
    }
}

/// What a finding means, in one sentence.
pub(crate) fn sentence(finding: &Finding) -> Said {
    container::sentence(finding)
        .or_else(|| signature::sentence(finding))
        .unwrap_or_else(|| trust::sentence(finding))
}

/// A moment in a sentence, UTC.
fn moment(at: DateTime<Utc>) -> Said {
    Said::new(
        time(at, Language::French) + " UTC",
        time(at, Language::English) + " UTC",
    )
}

/// About one name: `{}` stands for it.
fn about(name: &str, fr: &str, en: &str) -> Said {
    let name = shown(name);
    Said::new(fr.replace("{}", &name), en.replace("{}", &name))
}

/// The reason of a headline, as people who do not know the standard read it.
pub(crate) fn reason(sub: SubIndication) -> Said {
    use SubIndication as S;
    let (fr, en) = match sub {
        S::FormatFailure => (
            "la forme du conteneur ou de la signature n’est pas admise",
            "the form of the container or of the signature is not admitted",
        ),
        S::HashFailure => (
            "le contenu ne correspond pas à la signature",
            "the content does not match the signature",
        ),
        S::SigCryptoFailure => (
            "la signature n’a pas été faite par le certificat qu’elle nomme",
            "the signature was not made by the certificate it names",
        ),
        S::NotYetValid => (
            "le certificat n’était pas encore valable",
            "the certificate was not valid yet",
        ),
        S::SigConstraintsFailure => (
            "la signature ne remplit pas les règles demandées",
            "the signature does not meet the rules asked for",
        ),
        S::ChainConstraintsFailure => (
            "la chaîne de certificats ne remplit pas les règles demandées",
            "the chain of certificates does not meet the rules asked for",
        ),
        S::CertificateChainGeneralFailure => (
            "rien n’établit que les certificats n’ont pas été révoqués",
            "nothing shows that the certificates were not revoked",
        ),
        S::CryptoConstraintsFailureNoPoe => (
            "un algorithme ou une clé n’est plus admis",
            "an algorithm or a key is no longer admitted",
        ),
        S::SignaturePolicyNotAvailable => (
            "la politique de signature n’est pas disponible",
            "the signature policy is not available",
        ),
        S::NoSigningCertificateFound => (
            "le certificat du signataire est introuvable",
            "the signer’s certificate cannot be found",
        ),
        S::NoCertificateChainFound => (
            "aucune autorité de confiance configurée ne mène au signataire",
            "no configured trusted authority leads to the signer",
        ),
        S::RevokedNoPoe => (
            "le certificat du signataire est révoqué",
            "the signer’s certificate is revoked",
        ),
        S::RevokedCaNoPoe => (
            "le certificat d’une autorité est révoqué",
            "an authority’s certificate is revoked",
        ),
        S::OutOfBoundsNoPoe => (
            "un certificat est périmé, sans preuve que la signature est antérieure",
            "a certificate has expired, with no proof that the signature is older",
        ),
        S::TryLater => (
            "l’information de révocation est trop ancienne",
            "the revocation information is too old",
        ),
        S::SignedDataNotFound => (
            "un fichier signé n’est pas dans le conteneur",
            "a signed file is not in the container",
        ),
        _ => (
            "la vérification n’a pas pu conclure",
            "the verification could not conclude",
        ),
    };
    Said::new(fr, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_the_container_cannot_reorder_or_break_a_sentence() {
        let said = sentence(&Finding::FileAltered {
            name: "a\u{202e}fdp.exe\n".to_owned(),
        });
        assert!(said.fr.contains("[U+202E]"), "{}", said.fr);
        assert!(!said.en.contains('\n'));
    }
}
