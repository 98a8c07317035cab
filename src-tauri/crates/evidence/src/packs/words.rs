//! Everything that a pack says in a language, in one place. What the window says is in the window's own catalogue.

mod causes;
mod sentences;
mod terms;

pub(super) use causes::of_statement;
pub(super) use sentences::Sentence;
use terms::PLACES;
pub(super) use terms::{ACTS, IDENTITY, LEVELS, METHODS, STATUSES};

use super::contents::Language;

/// A word that others chose, and what it means in French and in English.
pub(super) type Words = &'static [(&'static str, &'static str, &'static str)];

/// What `word` means, where the catalogue knows it.
pub(super) fn meaning(words: Words, word: &str, language: Language) -> Option<&'static str> {
    words
        .iter()
        .find(|(known, _, _)| *known == word)
        .map(|(_, french, english)| match language {
            Language::French => *french,
            Language::English => *english,
        })
}

/// Where a cause was found (`liveness$1`, `kbis_image`, `validation`), in words where there are some.
pub(super) fn place(place: &str, language: Language) -> String {
    let bare = place.split('$').next().unwrap_or(place);
    let bare = ["_image_upload", "_image", "_video"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending))
        .unwrap_or(bare);
    meaning(PLACES, bare, language).map_or_else(|| place.to_owned(), str::to_owned)
}

/// Whether the readable page has words of its own for an act of the journal; others are shown as they are stored.
pub fn has_act(act: &str) -> bool {
    ACTS.iter().any(|(known, _, _)| *known == act)
}

/// What a status of ID360 means; `None` for one that it does not document.
pub fn status_word(status: &str, language: Language) -> Option<&'static str> {
    meaning(STATUSES, status, language)
}

/// What an identification level of ID360 means; `None` for one that it does not document.
pub fn level_word(level: &str, language: Language) -> Option<&'static str> {
    meaning(LEVELS, level, language)
}

