//! Where each word of the PDF goes: blocks become lines, lines become pages.

use super::fonts::{Face, Weight, face};
use super::{Block, Cell, Column, Page};

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
pub(super) const MARGIN: f32 = 48.0;
pub(super) const BANNER: f32 = 20.0;
const TOP: f32 = 40.0;
const BOTTOM: f32 = 56.0;
const BODY: f32 = WIDTH - 2.0 * MARGIN;
/// Between two columns.
const GAP: f32 = 8.0;
/// Share of the width that labels take.
const LABEL: f32 = 0.3;

const TEXT_SIZE: f32 = 9.0;
/// A cell without a mark would leave a hole in the structure of its table.
const NOTHING: &str = "–";

/// What an element is to a screen reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Heading(u16, String),
    Paragraph,
    Table,
    Row,
    ColumnHeader,
    RowHeader,
    Data,
}

/// An element of the structure; those that hold text hold no other.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) role: Role,
    pub(super) parent: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Run {
    pub(super) x: f32,
    pub(super) text: String,
    pub(super) weight: Weight,
    pub(super) size: f32,
    pub(super) faint: bool,
    /// Index of the element it belongs to.
    pub(super) element: usize,
}

/// What stays on one page.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    pub(super) height: f32,
    before: f32,
    /// A rule above it.
    pub(super) ruled: bool,
    /// A heading is not left at the foot of a page.
    with_next: bool,
}

/// A line and where its top is.
pub(super) type Placed = (f32, Line);

#[derive(Debug)]
pub(super) struct Layout {
    pub(super) elements: Vec<Element>,
    pub(super) pages: Vec<Vec<Placed>>,
}

/// `None` when there are no faces to measure with.
pub(super) fn lay_out(page: &Page) -> Option<Layout> {
    let mut flow = Flow {
        regular: face(Weight::Regular)?,
        bold: face(Weight::Bold)?,
        elements: Vec::new(),
        lines: Vec::new(),
    };
    flow.heading(1, &page.title);
    for block in &page.blocks {
        match block {
            Block::Heading(text) => flow.heading(2, text),
            Block::Subheading(text) => flow.heading(3, text),
            Block::Text(text) => flow.paragraph(text),
            Block::Fields(fields) => flow.fields(fields, Weight::Regular),
            Block::Headline(fields) => flow.fields(fields, Weight::Bold),
            Block::Table { columns, rows } => flow.table(columns, rows),
        }
    }
    let top = TOP + BANNER * page.banners.len() as f32;
    Some(Layout {
        elements: flow.elements,
        pages: paged(flow.lines, top),
    })
}

struct Flow {
    regular: &'static Face,
    bold: &'static Face,
    elements: Vec<Element>,
    lines: Vec<Line>,
}

/// One cell of a row that is being laid out.
struct Laid {
    x: f32,
    lines: Vec<String>,
    weight: Weight,
    size: f32,
    faint: bool,
    element: usize,
}

impl Flow {
    fn heading(&mut self, level: u16, text: &str) {
        let (size, before) = match level {
            1 => (17.0, 0.0),
            2 => (12.0, 16.0),
            _ => (TEXT_SIZE + 0.6, 8.0),
        };
        let element = self.element(Role::Heading(level, text.to_owned()), None);
        let laid = self.laid(MARGIN, BODY, text, Weight::Bold, size, element);
        let first = self.lines.len();
        self.rows(vec![laid], before);
        for (index, line) in self.lines.iter_mut().skip(first).enumerate() {
            line.with_next = true;
            line.ruled = level == 2 && index == 0;
        }
    }

    fn paragraph(&mut self, text: &str) {
        let element = self.element(Role::Paragraph, None);
        let laid = self.laid(MARGIN, BODY, text, Weight::Regular, TEXT_SIZE, element);
        self.rows(vec![laid], 4.0);
    }

    fn fields(&mut self, fields: &[(String, String)], weight: Weight) {
        let table = self.element(Role::Table, None);
        let size = match weight {
            Weight::Bold => TEXT_SIZE + 1.5,
            Weight::Regular => TEXT_SIZE,
        };
        let values = MARGIN + BODY * LABEL;
        for (label, value) in fields {
            let row = self.element(Role::Row, Some(table));
            let header = self.element(Role::RowHeader, Some(row));
            let data = self.element(Role::Data, Some(row));
            let mut label = self.laid(
                MARGIN,
                BODY * LABEL - GAP,
                label,
                Weight::Regular,
                size,
                header,
            );
            label.faint = true;
            let value = self.laid(values, BODY * (1.0 - LABEL), value, weight, size, data);
            self.rows(vec![label, value], 2.0);
        }
    }

