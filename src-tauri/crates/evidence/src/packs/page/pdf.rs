//! The page as a tagged PDF/A-2a and PDF/UA-1, which krilla checks while it writes.

use chrono::{Datelike, Timelike};
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagKind, TagTree,
};

use super::Page;
use super::fonts::{Weight, face};
use super::layout::{BANNER, HEIGHT, Layout, Line, MARGIN, Role, WIDTH, lay_out};
use crate::packs::contents::Language;
use crate::packs::words::{Sentence, fill};

/// The page could not be drawn; a fault of this program.
#[derive(Debug, thiserror::Error)]
#[error("the readable page could not be drawn: {0}")]
pub struct PdfError(String);

const INK: (u8, u8, u8) = (0x1a, 0x1a, 0x1a);
const FAINT: (u8, u8, u8) = (0x4a, 0x4a, 0x4a);
const BANNER_GROUND: (u8, u8, u8) = (0xff, 0xe0, 0x8a);
const RULE: (u8, u8, u8) = (0x76, 0x76, 0x76);
const SMALL: f32 = 7.5;
const BANNER_SIZE: f32 = 9.5;

/// PDF/A-2a, PDF/UA-1.
pub fn render(page: &Page) -> Result<Vec<u8>, PdfError> {
    let fault = |what: &dyn std::fmt::Debug| PdfError(format!("{what:?}"));
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| fault(&error))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    document.set_metadata(metadata(page));
    let layout = lay_out(page).ok_or_else(|| fault(&"no font"))?;
    let mut drawing = Drawing {
        page,
        language: language(page.language),
        marks: layout.elements.iter().map(|_| Vec::new()).collect(),
        banners: Vec::new(),
        outline: Outline::new(),
    };
    for (index, lines) in layout.pages.iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| fault(&"page size"))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        drawing.frame(&mut surface, index, layout.pages.len());
        for (top, line) in lines {
            drawing.line(&mut surface, &layout, index, *top, line);
        }
        surface.finish();
        sheet.finish();
    }
    let tree = tree(&layout, drawing.marks, drawing.banners);
    document.set_tag_tree(tree);
    document.set_outline(drawing.outline);
    document.finish().map_err(|error| fault(&error))
}

fn language(language: Language) -> &'static str {
    match language {
        Language::French => "fr",
        Language::English => "en",
    }
}

fn metadata(page: &Page) -> Metadata {
    let at = page.made_at;
    let part = |part: u32| u8::try_from(part).unwrap_or_default();
    let made = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(page.title.clone())
        .language(language(page.language).to_owned())
        .creator(page.program.clone())
        .creation_date(made)
}

struct Drawing<'a> {
    page: &'a Page,
    language: &'static str,
    /// For each element, what was drawn of it.
    marks: Vec<Vec<Identifier>>,
    /// The banners are read out once, and drawn on every page.
    banners: Vec<Identifier>,
    outline: Outline,
}

