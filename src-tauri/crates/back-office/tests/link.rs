//! The customer's link: how it is launched, each way out of the desk, and the guard before a second device.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    dossier::DossierView,
    error::ErrorCode,
    journal::JournalQuery,
    launch::{LaunchForm, LaunchMode},
    link::{CopyLinkForm, EnrollmentWindowView, LinkText, ShowLinkForm},
    settings::EnrollmentPages,
};
use id360_sandbox::Outcome;
use support::{Scene, form};

fn launched_as(mode: LaunchMode) -> LaunchForm {
    LaunchForm { mode, ..form() }
}

/// Launched in that mode, the link not used yet.
async fn waiting(scene: &Scene, mode: LaunchMode) -> DossierView {
    let form = LaunchForm {
        open_link: false,
        ..launched_as(mode)
    };
    scene.launch(form).await.unwrap().dossier
}

/// Where ID360 was told to send the browser of the dossier made last.
fn browser_return(scene: &Scene) -> String {
    let made = scene.sandbox.enrollments().pop().unwrap();
    made.browser_callback_url
}

fn key(scene: &Scene) -> String {
    scene.sandbox.enrollments().pop().unwrap().api_key
}

async fn acts(scene: &Scene, id: &str) -> Vec<(String, String)> {
    let query = JournalQuery {
        dossier_id: Some(id.to_owned()),
        ..JournalQuery::default()
    };
    let page = scene.desk.list_journal(query, 0, 100).await.unwrap();
    let newest_first = page.entries.into_iter();
    newest_first
        .rev()
        .map(|entry| (entry.act, entry.detail))
        .collect()
}

fn show(lang: &str) -> ShowLinkForm {
    ShowLinkForm {
        lang: lang.to_owned(),
        ..ShowLinkForm::default()
    }
}

fn copy(text: LinkText) -> CopyLinkForm {
    CopyLinkForm {
        text,
        lang: "fr".to_owned(),
        confirmed: false,
    }
}

#[tokio::test]
async fn each_mode_sends_the_customer_back_where_that_device_can_go() {
    let scene = Scene::signed_in().await;
    waiting(&scene, LaunchMode::ThisPc).await;
    assert!(browser_return(&scene).starts_with("http://127.0.0.1:"));
    assert!(browser_return(&scene).contains("/retour/"));
    for mode in [LaunchMode::Phone, LaunchMode::Sent] {
        let view = waiting(&scene, mode).await;
        assert_eq!(view.mode, Some(mode));
        assert_eq!(browser_return(&scene), scene.sandbox.base_url());
    }
}

#[tokio::test]
async fn a_customer_elsewhere_ends_on_the_organisations_page_and_one_here_still_comes_back() {
    let scene = Scene::signed_in().await;
    let mut process = scene.desk.settings().processes[0].clone();
    process.return_page = Some(" https://merci.example/id360 ".into());
    process.launch_mode = LaunchMode::Phone;
    let settings = scene.desk.save_process(process, Vec::new()).await.unwrap();
    assert_eq!(settings.processes[0].launch_mode, LaunchMode::Phone);

    waiting(&scene, LaunchMode::Sent).await;
    assert_eq!(browser_return(&scene), "https://merci.example/id360");
    waiting(&scene, LaunchMode::ThisPc).await;
    assert!(browser_return(&scene).contains("/retour/"));
}

#[tokio::test]
async fn a_return_page_that_could_leak_the_token_is_refused() {
    let scene = Scene::signed_in().await;
    let mut process = scene.desk.settings().processes[0].clone();
    process.environment_id = "production".into();
    for page in ["http://merci.example", "https://a:b@merci.example", "merci"] {
        process.return_page = Some(page.into());
        let refused = scene
            .desk
            .save_process(process.clone(), Vec::new())
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::InvalidField, "{page}");
        assert_eq!(refused.params["field"], "return_page");
    }
}

#[tokio::test]
async fn a_launch_for_the_phone_shows_the_code_at_once_and_opens_nothing() {
    let scene = Scene::signed_in().await;
    let outcome = scene.launch(launched_as(LaunchMode::Phone)).await.unwrap();
    assert_eq!(outcome.link_opened, None);
    assert!(scene.browser.opened.lock().unwrap().is_empty());
    let dossier = outcome.dossier;
    let shown = dossier.shown_link.unwrap();
    assert!(dossier.link_uses.shown_at.is_some() && dossier.opened_at.is_none());
    let picture = scene.desk.link_picture(&shown.ticket, Some("ar")).await;
    assert_eq!(picture.unwrap().mime, "image/svg+xml");
}

