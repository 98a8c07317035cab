//! Views of the list: the six built-in ones and a person's own.

use dossiers::SavedView;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    desk::Desk,
    errors::DeskError,
    views::{
        error::ErrorCode,
        list::{ListColumn, ListFilter, ListQuery, ListView, SortKey, Stretch},
    },
};

/// Longest name, in characters.
const LONGEST_NAME: usize = 60;
/// More than anybody finds their way in.
const MOST_VIEWS: usize = 100;

/// What the register keeps of a view.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    /// `None` for a built-in one, whose question never changes.
    query: Option<ListQuery>,
    /// Words of [`ListColumn`]. A newer desk may have written some that this one does not have: they are passed over,
    /// and kept.
    columns: Vec<Value>,
}

impl Content {
    fn known_columns(&self) -> Vec<ListColumn> {
        self.columns.iter().filter_map(column_of).collect()
    }
}

fn column_of(word: &Value) -> Option<ListColumn> {
    ListColumn::deserialize(word).ok()
}

impl Desk {
    /// Built-in views first, then own ones in the order they were first saved.
    pub async fn list_views(&self) -> Result<Vec<ListView>, DeskError> {
        let saved = self.saved_views().await?;
        Ok(self.views_of(&saved))
    }

    async fn saved_views(&self) -> Result<Vec<SavedView>, DeskError> {
        self.on_register(|register, _| register.saved_views()).await
    }

    fn views_of(&self, saved: &[SavedView]) -> Vec<ListView> {
        let replaced = self.replaced_processes();
        let mut views = built_in();
        for saved in saved {
            let Ok(content) = serde_json::from_str::<Content>(&saved.content) else {
                tracing::warn!(view = saved.id, "a view could not be read");
                continue;
            };
            let columns = content.known_columns();
            match views.iter_mut().find(|known| known.id == saved.id) {
                Some(known) => {
                    if !columns.is_empty() {
                        known.columns = columns;
                    }
                }
                None => views.push(ListView {
                    id: saved.id.clone(),
                    built_in: false,
                    name: saved.name.clone(),
                    query: replaced.in_query(content.query.unwrap_or_default()),
                    columns: if columns.is_empty() {
                        USUAL.to_vec()
                    } else {
                        columns
                    },
                }),
            }
        }
        views
    }

    /// Of a built-in view only the columns change.
    pub async fn save_view(&self, mut view: ListView) -> Result<Vec<ListView>, DeskError> {
        let kept = self.saved_views().await?;
        let known = self.views_of(&kept);
        if view.columns.is_empty() {
            return Err(DeskError::invalid_field("columns", "required"));
        }
        let mut seen = Vec::new();
        view.columns.retain(|column| {
            let first = !seen.contains(column);
            seen.push(*column);
            first
        });
        let before = known.iter().find(|known| known.id == view.id);
        let built_in = before.is_some_and(|before| before.built_in);
        if built_in {
            view.name = None;
        } else {
            view.name = Some(name(&view, &known)?);
            // A question that cannot be asked is not worth a name.
            self.asking().query(&view.query)?;
            if view.id.is_empty() {
                if known.len() >= MOST_VIEWS {
                    return Err(DeskError::invalid_field("name", "too_many"));
                }
                view.id = format!("view-{}", Uuid::new_v4().simple());
            } else if before.is_none() {
                return Err(DeskError::new(ErrorCode::NotFound));
            }
        }
        let mut columns = view
            .columns
            .iter()
            .map(serde_json::to_value)
            .collect::<Result<Vec<_>, _>>()
            .map_err(DeskError::internal)?;
        columns.extend(unknown_columns(&kept, &view.id));
        let content = Content {
            query: (!built_in).then_some(view.query),
            columns,
        };
        let saved = SavedView {
            id: view.id,
            name: view.name,
            content: serde_json::to_string(&content).map_err(DeskError::internal)?,
        };
        self.on_register(move |register, stamp| register.save_view(saved, stamp))
            .await?;
        self.list_views().await
    }

    /// A built-in view gets its own columns back.
    pub async fn remove_view(&self, id: &str) -> Result<Vec<ListView>, DeskError> {
        let id = id.to_owned();
        self.on_register(move |register, stamp| register.remove_view(&id, stamp))
            .await?;
        self.list_views().await
    }
}

