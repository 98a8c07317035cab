//! The program as the drawer of one sheet of a PDF file, or of a photograph: what goes in, what comes out, and what
//! stops it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "test code")]

use std::{
    fmt::Write as _,
    io::Write as _,
    process::{Command, Output, Stdio},
};

const A4: &str = "[0 0 595 842]";

/// A file with these objects, numbered from 1, of which the first is the catalog; readers rebuild its missing table.
fn file(objects: &[String]) -> Vec<u8> {
    let mut text = "%PDF-1.4\n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        write!(text, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    text.push_str("trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    text.into_bytes()
}

fn sheet(content: &str, more: &[String], resources: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox {A4} /Contents 4 0 R /Resources {resources} >>"
        ),
        stream("", content),
    ];
    objects.extend_from_slice(more);
    file(&objects)
}

fn stream(dictionary: &str, content: &str) -> String {
    format!(
        "<< {dictionary} /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

fn drawer(words: &[&str], input: &[u8]) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_id360-desk"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    // One that ends early does not read on.
    let _ = stdin.write_all(input);
    drop(stdin);
    process.wait_with_output().unwrap()
}

#[test]
fn a_sheet_goes_in_and_a_picture_comes_out_with_the_number_of_sheets() {
    let drawn = drawer(
        &["draw-sheet", "0"],
        &sheet("1 0 0 rg 0 0 595 421 re f", &[], "<< >>"),
    );
    assert_eq!(drawn.status.code(), Some(0));
    let (head, picture) = drawn.stdout.split_at(20);
    assert_eq!(head[..4], [1, 0, 0, 0]);
    assert!(evidence::rendition(picture).is_ok());
}

#[test]
fn a_photograph_of_an_iphone_goes_in_and_a_picture_comes_out() {
    let heic = include_bytes!("../crates/evidence/tests/heic/turned.heic");
    let drawn = drawer(&["draw-sheet", "0"], heic);
    assert_eq!(drawn.status.code(), Some(0));
    let (head, picture) = drawn.stdout.split_at(20);
    assert_eq!(head[..4], [1, 0, 0, 0]);
    let picture = evidence::rendition(picture).unwrap();
    assert_eq!((picture.width, picture.height), (96, 160));
}

#[test]
fn a_file_of_another_kind_is_not_drawn() {
    let ended = drawer(&["draw-sheet", "0"], b"\x89PNG\r\n\x1a\n");
    assert_eq!(ended.status.code(), Some(6));
    assert!(ended.stdout.is_empty());
}

#[test]
fn only_the_number_of_a_sheet_is_taken() {
    for words in [
        &["draw-sheet"][..],
        &["draw-sheet", "-1"],
        &["draw-sheet", "x"],
        &["draw-sheet", "0", "/etc/hostname"],
    ] {
        let ended = drawer(words, b"");
        assert_eq!(ended.status.code(), Some(2), "{words:?}");
        assert!(ended.stdout.is_empty());
    }
}

#[test]
fn a_file_that_is_none_ends_it_with_a_reason_and_no_picture() {
    let ended = drawer(&["draw-sheet", "0"], b"%PDF-1.7");
    assert_eq!(ended.status.code(), Some(5));
    assert!(ended.stdout.is_empty());
}

/// Forms that draw the next one ten times, fifteen deep: more work than any computer does.
#[test]
fn a_file_that_never_ends_is_ended() {
    let forms: Vec<String> = (0..15)
        .map(|depth| {
            let resources = format!("/Resources << /XObject << /F {} 0 R >> >>", depth + 6);
            let form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]";
            let content = if depth == 14 {
                "0 0 595 842 re f".to_owned()
            } else {
                "/F Do ".repeat(10)
            };
            stream(&format!("{form} {resources}"), &content)
        })
        .collect();
    let ended = drawer(
        &["draw-sheet", "0"],
        &sheet("/F Do", &forms, "<< /XObject << /F 5 0 R >> >>"),
    );
    assert_ne!(ended.status.code(), Some(0));
    assert!(ended.stdout.is_empty());
}
