//! What the words of ID360 and of the journal mean, keyed by the words themselves.

use super::Words;

/// Statuses of a dossier.
pub(in crate::packs) const STATUSES: Words = &[
    ("CANCELED", "Délai dépassé", "Timed out"),
    ("DELETED", "Effacé chez ID360", "Removed at ID360"),
    ("DISCONTINUED", "Interrompu", "Stopped"),
    ("FAILED", "Incident ID360", "ID360 failure"),
    ("KO", "Non conforme", "Not passed"),
    ("NEW", "Créé", "Created"),
    ("OK", "Conforme", "Passed"),
    ("STARTED", "Commencé", "Started"),
];

/// Identification levels.
pub(in crate::packs) const LEVELS: Words = &[
    ("HIGH", "Élevé", "High"),
    ("LOW", "Faible", "Low"),
    ("SUBSTANTIAL", "Substantiel", "Substantial"),
];

/// Identification services.
pub(in crate::packs) const METHODS: Words = &[
    (
        "IdNumericExternalMethod",
        "L’Identité Numérique La Poste",
        "La Poste digital identity",
    ),
    ("SVID_ID360", "Parcours en ligne", "Online process"),
];

/// Fields of an identity.
pub(in crate::packs) const IDENTITY: Words = &[
    ("address", "Adresse", "Address"),
    ("birth_country", "Pays de naissance", "Country of birth"),
    ("birth_date", "Date de naissance", "Date of birth"),
    ("birth_name", "Nom de naissance", "Birth name"),
    ("birth_place", "Lieu de naissance", "Place of birth"),
    ("city", "Ville", "City"),
    ("country", "Pays", "Country"),
    ("email", "E-mail", "E-mail"),
    ("first_name", "Prénom", "First name"),
    ("first_names", "Prénoms", "First names"),
    ("gender", "Sexe", "Gender"),
    ("name", "Nom", "Last name"),
    ("phone_number", "Téléphone", "Phone"),
    ("zip_code", "Code postal", "Postcode"),
];

/// Where a cause was found: a step, a family of documents, an electronic method, or the whole dossier.
pub(in crate::packs) const PLACES: Words = &[
    ("ID360", "ensemble du dossier", "whole dossier"),
    (
        "ar24_in_back",
        "Pièce d’identité, verso",
        "ID document, back",
    ),
    (
        "ar24_in_front",
        "Pièce d’identité, recto",
        "ID document, front",
    ),
    ("bank_details", "RIB", "Bank details"),
    ("car_registration", "Carte grise", "Vehicle registration"),
    ("digital identity", "identité numérique", "digital identity"),
    (
        "facecomparison",
        "Comparaison des visages",
        "Face comparison",
    ),
    ("fake_id_photo", "Photo authentique", "Genuine photo"),
    ("fake_photo_id", "Photo authentique", "Genuine photo"),
    (
        "health_insurance_card",
        "Carte de mutuelle",
        "Complementary health insurance card",
    ),
    ("id_document", "Pièce d’identité", "ID document"),
    (
        "id_document_mandat",
        "Pièce d’identité du mandataire",
        "Mandate holder’s ID document",
    ),
    (
        "id_document_mandate",
        "Pièce d’identité du mandataire",
        "Mandate holder’s ID document",
    ),
    ("id_num", "identité numérique", "digital identity"),
    ("idd", "Pièce d’identité", "ID document"),
    ("identity", "Pièce d’identité", "ID document"),
    ("identity_document", "Pièce d’identité", "ID document"),
    (
        "income_tax",
        "Avis d’impôt sur le revenu",
        "Income tax notice",
    ),
    (
        "income_tax_notice",
        "Avis d’impôt sur le revenu",
        "Income tax notice",
    ),
    ("kbis", "Kbis", "Company register extract"),
    ("liveness", "Preuve de vie", "Liveness"),
    ("mandate", "Mandat", "Mandate"),
    ("other", "Autre document", "Other document"),
    ("pay_slip", "Bulletin de paie", "Pay slip"),
    ("phone_detection", "Photo d’écran", "Photo of a screen"),
    (
        "proof_of_address",
        "Justificatif de domicile",
        "Proof of address",
    ),
    ("property_tax", "Taxe foncière", "Property tax notice"),
    (
        "property_tax_notice",
        "Taxe foncière",
        "Property tax notice",
    ),
    ("selfie", "Selfie", "Selfie"),
    (
        "social_security_card",
        "Carte Vitale",
        "Social security card",
    ),
    ("validation", "Contrôles de cohérence", "Consistency checks"),
    ("voice", "Voix", "Voice"),
];