    fn table(&mut self, columns: &[Column], rows: &[Vec<Cell>]) {
        let table = self.element(Role::Table, None);
        let titles: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
        self.row(table, columns, &titles, Role::ColumnHeader, Weight::Bold);
        if let Some(line) = self.lines.last_mut() {
            line.with_next = true;
        }
        for row in rows {
            let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
            self.row(table, columns, &texts, Role::Data, Weight::Regular);
        }
    }

    fn row(
        &mut self,
        table: usize,
        columns: &[Column],
        texts: &[&str],
        role: Role,
        weight: Weight,
    ) {
        const SIZE: f32 = TEXT_SIZE - 1.0;
        let row = self.element(Role::Row, Some(table));
        let mut x = MARGIN;
        let mut cells = Vec::with_capacity(texts.len());
        for (column, text) in columns.iter().zip(texts) {
            let width = BODY * column.weight;
            let element = self.element(role.clone(), Some(row));
            cells.push(self.laid(x, width - GAP, text, weight, SIZE, element));
            x += width;
        }
        self.rows(cells, 2.5);
    }

    fn element(&mut self, role: Role, parent: Option<usize>) -> usize {
        self.elements.push(Element { role, parent });
        self.elements.len() - 1
    }

    fn laid(
        &self,
        x: f32,
        width: f32,
        text: &str,
        weight: Weight,
        size: f32,
        element: usize,
    ) -> Laid {
        let face = match weight {
            Weight::Regular => self.regular,
            Weight::Bold => self.bold,
        };
        Laid {
            x,
            lines: wrapped(face, text, width / size),
            weight,
            size,
            faint: false,
            element,
        }
    }

    /// Cells side by side, line under line.
    fn rows(&mut self, cells: Vec<Laid>, before: f32) {
        let count = cells.iter().map(|cell| cell.lines.len()).max();
        for index in 0..count.unwrap_or_default() {
            let mut line = Line {
                before: if index == 0 { before } else { 0.0 },
                ..Line::default()
            };
            for cell in &cells {
                let Some(text) = cell.lines.get(index) else {
                    continue;
                };
                line.height = line.height.max(cell.size * 1.35);
                line.runs.push(Run {
                    x: cell.x,
                    text: text.clone(),
                    weight: cell.weight,
                    size: cell.size,
                    faint: cell.faint,
                    element: cell.element,
                });
            }
            self.lines.push(line);
        }
    }
}

/// Breaks at spaces, and inside a word only where it is alone on its line. A line that goes on ends with its space, so
/// that whoever reads the text out of the file finds the words apart. `width` is in shares of the size.
fn wrapped(face: &Face, text: &str, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    let text = face.drawable(text);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let long: f32 = word.chars().map(|character| face.width(character)).sum();
        let space = face.width(' ');
        if !line.is_empty() {
            line.push(' ');
            if used + space + long <= width {
                used += space;
            } else {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
        }
        if used + long <= width {
            line.push_str(word);
            used += long;
            continue;
        }
        for character in word.chars() {
            let wide = face.width(character);
            if used + wide > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(character);
            used += wide;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(NOTHING.to_owned());
    }
    lines
}

fn paged(lines: Vec<Line>, top: f32) -> Vec<Vec<Placed>> {
    let bottom = HEIGHT - BOTTOM;
    // From the end: how much room a line needs with what it must stay with.
    let mut together: Vec<f32> = vec![0.0; lines.len() + 1];
    for (index, line) in lines.iter().enumerate().rev() {
        let followers = if line.with_next {
            together[index + 1]
        } else {
            0.0
        };
        together[index] = line.before + line.height + followers;
    }
    let mut pages = vec![Vec::new()];
    let mut y = top;
    for (index, line) in lines.into_iter().enumerate() {
        let fits = y + together[index] <= bottom || together[index] > bottom - top;
        let is_first = pages.last().is_some_and(Vec::is_empty);
        if !is_first && (!fits || y + line.before + line.height > bottom) {
            pages.push(Vec::new());
            y = top;
        } else if !is_first {
            y += line.before;
        }
        let height = line.height;
        if let Some(page) = pages.last_mut() {
            page.push((y, line));
        }
        y += height;
    }
    pages
}
