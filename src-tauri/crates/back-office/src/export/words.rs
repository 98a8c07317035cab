//! The words of a list, as the screen has them: a file says what the person saw.

use dossiers::{Choice, CreationState, EvidenceState};
use evidence::packs::{Language as PackLanguage, level_word, status_word};

use crate::views::{session::EnvironmentKind, settings::Language};

/// A status in the person's words: ID360's first, then those of the creation. A word that nobody
/// documents stays as it is.
pub(super) fn status(language: Language, word: &str) -> &str {
    status_word(word, spoken(language))
        .or_else(|| creation(language, word))
        .unwrap_or(word)
}

/// An identification level, or ID360's own word for it.
pub(super) fn level(language: Language, word: &str) -> &str {
    level_word(word, spoken(language)).unwrap_or(word)
}

/// What a built-in environment is called, and one that was given no name.
pub(super) fn environment(language: Language, kind: EnvironmentKind) -> &'static str {
    use EnvironmentKind as E;
    match (language, kind) {
        (_, E::Production) => "Production",
        (Language::Fr, E::PreProduction) => "Pré-production",
        (Language::En, E::PreProduction) => "Pre-production",
        (Language::Fr, E::Sandbox) => "Bac à sable",
        (Language::En, E::Sandbox) => "Sandbox",
    }
}

pub(super) fn evidence(language: Language, state: EvidenceState) -> &'static str {
    use EvidenceState as E;
    match (language, state) {
        (Language::Fr, E::None) => "Rien à garder",
        (Language::En, E::None) => "Nothing to keep",
        (Language::Fr, E::Due) => "À garder",
        (Language::En, E::Due) => "To keep",
        (Language::Fr, E::Kept) => "Gardée",
        (Language::En, E::Kept) => "Kept",
        (Language::Fr, E::Partial) => "Incomplète",
        (Language::En, E::Partial) => "Incomplete",
        (Language::Fr, E::Lost) => "Perdue",
        (Language::En, E::Lost) => "Lost",
    }
}

pub(super) fn decision(language: Language, choice: Choice) -> &'static str {
    match (language, choice) {
        (Language::Fr, Choice::Accepted) => "Accepté",
        (Language::En, Choice::Accepted) => "Accepted",
        (Language::Fr, Choice::Refused) => "Refusé",
        (Language::En, Choice::Refused) => "Refused",
        (Language::Fr, Choice::MoreWanted) => "À compléter",
        (Language::En, Choice::MoreWanted) => "More wanted",
    }
}

/// What ID360 has no status for yet.
fn creation(language: Language, word: &str) -> Option<&'static str> {
    use CreationState as C;
    let state = C::ALL.into_iter().find(|state| state.as_str() == word)?;
    Some(match (language, state) {
        (Language::Fr, C::Ready) => "Prêt, non envoyé",
        (Language::En, C::Ready) => "Ready, not sent",
        (Language::Fr, C::Sent) => "Envoi en cours",
        (Language::En, C::Sent) => "Being sent",
        (Language::Fr, C::Created) => "Créé, statut non lu",
        (Language::En, C::Created) => "Created, not read yet",
        (Language::Fr, C::Refused) => "Refusé à la création",
        (Language::En, C::Refused) => "Refused at creation",
        (Language::Fr, C::OutcomeUnknown) => "Issue inconnue",
        (Language::En, C::OutcomeUnknown) => "Outcome unknown",
        (Language::Fr, C::Closed) => "Clos sans création",
        (Language::En, C::Closed) => "Closed, not created",
    })
}

fn spoken(language: Language) -> PackLanguage {
    match language {
        Language::Fr => PackLanguage::French,
        Language::En => PackLanguage::English,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const FRENCH: &str = include_str!("../../../../../ui/messages/fr.json");
    const ENGLISH: &str = include_str!("../../../../../ui/messages/en.json");

    #[test]
    fn every_word_of_an_export_is_the_word_on_the_screen() {
        for (language, catalogue) in [(Language::Fr, FRENCH), (Language::En, ENGLISH)] {
            let screen: Value = serde_json::from_str(catalogue).unwrap();
            for word in [
                "NEW",
                "STARTED",
                "OK",
                "KO",
                "FAILED",
                "CANCELED",
                "DISCONTINUED",
                "DELETED",
            ] {
                assert_eq!(screen[format!("status_{word}")], status(language, word));
            }
            for word in CreationState::ALL.map(CreationState::as_str) {
                let key = format!("creation_{}", word.to_lowercase());
                assert_eq!(screen[key], status(language, word));
            }
            for word in ["LOW", "SUBSTANTIAL", "HIGH"] {
                assert_eq!(screen[format!("level_{word}")], level(language, word));
            }
            use EnvironmentKind as K;
            for (key, kind) in [
                ("environment_production", K::Production),
                ("environment_pre_production", K::PreProduction),
                ("environment_sandbox", K::Sandbox),
            ] {
                assert_eq!(screen[key], environment(language, kind));
            }
            use EvidenceState as E;
            for (key, state) in [
                ("evidence_none", E::None),
                ("evidence_due", E::Due),
                ("evidence_kept", E::Kept),
                ("evidence_partial", E::Partial),
                ("evidence_lost", E::Lost),
            ] {
                assert_eq!(screen[key], evidence(language, state));
            }
            for (key, choice) in [
                ("decision_accepted", Choice::Accepted),
                ("decision_refused", Choice::Refused),
                ("decision_more_wanted", Choice::MoreWanted),
            ] {
                assert_eq!(screen[key], decision(language, choice));
            }
        }
    }

    #[test]
    fn a_word_that_id360_does_not_document_stays_its_own() {
        for language in [Language::Fr, Language::En] {
            assert_eq!(status(language, "ON_HOLD"), "ON_HOLD");
            assert_eq!(level(language, "EXTREME"), "EXTREME");
        }
    }
}
