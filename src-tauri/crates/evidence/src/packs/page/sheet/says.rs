//! The page's voice, in one language.

use crate::packs::contents::{EnvironmentKind, Language};
use crate::packs::page::text::shown;
use crate::packs::words::{STATUSES, Sentence, Words, fill, meaning};

#[derive(Clone, Copy)]
pub(super) struct Says(pub(super) Language);

impl Says {
    pub(super) fn plainly(self, sentence: Sentence) -> String {
        sentence.in_language(self.0).to_owned()
    }

    pub(super) fn filled(self, sentence: Sentence, values: &[(&str, &str)]) -> String {
        fill(sentence.in_language(self.0), values)
    }

    pub(super) fn field(self, label: Sentence, value: impl Into<String>) -> (String, String) {
        (self.plainly(label), value.into())
    }

    /// The meaning, with ID360's own word beside it; that word alone where its meaning is not documented.
    pub(super) fn word(self, words: Words, word: &str) -> String {
        let word = shown(word);
        match meaning(words, &word, self.0) {
            Some(meaning) => format!("{meaning} ({word})"),
            None => word,
        }
    }

    pub(super) fn stated(self, words: Words, word: Option<&str>) -> String {
        word.map_or_else(
            || self.plainly(Sentence::NotStated),
            |word| self.word(words, word),
        )
    }

    pub(super) fn verdict(self, status: Option<&str>) -> String {
        status.map_or_else(
            || self.plainly(Sentence::NoVerdict),
            |status| self.word(STATUSES, status),
        )
    }

    pub(super) fn environment(self, kind: EnvironmentKind) -> String {
        self.plainly(match kind {
            EnvironmentKind::Production => Sentence::Production,
            EnvironmentKind::PreProduction => Sentence::PreProduction,
            EnvironmentKind::Sandbox => Sentence::Sandbox,
        })
    }
}
