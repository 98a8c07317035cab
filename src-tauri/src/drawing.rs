//! This program as the drawer of one sheet of a PDF file, or of a HEIC photograph: the file on standard input, the
//! picture on standard output, nothing opened, nothing kept, bounded in memory and time, ended by whatever goes wrong.

use std::{
    ffi::OsString,
    io::{Read as _, Write as _},
    process::ExitCode,
};

use evidence::{
    MediaType, Rendition, RenditionError,
    display::sheets::{self, DrawnSheet},
};

/// The first argument, which only the desk itself gives; the sheet's number follows.
pub const WORD: &str = "draw-sheet";
/// Most bytes of an answer: a picture of the screen's size.
pub const MOST_ANSWER: u64 = 32 * 1024 * 1024;
/// Most bytes of a file; ID360 takes 9.5 MB.
const MOST_FILE: u64 = 64 * 1024 * 1024;
/// Before the picture: sheets, width and height, then width and height of a larger original or noughts; 32 bits each,
/// the least first.
const HEAD: usize = 20;
/// Address space, bytes: the program itself, the file unpacked and the picture.
#[cfg(unix)]
const MEMORY: u64 = 2 * 1024 * 1024 * 1024;
/// Seconds of one processor.
#[cfg(unix)]
const WORK: u64 = 15;

const USAGE: u8 = 2;
const NO_SUCH_SHEET: u8 = 3;
const TOO_LARGE: u8 = 4;
const DAMAGED: u8 = 5;
const UNSUPPORTED: u8 = 6;

/// The sheet's number is the whole command line: what the file is, and whose, no other program can read there.
pub fn run(mut words: impl Iterator<Item = OsString>) -> ExitCode {
    let number = words.next().and_then(|word| word.to_str()?.parse().ok());
    let (Some(sheet), None) = (number, words.next()) else {
        return ExitCode::from(USAGE);
    };
    confine();
    let mut file = Vec::new();
    let read = std::io::stdin().take(MOST_FILE).read_to_end(&mut file);
    let drawn = match read {
        Ok(_) => sheets::draw(file, sheet),
        Err(_) => Err(RenditionError::Damaged),
    };
    match drawn {
        Ok(drawn) if write(&drawn).is_ok() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(RenditionError::NoSuchSheet) => ExitCode::from(NO_SUCH_SHEET),
        Err(RenditionError::TooLarge) => ExitCode::from(TOO_LARGE),
        Err(RenditionError::Damaged) => ExitCode::from(DAMAGED),
        Err(RenditionError::Unsupported(_)) => ExitCode::from(UNSUPPORTED),
    }
}

fn write(drawn: &DrawnSheet) -> std::io::Result<()> {
    let picture = &drawn.rendition;
    let mut output = std::io::stdout().lock();
    let (width, height) = picture.reduced_from.unwrap_or_default();
    for number in [drawn.sheets, picture.width, picture.height, width, height] {
        output.write_all(&number.to_le_bytes())?;
    }
    output.write_all(&picture.bytes)?;
    output.flush()
}

/// What the process said, by its exit code (none: it was ended) and its output.
pub fn read(code: Option<i32>, answer: &[u8]) -> Result<DrawnSheet, RenditionError> {
    match code {
        Some(0) => {}
        Some(code) if code == i32::from(NO_SUCH_SHEET) => return Err(RenditionError::NoSuchSheet),
        Some(code) if code == i32::from(TOO_LARGE) => return Err(RenditionError::TooLarge),
        Some(code) if code == i32::from(UNSUPPORTED) => {
            return Err(RenditionError::Unsupported(MediaType::Unknown));
        }
        _ => return Err(RenditionError::Damaged),
    }
    let (head, picture) = answer
        .split_at_checked(HEAD)
        .ok_or(RenditionError::Damaged)?;
    let mut numbers = head
        .chunks_exact(4)
        .filter_map(|four| Some(u32::from_le_bytes(four.try_into().ok()?)));
    let mut number = || numbers.next().ok_or(RenditionError::Damaged);
    let (sheets, width, height) = (number()?, number()?, number()?);
    let original = (number()?, number()?);
    // The drawer may be in a stranger's hands by now: what it hands over is decoded and encoded again, as any picture.
    let mut rendition: Rendition = evidence::rendition(picture)?;
    if (rendition.width, rendition.height) != (width, height) {
        return Err(RenditionError::Damaged);
    }
    // Only ever told, and never smaller than what was made of it.
    rendition.reduced_from = (original.0.max(original.1) > width.max(height)).then_some(original);
    Ok(DrawnSheet { rendition, sheets })
}

#[cfg(unix)]
fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        (Resource::As, MEMORY),
        (Resource::Cpu, WORK),
        (Resource::Core, 0),
        // From here on nothing can be written, opened or connected to.
        (Resource::Fsize, 0),
        (Resource::Nofile, 3),
    ];
    for (resource, most) in limits {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // One that cannot be set leaves the desk's own time limit.
        let _ = setrlimit(resource, limit);
    }
}

#[cfg(not(unix))]
fn confine() {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "test code")]
mod tests {
    use super::*;

    /// One grey pixel, as PNG.
    const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\
        \0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\
        \0\0\0\0IEND\xaeB`\x82";

    #[test]
    fn a_drawer_tells_the_size_of_an_original_larger_than_its_picture() {
        for (original, told) in [
            ([4032_u32, 3024], Some((4032, 3024))),
            ([0, 0], None),
            ([1, 1], None),
        ] {
            let head = [1, 1, 1, original[0], original[1]].map(u32::to_le_bytes);
            let answer = [&head.concat()[..], PIXEL].concat();
            let drawn = read(Some(0), &answer).unwrap();
            assert_eq!(drawn.rendition.reduced_from, told);
        }
    }

    #[test]
    fn a_drawer_that_was_ended_or_says_nonsense_is_a_damaged_file() {
        let lies = [1_u32, 10, 10, 0, 0].map(u32::to_le_bytes).concat();
        for (code, answer) in [
            (None, &b""[..]),
            (Some(0), b""),
            (Some(0), b"short"),
            (Some(1), b""),
            (Some(0), &[&lies, &b"<svg onload='alert(1)'/>"[..]].concat()),
        ] {
            assert!(read(code, answer).is_err(), "{code:?} {answer:?}");
        }
        assert_eq!(
            read(Some(i32::from(NO_SUCH_SHEET)), b""),
            Err(RenditionError::NoSuchSheet)
        );
        assert_eq!(
            read(Some(i32::from(UNSUPPORTED)), b""),
            Err(RenditionError::Unsupported(MediaType::Unknown))
        );
    }
}
