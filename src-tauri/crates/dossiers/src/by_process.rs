//! A value for each process, for each environment, and for whatever neither is said of.

use std::collections::BTreeMap;

/// Values that count for dossiers by where they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByProcess<P> {
    /// Where nothing closer is said.
    pub default: P,
    /// By id of the environment.
    pub environments: BTreeMap<String, P>,
    /// By id of the environment and of the process.
    pub processes: BTreeMap<(String, String), P>,
}

impl<P: Copy> ByProcess<P> {
    /// The process's own value, else its environment's, else the default.
    pub fn of(&self, environment_id: &str, process_id: &str) -> P {
        let process = (environment_id.to_owned(), process_id.to_owned());
        self.processes
            .get(&process)
            .or_else(|| self.environments.get(environment_id))
            .copied()
            .unwrap_or(self.default)
    }

    /// Every entry: environment, process, value; both empty for the default, the process for an
    /// environment's.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str, P)> {
        let environments = self
            .environments
            .iter()
            .map(|(environment, value)| (environment.as_str(), "", *value));
        let processes = self
            .processes
            .iter()
            .map(|((environment, process), value)| {
                (environment.as_str(), process.as_str(), *value)
            });
        std::iter::once(("", "", self.default))
            .chain(environments)
            .chain(processes)
    }

    /// Takes an entry in, as [`Self::all`] gives it.
    pub(crate) fn put(&mut self, environment_id: String, process_id: String, value: P) {
        match (environment_id.is_empty(), process_id.is_empty()) {
            (true, true) => self.default = value,
            (false, true) => drop(self.environments.insert(environment_id, value)),
            _ => drop(self.processes.insert((environment_id, process_id), value)),
        }
    }

    /// What became of entries, as `environment/process value`; `-` for one that is gone.
    pub(crate) fn told_since(&self, before: &Self, word: impl Fn(P) -> String) -> String
    where
        P: PartialEq,
    {
        let entries = |table: &Self| -> BTreeMap<String, P> {
            table
                .all()
                .map(|(environment, process, value)| (format!("{environment}/{process}"), value))
                .collect()
        };
        let (before, after) = (entries(before), entries(self));
        let changed = after
            .iter()
            .filter(|(place, value)| before.get(*place) != Some(value))
            .map(|(place, value)| format!("{place} {}", word(*value)));
        let gone = before
            .keys()
            .filter(|place| !after.contains_key(*place))
            .map(|place| format!("{place} -"));
        changed.chain(gone).collect::<Vec<_>>().join(", ")
    }
}
