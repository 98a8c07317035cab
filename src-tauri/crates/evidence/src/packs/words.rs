//! Everything that a pack says in a language, in one place. What the window says is in the window's own catalogue.

mod causes;
mod sentences;
mod terms;

pub(super) use causes::{CODES, RULES};
pub(super) use sentences::Sentence;
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

/// Whether the readable page has words of its own for an act of the journal; others are shown as they are stored.
pub fn has_act(act: &str) -> bool {
    ACTS.iter().any(|(known, _, _)| *known == act)
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
        let words = [CODES, RULES, ACTS, IDENTITY, LEVELS, METHODS, STATUSES]
            .into_iter()
            .flatten()
            .map(|(word, french, english)| ((*word).to_owned(), *french, *english));
        words.chain(Sentence::ALL.iter().map(|sentence| {
            (
                format!("{sentence:?}"),
                sentence.in_language(Language::French),
                sentence.in_language(Language::English),
            )
        }))
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
        for words in [CODES, RULES, ACTS, IDENTITY, LEVELS, METHODS, STATUSES] {
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
}
