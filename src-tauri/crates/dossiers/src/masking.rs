//! How a customer's data reads where the next customer may look over a shoulder: enough to find again whom one knows,
//! too little to learn who it is. What is hidden reads the same however long it is.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const HIDDEN: &str = "•••";
/// A name of so few letters shows only the first.
const SHORT: usize = 3;
/// A phone number of fewer digits shows none.
const LEAST_DIGITS: usize = 6;

/// The first three letters; one, of a name of three letters or fewer.
pub fn family_name(name: &str) -> String {
    beginning(name, 3)
}

/// The first two letters; one, of a name of three letters or fewer.
pub fn given_name(name: &str) -> String {
    beginning(name, 2)
}

/// The first letter of the mailbox and of its domain, and what the domain ends with.
pub fn email(address: &str) -> String {
    let Some((mailbox, domain)) = address.trim().rsplit_once('@') else {
        return HIDDEN.to_owned();
    };
    let end = domain
        .rsplit_once('.')
        .map(|(_, end)| end)
        .filter(|end| !end.is_empty() && end.chars().all(char::is_alphabetic))
        .map(|end| format!(".{end}"))
        .unwrap_or_default();
    format!("{}@{}{end}", first(mailbox, 1), first(domain, 1))
}

/// The last two digits.
pub fn phone(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    match digits.as_slice() {
        [.., last_but_one, last] if digits.len() >= LEAST_DIGITS => {
            format!("{HIDDEN}\u{a0}{last_but_one}{last}")
        }
        _ => HIDDEN.to_owned(),
    }
}

fn beginning(name: &str, letters: usize) -> String {
    let is_short = name.nfc().filter(|sign| is_letter(*sign)).count() <= SHORT;
    first(name, if is_short { 1 } else { letters })
}

/// So many letters with their accents and what parts them, then the mask; nothing else of the text.
fn first(text: &str, letters: usize) -> String {
    let mut shown = String::new();
    let mut left = letters;
    for sign in text.nfc() {
        if is_letter(sign) {
            if left == 0 {
                break;
            }
            left -= 1;
            shown.push(sign);
        } else if !shown.is_empty() && (is_combining_mark(sign) || parts_names(sign)) {
            shown.push(sign);
        }
    }
    format!("{}{HIDDEN}", shown.trim_end_matches(parts_names))
}

fn is_letter(sign: char) -> bool {
    sign.is_alphanumeric() && !is_combining_mark(sign)
}

fn parts_names(sign: char) -> bool {
    matches!(sign, ' ' | '-' | '\'' | '’' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_name_shows_three_letters_and_a_given_name_two() {
        for (family, given, shown) in [
            ("DUPONT", "Jean-Pierre", "DUP••• Je•••"),
            ("Le Goff", "Éléonore", "Le G••• Él•••"),
            ("d’Artagnan", "Ann", "d’Ar••• A•••"),
            ("ŁUKASIEWICZ", "Þórunn", "ŁUK••• Þó•••"),
            ("Νικολάου", "Мария", "Νικ••• Ма•••"),
        ] {
            let masked = format!("{} {}", family_name(family), given_name(given));
            assert_eq!(masked, shown, "{family} {given}");
        }
    }

    #[test]
    fn a_name_of_three_letters_or_fewer_shows_one() {
        for (name, shown) in [
            ("Roy", "R•••"),
            ("Ly", "L•••"),
            ("O", "O•••"),
            ("É-É É", "É•••"),
            ("김민수", "김•••"),
        ] {
            assert_eq!(family_name(name), shown, "{name}");
            assert_eq!(given_name(name), shown, "{name}");
        }
    }

    #[test]
    fn an_accent_is_no_letter_of_its_own_however_it_is_written() {
        assert_eq!(family_name("E\u{301}te\u{301}"), "É•••");
        assert_eq!(family_name("Be\u{301}e\u{301}ry"), family_name("Bééry"));
        // A letter that Unicode has only in two parts keeps both.
        assert_eq!(given_name("Q\u{304}uentin"), "Q\u{304}u•••");
    }

    #[test]
    fn nothing_but_letters_and_what_parts_names_is_shown() {
        assert_eq!(family_name("\u{202e}  «DU\u{200b}PONT»"), "DUP•••");
        for nothing in ["•••", "—", "\u{301}"] {
            assert_eq!(family_name(nothing), "•••", "{nothing}");
        }
    }

    #[test]
    fn the_mask_never_tells_how_much_it_hides() {
        assert_eq!(family_name("DUPO"), family_name("DUPONT-MARTIN DE LA TOUR"));
        assert_eq!(given_name("Jean"), given_name("Jean-Christophe Marie"));
        assert_eq!(
            email("o@e.com"),
            email("ondine.valmontel.durand@exemple-de-banque.com")
        );
        assert_eq!(phone("000034"), phone("+33 6 39 98 12 34"));
    }

    #[test]
    fn an_address_shows_where_its_two_parts_begin_and_what_it_ends_with() {
        for (address, shown) in [
            ("ondine@example.com", "o•••@e•••.com"),
            ("0612345678@mail.orange.fr", "0•••@m•••.fr"),
            ("\"a@b\"@exemple.test", "a•••@e•••.test"),
            ("ondine@localhost", "o•••@l•••"),
            ("ondine@example.0612345678", "o•••@e•••"),
            ("ondine@", "o•••@•••"),
            ("ondine valmontel", "•••"),
        ] {
            assert_eq!(email(address), shown, "{address}");
        }
    }

    #[test]
    fn a_phone_number_shows_its_last_two_digits() {
        for (number, shown) in [
            ("+33600000001", "•••\u{a0}01"),
            ("06 39 98 12 3 4 ", "•••\u{a0}34"),
            ("12345", "•••"),
            ("appeler le soir", "•••"),
        ] {
            assert_eq!(phone(number), shown, "{number}");
        }
    }
}
