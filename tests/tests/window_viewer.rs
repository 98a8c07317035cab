//! The viewer in the real window: never another person's picture (a walk through many dossiers while answers are slow),
//! and what it looks like.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use journeys::coded::{self, Code};
use journeys::desk::{Desk, Person};
use journeys::fixtures::Fixtures;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};

/// Pages of each dossier: recto, verso, selfie.
const PAGES: [(&str, u32); 3] = [
    ("id_document_image", 0),
    ("id_document_image", 1),
    ("selfie_image", 0),
];
/// Longest that an answer is held back, and that a person in a hurry looks at one dossier.
const SLOWEST: u64 = 500;

/// Every picture in view: what it says it is of, and where it is; and what the window says it shows.
const SEEN: &str = "
  const done = arguments[arguments.length - 1];
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const captions = [...document.querySelectorAll('[data-testid=page-caption]')].map((c) => c.textContent);
    const pictures = [...document.querySelectorAll('[data-testid=page-image]')].map((p) => {
      const r = p.getBoundingClientRect();
      return { src: p.src, box: p.dataset.state === 'shown' ? [r.x, r.y, r.width, r.height] : null };
    });
    done({ captions, pictures });
  }));";

type Place = [f64; 4];

struct Walk {
    desk: Desk,
    /// Ids in the desk, by number.
    ids: Vec<String>,
    /// Where pictures were at the last look: what is left of them would be there.
    places: Vec<Place>,
    random: StdRng,
    painted: usize,
    blank: usize,
    pairs: usize,
}

impl Walk {
    /// Dossiers made elsewhere, each with pictures that say whose they are, brought into the desk and read.
    async fn ready(dossiers: usize, seed: u64) -> Self {
        let desk = Desk::open("viewer-walk", "fr").await.unwrap();
        desk.enter_sandbox("application").await.unwrap();
        // What is captured needs no answer: here every picture comes over the network, late.
        let window = &desk.window;
        let paused = window.invoke("pause_captures", &json!({})).await;
        paused.unwrap();
        // Nobody touches the desk while a thousand dossiers are made, which takes longer than it waits to lock.
        let patient = json!({ "minutes": 60 });
        let patient = window.invoke("set_lock_minutes", &patient).await;
        patient.unwrap();
        let mut lines = "identifiant;référence\r\n".to_owned();
        for number in 0..dossiers {
            let reference = format!("CODE-{number:05}");
            let id = desk
                .sandbox
                .create(&reference, "https://banque.example/merci")
                .await
                .unwrap();
            for (page, (name, at)) in PAGES.into_iter().enumerate() {
                let code = Code {
                    dossier: number as u32,
                    page: page as u32,
                };
                let picture = code.picture().unwrap();
                desk.sandbox
                    .upload_bytes(id, name, at, picture)
                    .await
                    .unwrap();
            }
            desk.sandbox.finish(id, "OK", &[]).await.unwrap();
            writeln!(lines, "{id};{reference}\r").unwrap();
        }
        desk.import(&lines).await.unwrap();
        desk.window.click("import-apply").await.unwrap();
        desk.window.wait_for("import-result").await.unwrap();
        let everything = json!({ "search": "", "filters": [], "sort": [] });
        let rows = Self::ids(&desk, &everything, dossiers).await;
        let intent = uuid::Uuid::new_v4().to_string();
        let selection = json!({ "kind": "some", "ids": rows });
        let asked = json!({ "intentId": intent, "selection": selection });
        let refreshed = desk.window.invoke("refresh_dossiers", &asked).await;
        refreshed.unwrap();
        Self {
            desk,
            ids: rows,
            places: Vec::new(),
            random: StdRng::seed_from_u64(seed),
            painted: 0,
            blank: 0,
            pairs: 0,
        }
    }

