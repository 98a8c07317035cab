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
    let characters: Vec<char> = text.chars().collect();
    for (at, character) in characters.iter().copied().enumerate() {
        if is_accent(character) {
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
        if is_decimal_mark(&characters, at) {
            push(Some(DECIMAL_MARK));
            continue;
        }
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
            // Its capital is the plain I.
            'ı' => push(Some('i')),
            'đ' | 'Đ' => push(Some('d')),
            other => {
                let plain = std::iter::once(other)
                    .nfkd()
                    .flat_map(char::to_lowercase)
                    .filter(|part| !is_accent(*part));
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

/// What a comma and a full stop between the digits of one number both are.
pub(super) const DECIMAL_MARK: char = '.';

/// `1,5` is not `15`. A sign that comes again (`06.12.34`) or has more than two digits behind it (`1.500`) only parts
/// digits.
fn is_decimal_mark(text: &[char], at: usize) -> bool {
    let mark = text[at];
    if !matches!(mark, '.' | ',') {
        return false;
    }
    let is_digit = |one: &&char| one.is_ascii_digit();
    let (before, after) = (&text[..at], &text[at + 1..]);
    let whole = before.iter().rev().take_while(is_digit).count();
    let decimals = after.iter().take_while(is_digit).count();
    let comes_again = before[..at - whole].last() == Some(&mark)
        || after.get(decimals) == Some(&mark)
            && after.get(decimals + 1).is_some_and(char::is_ascii_digit);
    whole > 0 && (1..=2).contains(&decimals) && !comes_again
}

/// Accents of Latin, Greek and Cyrillic letters, and the points of Hebrew and Arabic: a name is often written without
/// them. In other scripts such signs are vowels or make another letter.
fn is_accent(character: char) -> bool {
    is_combining_mark(character)
        && matches!(
            u32::from(character),
            0x0300..=0x036F | 0x0483..=0x0487 | 0x0591..=0x05C7 | 0x0610..=0x061A
                | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06ED | 0x1AB0..=0x1AFF
                | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F
        )
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
