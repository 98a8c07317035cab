-- What files of the vault are encrypted under; one line.
CREATE TABLE vault (
    place INTEGER PRIMARY KEY CHECK (place = 1),
    key   BLOB    NOT NULL CHECK (length(key) = 32)
) STRICT;

-- Files of the vault. One for each kind of report and container, one for each page of a document.
CREATE TABLE pieces (
    id            BLOB    PRIMARY KEY,
    line          INTEGER NOT NULL REFERENCES dossiers (line) ON DELETE CASCADE,
    kind          TEXT    NOT NULL,
    document_id   TEXT,
    document_name TEXT,
    page          INTEGER,
    media_type    TEXT    NOT NULL,
    size          INTEGER NOT NULL,
    sha256        BLOB    NOT NULL,
    md5           BLOB    NOT NULL,
    md5_agreement TEXT    NOT NULL,
    call          TEXT    NOT NULL,
    fetched_at    TEXT    NOT NULL,
    verified_at   TEXT,
    integrity     TEXT    NOT NULL DEFAULT 'whole'
) STRICT, WITHOUT ROWID;
CREATE INDEX pieces_of_line ON pieces (line, size);
CREATE INDEX pieces_damaged ON pieces (line, kind) WHERE integrity <> 'whole';

-- One line for each finished dossier. due, retry, ended: seconds of Unix time; due at its largest
-- stands for no known end. policy: what the capture that ended was done for.
CREATE TABLE captures (
    line           INTEGER PRIMARY KEY REFERENCES dossiers (line) ON DELETE CASCADE,
    environment_id TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    policy         TEXT,
    due            INTEGER NOT NULL,
    asked          INTEGER NOT NULL DEFAULT 0,
    tries          INTEGER NOT NULL DEFAULT 0,
    trouble        TEXT,
    retry          INTEGER,
    ended          INTEGER
) STRICT;
CREATE INDEX captures_due ON captures (environment_id, due, line)
    WHERE state = 'waiting' AND trouble IS NULL;
CREATE INDEX captures_again ON captures (environment_id, retry, line)
    WHERE state = 'waiting' AND trouble IS NOT NULL;
CREATE INDEX captures_by_state ON captures (environment_id, state, ended);

INSERT INTO captures (line, environment_id, state, due)
    SELECT line, environment_id, CASE evidence WHEN 'lost' THEN 'lost' ELSE 'waiting' END,
        coalesce(deadline, documents_until, 9223372036854775807)
    FROM dossiers WHERE state = 'CREATED' AND verdict IS NOT NULL;

-- What an incomplete capture lacks.
CREATE TABLE missing (
    line          INTEGER NOT NULL REFERENCES dossiers (line) ON DELETE CASCADE,
    kind          TEXT    NOT NULL,
    document_id   TEXT,
    document_name TEXT,
    page          INTEGER,
    reason        TEXT    NOT NULL
) STRICT;
CREATE INDEX missing_of_line ON missing (line, kind);

-- process_id '': the environment's own; both '': where nothing closer is said.
CREATE TABLE capture_policies (
    environment_id TEXT    NOT NULL,
    process_id     TEXT    NOT NULL,
    policy         TEXT    NOT NULL,
    video          INTEGER NOT NULL,
    PRIMARY KEY (environment_id, process_id)
) STRICT, WITHOUT ROWID;

-- One line: the run under way (after is its last piece), and the last that ended.
CREATE TABLE verification (
    place        INTEGER PRIMARY KEY CHECK (place = 1),
    after        BLOB,
    checked      INTEGER NOT NULL DEFAULT 0,
    damaged      INTEGER NOT NULL DEFAULT 0,
    began_at     TEXT,
    last_at      TEXT,
    last_checked INTEGER,
    last_damaged INTEGER
) STRICT;
INSERT INTO verification (place) VALUES (1);

CREATE TABLE decisions (
    position INTEGER PRIMARY KEY,
    line     INTEGER NOT NULL REFERENCES dossiers (line) ON DELETE CASCADE,
    choice   TEXT    NOT NULL,
    note     TEXT    NOT NULL,
    at       TEXT    NOT NULL,
    actor    TEXT
) STRICT;
CREATE INDEX decisions_of_line ON decisions (line, position);

-- The queue of captures took its place.
DROP INDEX IF EXISTS dossiers_due_again;
