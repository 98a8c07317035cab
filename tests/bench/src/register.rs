//! The register's figures: finding, creating, opening, exporting, verifying.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use back_office::views::list::{ListColumn, ListFilter, ListQuery, Selection as Chosen};
use back_office::views::transfer::{ExportColumn, ExportForm, ExportFormat};
use chrono::Utc;
use dossiers::register::{Creations, Journal, Listing, Upkeep};
use dossiers::{
    Column, Confirmed, EmbeddedRegister, Filter, NewDossier, Progress, Query, RegisterKey, SortKey,
    Stamp,
};
use rusqlite::Connection;
use secrecy::SecretString;
use uuid::Uuid;

use crate::figures::{Goal, Times, median_ratio, ms, say, timed};
use crate::population::Population;
use crate::{baselines, filled, headless, million};

const DATABASE: &str = "register.sqlite";
const REGISTER: &str = "register";
const PLAIN: &str = "plain.sqlite";
/// Rows of one page, as the list asks for them while a person types.
const PAGE: u64 = 50;
/// Words typed letter by letter.
const WORDS: usize = 300;
/// Of their prefixes, how many are also asked the slow way.
const SCANNED: usize = 60;

/// Everything the figures are taken from.
struct Scene {
    home: tempfile::TempDir,
    key: RegisterKey,
    dossiers: usize,
    population: Population,
}

impl Scene {
    fn folder(&self) -> PathBuf {
        self.home.path().join(REGISTER)
    }

    /// The copy without encryption, made when it is first wanted.
    fn plain(&self) -> Result<Connection> {
        let copy = self.home.path().join(PLAIN);
        let register = self.folder().join(DATABASE);
        baselines::plain_copy(&register, &self.key, &copy)
    }

    fn open(&self) -> Result<EmbeddedRegister> {
        million::open(&self.folder(), &self.key, Utc::now())
    }
}