#[tokio::test]
async fn no_answer_to_the_window_holds_the_key_however_the_link_is_used() {
    let scene = Scene::signed_in().await;
    let outcome = scene.launch(launched_as(LaunchMode::Phone)).await.unwrap();
    let id = outcome.dossier.row.id.clone();
    let desk = &scene.desk;
    let to_customer = ShowLinkForm {
        to_customer: true,
        ..show("fr")
    };
    let shown = desk.show_link(&id, to_customer).await.unwrap();
    let ticket = shown.shown_link.clone().unwrap().ticket;
    let mailed = desk.mail_link(&id, "fr", false).await.unwrap();
    let copied = desk.copy_link(&id, copy(LinkText::Link)).await.unwrap();
    let told = scene.window.dossiers.lock().unwrap().clone();
    let answers = serde_json::to_string(&(outcome, shown, mailed, copied, told)).unwrap();
    assert!(
        answers.contains(&ticket),
        "the search looks where it should"
    );
    assert!(!answers.contains(&key(&scene)));
    let picture = desk.link_picture(&ticket, None).await.unwrap();
    assert!(!String::from_utf8_lossy(&picture.bytes).contains(&key(&scene)));
}

#[tokio::test]
async fn a_ticket_opens_nothing_once_the_code_is_hidden_or_the_person_left() {
    let scene = Scene::signed_in().await;
    let dossier = waiting(&scene, LaunchMode::Phone).await;
    let id = &dossier.row.id;
    let ticket = |view: DossierView| view.shown_link.unwrap().ticket;

    let first = ticket(scene.desk.show_link(id, show("fr")).await.unwrap());
    scene.desk.hide_link(id).await.unwrap();
    let second = ticket(scene.desk.show_link(id, show("fr")).await.unwrap());
    assert_ne!(first, second);
    scene.desk.sign_out().await.unwrap();
    for ticket in [first.as_str(), second.as_str(), "", "0"] {
        let refused = scene.desk.link_picture(ticket, None).await.unwrap_err();
        assert_eq!(refused, ErrorCode::NotFound, "{ticket}");
    }
}

#[tokio::test]
async fn the_customers_screen_goes_dark_when_the_dossier_ends() {
    let scene = Scene::signed_in().await;
    let dossier = waiting(&scene, LaunchMode::Phone).await;
    let id = &dossier.row.id;
    let to_customer = ShowLinkForm {
        to_customer: true,
        ..show("it")
    };
    let shown = scene.desk.show_link(id, to_customer).await.unwrap();
    let page = scene.customer_screen.0.lock().unwrap().clone().unwrap();
    assert_eq!(page.ticket, shown.shown_link.unwrap().ticket);
    assert_eq!(page.lang, "it");

    let enrollment = dossier.row.enrollment_id.unwrap().parse().unwrap();
    scene.sandbox.finish(enrollment, Outcome::Ok, &[]).unwrap();
    let ended = scene.desk.refresh_dossier(id).await.unwrap();
    assert_eq!(ended.shown_link, None);
    assert_eq!(*scene.customer_screen.0.lock().unwrap(), None);
    let refused = scene.desk.link_picture(&page.ticket, None).await;
    assert_eq!(refused.unwrap_err(), ErrorCode::NotFound);
}

#[tokio::test]
async fn closing_the_customers_screen_leaves_the_code_in_the_window() {
    let scene = Scene::signed_in().await;
    let id = waiting(&scene, LaunchMode::Phone).await.row.id;
    let to_customer = ShowLinkForm {
        to_customer: true,
        ..show("fr")
    };
    scene.desk.show_link(&id, to_customer).await.unwrap();
    scene.desk.close_customer_screen().await;
    let shown = scene.desk.get_dossier(&id).await.unwrap().shown_link;
    assert!(!shown.unwrap().to_customer);
}

#[tokio::test]
async fn an_email_is_begun_in_the_customers_language_with_the_link_in_its_body() {
    let scene = Scene::signed_in().await;
    let id = waiting(&scene, LaunchMode::Sent).await.row.id;
    let view = scene.desk.mail_link(&id, "ko", false).await.unwrap();
    assert!(view.link_uses.mailed_at.is_some());

    let opened = scene.browser.opened.lock().unwrap().pop().unwrap();
    let message: url::Url = opened.parse().unwrap();
    assert_eq!(
        (message.scheme(), message.path()),
        ("mailto", "ondine@example.com")
    );
    let parts: std::collections::HashMap<_, _> = message.query_pairs().into_owned().collect();
    assert_eq!(parts["subject"], "본인 확인 안내");
    let link = format!("/enrollment/{}?lang=ko\r\n", key(&scene));
    assert!(parts["body"].contains(&link), "{}", parts["body"]);
    // A name would stand in a subject that anybody reads over a shoulder.
    assert!(!opened.contains("Valmontel"));
}

