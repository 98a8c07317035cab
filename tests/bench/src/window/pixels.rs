//! P-17: a picture of a document to pixels, by the scheme that the viewer gets it from and through JSON.
//!
//! The scheme's way is whole: the dossier is looked up, and the view committed to the journal, before the desk gives
//! the picture, which it has ready. Through JSON no command of the desk answers a picture, and none is made for this:
//! the same bytes as an array of numbers, as an app without a scheme answers them, come back in the refusal of a call
//! that they are no argument for, and what they take on the way there (by a call that forgets them) is taken off. So
//! the desk looks nothing up, journals nothing and need not write the numbers, and the page reads the answer as a
//! string first, then the numbers in it.

use anyhow::{Result, ensure};
use journeys::desk::{Desk, Person};

use super::{goal, numbers, time, times};
use crate::figures::{median_ratio, ms, say};
use crate::soak::{captured, photograph};

/// On a desk of its own: the kept register stays as it was filled.
pub async fn measure() -> Result<()> {
    let desk = Desk::open("pixels", "fr").await?;
    desk.enter_sandbox("application").await?;
    let taken = photograph(1)?;
    let file = desk.save_folder("photograph")?.join("recto.jpg");
    std::fs::write(&file, &taken)?;
    let recto = ("id_document_image", 0, file.as_path());
    let person = Person::specimen("PIXELS");
    desk.finished_dossier(&person, &[recto], "OK", &[]).await?;
    // Nothing else is under way then.
    captured(&desk, 1).await?;
    desk.view("recto").await?;

    // What the desk shows of it, made as the desk makes it.
    let shown = evidence::rendition(&taken)?;
    let json = serde_json::to_string(&shown.bytes)?;
    let measured = desk
        .window
        .async_script_with(include_str!("page/pixels.js"), vec![json.into()])
        .await?;
    ensure!(measured["error"].is_null(), "{}", measured["error"]);
    say(&format!(
        "\nA picture of {} bytes to pixels: by the scheme p50 {}; through JSON p50 {}; from bytes in the page p50 {}",
        measured["bytes"],
        ms(times(&measured["scheme"])?.median()),
        ms(times(&measured["through"])?.median()),
        ms(times(&measured["pixels"])?.median()),
    ));
    let pairs: Vec<_> = numbers(&measured["scheme"])?
        .into_iter()
        .zip(numbers(&measured["through"])?)
        .map(|(scheme, through)| (time(scheme), time(through)))
        .collect();
    goal(
        "P-17",
        "picture of 1 MB to pixels against the same through JSON",
        median_ratio(&pairs),
        "×",
        (0.4, 0.2),
    );
    desk.close().await
}