/// Parts of the run, by the names that `--only` takes.
type Part = (&'static str, fn(&mut Scene) -> Result<()>);
const PARTS: [Part; 7] = [
    ("finding", finding),
    ("pages", |scene| pages(scene)),
    ("creating", |scene| creating(scene)),
    ("opening", |scene| opening(scene)),
    ("exporting", |scene| exporting(scene)),
    ("journal", |scene| verifying(scene)),
    ("copying", |scene| copying(scene)),
];

/// `only`: the parts wanted; none: all. `keep`: as [`filled::register`] takes it.
pub fn run(dossiers: usize, only: &[String], keep: Option<&Path>) -> Result<()> {
    for name in only {
        ensure!(
            PARTS.iter().any(|(part, _)| part == name),
            "nothing called «{name}» is measured of a register"
        );
    }
    let home = tempfile::tempdir()?;
    let mut population = Population::new(360);
    let folder = home.path().join(REGISTER);
    let mut scene = Scene {
        key: filled::register(&folder, dossiers, &mut population, keep)?,
        home,
        dossiers,
        population,
    };
    let size = std::fs::metadata(scene.folder().join(DATABASE))?.len();
    say(&format!("{dossiers} dossiers in {} MB\n", size / 1_000_000));

    for (name, part) in PARTS {
        if only.is_empty() || only.iter().any(|wanted| wanted == name) {
            part(&mut scene)?;
        }
    }
    Ok(())
}

fn query(search: &str) -> Query {
    Query {
        search: search.to_owned(),
        ..Query::default()
    }
}

/// P-11, P-13, P-21: every prefix of 300 words, as somebody types them.
fn finding(scene: &mut Scene) -> Result<()> {
    let plain = &scene.plain()?;
    let register = scene.open()?;
    let unwatched = Progress::unwatched();
    let words: Vec<String> = (0..WORDS).map(|_| scene.population.typed()).collect();
    let prefixes: Vec<&str> = words
        .iter()
        .flat_map(|word| {
            word.char_indices()
                .map(move |(at, c)| &word[..at + c.len_utf8()])
        })
        .collect();
    say(&format!(
        "Search: {} prefixes of {WORDS} words, first {PAGE} rows each",
        prefixes.len()
    ));
    let mut times = Vec::with_capacity(prefixes.len());
    let mut matched = 0;
    for prefix in &prefixes {
        let (took, page) = timed(|| register.list(&query(prefix), 0, PAGE, &unwatched));
        matched += usize::from(!page?.rows.is_empty());
        times.push(took);
    }
    let times = Times::of(times);
    say(&format!(
        "  register: p50 {}, p99 {}, worst {}; {matched} of {} found something",
        ms(times.median()),
        ms(times.percentile(99.0)),
        ms(times.percentile(100.0)),
        times.count(),
    ));
    goal_ms(
        "P-11",
        "search while typing, p99",
        times.percentile(99.0),
        40.0,
        20.0,
    );

    let encrypted = baselines::encrypted(&scene.folder().join(DATABASE), &scene.key)?;
    let step = (prefixes.len() / SCANNED).max(1);
    let mut against_scan = Vec::new();
    for prefix in prefixes.iter().step_by(step) {
        let ours = timed(|| register.list(&query(prefix), 0, PAGE, &unwatched)).0;
        against_scan.push((ours, timed(|| scan(&encrypted, prefix)).0));
    }
    let scans = Times::of(against_scan.iter().map(|(_, scan)| *scan).collect());
    say(&format!(
        "  full scan with LIKE, same file: p50 {}, p99 {}",
        ms(scans.median()),
        ms(scans.percentile(99.0))
    ));
    Goal {
        id: "P-13",
        what: "times faster than the full scan, median of pairs".to_owned(),
        measured: 1.0 / median_ratio(&against_scan),
        floor: 20.0,
        aim: 100.0,
        unit: "×",
        more_is_better: true,
    }
    .say();

    let mut pairs = Vec::new();
    for (turn, prefix) in prefixes.iter().enumerate() {
        let asked = match_of(prefix);
        if asked.is_empty() {
            continue;
        }
        let ours = || timed(|| first_matches(&encrypted, &asked)).0;
        let theirs = || timed(|| first_matches(plain, &asked)).0;
        // In turn, so that neither always finds the disk's cache warmer.
        pairs.push(if turn % 2 == 0 {
            let o = ours();
            (o, theirs())
        } else {
            let t = theirs();
            (ours(), t)
        });
    }
    let ours = Times::of(pairs.iter().map(|(ours, _)| *ours).collect());
    let theirs = Times::of(pairs.iter().map(|(_, theirs)| *theirs).collect());
    say(&format!(
        "  the same SQL: SQLCipher p50 {} p99 {}, plain SQLite p50 {} p99 {}",
        ms(ours.median()),
        ms(ours.percentile(99.0)),
        ms(theirs.median()),
        ms(theirs.percentile(99.0)),
    ));
    for (what, percent, floor, aim) in [("p50", 50.0, 2.0, 1.5), ("p99", 99.0, 2.5, 2.0)] {
        let measured =
            ours.percentile(percent).as_secs_f64() / theirs.percentile(percent).as_secs_f64();
        goal_times(
            "P-21",
            &format!("SQLCipher against plain SQLite, {what}"),
            measured,
            floor,
            aim,
        );
    }
    Ok(())
}

/// What a program without an index does.
fn scan(db: &Connection, prefix: &str) -> rusqlite::Result<i64> {
    let folded: String = prefix.chars().filter(|c| c.is_alphanumeric()).collect();
    db.prepare_cached("SELECT count(*) FROM (SELECT line FROM dossiers WHERE search_text LIKE ?1)")?
        .query_row([format!("%{folded}%")], |row| row.get(0))
}

fn match_of(prefix: &str) -> String {
    prefix
        .split_whitespace()
        .map(|word| {
            word.chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\" *"))
        .collect::<Vec<_>>()
        .join(" AND ")
}

fn first_matches(db: &Connection, asked: &str) -> rusqlite::Result<usize> {
    let mut statement = db.prepare_cached(
        "SELECT d.reference, d.last_name, d.first_name, d.shown_status FROM found JOIN dossiers AS d ON d.line = found.rowid
         WHERE found MATCH ?1 ORDER BY found.rowid DESC LIMIT 50",
    )?;
    let mut rows = statement.query([asked])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let _: Option<String> = row.get(1)?;
        count += 1;
    }
    Ok(count)
}

/// First, middle and last page under every sort.
fn pages(scene: &Scene) -> Result<()> {
    let register = scene.open()?;
    let unwatched = Progress::unwatched();
    say("\nPages of 200 rows (first · middle · last)");
    let end = (scene.dossiers as u64).saturating_sub(200);
    for column in [
        None,
        Some(Column::Status),
        Some(Column::Reference),
        Some(Column::Name),
        Some(Column::Process),
        Some(Column::FinishedTime),
        Some(Column::Deadline),
        Some(Column::Operator),
        Some(Column::EnrollmentId),
    ] {
        let query = Query {
            sort: column
                .map(|column| SortKey {
                    column,
                    descending: false,
                })
                .into_iter()
                .collect(),
            ..Query::default()
        };
        let mut told = Vec::new();
        for offset in [0, end / 2, end] {
            let mut times = Vec::new();
            for _ in 0..5 {
                let (took, page) = timed(|| register.list(&query, offset, 200, &unwatched));
                ensure!(
                    page?.rows.len() == 200.min(scene.dossiers),
                    "a page of {column:?} is short"
                );
                times.push(took);
            }
            told.push(ms(Times::of(times).median()));
        }
        let name = column.map_or("as written".to_owned(), |column| format!("{column:?}"));
        say(&format!("  {name:<14} {}", told.join(" · ")));
    }
    Ok(())
}

