//! Where several dossiers are shown, the next customer reads nobody's name unless a person wanted it so, on record.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    dossier::DossierRow,
    error::ErrorCode,
    evidence::CaptureFilter,
    launch::LaunchForm,
    list::ListQuery,
    session::{AccountKind, LockReason, NamesShown},
};
use dossiers::masking;
use id360_sandbox::Outcome;
#[cfg(unix)]
use support::small_disk::SmallDisk;
use support::{Scene, form};

const MASKED: [Option<&str>; 4] = [
    Some("Val•••"),
    Some("On•••"),
    Some("o•••@e•••.com"),
    Some("•••\u{a0}01"),
];
const WHOLE: [Option<&str>; 4] = [
    Some("Valmontel"),
    Some("Ondine"),
    Some("ondine@example.com"),
    Some("+33600000001"),
];

/// A desk that masks, with one dossier.
async fn masking_desk() -> Scene {
    let scene = Scene::signed_in().await;
    launch(&scene).await;
    scene.desk.set_mask_names(true).await.unwrap();
    scene
}

async fn launch(scene: &Scene) -> String {
    let form = LaunchForm {
        phone_number: "+33600000001".into(),
        ..form()
    };
    scene.launch(form).await.unwrap().dossier.row.id
}

async fn listed(scene: &Scene, search: &str) -> Vec<DossierRow> {
    let query = ListQuery {
        search: search.into(),
        ..ListQuery::default()
    };
    scene.desk.list_dossiers(query, 0, 10).await.unwrap().rows
}

fn data(row: &DossierRow) -> [Option<&str>; 4] {
    [
        row.last_name.as_deref(),
        row.first_name.as_deref(),
        row.email.as_deref(),
        row.phone_number.as_deref(),
    ]
}

fn names(scene: &Scene) -> NamesShown {
    scene.desk.session_view().names
}

/// The dossier's row wherever dossiers stand side by side, and where an event carries it there.
async fn side_by_side(scene: &Scene, id: &str) -> Vec<(&'static str, DossierRow)> {
    let desk = &scene.desk;
    let read = desk.refresh_dossier(id).await.unwrap();
    let told = scene.window.dossiers.lock().unwrap().last().cloned();
    let home = desk.home().await.unwrap();
    let radar = desk.radar().await.unwrap();
    let mut cards = radar.lanes.into_iter().flat_map(|lane| lane.cards);
    let captures = desk.list_captures(CaptureFilter::All, 0, 10).await.unwrap();
    let same = desk.same_reference("REF-1042").await.unwrap();
    [
        ("list", listed(scene, "").await.first().cloned()),
        ("latest", home.latest.first().cloned()),
        ("nearest", home.nearest.first().map(|card| card.row.clone())),
        ("radar", cards.next().map(|card| card.row)),
        ("captures", captures.rows.first().map(|one| one.row.clone())),
        ("same reference", same.first().cloned()),
        ("dossier", Some(read.row)),
        ("event", told.map(|dossier| dossier.row)),
    ]
    .into_iter()
    .map(|(place, row)| (place, row.unwrap_or_else(|| panic!("nothing in {place}"))))
    .collect()
}

#[tokio::test]
async fn names_are_masked_wherever_dossiers_stand_side_by_side_and_whole_on_the_page_of_one() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let id = &dossier.row.id;
    let (last, first) = (dossier.last_name.unwrap(), dossier.first_name.unwrap());
    for (place, row) in side_by_side(&scene, id).await {
        let whole = [
            Some(&*last),
            Some(&*first),
            Some("ondine@example.com"),
            None,
        ];
        assert_eq!(data(&row), whole, "{place}");
    }
    scene.desk.set_mask_names(true).await.unwrap();
    let (masked_last, masked_first) = (masking::family_name(&last), masking::given_name(&first));
    for (place, row) in side_by_side(&scene, id).await {
        let masked = [
            Some(&*masked_last),
            Some(&*masked_first),
            Some("o•••@e•••.com"),
            None,
        ];
        assert_eq!(data(&row), masked, "{place}");
    }
    let opened = scene.desk.get_dossier(id).await.unwrap();
    assert_eq!(opened.last_name, Some(last));
    assert_eq!(opened.first_name, Some(first));
    assert_eq!(opened.email.as_deref(), Some("ondine@example.com"));
}

#[tokio::test]
async fn a_name_that_is_masked_is_found_by_its_letters() {
    let scene = masking_desk().await;
    for search in ["valmontel ondine", "ondine@example.com", "0001"] {
        let found = listed(&scene, search).await;
        assert_eq!(found.iter().map(data).collect::<Vec<_>>(), [MASKED]);
    }
    assert!(listed(&scene, "durand").await.is_empty());
}

#[tokio::test]
async fn names_are_whole_once_the_journal_has_it_and_asking_again_adds_no_entry() {
    let scene = masking_desk().await;
    assert_eq!(names(&scene), NamesShown::Masked);
    for _ in 0..2 {
        let view = scene.desk.reveal_names(true).await.unwrap();
        assert_eq!(view.names, NamesShown::Revealed);
        assert_eq!(data(&listed(&scene, "").await[0]), WHOLE);
    }
    assert_eq!(scene.journaled("revealed").await, ["list"]);
    let told = scene.window.sessions.lock().unwrap().last().cloned();
    assert_eq!(told.unwrap().names, NamesShown::Revealed);

    let view = scene.desk.reveal_names(false).await.unwrap();
    assert_eq!(view.names, NamesShown::Masked);
    assert_eq!(data(&listed(&scene, "").await[0]), MASKED);
    scene.desk.reveal_names(true).await.unwrap();
    assert_eq!(scene.journaled("revealed").await, ["list", "list"]);
}