    /// By the number in their reference.
    async fn ids(desk: &Desk, query: &Value, dossiers: usize) -> Vec<String> {
        let mut ids = vec![String::new(); dossiers];
        for offset in (0..dossiers).step_by(500) {
            let asked = json!({ "query": query, "offset": offset, "limit": 500 });
            let page = desk.window.invoke("list_dossiers", &asked).await.unwrap();
            let column = |name: &str| page[name].as_array().unwrap().clone();
            for (id, reference) in column("id").iter().zip(column("reference")) {
                let number = reference.as_str().unwrap().strip_prefix("CODE-").unwrap();
                ids[number.parse::<usize>().unwrap()] = id.as_str().unwrap().to_owned();
            }
        }
        assert!(ids.iter().all(|id| !id.is_empty()), "some were not listed");
        ids
    }

    /// The next answers come late, each by another time.
    async fn slow_answers(&mut self, calls: usize) {
        for _ in 0..calls {
            let milliseconds = self.random.random_range(0..SLOWEST);
            let late = json!({ "kind": "delay", "milliseconds": milliseconds });
            self.desk.sandbox.fault("document", 1, late).await.unwrap();
        }
    }

    async fn look_at(&mut self, number: usize) {
        let id = self.ids[number].clone();
        self.desk
            .window
            .script(&format!("location.hash = '/dossiers/{id}?view=first'"))
            .await
            .unwrap();
        // Both sides together, the selfie beside, or one page: what was in view stays so for the next dossier.
        if self.random.random_bool(0.5) {
            let key = ["b", "s", "r"][self.random.random_range(0..3)];
            let press = format!(
                "window.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
            );
            self.desk.window.script(&press).await.unwrap();
        }
        // Some wait for the pictures; most are gone before those come.
        if self.random.random_bool(0.4) {
            self.seen(number).await;
            all_shown(&self.desk).await;
        } else {
            let hurry = Duration::from_millis(self.random.random_range(0..SLOWEST));
            tokio::time::sleep(hurry).await;
        }
        self.check(number).await;
    }

    /// What is on the display now is of this dossier, or nothing.
    async fn check(&mut self, number: usize) {
        let before = self.seen(number).await;
        let screen = self.desk.window.screen().await.unwrap();
        // One that came meanwhile is in the picture of the window or not: it is looked for too.
        let after = self.seen(number).await;
        let now = [before, after].concat();
        let mut codes = Vec::new();
        for place in now.iter().chain(&self.places) {
            if let Ok(Some(code)) = coded::read(&screen, *place) {
                assert_eq!(
                    code.dossier as usize, number,
                    "another person's picture while dossier {number} is looked at"
                );
                if !codes.contains(&code.page) {
                    codes.push(code.page);
                }
            }
        }
        self.painted += codes.len();
        self.blank += usize::from(codes.is_empty());
        self.pairs += usize::from(codes.len() == 2);
        if !now.is_empty() {
            self.places = now;
        }
    }

    /// Where this dossier's pictures are, once the viewer names this dossier and no other.
    async fn seen(&self, number: usize) -> Vec<Place> {
        let reference = format!("CODE-{number:05}");
        let named =
            |text: &Value, name: &str| text.as_str().is_some_and(|text| text.contains(name));
        let window = &self.desk.window;
        let what = format!("{reference} in the viewer");
        let seen = window.wait_until(&what, async || {
            let seen = window.async_script(SEEN).await?;
            let captions = seen["captions"].as_array().cloned().unwrap_or_default();
            let own = captions.iter().any(|caption| named(caption, &reference));
            Ok(own.then_some((seen, captions)))
        });
        let (seen, captions) = seen.await.unwrap();
        assert!(
            captions.iter().all(|caption| named(caption, &reference)),
            "{captions:?} while {reference} is looked at"
        );
        let pictures = seen["pictures"].as_array().unwrap();
        assert!(
            pictures
                .iter()
                .all(|picture| named(&picture["src"], &self.ids[number])),
            "{pictures:?} while {reference} is looked at"
        );
        pictures
            .iter()
            .filter_map(|picture| serde_json::from_value(picture["box"].clone()).ok())
            .collect()
    }
}

