//! Sets of lines: a bit for each line of the register.

/// 125 KB for a million dossiers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set {
    words: Vec<u64>,
    len: usize,
}

/// The word a line's bit is in, and the bit.
fn place(line: i64) -> (usize, u64) {
    let line = usize::try_from(line).unwrap_or(0);
    (line / 64, 1 << (line % 64))
}

fn line(word: usize, bit: u32) -> i64 {
    i64::try_from(word * 64).unwrap_or(i64::MAX) + i64::from(bit)
}

impl Set {
    /// The lines from 1 to `last`.
    pub(super) fn up_to(last: i64) -> Self {
        let (word, bit) = place(last + 1);
        let mut words = vec![u64::MAX; word];
        words.push(bit - 1);
        if let Some(first) = words.first_mut() {
            *first &= !1;
        }
        let mut set = Self { words, len: 0 };
        set.recount();
        set
    }

    pub(super) fn insert(&mut self, line: i64) {
        let (word, bit) = place(line);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        if let Some(bits) = self.words.get_mut(word) {
            self.len += usize::from(*bits & bit == 0);
            *bits |= bit;
        }
    }

    pub(super) fn remove(&mut self, line: i64) {
        let (word, bit) = place(line);
        if let Some(bits) = self.words.get_mut(word) {
            self.len -= usize::from(*bits & bit != 0);
            *bits &= !bit;
        }
    }

    pub(super) fn contains(&self, line: i64) -> bool {
        let (word, bit) = place(line);
        self.words.get(word).is_some_and(|bits| bits & bit != 0)
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Keeps what is in both.
    pub(super) fn keep(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (bits, others) in self.words.iter_mut().zip(&other.words) {
            *bits &= others;
        }
        self.recount();
    }

    /// Keeps what is not in the other.
    pub(super) fn drop(&mut self, other: &Self) {
        for (bits, others) in self.words.iter_mut().zip(&other.words) {
            *bits &= !others;
        }
        self.recount();
    }

    /// The greatest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = i64> + '_ {
        self.words
            .iter()
            .enumerate()
            .rev()
            .flat_map(|(word, bits)| {
                let mut left = *bits;
                std::iter::from_fn(move || {
                    let bit = 63_u32.checked_sub(left.leading_zeros())?;
                    left &= !(1 << bit);
                    Some(line(word, bit))
                })
            })
    }

    /// The least first.
    pub(super) fn oldest_first(&self) -> impl Iterator<Item = i64> + '_ {
        self.words.iter().enumerate().flat_map(|(word, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then(|| line(word, bit))
            })
        })
    }

    fn recount(&mut self) {
        self.len = self
            .words
            .iter()
            .map(|bits| usize::try_from(bits.count_ones()).unwrap_or(0))
            .sum();
    }
}

impl FromIterator<i64> for Set {
    fn from_iter<I: IntoIterator<Item = i64>>(lines: I) -> Self {
        let mut set = Self::default();
        for line in lines {
            set.insert(line);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(set: &Set) -> Vec<i64> {
        set.oldest_first().collect()
    }

    #[test]
    fn a_set_holds_what_was_put_in_once_in_both_directions() {
        let mut set: Set = [200, 1, 63, 64, 200, 128].into_iter().collect();
        assert_eq!(lines(&set), [1, 63, 64, 128, 200]);
        assert_eq!(
            set.newest_first().collect::<Vec<_>>(),
            [200, 128, 64, 63, 1]
        );
        set.remove(64);
        set.remove(65);
        assert_eq!(
            (set.len(), set.contains(64), set.contains(63)),
            (4, false, true)
        );
    }

    #[test]
    fn sets_are_met_and_taken_away() {
        for last in [0, 1, 62, 63, 64, 127, 128] {
            let all = Set::up_to(last);
            assert_eq!(lines(&all), (1..=last).collect::<Vec<_>>());
            assert_eq!(all.len(), usize::try_from(last).unwrap());
        }
        let few: Set = [3, 70, 500].into_iter().collect();
        let mut met = Set::up_to(100);
        met.keep(&few);
        assert_eq!((lines(&met), met.len()), (vec![3, 70], 2));
        let mut rest = Set::up_to(5);
        rest.drop(&few);
        assert_eq!((lines(&rest), rest.len()), (vec![1, 2, 4, 5], 4));
    }
}
