//! The printable sheet of a check, drawn as the pages of packs are.

mod container;
mod pack;

use chrono::{DateTime, Utc};
use evidence::{
    packs::Language,
    page::{Block, Page, shown, time},
};

use super::held::{Held, HeldWhat};
use crate::{
    desk::Desk,
    views::{checking::FileFound, settings::Language as Chosen},
};

/// What is said in the language of the sheet.
#[derive(Debug, Clone, Copy)]
struct Says(Language);

impl Says {
    fn say(self, french: &str, english: &str) -> String {
        match self.0 {
            Language::French => french.to_owned(),
            Language::English => english.to_owned(),
        }
    }

    /// A label and its value; a value from the file is spelt out where it could mislead.
    fn field(self, french: &str, english: &str, value: &str) -> (String, String) {
        (self.say(french, english), shown(value))
    }

    /// A moment as the window has it.
    fn moment(self, at: &str) -> String {
        match at.parse::<DateTime<Utc>>() {
            Ok(at) => time(at, self.0) + " UTC",
            Err(_) => shown(at),
        }
    }
}

pub(super) fn of(held: &Held, desk: &Desk) -> Page {
    let language = match desk.preferences().language {
        Chosen::Fr => Language::French,
        Chosen::En => Language::English,
    };
    draw(held, language, desk.true_now())
}

fn draw(held: &Held, language: Language, made_at: DateTime<Utc>) -> Page {
    let says = Says(language);
    let file = shown(&held.check.file_name);
    let title = match language {
        Language::French => format!("Feuille de vérification : {file}"),
        Language::English => format!("Verification sheet: {file}"),
    };
    let mut banners = Vec::new();
    let mut blocks = Vec::new();
    match (&held.check.found, &held.what) {
        (FileFound::Container { verdict }, _) => {
            container::describe(says, verdict, &mut banners, &mut blocks);
        }
        (FileFound::Pack { verdict: shown }, HeldWhat::Pack(verdict)) => {
            let is_own = shown.own_key == Some(true);
            pack::describe(says, verdict, is_own, &mut banners, &mut blocks);
        }
        _ => blocks.push(Block::Text(says.say(
            "Ce fichier n’est ni un conteneur signé ni un dossier de preuve scellé.",
            "This file is neither a signed container nor a sealed evidence pack.",
        ))),
    }
    blocks.push(Block::Heading(says.say("La vérification", "The check")));
    blocks.push(Block::Fields(vec![
        says.field("Fichier", "File", &held.check.file_name),
        says.field("Taille (octets)", "Size (bytes)", &held.check.size),
        (
            says.say("Vérifié le", "Checked on"),
            says.moment(&held.check.checked_at),
        ),
    ]));
    blocks.push(Block::Text(says.say(
        "Établi sur cet ordinateur, sans réseau, à partir du fichier, des certificats de confiance configurés et de \
         l’heure de l’ordinateur, corrigée par celle d’ID360 quand elle est connue. Les heures sont en UTC. Aucune \
         qualification européenne (QES) n’est affirmée.",
        "Made on this computer, without a network, from the file, the configured trusted certificates and the \
         computer’s time, corrected by ID360’s where that is known. Times are UTC. No European qualification (QES) is \
         claimed.",
    )));
    Page {
        language,
        footer: title.clone(),
        title,
        banners,
        blocks,
        made_at,
        program: concat!("ID360 Desk ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}
