BEGIN TRANSACTION;
CREATE TABLE answers (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        part INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        fingerprint TEXT NOT NULL, said REAL NOT NULL DEFAULT 0,
        UNIQUE (chat_id, question_id, part)
    );
INSERT INTO "answers" VALUES(1,1001,5,0,6,'f6',1790000000.0);
CREATE TABLE sending (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        floor INTEGER NOT NULL,
        UNIQUE (chat_id, question_id)
    );
INSERT INTO "sending" VALUES(1,1001,78,78);
CREATE TABLE updates (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        update_id INTEGER NOT NULL UNIQUE,
        chat_id INTEGER,
        message_id INTEGER,
        received REAL NOT NULL,
        body TEXT,
        resumed INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "updates" VALUES(1,77,1001,77,1790000000.0,NULL,0);
INSERT INTO "updates" VALUES(2,78,1001,78,1790000000.0,'{"update_id":78,"message":{"message_id":78,"date":1,"chat":{"id":1001,"type":"private"},"from":{"id":1001},"text":"Who?"}}',0);
CREATE INDEX open_updates ON updates (number) WHERE body IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('updates',2);
INSERT INTO "sqlite_sequence" VALUES('answers',1);
INSERT INTO "sqlite_sequence" VALUES('sending',1);
COMMIT;
PRAGMA user_version = 2;
