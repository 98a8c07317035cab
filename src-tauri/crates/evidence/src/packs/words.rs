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
    use std::collections::HashMap;

    use super::causes::STATEMENTS;
    use super::*;

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
    #[test]
    fn the_page_says_of_a_cause_and_of_its_place_what_the_window_says() {
        let plain = |text: &str| text.replace(['\u{202F}', '\u{A0}'], " ");
        for (language, file) in [(Language::French, "fr"), (Language::English, "en")] {
            let path = format!(
                "{}/../../../ui/messages/{file}.json",
                env!("CARGO_MANIFEST_DIR")
            );
            let raw = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
            let window: HashMap<String, serde_json::Value> = serde_json::from_slice(&raw).unwrap();
            let said = |prefix: &str, text: &str| {
                window.iter().any(|(key, value)| {
                    key.starts_with(prefix) && value.as_str().map(plain) == Some(plain(text))
                })
            };
            for statement in STATEMENTS {
                let sentence = of_statement(*statement, language);
                assert!(said("finding_", sentence), "{statement:?}: {sentence}");
            }
            for (place, french, english) in PLACES {
                let word = if language == Language::French {
                    french
                } else {
                    english
                };
                assert!(
                    said("step_", word) || said("where_", word),
                    "{place}: {word}"
                );
            }
            for (key, sentence) in [
                ("why_in_spite", Sentence::InSpite),
                ("finding_described", Sentence::Described),
            ] {
                assert!(said(key, sentence.in_language(language)), "{key}");
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
            ("ar24_in_front", "Pièce d’identité"),
            ("ID360", "ensemble du dossier"),
            ("a_step_of_tomorrow$2", "a_step_of_tomorrow$2"),
        ] {
            assert_eq!(place(raw, Language::French), word);
        }
    }
}
