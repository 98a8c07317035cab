//! What was typed in the search box, as something the register can look for.

use uuid::Uuid;

use crate::dossier::DossierId;
use crate::folding;
use crate::words;

/// Nobody remembers more of a dossier.
const MOST_WORDS: usize = 32;

/// Digits from which on they may be the end of a phone number.
const END: usize = 4;

/// What to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    /// The text ends in an id of ours. If a dossier has it, it is the one meant.
    pub(crate) id: Option<DossierId>,
    /// Else these, every one of which must be found. `None`: nothing that can be found.
    pub(crate) terms: Option<Vec<Term>>,
}

/// Found when one of its ways is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term(pub(crate) Vec<Way>);

/// Beginnings of words, all of which a dossier must have.
pub(crate) type Way = Vec<String>;

impl Typed {
    /// `None`: nothing was typed, so everything is meant.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let id = text
            .rsplit(['/', ' '])
            .next()
            .and_then(|end| Uuid::parse_str(end).ok())
            .map(DossierId);
        let terms = terms(text);
        let terms = (1..=MOST_WORDS).contains(&terms.len()).then_some(terms);
        Some(Self { id, terms })
    }

    /// The terms in the words of SQLite's full-text search.
    pub(crate) fn expression(&self) -> Option<String> {
        // Words hold letters, digits and the mark of phones only: nothing needs escaping.
        let beginnings = |way: &Way| {
            let all: Vec<_> = way.iter().map(|word| format!("\"{word}\" *")).collect();
            format!("({})", all.join(" AND "))
        };
        let term = |term: &Term| {
            let ways: Vec<_> = term.0.iter().map(beginnings).collect();
            format!("({})", ways.join(" OR "))
        };
        let terms: Vec<_> = self.terms.as_ref()?.iter().map(term).collect();
        Some(terms.join(" AND "))
    }
}

/// Words made of a phone number's signs that stand side by side are one number.
fn terms(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut number: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        if is_of_a_number(word) {
            number.push(word);
            continue;
        }
        take_number(&mut number, &mut terms);
        take(word_term(word), &mut terms);
    }
    take_number(&mut number, &mut terms);
    terms
}

fn take(term: Option<Term>, terms: &mut Vec<Term>) {
    terms.extend(term.filter(|term| !terms.contains(term)));
}

fn is_of_a_number(word: &str) -> bool {
    word.chars()
        .all(|sign| sign.is_ascii_digit() || "+.-/()".contains(sign))
}

/// A word is looked for as one word, and, where hyphens, apostrophes or other signs part it, by its
/// parts.
fn word_term(word: &str) -> Option<Term> {
    let parts = folding::parts(word);
    let mut ways = Vec::new();
    if parts.len() > 1 {
        ways.push(vec![parts.concat()]);
    }
    if !parts.is_empty() {
        ways.push(parts);
    }
    (!ways.is_empty()).then_some(Term(ways))
}

/// Digits may begin a number, or end a phone number. A whole phone number is nothing but that, and ends
/// every writing of it alike; a shorter number may also be several words of a reference.
fn take_number(number: &mut Vec<&str>, terms: &mut Vec<Term>) {
    let text = std::mem::take(number).join(" ");
    let parts = folding::parts(&text);
    let digits = parts.concat();
    if digits.len() < END {
        for part in parts {
            take(Some(Term(vec![vec![part]])), terms);
        }
        return;
    }
    let national = words::national(&digits);
    let end = words::end_of_phone(national.unwrap_or(&digits));
    let mut ways = vec![vec![digits.clone()], vec![end]];
    if national.is_none() && parts.len() > 1 {
        ways.push(parts);
    }
    take(Some(Term(ways)), terms);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(text: &str) -> Option<String> {
        Typed::of(text)?.expression()
    }

    #[test]
    fn each_word_must_begin_a_word() {
        assert_eq!(
            expression("Zoé  d’Œuvré").as_deref(),
            Some(r#"(("zoe" *)) AND (("doeuvre" *) OR ("d" * AND "oeuvre" *))"#)
        );
    }

    #[test]
    fn digits_side_by_side_are_one_number_or_the_end_of_one() {
        assert_eq!(
            expression("06 12 34 56 78").as_deref(),
            Some(r#"(("0612345678" *) OR ("¤876543216" *))"#)
        );
        assert_eq!(
            expression("Roy 77 11").as_deref(),
            Some(r#"(("roy" *)) AND (("7711" *) OR ("¤1177" *) OR ("77" * AND "11" *))"#)
        );
        assert_eq!(expression("77").as_deref(), Some(r#"(("77" *))"#));
    }

    #[test]
    fn typing_only_signs_finds_nothing_and_typing_nothing_everything() {
        assert_eq!(Typed::of("% '").map(|typed| typed.terms), Some(None));
        assert_eq!(Typed::of("-").map(|typed| typed.terms), Some(None));
        assert_eq!(Typed::of("  "), None);
    }
}
