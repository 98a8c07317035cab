//! The main job, from the first screen to the saved evidence: what `./run` plays where there is no display, and what
//! the journeys prove. Every step is checked here, so that both stand on the same.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::customer::{Outcome, Visit};
use crate::desk::{Desk, Person};
use crate::fixtures::{Fixtures, sha256, sha256_of};
use crate::{painted, place};

/// How unlike the file a picture in the window may be: scaling smooths edges and grain.
const SAME_PICTURE: f64 = 5.0;
/// How unlike it the other side must be at least, or the comparison would prove nothing.
const OTHER_PICTURE: f64 = 10.0;

/// How the main job is played.
#[derive(Debug, Clone)]
pub struct MainJob {
    /// `fr` or `en`: the window's language, and the customer's.
    pub language: String,
    pub outcome: Outcome,
    /// The customer holds a phone.
    pub phone: bool,
    /// Where the evidence is saved.
    pub evidence: PathBuf,
}

impl MainJob {
    /// Plays it in a window named `name`, and tells each step. The desk is left open on the dossier.
    pub async fn play(&self, name: &str, tell: &mut (dyn FnMut(&str) + Send)) -> Result<Desk> {
        let files = Fixtures::ready()?;
        let desk = Desk::open(name, &self.language).await?;
        tell("The window is open.");
        desk.window.picture("1-sign-in").await?;

        desk.enter_sandbox("application").await?;
        tell("Signed in to the built-in sandbox with its application account.");
        desk.window.picture("2-dossiers").await?;

        let person = Person::specimen(&format!("SPECIMEN-{}", self.language.to_uppercase()));
        let already = crate::opened::all()?.len();
        desk.fill_dossier(&person).await?;
        desk.window.picture("3-new-dossier").await?;
        desk.window.click("launch").await?;
        desk.window.wait_for("dossier-status").await?;
        tell(&format!("Dossier {} created.", person.reference));

        let link = crate::opened::next_after(already).await?;
        ensure!(
            link.starts_with(&format!(
                "{}/static/process_ui/",
                desk.sandbox.greeting().base_url
            )),
            "the browser was asked to open something else than the enrollment page"
        );
        tell("The enrollment link was opened in the default browser.");
        desk.window.picture("4-launched").await?;

        self.enroll(&link, &files, &desk).await?;
        tell(
            "The customer gave recto, verso, selfie and a supporting document in a real browser, and finished.",
        );

        let outcome = match &self.outcome {
            Outcome::Ok => "OK",
            Outcome::Ko(_) => "KO",
            Outcome::Failed => "FAILED",
            // The dossier stays open: there is nothing more to see or to save.
            Outcome::Leave => return Ok(desk),
        };
        desk.wait_for_status(outcome).await?;
        tell(&format!("The verdict came to the window: {outcome}."));
        desk.window.picture("5-verdict").await?;

        self.look(&desk, &files, tell).await?;
        self.save(&desk, &person, &files, tell).await?;
        Ok(desk)
    }

    async fn enroll(&self, link: &str, files: &Fixtures, desk: &Desk) -> Result<()> {
        let mut visit = Visit::complete(&self.language, files, self.outcome.clone());
        visit.phone = self.phone;
        let enrolled = visit.enroll(link, &place::screenshots()?).await?;
        if !matches!(self.outcome, Outcome::Leave) {
            ensure!(
                !enrolled
                    .final_url
                    .starts_with(&desk.sandbox.greeting().base_url)
                    && enrolled.final_url.contains("token="),
                "the customer's browser did not come back to the desk"
            );
        }
        Ok(())
    }