/// Waits until nothing in view is still to come.
async fn all_shown(desk: &Desk) {
    let waiting = "return document.querySelectorAll('[data-testid=page-image]:not([data-state=shown])').length";
    desk.window
        .wait_until("every picture in view to be there", async || {
            Ok((desk.window.script(waiting).await? == 0).then_some(()))
        })
        .await
        .unwrap();
}

/// `WALK=1000` for the longer walk.
#[tokio::test]
async fn a_fast_walk_through_many_dossiers_with_slow_answers_never_paints_another_persons_picture()
{
    let dossiers: usize = std::env::var("WALK").map_or(24, |said| said.parse().unwrap());
    let mut walk = Walk::ready(dossiers, 360).await;
    walk.slow_answers(dossiers * 6).await;
    let mut order: Vec<usize> = (0..dossiers).collect();
    order.shuffle(&mut walk.random);
    let began = Instant::now();
    for number in order {
        walk.look_at(number).await;
    }
    println!(
        "{dossiers} dossiers in {:.0} s: {} pictures painted, each its dossier's own ({} times two at once), {} looks at a blank page",
        began.elapsed().as_secs_f64(),
        walk.painted,
        walk.pairs,
        walk.blank
    );
    assert!(
        walk.painted * 4 >= dossiers && walk.blank > 0 && walk.pairs > 0,
        "the walk saw too little to tell"
    );
    walk.desk.close().await.unwrap();
}

/// The dossier of the specimen card, on the screen of its documents.
async fn on_documents(name: &str, language: &str) -> Desk {
    let files = Fixtures::ready().unwrap();
    let desk = Desk::open(name, language).await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let person = Person::specimen("VISIONNEUSE");
    let documents = [
        ("id_document_image", 0, files.recto.as_path()),
        ("id_document_image", 1, files.verso.as_path()),
        ("selfie_image", 0, files.selfie.as_path()),
        ("proof_of_address_image", 0, files.supporting.as_path()),
    ];
    desk.finished_dossier(&person, &documents, "OK", &[])
        .await
        .unwrap();
    desk.window.click("tab-documents").await.unwrap();
    desk
}

async fn shown(desk: &Desk, pictures: usize) {
    let count =
        "return document.querySelectorAll('[data-testid=page-image][data-state=shown]').length";
    desk.window
        .wait_until("the pictures to be there", async || {
            Ok((desk.window.script(count).await? == pictures).then_some(()))
        })
        .await
        .unwrap();
}

/// Leaves pictures of the window in both themes.
async fn look(desk: &Desk, moment: &str) {
    for theme in ["light", "dark"] {
        desk.window
            .script(&format!(
                "document.documentElement.dataset.theme = '{theme}'"
            ))
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_millis(400)).await;
        desk.window
            .picture(&format!("{moment}-{theme}"))
            .await
            .unwrap();
    }
}

async fn looked_at(language: &str) {
    let desk = on_documents(&format!("viewer-{language}"), language).await;
    desk.window.click("open-viewer").await.unwrap();
    shown(&desk, 1).await;
    look(&desk, "one").await;
    desk.window.click("face-both").await.unwrap();
    shown(&desk, 2).await;
    look(&desk, "sides").await;
    desk.window.click("face-selfie").await.unwrap();
    shown(&desk, 2).await;
    for _ in 0..3 {
        desk.window.click("zoom-in").await.unwrap();
    }
    desk.window
        .wait_for_text("zoom-percent", "%")
        .await
        .unwrap();
    look(&desk, "selfie").await;
    // A PDF file of two sheets: each is drawn as a picture.
    let supporting = "[...document.querySelectorAll('[data-testid=thumbnail]')].at(-1).click()";
    desk.window.script(supporting).await.unwrap();
    shown(&desk, 1).await;
    desk.window
        .wait_for_text("page-caption", " 2")
        .await
        .unwrap();
    desk.window.click("next-page").await.unwrap();
    shown(&desk, 1).await;
    look(&desk, "pdf").await;
    desk.window.click("close-viewer").await.unwrap();
    desk.window.wait_gone("viewer").await.unwrap();
    desk.close().await.unwrap();
}

