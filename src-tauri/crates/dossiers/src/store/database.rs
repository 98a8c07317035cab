//! Opening the encrypted file.

use std::fs;
use std::io;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use zeroize::Zeroizing;

use super::chain::ChainKey;
use super::migrations::{self, Migration};
use crate::durable;
use crate::error::RegisterError;
use crate::key::RegisterKey;

/// «ID36»: tells our files from any other SQLite database.
const APPLICATION_ID: i32 = 0x4944_3336;

/// What a look at the file, without a write, says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// There is no file.
    Absent,
    /// Its first page does not authenticate: another key, or damage there.
    Unreadable,
    /// The key fits, and something in the file is wrong.
    Damaged,
    /// A later program wrote it.
    Newer,
    /// It can be opened.
    Fine,
}

/// Looks at the file through a connection that cannot write.
///
/// `check_up_to`: files of at most that many bytes are read and checked whole. Larger ones are not
/// held up by it: SQLCipher authenticates each page whenever it reads one, so damage elsewhere is
/// an error at first touch and never wrong data.
pub(crate) fn look(
    path: &Path,
    key: &RegisterKey,
    known_version: i32,
    check_up_to: u64,
) -> Result<Found, RegisterError> {
    let length = match fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Absent),
        Err(error) => return Err(RegisterError::Io(error)),
    };
    if length == 0 {
        return Ok(Found::Damaged);
    }
    let db = unlocked(|seal| {
        let db = file(path, READ_ONLY)?;
        // Closing must not carry the write-ahead log over into a file that may not be ours.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        unlock(&db, key, seal)?;
        Ok(db)
    })?;
    let mut found = look_inside(&db, known_version, length <= check_up_to);
    if let Err(error) = &found
        && error.sqlite_error_code() == Some(ErrorCode::ReadOnly)
    {
        // A process was stopped while it turned a new file to the write-ahead log: only a connection
        // that writes can take back what it left.
        drop(db);
        let db = open_existing(path, key)?;
        found = look_inside(&db, known_version, length <= check_up_to);
    }
    if let Err(error) = &found
        && error.sqlite_error_code() == Some(ErrorCode::NotADatabase)
    {
        return Ok(Found::Unreadable);
    }
    match found.map_err(RegisterError::from) {
        Err(RegisterError::Damaged) => Ok(Found::Damaged),
        other => other,
    }
}

fn look_inside(db: &Connection, known_version: i32, check: bool) -> rusqlite::Result<Found> {
    let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i32 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID || version < 1 {
        return Ok(Found::Damaged);
    }
    if version > known_version {
        return Ok(Found::Newer);
    }
    if check && !is_whole(db)? {
        return Ok(Found::Damaged);
    }
    Ok(Found::Fine)
}

