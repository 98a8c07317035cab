//! Letters as a person compares them: `É` and `e` are one letter written in two ways; a hyphen and a space both only
//! part words. Of an e-mail address every sign is a letter, and two cases are one.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::Compared;

/// One letter, or one sign that parts words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    /// As it is written, accents that stand apart included; empty for the second half of a ligature.
    pub shown: String,
    /// Without accents where these are only writing, in lower case; `None` for a sign that parts words.
    pub folded: Option<char>,
}

pub(super) fn letters(text: &str, compared: Compared) -> Vec<Letter> {
    match compared {
        Compared::Email => text.chars().map(letter_of_an_address).collect(),
        Compared::Phone | Compared::Gender | Compared::Other => letters_of_words(text),
    }
}

fn letter_of_an_address(character: char) -> Letter {
    let mut lower = character.to_lowercase();
    let folded = match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => character,
    };
    Letter {
        shown: character.to_string(),
        folded: Some(folded),
    }
}

fn letters_of_words(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for character in text.chars() {
        if is_combining_mark(character) {
            match letters.last_mut() {
                Some(last) => last.shown.push(character),
                None => letters.push(Letter {
                    shown: character.to_string(),
                    folded: None,
                }),
            }
            continue;
        }
        let mut shown = Some(character.to_string());
        let mut push = |folded| {
            letters.push(Letter {
                shown: shown.take().unwrap_or_default(),
                folded,
            });
        };
        if parts_words(character) {
            push(None);
            continue;
        }
        match character {
            'œ' | 'Œ' => "oe".chars().for_each(|half| push(Some(half))),
            'æ' | 'Æ' => "ae".chars().for_each(|half| push(Some(half))),
            'ß' | 'ẞ' => "ss".chars().for_each(|half| push(Some(half))),
            'ø' | 'Ø' => push(Some('o')),
            'ł' | 'Ł' => push(Some('l')),
            'đ' | 'Đ' => push(Some('d')),
            other => {
                let plain = std::iter::once(other)
                    .nfkd()
                    .flat_map(char::to_lowercase)
                    .filter(|part| !is_combining_mark(*part));
                let mut any = false;
                for part in plain {
                    push(Some(part));
                    any = true;
                }
                if !any {
                    push(None);
                }
            }
        }
    }
    letters
}

const PUNCTUATION: &str = ".,;:!?/\\()[]&\"«»“”„…·•";

fn parts_words(character: char) -> bool {
    character.is_whitespace()
        || is_hyphen(character)
        || is_apostrophe(character)
        || PUNCTUATION.contains(character)
}

pub(super) fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_')
}

pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{02bc}' | '`' | '\u{b4}'
    )
}