/// P-08: opening with all of them against opening with none.
fn opening(scene: &Scene) -> Result<()> {
    let empty = scene.home.path().join("empty");
    drop(million::open(&empty, &scene.key, Utc::now())?);
    drop(scene.open()?);
    let mut pairs = Vec::new();
    for turn in 0..31 {
        let full = || timed(|| scene.open().map(drop));
        let none = || timed(|| million::open(&empty, &scene.key, Utc::now()).map(drop));
        let (full, none) = if turn % 2 == 0 {
            let f = full();
            (f, none())
        } else {
            let n = none();
            (full(), n)
        };
        full.1?;
        none.1?;
        pairs.push((full.0, none.0));
    }
    say(&format!(
        "\nOpen: {} with {}, {} with none",
        ms(Times::of(pairs.iter().map(|(full, _)| *full).collect()).median()),
        scene.dossiers,
        ms(Times::of(pairs.iter().map(|(_, none)| *none).collect()).median()),
    ));
    goal_times(
        "P-08",
        "open with all against open with none",
        median_ratio(&pairs),
        1.10,
        1.03,
    );
    Ok(())
}

/// P-20: what a create costs here, against the least that a durable commit costs on this disk.
fn creating(scene: &Scene) -> Result<()> {
    let register = scene.open()?;
    let bare = baselines::bare(&scene.home.path().join("bare.sqlite"), &scene.key)?;
    let mut pairs = Vec::new();
    let mut steps: [Vec<(Duration, u32)>; 3] = Default::default();
    for number in 0..400 {
        create(&register, number, &scene.folder(), &mut steps)?;
        let took = steps
            .iter()
            .filter_map(|step| step.last())
            .map(|(took, _)| *took);
        let took = took.sum();
        let commit = timed(|| {
            bare.execute(
                "INSERT INTO line (text) VALUES (?1)",
                [format!("{number:0400}")],
            )
        });
        commit.1?;
        pairs.push((took, commit.0));
    }
    let ours = Times::of(pairs.iter().map(|(ours, _)| *ours).collect());
    let commits = Times::of(pairs.iter().map(|(_, commit)| *commit).collect());
    say(&format!(
        "\nOne durable create: p50 {} p99 {}; one bare commit: p50 {} p99 {}",
        ms(ours.median()),
        ms(ours.percentile(99.0)),
        ms(commits.median()),
        ms(commits.percentile(99.0)),
    ));
    for (what, step) in ["intent", "answer", "confirmation"].iter().zip(steps) {
        let mut pages: Vec<_> = step.iter().map(|(_, pages)| *pages).collect();
        pages.sort_unstable();
        say(&format!(
            "  {what:<12} {} and {} pages, p50",
            ms(Times::of(step.iter().map(|(took, _)| *took).collect()).median()),
            pages.get(pages.len() / 2).copied().unwrap_or_default(),
        ));
    }
    for (what, percent) in [("p50", 50.0), ("p99", 99.0)] {
        let measured =
            ours.percentile(percent).as_secs_f64() / commits.percentile(percent).as_secs_f64();
        goal_times(
            "P-20",
            &format!("one create against one bare commit, {what}"),
            measured,
            4.0,
            3.0,
        );
    }
    Ok(())
}

/// Pages in the write-ahead log, as its index says.
fn logged(folder: &Path) -> Result<u32> {
    let mut file = File::open(folder.join(format!("{DATABASE}-shm")))?;
    let mut header = [0; 20];
    file.read_exact(&mut header)?;
    let [.., a, b, c, d] = header;
    Ok(u32::from_ne_bytes([a, b, c, d]))
}