/// Every page authenticates and the tables hold together. Reads the whole file.
///
/// Beside a write-ahead log the file by itself proves nothing: a stop while pages go over leaves holes
/// that the log fills. There every page of the tables is taken from where SQLite takes it.
pub(crate) fn is_whole(db: &Connection) -> rusqlite::Result<bool> {
    if !has_log(db) {
        // Pages that no table uses, too.
        let mut statement = db.prepare("PRAGMA cipher_integrity_check")?;
        if statement.query([])?.next()?.is_some() {
            return Ok(false);
        }
    }
    let verdict = db.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match verdict {
        Ok(verdict) => Ok(verdict == "ok" && is_believed(db)?),
        Err(error) if tells_of_damage(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

fn tells_of_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

fn has_log(db: &Connection) -> bool {
    db.path().is_some_and(|path| {
        let log = durable::beside(Path::new(path), "-wal");
        fs::metadata(log).is_ok_and(|log| log.len() > 0)
    })
}

/// Makes a new database and puts it in place whole; there must be none.
pub(crate) fn create(
    path: &Path,
    key: &RegisterKey,
    migrations: &[Migration],
    now: DateTime<Utc>,
) -> Result<(), RegisterError> {
    let temporary = durable::beside(path, ".new");
    (|| {
        durable::remove_if_there(&temporary)?;
        durable::remove_if_there(&durable::beside(&temporary, "-journal"))?;
        durable::create_private(&temporary)?.sync_all()
    })()
    .map_err(RegisterError::Io)?;
    let mut db = open_sealed(&temporary, key, PageSeal::Sha256)?;
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrations::migrate(&mut db, &temporary, key, migrations, now)?;
    db.close().map_err(|(_, error)| error)?;
    (|| {
        fs::File::open(&temporary)?.sync_all()?;
        fs::rename(&temporary, path)?;
        durable::sync_folder_of(path)
    })()
    .map_err(RegisterError::Io)
}

/// Fails when a page read before did not authenticate.
///
/// SQLCipher hands such a page over as zeros and only notes that it did: without this question the last
/// page of a look would pass for data.
pub(crate) fn believe(db: &Connection) -> Result<(), RegisterError> {
    if is_believed(db)? {
        Ok(())
    } else {
        Err(RegisterError::Damaged)
    }
}

fn is_believed(db: &Connection) -> rusqlite::Result<bool> {
    let status: String = db.pragma_query_value(None, "cipher_status", |row| row.get(0))?;
    Ok(status == "1")
}

/// Pages of a database at work, in KiB.
const CACHE: &str = "PRAGMA cache_size = -65536";

/// Opens the database for work.
pub(crate) fn connect(path: &Path, key: &RegisterKey) -> Result<Connection, RegisterError> {
    let db = open_existing(path, key)?;
    db.busy_timeout(Duration::from_secs(5))?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )?;
    db.execute_batch(CACHE)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

/// Closes the only connection to a database so that its file is all there is of it, on the disk.
pub(crate) fn close_into_one_file(db: Connection, path: &Path) -> Result<(), RegisterError> {
    db.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    db.close().map_err(|(_, error)| error)?;
    fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(RegisterError::Io)
}

/// Runs a change that is on the disk when it is committed, or else with the next one that is.
pub(crate) fn durably<T>(
    db: &mut Connection,
    at_once: bool,
    work: impl FnOnce(&mut Connection) -> Result<T, RegisterError>,
) -> Result<T, RegisterError> {
    if at_once {
        return work(db);
    }
    db.execute_batch("PRAGMA synchronous = NORMAL")?;
    let done = work(db);
    db.execute_batch("PRAGMA synchronous = FULL")?;
    done
}

/// Runs a step of a creation, for which a person waits: the changes behind it carry the write-ahead log over into the file,
/// as they do from a thousand pages on, and only a log of 64 MiB is carried over here.
pub(crate) fn leaving_the_log<T>(
    db: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, RegisterError>,
) -> Result<T, RegisterError> {
    db.execute_batch("PRAGMA wal_autocheckpoint = 16384")?;
    let done = work(db);
    // What was committed is no failure for it.
    if let Err(error) = db.execute_batch("PRAGMA wal_autocheckpoint = 1000") {
        tracing::warn!(%error, "the log is carried over late");
    }
    done
}

/// Lines that an import writes without more memory than any other change.
const FEW_LINES: usize = 2_000;

/// The connection with memory for a change of so many lines, until the guard is dropped.
///
/// They go to places all over every index: what does not stay in memory is decrypted and written again
/// for each line.
pub(crate) fn with_room(
    db: &mut Connection,
    lines: usize,
) -> Result<impl DerefMut<Target = Connection>, RegisterError> {
    let large = lines > FEW_LINES;
    if large {
        db.execute_batch("PRAGMA cache_size = -262144")?;
    }
    Ok(Roomy { db, large })
}

struct Roomy<'c> {
    db: &'c mut Connection,
    large: bool,
}

impl Deref for Roomy<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.db
    }
}

impl DerefMut for Roomy<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        self.db
    }
}