/// Acts of the journal.
pub(in crate::packs) const ACTS: Words = &[
    ("account_changed", "Changement de compte", "Account changed"),
    (
        "answer_kept",
        "Réponse d’ID360 gardée",
        "ID360’s answer kept",
    ),
    ("attached", "Rattaché à un numéro", "Attached to a number"),
    ("backed_up", "Sauvegarde faite", "Backup made"),
    ("capture_ended", "Capture terminée", "Capture ended"),
    ("capture_asked", "Capture demandée", "Capture asked for"),
    (
        "capture_policy_changed",
        "Règle de capture changée",
        "Capture rule changed",
    ),
    ("captured", "Pièce capturée", "Piece captured"),
    ("closed", "Clos sans création", "Closed, not created"),
    ("created", "Créé chez ID360", "Created at ID360"),
    ("decided", "Décision prise", "Decision taken"),
    ("documents_kept", "Documents gardés", "Documents kept"),
    ("evidence_damaged", "Preuve endommagée", "Evidence damaged"),
    (
        "evidence_verified",
        "Preuves vérifiées",
        "Evidence verified",
    ),
    (
        "expected_added",
        "Donnée à comparer ajoutée",
        "Datum to compare added",
    ),
    (
        "expected_pushed",
        "Donnée à comparer transmise",
        "Datum to compare sent",
    ),
    ("exported", "Liste exportée", "List exported"),
    ("file_verified", "Fichier vérifié", "File verified"),
    ("idclaim_kept", "Preuve signée gardée", "Signed proof kept"),
    ("imported", "Importé", "Imported"),
    ("interrupted", "Interruption demandée", "Stop asked for"),
    ("journal_exported", "Journal exporté", "Journal exported"),
    (
        "journal_pruned",
        "Entrées anciennes effacées",
        "Old entries removed",
    ),
    (
        "journal_restarted",
        "Journal repris à neuf",
        "Journal started anew",
    ),
    ("journal_verified", "Journal vérifié", "Journal verified"),
    ("link_copied", "Lien copié", "Link copied"),
    (
        "link_mailed",
        "Lien mis dans un e-mail",
        "Link put into an e-mail",
    ),
    (
        "link_shown",
        "Lien montré en QR code",
        "Link shown as a QR code",
    ),
    ("lock_opened", "Poste déverrouillé", "Desk unlocked"),
    ("locked", "Poste verrouillé", "Desk locked"),
    ("opened", "Lien du client ouvert", "Customer’s link opened"),
    ("outcome_unknown", "Issue inconnue", "Outcome unknown"),
    (
        "pack_made",
        "Dossier de preuve scellé fait",
        "Sealed evidence pack made",
    ),
    (
        "policy_changed",
        "Délais ou politique changés",
        "Windows or policy changed",
    ),
    ("prepared", "Préparé", "Prepared"),
    ("refused", "Refusé à la création", "Refused at creation"),
    (
        "rekeyed",
        "Clé du registre renouvelée",
        "Register’s key renewed",
    ),
    ("report_asked", "Rapport demandé", "Report asked for"),
    ("report_kept", "Rapport gardé", "Report kept"),
    (
        "restored",
        "Repris du journal des créations",
        "Restored from the creation journal",
    ),
    ("restored_backup", "Sauvegarde reprise", "Backup restored"),
    (
        "return_refused",
        "Retour du navigateur refusé",
        "Browser return refused",
    ),
    (
        "returned",
        "Navigateur du client revenu",
        "Customer’s browser came back",
    ),
    (
        "returned_to_ready",
        "Non traité, prêt à renvoyer",
        "Not processed, ready again",
    ),
    ("revealed", "Donnée masquée affichée", "Masked datum shown"),
    ("saved", "Fichier enregistré", "File saved"),
    ("sent", "Envoyé à ID360", "Sent to ID360"),
    ("settings_changed", "Paramètres changés", "Settings changed"),
    ("sign_in_refused", "Connexion refusée", "Sign-in refused"),
    ("signed_in", "Connexion", "Signed in"),
    ("signed_out", "Déconnexion", "Signed out"),
    ("status_changed", "Statut changé", "Status changed"),
    ("tagged", "Étiquettes changées", "Tags changed"),
    ("treated", "Marqué traité", "Marked as handled"),
    (
        "trust_changed",
        "Certificats de confiance changés",
        "Trusted certificates changed",
    ),
    ("unlocked", "Registre ouvert", "Register opened"),
    ("untreated", "Remis à traiter", "Marked to handle again"),
    ("view_removed", "Vue retirée", "View removed"),
    ("view_saved", "Vue enregistrée", "View saved"),
    ("viewed", "Document consulté", "Document viewed"),
    ("warned", "Échéance annoncée", "Deadline announced"),
];
