//! The customer's files, and how bytes are compared.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::place;

/// Real files on disk, of the size and kind that a phone makes.
#[derive(Debug, Clone)]
pub struct Fixtures {
    /// JPEG, 12 megapixels, 6 MB.
    pub recto: PathBuf,
    /// PNG, 5 MB.
    pub verso: PathBuf,
    /// JPEG stored sideways, with its EXIF orientation.
    pub selfie: PathBuf,
    /// PDF of two pages.
    pub supporting: PathBuf,
    /// JPEG of 9 MB, just under ID360's limit.
    pub heavy: PathBuf,
}

impl Fixtures {
    /// Draws them at the first call on a machine; later ones find them.
    pub fn ready() -> Result<Self> {
        let folder = place::binaries()?.join("../specimens");
        if !folder.is_dir() {
            draw(&folder)?;
        }
        Ok(Self {
            recto: folder.join("recto.jpg"),
            verso: folder.join("verso.png"),
            selfie: folder.join("selfie.jpg"),
            supporting: folder.join("supporting.pdf"),
            heavy: folder.join("heavy.jpg"),
        })
    }
}

fn draw(folder: &Path) -> Result<()> {
    let parent = folder.parent().context("parent folder")?;
    // Two tests that start together draw once.
    let lock = std::fs::File::create(parent.join(".specimens.lock")).context("lock")?;
    lock.lock().context("lock")?;
    if folder.is_dir() {
        return Ok(());
    }
    let drawing = tempfile::tempdir_in(parent)?;
    let status = Command::new(place::repository().join("tests/specimens/draw.sh"))
        .arg(drawing.path())
        .status()
        .context("draw.sh did not start")?;
    ensure!(status.success(), "draw.sh ended with {status}");
    let pages = [
        std::fs::read(drawing.path().join("page-1.jpg"))?,
        std::fs::read(drawing.path().join("page-2.jpg"))?,
    ];
    std::fs::write(drawing.path().join("supporting.pdf"), pdf_of(&pages)?)?;
    std::fs::rename(drawing.path(), folder).context("folder of specimens")?;
    let _ = drawing.keep();
    Ok(())
}

/// A PDF with one JPEG a page, as a scanner makes it (ImageMagick is not allowed to write PDF on Debian).
fn pdf_of(jpegs: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let kids: Vec<String> = (0..jpegs.len())
        .map(|page| format!("{} 0 R", 3 + page * 3))
        .collect();
    objects.push(b"<< /Type /Catalog /Pages 2 0 R >>".to_vec());
    objects.push(
        format!(
            "<< /Type /Pages /Count {} /Kids [{}] >>",
            jpegs.len(),
            kids.join(" ")
        )
        .into_bytes(),
    );
    for (page, jpeg) in jpegs.iter().enumerate() {
        let (width, height) = image::ImageReader::new(std::io::Cursor::new(jpeg))
            .with_guessed_format()?
            .into_dimensions()?;
        let at = 3 + page * 3;
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
                 /Resources << /XObject << /Scan {} 0 R >> >> >>",
                at + 1,
                at + 2
            )
            .into_bytes(),
        );
        objects.push(stream("<<", b"q 595 0 0 842 0 0 cm /Scan Do Q"));
        objects.push(stream(
            &format!(
                "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} \
                 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
            ),
            jpeg,
        ));
    }
    let mut file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    file.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        )
        .into_bytes(),
    );
    Ok(file)
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("{dictionary} /Length {} >>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// SHA-256 of a file's bytes.
pub fn sha256_of(path: &Path) -> Result<String> {
    Ok(sha256(
        &std::fs::read(path).with_context(|| path.display().to_string())?,
    ))
}