fn create(
    register: &EmbeddedRegister,
    number: i64,
    folder: &Path,
    steps: &mut [Vec<(Duration, u32)>; 3],
) -> Result<()> {
    let mut pages = logged(folder)?;
    let mut note = |step: usize, took: Duration| -> Result<()> {
        let now = logged(folder)?;
        // Less than before: the log was carried over and begun anew.
        let written = now.checked_sub(pages).unwrap_or(now);
        pages = now;
        if let Some(step) = steps.get_mut(step) {
            step.push((took, written));
        }
        Ok(())
    };
    let stamp = Stamp::new(Utc::now(), "agence-12");
    let new = NewDossier {
        environment_id: "sandbox".into(),
        process_id: "process-1".into(),
        process_uuid: Uuid::nil(),
        process_name: "Crédit".into(),
        operator: "agence-12".into(),
        form: "{\"lang\":\"fr\"}".into(),
        reference: Some(format!("BANC-{number}")),
        last_name: Some("VALMONTEL".into()),
        first_name: Some("Ondine".into()),
        email: Some("ondine.valmontel@exemple.fr".into()),
        phone_number: Some("+33612345678".into()),
        idclaim_expected: false,
        expected: Vec::new(),
        body_sha256: None,
    };
    let (took, id) = timed(|| register.prepare_sent(new, &stamp));
    let id = id?;
    note(0, took)?;
    let answer = format!(
        "{{\"id\":{},\"api_key\":\"{:031}\",\"status\":\"NEW\"}}",
        9_000_000 + number,
        number
    );
    let (took, done) = timed(|| register.record_answer(id, answer.as_bytes(), &stamp));
    done?;
    note(1, took)?;
    let confirmed = Confirmed {
        enrollment_id: 9_000_000 + number,
        api_key: Some(SecretString::from(format!("{number:031}"))),
        status: "NEW".into(),
        creation_time: Some(stamp.at),
    };
    let (took, done) = timed(|| register.confirm(id, confirmed, &stamp));
    done?;
    note(2, took)
}

/// P-22, P-23: a hundred thousand rows out, against the sqlite3 command line on a copy without encryption.
fn exporting(scene: &Scene) -> Result<()> {
    drop(scene.plain()?);
    // About a seventh of all: those of one process.
    let of_one_process = || ListQuery {
        filters: vec![ListFilter::Process {
            not: false,
            ids: vec!["process-1".to_owned()],
        }],
        ..ListQuery::default()
    };
    let rows = scene.open()?.count(
        &Query {
            filters: vec![Filter::Process {
                not: false,
                ids: vec!["process-1".to_owned()],
            }],
            ..Query::default()
        },
        &Progress::unwatched(),
    )?;
    let target = Arc::new(Mutex::new(PathBuf::new()));
    let desk = headless::desk(&scene.folder(), &scene.key, target.clone());
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(desk.start());
    // A desk that has just started tells deadlines and warnings of all these lines for the first time.
    at_rest(&scene.folder(), Duration::from_secs(3))?;
    let mut exports = 0;
    let mut export = |format: ExportFormat, to: &Path| -> Result<()> {
        *target.lock().unwrap_or_else(PoisonError::into_inner) = to.to_owned();
        exports += 1;
        let columns = [
            ListColumn::Status,
            ListColumn::Reference,
            ListColumn::Name,
            ListColumn::Process,
            ListColumn::CreatedAt,
            ListColumn::FinishedAt,
            ListColumn::Deadline,
            ListColumn::Evidence,
            ListColumn::EnrollmentId,
            ListColumn::Operator,
            ListColumn::Email,
            ListColumn::Phone,
        ];
        let form = ExportForm {
            selection: Chosen::Matching {
                query: of_one_process(),
                except: Vec::new(),
            },
            sort: Vec::new(),
            columns: columns
                .into_iter()
                .map(|column| ExportColumn {
                    column,
                    label: format!("{column:?}"),
                })
                .collect(),
            format,
            personal_data: true,
        };
        let done = runtime
            .block_on(desk.export_dossiers(&format!("export-{exports}"), form))
            .map_err(|error| anyhow::anyhow!("{error}"))?;
        ensure!(
            done.is_some_and(|done| u64::from(done.rows) == rows),
            "the export is short"
        );
        Ok(())
    };
    say(&format!("\nExport of {rows} rows"));
    let csv = scene.home.path().join("ours.csv");
    let theirs = scene.home.path().join("theirs.csv");
    let mut pairs = Vec::new();
    for _ in 0..7 {
        // An existing file is never replaced.
        let _ = std::fs::remove_file(&csv);
        let ours = timed(|| export(ExportFormat::Csv, &csv));
        ours.1?;
        let cli = timed(|| sqlite_csv(&scene.home.path().join(PLAIN), &theirs));
        cli.1?;
        pairs.push((ours.0, cli.0));
    }
    say(&format!(
        "  CSV: ours {} ({} bytes), sqlite3 -csv {} ({} bytes)",
        ms(Times::of(pairs.iter().map(|(ours, _)| *ours).collect()).median()),
        std::fs::metadata(&csv)?.len(),
        ms(Times::of(pairs.iter().map(|(_, cli)| *cli).collect()).median()),
        std::fs::metadata(&theirs)?.len(),
    ));
    goal_times(
        "P-22",
        "CSV against sqlite3 -csv",
        median_ratio(&pairs),
        2.0,
        1.0,
    );
    let xlsx = scene.home.path().join("ours.xlsx");
    let (took, done) = timed(|| export(ExportFormat::Xlsx, &xlsx));
    done?;
    Goal {
        id: "P-23",
        what: format!("XLSX, {rows} rows, by 100,000"),
        measured: took.as_secs_f64() * 100_000.0 / rows as f64,
        floor: 5.0,
        aim: 3.0,
        unit: "s",
        more_is_better: false,
    }
    .say();
    desk.close();
    Ok(())
}

