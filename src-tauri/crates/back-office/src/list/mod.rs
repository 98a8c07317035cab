//! The list of dossiers: what is asked of the register, and how its rows are shown.

mod asking;
mod days;
mod latest;
mod processes;
mod rows;
mod same_reference;
pub(crate) mod views;

use dossiers::{Progress, RegisterError};

pub(crate) use self::{
    asking::{column, sort_key},
    days::span_between,
    latest::Latest,
    rows::Rows,
};
use crate::{
    desk::Desk,
    errors::DeskError,
    views::list::{ListPage, ListQuery},
};

/// Most rows of one page.
const MOST_ROWS: u32 = 500;

impl Desk {
    /// Ends with [`crate::views::error::ErrorCode::Cancelled`] when another question overtook it;
    /// pages of the same question come side by side.
    pub async fn list_dossiers(
        &self,
        query: ListQuery,
        offset: u32,
        limit: u32,
    ) -> Result<ListPage, DeskError> {
        let asked = self.asking().query(&query)?;
        let progress = self.lists().ask(&query);
        let page = self
            .on_register(move |register, _| {
                wanted(&progress)?;
                let limit = limit.clamp(1, MOST_ROWS);
                register.list(&asked, offset.into(), limit.into(), &progress)
            })
            .await?;
        let rows = Rows::of(self);
        Ok(ListPage {
            rows: page.rows.into_iter().map(|found| rows.row(found)).collect(),
            total: shown_count(page.total),
            exact: page.exact,
            all: shown_count(page.all),
        })
    }

    /// The exact count. A later question ends it with
    /// [`crate::views::error::ErrorCode::Cancelled`].
    pub async fn count_dossiers(&self, query: ListQuery) -> Result<u32, DeskError> {
        let asked = self.asking().query(&query)?;
        let progress = self.counts().ask(&query);
        let count = self
            .on_register(move |register, _| {
                wanted(&progress)?;
                register.count(&asked, &progress)
            })
            .await?;
        Ok(shown_count(count))
    }
}

/// A question overtaken while it waited for its turn never reaches the register.
fn wanted(progress: &Progress) -> Result<(), RegisterError> {
    progress.at(0, 0)
}

/// A number of lines as the window takes it.
pub(crate) fn shown_count(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
