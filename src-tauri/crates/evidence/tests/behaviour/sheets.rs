//! Sheets of PDF files, honest ones and hostile ones.

use std::fmt::Write as _;

use evidence::RenditionError;
use evidence::display::{
    LONG_SIDE,
    sheets::{MOST_SHEETS, draw},
};

/// A file with these objects, numbered from 1, of which the first is the catalog.
fn file(objects: &[String]) -> Vec<u8> {
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(text.len());
        write!(text, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let table = text.len();
    write!(text, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(text, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(
        text,
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    )
    .unwrap();
    text.into_bytes()
}

fn stream(dictionary: &str, content: &str) -> String {
    format!(
        "<< {dictionary} /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

/// One sheet of that size, with that content, which may draw the form `F`.
fn sheet(media_box: &str, content: &str, form: &str) -> Vec<u8> {
    file(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox {media_box} /Contents 4 0 R \
             /Resources << /XObject << /F 5 0 R >> >> >>"
        ),
        stream("", content),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /F 5 0 R >> >>",
            form,
        ),
    ])
}

const A4: &str = "[0 0 595 842]";
/// Paints the lower half red.
const RED: &str = "1 0 0 rg 0 0 595 421 re f";

#[test]
fn a_sheet_is_drawn_on_white_as_long_as_the_screen_shows() {
    let drawn = draw(sheet(A4, RED, ""), 0).unwrap();
    assert_eq!(drawn.sheets, 1);
    assert_eq!(drawn.rendition.height, LONG_SIDE);
    let picture = image::load_from_memory(&drawn.rendition.bytes)
        .unwrap()
        .to_rgb8();
    let [top, bottom] = [600, 1800].map(|y| picture.get_pixel(800, y).0);
    assert!(top.iter().all(|part| *part > 240), "{top:?}");
    assert!(bottom[0] > 200 && bottom[1] < 60, "{bottom:?}");
}

#[test]
fn a_sheet_beyond_the_last_one_is_named_so() {
    assert_eq!(
        draw(sheet(A4, RED, ""), 1),
        Err(RenditionError::NoSuchSheet)
    );
}

#[test]
fn a_file_of_very_many_sheets_is_drawn_as_far_as_a_person_pages_and_says_how_many_there_are() {
    let count = MOST_SHEETS + 50;
    let kids: String = (0..count)
        .map(|page| format!("{} 0 R ", page + 3))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>"),
    ];
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 40 60] >>".to_owned();
    objects.extend((0..count).map(|_| page.clone()));
    let bytes = file(&objects);
    assert_eq!(draw(bytes.clone(), MOST_SHEETS - 1).unwrap().sheets, count);
    assert_eq!(draw(bytes, MOST_SHEETS), Err(RenditionError::NoSuchSheet));
}

#[test]
fn what_is_no_readable_file_is_damaged() {
    let whole = sheet(A4, RED, "");
    for bytes in [b"%PDF-1.7".to_vec(), whole[..40].to_vec()] {
        assert_eq!(draw(bytes, 0), Err(RenditionError::Damaged));
    }
}

#[test]
fn a_hostile_file_ends_in_a_picture_or_an_error_and_nothing_else() {
    let nested = "q ".repeat(100_000);
    let kids_of_itself = file(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [2 0 R] /Count 9999999 >>".to_owned(),
    ]);
    let script = file(&[
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"
            .to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox {A4} /AA << /O << /S /Launch /F (/bin/sh) >> >> >>"
        ),
    ]);
    for (what, bytes) in [
        ("a form that draws itself", sheet(A4, "/F Do", "/F Do")),
        ("a sheet without a surface", sheet("[0 0 0 0]", RED, "")),
        ("a sheet of a light year", sheet("[0 0 1e30 1e30]", RED, "")),
        (
            "a sheet as thin as a hair",
            sheet("[0 0 1 1000000]", RED, ""),
        ),
        ("no numbers", sheet("[a b c d]", RED, "")),
        ("states within states", sheet(A4, &nested, "")),
        ("pages within themselves", kids_of_itself),
        ("scripts and programs", script),
    ] {
        if let Ok(drawn) = draw(bytes, 0) {
            let side = drawn.rendition.width.max(drawn.rendition.height);
            assert!(side <= LONG_SIDE, "{what}: {side}");
        }
    }
}

#[test]
fn no_cut_and_no_flipped_byte_breaks_the_drawing() {
    // Small, for there are many.
    let whole = sheet("[0 0 20 30]", "/F Do", RED);
    for at in (0..whole.len()).step_by(7) {
        let _ = draw(whole[..at].to_vec(), 0);
        let mut flipped = whole.clone();
        flipped[at] ^= 0x55;
        let _ = draw(flipped, 0);
    }
}
