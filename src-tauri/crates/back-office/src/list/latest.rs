//! Only the last question counts: what was typed before is obsolete (quality.md P-14).

use std::sync::Mutex;

use dossiers::Progress;

use crate::{desk::locked, views::list::ListQuery};

/// The last question of one kind.
#[derive(Debug, Default)]
pub struct Latest(Mutex<Option<(ListQuery, Progress)>>);

impl Latest {
    /// Ends the question before, unless it is the same one.
    pub fn ask(&self, query: &ListQuery) -> Progress {
        let mut last = locked(&self.0);
        match &*last {
            Some((same, progress)) if same == query && !progress.is_cancelled() => progress.clone(),
            _ => {
                let progress = Progress::unwatched();
                if let Some((_, overtaken)) = last.replace((query.clone(), progress.clone())) {
                    overtaken.cancel();
                }
                progress
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(search: &str) -> ListQuery {
        ListQuery {
            search: search.to_owned(),
            ..ListQuery::default()
        }
    }

    #[test]
    fn another_question_ends_the_one_before_and_pages_of_one_question_go_on() {
        let latest = Latest::default();
        let first_page = latest.ask(&typed("val"));
        let second_page = latest.ask(&typed("val"));
        assert!(!first_page.is_cancelled());
        let next = latest.ask(&typed("valm"));
        assert!(first_page.is_cancelled() && second_page.is_cancelled());
        assert!(!next.is_cancelled());
    }
}
