//! Small drawn pictures for seeded dossiers: the two sides of a specimen card, and a face.

use crate::world::Person;

const WIDTH: usize = 640;
const HEIGHT: usize = 404;

const PAPER: u8 = 0;
const BAND: u8 = 1;
const INK: u8 = 2;
const SKIN: u8 = 3;
const CLOTH: u8 = 4;
const PALE: u8 = 5;

struct Canvas {
    pixels: Vec<u8>,
}

impl Canvas {
    fn blank() -> Self {
        Self {
            pixels: vec![PAPER; WIDTH * HEIGHT],
        }
    }

    fn dot(&mut self, x: usize, y: usize, colour: u8) {
        if x < WIDTH && y < HEIGHT {
            self.pixels[y * WIDTH + x] = colour;
        }
    }

    fn block(&mut self, left: usize, top: usize, width: usize, height: usize, colour: u8) {
        for y in top..top + height {
            for x in left..left + width {
                self.dot(x, y, colour);
            }
        }
    }

    fn oval(&mut self, x: usize, y: usize, across: usize, down: usize, colour: u8) {
        let square = |n: usize, m: usize| n.abs_diff(m).pow(2) as f64;
        for py in y.saturating_sub(down)..y + down {
            for px in x.saturating_sub(across)..x + across {
                let (a, d) = (across.pow(2) as f64, down.pow(2) as f64);
                if square(px, x) / a + square(py, y) / d < 1.0 {
                    self.dot(px, py, colour);
                }
            }
        }
    }

    fn text(&mut self, left: usize, top: usize, scale: usize, text: &str, colour: u8) {
        for (index, letter) in text.chars().enumerate() {
            for (row, bits) in glyph(letter).iter().enumerate() {
                for column in 0..5 {
                    if bits & (0b1_0000 >> column) != 0 {
                        let x = left + (index * 6 + column) * scale;
                        self.block(x, top + row * scale, scale, scale, colour);
                    }
                }
            }
        }
    }

    fn portrait(&mut self, x: usize, y: usize, size: usize) {
        self.block(x, y, size, size * 5 / 4, PALE);
        self.oval(
            x + size / 2,
            y + size * 5 / 4,
            size * 2 / 5,
            size / 2,
            CLOTH,
        );
        self.oval(x + size / 2, y + size / 2, size / 4, size / 3, SKIN);
        self.oval(
            x + size * 2 / 5,
            y + size * 9 / 20,
            size / 28 + 1,
            size / 28 + 1,
            INK,
        );
        self.oval(
            x + size * 3 / 5,
            y + size * 9 / 20,
            size / 28 + 1,
            size / 28 + 1,
            INK,
        );
        self.block(
            x + size * 9 / 20,
            y + size * 13 / 20,
            size / 10,
            size / 50 + 1,
            INK,
        );
        // What lies below the frame belongs to the card.
        self.block(x, y + size * 5 / 4, size, size / 2, PAPER);
    }

    /// PNG, indexed colours; the hue varies with the person.
    fn png(self, hue: u64) -> Vec<u8> {
        let tint = |shift: u64| (hue.wrapping_mul(37).wrapping_add(shift) % 96) as u8;
        let palette = vec![
            244,
            246,
            250, // paper
            20 + tint(0),
            70 + tint(31),
            110 + tint(67), // band
            28,
            32,
            44, // ink
            222 - tint(11) / 4,
            180 - tint(11) / 3,
            150 - tint(11) / 3, // skin
            60 + tint(71),
            60 + tint(19),
            90 + tint(43), // cloth
            214,
            222,
            232, // pale
        ];
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(palette);
        let written = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.pixels));
        if let Err(error) = written {
            tracing::error!(%error, "a picture could not be encoded");
        }
        bytes
    }
}

/// Front of a card that no country issues.
pub(crate) fn recto(person: &Person, number: u64) -> Vec<u8> {
    let mut card = Canvas::blank();
    card.block(0, 0, WIDTH, 56, BAND);
    card.text(24, 16, 3, "CARTE SPECIMEN", PAPER);
    card.portrait(32, 88, 168);
    card.text(232, 96, 2, "NOM", BAND);
    card.text(232, 116, 3, &person.mrz_name().replace('#', " "), INK);
    card.text(232, 164, 2, "PRENOM", BAND);
    card.text(232, 184, 3, &person.mrz_first_name().replace('#', " "), INK);
    card.text(232, 232, 2, "NE(E) LE", BAND);
    card.text(232, 252, 3, &person.birth_date, INK);
    card.text(452, 232, 2, "SEXE", BAND);
    card.text(452, 252, 3, person.gender, INK);
    card.text(232, 300, 2, "NUMERO", BAND);
    card.text(232, 320, 3, &person.id_number, INK);
    card.png(number)
}

