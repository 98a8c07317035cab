//! The page as one HTML file that asks for nothing: no script, no font, no picture, no address outside the pack.

use super::{Block, Cell, Page};
use crate::packs::contents::Language;

const STYLE: &str = "\
:root{color-scheme:light}\
body{font:15px/1.5 'Noto Sans','Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1a1a1a;background:#fff;\
max-width:60rem;margin:0 auto;padding:1rem 1.5rem 3rem}\
h1{font-size:1.6rem;line-height:1.25;margin:1rem 0}\
h2{font-size:1.15rem;margin:2rem 0 .6rem;padding-top:.6rem;border-top:1px solid #767676}\
h3{font-size:1rem;margin:1.2rem 0 .3rem;overflow-wrap:anywhere}\
.banner{position:sticky;top:0;margin:0 -1.5rem;padding:.5rem 1.5rem;font-weight:700;background:#ffe08a;color:#000;\
border-bottom:2px solid #000}\
table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #d0d0d0;\
overflow-wrap:anywhere}\
th[scope=row]{width:15rem;font-weight:400;color:#4a4a4a}\
.headline td{font-weight:700;font-size:1.1rem}\
footer{margin-top:3rem;border-top:1px solid #767676;padding-top:.5rem;color:#4a4a4a;overflow-wrap:anywhere}\
@media print{.banner{position:static}body{max-width:none}}";

/// One file, without anything from outside.
pub fn render(page: &Page) -> String {
    let language = match page.language {
        Language::French => "fr",
        Language::English => "en",
    };
    let mut html = String::with_capacity(16 * 1024);
    html.push_str("<!doctype html>\n<html lang=\"");
    html.push_str(language);
    html.push_str(
        "\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
    );
    escape(&mut html, &page.title);
    html.push_str("</title>\n<style>");
    html.push_str(STYLE);
    html.push_str("</style>\n</head>\n<body>\n");
    for banner in &page.banners {
        element(&mut html, "p", " class=\"banner\" role=\"note\"", banner);
    }
    html.push_str("<main>\n");
    element(&mut html, "h1", "", &page.title);
    for block in &page.blocks {
        draw(&mut html, block);
    }
    html.push_str("</main>\n");
    element(&mut html, "footer", "", &page.footer);
    html.push_str("</body>\n</html>\n");
    html
}

fn draw(html: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => element(html, "h2", "", text),
        Block::Subheading(text) => element(html, "h3", "", text),
        Block::Text(text) => element(html, "p", "", text),
        Block::Fields(fields) => draw_fields(html, "", fields),
        Block::Headline(fields) => draw_fields(html, " class=\"headline\"", fields),
        Block::Table { columns, rows } => {
            html.push_str("<table>\n<thead>\n<tr>");
            for column in columns {
                element(html, "th", " scope=\"col\"", &column.title);
            }
            html.push_str("</tr>\n</thead>\n<tbody>\n");
            for row in rows {
                html.push_str("<tr>");
                row.iter().for_each(|cell| draw_cell(html, cell));
                html.push_str("</tr>\n");
            }
            html.push_str("</tbody>\n</table>\n");
        }
    }
}

fn draw_fields(html: &mut String, class: &str, fields: &[(String, String)]) {
    html.push_str("<table");
    html.push_str(class);
    html.push_str(">\n<tbody>\n");
    for (label, value) in fields {
        html.push_str("<tr>");
        element(html, "th", " scope=\"row\"", label);
        element(html, "td", " dir=\"auto\"", value);
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n");
}

fn draw_cell(html: &mut String, cell: &Cell) {
    let Some(link) = &cell.link else {
        return element(html, "td", " dir=\"auto\"", &cell.text);
    };
    html.push_str("<td><a href=\"");
    escape(html, link);
    html.push_str("\">");
    escape(html, &cell.text);
    html.push_str("</a></td>");
}

fn element(html: &mut String, name: &str, attributes: &str, text: &str) {
    html.push('<');
    html.push_str(name);
    html.push_str(attributes);
    html.push('>');
    escape(html, text);
    html.push_str("</");
    html.push_str(name);
    html.push_str(">\n");
}

fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            character => html.push(character),
        }
    }
}
