/**
 * The first schema. Times are milliseconds since 1970 in UTC; money is whole nano-USD; order is by `seq`, never by a clock.
 * Text that a person wrote or paid for is only ever added: a new revision, a new sibling, a new entry.
 */
export const firstEvening = /* sql */ `
CREATE TABLE store (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE connection (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('api', 'demo')),
  origin TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (kind, origin)
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE contact (
  host TEXT NOT NULL,
  purpose TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (host, purpose)
) STRICT, WITHOUT ROWID;

-- What was deleted for good, so that a merge with an older copy does not bring it back.
CREATE TABLE tombstone (
  entity TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted_at INTEGER NOT NULL,
  PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation (
  id TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE RESTRICT,
  title TEXT NOT NULL,
  title_source TEXT NOT NULL CHECK (title_source IN ('empty', 'local', 'person')),
  -- The title as it is compared: without case and accents.
  title_key TEXT NOT NULL DEFAULT '',
  leaf_id TEXT REFERENCES message (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  parameters TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters)),
  message_count INTEGER NOT NULL DEFAULT 0,
  -- Rises with every message: the order of the list, whatever the clock does.
  activity INTEGER NOT NULL,
  pinned_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- Holds the titles too, so that looking through all of them reads no other text.
CREATE INDEX conversation_by_activity ON conversation (activity DESC, title_key) WHERE deleted_at IS NULL;
CREATE INDEX conversation_in_trash ON conversation (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE message (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES message (id) ON DELETE CASCADE,
  -- Messages before it on its branch: its place, and one less than the length of a branch that ends with it.
  depth INTEGER NOT NULL DEFAULT 0 CHECK (depth >= 0),
  turn_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('system', 'user', 'assistant')),
  status TEXT NOT NULL CHECK (status IN ('queued', 'sending', 'streaming', 'complete', 'stopped', 'failed', 'interrupted')),
  -- The revision shown; the others stay.
  revision INTEGER NOT NULL DEFAULT 1,
  is_continuation INTEGER NOT NULL DEFAULT 0 CHECK (is_continuation IN (0, 1)),
  finish_reason TEXT,
  failure TEXT CHECK (failure IS NULL OR json_valid(failure)),
  -- From the first to the last of the model's thoughts, noted with each of them.
  thinking_ms INTEGER CHECK (thinking_ms >= 0),
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- The deleted message that hides this one: itself, or one before it on its branch. NULL: it can be shown.
  hidden_by TEXT,
  UNIQUE (turn_id, role)
) STRICT;
CREATE INDEX message_by_conversation ON message (conversation_id, seq);
CREATE INDEX message_by_parent ON message (parent_id, seq);
CREATE INDEX message_hidden ON message (hidden_by) WHERE hidden_by IS NOT NULL;
CREATE INDEX message_unfinished ON message (status) WHERE status IN ('queued', 'sending', 'streaming');

CREATE TABLE message_revision (
  id TEXT PRIMARY KEY,
  message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 1),
  author TEXT NOT NULL CHECK (author IN ('person', 'model')),
  created_at INTEGER NOT NULL,
  UNIQUE (message_id, number)
) STRICT;

CREATE TABLE blob (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  -- Up to 100 KB here, larger ones as a file named by the hash.
  bytes BLOB,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE attachment (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  -- NULL: an image on the web, by its address.
  blob_hash TEXT REFERENCES blob (hash) ON DELETE RESTRICT,
  url TEXT,
  -- As it is shown and sent. No path is ever made of it.
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  media_type TEXT NOT NULL,
  -- Of an image, as its header says.
  width INTEGER,
  height INTEGER,
  created_at INTEGER NOT NULL,
  -- When it was taken out of its draft: what no draft and no message has is removed a day later.
  detached_at INTEGER,
  CHECK ((blob_hash IS NULL) <> (url IS NULL))
) STRICT;
CREATE INDEX attachment_by_conversation ON attachment (conversation_id);
CREATE INDEX attachment_by_blob ON attachment (blob_hash);

CREATE TABLE derivative (
  id TEXT PRIMARY KEY,
  source_hash TEXT NOT NULL REFERENCES blob (hash) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  parameters TEXT NOT NULL CHECK (json_valid(parameters)),
  blob_hash TEXT NOT NULL REFERENCES blob (hash) ON DELETE RESTRICT,
  media_type TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (source_hash, kind, parameters)
) STRICT;
CREATE INDEX derivative_by_blob ON derivative (blob_hash);

-- Text read out of a file, page by page. It counts once its report is there.
CREATE TABLE document_page (
  seq INTEGER PRIMARY KEY,
  source_hash TEXT NOT NULL REFERENCES blob (hash) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 1),
  text TEXT NOT NULL,
  cjk TEXT NOT NULL DEFAULT '',
  UNIQUE (source_hash, number)
) STRICT;
CREATE TABLE document_report (
  source_hash TEXT PRIMARY KEY REFERENCES blob (hash) ON DELETE CASCADE,
  page_count INTEGER NOT NULL CHECK (page_count >= 0),
  problem TEXT,
  reader TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The hash is a word of its own, so that a question looks at the pages of one document only.
CREATE VIRTUAL TABLE page_index USING fts5 (
  source_hash, text, cjk, content = 'document_page', content_rowid = 'seq', tokenize = 'porter unicode61'
);
INSERT INTO page_index (page_index, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER document_page_indexed AFTER INSERT ON document_page BEGIN
  INSERT INTO page_index (rowid, source_hash, text, cjk) VALUES (new.seq, new.source_hash, new.text, new.cjk);
END;
CREATE TRIGGER document_page_unindexed AFTER DELETE ON document_page BEGIN
  INSERT INTO page_index (page_index, rowid, source_hash, text, cjk)
    VALUES ('delete', old.seq, old.source_hash, old.text, old.cjk);
END;
CREATE TRIGGER document_page_is_final BEFORE UPDATE ON document_page BEGIN
  SELECT RAISE(ABORT, 'the text of a page is never changed: it is read anew');
END;

-- What the provider counted for a content in a mode: the difference it made to a prompt.
CREATE TABLE attachment_measure (
  content TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (json_valid(mode)),
  tokens INTEGER NOT NULL CHECK (tokens >= 0),
  at INTEGER NOT NULL,
  PRIMARY KEY (content, mode)
) STRICT, WITHOUT ROWID;

CREATE TABLE message_part (
  seq INTEGER PRIMARY KEY,
  revision_id TEXT NOT NULL REFERENCES message_revision (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'reasoning', 'refusal', 'annotations', 'attachment')),
  text TEXT NOT NULL DEFAULT '',
  -- CJK unigrams and bigrams of the text, for the index: unicode61 finds nothing inside a CJK run.
  cjk TEXT NOT NULL DEFAULT '',
  attachment_id TEXT REFERENCES attachment (id) ON DELETE RESTRICT,
  -- How it was sent: an attachment has one.
  mode TEXT CHECK (json_valid(mode)),
  UNIQUE (revision_id, position),
  CHECK ((kind = 'attachment') = (attachment_id IS NOT NULL)),
  CHECK ((kind = 'attachment') = (mode IS NOT NULL))
) STRICT;
CREATE INDEX message_part_by_attachment ON message_part (attachment_id) WHERE attachment_id IS NOT NULL;

-- Finished text is indexed once, by these triggers; a running reply lives in message_delta and is not indexed.
CREATE VIRTUAL TABLE message_index USING fts5 (
  text, cjk, content = 'message_part', content_rowid = 'seq', tokenize = 'unicode61', prefix = '2 3'
);
INSERT INTO message_index (message_index, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER message_part_indexed AFTER INSERT ON message_part WHEN new.kind = 'text' BEGIN
  INSERT INTO message_index (rowid, text, cjk) VALUES (new.seq, new.text, new.cjk);
END;
CREATE TRIGGER message_part_unindexed AFTER DELETE ON message_part WHEN old.kind = 'text' BEGIN
  INSERT INTO message_index (message_index, rowid, text, cjk) VALUES ('delete', old.seq, old.text, old.cjk);
END;
CREATE TRIGGER message_part_is_final BEFORE UPDATE ON message_part BEGIN
  SELECT RAISE(ABORT, 'a message part is never changed: write a new revision');
END;

-- Received text of a running reply, in the order it came; folded into a part when the reply ends.
CREATE TABLE message_delta (
  message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('content', 'reasoning')),
  start INTEGER NOT NULL CHECK (start >= 0),
  text TEXT NOT NULL,
  PRIMARY KEY (message_id, kind, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  conversation_id TEXT PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_attachment (
  conversation_id TEXT NOT NULL REFERENCES draft (conversation_id) ON DELETE CASCADE,
  attachment_id TEXT NOT NULL REFERENCES attachment (id) ON DELETE RESTRICT,
  position INTEGER NOT NULL,
  mode TEXT NOT NULL CHECK (json_valid(mode)),
  PRIMARY KEY (conversation_id, attachment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_attachment_by_attachment ON draft_attachment (attachment_id);

CREATE TABLE price (
  id TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE RESTRICT,
  model TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('catalogue', 'override')),
  input_nano_usd_per_mtok INTEGER NOT NULL CHECK (input_nano_usd_per_mtok >= 0),
  output_nano_usd_per_mtok INTEGER NOT NULL CHECK (output_nano_usd_per_mtok >= 0),
  cached_nano_usd_per_mtok INTEGER CHECK (cached_nano_usd_per_mtok >= 0),
  context_tokens INTEGER,
  max_output_tokens INTEGER,
  etag TEXT,
  raw TEXT NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX price_by_model ON price (connection_id, model, seen_at);

CREATE TABLE budget (
  id TEXT PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope IN ('message', 'conversation', 'day', 'month')),
  conversation_id TEXT,
  limit_nano_usd INTEGER NOT NULL CHECK (limit_nano_usd >= 0),
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  CHECK (scope = 'conversation' OR conversation_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX budget_in_force ON budget (scope, coalesce(conversation_id, '')) WHERE ended_at IS NULL;

-- One physical request. Its id is the X-Client-Request-Id. No foreign key to conversations: what was spent stays.
CREATE TABLE attempt (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE RESTRICT,
  purpose TEXT NOT NULL CHECK (purpose IN ('reply', 'retry', 'continue', 'key-test', 'diagnose')),
  turn_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  conversation_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  price_id TEXT REFERENCES price (id) ON DELETE RESTRICT,
  -- Which revisions and attachment modes were sent, and the hash of the parameters (sent_parameters). No text.
  manifest TEXT NOT NULL CHECK (json_valid(manifest)),
  started_at INTEGER NOT NULL,
  -- The calendar day it was reserved in, in the zone that held then. It belongs to that day and its month for ever.
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (turn_id, number)
) STRICT;
CREATE INDEX attempt_by_message ON attempt (message_id);
CREATE INDEX attempt_by_conversation ON attempt (conversation_id, day);
CREATE INDEX attempt_by_start ON attempt (started_at);
CREATE INDEX attempt_by_day ON attempt (day);
CREATE TRIGGER attempt_is_final BEFORE UPDATE ON attempt BEGIN
  SELECT RAISE(ABORT, 'an attempt is never changed: append a ledger entry');
END;
CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt BEGIN
  SELECT RAISE(ABORT, 'an attempt is never deleted');
END;

-- reserve: held before the socket opens. settle: how it ended. release: nothing was charged. correct: known better later.
CREATE TABLE ledger_entry (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  store_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL REFERENCES attempt (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('reserve', 'settle', 'release', 'correct')),
  source TEXT NOT NULL CHECK (source IN ('upper-bound', 'billed', 'header', 'computed', 'unknown', 'not-charged', 'written-off')),
  -- reserve: the most it can cost (NULL: no price known). Others: what it cost (NULL: unknown, which is never zero).
  nano_usd INTEGER CHECK (nano_usd >= 0),
  credits INTEGER CHECK (credits >= 0),
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  reasoning_tokens INTEGER,
  cached_tokens INTEGER,
  inference_id TEXT,
  request_id TEXT,
  outcome TEXT NOT NULL,
  first_byte_ms INTEGER,
  first_token_ms INTEGER,
  total_ms INTEGER,
  at INTEGER NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  CHECK ((source = 'unknown') = (nano_usd IS NULL AND kind <> 'reserve')),
  CHECK (kind <> 'release' OR nano_usd = 0),
  CHECK ((kind = 'reserve') = (source = 'upper-bound'))
) STRICT;
CREATE INDEX ledger_entry_by_attempt ON ledger_entry (attempt_id, seq);
CREATE UNIQUE INDEX ledger_entry_once ON ledger_entry (attempt_id, kind) WHERE kind IN ('reserve', 'settle', 'release');
CREATE TRIGGER ledger_entry_is_final BEFORE UPDATE ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'a ledger entry is never changed: append a correcting one');
END;
CREATE TRIGGER ledger_entry_stays BEFORE DELETE ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'a ledger entry is never deleted');
END;
-- The demo costs nothing, so it cannot enter the books: every sum is a sum over ledger entries.
CREATE TRIGGER ledger_entry_is_not_demo BEFORE INSERT ON ledger_entry
WHEN (SELECT c.kind FROM attempt a JOIN connection c ON c.id = a.connection_id WHERE a.id = new.attempt_id) = 'demo' BEGIN
  SELECT RAISE(ABORT, 'a demo attempt has no ledger entries');
END;

-- What happened around a budget: a limit passed once, an override by the person, more billed than was held. Append-only.
CREATE TABLE spend_notice (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('threshold', 'override', 'overrun')),
  attempt_id TEXT NOT NULL REFERENCES attempt (id) ON DELETE RESTRICT,
  -- NULL: an overrun is noted whether there is a budget or not.
  budget_id TEXT,
  -- What the budget counts over: a turn, a conversation, a day or a month.
  window TEXT,
  percent INTEGER,
  -- threshold: used. override: by how much it did not fit. overrun: by how much the bill passed what was held.
  nano_usd INTEGER NOT NULL CHECK (nano_usd >= 0),
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX spend_notice_once ON spend_notice (budget_id, window, percent) WHERE kind = 'threshold';
CREATE INDEX spend_notice_by_kind ON spend_notice (kind, seq);
CREATE TRIGGER spend_notice_is_final BEFORE UPDATE ON spend_notice BEGIN
  SELECT RAISE(ABORT, 'a spend notice is never changed');
END;
CREATE TRIGGER spend_notice_stays BEFORE DELETE ON spend_notice BEGIN
  SELECT RAISE(ABORT, 'a spend notice is never deleted');
END;

-- Where each attempt stands: its newest entry that is not the reservation decides.
CREATE VIEW attempt_cost AS
SELECT a.seq, a.id AS attempt_id, a.conversation_id, a.message_id, a.turn_id, a.number, a.purpose, a.started_at, a.day,
       r.nano_usd AS reserved_nano_usd,
       e.kind, e.source, e.nano_usd, e.credits, e.prompt_tokens, e.completion_tokens, e.reasoning_tokens, e.cached_tokens,
       e.inference_id, e.request_id, e.outcome, e.first_byte_ms, e.first_token_ms, e.total_ms, e.at AS settled_at
FROM attempt a
JOIN ledger_entry r ON r.attempt_id = a.id AND r.kind = 'reserve'
LEFT JOIN ledger_entry e ON e.seq = (
  SELECT max(x.seq) FROM ledger_entry x WHERE x.attempt_id = a.id AND x.kind <> 'reserve'
);

-- When the provider's log was read in vain for an attempt whose cost is unknown.
CREATE TABLE attempt_lookup (
  attempt_id TEXT PRIMARY KEY REFERENCES attempt (id) ON DELETE RESTRICT,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Running sums of the ledger, moved in the transaction of each entry; \`verifySpend\` proves that they are the sum of the rows.
CREATE TABLE conversation_spend (
  conversation_id TEXT PRIMARY KEY,
  nano_usd INTEGER NOT NULL DEFAULT 0,
  computed_nano_usd INTEGER NOT NULL DEFAULT 0,
  unknown_count INTEGER NOT NULL DEFAULT 0,
  reserved_nano_usd INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The same per day, and per day and conversation.
CREATE TABLE day_spend (
  day TEXT PRIMARY KEY,
  nano_usd INTEGER NOT NULL DEFAULT 0,
  computed_nano_usd INTEGER NOT NULL DEFAULT 0,
  unknown_count INTEGER NOT NULL DEFAULT 0,
  reserved_nano_usd INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE conversation_day_spend (
  day TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  nano_usd INTEGER NOT NULL DEFAULT 0,
  computed_nano_usd INTEGER NOT NULL DEFAULT 0,
  unknown_count INTEGER NOT NULL DEFAULT 0,
  reserved_nano_usd INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, conversation_id)
) STRICT, WITHOUT ROWID;

-- Messages that a person has switched off: later prompts leave them out.
CREATE TABLE context_off (
  message_id TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The parameters that attempts were sent with, by the SHA-256 that their manifests name. They can hold a person's words and
-- go with the conversation; attempts stay.
CREATE TABLE sent_parameters (
  conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  json TEXT NOT NULL CHECK (json_valid(json)),
  PRIMARY KEY (conversation_id, hash)
) STRICT;

-- How an attachment of a message is sent in later prompts; what was sent is in the part and in the manifests.
CREATE TABLE context_mode (
  message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  attachment_id TEXT NOT NULL REFERENCES attachment (id) ON DELETE CASCADE,
  mode TEXT NOT NULL CHECK (json_valid(mode)),
  at INTEGER NOT NULL,
  PRIMARY KEY (message_id, attachment_id)
) STRICT, WITHOUT ROWID;

-- What the account held at moments when no attempt was open, with what the ledger said then.
CREATE TABLE balance_reading (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE RESTRICT,
  balance_nano_usd INTEGER NOT NULL,
  ledger_nano_usd INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX balance_reading_by_connection ON balance_reading (connection_id, seq);

-- Every data event of a reply exactly as it came. Rows of a running reply are plain; an ended one has a single deflated row.
CREATE TABLE attempt_event (
  attempt_id TEXT NOT NULL REFERENCES attempt (id) ON DELETE RESTRICT,
  number INTEGER NOT NULL CHECK (number >= 0),
  encoding TEXT NOT NULL CHECK (encoding IN ('json', 'json-deflate')),
  data BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (attempt_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_event_by_age ON attempt_event (at);
`
