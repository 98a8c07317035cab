//! The words a dossier is found by. What is typed finds a dossier when it begins one of them.

use crate::folding;

/// Stands before the digits of a phone number from the last to the first. It is neither letter nor
/// digit, so nothing that is typed folds to it.
pub(crate) const END_OF_PHONE: char = '¤';

/// The fields of a dossier that are looked in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) reference: String,
    pub(crate) last_name: String,
    pub(crate) first_name: String,
    pub(crate) email: String,
    pub(crate) phone_number: String,
    pub(crate) enrollment_id: Option<i64>,
}

/// A dossier's words, each once, parted by spaces. Ids of ours are no words: a typed one leads to its
/// dossier directly.
pub(crate) fn of(fields: &Fields) -> String {
    let mut words = Words::default();
    words.add_text(&fields.last_name);
    words.add_text(&fields.first_name);
    words.add_text(&fields.reference);
    for part in folding::parts(&fields.reference) {
        words.add_number(&part);
    }
    words.add_email(&fields.email);
    words.add_phone(&fields.phone_number);
    if let Some(number) = fields.enrollment_id {
        words.add(number.unsigned_abs().to_string());
    }
    words.0.join(" ")
}

#[derive(Default)]
struct Words(Vec<String>);

impl Words {
    fn add(&mut self, word: String) {
        if !word.is_empty() && !self.0.contains(&word) {
            self.0.push(word);
        }
    }

    /// Each part, each word without its hyphens and apostrophes, and all of it as one word.
    fn add_text(&mut self, text: &str) {
        for part in folding::parts(text) {
            self.add(part);
        }
        for word in text.split_whitespace() {
            self.add(folding::fold(word));
        }
        self.add(folding::fold(text));
    }

    /// A number is also found without the zeros it begins with.
    fn add_number(&mut self, part: &str) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            self.add(part.trim_start_matches('0').to_owned());
        }
    }

    /// The whole, the parts before the `@`, and the domain as one word: nobody looks for «com».
    fn add_email(&mut self, email: &str) {
        if let Some((local, domain)) = email.rsplit_once('@') {
            for part in folding::parts(local) {
                self.add(part);
            }
            self.add(folding::fold(domain));
        }
        self.add(folding::fold(email));
    }

    /// The digits as written, the number as it is spoken in the country, with and without its `0`,
    /// and its end.
    fn add_phone(&mut self, phone: &str) {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return;
        }
        if let Some(national) = national(&digits) {
            self.add(format!("0{national}"));
            self.add(national.to_owned());
        }
        self.add(end_of_phone(&digits));
        self.add(digits);
    }
}

/// The words, and behind them those of `known` that are not among them.
pub(crate) fn with(words: &str, known: &str) -> String {
    let mut all = Words::default();
    for word in words.split(' ').chain(known.split(' ')) {
        all.add(word.to_owned());
    }
    all.0.join(" ")
}

/// A French number without its `0`, `33` or `0033`. Letterheads write both: `+33 (0)6`.
pub(crate) fn national(digits: &str) -> Option<&str> {
    ["00330", "0033", "330", "33", "0"]
        .into_iter()
        .find_map(|prefix| digits.strip_prefix(prefix).filter(|rest| rest.len() == 9))
}

/// The word that a number ending in `digits` begins with.
pub(crate) fn end_of_phone(digits: &str) -> String {
    std::iter::once(END_OF_PHONE)
        .chain(digits.chars().rev())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_gives_its_own_words() {
        let fields = Fields {
            reference: "CLI 2026-001".into(),
            last_name: "D’Artagnan de Batz".into(),
            first_name: "Jean-Marc".into(),
            email: "jm_batz@courrier.example".into(),
            phone_number: "+33 6 39 98 77 11".into(),
            enrollment_id: Some(900_042),
        };
        assert_eq!(
            of(&fields),
            "d artagnan de batz dartagnan dartagnandebatz jean marc jeanmarc cli 2026 001 2026001 \
             cli2026001 1 jm courrierexample jmbatzcourrierexample 0639987711 639987711 \
             ¤11778993633 33639987711 900042"
        );
    }

    #[test]
    fn a_french_number_is_one_number_however_its_country_is_written() {
        for written in [
            "06 39 98 77 11",
            "+33 6 39 98 77 11",
            "+33 (0)6.39.98.77.11",
            "0033 6 39 98 77 11",
            "0033 (0)6 39 98 77 11",
        ] {
            let digits: String = written.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(national(&digits), Some("639987711"), "{written}");
        }
    }

    #[test]
    fn words_known_before_stay_behind_the_new_ones_once_each() {
        assert_eq!(
            with("roy zoe 17", "valmontel zoe 17"),
            "roy zoe 17 valmontel"
        );
        assert_eq!(
            (with("", "zoe"), with("zoe", "")),
            ("zoe".into(), "zoe".into())
        );
    }

    #[test]
    fn a_dossier_without_anything_has_no_words() {
        assert_eq!(of(&Fields::default()), "");
    }
}
