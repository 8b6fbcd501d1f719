BEGIN TRANSACTION;
CREATE TABLE answers (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        record TEXT NOT NULL
    );
INSERT INTO "answers" VALUES(1,'jfydauxxupmtys76',1790000000,'{"id":"jfydauxxupmtys76","question":"When did the ferry reach Dover?","day":"2022-01-07","kind":"when","answered":true,"short":"4 May","first":"The ferry reached Dover on 4 May.","quotes":[{"article_id":"ferry","span":{"start":0,"end":33},"digest":"d230ac1f2c6acd61"}]}');
CREATE TABLE chores (name TEXT PRIMARY KEY, at INTEGER NOT NULL);
INSERT INTO "chores" VALUES('cleaning',1789999000);
CREATE TABLE moves (before INTEGER PRIMARY KEY, after INTEGER NOT NULL);
INSERT INTO "moves" VALUES(-5,-1005);
CREATE TABLE preferences (chat_id INTEGER PRIMARY KEY, record TEXT NOT NULL);
INSERT INTO "preferences" VALUES(-5,'{"when":"commanded","length":"brief","language":"tr"}');
CREATE TABLE shown (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        below_id INTEGER NOT NULL,
        answer TEXT NOT NULL,
        asker INTEGER,
        UNIQUE (chat_id, message_id)
    );
INSERT INTO "shown" VALUES(1,1790000000,1001,6,5,'jfydauxxupmtys76',1001);
CREATE TABLE silences (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        bare TEXT NOT NULL UNIQUE,
        question TEXT NOT NULL,
        reason TEXT NOT NULL,
        asked INTEGER NOT NULL
    );
INSERT INTO "silences" VALUES(1,1790000000,'who stole it','Who stole it?','nothing_found',1);
CREATE TABLE turns (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        turn TEXT NOT NULL, asker INTEGER,
        UNIQUE (chat_id, message_id)
    );
INSERT INTO "turns" VALUES(1,1790000000,1001,6,'{"question":"ferry"}',1001);
CREATE TABLE votes (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        answer TEXT NOT NULL,
        voter INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        reason TEXT,
        by_reaction INTEGER NOT NULL,
        record TEXT NOT NULL,
        UNIQUE (answer, voter)
    );
INSERT INTO "votes" VALUES(1,1790000000,'jfydauxxupmtys76',1001,'bad','wrong_date',0,'{"id":"jfydauxxupmtys76","question":"When did the ferry reach Dover?","day":"2022-01-07","kind":"when","answered":true,"short":"4 May","first":"The ferry reached Dover on 4 May.","quotes":[{"article_id":"ferry","span":{"start":0,"end":33},"digest":"d230ac1f2c6acd61"}]}');
CREATE INDEX shown_by_asker ON shown (asker);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('answers',1);
INSERT INTO "sqlite_sequence" VALUES('shown',1);
INSERT INTO "sqlite_sequence" VALUES('turns',1);
INSERT INTO "sqlite_sequence" VALUES('votes',1);
INSERT INTO "sqlite_sequence" VALUES('silences',1);
COMMIT;
PRAGMA user_version = 5;
