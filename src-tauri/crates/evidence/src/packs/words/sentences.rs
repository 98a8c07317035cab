//! The sentences of the readable page.

use crate::packs::contents::Language;

macro_rules! sentences {
    ($($name:ident: $french:literal, $english:literal;)*) => {
        /// A sentence or a label of the readable page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::packs) enum Sentence {
            $($name,)*
        }

        impl Sentence {
            #[cfg(test)]
            pub(in crate::packs) const ALL: &[Self] = &[$(Self::$name,)*];

            pub(in crate::packs) fn in_language(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::French) => $french,
                      (Self::$name, Language::English) => $english,)*
                }
            }
        }
    };
}

sentences! {
    Title: "Dossier de preuve scellé {reference}", "Sealed evidence pack {reference}";
    SelectionTitle: "Dossier de preuve scellé : {count} dossiers", "Sealed evidence pack: {count} dossiers";
    SandboxBanner: "SIMULATION : bac à sable, aucune personne réelle, aucune valeur de preuve", "SIMULATION: sandbox, no real person, no value as evidence";
    PreProductionBanner: "TEST : pré-production, aucune valeur de preuve", "TEST: pre-production, no value as evidence";
    IncompleteBanner: "INCOMPLET : {count} pièce(s) manquante(s), voir « Pièces manquantes »", "INCOMPLETE: {count} piece(s) missing, see “Missing pieces”";
    Complete: "Complet : toutes les pièces attendues sont dans ce dossier.", "Complete: every expected piece is in this pack.";
    Summary: "Ceci est une synthèse faite par ID360 Desk. Elle n’a pas la valeur du rapport d’ID360 ni des originaux.", "This is a summary made by ID360 Desk. It does not carry the weight of ID360’s report or of the originals.";
    Reference: "Référence", "Reference";
    Verdict: "Verdict d’ID360", "ID360's verdict";
    NoVerdict: "Pas encore de verdict", "No verdict yet";
    Level: "Niveau d’identification", "Identification level";
    Method: "Méthode d’identification", "Identification method";
    NotStated: "non indiqué par ID360", "not stated by ID360";
    Completeness: "État du dossier de preuve", "State of this pack";
    CompleteShort: "complet", "complete";
    IncompleteShort: "INCOMPLET", "INCOMPLETE";
    Causes: "Pourquoi ce verdict", "Why this verdict";
    NoCause: "ID360 rend KO sans motif lisible dans le rapport. Causes possibles : nombre d’appareils dépassé, règle récente.", "ID360 says KO with no readable reason in the report. Possible: too many devices, a recent rule.";
    InSpite: "ID360 a rendu son verdict en dépit de ces écarts : le parcours les admet.", "ID360 gave its verdict in spite of these differences: the process allows them.";
    CauseCode: "Code d’ID360", "ID360's code";
    CausePlace: "Emplacement dans le rapport", "Place in the report";
    Described: "{sentence} Mots d’ID360 : « {description} ».", "{sentence} ID360’s words: “{description}”.";
    AtPlace: "{sentence} Endroit : {where}.", "{sentence} Place: {where}.";
    CodeAndWords: "{code} : {message}", "{code}: {message}";
    PlaceNotStated: "endroit non précisé", "place not stated";
    Identity: "Identité selon ID360", "Identity according to ID360";
    NoIdentity: "Le rapport ne donne aucune identité.", "The report gives no identity.";
    Doubtful: "{value} (à vérifier : valeur impossible)", "{value} (check: impossible value)";
    Facts: "Le dossier", "The dossier";
    EnrollmentId: "Numéro ID360", "ID360 number";
    Environment: "Environnement", "Environment";
    Production: "Production", "Production";
    PreProduction: "Pré-production", "Pre-production";
    Sandbox: "Bac à sable", "Sandbox";
    Process: "Parcours", "Process";
    CreatedAt: "Créé le", "Created on";
    StartedAt: "Commencé le", "Started on";
    FinishedAt: "Terminé le", "Finished on";
    Pieces: "Pièces", "Pieces";
    PiecesLead: "Chaque original est tel qu’ID360 l’a servi, octet pour octet.", "Each original is as ID360 served it, byte for byte.";
    NoPiece: "Aucune pièce.", "No piece.";
    Sha256: "SHA-256", "SHA-256";
    Received: "Reçu le", "Received on";
    SourceCall: "Appel", "Call";
    Size: "Taille", "Size";
    Bytes: "{count} octets", "{count} bytes";
    Md5: "MD5 du rapport", "Report's MD5";
    Md5Agrees: "concorde", "agrees";
    Md5Differs: "DIFFÈRE", "DIFFERS";
    Md5NotStated: "non indiqué", "not stated";
    Rehashed: "Relu intact le", "Found intact on";
    Never: "pas encore", "not yet";
    MissingPieces: "Pièces manquantes", "Missing pieces";
    Reason: "Motif", "Reason";
    NotCaptured: "Elle n’a pas été gardée et ne peut pas être demandée maintenant.", "It was not kept and cannot be asked for now.";
    Gone: "ID360 ne l’a plus.", "ID360 no longer has it.";
    RefusedByProvider: "ID360 n’a pas voulu ou pas pu la donner.", "ID360 would not or could not give it.";
    Lost: "Elle avait été gardée et n’est plus sur le disque.", "It had been kept and is no longer on the disk.";
    Altered: "Ce qui est gardé n’est plus ce qui avait été reçu.", "What is kept is no longer what was received.";
    Unreadable: "Le disque n’a pas pu la lire.", "The disk could not read it.";
    Verification: "Vérification des signatures", "Verification of signatures";
    NoVerification: "Aucune pièce signée n’a été vérifiée.", "No signed piece was verified.";
    VerifiedAt: "Vérifié le", "Verified on";
    Result: "Résultat", "Result";
    TotalPassed: "TOTAL-PASSED : contenu intact, signature reconnue", "TOTAL-PASSED: content whole, signature recognised";
    Indeterminate: "INDETERMINATE : rien n’est faux, mais la preuve n’est pas entière", "INDETERMINATE: nothing is wrong, but the proof is not whole";
    TotalFailed: "TOTAL-FAILED : le contenu ne correspond pas à la signature", "TOTAL-FAILED: the content does not match the signature";
    Decisions: "Décision de l’établissement", "Decision of the institution";
    NoDecision: "Aucune décision notée.", "No decision noted.";
    Choice: "Choix", "Choice";
    Accepted: "Accepté", "Accepted";
    RefusedChoice: "Refusé", "Refused";
    MoreWanted: "À compléter", "More wanted";
    Note: "Note", "Note";
    At: "Date", "Date";
    By: "Par", "By";
    TheDesk: "le poste", "the desk";
    Journal: "Extrait du journal", "Journal extract";
    JournalLead: "{shown} dernières lignes sur {total} ; toutes sont dans {file}.", "Last {shown} of {total} lines; all of them are in {file}.";
    NoJournal: "Le journal ne dit rien de ce dossier.", "The journal says nothing of this dossier.";
    Act: "Acte", "Act";
    Detail: "Détail", "Detail";
    Deadlines: "Échéances chez ID360", "Deadlines at ID360";
    NoDeadline: "Aucune échéance connue.", "No known deadline.";
    DocumentsUntil: "Documents, jusqu’au", "Documents, until";
    ReportUntil: "Rapport (compte application), jusqu’au", "Report (application account), until";
    ReportForUsersUntil: "Rapport (compte utilisateur), jusqu’au", "Report (user account), until";
    Seal: "Scellé", "Seal";
    SealLead: "La liste des fichiers et le manifeste sont signés (Ed25519) par ce poste. Comparez l’empreinte ci-dessous avec celle que l’établissement vous a donnée par une autre voie ; LISEZMOI.txt dit comment tout vérifier.", "The list of files and the manifest are signed (Ed25519) by this desk. Compare the fingerprint below with the one that the institution gave you through another channel; README.txt tells how to check everything.";
    KeyFingerprint: "Empreinte de la clé", "Key fingerprint";
    MadeAt: "Produit le", "Made on";
    MadeBy: "Produit par", "Made by";
    Program: "Programme", "Program";
    TimesAreUtc: "Toutes les heures sont en temps universel (UTC).", "All times are in universal time (UTC).";
    PageOf: "page {page} sur {pages}", "page {page} of {pages}";
    Dossier: "Dossier", "Dossier";
    Nameless: "Dossier sans référence", "Dossier without a reference";
}
