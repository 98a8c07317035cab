//! The system's notifications, from Rust only: the page has no right to them.

use async_trait::async_trait;
use back_office::{
    ports::{DeadlineWarning, Notifier},
    views::settings::Language,
};
use notify_rust::Notification;

const TITLE: &str = "ID360 Desk";

#[derive(Debug)]
pub struct SystemNotifications;

#[async_trait]
impl Notifier for SystemNotifications {
    async fn warn(&self, language: Language, warning: DeadlineWarning) {
        show(text(language, warning)).await;
    }

    async fn ended(&self, language: Language) {
        let said = match language {
            Language::Fr => "Un dossier est terminé : son résultat est dans ID360 Desk.",
            Language::En => "A dossier has ended: its result is in ID360 Desk.",
        };
        show(said.to_owned()).await;
    }
}

async fn show(said: String) {
    let shown = tokio::task::spawn_blocking(move || {
        Notification::new()
            .appname(TITLE)
            .summary(TITLE)
            .body(&said)
            .show()
            .map(drop)
    })
    .await;
    match shown {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::info!(%error, "the system shows no notification"),
        Err(error) => tracing::warn!(%error, "a notification did not end"),
    }
}

fn text(language: Language, warning: DeadlineWarning) -> String {
    let DeadlineWarning {
        dossiers,
        hours_left,
    } = warning;
    let time = match (language, hours_left / 24) {
        (Language::Fr, 0 | 1) => format!("{hours_left} h"),
        (Language::Fr, days) => format!("{days} jours"),
        (Language::En, 0 | 1) => format!("{hours_left} h"),
        (Language::En, days) => format!("{days} days"),
    };
    match (language, dossiers) {
        (Language::Fr, 0 | 1) => {
            format!("Un dossier a des pièces à conserver : ID360 les efface dans {time}.")
        }
        (Language::Fr, many) => format!(
            "{many} dossiers ont des pièces à conserver : ID360 efface les premières dans {time}."
        ),
        (Language::En, 0 | 1) => {
            format!("One dossier has evidence to keep: ID360 deletes it in {time}.")
        }
        (Language::En, many) => format!(
            "{many} dossiers have evidence to keep: ID360 deletes the first of it in {time}."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_says_how_many_and_how_long_in_both_languages() {
        let warning = |dossiers, hours_left| DeadlineWarning {
            dossiers,
            hours_left,
        };
        for (language, warning, said) in [
            (
                Language::Fr,
                warning(1, 23),
                "Un dossier a des pièces à conserver : ID360 les efface dans 23 h.",
            ),
            (
                Language::Fr,
                warning(12, 143),
                "12 dossiers ont des pièces à conserver : ID360 efface les premières dans 5 jours.",
            ),
            (
                Language::En,
                warning(1, 47),
                "One dossier has evidence to keep: ID360 deletes it in 47 h.",
            ),
            (
                Language::En,
                warning(2, 48),
                "2 dossiers have evidence to keep: ID360 deletes the first of it in 2 days.",
            ),
        ] {
            assert_eq!(text(language, warning), said);
        }
    }
}