#[tokio::test]
async fn an_address_cannot_add_recipients_or_words_to_the_message() {
    let scene = Scene::signed_in().await;
    let form = LaunchForm {
        email: "o,x@example.com?bcc=evil&body=x".into(),
        open_link: false,
        ..launched_as(LaunchMode::Sent)
    };
    let id = scene.launch(form).await.unwrap().dossier.row.id;
    scene.desk.mail_link(&id, "fr", false).await.unwrap();
    let message: url::Url = scene.browser.opened.lock().unwrap()[0].parse().unwrap();
    let names: Vec<_> = message
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    assert_eq!(names, ["subject", "body"]);
    assert!(!message.path().contains(','));
}

#[tokio::test]
async fn a_computer_without_a_mail_program_says_so_and_counts_no_use() {
    let scene = Scene::signed_in().await;
    let id = waiting(&scene, LaunchMode::Sent).await.row.id;
    *scene.browser.broken.lock().unwrap() = true;
    let refused = scene.desk.mail_link(&id, "fr", false).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::MailDidNotOpen);
    let view = scene.desk.get_dossier(&id).await.unwrap();
    assert_eq!(view.link_uses.mailed_at, None);
}

#[tokio::test]
async fn what_was_copied_leaves_with_the_person_and_what_they_copied_since_stays() {
    let scene = Scene::signed_in().await;
    let id = waiting(&scene, LaunchMode::Sent).await.row.id;
    let held = || scene.clipboard.0.lock().unwrap().clone();

    scene
        .desk
        .copy_link(&id, copy(LinkText::Sms))
        .await
        .unwrap();
    let sms = held().unwrap();
    assert!(sms.starts_with("Vérification") && sms.contains(&key(&scene)));
    scene.desk.take_back_copied().await;
    assert_eq!(held(), None);

    scene
        .desk
        .copy_link(&id, copy(LinkText::Link))
        .await
        .unwrap();
    assert!(
        held()
            .unwrap()
            .ends_with(&format!("{}?lang=fr", key(&scene)))
    );
    *scene.clipboard.0.lock().unwrap() = Some("a shopping list".into());
    scene.desk.sign_out().await.unwrap();
    assert_eq!(held().as_deref(), Some("a shopping list"));
}

#[tokio::test]
async fn a_second_device_is_asked_about_first_and_nothing_happens_until_then() {
    let scene = Scene::signed_in().await;
    let opened = scene.launch(form()).await.unwrap().dossier;
    let id = &opened.row.id;
    let refusals = [
        scene.desk.show_link(id, show("fr")).await.map(drop),
        scene.desk.mail_link(id, "fr", false).await.map(drop),
        scene
            .desk
            .copy_link(id, copy(LinkText::Link))
            .await
            .map(drop),
    ];
    for refused in refusals {
        assert_eq!(refused.unwrap_err().code, ErrorCode::SecondDevice);
    }
    assert_eq!(scene.browser.opened.lock().unwrap().len(), 1);
    assert_eq!(*scene.clipboard.0.lock().unwrap(), None);
    assert_eq!(scene.desk.get_dossier(id).await.unwrap().shown_link, None);

    let confirmed = ShowLinkForm {
        confirmed: true,
        ..show("fr")
    };
    scene.desk.show_link(id, confirmed).await.unwrap();
    let refused = scene
        .desk
        .open_link(id, "fr", None, false)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::SecondDevice);
    scene.desk.open_link(id, "fr", None, true).await.unwrap();
}

#[tokio::test]
async fn every_use_of_the_link_is_an_act_without_a_name_and_survives_a_restart() {
    let mut scene = Scene::signed_in().await;
    let id = waiting(&scene, LaunchMode::Sent).await.row.id;
    scene.desk.show_link(&id, show("fr")).await.unwrap();
    scene.desk.mail_link(&id, "en", false).await.unwrap();
    scene
        .desk
        .copy_link(&id, copy(LinkText::Sms))
        .await
        .unwrap();

    let told = acts(&scene, &id).await;
    let uses: Vec<_> = told
        .iter()
        .filter(|(act, _)| act.starts_with("link_"))
        .map(|(act, detail)| (act.as_str(), detail.as_str()))
        .collect();
    assert_eq!(
        uses,
        [
            ("link_shown", "fr"),
            ("link_mailed", "en"),
            ("link_copied", "sms, fr")
        ]
    );
    scene.restart().await;
    let view = scene.desk.get_dossier(&id).await.unwrap();
    assert!(view.link_uses.shown_at.is_some() && view.link_uses.copied_at.is_some());
    assert_eq!(view.mode, Some(LaunchMode::Sent));
    assert_eq!(view.shown_link, None, "what is shown ends with the program");
}

