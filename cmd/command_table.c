/* The commands. Texts of `help` are printed as they are, so they are short; whatever takes longer is in
 * `manual`. */
#include "command_table.h"

#include "options.h"

#include <stdio.h>

#define OPTIONS_OF_A_FLOCK                                                                       \
    (OPTION_BIT(OPTION_CONCURRENCY) | OPTION_BIT(OPTION_CANARY) | OPTION_BIT(OPTION_FAIL_FAST) | \
     OPTION_BIT(OPTION_TIMEOUT))

#define OPTIONS_OF_A_RUN                                                                    \
    (OPTION_BIT(OPTION_ALLOW) | OPTION_BIT(OPTION_LOCK_TIMEOUT) | OPTION_BIT(OPTION_WAIT) | \
     OPTION_BIT(OPTION_YES))

#define OPTIONS_OF_SOURCES (OPTION_BIT(OPTION_ENGINE) | OPTION_BIT(OPTION_NO_CACHE))

#define SOURCES_MANUAL                                                                                      \
    "A schema is read from any of these: a URL, or env:NAME (a live database); a folder or a .sql file "    \
    "(definitions); migrations, migrations@VERSION or migrations:DIR@VERSION (what the migrations "         \
    "produce); "                                                                                            \
    "git:REV or git:REV:PATH (definitions as they were at a revision); FILE.json (a snapshot, as dunlin "   \
    "inspect "                                                                                              \
    "--format json writes it); empty (nothing). A folder whose name is one of these words is written "      \
    "./NAME.\n\n"                                                                                           \
    "Definitions and migrations are run in a scratch place: for SQLite in memory, otherwise in a database " \
    "that is "                                                                                              \
    "made on the server of the target, or on the server that scratch: in dunlin.yaml names, and dropped "   \
    "afterwards. "                                                                                          \
    "What they came to is kept, so that what is unchanged is not run again.\n\n"                            \
    "The order of columns is no difference, and names that the server made up compare by what they name. "  \
    "What "                                                                                                 \
    "dunlin does not compare is named."

