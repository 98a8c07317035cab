//! Why a dossier is KO, in a sentence for internal use, word for word as the window says it. `{where}`, `{code}`,
//! `{message}` and `{cause}`, which is all three, are filled in.

use crate::explaining::Statement;
use crate::packs::contents::Language;

macro_rules! statements {
    ($($name:ident: $french:literal, $english:literal;)*) => {
        #[cfg(test)]
        pub(in crate::packs) const STATEMENTS: &[Statement] = &[$(Statement::$name,)*];

        pub(in crate::packs) fn of_statement(
            statement: Statement,
            language: Language,
        ) -> &'static str {
            match (statement, language) {
                $((Statement::$name, Language::French) => $french,
                  (Statement::$name, Language::English) => $english,)*
            }
        }
    };
}

statements! {
    InjectionDetected: "Injection de données détectée. Alertez la conformité.", "Data injection detected. Alert compliance.";
    MethodSecurity: "Contrôle de sécurité échoué avec {where} (rejeu, interposition…).", "A security check failed with {where} (replay, interception…).";
    ScreenPhotographed: "La pièce semble photographiée sur un écran.", "The document seems to be a photograph of a screen.";
    PhotoForged: "La photo de la pièce semble avoir été modifiée ou remplacée.", "The photo on the document seems to have been altered or replaced.";
    DocumentExpired: "La pièce d’identité est périmée.", "The ID document has expired.";
    DocumentRefused: "La pièce d’identité est écartée (périmée, type ou format non reconnu).", "The ID document is set aside (expired, type or format not recognised).";
    DocumentIncoherent: "La bande de lecture (MRZ) de la pièce n’est pas cohérente.", "The document’s machine-readable zone (MRZ) is not consistent.";
    IssuedInTheFuture: "La date de délivrance lue sur la pièce est dans le futur.", "The date of issue read on the document is in the future.";
    DocumentBelowThreshold: "Un modèle donne un score sous le seuil : {where}.", "A model’s score is under its threshold: {where}.";
    NameDiffers: "Le nom saisi diffère de celui de la pièce, nom d’usage et nom de naissance compris.", "The last name typed differs from the document’s, usage and birth names included.";
    FirstNameDiffers: "Le prénom saisi diffère de celui de la pièce.", "The first name typed differs from the document’s.";
    BirthDateDiffers: "La date de naissance saisie diffère de celle de la pièce.", "The date of birth typed differs from the document’s.";
    SirenDiffers: "Le SIREN du Kbis ne correspond pas à celui attendu.", "The SIREN of the Kbis does not match the one expected.";
    ValuesDiffer: "Deux valeurs qui devraient être les mêmes diffèrent.", "Two values that should be the same differ.";
    MethodRefused: "Le moyen d’identification ({where}) répond non.", "The identification means ({where}) says no.";
    FaceDiffers: "Le visage du selfie n’est pas reconnu comme celui de la pièce.", "The face of the selfie is not recognised as the one on the document.";
    LivenessMissed: "La preuve de vie n’a pas abouti.", "The liveness challenge was not met.";
    SupportingRefused: "Un justificatif ne passe pas ses contrôles (nom absent, date trop ancienne…).", "A supporting document fails its checks (name missing, too old…).";
    ConstraintsNotMet: "Contraintes du parcours non respectées (par exemple pièces manquantes ; vérifiez aussi le nombre d’appareils).", "Process constraints not met (e.g. missing pieces; also check the number of devices).";
    RuleFailed: "La règle {code} du parcours n’est pas respectée.", "The process rule {code} is not met.";
    CheckFailed: "Un contrôle de cohérence du parcours n’est pas respecté.", "A consistency check of the process is not met.";
    RulesNotMet: "Des règles du parcours ne sont pas respectées ; le rapport ne détaille que les causes listées ici.", "Some process rules are not met; the report details no more than the causes listed here.";
    RuleBroken: "Une règle du parcours est mal écrite. Ce n’est pas la faute du client. Prévenez l’administrateur.", "A process rule is badly written. Not the customer’s fault. Tell the administrator.";
    ImageUnusable: "Image illisible, abîmée ou du mauvais type (par exemple MRZ non lue).", "Image unreadable, damaged or of the wrong kind (e.g. MRZ not read).";
    BelowThreshold: "Un modèle donne un score sous le seuil : {where}.", "A model’s score is under its threshold: {where}.";
    ModelAnswerUnusable: "Réponse d’un modèle inutilisable. Incident chez ID360.", "A model’s answer is unusable. ID360 incident.";
    MethodCredentials: "Les accès au moyen d’identification sont refusés : réglage à revoir.", "Access to the identification means is refused: check the set-up.";
    MethodExchange: "Échange non compris avec le moyen d’identification.", "Exchange with the identification means not understood.";
    MethodSilent: "Le moyen d’identification n’a pas répondu à temps.", "The identification means did not answer in time.";
    MethodFailed: "Le moyen d’identification « {where} » n’a pas abouti.", "The identification means “{where}” did not succeed.";
    TimeExceeded: "Délai du parcours dépassé.", "The process took too long.";
    DossierDeleted: "Dossier effacé.", "Dossier removed.";
    ServiceAnswer: "Un service externe a mal répondu.", "An outside service answered badly.";
    EmailMissing: "Adresse e-mail manquante au compte.", "E-mail missing on the account.";
    StepFailed: "L’étape « {where} » est en échec.", "The step “{where}” failed.";
    DocumentSetAside: "Le document « {where} » est écarté.", "The document “{where}” is set aside.";
    ReasonGiven: "ID360 ne donne que ce motif : « {message} ».", "ID360 gives this reason only: “{message}”.";
    Unspecified: "Cause non documentée : {cause}.", "Undocumented cause: {cause}.";
    Undocumented: "Cause non documentée : {cause}.", "Undocumented cause: {cause}.";
}
