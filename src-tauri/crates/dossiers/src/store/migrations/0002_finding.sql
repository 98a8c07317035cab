-- Results of intents live as long as the program does.
DROP TABLE intents;

ALTER TABLE dossiers ADD COLUMN origin TEXT NOT NULL DEFAULT 'desk';
ALTER TABLE dossiers ADD COLUMN level TEXT;
ALTER TABLE dossiers ADD COLUMN treated_at TEXT;
-- Document pages that the kept report lists; unknown without one.
ALTER TABLE dossiers ADD COLUMN pages INTEGER;
ALTER TABLE dossiers ADD COLUMN documents_kept_at TEXT;
ALTER TABLE dossiers ADD COLUMN idclaim_kept_at TEXT;
-- A report of the ended dossier is kept: since when.
ALTER TABLE dossiers ADD COLUMN report_kept_at TEXT;
-- prepared_at by the true clock, in seconds of Unix time; as all that follow without a name in _at.
ALTER TABLE dossiers ADD COLUMN began INTEGER;
-- Ends of ID360's windows; empty while it has no dossier.
ALTER TABLE dossiers ADD COLUMN documents_until INTEGER;
ALTER TABLE dossiers ADD COLUMN report_application_until INTEGER;
ALTER TABLE dossiers ADD COLUMN report_user_until INTEGER;
-- The next of them that something not yet kept depends on, and the lane it stands in.
ALTER TABLE dossiers ADD COLUMN deadline INTEGER;
ALTER TABLE dossiers ADD COLUMN lane TEXT;
ALTER TABLE dossiers ADD COLUMN evidence TEXT NOT NULL DEFAULT 'none';
-- Day of its window on which the person was last warned.
ALTER TABLE dossiers ADD COLUMN warned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dossiers ADD COLUMN warn_next INTEGER;
-- When the columns above are to be told anew because a window closed.
ALTER TABLE dossiers ADD COLUMN moves INTEGER;
-- When a window closed on a dossier of which nothing was kept.
ALTER TABLE dossiers ADD COLUMN lost INTEGER;
-- Why the last automatic reading failed.
ALTER TABLE dossiers ADD COLUMN trouble TEXT;
ALTER TABLE dossiers ADD COLUMN trouble_at TEXT;

-- The least of its tags by its letters.
ALTER TABLE dossiers ADD COLUMN first_tag TEXT;

