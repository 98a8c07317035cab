//! Which letter stands over which: the alignment with the fewest differences.

use serde::Serialize;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    Compared,
    letters::{DECIMAL_MARK, Letter, is_apostrophe, is_hyphen, letters},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    Same,
    /// Accent, case, or a sign that parts words.
    Writing,
    Differs,
}

/// A letter over a letter; one of the two may be missing.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub declared: String,
    pub read: String,
    pub kind: ColumnKind,
}

impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

/// What differs where the letters do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WritingDifference {
    Accents,
    Case,
    Spaces,
    Hyphens,
    Apostrophes,
    /// Full stops, commas and other signs.
    Signs,
}

pub(super) struct Aligned {
    /// Empty where one of the texts is too long.
    pub columns: Vec<Column>,
    pub differs: bool,
    /// Sorted, each once; empty where the texts are too long to be laid out.
    pub writing: Vec<WritingDifference>,
    /// How far the two texts are from each other.
    pub cost: usize,
}

/// Longer texts are compared without being laid out.
const MOST_LETTERS: usize = 200;

const WRITING: usize = 1;
const SIGN_MISSING: usize = 1;
const LETTER_MISSING: usize = 4;
const OTHER_LETTER: usize = 6;

pub(super) fn align(declared: &str, read: &str, compared: Compared) -> Aligned {
    let (above, below) = (letters(declared, compared), letters(read, compared));
    if above.len() > MOST_LETTERS || below.len() > MOST_LETTERS {
        return unaligned(&above, &below);
    }
    let costs = costs(&above, &below);
    let (mut row, mut column) = (above.len(), below.len());
    let mut pairs: Vec<(Option<&Letter>, Option<&Letter>)> = Vec::new();
    while row > 0 || column > 0 {
        let here = costs[row][column];
        let both = row > 0
            && column > 0
            && here == costs[row - 1][column - 1] + over(&above[row - 1], &below[column - 1]);
        if both {
            (row, column) = (row - 1, column - 1);
            pairs.push((Some(&above[row]), Some(&below[column])));
        } else if row > 0 && here == costs[row - 1][column] + missing(&above[row - 1]) {
            row -= 1;
            pairs.push((Some(&above[row]), None));
        } else {
            column -= 1;
            pairs.push((None, Some(&below[column])));
        }
    }
    pairs.reverse();
    let mut writing = Vec::new();
    let columns: Vec<Column> = pairs
        .into_iter()
        .map(|(above, below)| {
            let kind = kind(above, below);
            if kind == ColumnKind::Writing {
                writing.extend(differences(above, below));
            }
            let shown = |letter: Option<&Letter>| {
                letter
                    .map(|letter| letter.shown.clone())
                    .unwrap_or_default()
            };
            Column {
                declared: shown(above),
                read: shown(below),
                kind,
            }
        })
        .collect();
    writing.sort_unstable();
    writing.dedup();
    Aligned {
        differs: columns
            .iter()
            .any(|column| column.kind == ColumnKind::Differs),
        cost: costs[above.len()][below.len()],
        columns,
        writing,
    }
}

fn costs(above: &[Letter], below: &[Letter]) -> Vec<Vec<usize>> {
    let mut costs = vec![vec![0; below.len() + 1]; above.len() + 1];
    for column in 0..below.len() {
        costs[0][column + 1] = costs[0][column] + missing(&below[column]);
    }
    for row in 0..above.len() {
        costs[row + 1][0] = costs[row][0] + missing(&above[row]);
        for column in 0..below.len() {
            let both = costs[row][column] + over(&above[row], &below[column]);
            let upper = costs[row][column + 1] + missing(&above[row]);
            let lower = costs[row + 1][column] + missing(&below[column]);
            costs[row + 1][column + 1] = both.min(upper).min(lower);
        }
    }
    costs
}

fn missing(letter: &Letter) -> usize {
    match letter.folded {
        Some(_) => LETTER_MISSING,
        None => SIGN_MISSING,
    }
}

fn over(above: &Letter, below: &Letter) -> usize {
    match kind(Some(above), Some(below)) {
        ColumnKind::Same => 0,
        ColumnKind::Writing => WRITING,
        ColumnKind::Differs => OTHER_LETTER,
    }
}

fn kind(above: Option<&Letter>, below: Option<&Letter>) -> ColumnKind {
    match (above, below) {
        (Some(one), Some(two)) if one == two => ColumnKind::Same,
        (Some(one), Some(two)) if one.folded == two.folded => ColumnKind::Writing,
        (Some(sign), None) | (None, Some(sign)) if sign.folded.is_none() => ColumnKind::Writing,
        _ => ColumnKind::Differs,
    }
}

fn differences(above: Option<&Letter>, below: Option<&Letter>) -> Vec<WritingDifference> {
    match (above, below) {
        (Some(one), Some(two)) if one.folded.is_some_and(|letter| letter != DECIMAL_MARK) => {
            let bare = |letter: &Letter| {
                letter
                    .shown
                    .nfkd()
                    .filter(|part| !is_combining_mark(*part))
                    .collect::<String>()
            };
            let mut found = Vec::new();
            let (bare_one, bare_two) = (bare(one), bare(two));
            let same_letters = bare_one.to_lowercase() == bare_two.to_lowercase();
            if bare_one != bare_two && same_letters {
                found.push(WritingDifference::Case);
            }
            if !same_letters || one.shown.to_lowercase() != two.shown.to_lowercase() {
                found.push(WritingDifference::Accents);
            }
            found
        }
        (one, two) => {
            let mut found: Vec<WritingDifference> =
                one.into_iter().chain(two).map(sign_of).collect();
            // A hyphen over a space: the hyphen is what changes.
            if found.iter().any(|sign| *sign != WritingDifference::Spaces) {
                found.retain(|sign| *sign != WritingDifference::Spaces);
            }
            found
        }
    }
}

fn sign_of(letter: &Letter) -> WritingDifference {
    match letter.shown.chars().next() {
        Some(sign) if sign.is_whitespace() => WritingDifference::Spaces,
        Some(sign) if is_hyphen(sign) => WritingDifference::Hyphens,
        Some(sign) if is_apostrophe(sign) => WritingDifference::Apostrophes,
        _ => WritingDifference::Signs,
    }
}

fn unaligned(above: &[Letter], below: &[Letter]) -> Aligned {
    let only = |letters: &[Letter]| -> String {
        letters.iter().filter_map(|letter| letter.folded).collect()
    };
    let differs = only(above) != only(below);
    Aligned {
        columns: Vec::new(),
        differs,
        writing: Vec::new(),
        cost: if differs { usize::MAX } else { WRITING },
    }
}
