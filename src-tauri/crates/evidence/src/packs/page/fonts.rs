//! The two faces of the PDF, and what they can draw.

use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, charmap::Charmap};
use unicode_normalization::UnicodeNormalization as _;

use super::text::spelt;

static REGULAR: &[u8] = include_bytes!("../../../fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../fonts/NotoSans-Bold.ttf");

static FACES: LazyLock<Option<[Face; 2]>> =
    LazyLock::new(|| Some([Face::read(REGULAR)?, Face::read(BOLD)?]));

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A face with the widths of its glyphs.
pub(super) struct Face {
    pub(super) font: Font,
    characters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    units: f32,
}

/// `None` when the program was built with a font that is none.
pub(super) fn face(weight: Weight) -> Option<&'static Face> {
    let [regular, bold] = FACES.as_ref()?;
    Some(match weight {
        Weight::Regular => regular,
        Weight::Bold => bold,
    })
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        Some(Self {
            font: Font::new(bytes.into(), 0)?,
            characters: font.charmap(),
            widths: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units: f32::from(
                font.metrics(Size::unscaled(), LocationRef::default())
                    .units_per_em,
            ),
        })
    }

    /// `text` with each accent on its letter, and by its number what has no glyph.
    pub(super) fn drawable(&self, text: &str) -> String {
        let mut drawable = String::with_capacity(text.len());
        for character in text.nfc() {
            if self.glyph(character).is_some() {
                drawable.push(character);
            } else {
                drawable.push_str(&spelt(character));
            }
        }
        drawable
    }

    /// Share of the size, 0 for what has no glyph.
    pub(super) fn width(&self, character: char) -> f32 {
        self.glyph(character)
            .and_then(|glyph| self.widths.advance_width(glyph))
            .unwrap_or_default()
            / self.units
    }

    /// One glyph for each character that has one.
    pub(super) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        text.char_indices()
            .filter_map(|(at, character)| {
                let glyph = self.glyph(character)?;
                Some(KrillaGlyph::new(
                    GlyphId::new(glyph.to_u32()),
                    self.width(character),
                    0.0,
                    0.0,
                    0.0,
                    at..at + character.len_utf8(),
                    None,
                ))
            })
            .collect()
    }

    fn glyph(&self, character: char) -> Option<skrifa::GlyphId> {
        self.characters
            .map(character)
            .filter(|glyph| glyph.to_u32() != 0)
    }
}
