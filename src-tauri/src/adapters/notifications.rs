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
    async fn warn(&self, language: Language, warning: DeadlineWarning) -> bool {
        show(text(language, warning)).await
    }

    async fn ended(&self, language: Language) {
        let said = match language {
            Language::Fr => "Un dossier est terminé : son résultat est dans ID360 Desk.",
            Language::En => "A dossier has ended: its result is in ID360 Desk.",
        };
        show(said.to_owned()).await;
    }
}

/// Whether the system took it.
async fn show(said: String) -> bool {
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
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::info!(%error, "the system shows no notification");
            false
        }
        Err(error) => {
            tracing::warn!(%error, "a notification did not end");
            false
        }
    }
}

fn text(language: Language, warning: DeadlineWarning) -> String {
    let DeadlineWarning {
        dossiers,
        hours_left,
    } = warning;
    let Some(hours_left) = hours_left else {
        return passed(language, dossiers);
    };
    let time = match (language, hours_left / 24) {
        (Language::Fr, 0) if hours_left == 0 => "moins d’une heure".to_owned(),
        (Language::Fr, 0 | 1) => format!("{hours_left} h"),
        (Language::Fr, days) => format!("{days} jours"),
        (Language::En, 0) if hours_left == 0 => "less than an hour".to_owned(),
        (Language::En, 0 | 1) => format!("{hours_left} h"),
        (Language::En, days) => format!("{days} days"),
    };
    match (language, dossiers) {
        (Language::Fr, 0 | 1) => {
            format!("Un dossier a des pièces à conserver : ID360 les efface dans {time}.")
        }
        (Language::Fr, many) => format!(
            "{many} dossiers ont des pièces à conserver : ID360 efface les premières dans {time}."
        ),
        (Language::En, 0 | 1) => {
            format!("One dossier has evidence to keep: ID360 deletes it in {time}.")
        }
        (Language::En, many) => format!(
            "{many} dossiers have evidence to keep: ID360 deletes the first of it in {time}."
        ),
    }
}

fn passed(language: Language, dossiers: u64) -> String {
    match (language, dossiers) {
        (Language::Fr, 0 | 1) => {
            "Un dossier a des pièces à conserver : leur délai chez ID360 est passé, \
             peut-être y sont-elles encore."
                .to_owned()
        }
        (Language::Fr, many) => format!(
            "{many} dossiers ont des pièces à conserver : pour les premières, le délai chez ID360 \
             est passé, peut-être y sont-elles encore."
        ),
        (Language::En, 0 | 1) => {
            "One dossier has evidence to keep: its time at ID360 has passed, it may still be there."
                .to_owned()
        }
        (Language::En, many) => format!(
            "{many} dossiers have evidence to keep: for the first of it, the time at ID360 has \
             passed, it may still be there."
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
            hours_left: Some(hours_left),
        };
        for (language, warning, said) in [
            (
                Language::Fr,
                warning(1, 23),
                "Un dossier a des pièces à conserver : ID360 les efface dans 23 h.",
            ),
            (
                Language::Fr,
                warning(12, 143),
                "12 dossiers ont des pièces à conserver : ID360 efface les premières dans 5 jours.",
            ),
            (
                Language::Fr,
                warning(1, 0),
                "Un dossier a des pièces à conserver : ID360 les efface dans moins d’une heure.",
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

    #[test]
    fn what_passed_is_not_said_to_come() {
        for language in [Language::Fr, Language::En] {
            for dossiers in [1, 12] {
                let warning = DeadlineWarning {
                    dossiers,
                    hours_left: None,
                };
                let said = text(language, warning);
                assert!(said.contains("passé") || said.contains("passed"), "{said}");
                assert!(!said.contains(" 0 h"), "{said}");
            }
        }
    }
}
