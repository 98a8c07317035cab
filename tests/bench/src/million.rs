//! A register as large as one is ever likely to be, made through the register's own import.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use dossiers::register::{Imports, Listing, Marks};
use dossiers::{
    EmbeddedRegister, ImportBatch, Imported, Progress, Query, RegisterKey, Selection, Stamp,
};
use rand::RngExt as _;
use secrecy::SecretString;
use uuid::Uuid;

use crate::figures::say;
use crate::population::Population;

/// Small enough for memory, large enough to be quick.
const AT_ONCE: usize = 25_000;

/// Adds so many dossiers of invented people to the register: most of them finished long ago, some ended in the
/// last days, some still under way.
pub fn fill(
    register: &EmbeddedRegister,
    population: &mut Population,
    count: usize,
    now: DateTime<Utc>,
    environment_id: &str,
) -> Result<()> {
    let begun = Instant::now();
    let mut number = 0_i64;
    while (number as usize) < count {
        let lines: Vec<Imported> = (0..AT_ONCE.min(count - number as usize))
            .map(|_| {
                number += 1;
                dossier(population, number, count as i64, now)
            })
            .collect();
        let process = number / AT_ONCE as i64 % 7;
        let batch = ImportBatch {
            environment_id: environment_id.to_owned(),
            process_id: format!("process-{process}"),
            process_uuid: Uuid::from_u128(u128::from(process.unsigned_abs())),
            process_name: [
                "Ouverture de compte",
                "Crédit",
                "Assurance vie",
                "Agence",
                "Entreprise",
                "PVID",
                "Mise à jour",
            ][process.unsigned_abs() as usize % 7]
                .to_owned(),
            idclaim_expected: process == 5,
            operator: format!("agence-{:02}", number % 40),
        };
        let stamp = Stamp::new(now, batch.operator.as_str());
        register
            .import(batch, lines, &Progress::unwatched(), &stamp)
            .context("import")?;
        if (number as usize).is_multiple_of(AT_ONCE * 8) {
            say(&format!(
                "  {number} dossiers after {} s",
                begun.elapsed().as_secs()
            ));
        }
    }
    Ok(())
}

fn dossier(population: &mut Population, number: i64, count: i64, now: DateTime<Utc>) -> Imported {
    let person = population.person();
    let random = population.random();
    // The last five in a thousand are of these days, the others older, up to two years.
    let recent = number > count - count / 200;
    let age = if recent {
        TimeDelta::minutes(random.random_range(0..8 * 24 * 60))
    } else {
        TimeDelta::minutes(random.random_range(8 * 24 * 60..730 * 24 * 60))
    };
    let created = now - age;
    let status = match random.random_range(0..100) {
        0..2 if recent => "NEW",
        2..4 if recent => "STARTED",
        0..72 => "OK",
        72..86 => "KO",
        86..95 => "CANCELED",
        95..98 => "FAILED",
        _ => "DISCONTINUED",
    };
    let under_way = matches!(status, "NEW" | "STARTED");
    let finished = created + TimeDelta::minutes(random.random_range(3..40));
    let key: String = (0..31)
        .map(|_| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[random.random_range(0..32)]))
        .collect();
    Imported {
        enrollment_id: 1_000_000 + number,
        api_key: Some(SecretString::from(key)),
        reference: person.reference,
        last_name: Some(person.last_name),
        first_name: Some(person.first_name),
        email: person.email,
        phone_number: person.phone_number,
        status: Some(status.to_owned()),
        creation_time: Some(created),
        finished_time: (!under_way).then_some(finished),
    }
}

/// Fills the journal with so many acts, as people leave them: a hundred dossiers marked in one go, again and again.
pub fn acts(register: &EmbeddedRegister, count: u64, stamp: &Stamp) -> Result<()> {
    let unwatched = Progress::unwatched();
    let mut done = 0;
    let mut treated = true;
    while done < count {
        let page = register.list(&Query::default(), done % 100_000, 100, &unwatched)?;
        let ids: Vec<_> = page.rows.iter().map(|dossier| dossier.id).collect();
        done += ids.len() as u64;
        register.treat(&Selection::Some(ids), treated, &unwatched, stamp)?;
        if done.is_multiple_of(100_000) {
            treated = !treated;
        }
    }
    Ok(())
}

/// Opens a register with the key, making it where there is none.
pub fn open(folder: &Path, key: &RegisterKey, now: DateTime<Utc>) -> Result<EmbeddedRegister> {
    EmbeddedRegister::open(folder, key, now).context("the register did not open")
}
