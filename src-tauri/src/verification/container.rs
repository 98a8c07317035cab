//! An ASiC-E container on the command line.

use std::io::Write;

use asice::{Indication, Line, Report, SignatureReport};
use chrono::{DateTime, Utc};

use super::{Verdict, code, escaped};

pub(super) fn verdict(report: &Report) -> Verdict {
    match report.indication {
        Indication::TotalPassed => Verdict::Passed,
        Indication::TotalFailed => Verdict::Failed,
        Indication::Indeterminate => Verdict::Indeterminate,
    }
}

/// The verdict, the four lines, the files: names as they are in the container, but for what would mislead a terminal.
pub(super) fn write(report: &Report, out: &mut impl Write) -> std::io::Result<()> {
    let sub = report.sub_indication.map(code).unwrap_or_default();
    writeln!(out, "{} {sub}", code(report.indication))?;
    let lines: [(&str, &Line); 4] = [
        ("container", &report.container),
        ("integrity", &report.integrity),
        ("signature", &report.signature),
        ("trust", &report.trust),
    ];
    for (name, line) in lines {
        writeln!(out, "{name:<10} {}", code(line.state))?;
        for finding in &line.findings {
            writeln!(out, "           {}", escaped(finding)?)?;
        }
    }
    for file in &report.files {
        let name = file.name.escape_debug();
        writeln!(out, "file       {} {name}", code(file.state))?;
    }
    for one in &report.signatures {
        let signer = one.signer.as_ref().map_or("?", |signer| &signer.subject);
        let time = |time: Option<DateTime<Utc>>| {
            time.map_or_else(|| "-".to_owned(), |time| time.to_rfc3339())
        };
        writeln!(
            out,
            "{:<10} {}\n           claimed {} proven {}",
            relation(one),
            signer.escape_debug(),
            time(one.claimed_time),
            time(one.proven_time)
        )?;
    }
    Ok(())
}

/// Of the signer to a signature: anybody can name a certificate.
fn relation(signature: &SignatureReport) -> &'static str {
    let holds = signature.is_authentic && signature.indication != Indication::TotalFailed;
    if holds { "signed by" } else { "names" }
}