impl Drop for Roomy<'_> {
    fn drop(&mut self) {
        if self.large
            && let Err(error) = self.db.execute_batch(CACHE)
        {
            tracing::warn!(%error, "an import keeps its memory");
        }
    }
}

/// Opens the database to look at it while another connection writes.
pub(crate) fn connect_to_read(path: &Path, key: &RegisterKey) -> Result<Connection, RegisterError> {
    let db = unlocked(|seal| {
        let db = file(path, READ_ONLY)?;
        unlock(&db, key, seal)?;
        db.busy_timeout(Duration::from_secs(5))?;
        Ok(db)
    })?;
    db.execute_batch(
        "PRAGMA query_only = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA cache_size = -32768;",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

/// Opens an empty file that a copy is written to. Nothing is durable before the whole is synced.
///
/// `seal`: that of what is copied, since pages are copied as they are laid out.
pub(crate) fn connect_to_copy(
    path: &Path,
    key: &RegisterKey,
    seal: PageSeal,
) -> Result<Connection, RegisterError> {
    let db = open_sealed(path, key, seal)?;
    db.execute_batch("PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF;")?;
    db.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
    Ok(db)
}

const READ_ONLY: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);
const READ_WRITE: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// What SQLCipher authenticates the pages of a file with. A file keeps the one it was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageSeal {
    /// HMAC-SHA-256: processors have instructions for it, so that a page is read in half the time.
    Sha256,
    /// HMAC-SHA-512, SQLCipher 4's own choice.
    Sha512,
}

impl PageSeal {
    /// That of an open database.
    pub(crate) fn of(db: &Connection) -> rusqlite::Result<Self> {
        let name: String =
            db.pragma_query_value(None, "cipher_hmac_algorithm", |row| row.get(0))?;
        Ok(if name == Self::Sha256.name() {
            Self::Sha256
        } else {
            Self::Sha512
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "HMAC_SHA256",
            Self::Sha512 => "HMAC_SHA512",
        }
    }
}

fn open_existing(path: &Path, key: &RegisterKey) -> Result<Connection, RegisterError> {
    Ok(unlocked(|seal| open_sealed(path, key, seal))?)
}

fn open_sealed(path: &Path, key: &RegisterKey, seal: PageSeal) -> rusqlite::Result<Connection> {
    let db = file(path, READ_WRITE)?;
    unlock(&db, key, seal)?;
    ChainKey::of(key).lend_to(&db)?;
    Ok(db)
}

/// The file under the seal that its first page has; one that has neither under ours.
fn unlocked(
    open: impl Fn(PageSeal) -> rusqlite::Result<Connection>,
) -> rusqlite::Result<Connection> {
    let db = open(PageSeal::Sha256)?;
    if !is_refused(&db) {
        return Ok(db);
    }
    let older = open(PageSeal::Sha512)?;
    Ok(if is_refused(&older) { db } else { older })
}

/// Anything else that is wrong shows again to whoever works with it.
fn is_refused(db: &Connection) -> bool {
    db.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0))
        .is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::NotADatabase))
}

fn file(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    // Whoever opens while SQLCipher is being set up for the first time is told that it is not.
    static SET_UP: Once = Once::new();
    SET_UP.call_once(|| drop(Connection::open_in_memory()));
    Connection::open_with_flags(path, flags)
}

fn unlock(db: &Connection, key: &RegisterKey, seal: PageSeal) -> rusqlite::Result<()> {
    // The raw form: 32 random bytes need no stretching. The format is pinned to SQLCipher 4's.
    let digits = Zeroizing::new(hex::encode(key.bytes()));
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", *digits));
    db.execute_batch(&pragma)?;
    // SQLCipher says on stderr by itself what every caller here gets as an error.
    db.execute_batch(&format!(
        "PRAGMA cipher_compatibility = 4; PRAGMA cipher_hmac_algorithm = {};
         PRAGMA cipher_log_level = NONE;",
        seal.name()
    ))
}
