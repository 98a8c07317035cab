//! The report as a one-page PDF, built by hand: a catalog, a page, a font, a text.

use serde_json::Value;

use crate::world::Person;

/// A small valid PDF 1.4 that names the dossier, the person and the verdict.
pub(crate) fn proof_slip(report: &Value, person: &Person) -> Vec<u8> {
    let text = |name: &str| match &report[name] {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    };
    let mut lines = vec![
        (18, "ID360 - Dossier de preuve".to_owned()),
        (11, "Simulateur : ce document ne prouve rien.".to_owned()),
        (12, format!("Dossier : {}", text("id"))),
        (12, format!("Référence : {}", text("client_reference"))),
        (12, format!("Parcours : {}", text("process_name"))),
        (12, format!("Statut : {}", text("status"))),
        (12, format!("Créé : {}", text("creation_time"))),
        (12, format!("Terminé : {}", text("finished_time"))),
        (12, format!("Nom : {}", person.last_name)),
        (12, format!("Prénom : {}", person.first_name)),
    ];
    for code in report["all_status_codes"].as_array().into_iter().flatten() {
        let code = &code["status_code"];
        let words = |name: &str| code[name].as_str().unwrap_or_default();
        lines.push((10, format!("{} : {}", words("code"), words("message"))));
    }
    let mut content = b"BT 60 780 Td 22 TL\n".to_vec();
    for (size, line) in &lines {
        content.extend(format!("/F1 {size} Tf (").bytes());
        content.extend(literal(line));
        content.extend(b") Tj T*\n");
    }
    content.extend(b"ET\n");
    assemble(&content)
}

/// WinAnsi bytes with the three special characters escaped; what it cannot spell becomes `?`.
fn literal(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '(' | ')' | '\\' => bytes.extend([b'\\', letter as u8]),
            ' '..='~' | '\u{A0}'..='\u{FF}' => bytes.push(letter as u32 as u8),
            _ => bytes.push(b'?'),
        }
    }
    bytes
}

fn assemble(content: &[u8]) -> Vec<u8> {
    let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
    stream.extend_from_slice(content);
    stream.extend_from_slice(b"endstream");
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R \
          /Resources << /Font << /F1 4 0 R >> >> >>"
            .to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
        stream,
    ];
    let mut pdf = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n", index + 1).bytes());
        pdf.extend_from_slice(object);
        pdf.extend_from_slice(b"\nendobj\n");
    }
    let table = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
    for offset in &offsets {
        pdf.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = offsets.len() + 1;
    pdf.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    pdf
}
