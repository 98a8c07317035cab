//! Invented people, for dossiers that name nobody and for the seeded ones.

use super::dossier::Dossier;
use crate::entropy::Entropy;

const LAST_NAMES: [&str; 16] = [
    "VALMONTEL",
    "BRISEFER",
    "ESTAMPUY",
    "CORVENNE",
    "DULAURIAC",
    "FERRAVEL",
    "GRISENDOUX",
    "HAUTEBRISE",
    "JALMONDEAU",
    "KERVARZEC",
    "LANTERNIER",
    "MIRAVOULT",
    "ORSENVAL",
    "PERDIGUET",
    "QUINTEFOLLE",
    "SAUVETERROY",
];

const FIRST_NAMES: [(&str, &str, &str); 12] = [
    ("Ondine", "Maud", "F"),
    ("Théobald", "Yvon", "M"),
    ("Églantine", "Rose", "F"),
    ("Anselme", "Luc", "M"),
    ("Violaine", "Anne", "F"),
    ("Gaspard", "Aimé", "M"),
    ("Solveig", "Inès", "F"),
    ("Barnabé", "Paul", "M"),
    ("Clothilde", "Ève", "F"),
    ("Evariste", "Jean", "M"),
    ("Maïwenn", "Lise", "F"),
    ("Tancrède", "Hugo", "M"),
];

/// The person a dossier's documents show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub last_name: String,
    pub first_name: String,
    pub second_name: String,
    pub gender: &'static str,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    pub id_number: String,
}

impl Person {
    /// Somebody invented; the same number gives the same person.
    pub(crate) fn invented(entropy: &Entropy, number: u64) -> Self {
        let draw = |label: &str, below: u64| entropy.number(label, number) % below;
        let last = LAST_NAMES[draw("last name", LAST_NAMES.len() as u64) as usize];
        let (first, second, gender) =
            FIRST_NAMES[draw("first name", FIRST_NAMES.len() as u64) as usize];
        Self {
            last_name: last.to_owned(),
            first_name: first.to_owned(),
            second_name: second.to_owned(),
            gender,
            birth_date: format!(
                "{:04}-{:02}-{:02}",
                1950 + draw("birth year", 55),
                1 + draw("birth month", 12),
                1 + draw("birth day", 28)
            ),
            id_number: format!("{:012}", draw("id number", 1_000_000_000_000)),
        }
    }

    /// The dossier's names where it has any (given at creation, else pushed), invented otherwise.
    pub(crate) fn of(entropy: &Entropy, dossier: &Dossier) -> Self {
        let mut person = Self::invented(entropy, dossier.id.unsigned_abs());
        let expected = |name: &str| dossier.expected.get(name).map(|datum| datum.value.as_str());
        if let Some(name) = dossier.given("last_name").or_else(|| expected("name")) {
            person.last_name = name.to_uppercase();
        }
        if let Some(name) = dossier
            .given("first_name")
            .or_else(|| expected("first_name"))
        {
            person.first_name = name.to_owned();
        }
        if let Some(date) = expected("birth_date").filter(|date| iso(date)) {
            person.birth_date = date.to_owned();
        }
        person
    }
}

fn iso(date: &str) -> bool {
    chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").is_ok()
}

impl Person {
    pub(crate) fn mrz_name(&self) -> String {
        plain(&self.last_name)
    }

    pub(crate) fn mrz_first_name(&self) -> String {
        plain(&self.first_name)
    }

    /// The two lines of a French card, with the filler written `#` as reports do (facts §F.3).
    pub(crate) fn mrz(&self) -> [String; 2] {
        let digits: String = self
            .birth_date
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        let born = digits.get(2..8).unwrap_or("000000");
        let first = fill(format!("IDFRA{}", self.mrz_name()), 30);
        let second = fill(
            format!("{}{}", self.id_number, check_digit(&self.id_number)) + &self.mrz_first_name(),
            27,
        );
        let whole = format!("{second}{born}{}{}", check_digit(born), self.gender);
        [
            format!("{first}999001"),
            format!("{whole}{}", check_digit(&whole)),
        ]
    }
}

fn fill(mut text: String, length: usize) -> String {
    text.truncate(length);
    while text.len() < length {
        text.push('#');
    }
    text
}

/// Upper-case letters without accents; anything else is the filler.
fn plain(name: &str) -> String {
    name.to_uppercase()
        .chars()
        .map(|letter| match letter {
            'A'..='Z' => letter,
            'À' | 'Â' | 'Ä' | 'Á' => 'A',
            'É' | 'È' | 'Ê' | 'Ë' => 'E',
            'Î' | 'Ï' | 'Í' => 'I',
            'Ô' | 'Ö' | 'Ó' => 'O',
            'Ù' | 'Û' | 'Ü' | 'Ú' => 'U',
            'Ç' => 'C',
            _ => '#',
        })
        .collect()
}

/// Weights 7, 3, 1 of ICAO 9303; the filler counts as zero.
fn check_digit(text: &str) -> u32 {
    let value = |letter: char| match letter {
        '0'..='9' => letter as u32 - '0' as u32,
        'A'..='Z' => letter as u32 - 'A' as u32 + 10,
        _ => 0,
    };
    text.chars()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(l, weight)| value(l) * weight)
        .sum::<u32>()
        % 10
}