/// HEIC is what iPhones take; the recto here was taken with the telephone held upright.
#[tokio::test]
async fn a_photograph_of_an_iphone_is_shown_like_any_other() {
    let heic = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../src-tauri/crates/evidence/tests/heic/turned.heic"
    );
    let desk = Desk::open("viewer-iphone", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let documents = [
        ("id_document_image", 0, Path::new(heic)),
        ("id_document_image", 1, Path::new(heic)),
    ];
    let person = Person::specimen("TELEPHONE");
    desk.finished_dossier(&person, &documents, "OK", &[])
        .await
        .unwrap();
    desk.window.click("tab-documents").await.unwrap();
    desk.window.click("open-viewer").await.unwrap();
    shown(&desk, 1).await;
    let size = "const picture = document.querySelector('[data-testid=page-image]');
        return [picture.naturalWidth, picture.naturalHeight]";
    assert_eq!(desk.window.script(size).await.unwrap(), json!([96, 160]));
    look(&desk, "iphone").await;
    desk.close().await.unwrap();
}

/// WebM is what browsers record; WebKitGTK plays it with what it depends on, by itself.
async fn film_played(language: &str) {
    let film = concat!(env!("CARGO_MANIFEST_DIR"), "/specimens/liveness.webm");
    let desk = Desk::open(&format!("viewer-film-{language}"), language)
        .await
        .unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let window = &desk.window;
    let person = Person::specimen("VIVACITE");
    let files = Fixtures::ready().unwrap();
    let documents = [
        ("id_document_image", 0, files.recto.as_path()),
        ("liveness_video$0", 0, Path::new(film)),
    ];
    desk.finished_dossier(&person, &documents, "OK", &[])
        .await
        .unwrap();
    let place = window.address().await.unwrap();
    window.click("tab-documents").await.unwrap();
    window.click("open-viewer").await.unwrap();
    shown(&desk, 1).await;
    window.press("\u{E010}").await.unwrap();
    window.wait_for("video-not-played").await.unwrap();
    look(&desk, "film-without-the-right").await;
    window.click("close-viewer").await.unwrap();
    window.wait_gone("viewer").await.unwrap();

    let go = |to: &str| format!("location.href = '{to}'");
    window.script(&go("#/settings?tab=register")).await.unwrap();
    let right = "const right = document.querySelector('[data-testid=play-videos] input');
        if (!right) return false;
        if (!right.checked) right.click();
        right.scrollIntoView({ block: 'center' });
        return right.checked";
    let given = window.wait_until("the right to be given", async || {
        Ok((window.script(right).await? == true).then_some(()))
    });
    given.await.unwrap();
    look(&desk, "film-right").await;
    window.script(&go(&place)).await.unwrap();
    window.click("tab-documents").await.unwrap();
    window.click("open-viewer").await.unwrap();
    shown(&desk, 1).await;
    window.press("\u{E010}").await.unwrap();
    window.click("ask-video").await.unwrap();
    window.wait_for("play-video").await.unwrap();
    let plays = "const film = document.querySelector('[data-testid=page-video]');
        return [film.videoWidth, film.videoHeight, film.currentTime > 0.5]";
    let played = window.wait_until("the video to be playing", async || {
        Ok((window.script(plays).await? == json!([240, 320, true])).then_some(()))
    });
    played.await.unwrap();
    window.press("p").await.unwrap();
    let stands = "return document.querySelector('[data-testid=page-video]').paused";
    assert_eq!(window.script(stands).await.unwrap(), true);
    window
        .wait_for_text("page-caption", "VIVACITE")
        .await
        .unwrap();
    look(&desk, "film").await;
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_liveness_video_is_played_once_the_right_is_given_in_french() {
    film_played("fr").await;
}

#[tokio::test]
async fn a_liveness_video_is_played_once_the_right_is_given_in_english() {
    film_played("en").await;
}

#[tokio::test]
async fn the_viewer_shows_both_sides_and_the_selfie_beside_in_french() {
    looked_at("fr").await;
}

#[tokio::test]
async fn the_viewer_shows_both_sides_and_the_selfie_beside_in_english() {
    looked_at("en").await;
}
