//! A dossier that is made again: the form as it was sent, under a reference of its own.

use dossiers::Dossier;

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    launch::typed_form,
    views::launch::LaunchForm,
};

impl Desk {
    /// What to begin a further dossier of the same person with. Nothing is sent, nothing is kept.
    pub async fn launch_form(&self, id: &str) -> Result<LaunchForm, DeskError> {
        let dossier = self.dossier(dossier_id(id)?).await?;
        let mut form = typed_form(&dossier).unwrap_or_else(|| known(&dossier));
        if let Some(process) = self.process_now(&dossier) {
            form.process_id = process.id;
        }
        // A refused one was never made: its reference is still free.
        if dossier.enrollment_id.is_some() {
            form.reference = next_reference(&form.reference);
        }
        Ok(form)
    }
}

/// Of a dossier that was not made here.
fn known(dossier: &Dossier) -> LaunchForm {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    LaunchForm {
        process_id: dossier.process_id.clone(),
        reference: text(&dossier.reference),
        last_name: text(&dossier.last_name),
        first_name: text(&dossier.first_name),
        email: text(&dossier.email),
        phone_number: text(&dossier.phone_number),
        open_link: true,
        ..LaunchForm::default()
    }
}

/// `REF-1042` becomes `REF-1042-2`, then `REF-1042-3`: a reference is never used twice, and the pair stays together
/// in the list. One digit alone counts: `REF-1042` is no forty-second try.
fn next_reference(reference: &str) -> String {
    if reference.is_empty() {
        return String::new();
    }
    let tried = reference
        .rsplit_once('-')
        .and_then(|(stem, digit)| Some((stem, digit.parse::<u8>().ok()?, digit)))
        .filter(|(stem, try_, digit)| !stem.is_empty() && digit.len() == 1 && *try_ >= 2);
    match tried {
        Some((stem, try_, _)) if try_ < 9 => format!("{stem}-{}", try_ + 1),
        _ => format!("{reference}-2"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_try_keeps_the_reference_and_counts() {
        assert_eq!(next_reference("REF-1042"), "REF-1042-2");
        assert_eq!(next_reference("REF-1042-2"), "REF-1042-3");
        assert_eq!(next_reference("REF-1042-9"), "REF-1042-9-2");
        assert_eq!(next_reference("A-1"), "A-1-2");
        assert_eq!(next_reference("-3"), "-3-2");
    }

    #[test]
    fn nothing_is_made_up_where_there_was_no_reference() {
        assert_eq!(next_reference(""), "");
    }
}
