//! A sealed evidence pack on the command line.

use std::io::Write;

use evidence::packs::{PackState, PackVerdict, grouped};

use super::{Verdict, code, escaped};

/// Whoever changes a pack can seal it anew: only the key that is expected makes it pass.
pub(super) fn verdict(pack: &PackVerdict, key: Option<&str>) -> Verdict {
    let is_expected_key = key.is_some() && pack.fingerprint.as_deref() == key;
    match pack.state {
        PackState::Altered | PackState::Unreadable => Verdict::Failed,
        PackState::Incomplete | PackState::Repacked => Verdict::Indeterminate,
        PackState::Whole if is_expected_key => Verdict::Passed,
        PackState::Whole => Verdict::Indeterminate,
    }
}

/// The verdict, the key against the expected one, what is in it and what is wrong: names without what would mislead a
/// terminal.
pub(super) fn write(
    pack: &PackVerdict,
    key: Option<&str>,
    out: &mut impl Write,
) -> std::io::Result<()> {
    writeln!(out, "{}", code(pack.state).to_uppercase())?;
    writeln!(out, "container  {}", code(pack.container))?;
    writeln!(out, "signature  {}", code(pack.signature))?;
    if let Some(fingerprint) = &pack.fingerprint {
        writeln!(out, "key        {}", grouped(fingerprint))?;
        match key {
            Some(key) if key == fingerprint => writeln!(out, "           the expected key")?,
            Some(key) => writeln!(out, "           NOT the expected key {}", grouped(key))?,
            None => writeln!(
                out,
                "           not compared with any: whoever holds it sealed this; name the one you expect with --key"
            )?,
        }
    }
    if let Some(about) = &pack.about {
        let (at, by) = (about.made_at.escape_debug(), about.made_by.escape_debug());
        writeln!(out, "made       {at} by {by}")?;
        for missing in about.dossiers.iter().flat_map(|dossier| &dossier.missing) {
            writeln!(out, "not inside {}", missing.escape_debug())?;
        }
    }
    for trouble in &pack.troubles {
        writeln!(out, "trouble    {}", escaped(trouble)?)?;
    }
    for file in &pack.files {
        let path = file.path.escape_debug();
        writeln!(out, "file       {} {path}", code(file.state))?;
    }
    Ok(())
}