impl Drawing<'_> {
    fn frame(&mut self, surface: &mut Surface<'_>, index: usize, pages: usize) {
        for (place, banner) in self.page.banners.iter().enumerate() {
            let top = BANNER * place as f32;
            surface.start_tagged(artifact(ArtifactType::Layout));
            rectangle(surface, 0.0, top, WIDTH, BANNER - 2.0, BANNER_GROUND);
            surface.end_tagged();
            if index == 0 {
                self.banners.push(surface.start_tagged(self.span()));
            } else {
                surface.start_tagged(artifact(ArtifactType::Header));
            }
            let base = top + BANNER - 7.0;
            text(
                surface,
                MARGIN,
                base,
                banner,
                Weight::Bold,
                BANNER_SIZE,
                INK,
            );
            surface.end_tagged();
        }
        let base = HEIGHT - 30.0;
        let page = (index + 1).to_string();
        let number = fill(
            Sentence::PageOf.in_language(self.page.language),
            &[("page", &page), ("pages", &pages.to_string())],
        );
        surface.start_tagged(artifact(ArtifactType::Footer));
        rectangle(
            surface,
            MARGIN,
            base - 12.0,
            WIDTH - 2.0 * MARGIN,
            0.5,
            RULE,
        );
        let room = WIDTH - 2.0 * MARGIN - width(&number, SMALL) - 12.0;
        let footer = cut(&self.page.footer, room);
        text(
            surface,
            MARGIN,
            base,
            &footer,
            Weight::Regular,
            SMALL,
            FAINT,
        );
        let x = WIDTH - MARGIN - width(&number, SMALL);
        text(surface, x, base, &number, Weight::Regular, SMALL, FAINT);
        surface.end_tagged();
    }

    fn line(
        &mut self,
        surface: &mut Surface<'_>,
        layout: &Layout,
        page: usize,
        top: f32,
        line: &Line,
    ) {
        if line.ruled {
            surface.start_tagged(artifact(ArtifactType::Layout));
            let rule = top - 5.0;
            rectangle(surface, MARGIN, rule, WIDTH - 2.0 * MARGIN, 0.5, RULE);
            surface.end_tagged();
        }
        for run in &line.runs {
            let mark = surface.start_tagged(self.span());
            let ink = if run.faint { FAINT } else { INK };
            let base = top + run.size;
            text(surface, run.x, base, &run.text, run.weight, run.size, ink);
            surface.end_tagged();
            let is_first = self.marks[run.element].is_empty();
            self.marks[run.element].push(mark);
            if let Role::Heading(1 | 2, title) = &layout.elements[run.element].role
                && is_first
            {
                let place = XyzDestination::new(page, Point::from_xy(MARGIN, top));
                self.outline
                    .push_child(OutlineNode::new(title.clone(), place));
            }
        }
    }

    fn span(&self) -> ContentTag<'static> {
        ContentTag::Span(SpanTag::empty().with_lang(Some(self.language)))
    }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn rectangle(
    surface: &mut Surface<'_>,
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    color: (u8, u8, u8),
) {
    let mut path = PathBuilder::new();
    if let Some(rectangle) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(rectangle);
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(filled(color)));
        surface.draw_path(&path);
    }
}

fn filled((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Fill::default()
    }
}

fn text(
    surface: &mut Surface<'_>,
    x: f32,
    base: f32,
    text: &str,
    weight: Weight,
    size: f32,
    color: (u8, u8, u8),
) {
    let Some(face) = face(weight) else { return };
    let text = face.drawable(text);
    surface.set_fill(Some(filled(color)));
    let glyphs = face.glyphs(&text);
    let font = face.font.clone();
    surface.draw_glyphs(Point::from_xy(x, base), &glyphs, font, &text, size, false);
}

fn width(text: &str, size: f32) -> f32 {
    let Some(face) = face(Weight::Regular) else {
        return 0.0;
    };
    text.chars()
        .map(|character| face.width(character) * size)
        .sum()
}

/// As much of `text` as there is room for at the foot.
fn cut(text: &str, room: f32) -> String {
    let mut cut = String::new();
    let mut used = width("…", SMALL);
    for character in text.chars() {
        used += width(character.encode_utf8(&mut [0; 4]), SMALL);
        if used > room {
            cut.push('…');
            break;
        }
        cut.push(character);
    }
    cut
}

/// The structure that a screen reader walks.
fn tree(layout: &Layout, marks: Vec<Vec<Identifier>>, banners: Vec<Identifier>) -> TagTree {
    let mut children: Vec<Vec<Node>> = marks
        .into_iter()
        .map(|marks| marks.into_iter().map(Node::from).collect())
        .collect();
    let mut top: Vec<Node> = Vec::new();
    // Children come after their parents: from the end, every group is whole when it is handed up.
    for (index, element) in layout.elements.iter().enumerate().rev() {
        let mut own = std::mem::take(&mut children[index]);
        if matches!(element.role, Role::Table | Role::Row) {
            own.reverse();
        }
        let group = Node::from(TagGroup::with_children(kind(&element.role), own));
        match element.parent {
            Some(parent) => children[parent].push(group),
            None => top.push(group),
        }
    }
    let mut tree = TagTree::new();
    for banner in banners {
        tree.push(TagGroup::with_children(Tag::P, vec![banner.into()]));
    }
    for group in top.into_iter().rev() {
        tree.push(group);
    }
    tree
}

fn kind(role: &Role) -> TagKind {
    match role {
        Role::Heading(level, title) => Tag::Hn(
            std::num::NonZeroU16::new(*level).unwrap_or(std::num::NonZeroU16::MIN),
            Some(title.clone()),
        )
        .into(),
        Role::Paragraph => Tag::P.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
        Role::Data => Tag::TD.into(),
    }
}
