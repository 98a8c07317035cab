//! About certificates, their chain and their revocation.

use asice::{ChainFault, Finding};

use super::{Said, about, moment};

pub(super) fn sentence(finding: &Finding) -> Said {
    use Finding as F;
    match finding {
        F::TrustStoreEmpty => Said::new(
            "Aucun certificat de confiance n’est configuré : ajoutez celui de l’autorité que vous attendez.",
            "No trusted certificate is configured: add the one of the authority you expect.",
        ),
        F::NoChainToTrusted { issuer } => about(
            issuer,
            "Aucun certificat de confiance configuré ne mène à l’émetteur : {}.",
            "No configured trusted certificate leads to the issuer: {}.",
        ),
        F::ChainInvalid { detail } => chain(*detail),
        F::KeyUsageMissing => Said::new(
            "Le certificat du signataire ne permet pas de signer.",
            "The signer’s certificate is not one for signing.",
        ),
        F::CertificateExpired { not_after } => {
            let at = moment(*not_after);
            Said::new(
                format!(
                    "Le certificat du signataire est périmé depuis le {}.",
                    at.fr
                ),
                format!("The signer’s certificate expired on {}.", at.en),
            )
        }
        F::CertificateNotYetValid { not_before } => {
            let at = moment(*not_before);
            Said::new(
                format!(
                    "Le certificat du signataire n’est valable qu’à partir du {}.",
                    at.fr
                ),
                format!("The signer’s certificate is valid only from {}.", at.en),
            )
        }
        F::AuthorityOutOfBounds => Said::new(
            "Le certificat d’une autorité n’était pas valable à ce moment.",
            "An authority’s certificate was not valid at that time.",
        ),
        F::Revoked { subject, at, .. } => {
            let at = moment(*at);
            about(
                subject,
                &format!("Certificat révoqué le {} : {{}}.", at.fr),
                &format!("Certificate revoked on {}: {{}}.", at.en),
            )
        }
        F::RevokedLater { subject, at } => {
            let at = moment(*at);
            about(
                subject,
                &format!(
                    "Certificat révoqué le {}, après la signature, qui reste valable : {{}}.",
                    at.fr
                ),
                &format!(
                    "Certificate revoked on {}, after the signature, which stays valid: {{}}.",
                    at.en
                ),
            )
        }
        F::RevocationUnknown { subject } => about(
            subject,
            "L’autorité ne connaît pas ce certificat : {}.",
            "The authority does not know this certificate: {}.",
        ),
        F::RevocationMissing { subject } => about(
            subject,
            "Rien dans le fichier n’établit que ce certificat n’est pas révoqué : {}.",
            "Nothing in the file shows that this certificate is not revoked: {}.",
        ),
        F::RevocationStale { subject, as_of } => {
            let at = moment(*as_of);
            about(
                subject,
                &format!(
                    "L’information de révocation du {} est trop ancienne : {{}}.",
                    at.fr
                ),
                &format!("The revocation information of {} is too old: {{}}.", at.en),
            )
        }
        F::RevocationNotEmbedded { subject } => about(
            subject,
            "Le fichier ne dit rien de la révocation de ce certificat : {}.",
            "The file says nothing of this certificate’s revocation: {}.",
        ),
        F::RevocationNotChecked => Said::new(
            "La révocation n’est pas regardée : c’est votre réglage.",
            "Revocation is not looked at: that is your setting.",
        ),
        F::RevocationBeforeTimeStamp => Said::new(
            "L’information de révocation est antérieure à l’horodatage.",
            "The revocation information is older than the time-stamp.",
        ),
        F::TrustNotJudged => Said::new(
            "La confiance n’est pas jugée, faute de certificat du signataire.",
            "Trust is not judged, for want of the signer’s certificate.",
        ),
        F::SignerNotProven => Said::new(
            "Rien n’établit que le certificat nommé a fait cette signature : la confiance en lui ne dit rien d’elle.",
            "Nothing shows that the named certificate made this signature: trust in it says nothing of the signature.",
        ),
        // Every other finding is about the container or the signature, and has its words there.
        other => about(
            &format!("{other:?}"),
            "Constat sans explication : {}.",
            "Finding without an explanation: {}.",
        ),
    }
}

fn chain(fault: ChainFault) -> Said {
    match fault {
        ChainFault::Algorithm => Said::new(
            "Une autorité a signé avec un algorithme refusé.",
            "An authority signed with a refused algorithm.",
        ),
        ChainFault::Authority => Said::new(
            "Un certificat de la chaîne en a émis un autre sans en avoir le droit.",
            "A certificate of the chain issued another one without the right to.",
        ),
        ChainFault::NameConstraints => Said::new(
            "Une autorité a émis un certificat hors des noms qui lui sont permis.",
            "An authority issued a certificate outside the names it is allowed.",
        ),
        ChainFault::CriticalExtension => Said::new(
            "Un certificat de la chaîne porte une condition inconnue.",
            "A certificate of the chain has an unknown condition.",
        ),
        ChainFault::Malformed => Said::new(
            "Un certificat de la chaîne est mal formé.",
            "A certificate of the chain is malformed.",
        ),
    }
}
