//! From what the window asks to what the register is asked.

use chrono::{DateTime, Local, TimeDelta, TimeZone, Utc};
use dossiers::{Column, DossierId, Filter, LOST_DAYS, Query, SortKey, Span};

use super::{days, processes::Replaced};
use crate::{
    decision::chosen,
    desk::{Desk, dossier_id},
    errors::DeskError,
    views::{
        dossier::EvidenceState,
        list::{ListColumn, ListFilter, ListQuery, Selection, Stretch},
    },
};

/// More than any person types, chooses or adds.
const LONGEST_SEARCH: usize = 1_000;
const MOST_FILTERS: usize = 50;
const MOST_VALUES: usize = 1_000;

/// Who asks, when, and in which time zone their days are.
#[derive(Debug)]
pub struct Asking<Z> {
    /// By this computer's clock: its person's days.
    now: DateTime<Utc>,
    /// By ID360's: what it deletes, and when.
    true_now: DateTime<Utc>,
    zone: Z,
    /// Username of the account that is signed in.
    operator: Option<String>,
    processes: Replaced,
}

impl Desk {
    pub(crate) fn asking(&self) -> Asking<Local> {
        Asking {
            now: self.now(),
            true_now: self.true_now(),
            zone: Local,
            operator: self
                .session_or_none()
                .map(|session| session.username.clone()),
            processes: self.replaced_processes(),
        }
    }
}

impl<Z: TimeZone> Asking<Z> {
    pub fn query(&self, query: &ListQuery) -> Result<Query, DeskError> {
        if query.search.len() > LONGEST_SEARCH {
            return Err(DeskError::invalid_field("search", "too_long"));
        }
        if query.filters.len() > MOST_FILTERS {
            return Err(DeskError::invalid_field("filters", "too_many"));
        }
        let mut filters = Vec::with_capacity(query.filters.len());
        for filter in &query.filters {
            filters.extend(self.filter(filter)?);
        }
        Ok(Query {
            search: query.search.clone(),
            filters,
            sort: query.sort.iter().map(sort_key).collect(),
        })
    }

    pub fn selection(&self, selection: &Selection) -> Result<dossiers::Selection, DeskError> {
        Ok(match selection {
            Selection::Some { ids } => dossiers::Selection::Some(read_ids(ids)?),
            Selection::Matching { query, except } => dossiers::Selection::Matching {
                query: self.query(query)?,
                except: read_ids(except)?,
            },
        })
    }

    /// `None`: the chip leaves nothing out.
    fn filter(&self, filter: &ListFilter) -> Result<Option<Filter>, DeskError> {
        Ok(Some(match filter {
            ListFilter::Status { not, words } => Filter::Status {
                not: *not,
                words: few(words)?,
            },
            ListFilter::Process { not, ids } => Filter::Process {
                not: *not,
                ids: self.processes.all(&few(ids)?),
            },
            ListFilter::Environment { not, ids } => Filter::Environment {
                not: *not,
                ids: few(ids)?,
            },
            ListFilter::Created { not, stretch } => {
                let Some(span) = self.span(stretch)? else {
                    return Ok(None);
                };
                Filter::Created { not: *not, span }
            }
            ListFilter::Finished { not, stretch } => {
                let Some(span) = self.span(stretch)? else {
                    return Ok(None);
                };
                Filter::Finished { not: *not, span }
            }
            ListFilter::Deadline { not, stretch } => {
                let Some(span) = self.deadline_span(stretch)? else {
                    return Ok(None);
                };
                Filter::Deadline { not: *not, span }
            }
            ListFilter::Evidence { not, states } => Filter::Evidence {
                not: *not,
                states: states.iter().map(evidence).collect(),
            },
            ListFilter::Decision { not, choices } => Filter::Decision {
                not: *not,
                choices: choices.iter().map(|choice| choice.map(chosen)).collect(),
            },
            ListFilter::Tag { not, tags } => Filter::Tag {
                not: *not,
                tags: few(tags)?,
            },
            ListFilter::Mine { not } => Filter::Operator {
                not: *not,
                usernames: self.operator.iter().cloned().collect(),
            },
            ListFilter::InProgress { not } => Filter::InProgress { not: *not },
            ListFilter::Treated { not } => Filter::Treated { not: *not },
            ListFilter::ToTreat { not } => Filter::ToTreat { not: *not },
            ListFilter::Troubled { not } => Filter::Troubled { not: *not },
            ListFilter::Lost { not } => Filter::Lost {
                not: *not,
                after: self.true_now - TimeDelta::days(LOST_DAYS),
            },
        }))
    }

    fn span(&self, stretch: &Stretch) -> Result<Option<Span>, DeskError> {
        days::span(stretch, self.now, &self.zone)
    }