-- One index for each column a list is sorted by, so that the first page of any order costs a page.
-- They hold what is missing too: it stands last, and the end of the list is as near as its beginning.
-- The partial ones do not: what they are about is missing in a new dossier, and each index that holds a
-- line costs its creation a page. Every index ends in the line.
-- shown_status is the state of all that ID360 has no status for.
DROP INDEX dossiers_by_state;
DROP INDEX dossiers_by_shown_status;
CREATE INDEX dossiers_by_shown_status ON dossiers (shown_status);
CREATE INDEX dossiers_by_reference ON dossiers (reference);
CREATE INDEX dossiers_by_name ON dossiers (name_key);
CREATE INDEX dossiers_by_process ON dossiers (process_name);
CREATE INDEX dossiers_by_environment ON dossiers (environment_id);
CREATE INDEX dossiers_by_finished ON dossiers (finished_time);
CREATE INDEX dossiers_by_changed ON dossiers (changed_at);
CREATE INDEX dossiers_by_deadline ON dossiers (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX dossiers_by_evidence ON dossiers (evidence);
CREATE INDEX dossiers_by_operator ON dossiers (operator);
CREATE INDEX dossiers_by_level ON dossiers (level) WHERE level IS NOT NULL;
CREATE INDEX dossiers_by_first_tag ON dossiers (first_tag) WHERE first_tag IS NOT NULL;
CREATE INDEX dossiers_by_email ON dossiers (email);
CREATE INDEX dossiers_by_phone ON dossiers (phone_number);
CREATE INDEX dossiers_treated ON dossiers (treated_at) WHERE treated_at IS NOT NULL;
CREATE INDEX dossiers_to_treat ON dossiers (verdict, line, environment_id)
    WHERE treated_at IS NULL AND verdict = 'KO';
CREATE INDEX dossiers_troubled ON dossiers (trouble_at, environment_id) WHERE trouble IS NOT NULL;
CREATE INDEX dossiers_of_process ON dossiers (environment_id, process_id, line);
CREATE INDEX dossiers_open ON dossiers (changed_at, environment_id)
    WHERE state = 'CREATED' AND verdict IS NULL;
CREATE INDEX dossiers_by_lane ON dossiers (lane, deadline, environment_id)
    WHERE deadline IS NOT NULL;
CREATE INDEX dossiers_due ON dossiers (environment_id, deadline) WHERE deadline IS NOT NULL;
CREATE INDEX dossiers_due_again ON dossiers (environment_id, trouble_at)
    WHERE deadline IS NOT NULL AND trouble IS NOT NULL;
CREATE INDEX dossiers_moving ON dossiers (moves) WHERE moves IS NOT NULL;
CREATE INDEX dossiers_to_warn ON dossiers (warn_next) WHERE warn_next IS NOT NULL;
CREATE INDEX dossiers_lost ON dossiers (lost, environment_id) WHERE lost IS NOT NULL;

-- A list says which report is kept without reading the report itself.
CREATE INDEX reports_by_rank ON reports (line, rank, read_at);

-- Kept so that nobody counts a million lines to show how many there are.
INSERT INTO meta (key, value) SELECT 'dossiers', count(*) FROM dossiers;
CREATE TRIGGER dossiers_count_up AFTER INSERT ON dossiers BEGIN
    UPDATE meta SET value = value + 1 WHERE key = 'dossiers';
END;
CREATE TRIGGER dossiers_count_down AFTER DELETE ON dossiers BEGIN
    UPDATE meta SET value = value - 1 WHERE key = 'dossiers';
END;

-- Words as folding.rs writes them: letters and digits, already folded, parted by spaces.
CREATE VIRTUAL TABLE found USING fts5 (
    search_text, content = 'dossiers', content_rowid = 'line', detail = 'none', prefix = '1 2 3 4 5 6',
    tokenize = 'ascii', columnsize = 0
);
-- Bytes of words that are gathered before they are written: an import writes its own once, not in a
-- thousand pieces to be merged. A commit writes what there is.
INSERT INTO found (found, rank) VALUES ('hashsize', 16777216);
-- key: the tag without accents and case; tag_names: how it was first written.
CREATE TABLE tags (
    line INTEGER NOT NULL REFERENCES dossiers (line) ON DELETE CASCADE,
    key  TEXT    NOT NULL,
    PRIMARY KEY (line, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_key ON tags (key, line);
CREATE TABLE tag_names (
    key TEXT PRIMARY KEY,
    tag TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A view's place is JSON of the program's own making; built-in views have a line only when their
-- columns were changed.
CREATE TABLE views (
    id       TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    name     TEXT,
    content  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

UPDATE dossiers SET report_kept_at =
    (SELECT r.read_at FROM reports AS r WHERE r.line = dossiers.line ORDER BY r.rank DESC LIMIT 1)
    WHERE verdict IS NOT NULL;

-- Windows in days. process_id '': the environment's own; both '': where nothing closer is said.
CREATE TABLE policies (
    environment_id          TEXT    NOT NULL,
    process_id              TEXT    NOT NULL,
    documents_days          INTEGER NOT NULL,
    report_application_days INTEGER NOT NULL,
    report_user_days        INTEGER NOT NULL,
    PRIMARY KEY (environment_id, process_id)
) STRICT, WITHOUT ROWID;

-- Lines behind after_line are told by an older policy, by a clock that was ahead, or not at all.
CREATE TABLE to_tell_anew (
    environment_id TEXT    NOT NULL,
    process_id     TEXT    NOT NULL,
    after_line     INTEGER NOT NULL,
    clock_was_ahead INTEGER NOT NULL,
    PRIMARY KEY (environment_id, process_id)
) STRICT, WITHOUT ROWID;
INSERT INTO to_tell_anew SELECT DISTINCT environment_id, process_id, 0, 0 FROM dossiers;

ALTER TABLE acts ADD COLUMN actor TEXT;
-- HMAC-SHA-256 over the entry and the one before it.
ALTER TABLE acts ADD COLUMN mac BLOB NOT NULL DEFAULT x'';
CREATE INDEX acts_by_act ON acts (act, position);
CREATE INDEX acts_by_actor ON acts (actor, position);
CREATE INDEX acts_by_time ON acts (at, position);
-- Where the chain begins after older entries were dropped ('base') and ends ('head'), each sealed.
CREATE TABLE chain (
    place    TEXT    PRIMARY KEY,
    position INTEGER NOT NULL,
    mac      BLOB    NOT NULL,
    seal     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
