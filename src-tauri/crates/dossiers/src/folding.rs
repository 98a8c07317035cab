//! How a text is looked for: accents, case, hyphens, apostrophes and spaces do not matter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text, without accents, in lower case.
///
/// Nothing else is left, so a folded text needs no escaping in a `LIKE` pattern.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'þ' | 'Þ' => folded.push_str("th"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ħ' | 'Ħ' => folded.push('h'),
            'ŧ' | 'Ŧ' => folded.push('t'),
            'ı' => folded.push('i'),
            letter if letter.is_alphanumeric() => folded.extend(
                letter
                    .to_lowercase()
                    .filter(|lower| !is_combining_mark(*lower)),
            ),
            _ => {}
        }
    }
    folded
}

/// What makes two tags the same: accents and case do not matter, everything else does.
pub(crate) fn tag_key(tag: &str) -> String {
    tag.trim()
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .filter(|lower| !is_combining_mark(*lower))
        .collect()
}

/// The fields of a dossier as one text to look in; a line break keeps a match inside one field.
pub(crate) fn searchable<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    fields
        .into_iter()
        .map(fold)
        .filter(|field| !field.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// What was typed, as terms that must all be found; a term is found through any of its spellings.
///
/// Words may come in any order. A text made of a phone number's signs is one number, found with or
/// without its leading `0` or `+33`. `None`: something was typed, but nothing that can be found.
pub(crate) fn terms(typed: &str) -> Option<Vec<Vec<String>>> {
    if typed.trim().is_empty() {
        return Some(Vec::new());
    }
    if let Some(number) = phone_spellings(typed) {
        return Some(vec![number]);
    }
    let terms: Vec<_> = typed
        .split_whitespace()
        .map(fold)
        .filter(|w| !w.is_empty())
        .map(|w| vec![w])
        .collect();
    (!terms.is_empty()).then_some(terms)
}

fn phone_spellings(typed: &str) -> Option<Vec<String>> {
    let is_sign = |c: char| c.is_ascii_digit() || " +.-/()\u{a0}\u{202f}".contains(c);
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if !typed.chars().all(is_sign) || digits.len() < 4 {
        return None;
    }
    let national = ["0033", "33", "0"]
        .into_iter()
        .find_map(|prefix| digits.strip_prefix(prefix))
        .filter(|rest| rest.len() == 9)
        .map(str::to_owned);
    Some(std::iter::once(digits.clone()).chain(national).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_hyphens_and_apostrophes_do_not_matter() {
        for (written, folded) in [
            ("Éléonore", "eleonore"),
            ("D’ARTAGNAN-L'Œuvre", "dartagnanloeuvre"),
            ("Straße Łódź Søren Þór Ĳ", "strasselodzsorenthorij"),
            ("İstanbul ıI", "istanbulii"),
            ("a_b%c\\", "abc"),
            ("e\u{301}ﬁ①", "efi1"),
        ] {
            assert_eq!(fold(written), folded);
        }
    }

    #[test]
    fn a_typed_phone_number_is_one_term_with_its_national_spelling() {
        assert_eq!(
            terms("06 12 34 56 78"),
            Some(vec![vec!["0612345678".into(), "612345678".into()]])
        );
        assert_eq!(
            terms("+33 6 12.34.56.78"),
            Some(vec![vec!["33612345678".into(), "612345678".into()]])
        );
        assert_eq!(terms("56 78"), Some(vec![vec!["5678".into()]]));
    }

    #[test]
    fn typing_only_signs_finds_nothing_rather_than_everything() {
        assert_eq!(terms("%"), None);
        assert_eq!(terms("  "), Some(vec![]));
    }
}
