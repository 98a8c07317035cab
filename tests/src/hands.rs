//! A person at the desk, and what the work costs them: clicks and keys, beside the budgets of product.md §6.

use std::cell::Cell;

use anyhow::{Result, ensure};

use crate::desk::{Desk, Person};

/// The driver's signs for keys that write nothing.
pub const CONTROL: &str = "\u{E009}";
pub const SHIFT: &str = "\u{E008}";
pub const ENTER: &str = "\u{E007}";
pub const TAB: &str = "\u{E004}";
pub const RIGHT: &str = "\u{E014}";
pub const DOWN: &str = "\u{E015}";
pub const F2: &str = "\u{E032}";
pub const F5: &str = "\u{E035}";

#[derive(Debug)]
pub struct Hands<'a> {
    desk: &'a Desk,
    clicks: Cell<u32>,
    keys: Cell<u32>,
}

impl<'a> Hands<'a> {
    pub fn on(desk: &'a Desk) -> Self {
        Self {
            desk,
            clicks: Cell::new(0),
            keys: Cell::new(0),
        }
    }

    pub async fn click(&self, testid: &str) -> Result<()> {
        self.desk.window.click(testid).await?;
        self.clicks.set(self.clicks.get() + 1);
        Ok(())
    }

    /// One key, or one chord.
    pub async fn press(&self, keys: &str) -> Result<()> {
        self.desk.window.press(keys).await?;
        self.keys.set(self.keys.get() + 1);
        Ok(())
    }

    /// Into the field that has the focus. What is typed is not counted.
    pub async fn types(&self, text: &str) -> Result<()> {
        self.desk.window.press(text).await
    }

    /// Into the form of a new dossier: by the mouse a field is clicked only when it has not the focus, and typing hands
    /// walk on by the keyboard.
    pub async fn fill(&self, person: &Person) -> Result<()> {
        let window = &self.desk.window;
        window.fill("field-last_name", &person.last_name).await?;
        window.fill("field-first_name", &person.first_name).await?;
        window.fill("field-reference", &person.reference).await
    }

    /// From wherever the desk is to a form with that person in it, without the mouse.
    pub async fn begin(&self, person: &Person) -> Result<()> {
        self.press(&format!("{CONTROL}n")).await?;
        self.desk.window.wait_for("field-last_name").await?;
        self.types(&person.last_name).await?;
        self.press(TAB).await?;
        self.types(&person.first_name).await?;
        self.press(TAB).await?;
        self.types(&person.reference).await
    }

    /// Says what a journey took. More than its budget is an error.
    pub fn within(&self, journey: &str, clicks: u32, keys: u32) -> Result<String> {
        let (clicked, pressed) = (self.clicks.get(), self.keys.get());
        let said = format!(
            "{journey}: {clicked} clicks (budget {clicks}), {pressed} keys (budget {keys})"
        );
        ensure!(clicked <= clicks && pressed <= keys, "over budget. {said}");
        Ok(said)
    }
}
