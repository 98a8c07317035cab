//! About the signature itself, and its time-stamps.

use asice::Finding;

use super::{Said, about};

pub(super) fn sentence(finding: &Finding) -> Option<Said> {
    use Finding as F;
    Some(match finding {
        F::NotSigned => Said::new(
            "Le conteneur ne porte aucune signature.",
            "The container has no signature.",
        ),
        F::SignatureFileUnreadable => Said::new(
            "Le fichier de signature est illisible.",
            "The signature file cannot be read.",
        ),
        F::SignatureFileTooLarge => Said::new(
            "Le fichier de signature est trop grand pour être jugé.",
            "The signature file is too large to be judged.",
        ),
        F::SignatureManifestTooLarge { name } => about(
            name,
            "La liste signée des fichiers est trop grande pour être jugée : {}.",
            "The signed list of files is too large to be judged: {}.",
        ),
        F::DuplicateId => Said::new(
            "Deux parties de la signature portent le même identifiant.",
            "Two parts of the signature have the same identifier.",
        ),
        F::SignatureFileWithoutSignature => Said::new(
            "Le fichier de signature n’en contient pas.",
            "The signature file holds no signature.",
        ),
        F::RootMissing => Said::new(
            "La signature n’est pas rangée comme la norme le demande.",
            "The signature is not stored as the standard asks.",
        ),
        F::TooManySignatures => Said::new(
            "Le conteneur porte trop de signatures.",
            "The container has too many signatures.",
        ),
        F::TooManyReferences => Said::new(
            "Les signatures du conteneur visent trop de fichiers.",
            "The container’s signatures are about too many files.",
        ),
        F::SignatureIncomplete => Said::new(
            "La signature est incomplète.",
            "The signature is incomplete.",
        ),
        F::QualifyingPropertiesMissing => Said::new(
            "C’est une signature XML simple, sans ce qu’une signature avancée déclare.",
            "This is a plain XML signature, without what an advanced one states.",
        ),
        F::SeveralSignedProperties => Said::new(
            "La signature se décrit plusieurs fois.",
            "The signature describes itself several times.",
        ),
        F::TargetDiffers => Said::new(
            "Ce que la signature déclare vise une autre signature.",
            "What the signature states is about another signature.",
        ),
        F::SignedPropertiesNotReferenced => Said::new(
            "Ce que le signataire déclare (heure, certificat) n’est pas signé.",
            "What the signer states (time, certificate) is not signed.",
        ),
        F::CoversNoFile => Said::new(
            "La signature ne couvre aucun fichier.",
            "The signature covers no file.",
        ),
        F::ReferenceNotSupported { uri } => about(
            uri,
            "La signature vise autre chose qu’un fichier du conteneur : {}.",
            "The signature is about something else than a file of the container: {}.",
        ),
        F::TransformNotAllowed { uri } => about(
            uri,
            "La signature porte sur une version transformée de {}.",
            "The signature is over a transformed version of {}.",
        ),
        F::SigningTimeMissing => Said::new(
            "La signature ne dit pas son heure.",
            "The signature does not state its time.",
        ),
        F::SigningCertificateMissing => Said::new(
            "La signature ne nomme pas son certificat.",
            "The signature does not name its certificate.",
        ),
        F::SigningCertificateNotFound => Said::new(
            "Le certificat que la signature nomme n’y est pas.",
            "The certificate that the signature names is not in it.",
        ),
        F::IssuerSerialDiffers => Said::new(
            "Le certificat n’est pas exactement celui que la signature nomme.",
            "The certificate is not exactly the one that the signature names.",
        ),
        F::ValueWrong => Said::new(
            "La signature n’a pas été faite avec la clé du certificat qu’elle nomme, ou a été modifiée.",
            "The signature was not made with the key of the certificate it names, or was changed.",
        ),
        F::KeyDoesNotFitMethod => Said::new(
            "La clé du certificat ne convient pas à la méthode de signature.",
            "The certificate’s key does not fit the signature method.",
        ),
        F::AlgorithmNotSupported { algorithm } => about(
            algorithm,
            "Algorithme non pris en charge : {}.",
            "Algorithm not supported: {}.",
        ),
        F::AlgorithmRefused { algorithm } => about(
            algorithm,
            "Algorithme trop faible, refusé : {}.",
            "Algorithm too weak, refused: {}.",
        ),
        F::KeyTooSmall { bits } => Said::new(
            format!("La clé de {bits} bits est trop courte."),
            format!("The key of {bits} bits is too short."),
        ),
        F::KeySmall { bits } => Said::new(
            format!("La clé RSA de {bits} bits est déconseillée depuis 2026."),
            format!("The RSA key of {bits} bits is advised against since 2026."),
        ),
        F::SignaturePolicyNotAvailable { identifier } => about(
            identifier,
            "La signature suit une politique qui n’est pas disponible : {}.",
            "The signature follows a policy that is not available: {}.",
        ),
        F::MediaTypeNotSigned { name } => about(
            name,
            "Le type du fichier {} n’est pas signé.",
            "The type of the file {} is not signed.",
        ),
        F::ClaimedTimeAheadOfProven => Said::new(
            "L’heure déclarée est postérieure à l’heure prouvée.",
            "The claimed time is after the proven time.",
        ),
        F::ClaimedTimeInFuture => Said::new(
            "L’heure déclarée est dans le futur.",
            "The claimed time is in the future.",
        ),
        F::FormatNotSupported => Said::new(
            "Ce format de signature n’est pas pris en charge : elle n’est pas vérifiée.",
            "This signature format is not supported: it is not verified.",
        ),
        F::CounterSignaturesNotEvaluated { count } => Said::new(
            format!("Contre-signatures présentes, non évaluées : {count}."),
            format!("Counter-signatures present, not evaluated: {count}."),
        ),
        F::ArchiveTimeStampNotEvaluated { count } => Said::new(
            format!("Horodatages d’archive présents, non évalués : {count}."),
            format!("Archive time-stamps present, not evaluated: {count}."),
        ),
        F::ContentTimeStampNotEvaluated { count } => Said::new(
            format!("Horodatages du contenu présents, non évalués : {count}."),
            format!("Content time-stamps present, not evaluated: {count}."),
        ),
        F::LongTermDataNotEvaluated => Said::new(
            "Les données de longue durée de cette signature ne sont pas évaluées.",
            "The long-term data of this signature are not evaluated.",
        ),
        F::TimeStampUnreadable => Said::new(
            "L’horodatage est illisible.",
            "The time-stamp cannot be read.",
        ),
        F::TimeStampOfOtherData => Said::new(
            "L’horodatage porte sur autre chose que cette signature.",
            "The time-stamp is over something else than this signature.",
        ),
        F::TimeStampValueWrong => Said::new(
            "La signature de l’horodatage est fausse.",
            "The time-stamp’s own signature is wrong.",
        ),
        F::TimeStampPurposeMissing => Said::new(
            "Le certificat de l’horodatage ne permet pas d’horodater.",
            "The time-stamp’s certificate is not one for time-stamping.",
        ),
        F::TimeNotProven => Said::new(
            "L’horodatage ne prouve rien : seule l’heure déclarée reste.",
            "The time-stamp proves nothing: only the claimed time is left.",
        ),
        _ => return None,
    })
}