const struct command_row command_table[COMMAND_COUNT] = {
    [COMMAND_MIGRATE_NEW] =
        {
            .group = "migrate",
            .name = "new",
            .has_short_form = true,
            .operand_kind = OPERAND_TEXT,
            .operand = "NAME",
            .operand_least = 1,
            .operand_most = 1,
            .alternatives = {OPTION_EMPTY, OPTION_ONLINE},
            .alternative_count = 2,
            .options = OPTION_BIT(OPTION_EMPTY) | OPTION_BIT(OPTION_ONLINE) | OPTION_BIT(OPTION_WAIT) |
                       OPTIONS_OF_SOURCES,
            .summary = "write the files of the next migration",
            .help = "Writes VERSION_NAME.up.sql and VERSION_NAME.down.sql into the folder of the\n"
                    "migrations and prints their names. VERSION is the time now, in UTC. What is\n"
                    "in them makes the migrations produce what the definitions in schema/ say.\n",
            .manual =
                "What the migrations produce is compared with the definitions. Both the way there and the "
                "way "
                "back are tried in a scratch place before anything is written; what is dangerous stands in "
                "comments. Without a difference nothing is written. --empty compares nothing and writes two "
                "files "
                "to be filled in by hand.\n\n"
                "The folder is made when it is not there. When it already has a migration of this "
                "second or a later "
                "one, the version is the smallest that comes after it.\n\n"
                "The up file holds the SQL that makes the change, the down file the SQL that undoes "
                "it: plain SQL "
                "of the database, any number of statements, without markers. A migration that cannot "
                "be undone "
                "needs no down file.",
            .examples = {{"dunlin new create_orders", "after schema/ was changed"},
                         {"dunlin new fill_orders --empty", "write two empty files"}},
        },
    [COMMAND_MIGRATE_UP] =
        {
            .group = "migrate",
            .name = "up",
            .has_short_form = true,
            .operand_kind = OPERAND_COUNT,
            .operand = "N",
            .operand_most = 1,
            .options =
                OPTION_BIT(OPTION_TO) | OPTION_BIT(OPTION_DRY_RUN) | OPTIONS_OF_A_RUN | OPTIONS_OF_A_FLOCK,
            .alternatives = {OPTION_TO},
            .alternative_count = 1,
            .summary = "apply pending migrations",
            .help = "Runs the up files of all pending migrations in the order of their versions, or\n"
                    "of the first N, or up to and with a version. Acts at once.\n",
            .manual =
                "Each migration is recorded in the history table together with its effect. On PostgreSQL and "
                "SQLite both are in one transaction. On MySQL and MariaDB, whose DDL commits by itself, "
                "progress "
                "is recorded statement by statement: a migration that failed goes on at the statement that "
                "failed, and after a crash one statement may be in doubt, see dunlin-migrate-resume(1).\n\n"
                "Only one run at a time works on a database; another one waits for as long as --lock-timeout "
                "says, and shows who holds the lock.",
            .examples = {{"dunlin up", "apply everything that is pending"},
                         {"dunlin up --to 20240131", "no further than this version"},
                         {"dunlin up --dry-run > up.sql", "keep the SQL for somebody to read"}},
        },
    [COMMAND_MIGRATE_DOWN] =
        {
            .group = "migrate",
            .name = "down",
            .has_short_form = true,
            .operand_kind = OPERAND_COUNT,
            .operand = "N",
            .operand_most = 1,
            .options = OPTION_BIT(OPTION_TO) | OPTION_BIT(OPTION_ALL) | OPTION_BIT(OPTION_DRY_RUN) |
                       OPTIONS_OF_A_RUN | OPTIONS_OF_A_FLOCK,
            .alternatives = {OPTION_TO, OPTION_ALL},
            .alternative_count = 2,
            .summary = "revert applied migrations",
            .help = "Runs the down file of the last applied migration, or of the last N, or of all\n"
                    "that are later than a version. Acts at once.\n",
            .manual = "The text of the down file is kept in the history when a migration is applied, so that "
                      "it can be "
                      "reverted when its file is gone, as on another branch. A migration without a down file "
                      "cannot be "
                      "reverted; nothing is done then.",
            .examples = {{"dunlin down", "revert the last migration"},
                         {"dunlin down --to 20240131", "revert what is later than this version"},
                         {"dunlin down --all --dry-run", "show the SQL that reverts everything"}},
        },
    [COMMAND_MIGRATE_STATUS] =
        {
            .group = "migrate",
            .name = "status",
            .has_short_form = true,
            .options = OPTION_BIT(OPTION_EXIT_CODE) | OPTION_BIT(OPTION_WAIT) | OPTIONS_OF_A_FLOCK,
            .summary = "show what is applied and what is pending",
            .help = "Lists all migrations by version: applied, pending, failed or in doubt, and\n"
                    "whether a file is changed, missing or out of order. Only reads.\n",
            .examples = {{"dunlin status", NULL},
                         {"dunlin status --exit-code -q", "for scripts: 0 when all is applied, else 2"}},
        },
    [COMMAND_MIGRATE_BASELINE] =
        {
            .group = "migrate",
            .name = "baseline",
            .operand_kind = OPERAND_TEXT,
            .operand = "VERSION",
            .operand_least = 1,
            .operand_most = 1,
            .options = OPTIONS_OF_A_RUN,
            .summary = "record migrations as applied without running them",
            .help = "Records all migrations up to and with VERSION in the history, and runs none of\n"
                    "them: for a database that already has what they would make.\n",
            .examples = {{"dunlin migrate baseline 20240131", NULL}},
        },
    [COMMAND_MIGRATE_RESUME] =
        {
            .group = "migrate",
            .name = "resume",
            .options = OPTION_BIT(OPTION_DONE) | OPTION_BIT(OPTION_AGAIN) | OPTIONS_OF_A_RUN,
            .alternatives = {OPTION_DONE, OPTION_AGAIN},
            .alternative_count = 2,
            .alternative_required = true,
            .summary = "decide about the statement in doubt and go on",
            .help = "After a crash there may be one statement of which nobody knows whether it has\n"
                    "taken effect; status shows it. Look at the database, then say which, and the\n"
                    "rest of its migration is run.\n",
            .manual = "This happens only where DDL commits by itself (MySQL, MariaDB) and for statements "
                      "that refuse to "
                      "run in a transaction (CREATE INDEX CONCURRENTLY and the like). Until it is decided, "
                      "no other "
                      "migration is run.",
            .examples = {{"dunlin status", "shows the statement in doubt"},
                         {"dunlin migrate resume --done", "it has taken effect"},
                         {"dunlin migrate resume --again", "it has not"}},
        },
    [COMMAND_MIGRATE_VERIFY] =
        {
            .group = "migrate",
            .name = "verify",
            .options = OPTION_BIT(OPTION_WAIT) | OPTIONS_OF_SOURCES,
            .summary = "try all migrations: up, down, up again",
            .help = "Runs every migration in a scratch place: up, down, and up again. Down must undo\n"
                    "up, and the end must be what the definitions in schema/ say. Exits with 2 when\n"
                    "something differs. The database itself is not touched.\n",
            .manual = "Only schemas are compared, not rows. A migration without a down file is only run up.",
            .examples = {{"dunlin migrate verify", NULL},
                         {"dunlin migrate verify --engine sqlite", "where no database is configured"}},
        },
    [COMMAND_DRIFT] =
        {
            .name = "drift",
            .operand_kind = OPERAND_TEXT,
            .operand = "SOURCE",
            .operand_most = 1,
            .formats = FORMAT_BIT(DUN_FORMAT_TEXT) | FORMAT_BIT(DUN_FORMAT_JSON) |
                       FORMAT_BIT(DUN_FORMAT_JUNIT) | FORMAT_BIT(DUN_FORMAT_SARIF) |
                       FORMAT_BIT(DUN_FORMAT_GITHUB) | FORMAT_BIT(DUN_FORMAT_MARKDOWN),
            .options = OPTION_BIT(OPTION_FIND) | OPTION_BIT(OPTION_FIX) | OPTION_BIT(OPTION_ADOPT) |
                       OPTION_BIT(OPTION_DATA) | OPTION_BIT(OPTION_LIMIT) | OPTION_BIT(OPTION_ALLOW_LOSSES) |
                       OPTION_BIT(OPTION_DRY_RUN) | OPTION_BIT(OPTION_ONLINE) |
                       OPTION_BIT(OPTION_LOCK_TIMEOUT) | OPTION_BIT(OPTION_WAIT) | OPTION_BIT(OPTION_YES) |
                       OPTIONS_OF_A_FLOCK | OPTIONS_OF_SOURCES,
            .alternatives = {OPTION_FIND, OPTION_FIX, OPTION_ADOPT, OPTION_DATA},
            .alternative_count = 4,
            .summary = "is the database what it should be?",
            .help = "Compares the database with its applied migrations, replayed; where it has no\n"
                    "history, with the definitions in schema/; or with SOURCE. Exits with 0 when they\n"
                    "are equal and with 2 when not. Changes nothing, unless --fix says so.\n",
            .manual = "Migrations that are pending are told as pending, and are no drift. A run that is "
                      "under way is waited "
                      "for. What `ignore` in the configuration names does not count.\n\n"
                      "--format junit, sarif, github and markdown are for CI: test results, code scanning, "
                      "annotations and "
                      "a step summary ($GITHUB_STEP_SUMMARY), a comment. In an environment with several "
                      "targets all are "
                      "looked at, at once, and what is the same for several is told once; JUnit and SARIF "
                      "have a suite or a run for each.\n\n" SOURCES_MANUAL,
            .examples = {{"dunlin drift -e prod", NULL},
                         {"dunlin drift -e prod --format sarif > drift.sarif", NULL},
                         {"dunlin drift -e prod --find", "which commit is production?"}},
        },
    [COMMAND_LOG] =
        {
            .name = "log",
            .operand_kind = OPERAND_TEXT,
            .operand = "OBJECT",
            .operand_most = 1,
            .options = OPTION_BIT(OPTION_REVISION) | OPTION_BIT(OPTION_LIMIT) | OPTION_BIT(OPTION_WAIT) |
                       OPTIONS_OF_SOURCES,
            .summary = "what each commit did to the schema",
            .help = "Goes through the git history of the definitions, the newest commit first, and\n"
                    "tells what each did to the schema. With OBJECT (orders, sales.orders) only what\n"
                    "it did to that. Reads the repository, and touches no database but scratch.\n",
            .manual = "The definitions before and after a commit are run in a scratch place and compared, so "
                      "what is told "
                      "is what they mean: a file that was only laid out anew changed nothing. Of a commit "
                      "only the files "
                      "that it changed are run, unless they need others.",
            .examples = {{"dunlin log", NULL},
                         {"dunlin log orders -n 3", "the last three commits that touched it"},
                         {"dunlin log --engine sqlite", "where no database says which engine it is"}},
        },
    [COMMAND_QUERY] =
        {
            .name = "query",
            .operand_kind = OPERAND_TEXT,
            .operand = "SQL",
            .operand_least = 1,
            .operand_most = 1,
            .formats = FORMAT_BIT(DUN_FORMAT_TEXT) | FORMAT_BIT(DUN_FORMAT_CSV) | FORMAT_BIT(DUN_FORMAT_JSON),
            .options = OPTION_BIT(OPTION_WRITE) | OPTION_BIT(OPTION_WAIT) | OPTION_BIT(OPTION_YES) |
                       OPTIONS_OF_A_FLOCK,
            .summary = "run one query on every target at once",
            .help = "Runs one statement on all targets of the environment and prints the rows as\n"
                    "they come, those of different targets in no order. In an environment with\n"
                    "several targets the first column says which. The statement may only read, unless\n"
                    "--write says otherwise.\n",
            .manual =
                "With text and csv, all targets have to give the same columns. With json, the answer is an "
                "array with one object a row, whose values are texts or null; a target that failed is an "
                "object with its error. Rows are not gathered, so there may be any number of them.",
            .examples = {{"dunlin query 'SELECT count(*) FROM orders'", NULL},
                         {"dunlin query -e tenants --format csv 'SELECT ...' > all.csv", NULL}},
        },
    [COMMAND_APPLY] =
        {
            .name = "apply",
            .operand_kind = OPERAND_TEXT,
            .operand = "SOURCE",
            .operand_most = 1,
            .options = OPTION_BIT(OPTION_DRY_RUN) | OPTION_BIT(OPTION_ONLINE) |
                       OPTION_BIT(OPTION_ALLOW_LOSSES) | OPTION_BIT(OPTION_NO_CACHE) |
                       OPTION_BIT(OPTION_LOCK_TIMEOUT) | OPTION_BIT(OPTION_WAIT) | OPTION_BIT(OPTION_YES) |
                       OPTIONS_OF_A_FLOCK,
            .summary = "bring the database to what the definitions say",
            .help = "Compares the database with the definitions in schema/, or with another SOURCE,\n"
                    "shows the plan and asks. Without a terminal it wants --yes, and otherwise\n"
                    "prints the plan and exits with 2.\n",
            .manual =
                "The plan is run on a scratch copy first, and what comes out must be what was wanted. A plan "
                "that "
                "loses data is refused unless --allow names the hazard; so is one that would fail on rows "
                "that are there, with their number. When the database has changed since the plan was made, "
                "it is planned for anew.\n\n"
                "On PostgreSQL and SQLite the plan is one transaction, unless it is online. On MySQL and "
                "MariaDB each statement commits by itself: after a failure the message says which are "
                "done, and running it again plans the rest.\n\n"
                "In an environment with several targets each has a plan of its own; plans that are the same "
                "are shown once, below the names of their targets, and one question is for all. A target "
                "that "
                "has changed meanwhile, so that its plan is another one, is left as it is.",
            .examples = {{"dunlin apply --dry-run", "show the plan, and what speaks against it"},
                         {"dunlin apply --yes --allow drop-column", NULL},
                         {"dunlin apply git:v1.2:schema", "what it was at a revision"}},
        },
    [COMMAND_SEED] =
        {
            .name = "seed",
            .operand_kind = OPERAND_TEXT,
            .operand = "NAME...",
            .operand_most = MOST_OPERANDS,
            .options = OPTION_BIT(OPTION_DRY_RUN) | OPTION_BIT(OPTION_AGAIN) | OPTION_BIT(OPTION_CAPTURE) |
                       OPTION_BIT(OPTION_MASK) | OPTION_BIT(OPTION_WHERE) | OPTION_BIT(OPTION_FOLLOW) |
                       OPTION_BIT(OPTION_DEMO) | OPTION_BIT(OPTION_SEED) | OPTION_BIT(OPTION_LOCALE) |
                       OPTION_BIT(OPTION_OUTPUT) | OPTION_BIT(OPTION_LOCK_TIMEOUT) | OPTION_BIT(OPTION_WAIT) |
                       OPTION_BIT(OPTION_YES) | OPTIONS_OF_A_FLOCK,
            .formats = FORMAT_BIT(DUN_FORMAT_TEXT) | FORMAT_BIT(DUN_FORMAT_JSON) |
                       FORMAT_BIT(DUN_FORMAT_SQL) | FORMAT_BIT(DUN_FORMAT_CSV),
            .summary = "load rows from files, or make them up",
            .help = "Loads seeds/TABLE.csv (.tsv, .json, .yaml, ...), runs seeds/NAME.sql, or what is\n"
                    "named; skips what was loaded before. With --demo, makes rows up.\n",
            .manual = "Rows are found again by the primary key, or the unique key that the file has. What "
                      "becomes of them "
                      "is the mode of the file: upsert (the default), insert (rows that are there stay), "
                      "sync (rows that the "
                      "file does not have are deleted), if-empty, replace. A comment at the top of a CSV or "
                      "YAML file says "
                      "it: # dunlin: mode=sync key=code; for CSV also delimiter, quote and null.\n\n"
                      "Tables are loaded in the order of their foreign keys, in one transaction. In JSON and "
                      "YAML a row may "
                      "have a \"$label\", and \"@TABLE.LABEL\" stands for its key.\n\n"
                      "Demo data follow from the catalog: types, keys, foreign keys and simple CHECK "
                      "constraints are kept, values "
                      "come from the names of the columns. What a column is to look like otherwise is said "
                      "in the configuration, "
                      "under demo: customers.plan: { values: [free, pro] }; also like, words, min, max, "
                      "null, skip.",
            .examples = {{"dunlin seed --demo \"customers=1000,orders=5x customers\"", NULL},
                         {"dunlin seed --capture orders --follow --mask email", "write rows as seed files"}},
        },
    [COMMAND_INIT] =
        {
            .name = "init",
            .options = OPTION_BIT(OPTION_FROM) | OPTION_BIT(OPTION_WAIT) | OPTIONS_OF_SOURCES,
            .summary = "start a project",
            .help = "Writes dunlin.yaml and the folders schema, migrations and seeds. With --from,\n"
                    "the definitions and a migration that make the schema of a database (or of\n"
                    "another source). Overwrites nothing.\n",
            .manual =
                "schema/ gets a file for each table, tables/NAME.sql, and one for each other kind of "
                "objects. The migration "
                "is called VERSION_baseline; dunlin-migrate-baseline(1) records it in a database that has "
                "the "
                "schema already. The URL of a server is not written into the configuration, which refers to "
                "DATABASE_URL instead.",
            .examples = {{"dunlin init", NULL},
                         {"dunlin init --from \"$DATABASE_URL\"", "from a database that is there"}},
        },
    [COMMAND_DIFF] =
        {
            .name = "diff",
            .operand_kind = OPERAND_TEXT,
            .operand = "FROM TO",
            .operand_least = 2,
            .operand_most = 2,
            .options = OPTION_BIT(OPTION_ONLINE) | OPTION_BIT(OPTION_EXIT_CODE) | OPTION_BIT(OPTION_WAIT) |
                       OPTIONS_OF_SOURCES,
            .formats = FORMAT_BIT(DUN_FORMAT_TEXT) | FORMAT_BIT(DUN_FORMAT_JSON) | FORMAT_BIT(DUN_FORMAT_SQL),
            .summary = "show the plan that turns one schema into another",
            .help = "Reads both schemas, and prints the statements that make FROM equal to TO, with\n"
                    "what is dangerous about them. The plan was tried on a scratch copy, or it says\n"
                    "why it could not be. Changes nothing.\n",
            .manual = SOURCES_MANUAL,
            .examples = {{"dunlin diff env:prod schema", "what the database lacks"},
                         {"dunlin diff git:v1.2 schema", "what has changed since"},
                         {"dunlin diff migrations schema", "what the next migration is"}},
        },
    [COMMAND_INSPECT] =
        {
            .name = "inspect",
            .operand_kind = OPERAND_TEXT,
            .operand = "SOURCE",
            .operand_most = 1,
            .options = OPTION_BIT(OPTION_WAIT) | OPTIONS_OF_SOURCES,
            .formats = FORMAT_BIT(DUN_FORMAT_SQL) | FORMAT_BIT(DUN_FORMAT_JSON) |
                       FORMAT_BIT(DUN_FORMAT_MERMAID) | FORMAT_BIT(DUN_FORMAT_DOT),
            .format = DUN_FORMAT_SQL,
            .summary = "print a schema",
            .help = "Prints the schema of the database, or of another SOURCE: as SQL that makes it,\n"
                    "as JSON (a snapshot, which is a SOURCE itself), or as a drawing of its tables.\n",
            .manual = SOURCES_MANUAL,
            .examples = {{"dunlin inspect > schema.sql", NULL},
                         {"dunlin inspect schema --format json", "keep a snapshot of the definitions"},
                         {"dunlin inspect --format dot", "a drawing, for dot -Tsvg"}},
        },
};

const char *command_name(const struct command_row *command, char text[static COMMAND_NAME_SIZE])
{
    snprintf(text, COMMAND_NAME_SIZE, "%s%s%s", command->group ? command->group : "",
             command->group ? " " : "", command->name);
    return text;
}

option_set command_formats(const struct command_row *command)
{
    return command->formats ? command->formats : FORMAT_BIT(DUN_FORMAT_TEXT) | FORMAT_BIT(DUN_FORMAT_JSON);
}

option_set command_options(const struct command_row *command)
{
    return OPTIONS_OF_EVERY_COMMAND | (command ? command->options : 0);
}
