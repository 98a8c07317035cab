//! Why a dossier is KO, in a sentence for internal use (product.md §8.6). `{where}` and `{code}` are filled in.

use super::Words;

/// By published code.
pub(in crate::packs) const CODES: Words = &[
    (
        "ACCOUNT_MISSING_EMAIL",
        "Adresse e-mail manquante au compte.",
        "E-mail missing on the account.",
    ),
    (
        "COV_FAILED",
        "Contraintes du parcours non respectées (par exemple pièces manquantes ; vérifiez aussi le nombre d’appareils).",
        "Process constraints not met (e.g. missing pieces; also check the number of devices).",
    ),
    (
        "EIM_RESPONSE_KO",
        "Le moyen d’identification ({where}) répond non.",
        "The identification means ({where}) says no.",
    ),
    (
        "EIM_SECURITY_FAILED",
        "Contrôle de sécurité échoué avec {where} (rejeu, interposition…).",
        "A security check failed with {where} (replay, interception…).",
    ),
    (
        "EIM_TIMEOUT",
        "Le moyen d’identification n’a pas répondu à temps.",
        "The identification means did not answer in time.",
    ),
    (
        "EIM_WRONG_CREDENTIAL",
        "Les accès au moyen d’identification sont refusés : réglage à revoir.",
        "Access to the identification means is refused: check the set-up.",
    ),
    (
        "EIM_WRONG_REQUEST",
        "Échange non compris avec le moyen d’identification.",
        "Exchange with the identification means not understood.",
    ),
    ("ERL_DELETE", "Dossier effacé.", "Dossier removed."),
    (
        "ERL_TIMEOUT",
        "Délai du parcours dépassé.",
        "The process took too long.",
    ),
    (
        "MDL_CHALLENGE_NOT_MET",
        "Un modèle donne un score sous le seuil : {where}.",
        "A model’s score is under its threshold: {where}.",
    ),
    (
        "MDL_INPUT_INVALID",
        "Image illisible, abîmée ou du mauvais type (par exemple MRZ non lue).",
        "Image unreadable, damaged or of the wrong kind (e.g. MRZ not read).",
    ),
    (
        "MDL_RESPONSE_INVALID",
        "Réponse d’un modèle inutilisable. Incident chez ID360.",
        "A model’s answer is unusable. ID360 incident.",
    ),
    (
        "SEC_DATA_INJECTION",
        "Injection de données détectée. Alertez la conformité.",
        "Data injection detected. Alert compliance.",
    ),
    (
        "SVC_RESPONSE_INVALID",
        "Un service externe a mal répondu.",
        "An outside service answered badly.",
    ),
    (
        "UNKNOWN_ERROR",
        "ID360 signale une erreur sans la préciser.",
        "ID360 reports an error without naming it.",
    ),
    (
        "VLD_DOCUMENT_INVALID",
        "Un justificatif ne passe pas ses contrôles (nom absent, date trop ancienne…).",
        "A supporting document fails its checks (name missing, too old…).",
    ),
    (
        "VLD_ID_INVALID",
        "La pièce d’identité est écartée (périmée, type ou format non reconnu).",
        "The ID document is set aside (expired, type or format not recognised).",
    ),
    (
        "VLD_RULE_ERROR",
        "Une règle du parcours est mal écrite. Ce n’est pas la faute du client. Prévenez l’administrateur.",
        "A process rule is badly written. Not the customer’s fault. Tell the administrator.",
    ),
    (
        "VLD_VALIDATION_KO",
        "Des règles du parcours ne sont pas respectées ; les règles en cause sont listées dessous.",
        "Some process rules are not met; they are listed below.",
    ),
];

/// By rule of the process.
pub(in crate::packs) const RULES: Words = &[
    (
        "IDENTITY.BIRTH_DATE.birth_date",
        "La date de naissance saisie diffère de celle de la pièce.",
        "The date of birth typed differs from the document’s.",
    ),
    (
        "IDENTITY_DOCUMENT.expired",
        "La pièce d’identité est périmée.",
        "The ID document has expired.",
    ),
    (
        "IDENTITY.FIRST_NAME.first_name",
        "Le prénom saisi diffère de celui de la pièce.",
        "The first name typed differs from the document’s.",
    ),
    (
        "IDENTITY_DOCUMENT.mrz",
        "La bande de lecture (MRZ) de la pièce n’est pas cohérente.",
        "The document’s machine-readable zone (MRZ) is not consistent.",
    ),
    (
        "IDENTITY.NAME.name",
        "Le nom saisi diffère de celui de la pièce, nom d’usage et nom de naissance compris.",
        "The last name typed differs from the document’s, usage and birth names included.",
    ),
    (
        "KBIS.SIREN.siren",
        "Le SIREN du Kbis ne correspond pas à celui attendu.",
        "The SIREN of the Kbis does not match the one expected.",
    ),
];
