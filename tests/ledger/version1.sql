-- The schema of version 1, as it was written by the first release; what migrations start from.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE accounts (
  account_id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  network TEXT NOT NULL,
  bound_at TEXT NOT NULL
);
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL CHECK (uid <> ''),
  occurrence TEXT NOT NULL,
  account_id TEXT NOT NULL,
  account TEXT NOT NULL,
  network TEXT NOT NULL,
  action TEXT NOT NULL,
  part INTEGER NOT NULL CHECK (part >= 0),
  parts INTEGER NOT NULL CHECK (parts > 0),
  path TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'claimed', 'sending', 'unknown', 'confirmed', 'failed', 'held', 'missed', 'skipped', 'cancelled', 'imported')),
  due TEXT NOT NULL,
  wall TEXT NOT NULL,
  zone TEXT NOT NULL,
  tzdata TEXT NOT NULL,
  remote_id TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  waits INTEGER NOT NULL DEFAULT 0,
  first_tried_at TEXT NOT NULL DEFAULT '',
  tried_at TEXT NOT NULL DEFAULT '',
  not_before TEXT NOT NULL DEFAULT '',
  again_at TEXT NOT NULL DEFAULT '',
  rendition TEXT NOT NULL DEFAULT '',
  request_hash TEXT NOT NULL DEFAULT '',
  commit_id TEXT NOT NULL DEFAULT '',
  token TEXT NOT NULL DEFAULT '',
  lease_until TEXT NOT NULL DEFAULT '',
  updated_at TEXT NOT NULL,
  UNIQUE (uid, occurrence, account_id, action, part)
);
CREATE INDEX ledger_planned ON ledger (due) WHERE state = 'planned';
CREATE INDEX ledger_claimed ON ledger (lease_until) WHERE state = 'claimed';
CREATE INDEX ledger_sending ON ledger (lease_until) WHERE state = 'sending';
CREATE INDEX ledger_unknown ON ledger (due) WHERE state = 'unknown';
CREATE INDEX ledger_confirmed ON ledger (due) WHERE state = 'confirmed';
CREATE INDEX ledger_failed ON ledger (due) WHERE state = 'failed';
CREATE INDEX ledger_held ON ledger (due) WHERE state = 'held';
CREATE INDEX ledger_missed ON ledger (due) WHERE state = 'missed';
CREATE INDEX ledger_skipped ON ledger (due) WHERE state = 'skipped';
CREATE INDEX ledger_cancelled ON ledger (due) WHERE state = 'cancelled';
CREATE INDEX ledger_imported ON ledger (due) WHERE state = 'imported';
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  row_id INTEGER NOT NULL REFERENCES ledger (id),
  uid TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  account_id TEXT NOT NULL,
  account TEXT NOT NULL,
  action TEXT NOT NULL,
  part INTEGER NOT NULL,
  path TEXT NOT NULL,
  old TEXT NOT NULL,
  state TEXT NOT NULL,
  detail TEXT NOT NULL,
  url TEXT NOT NULL
);
CREATE INDEX events_uid ON events (uid, id);
CREATE INDEX events_sending ON events (at, account_id) WHERE state = 'sending';
CREATE TABLE pauses (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope IN ('all', 'channel', 'campaign', 'label', 'post')),
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  owner TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  allow TEXT NOT NULL,
  ended_at TEXT NOT NULL DEFAULT ''
);
PRAGMA user_version = 1;
