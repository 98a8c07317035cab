//! Whatever comes of the answer to a create is kept, and an `api_key` that came whole is never lost (quality.md R-03).

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    dossier::{CreationState, DossierView},
    launch::Settlement,
};
use dossiers::{EmbeddedRegister, RegisterKey, register::Creations as _};
use support::{
    form,
    script::{Come, Play},
    uuid,
};

/// As ID360 writes them: the number comes before the key. Longer ones are cut in `id360-api`'s own tests.
fn answer(number: i64) -> Vec<u8> {
    let key = key(number);
    let padding = "x".repeat(60);
    format!(
        r#"{{"url": "https://id360.example/enrollment/{number}", "id": {number}, "api_key": "{key}", "browser_callback_url": "{padding}", "status": "NEW", "finished_time": null}}"#
    )
    .into_bytes()
}

/// The last digits differ, since they are what the window sees.
fn key(number: i64) -> String {
    format!("{number:0>128x}")
}

fn hint(number: i64) -> Option<String> {
    let key = key(number);
    Some(format!("••••{}", &key[key.len() - 4..]))
}

fn place(of: &str, bytes: &[u8]) -> usize {
    let text = std::str::from_utf8(bytes).unwrap();
    text.find(of).unwrap() + of.len()
}

async fn launched(play: &Play, answer: &[u8], come: Come) -> DossierView {
    *play.id360.creation.lock().unwrap() = Some((answer.to_vec(), come));
    let outcome = play.desk.launch_dossier(&uuid(), form()).await;
    outcome.unwrap().dossier
}

/// The register itself, which the desk has left.
async fn register(play: &Play) -> EmbeddedRegister {
    play.desk.close();
    let secret = play.keychain.kept.lock().unwrap()["register-key"].clone();
    let key = RegisterKey::from_secret(&secret.into()).unwrap();
    let folder = play.folder.path().join("register");
    for _ in 0..200 {
        let opened = EmbeddedRegister::open(&folder, &key, play.clock.utc());
        if let Ok(register) = opened {
            return register;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        tokio::task::yield_now().await;
    }
    panic!("the desk does not leave its register");
}

#[tokio::test(start_paused = true)]
async fn a_dossier_that_was_made_without_a_key_is_told_as_made_so_that_nobody_makes_it_again() {
    let play = Play::signed_in_with(&[]).await;
    let answer = br#"{"id": 100000, "status": "NEW"}"#;
    *play.id360.creation.lock().unwrap() = Some((answer.to_vec(), Come::Whole));
    let form = back_office::views::launch::LaunchForm {
        open_link: true,
        ..form()
    };
    let outcome = play.desk.launch_dossier(&uuid(), form).await.unwrap();
    assert_eq!(outcome.dossier.row.creation, CreationState::Created);
    assert_eq!(outcome.dossier.link_hint, None);
    assert_eq!(outcome.link_opened, Some(false), "the link cannot be used");
}

#[tokio::test(start_paused = true)]
async fn an_answer_cut_at_any_byte_is_kept_and_gives_the_key_that_came_whole() {
    let play = Play::signed_in_with(&[]).await;
    let mut kept = Vec::new();
    let length = answer(100_000).len();
    for cut in 0..length {
        let number = 100_000 + cut as i64;
        let whole = answer(number);
        let dossier = launched(&play, &whole[..cut], Come::Cut).await;
        // With the quotation mark that ends it.
        if cut > place(&key(number), &whole) {
            assert_eq!(dossier.row.creation, CreationState::Created, "cut at {cut}");
            assert_eq!(dossier.row.enrollment_id, Some(number.to_string()));
            assert_eq!(dossier.link_hint, hint(number), "cut at {cut}");
        } else {
            let unknown = CreationState::OutcomeUnknown;
            assert_eq!(dossier.row.creation, unknown, "cut at {cut}");
        }
        kept.push((dossier.row.id, whole[..cut].to_vec()));
    }
    let register = register(&play).await;
    for (id, came) in kept {
        let answer = register.answer(id.parse().unwrap()).unwrap();
        assert_eq!(answer.unwrap_or_default(), came);
    }
}

#[tokio::test(start_paused = true)]
async fn whole_answers_that_are_no_good_json_are_kept_and_give_their_key() {
    let play = Play::signed_in_with(&[]).await;
    let good = |number: i64| String::from_utf8(answer(number)).unwrap();
    let (number, key) = (200_003_i64, key(200_003));
    let answers = [
        (200_001, format!("\u{feff}{}", good(200_001))),
        (200_002, good(200_002).replace("null}", "null;")),
        (
            number,
            format!(r#"{{"id":{number},"id":{number},"api_key":"{key}","api_key":"{key}"}}"#),
        ),
        (200_004, good(200_004).replace("\"NEW\"", "NEW,,")),
    ];
    let mut kept = Vec::new();
    for (number, answer) in answers {
        let dossier = launched(&play, answer.as_bytes(), Come::Whole).await;
        assert_eq!(dossier.row.creation, CreationState::Created, "{number}");
        assert_eq!(dossier.link_hint, hint(number));
        kept.push((dossier.row.id, answer));
    }
    let register = register(&play).await;
    for (id, answer) in kept {
        let known = register.answer(id.parse().unwrap()).unwrap();
        assert_eq!(known.unwrap(), answer.into_bytes());
    }
}

#[tokio::test(start_paused = true)]
async fn a_number_in_the_script_of_an_error_page_is_no_dossier() {
    let play = Play::signed_in_with(&[]).await;
    let page = br#"<html><script>window.info = {"id": 7, "page": "blocked"};</script></html>"#;
    let unknown = launched(&play, page, Come::Whole).await;
    assert_eq!(unknown.row.creation, CreationState::OutcomeUnknown);
    assert_eq!(unknown.row.enrollment_id, None);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_came_before_its_number_opens_the_dossier_that_a_person_finds() {
    let play = Play::signed_in_with(&[]).await;
    let number = 300_001;
    let came = format!(r#"{{"api_key": "{}", "id": 3000"#, key(number));
    let unknown = launched(&play, came.as_bytes(), Come::Cut).await;
    assert_eq!(unknown.row.creation, CreationState::OutcomeUnknown);
    let settlement = Settlement::Attach {
        enrollment_id: number.to_string(),
    };
    let attached = play
        .desk
        .settle_unknown(&uuid(), &unknown.row.id, settlement)
        .await
        .unwrap();
    assert_eq!(attached.row.creation, CreationState::Created);
    assert_eq!(attached.link_hint, hint(number));
    assert!(attached.acts.open_link);
}