    /// Calendar days are the person's own; hours run by the clock of whoever deletes.
    fn deadline_span(&self, stretch: &Stretch) -> Result<Option<Span>, DeskError> {
        let now = match stretch {
            Stretch::NextHours { .. } | Stretch::WithinHours { .. } | Stretch::Past => {
                self.true_now
            }
            _ => self.now,
        };
        days::span(stretch, now, &self.zone)
    }
}

/// The register's name of a key.
pub(crate) fn sort_key(key: &crate::views::list::SortKey) -> SortKey {
    SortKey {
        column: column(key.column),
        descending: key.descending,
    }
}

/// The register's name of a column.
pub(crate) fn column(column: ListColumn) -> Column {
    match column {
        ListColumn::Status => Column::Status,
        ListColumn::Reference => Column::Reference,
        ListColumn::Name => Column::Name,
        ListColumn::Process => Column::Process,
        ListColumn::CreatedAt => Column::PreparedAt,
        ListColumn::FinishedAt => Column::FinishedTime,
        ListColumn::Deadline => Column::Deadline,
        ListColumn::Evidence => Column::Evidence,
        ListColumn::EnrollmentId => Column::EnrollmentId,
        ListColumn::Operator => Column::Operator,
        ListColumn::Environment => Column::Environment,
        ListColumn::Level => Column::Level,
        ListColumn::Tags => Column::Tags,
        ListColumn::ChangedAt => Column::ChangedAt,
        ListColumn::Email => Column::Email,
        ListColumn::Phone => Column::PhoneNumber,
        ListColumn::Decision => Column::Decision,
    }
}

fn evidence(state: &EvidenceState) -> dossiers::EvidenceState {
    match state {
        EvidenceState::None => dossiers::EvidenceState::None,
        EvidenceState::Due => dossiers::EvidenceState::Due,
        EvidenceState::Kept => dossiers::EvidenceState::Kept,
        EvidenceState::Partial => dossiers::EvidenceState::Partial,
        EvidenceState::Lost => dossiers::EvidenceState::Lost,
    }
}

fn few(values: &[String]) -> Result<Vec<String>, DeskError> {
    if values.len() > MOST_VALUES {
        return Err(DeskError::invalid_field("filters", "too_many"));
    }
    Ok(values.to_vec())
}

fn read_ids(ids: &[String]) -> Result<Vec<DossierId>, DeskError> {
    ids.iter().map(|id| dossier_id(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(operator: Option<&str>) -> Asking<Utc> {
        Asking {
            now: "2026-11-23T09:00:00Z".parse().unwrap(),
            true_now: "2026-11-26T15:00:00Z".parse().unwrap(),
            zone: Utc,
            operator: operator.map(str::to_owned),
            processes: Replaced::default(),
        }
    }

    fn of(filters: Vec<ListFilter>) -> ListQuery {
        ListQuery {
            filters,
            ..ListQuery::default()
        }
    }

    #[test]
    fn mine_is_nobodys_while_nobody_is_signed_in() {
        let mine = of(vec![ListFilter::Mine { not: false }]);
        let asked = |operator| asking(operator).query(&mine).unwrap().filters;
        let usernames = |names: &[&str]| {
            vec![Filter::Operator {
                not: false,
                usernames: names.iter().map(|name| (*name).to_owned()).collect(),
            }]
        };
        assert_eq!(asked(Some("agence-12")), usernames(&["agence-12"]));
        assert_eq!(asked(None), usernames(&[]));
    }

    #[test]
    fn on_a_computer_whose_clock_is_slow_deadlines_run_by_id360s_and_days_by_the_persons() {
        let span = |stretch| {
            let asked = of(vec![ListFilter::Deadline {
                not: false,
                stretch,
            }]);
            match &asking(None).query(&asked).unwrap().filters[..] {
                [Filter::Deadline { span, .. }] => *span,
                other => panic!("{other:?}"),
            }
        };
        let at = |text: &str| Some(text.parse::<DateTime<Utc>>().unwrap());
        let next = span(Stretch::NextHours { hours: 48 });
        assert_eq!(next.from, at("2026-11-26T15:00:00Z"));
        assert_eq!(next.to, at("2026-11-28T15:00:00Z"));
        let within = span(Stretch::WithinHours { hours: 48 });
        assert_eq!((within.from, within.to), (None, at("2026-11-28T15:00:01Z")));
        assert_eq!(span(Stretch::Past).to, at("2026-11-26T15:00:00Z"));
        assert_eq!(span(Stretch::Today).from, at("2026-11-23T00:00:00Z"));
    }

    #[test]
    fn what_no_person_asks_is_refused_before_it_reaches_the_register() {
        let long = ListQuery {
            search: "a".repeat(1_001),
            ..ListQuery::default()
        };
        let many = of(vec![ListFilter::Mine { not: false }; 51]);
        let wide = of(vec![ListFilter::Tag {
            not: false,
            tags: vec![String::new(); 1_001],
        }]);
        for query in [long, many, wide] {
            assert!(asking(None).query(&query).is_err());
        }
    }
}