    /// Recto and verso are painted, and each is its own file's picture.
    async fn look(
        &self,
        desk: &Desk,
        files: &Fixtures,
        tell: &mut (dyn FnMut(&str) + Send),
    ) -> Result<()> {
        for (side, own, other) in [
            ("recto", &files.recto, &files.verso),
            ("verso", &files.verso, &files.recto),
        ] {
            desk.view(side).await?;
            desk.window.picture(&format!("6-{side}")).await?;
            let seen = desk.window.painted("page-image").await?;
            let (same, different) = (
                painted::difference(&seen, own)?,
                painted::difference(&seen, other)?,
            );
            ensure!(
                same < SAME_PICTURE && different > OTHER_PICTURE && same < different,
                "the {side} in the window is not the customer's: {same:.1} from its file, {different:.1} from the other"
            );
            tell(&format!(
                "The {side} is on the screen, and it is the customer's picture."
            ));
        }
        Ok(())
    }

    /// Everything is saved through the system's dialog, and is byte for byte what was uploaded or served.
    async fn save(
        &self,
        desk: &Desk,
        person: &Person,
        files: &Fixtures,
        tell: &mut (dyn FnMut(&str) + Send),
    ) -> Result<()> {
        std::fs::create_dir_all(&self.evidence)?;
        let folder = self.evidence.canonicalize()?;
        let id = desk.sandbox.enrollment(&person.reference).await?.id;

        for (side, file) in [("recto", &files.recto), ("verso", &files.verso)] {
            let kind = file.extension().unwrap_or_default().to_string_lossy();
            let saved = folder.join(format!("{side}.{kind}"));
            desk.save_as(&format!("save-{side}"), &saved).await?;
            desk.wait_for_file(&saved).await?;
            same_bytes(&saved, &sha256_of(file)?)?;
            tell(&format!(
                "{side} saved: SHA-256 {} as uploaded.",
                sha256_of(file)?
            ));
        }

        let all = folder.join("all");
        std::fs::create_dir_all(&all)?;
        desk.save_into("save-all", &all).await?;
        let uploaded = desk.sandbox.enrollment(&person.reference).await?.documents;
        desk.window
            .wait_until("all documents to be saved", async || {
                Ok((hashes_in(&all)?.len() >= uploaded.len()).then_some(()))
            })
            .await?;
        let mut expected: Vec<_> = uploaded
            .iter()
            .map(|document| document.sha256.clone())
            .collect();
        expected.sort();
        ensure!(
            hashes_in(&all)? == expected,
            "the saved documents are not those that were uploaded"
        );
        tell(&format!(
            "All {} files saved, each with the SHA-256 of what was uploaded.",
            expected.len()
        ));

        let mut served = vec![(
            "save-report",
            "report.json",
            format!("enrollment/{id}/report"),
        )];
        // ID360 signs an idClaim for a dossier that ended OK only.
        if matches!(self.outcome, Outcome::Ok) {
            served.push((
                "save-idclaim",
                "idclaim.asice",
                format!("enrollment/{id}/idclaim"),
            ));
        }
        for (button, name, path) in served {
            if !desk.window.is_visible(button).await? {
                self.show_where(desk, button).await?;
            }
            let saved = folder.join(name);
            desk.save_as(button, &saved).await?;
            desk.wait_for_file(&saved).await?;
            same_bytes(&saved, &sha256(&desk.sandbox.served(&path).await?))?;
            tell(&format!(
                "{name} saved: SHA-256 {} as served.",
                sha256_of(&saved)?
            ));
        }
        desk.window.picture("7-saved").await
    }

    /// The button may be on another tab of the dossier.
    async fn show_where(&self, desk: &Desk, button: &str) -> Result<()> {
        for tab in desk.window.all("[role=tab]").await? {
            tab.click().await?;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            if desk.window.is_visible(button).await? {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn same_bytes(saved: &Path, expected: &str) -> Result<()> {
    let found = sha256_of(saved)?;
    ensure!(
        found == expected,
        "{} is not what was received: {found}",
        saved.display()
    );
    Ok(())
}

/// Sorted hashes of the finished files of a folder.
fn hashes_in(folder: &Path) -> Result<Vec<String>> {
    let mut hashes = Vec::new();
    for entry in std::fs::read_dir(folder).context("folder of saved documents")? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.is_file() {
            hashes.push(sha256_of(&path)?);
        }
    }
    hashes.sort();
    Ok(hashes)
}
