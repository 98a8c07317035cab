//! About the container and what is in it.

use asice::{Finding, Refusal};

use super::{Said, about};

pub(super) fn sentence(finding: &Finding) -> Option<Said> {
    use Finding as F;
    Some(match finding {
        F::MimetypeMissing => Said::new(
            "Le conteneur ne dit pas son type (fichier « mimetype » absent).",
            "The container does not state its type (no “mimetype” file).",
        ),
        F::MimetypeWrong { found } => about(
            found,
            "Le conteneur se dit d’un autre type : {}.",
            "The container says it is of another type: {}.",
        ),
        F::MimetypeNotFirst => Said::new(
            "Le type du conteneur n’est pas rangé comme la norme le demande.",
            "The container’s type is not stored as the standard asks.",
        ),
        F::ManifestMissing => Said::new(
            "L’inventaire du conteneur (META-INF/manifest.xml) est absent.",
            "The container’s inventory (META-INF/manifest.xml) is absent.",
        ),
        F::ManifestUnreadable => Said::new(
            "L’inventaire du conteneur est illisible.",
            "The container’s inventory cannot be read.",
        ),
        F::ManifestMediaTypeWrong => Said::new(
            "L’inventaire indique un autre type de conteneur.",
            "The inventory states another type of container.",
        ),
        F::ManifestNamesAbsentFile { name } => about(
            name,
            "L’inventaire nomme un fichier absent : {}.",
            "The inventory names a file that is not there: {}.",
        ),
        F::FileNotInManifest { name } => about(
            name,
            "Un fichier manque à l’inventaire : {}.",
            "A file is not in the inventory: {}.",
        ),
        F::NoDataFile => Said::new(
            "Le conteneur ne contient aucun fichier à signer.",
            "The container holds no file to sign.",
        ),
        F::TwinNames { name } => about(
            name,
            "Deux fichiers ont presque le même nom : {}.",
            "Two files have nearly the same name: {}.",
        ),
        F::FileInMetaInf { name } => about(
            name,
            "Un fichier de META-INF n’est ni signature ni inventaire, et ne compte pas parmi les fichiers : {}.",
            "A file of META-INF is neither signature nor inventory, and does not count among the files: {}.",
        ),
        F::UnaccountedBytes { bytes } => Said::new(
            format!("{bytes} octets du fichier n’appartiennent à rien."),
            format!("{bytes} bytes of the file belong to nothing."),
        ),
        F::ChecksumWrong { name } => about(
            name,
            "La somme de contrôle est fausse : {}.",
            "The checksum is wrong: {}.",
        ),
        F::EntryDamaged { name } => about(
            name,
            "Le fichier {} ne peut pas être décompressé.",
            "The file {} cannot be inflated.",
        ),
        F::LongTermEvidenceNotEvaluated { name } => about(
            name,
            "Preuve de longue durée présente, non évaluée : {}.",
            "Long-term evidence present, not evaluated: {}.",
        ),
        F::FileAltered { name } => about(
            name,
            "Le contenu de {} ne correspond pas à la signature.",
            "The content of {} does not match the signature.",
        ),
        F::FileMissing { name } => about(
            name,
            "Le fichier signé {} n’est pas dans le conteneur.",
            "The signed file {} is not in the container.",
        ),
        F::FileNotSigned { name } => about(
            name,
            "Aucune signature ne couvre {}.",
            "No signature covers {}.",
        ),
        F::SignedPropertiesAltered => Said::new(
            "Ce que le signataire déclare (heure, certificat) a été modifié.",
            "What the signer states (time, certificate) was changed.",
        ),
        F::ManifestAltered => Said::new(
            "La liste signée des fichiers a été modifiée.",
            "The signed list of files was changed.",
        ),
        F::Refused(refusal) => refused(refusal),
        _ => return None,
    })
}

fn refused(refusal: &Refusal) -> Said {
    use Refusal as R;
    match refusal {
        R::NotAZip => Said::new(
            "Ce n’est pas une archive ZIP entière.",
            "This is not a whole ZIP archive.",
        ),
        R::DirectoryDamaged => Said::new(
            "Le répertoire de l’archive est abîmé ou coupé.",
            "The archive’s directory is damaged or cut.",
        ),
        R::LayoutNotSupported => Said::new(
            "L’archive est en plusieurs volumes ou au format zip64.",
            "The archive has several volumes or is zip64.",
        ),
        R::ContainerTooLarge { limit, .. } => Said::new(
            format!("Le conteneur dépasse la limite de {limit} octets."),
            format!("The container is over the limit of {limit} bytes."),
        ),
        R::TooManyEntries { entries, limit } => Said::new(
            format!("Le conteneur annonce {entries} fichiers, pour {limit} admis."),
            format!("The container announces {entries} files; {limit} are admitted."),
        ),
        R::EntryTooLarge { name, limit } => about(
            name,
            &format!("Le fichier {{}} dépasse {limit} octets une fois décompressé."),
            &format!("The file {{}} is over {limit} bytes once inflated."),
        ),
        R::TotalTooLarge { limit } => Said::new(
            format!("Les fichiers dépassent {limit} octets une fois décompressés."),
            format!("The files are over {limit} bytes once inflated."),
        ),
        R::RatioTooHigh { name, limit } => about(
            name,
            &format!("Le fichier {{}} se décompresse plus de {limit} fois : une bombe."),
            &format!("The file {{}} inflates more than {limit} times: a bomb."),
        ),
        R::UnsafeName { name } => about(
            name,
            "Un fichier porte un nom dangereux : {}.",
            "A file has a dangerous name: {}.",
        ),
        R::DuplicateEntry { name } => about(
            name,
            "Deux fichiers portent le même nom : {}.",
            "Two files have the same name: {}.",
        ),
        R::EncryptedEntry { name } => about(
            name,
            "Un fichier est chiffré : {}.",
            "A file is encrypted: {}.",
        ),
        R::CompressionNotSupported { name, .. } => about(
            name,
            "Un fichier est comprimé d’une façon non admise : {}.",
            "A file is compressed in a way that is not admitted: {}.",
        ),
        R::HeadersDiffer { name } => about(
            name,
            "L’archive dit deux choses différentes du fichier {}.",
            "The archive says two different things of the file {}.",
        ),
        R::OverlappingEntry { name } => about(
            name,
            "Un fichier en recouvre un autre : {}.",
            "A file lies over another one: {}.",
        ),
        R::SymbolicLink { name } => about(
            name,
            "Un fichier est un lien vers un autre endroit : {}.",
            "A file is a link to another place: {}.",
        ),
    }
}
