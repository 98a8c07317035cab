-- A mark that is put on very many dossiers, part by part: one line while it is under way. Without it, what is
-- noted below is of one that ended, and to be forgotten.
CREATE TABLE marking_begun (
    place INTEGER PRIMARY KEY CHECK (place = 1)
) STRICT;

-- The lines it changed. version: as it left them; changed_at: as it found them. The tables behind this one say
-- what else it found, and hold no line that is not here.
CREATE TABLE marking (
    line       INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    changed_at TEXT    NOT NULL
) STRICT;

-- The tags it put, or took where the line had them.
CREATE TABLE marking_tags (
    line INTEGER NOT NULL,
    key  TEXT    NOT NULL,
    had  INTEGER NOT NULL,
    PRIMARY KEY (line, key)
) STRICT, WITHOUT ROWID;

-- Tags that nobody had written before.
CREATE TABLE marking_names (
    key TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE marking_treated (
    line       INTEGER PRIMARY KEY,
    treated_at TEXT
) STRICT;

-- What captures holds, and of its dossier what it was in trouble for, was warned of and had lost.
CREATE TABLE marking_captures (
    line               INTEGER PRIMARY KEY,
    state              TEXT    NOT NULL,
    asked              INTEGER NOT NULL,
    tries              INTEGER NOT NULL,
    trouble            TEXT,
    retry              INTEGER,
    ended              INTEGER,
    dossier_trouble    TEXT,
    dossier_trouble_at TEXT,
    warned             INTEGER NOT NULL,
    lost               INTEGER
) STRICT;
CREATE TABLE marking_missing (
    line          INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    document_id   TEXT,
    document_name TEXT,
    page          INTEGER,
    reason        TEXT    NOT NULL
) STRICT;
CREATE INDEX marking_missing_of_line ON marking_missing (line);