#[tokio::test]
async fn the_time_left_on_a_link_is_the_processs_and_ends_with_the_dossier() {
    let scene = Scene::signed_in().await;
    let dossier = waiting(&scene, LaunchMode::ThisPc).await;
    assert_eq!(dossier.link_until, None, "nobody said how long");
    let mut process = scene.desk.settings().processes[0].clone();
    process.link_minutes = Some(0);
    let refused = scene.desk.save_process(process.clone(), Vec::new()).await;
    assert_eq!(refused.unwrap_err().params["field"], "link_minutes");
    process.link_minutes = Some(30);
    scene.desk.save_process(process, Vec::new()).await.unwrap();
    let id = &dossier.row.id;
    let until = scene.desk.get_dossier(id).await.unwrap().link_until;
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let made = scene.sandbox.enrollments().pop().unwrap().creation_time;
    let lasts = at(&until.unwrap()) - made;
    assert_eq!((lasts + chrono::TimeDelta::seconds(1)).num_minutes(), 30);
    let stopped = scene
        .desk
        .interrupt_dossier(&support::uuid(), id)
        .await
        .unwrap();
    assert_eq!(stopped.link_until, None);
}

/// Sets where the process of the scene opens its pages.
async fn pages_in_window(scene: &Scene, la_poste_identity: bool) {
    let mut process = scene.desk.settings().processes[0].clone();
    process.enrollment_pages = EnrollmentPages::Window;
    process.la_poste_identity = la_poste_identity;
    scene.desk.save_process(process, vec![]).await.unwrap();
}

#[tokio::test]
async fn a_process_that_says_so_opens_its_pages_in_a_window_and_the_desk_knows_while_it_is_open() {
    let scene = Scene::signed_in().await;
    pages_in_window(&scene, false).await;
    let launched = scene.launch(form()).await.unwrap();
    assert_eq!(launched.link_opened, Some(true));
    let (link, number) = scene.enrollment_window.0.lock().unwrap().clone().unwrap();
    assert!(link.contains(&key(&scene)));
    assert!(scene.browser.opened.lock().unwrap().is_empty());
    let dossier = launched.dossier;
    let id = &dossier.row.id;
    assert_eq!(
        dossier.enrollment_window,
        Some(EnrollmentWindowView { camera: false })
    );
    assert!(dossier.opened_at.is_some());

    scene.desk.enrollment_window_closed(number + 1).await;
    let still = scene.desk.get_dossier(id).await.unwrap();
    assert!(still.enrollment_window.is_some(), "another window's end");
    scene.desk.enrollment_window_closed(number).await;
    let closed = scene.desk.get_dossier(id).await.unwrap();
    assert_eq!(closed.enrollment_window, None);
    let told = scene.window.dossiers.lock().unwrap().pop().unwrap();
    assert_eq!(told.enrollment_window, None);
}

#[tokio::test]
async fn the_next_customers_pages_take_the_window_and_the_dossier_before_is_told() {
    let scene = Scene::signed_in().await;
    pages_in_window(&scene, false).await;
    let first = scene.launch(form()).await.unwrap().dossier.row.id;
    let second = scene.launch(form()).await.unwrap().dossier;
    assert!(second.enrollment_window.is_some());
    let before = scene.desk.get_dossier(&first).await.unwrap();
    assert_eq!(before.enrollment_window, None);
}

#[tokio::test]
async fn a_browser_stays_a_way_out_of_the_window() {
    let scene = Scene::signed_in().await;
    pages_in_window(&scene, false).await;
    let id = scene.launch(form()).await.unwrap().dossier.row.id;
    let browser = Some(EnrollmentPages::Browser);
    scene
        .desk
        .open_link(&id, "fr", browser, false)
        .await
        .unwrap();
    assert_eq!(scene.browser.opened.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn la_postes_digital_identity_is_never_put_into_a_window_whoever_asks() {
    let scene = Scene::signed_in().await;
    pages_in_window(&scene, true).await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    assert_eq!(launched.enrollment_pages, EnrollmentPages::Browser);
    let window = Some(EnrollmentPages::Window);
    scene
        .desk
        .open_link(&launched.row.id, "fr", window, false)
        .await
        .unwrap();
    assert_eq!(*scene.enrollment_window.0.lock().unwrap(), None);
    assert_eq!(scene.browser.opened.lock().unwrap().len(), 2);
}
