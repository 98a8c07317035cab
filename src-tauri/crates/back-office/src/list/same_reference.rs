//! A reference that was used before: ID360 takes it again, and two dossiers of one name are a trap for whoever
//! looks for one of them (product.md §5 B).

use crate::{desk::Desk, errors::DeskError, list::Rows, views::dossier::DossierRow};

/// As many as a form has room for.
const MOST: u32 = 3;

impl Desk {
    /// The newest dossiers of the signed-in environment that have that reference; none for an empty one.
    pub async fn same_reference(&self, reference: &str) -> Result<Vec<DossierRow>, DeskError> {
        let environment = self.session()?.environment_id().to_owned();
        let reference = reference.trim().to_owned();
        if reference.is_empty() {
            return Ok(Vec::new());
        }
        let found = self
            .on_register(move |register, _| register.with_reference(&environment, &reference, MOST))
            .await?;
        let rows = Rows::of(self);
        Ok(found.into_iter().map(|dossier| rows.row(dossier)).collect())
    }
}
