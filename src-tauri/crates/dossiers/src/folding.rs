//! Which differences of writing do not matter: accents and case, nor what parts words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text, without accents, in lower case. Nothing else is left.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd() {
        if stays(letter) {
            push_folded(letter, &mut folded);
        }
    }
    folded
}

/// The text's runs of letters and digits, folded; spaces, hyphens, apostrophes and all other signs
/// part them.
pub(crate) fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    for letter in text.nfkd() {
        if stays(letter) {
            push_folded(letter, &mut part);
        } else if !is_combining_mark(letter) && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
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

/// Unicode counts the typographic apostrophes of Breton and Ukrainian among the letters.
fn stays(letter: char) -> bool {
    letter.is_alphanumeric()
        && !is_combining_mark(letter)
        && !('\u{2b9}'..='\u{2bf}').contains(&letter)
}

fn push_folded(letter: char, folded: &mut String) {
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
        letter => folded.extend(
            letter
                .to_lowercase()
                .filter(|lower| !is_combining_mark(*lower)),
        ),
    }
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
            ("Dʼarvor", "darvor"),
            ("a_b%c\\", "abc"),
            ("e\u{301}ﬁ①", "efi1"),
        ] {
            assert_eq!(fold(written), folded);
        }
    }

    #[test]
    fn signs_part_a_text_and_accents_do_not() {
        assert_eq!(
            parts("D’E\u{301}on-Œuvré  no\u{a0}7"),
            ["d", "eon", "oeuvre", "no", "7"]
        );
        assert_eq!(parts("%_ -"), [""; 0]);
    }

    #[test]
    fn tags_differ_by_more_than_accents_and_case() {
        assert_eq!(tag_key(" À VOIR "), tag_key("a voir"));
        assert_ne!(tag_key("à voir"), tag_key("avoir"));
    }
}
