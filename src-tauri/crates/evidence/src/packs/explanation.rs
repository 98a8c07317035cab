//! `LISEZMOI.txt` and `README.txt`: how anyone checks a pack with ordinary tools.

use super::contents::EnvironmentKind;
use super::manifest::{KEY, MANIFEST, MANIFEST_SIGNATURE, SUMS, SUMS_SIGNATURE};
use super::signing;

pub(super) const FRENCH: &str = "LISEZMOI.txt";
pub(super) const ENGLISH: &str = "README.txt";

/// What the explanation depends on.
pub(super) struct About<'a> {
    pub(super) dossiers: usize,
    pub(super) missing: usize,
    /// The least real of them.
    pub(super) environment: EnvironmentKind,
    pub(super) fingerprint: &'a str,
    pub(super) made_at: &'a str,
}

/// The commands, those of the tests too: a line that begins with four spaces.
fn commands() -> [String; 4] {
    [
        format!("    sha256sum -c {SUMS}"),
        format!(
            "    openssl pkeyutl -verify -pubin -inkey {KEY} -rawin -in {SUMS} -sigfile {SUMS_SIGNATURE}"
        ),
        format!(
            "    openssl pkeyutl -verify -pubin -inkey {KEY} -rawin -in {MANIFEST} -sigfile {MANIFEST_SIGNATURE}"
        ),
        format!("    openssl pkey -pubin -in {KEY} -outform DER | openssl dgst -sha256"),
    ]
}

pub(super) fn french(about: &About<'_>) -> String {
    let [sums, signed_sums, signed_manifest, key] = commands();
    let mut head = match about.environment {
        EnvironmentKind::Production => String::new(),
        EnvironmentKind::PreProduction => {
            "TEST : pré-production, aucune valeur de preuve.\n\n".to_owned()
        }
        EnvironmentKind::Sandbox => {
            "SIMULATION : bac à sable, aucune personne réelle, aucune valeur de preuve.\n\n"
                .to_owned()
        }
    };
    if about.missing > 0 {
        head.push_str(&format!(
            "INCOMPLET : {} pièce(s) manquante(s). La page lisible de chaque dossier et {MANIFEST} disent \
             lesquelles et pourquoi.\n\n",
            about.missing
        ));
    }
    format!(
        "DOSSIER DE PREUVE SCELLÉ\n\n\
         {head}\
         Produit le {made_at} (temps universel) ; {dossiers} dossier(s).\n\n\
         Ce qu'il contient\n\n\
         - Un répertoire par dossier : les originaux dans « originaux », octet pour octet tels qu'ID360 les a \
         servis ; la page lisible en HTML et en PDF ; l'extrait du journal ; le résultat des vérifications.\n\
         - {MANIFEST} : pour chaque fichier son SHA-256, sa taille et, pour un original, l'appel qui l'a fourni, \
         l'heure et l'accord avec le MD5 du rapport d'ID360.\n\
         - {SUMS} : les mêmes empreintes, sous la forme que lit sha256sum.\n\
         - {MANIFEST_SIGNATURE}, {SUMS_SIGNATURE} : les signatures Ed25519 du poste ; {KEY} : sa clé publique.\n\n\
         Un original peut contenir des éléments techniques qu'ID360 y a mis (adresses de retour, en-têtes). \
         Ne transmettez ce dossier de preuve qu'à ceux qui doivent le lire.\n\n\
         Comment le vérifier\n\n\
         Décompressez tout, ouvrez un terminal dans le répertoire obtenu, puis :\n\n\
         1. Les fichiers sont intacts : chaque ligne doit dire « OK » ou « Réussi ».\n\n\
         {sums}\n\n\
         2. La liste et le manifeste sont signés : chaque commande doit répondre « Signature Verified \
         Successfully » (OpenSSL 3).\n\n\
         {signed_sums}\n\
         {signed_manifest}\n\n\
         3. La clé est bien celle de l'établissement : comparez l'empreinte avec celle qu'il vous a donnée par une \
         autre voie. Une empreinte lue seulement ici ne prouve rien.\n\n\
         {key}\n\n\
         Empreinte attendue : {fingerprint}\n\n\
         ID360 Desk vérifie tout cela, et l'archive elle-même, quand on y dépose le fichier ZIP.\n",
        made_at = about.made_at,
        dossiers = about.dossiers,
        fingerprint = signing::grouped(about.fingerprint),
    )
}

pub(super) fn english(about: &About<'_>) -> String {
    let [sums, signed_sums, signed_manifest, key] = commands();
    let mut head = match about.environment {
        EnvironmentKind::Production => String::new(),
        EnvironmentKind::PreProduction => {
            "TEST: pre-production, no value as evidence.\n\n".to_owned()
        }
        EnvironmentKind::Sandbox => {
            "SIMULATION: sandbox, no real person, no value as evidence.\n\n".to_owned()
        }
    };
    if about.missing > 0 {
        head.push_str(&format!(
            "INCOMPLETE: {} piece(s) missing. The readable page of each dossier and {MANIFEST} tell which, and \
             why.\n\n",
            about.missing
        ));
    }
    format!(
        "SEALED EVIDENCE PACK\n\n\
         {head}\
         Made on {made_at} (universal time); {dossiers} dossier(s).\n\n\
         What it holds\n\n\
         - One folder per dossier: the originals in \"originaux\", byte for byte as ID360 served them; the readable \
         page as HTML and PDF; the journal extract; the result of the verifications.\n\
         - {MANIFEST}: for each file its SHA-256, its size and, for an original, the call that brought it, the time, \
         and the agreement with the MD5 of ID360's report.\n\
         - {SUMS}: the same hashes, as sha256sum reads them.\n\
         - {MANIFEST_SIGNATURE}, {SUMS_SIGNATURE}: the desk's Ed25519 signatures; {KEY}: its public key.\n\n\
         An original may hold technical data that ID360 put there (return addresses, headers). Hand this pack only \
         to those who have to read it.\n\n\
         How to check it\n\n\
         Unpack everything, open a terminal in the folder you get, then:\n\n\
         1. The files are whole: every line must say \"OK\".\n\n\
         {sums}\n\n\
         2. The list and the manifest are signed: each command must answer \"Signature Verified Successfully\" \
         (OpenSSL 3).\n\n\
         {signed_sums}\n\
         {signed_manifest}\n\n\
         3. The key is the institution's: compare the fingerprint with the one it gave you through another channel. \
         A fingerprint read only here proves nothing.\n\n\
         {key}\n\n\
         Expected fingerprint: {fingerprint}\n\n\
         ID360 Desk checks all of this, and the archive itself, when the ZIP file is dropped on it.\n",
        made_at = about.made_at,
        dossiers = about.dossiers,
        fingerprint = signing::grouped(about.fingerprint),
    )
}
