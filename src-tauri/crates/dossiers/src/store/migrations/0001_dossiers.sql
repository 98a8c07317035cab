CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dossiers (
    line             INTEGER PRIMARY KEY,
    id               BLOB    NOT NULL UNIQUE,
    version          INTEGER NOT NULL DEFAULT 1,
    environment_id   TEXT    NOT NULL,
    process_id       TEXT    NOT NULL,
    process_uuid     BLOB    NOT NULL,
    process_name     TEXT    NOT NULL,
    operator         TEXT    NOT NULL,
    form             TEXT,
    reference        TEXT,
    client_reference TEXT    NOT NULL,
    last_name        TEXT,
    first_name       TEXT,
    email            TEXT,
    phone_number     TEXT,
    idclaim_expected INTEGER NOT NULL,
    body_sha256      BLOB,
    state            TEXT    NOT NULL,
    status           TEXT,
    verdict          TEXT,
    refusal          TEXT,
    enrollment_id    INTEGER,
    api_key          TEXT,
    creation_time    TEXT,
    starting_time    TEXT,
    finished_time    TEXT,
    prepared_at      TEXT    NOT NULL,
    changed_at       TEXT    NOT NULL,
    opened_at        TEXT,
    search_text      TEXT    NOT NULL,
    name_key         TEXT    NOT NULL,
    shown_status     TEXT    NOT NULL AS (
        CASE state WHEN 'CREATED' THEN coalesce(status, state) ELSE state END
    ) VIRTUAL
) STRICT;

CREATE INDEX dossiers_by_shown_status ON dossiers (shown_status, prepared_at);
CREATE INDEX dossiers_by_prepared_at ON dossiers (prepared_at);
CREATE INDEX dossiers_by_state ON dossiers (state, verdict);
-- Not unique: a sandbox that starts afresh counts its dossiers from the same number, and a dossier
-- that was created must never be refused here.
CREATE INDEX dossiers_by_enrollment ON dossiers (enrollment_id) WHERE enrollment_id IS NOT NULL;

-- The raw answer to a creation. Not whole: what came before the connection was lost.
CREATE TABLE answers (
    line  INTEGER PRIMARY KEY REFERENCES dossiers (line) ON DELETE CASCADE,
    raw   BLOB    NOT NULL,
    whole INTEGER NOT NULL
) STRICT;

CREATE TABLE expected (
    line     INTEGER NOT NULL REFERENCES dossiers (line) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    value    TEXT    NOT NULL,
    locked   INTEGER NOT NULL,
    auto     INTEGER,
    outcome  TEXT,
    PRIMARY KEY (line, name)
) STRICT, WITHOUT ROWID;

-- rank: 1 draft, 2 archived, 3 final; the highest is the most telling.
CREATE TABLE reports (
    line    INTEGER NOT NULL REFERENCES dossiers (line) ON DELETE CASCADE,
    rank    INTEGER NOT NULL,
    raw     BLOB    NOT NULL,
    read_at TEXT    NOT NULL,
    UNIQUE (line, rank)
) STRICT;

CREATE TABLE snapshots (
    line    INTEGER PRIMARY KEY REFERENCES dossiers (line) ON DELETE CASCADE,
    raw     BLOB    NOT NULL,
    read_at TEXT    NOT NULL
) STRICT;

CREATE TABLE acts (
    position INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    act      TEXT NOT NULL,
    dossier  BLOB,
    detail   TEXT NOT NULL
) STRICT;

CREATE INDEX acts_by_dossier ON acts (dossier, position);

CREATE TABLE intents (
    id     TEXT PRIMARY KEY,
    at     TEXT NOT NULL,
    result TEXT NOT NULL
) STRICT;

CREATE INDEX intents_by_age ON intents (at);
