//! One desk of a journey: its window and its sandbox, and what a person does with them, in the words of the screens.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::place;
use crate::sandbox::Sandbox;
use crate::save_dialog::SaveDialog;
use crate::window::{Opening, Window};

/// What identifies a dossier of a journey, of an invented person.
#[derive(Debug, Clone)]
pub struct Person {
    pub reference: String,
    pub last_name: String,
    pub first_name: String,
}

impl Person {
    /// The person on the specimen card, under a reference of one's own.
    pub fn specimen(reference: &str) -> Self {
        Self {
            reference: reference.to_owned(),
            last_name: "VALMONTEL".to_owned(),
            first_name: "Ondine".to_owned(),
        }
    }
}

/// A desk with a sandbox of its own, both of which end with it.
#[derive(Debug)]
pub struct Desk {
    pub window: Window,
    pub sandbox: Sandbox,
    opening: Opening,
    language: String,
}

impl Desk {
    /// Starts a sandbox and opens a new desk on it, in `fr` or `en`. `name` must be unique in the desktop.
    pub async fn open(name: &str, language: &str) -> Result<Self> {
        Self::open_in(&place::session()?.join(name), name, language).await
    }

    /// The same with everything kept in this folder, where a desk may have been before.
    pub async fn open_in(folder: &Path, name: &str, language: &str) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let sandbox = Sandbox::start(folder, &["--seed", "360"]).await?;
        let opening = Opening {
            profile: folder.join("profile"),
            announcement: Some(sandbox.announcement().to_owned()),
            name: name.to_owned(),
        };
        let window = Window::open(&opening).await?;
        let desk = Self {
            window,
            sandbox,
            opening,
            language: language.to_owned(),
        };
        desk.speak(language).await?;
        Ok(desk)
    }

    /// The folder of everything that the desk keeps.
    pub fn profile(&self) -> &Path {
        &self.opening.profile
    }

    /// A new empty folder to save into.
    pub fn save_folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.opening.profile.with_file_name(name);
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Switches the window's language, without a restart.
    pub async fn speak(&self, language: &str) -> Result<()> {
        self.window.click(&format!("language-{language}")).await?;
        self.window
            .wait_for_css(&format!("html[lang^={language}] body"))
            .await
            .map(drop)
    }

    /// Closes the window and opens it again on the same profile and sandbox.
    pub async fn reopen(self) -> Result<Self> {
        self.reopen_after(|_| Ok(())).await
    }

    /// The same, with something done to the profile while no window is open.
    pub async fn reopen_after(self, meanwhile: impl FnOnce(&Path) -> Result<()>) -> Result<Self> {
        self.window.close().await?;
        meanwhile(&self.opening.profile)?;
        let window = Window::open(&self.opening).await?;
        Ok(Self { window, ..self })
    }

    /// Ends the desk as a power cut does, and opens it again on the same profile and sandbox.
    pub async fn reopen_after_power_cut(self) -> Result<Self> {
        self.window.cut_power().await?;
        let window = Window::open(&self.opening).await?;
        Ok(Self { window, ..self })
    }

    /// Enters the sandbox by its own button: `application` or `user`.
    pub async fn enter_sandbox(&self, account: &str) -> Result<()> {
        self.window
            .click(&format!("enter-sandbox-{account}"))
            .await?;
        self.window.wait_for("new-dossier").await?;
        self.window.wait_for("environment-word").await.map(drop)
    }

    /// Adds an environment of one's own that is the sandbox, where credentials are typed, and chooses it. By the
    /// window's own command; the settings screen has journeys of its own.
    pub async fn add_environment(&self, name: &str) -> Result<()> {
        let pages = self.sandbox.greeting().base_url.clone();
        self.add_environment_with_pages(name, &pages).await
    }

    /// The same, with the customer's pages at that address.
    pub async fn add_environment_with_pages(&self, name: &str, pages: &str) -> Result<()> {
        let environment = json!({
            "id": "", "kind": "pre_production", "built_in": false, "name": name,
            "base_url": self.sandbox.greeting().base_url, "ui_base_url": pages,
            "return_page": null, "archived_report_path": null, "report_pdf_path": null, "enrollment_status_path": null,
            "deadlines": { "documents_days": 7, "report_application_days": 7, "report_user_days": 60 },
        });
        let form = json!({ "environment": environment });
        self.window.invoke("save_environment", &form).await?;
        let cards = self.window.wait_until("the new environment", async || {
            Ok(self
                .window
                .all("[data-testid^=env-custom]")
                .await?
                .into_iter()
                .next())
        });
        Ok(cards.await?.click().await?)
    }

    /// Types credentials on the sign-in screen and sends them.
    pub async fn sign_in(
        &self,
        account: &str,
        username: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<()> {
        self.window.click(&format!("account-{account}")).await?;
        self.window.fill("signin-username", username).await?;
        self.window.fill("signin-password", password).await?;
        if let Some(code) = code {
            self.window.fill("signin-code", code).await?;
        }
        self.window.click("signin-submit").await
    }

    /// Fills the form of a new dossier, without sending it.
    pub async fn fill_dossier(&self, person: &Person) -> Result<()> {
        self.window.click("new-dossier").await?;
        self.window
            .fill("field-reference", &person.reference)
            .await?;
        self.window
            .fill("field-last_name", &person.last_name)
            .await?;
        self.window
            .fill("field-first_name", &person.first_name)
            .await?;
        // Asked for by processes that make an idClaim.
        if self
            .window
            .is_visible("field-authenticator_phone_number")
            .await?
        {
            self.window
                .fill("field-authenticator_phone_number", "+33639980017")
                .await?;
        }
        Ok(())
    }

    /// Creates a dossier and launches its link; returns the address that the default browser was asked to open.
    pub async fn launch(&self, person: &Person) -> Result<String> {
        let already = crate::opened::all()?.len();
        self.fill_dossier(person).await?;
        self.window.click("launch").await?;
        self.window.wait_for("dossier-status").await?;
        crate::opened::next_after(already).await
    }

    /// Creates a dossier, puts the files in and ends it, all without the customer's page.
    pub async fn finished_dossier(
        &self,
        person: &Person,
        files: &[(&str, u32, &Path)],
        outcome: &str,
        causes: &[&str],
    ) -> Result<()> {
        self.launch(person).await?;
        let id = self.sandbox.enrollment(&person.reference).await?.id;
        for (name, page, file) in files {
            self.sandbox.upload(id, name, *page, file).await?;
        }
        self.sandbox.finish(id, outcome, causes).await?;
        self.wait_for_status(outcome).await
    }

    /// Waits for the open dossier to wear this status (an ID360 status, or a state of creation such as
    /// `outcome_unknown`); asks for it again now and then, as a person would.
    pub async fn wait_for_status(&self, status: &str) -> Result<()> {
        let worn = format!("[data-testid=dossier-status][data-status={status}]");
        for _ in 0..8 {
            if self.appears(&worn).await? {
                return Ok(());
            }
            if self.window.is_visible("refresh").await? {
                self.window.click("refresh").await?;
            }
        }
        self.window.wait_for_css(&worn).await.map(drop)
    }

    async fn appears(&self, selector: &str) -> Result<bool> {
        for _ in 0..25 {
            let script = format!("return document.querySelector('{selector}') !== null");
            if self.window.script(&script).await?.as_bool() == Some(true) {
                return Ok(true);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(false)
    }

    /// Shows one page of the documents (`recto` or `verso`), and waits until its picture is painted.
    pub async fn view(&self, side: &str) -> Result<()> {
        self.window.click("tab-documents").await?;
        self.window.click(&format!("view-{side}")).await?;
        let painted = "const p = [...document.querySelectorAll('[data-testid=page-image]')].at(-1);\
            return !!p && p.complete && p.naturalWidth > 0 && p.getClientRects().length > 0;";
        self.window
            .wait_until(&format!("the {side} to be painted"), async || {
                Ok((self.window.script(painted).await?.as_bool() == Some(true)).then_some(()))
            })
            .await?;
        self.window.wait_for("page-image").await.map(drop)
    }

    /// Presses a save button that asks for one file, and answers the system's dialog.
    pub async fn save_as(&self, button: &str, file: &Path) -> Result<()> {
        let dialog = SaveDialog::expected().await?;
        self.window.click(button).await?;
        dialog.save_as(file).await
    }

    /// Presses a save button that asks for a folder, and answers the system's dialog.
    pub async fn save_into(&self, button: &str, folder: &Path) -> Result<()> {
        let dialog = SaveDialog::expected().await?;
        self.window.click(button).await?;
        dialog.choose_folder(folder).await
    }

    /// Waits for a file to be there, whole: it comes under its name only when it is.
    pub async fn wait_for_file(&self, file: &Path) -> Result<()> {
        let what = format!("{} to be saved", file.display());
        self.window
            .wait_until(&what, async || Ok(file.is_file().then_some(())))
            .await
    }

    /// The name under which a dossier is sent today, to find it in the list.
    pub async fn open_from_list(&self, person: &Person) -> Result<()> {
        // A window opened without an address starts with today's work.
        self.window.click("nav-dossiers").await?;
        // The driver neither reads nor clicks a whole table row; the cell of the reference it does.
        let cells = "[data-testid=dossier-row] [role=rowheader]";
        let cell = self
            .window
            .wait_until(&format!("{} in the list", person.reference), async || {
                for cell in self.window.all(cells).await? {
                    let text = cell.prop("textContent").await?.unwrap_or_default();
                    if text.contains(&person.reference) {
                        return Ok(Some(cell));
                    }
                }
                Ok(None)
            })
            .await?;
        cell.click().await?;
        self.window.wait_for("dossier-status").await.map(drop)
    }

    /// Brings in dossiers made elsewhere from a file with these lines, through the system's own dialog, as far as the
    /// plan.
    pub async fn import(&self, lines: &str) -> Result<()> {
        let file = self.save_folder("elsewhere")?.join("dossiers.csv");
        std::fs::write(&file, lines)?;
        self.window.click("nav-dossiers").await?;
        self.window.click("import").await?;
        let dialog = SaveDialog::expected().await?;
        self.window.click("import-file").await?;
        dialog.choose_file(&file).await?;
        self.window.wait_for("import-plan").await.map(drop)
    }

    /// The language the desk was opened in.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Closes the window, then ends the sandbox.
    pub async fn close(mut self) -> Result<()> {
        self.window.close().await?;
        self.sandbox.kill().await
    }
}

/// Fails unless the folder holds nothing that looks like a save that was not finished.
pub fn holds_no_leftover(folder: &Path) -> Result<()> {
    let leftover: Vec<_> = std::fs::read_dir(folder)
        .context("folder of saved files")?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    ensure!(
        leftover.is_empty(),
        "left in {}: {leftover:?}",
        folder.display()
    );
    Ok(())
}