#[tokio::test]
async fn two_who_ask_at_once_are_one_entry() {
    let scene = masking_desk().await;
    let (one, other) = tokio::join!(scene.desk.reveal_names(true), scene.desk.reveal_names(true));
    assert_eq!(one.unwrap().names, NamesShown::Revealed);
    assert_eq!(other.unwrap().names, NamesShown::Revealed);
    assert_eq!(scene.journaled("revealed").await, ["list"]);
}

#[tokio::test]
async fn a_desk_that_was_locked_masks_again_and_reveals_nothing_while_it_is_locked() {
    let scene = masking_desk().await;
    scene.desk.reveal_names(true).await.unwrap();
    let locked = scene.desk.lock(LockReason::Idle).await;
    assert_eq!(locked.names, NamesShown::Masked);
    let refused = scene.desk.reveal_names(true).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Locked);
    scene.desk.unlock(None).await.unwrap();
    assert_eq!(data(&listed(&scene, "").await[0]), MASKED);
    assert_eq!(scene.journaled("revealed").await, ["list"]);
}

#[tokio::test]
async fn names_are_masked_again_when_the_session_that_revealed_them_ends() {
    let scene = masking_desk().await;
    scene.desk.reveal_names(true).await.unwrap();
    let user = AccountKind::User;
    scene.desk.sign_in_to_sandbox(user).await.unwrap();
    // The other account works, and the one that revealed them is open beside it.
    let beside = scene.desk.work_as(user).await.unwrap();
    assert_eq!(beside.names, NamesShown::Revealed);
    let alone = scene.desk.close_account(AccountKind::Application).await;
    assert_eq!(alone.unwrap().names, NamesShown::Masked);

    scene.desk.reveal_names(true).await.unwrap();
    let out = scene.desk.sign_out().await.unwrap();
    assert_eq!(out.names, NamesShown::Masked);
    let refused = scene.desk.reveal_names(true).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotSignedIn);
    let application = AccountKind::Application;
    scene.desk.sign_in_to_sandbox(application).await.unwrap();
    assert_eq!(data(&listed(&scene, "").await[0]), MASKED);
    assert_eq!(scene.journaled("revealed").await.len(), 2);
}

#[tokio::test]
async fn the_policy_is_off_at_first_outlives_a_restart_and_each_change_is_in_the_journal() {
    let mut scene = Scene::signed_in().await;
    launch(&scene).await;
    assert!(!scene.desk.settings().mask_names);
    let view = scene.desk.reveal_names(true).await.unwrap();
    assert_eq!(view.names, NamesShown::Whole);
    assert!(scene.journaled("revealed").await.is_empty());

    for wanted in [true, true, false, true] {
        let settings = scene.desk.set_mask_names(wanted).await.unwrap();
        assert_eq!(settings.mask_names, wanted);
        // The window reads its lists again.
        let told = scene.window.sessions.lock().unwrap().last().cloned();
        assert_eq!(told.unwrap().names == NamesShown::Masked, wanted);
    }
    assert_eq!(
        scene.journaled("settings_changed").await,
        [
            "mask_names false to true",
            "mask_names true to false",
            "mask_names false to true"
        ]
    );
    scene.restart().await;
    assert_eq!(names(&scene), NamesShown::Masked);
}

#[tokio::test]
async fn a_policy_that_is_turned_on_again_masks_what_was_revealed_before() {
    let scene = masking_desk().await;
    scene.desk.reveal_names(true).await.unwrap();
    scene.desk.set_mask_names(false).await.unwrap();
    assert_eq!(data(&listed(&scene, "").await[0]), WHOLE);
    scene.desk.set_mask_names(true).await.unwrap();
    assert_eq!(data(&listed(&scene, "").await[0]), MASKED);
}

#[cfg(unix)]
#[tokio::test]
async fn names_stay_masked_while_the_journal_takes_no_entry() {
    use std::{fs, io::Write as _};

    let mut scene = Scene::new().await;
    scene.desk.close();
    scene.let_go().await;
    let Some(disk) = SmallDisk::over(scene.register_folder(), "size=16m,mode=700") else {
        return;
    };
    scene.keychain.kept.lock().unwrap().clear();
    scene.restart().await;
    let application = AccountKind::Application;
    scene.desk.sign_in_to_sandbox(application).await.unwrap();
    launch(&scene).await;
    scene.desk.set_mask_names(true).await.unwrap();

    let filler = disk.0.join("filler");
    let mut filling = fs::File::create(&filler).unwrap();
    while filling.write_all(&[0; 4096]).is_ok() {}
    // What the register's files have room for already may still be written.
    let mut revealed = 0;
    let refused = loop {
        match scene.desk.reveal_names(true).await {
            Ok(_) => revealed += 1,
            Err(refused) => break refused,
        }
        assert!(revealed < 1_000, "the disk was never full");
        scene.desk.reveal_names(false).await.unwrap();
    };
    assert_eq!(refused.code, ErrorCode::DiskFull);
    assert_eq!(names(&scene), NamesShown::Masked);
    assert_eq!(data(&listed(&scene, "").await[0]), MASKED);
    assert_eq!(scene.journaled("revealed").await.len(), revealed);

    // Held open, it would keep its room.
    drop(filling);
    fs::remove_file(&filler).unwrap();
    let view = scene.desk.reveal_names(true).await.unwrap();
    assert_eq!(view.names, NamesShown::Revealed);
}
