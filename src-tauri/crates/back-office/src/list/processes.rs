//! Processes that have two ids: the organisation's takes the place of a person's own with the same UUID, and dossiers
//! keep the id that they were made under.

use std::collections::BTreeMap;

use crate::{
    desk::Desk,
    views::list::{ListFilter, ListQuery},
};

/// The id of today by each id that was replaced.
#[derive(Debug, Default)]
pub(super) struct Replaced(BTreeMap<String, String>);

impl Desk {
    pub(super) fn replaced_processes(&self) -> Replaced {
        let today = self.preferences().processes;
        let pairs = self
            .own_preferences()
            .processes
            .into_iter()
            .filter_map(|own| {
                if today.iter().any(|known| known.id == own.id) {
                    return None;
                }
                let given = today.iter().find(|known| {
                    (&known.environment_id, &known.process_uuid)
                        == (&own.environment_id, &own.process_uuid)
                })?;
                Some((own.id, given.id.clone()))
            });
        Replaced(pairs.collect())
    }
}

impl Replaced {
    /// Every id under which dossiers of these processes stand.
    pub(super) fn all(&self, ids: &[String]) -> Vec<String> {
        let mut all = self.today(ids);
        let before = self.0.iter().filter(|(_, today)| all.contains(today));
        let before: Vec<String> = before.map(|(id, _)| id.clone()).collect();
        all.extend(before);
        all
    }

    /// A question as it is asked today.
    pub(super) fn in_query(&self, mut query: ListQuery) -> ListQuery {
        for filter in &mut query.filters {
            if let ListFilter::Process { ids, .. } = filter {
                *ids = self.today(ids);
            }
        }
        query
    }

    /// Each process once.
    fn today(&self, ids: &[String]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for id in ids {
            let today = self.0.get(id).unwrap_or(id);
            if !found.contains(today) {
                found.push(today.clone());
            }
        }
        found
    }
}