/// Back, with the machine-readable lines.
pub(crate) fn verso(person: &Person, number: u64) -> Vec<u8> {
    let mut card = Canvas::blank();
    card.block(0, 0, WIDTH, 24, BAND);
    card.text(32, 64, 2, "ADRESSE", BAND);
    card.text(32, 86, 3, "12 RUE DES ESSAIS", INK);
    card.text(32, 116, 3, "99001 VILLE-EXEMPLE", INK);
    card.block(0, 296, WIDTH, 108, PALE);
    let [first, second] = person.mrz();
    card.text(20, 316, 2, &first.replace('#', "<"), INK);
    card.text(20, 352, 2, &second.replace('#', "<"), INK);
    card.png(number)
}

pub(crate) fn selfie(number: u64) -> Vec<u8> {
    let mut picture = Canvas::blank();
    picture.block(0, 0, WIDTH, HEIGHT, PALE);
    picture.oval(320, 430, 210, 150, CLOTH);
    picture.oval(320, 190, 100, 135, SKIN);
    picture.oval(282, 170, 9, 9, INK);
    picture.oval(358, 170, 9, 9, INK);
    picture.block(290, 248, 60, 6, INK);
    picture.png(number)
}

/// Five by seven dots per letter, one row per byte.
fn glyph(letter: char) -> [u8; 7] {
    match letter {
        'A' => [14, 17, 17, 31, 17, 17, 17],
        'B' => [30, 17, 17, 30, 17, 17, 30],
        'C' => [14, 17, 16, 16, 16, 17, 14],
        'D' => [30, 17, 17, 17, 17, 17, 30],
        'E' => [31, 16, 16, 30, 16, 16, 31],
        'F' => [31, 16, 16, 30, 16, 16, 16],
        'G' => [14, 17, 16, 23, 17, 17, 15],
        'H' => [17, 17, 17, 31, 17, 17, 17],
        'I' => [14, 4, 4, 4, 4, 4, 14],
        'J' => [7, 2, 2, 2, 2, 18, 12],
        'K' => [17, 18, 20, 24, 20, 18, 17],
        'L' => [16, 16, 16, 16, 16, 16, 31],
        'M' => [17, 27, 21, 21, 17, 17, 17],
        'N' => [17, 25, 21, 19, 17, 17, 17],
        'O' => [14, 17, 17, 17, 17, 17, 14],
        'P' => [30, 17, 17, 30, 16, 16, 16],
        'Q' => [14, 17, 17, 17, 21, 18, 13],
        'R' => [30, 17, 17, 30, 20, 18, 17],
        'S' => [15, 16, 16, 14, 1, 1, 30],
        'T' => [31, 4, 4, 4, 4, 4, 4],
        'U' => [17, 17, 17, 17, 17, 17, 14],
        'V' => [17, 17, 17, 17, 17, 10, 4],
        'W' => [17, 17, 17, 21, 21, 27, 17],
        'X' => [17, 17, 10, 4, 10, 17, 17],
        'Y' => [17, 17, 10, 4, 4, 4, 4],
        'Z' => [31, 1, 2, 4, 8, 16, 31],
        '0' => [14, 17, 19, 21, 25, 17, 14],
        '1' => [4, 12, 4, 4, 4, 4, 14],
        '2' => [14, 17, 1, 6, 8, 16, 31],
        '3' => [30, 1, 1, 14, 1, 1, 30],
        '4' => [2, 6, 10, 18, 31, 2, 2],
        '5' => [31, 16, 30, 1, 1, 17, 14],
        '6' => [6, 8, 16, 30, 17, 17, 14],
        '7' => [31, 1, 2, 4, 8, 8, 8],
        '8' => [14, 17, 17, 14, 17, 17, 14],
        '9' => [14, 17, 17, 15, 1, 2, 12],
        '<' => [2, 4, 8, 16, 8, 4, 2],
        '-' => [0, 0, 0, 14, 0, 0, 0],
        '(' => [2, 4, 4, 4, 4, 4, 2],
        ')' => [8, 4, 4, 4, 4, 4, 8],
        _ => [0; 7],
    }
}