/// Waits until nothing was written into the register for that long.
fn at_rest(folder: &Path, long: Duration) -> Result<()> {
    let log = folder.join(format!("{DATABASE}-wal"));
    let written = || std::fs::metadata(&log)?.modified();
    let mut last = written()?;
    loop {
        std::thread::sleep(long);
        let now = written()?;
        if now == last {
            return Ok(());
        }
        last = now;
    }
}

fn sqlite_csv(plain: &Path, to: &Path) -> Result<()> {
    let sql = "SELECT shown_status, reference, last_name || ' ' || first_name, process_name, prepared_at, finished_time,
             deadline, evidence, enrollment_id, operator, email, phone_number
         FROM dossiers WHERE process_id = 'process-1' ORDER BY line DESC";
    let done = Command::new("sqlite3")
        .args(["-csv", "-header"])
        .arg(plain)
        .arg(sql)
        .stdout(File::create(to)?)
        .status()
        .context("sqlite3")?;
    ensure!(done.success(), "sqlite3 failed");
    Ok(())
}

/// L-07: the whole chain.
fn verifying(scene: &Scene) -> Result<()> {
    let register = scene.open()?;
    let stamp = Stamp::new(Utc::now(), "agence-12");
    let wanted = scene.dossiers as u64;
    million::acts(&register, wanted, &stamp)?;
    let (took, verdict) = timed(|| register.verify_chain(&Progress::unwatched()));
    let verdict = verdict?;
    say(&format!("\nJournal: {verdict:?}"));
    Goal {
        id: "L-07",
        what: format!("chain of {} entries verified", verdict.entries),
        measured: took.as_secs_f64(),
        floor: 3.0,
        aim: 3.0,
        unit: "s",
        more_is_better: false,
    }
    .say();
    Ok(())
}

/// D-08: a copy made, opened and counted; and one put back.
fn copying(scene: &Scene) -> Result<()> {
    let register = scene.open()?;
    let stamp = Stamp::desk(Utc::now());
    let (took, copy) = timed(|| register.back_up(&Progress::unwatched(), &stamp));
    let copy = copy?;
    say(&format!("\nBackup: made and checked in {}", ms(took)));
    drop(register);
    let (took, restored) =
        timed(|| EmbeddedRegister::restore(&scene.folder(), &scene.key, &copy.name, Utc::now()));
    let restored = restored?;
    let all = restored
        .list(&Query::default(), 0, 1, &Progress::unwatched())?
        .all;
    ensure!(
        all >= scene.dossiers as u64,
        "the restored register holds {all}"
    );
    Goal {
        id: "D-08",
        what: format!("restore of {all} dossiers"),
        measured: took.as_secs_f64(),
        floor: 60.0,
        aim: 60.0,
        unit: "s",
        more_is_better: false,
    }
    .say();
    Ok(())
}

fn goal_ms(id: &'static str, what: &str, measured: Duration, floor: f64, aim: f64) {
    Goal {
        id,
        what: what.to_owned(),
        measured: measured.as_secs_f64() * 1_000.0,
        floor,
        aim,
        unit: "ms",
        more_is_better: false,
    }
    .say();
}

fn goal_times(id: &'static str, what: &str, measured: f64, floor: f64, aim: f64) {
    Goal {
        id,
        what: what.to_owned(),
        measured,
        floor,
        aim,
        unit: "×",
        more_is_better: false,
    }
    .say();
}