/// What a newer desk shows in that view and this one cannot.
fn unknown_columns(kept: &[SavedView], id: &str) -> Vec<Value> {
    let kept = kept.iter().find(|kept| kept.id == id);
    let content = kept.and_then(|kept| serde_json::from_str::<Content>(&kept.content).ok());
    let mut columns = content.map(|content| content.columns).unwrap_or_default();
    columns.retain(|word| column_of(word).is_none());
    columns
}

fn name(view: &ListView, known: &[ListView]) -> Result<String, DeskError> {
    let name = view.name.as_deref().unwrap_or_default().trim();
    if name.is_empty() {
        return Err(DeskError::invalid_field("name", "required"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(DeskError::invalid_field("name", "too_long").with("most", LONGEST_NAME));
    }
    let taken = known.iter().any(|other| {
        other.id != view.id
            && other
                .name
                .as_deref()
                .is_some_and(|other| other.to_lowercase() == name.to_lowercase())
    });
    if taken {
        return Err(DeskError::invalid_field("name", "taken"));
    }
    Ok(name.to_owned())
}

/// Ended `KO`, and nobody said that it is done.
pub(crate) fn to_treat() -> ListFilter {
    ListFilter::ToTreat { not: false }
}

/// Exists at ID360 and has no verdict yet.
pub(crate) fn in_progress() -> ListFilter {
    ListFilter::InProgress { not: false }
}

/// Everything that something can still be lost of.
pub(crate) fn due() -> ListFilter {
    ListFilter::Deadline {
        not: true,
        stretch: Stretch::Never,
    }
}

/// Nobody knows whether it exists.
pub(crate) fn unknown() -> ListFilter {
    ListFilter::Status {
        not: false,
        words: vec!["OUTCOME_UNKNOWN".to_owned()],
    }
}

/// Of a view that is about nothing in particular.
const USUAL: [ListColumn; 8] = [
    ListColumn::Status,
    ListColumn::Reference,
    ListColumn::Name,
    ListColumn::Process,
    ListColumn::CreatedAt,
    ListColumn::FinishedAt,
    ListColumn::Deadline,
    ListColumn::Evidence,
];

/// What a compliance officer opens first, in this order.
fn built_in() -> Vec<ListView> {
    use ListColumn as C;
    let view =
        |id: &str, filters: Vec<ListFilter>, sort: Vec<SortKey>, columns: &[ListColumn]| ListView {
            id: id.to_owned(),
            built_in: true,
            name: None,
            query: ListQuery {
                search: String::new(),
                filters,
                sort,
            },
            columns: columns.to_vec(),
        };
    let by = |column, descending| vec![SortKey { column, descending }];
    vec![
        view("all", vec![], vec![], &USUAL),
        // A verdict that somebody must act on, until somebody says it is done. Unknown outcomes
        // have a view of their own, because the way to settle them is another.
        view(
            "to_treat",
            vec![to_treat()],
            // Of those that nothing can be lost of, the newest verdict first.
            [by(C::Deadline, false), by(C::FinishedAt, true)].concat(),
            &[
                C::Status,
                C::Reference,
                C::Name,
                C::Process,
                C::FinishedAt,
                C::Deadline,
                C::Evidence,
                C::Tags,
            ],
        ),
        view(
            "in_progress",
            vec![in_progress()],
            by(C::ChangedAt, true),
            &[
                C::Status,
                C::Reference,
                C::Name,
                C::Process,
                C::CreatedAt,
                C::ChangedAt,
                C::Operator,
            ],
        ),
        view(
            "deadlines",
            vec![due()],
            by(C::Deadline, false),
            &[
                C::Deadline,
                C::Evidence,
                C::Status,
                C::Reference,
                C::Name,
                C::Process,
                C::FinishedAt,
            ],
        ),
        view(
            "mine",
            vec![ListFilter::Mine { not: false }],
            vec![],
            &USUAL,
        ),
        view(
            "unknown",
            vec![unknown()],
            vec![],
            &[
                C::Status,
                C::Reference,
                C::Name,
                C::Process,
                C::CreatedAt,
                C::Operator,
                C::Environment,
            ],
        ),
    ]
}