/// Puts values where `{name}` stands.
pub(super) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::causes::STATEMENTS;
    use super::*;
    use crate::explaining::Statement;

    fn marks(sentence: &str) -> Vec<&str> {
        let mut marks: Vec<&str> = sentence
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        marks.sort_unstable();
        marks
    }

    fn all() -> impl Iterator<Item = (String, &'static str, &'static str)> {
        let words = [PLACES, ACTS, IDENTITY, LEVELS, METHODS, STATUSES]
            .into_iter()
            .flatten()
            .map(|(word, french, english)| ((*word).to_owned(), *french, *english));
        let sentences = Sentence::ALL.iter().map(|sentence| {
            (
                format!("{sentence:?}"),
                sentence.in_language(Language::French),
                sentence.in_language(Language::English),
            )
        });
        let statements = STATEMENTS.iter().map(|statement| {
            (
                format!("{statement:?}"),
                of_statement(*statement, Language::French),
                of_statement(*statement, Language::English),
            )
        });
        words.chain(sentences).chain(statements)
    }

    #[test]
    fn every_entry_is_there_in_both_languages() {
        for (word, french, english) in all() {
            assert!(
                !french.trim().is_empty() && !english.trim().is_empty(),
                "{word}"
            );
        }
    }

    #[test]
    fn both_languages_are_told_the_same_values() {
        for (word, french, english) in all() {
            assert_eq!(marks(french), marks(english), "{word}");
        }
    }

    #[test]
    fn no_word_has_two_meanings() {
        for words in [PLACES, ACTS, IDENTITY, LEVELS, METHODS, STATUSES] {
            for (index, (word, _, _)) in words.iter().enumerate() {
                assert!(
                    !words[..index].iter().any(|(other, _, _)| other == word),
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn values_take_the_place_of_their_marks() {
        assert_eq!(
            fill("{a} of {b}{c}.", &[("a", "1"), ("b", "{a}")]),
            "1 of {a}."
        );
    }

    const WINDOW: [(Language, &str); 2] = [
        (
            Language::French,
            include_str!("../../../../../ui/messages/fr.json"),
        ),
        (
            Language::English,
            include_str!("../../../../../ui/messages/en.json"),
        ),
    ];

    /// The keys under which the window has its words of places, as its own tables give them.
    fn window_places() -> Vec<(&'static str, &'static str)> {
        let source = include_str!("../../../../../ui/src/i18n/report-words.ts");
        let mut found = Vec::new();
        for table in ["const STEPS: Words = {", "const PLACES: Words = {"] {
            let (_, rest) = source.split_once(table).unwrap();
            let (entries, _) = rest.split_once("};").unwrap();
            let entries = entries.split(',').filter_map(|one| one.split_once(": m."));
            found.extend(entries.map(|(place, key)| (place.trim().trim_matches('"'), key.trim())));
        }
        found
    }

    /// The key under which the window has the sentence of a statement.
    fn window_key(statement: Statement) -> &'static str {
        use Statement as S;
        match statement {
            S::InjectionDetected => "finding_SEC_DATA_INJECTION",
            S::MethodSecurity => "finding_EIM_SECURITY_FAILED",
            S::ScreenPhotographed => "finding_screen",
            S::PhotoForged => "finding_forged",
            S::DocumentExpired => "finding_rule_expired",
            S::DocumentRefused => "finding_VLD_ID_INVALID",
            S::DocumentIncoherent => "finding_rule_mrz",
            S::IssuedInTheFuture => "finding_rule_future",
            S::DocumentBelowThreshold | S::BelowThreshold => "finding_MDL_CHALLENGE_NOT_MET",
            S::NameDiffers => "finding_rule_name",
            S::FirstNameDiffers => "finding_rule_first_name",
            S::BirthDateDiffers => "finding_rule_birth_date",
            S::SirenDiffers => "finding_rule_siren",
            S::ValuesDiffer => "finding_values",
            S::MethodRefused => "finding_EIM_RESPONSE_KO",
            S::FaceDiffers => "finding_face",
            S::LivenessMissed => "finding_liveness",
            S::SupportingRefused => "finding_VLD_DOCUMENT_INVALID",
            S::ConstraintsNotMet => "finding_COV_FAILED",
            S::RuleFailed => "finding_rule_other",
            S::CheckFailed => "finding_check",
            S::RulesNotMet => "finding_VLD_VALIDATION_KO",
            S::RuleBroken => "finding_VLD_RULE_ERROR",
            S::ImageUnusable => "finding_MDL_INPUT_INVALID",
            S::ModelAnswerUnusable => "finding_MDL_RESPONSE_INVALID",
            S::MethodCredentials => "finding_EIM_WRONG_CREDENTIAL",
            S::MethodExchange => "finding_EIM_WRONG_REQUEST",
            S::MethodSilent => "finding_EIM_TIMEOUT",
            S::MethodFailed => "finding_method",
            S::TimeExceeded => "finding_ERL_TIMEOUT",
            S::DossierDeleted => "finding_ERL_DELETE",
            S::ServiceAnswer => "finding_SVC_RESPONSE_INVALID",
            S::EmailMissing => "finding_ACCOUNT_MISSING_EMAIL",
            S::StepFailed => "finding_step",
            S::DocumentSetAside => "finding_document",
            S::ReasonGiven => "finding_reason",
            S::Unspecified | S::Undocumented => "finding_other",
        }
    }

    #[test]
    fn the_page_says_of_a_cause_what_the_window_says() {
        for (language, catalogue) in WINDOW {
            let window: Value = serde_json::from_str(catalogue).unwrap();
            for statement in STATEMENTS {
                let key = window_key(*statement);
                assert_eq!(window[key], of_statement(*statement, language), "{key}");
            }
            for (key, sentence) in [
                ("why_in_spite", Sentence::InSpite),
                ("finding_described", Sentence::Described),
                ("finding_at", Sentence::AtPlace),
                ("where_unknown", Sentence::PlaceNotStated),
            ] {
                assert_eq!(window[key], sentence.in_language(language), "{key}");
            }
        }
    }

    #[test]
    fn the_page_calls_every_place_what_the_window_calls_it() {
        let places = window_places();
        assert!(places.len() > 30, "{places:?}");
        for (known, _, _) in PLACES {
            assert!(places.iter().any(|(place, _)| place == known), "{known}");
        }
        for (language, catalogue) in WINDOW {
            let window: Value = serde_json::from_str(catalogue).unwrap();
            for (place, key) in &places {
                let word = meaning(PLACES, place, language).unwrap_or_default();
                assert_eq!(window[*key], word, "{place}");
            }
        }
    }

    #[test]
    fn acts_decisions_and_what_a_report_states_are_called_as_in_the_window() {
        for (language, catalogue) in WINDOW {
            let window: Value = serde_json::from_str(catalogue).unwrap();
            for (prefix, words) in [
                ("act_word", ACTS),
                ("status", STATUSES),
                ("level", LEVELS),
                ("method", METHODS),
                ("identity", IDENTITY),
            ] {
                for (word, _, _) in words {
                    let key = format!("{prefix}_{word}");
                    let said = meaning(words, word, language).unwrap_or_default();
                    assert_eq!(window[&key], said, "{key}");
                }
            }
            for (key, sentence) in [
                ("decision_accepted", Sentence::Accepted),
                ("decision_refused", Sentence::RefusedChoice),
                ("decision_more_wanted", Sentence::MoreWanted),
            ] {
                assert_eq!(window[key], sentence.in_language(language), "{key}");
            }
        }
    }

    #[test]
    fn french_double_signs_stand_behind_a_narrow_no_break_space() {
        for (word, french, _) in all() {
            for plain in [" :", " ;", " !", " ?", " »", "« "] {
                assert!(!french.contains(plain), "{word}: {french}");
            }
        }
    }

    #[test]
    fn a_place_is_named_in_words_whatever_its_number_and_ending() {
        for (raw, word) in [
            ("phone_detection", "Photo d’écran"),
            ("liveness$1", "Preuve de vie"),
            ("selfie_image_upload", "Selfie"),
            ("kbis_image", "Kbis"),
            ("income_tax_notice_image", "Avis d’impôt sur le revenu"),
            ("ar24_in_front", "Pièce d’identité, recto"),
            ("id_document_mandat_image", "Pièce d’identité du mandataire"),
            ("fake_id_photo", "Photo authentique"),
            ("ID360", "ensemble du dossier"),
            ("a_step_of_tomorrow$2", "a_step_of_tomorrow$2"),
        ] {
            assert_eq!(place(raw, Language::French), word);
        }
    }
}
