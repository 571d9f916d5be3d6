/* The options. Texts of `help` are printed as they are, so they are short; whatever takes longer is in
 * `manual`. */
#include "command_table.h"

#include "options.h"

#include <stdio.h>

static const char *const formats[] = {"text",  "json",  "sql",    "mermaid",  "dot", "csv",
                                      "junit", "sarif", "github", "markdown", NULL}; /* as enum dun_format */
static const char *const colors[] = {"auto", "always", "never", NULL};
static const char *const losses[] = {"drop-table",
                                     "drop-column",
                                     "narrow-type",
                                     "drop-value",
                                     "drop-sequence",
                                     "drop-partition",
                                     "drop-schema",
                                     "drop-extension",
                                     "drop-versioning",
                                     "all",
                                     NULL};
static const char *const allowed[] = {"out-of-order", "changed", "missing", "all", NULL};

#define FIELD(name) offsetof(struct options, name)

const struct option_row option_table[OPTION_COUNT] = {
    [OPTION_FROM] = {KIND_TEXT, 0, "from", "SOURCE", NULL, FIELD(from),
                     "write this schema, as definitions and a migration", NULL},
    [OPTION_EMPTY] = {KIND_FLAG, 0, "empty", NULL, NULL, FIELD(empty),
                      "write empty files, to be filled in by hand", NULL},
    [OPTION_TO] =
        {KIND_TEXT, 0, "to", "VERSION", NULL, FIELD(to), "go up, or back down, to this version",
         "The version itself is applied afterwards in both directions: up applies it, too, and down "
         "reverts what is later than it."},
    [OPTION_ALL] = {KIND_FLAG, 0, "all", NULL, NULL, FIELD(all), "revert everything that is applied", NULL},
    [OPTION_DRY_RUN] =
        {KIND_FLAG, 0, "dry-run", NULL, NULL, FIELD(dry_run), "show what would be done, and do nothing",
         "Of migrations and plans, the exact SQL; of seeds, how many rows would be inserted, updated and "
         "deleted. Nothing is written, and no lock is taken."},
    [OPTION_EXIT_CODE] = {KIND_FLAG, 0, "exit-code", NULL, NULL, FIELD(exit_code),
                          "exit with 2 when something differs or is pending",
                          "Of migrations, whatever is pending, failed, in doubt, changed or missing counts."},
    [OPTION_DONE] = {KIND_FLAG, 0, "done", NULL, NULL, FIELD(done),
                     "the statement in doubt has taken effect: skip it", NULL},
    [OPTION_AGAIN] = {KIND_FLAG, 0, "again", NULL, NULL, FIELD(again),
                      "run it again, though it may have been done", NULL},
    [OPTION_ONLINE] =
        {KIND_FLAG, 0, "online", NULL, NULL, FIELD(online),
         "let others read and write meanwhile, where possible",
         "PostgreSQL: indexes are built concurrently, constraints are validated apart. MySQL and "
         "MariaDB: in place and without locks where the server can. Statements that wait for a lock "
         "give up soon and are tried again, so that nobody queues behind them. What is not "
         "transactional stays done when a later statement fails. SQLite has nothing of that, and the plan "
         "says so."},
    [OPTION_CAPTURE] = {KIND_FLAG, 0, "capture", NULL, NULL, FIELD(capture),
                        "write rows of the tables as seed files", NULL},
    [OPTION_MASK] = {KIND_TEXT, 0, "mask", "COLUMN[,COLUMN]", NULL, FIELD(mask),
                     "with --capture: replace their values",
                     "By values that are made up, the same for the same value. COLUMN or TABLE.COLUMN."},
    [OPTION_WHERE] = {KIND_TEXT, 0, "where", "SQL", NULL, FIELD(where),
                      "with --capture: only rows that meet this condition", NULL},
    [OPTION_FOLLOW] = {KIND_FLAG, 0, "follow", NULL, NULL, FIELD(follow),
                       "with --capture: also the rows that they refer to", NULL},
    [OPTION_DEMO] =
        {KIND_TEXT, 0, "demo", "ROWS", NULL, FIELD(demo), "make up rows: 1000, or a=1000,b=5x a",
         "A number is for every table. With names, only these tables get rows, and those that are empty and "
         "needed by them. With --format sql or csv the rows are written instead of loaded."},
    [OPTION_SEED] = {KIND_TEXT, 0, "seed", "NUMBER", NULL, FIELD(seed),
                     "with --demo: another number gives other rows",
                     "The same number gives the same rows; 42 without the option."},
    [OPTION_LOCALE] = {KIND_TEXT, 0, "locale", "NAME", NULL, FIELD(locale),
                       "with --demo: words of en, de or fr",
                       "Words of your own go into seeds/words/NAME.txt, or seeds/words/LOCALE/NAME.txt."},
    [OPTION_OUTPUT] = {KIND_TEXT, 0, "output", "DIR", NULL, FIELD(output),
                       "with --demo and --format sql or csv: a folder", NULL},
    [OPTION_ALLOW] =
        {KIND_ALLOW, 0, "allow", "NAME[,NAME]", allowed, FIELD(allow),
         "go on despite out-of-order, changed, missing or all",
         "out-of-order: apply a pending migration that is older than one that is applied. changed: go on "
         "though the file of an applied migration is no longer what was applied. missing: go on though "
         "such a file is gone. all: each of these. May be given several times."},
    [OPTION_ALLOW_LOSSES] =
        {KIND_ALLOW, 0, "allow", "HAZARD[,...]", losses, FIELD(allow_losses),
         "lose data: drop-table, drop-column, ... or all",
         "The hazards that lose data, by the words that the plan has for them: drop-table, drop-column, "
         "narrow-type, drop-value, drop-sequence, drop-partition, drop-schema, drop-extension, "
         "drop-versioning. A plan with one that is not allowed is refused. May be given several times."},
    [OPTION_LOCK_TIMEOUT] =
        {KIND_DURATION, 0, "lock-timeout", "TIME", NULL, FIELD(lock_timeout_ms),
         "wait so long for another run to end: 500ms, 10s, 2m",
         "0 does not wait at all. After that time the exit code is 75. Without the option, "
         "lock_timeout of the configuration counts, and without that 10 seconds."},
    [OPTION_WAIT] =
        {KIND_DURATION, 0, "wait", "TIME", NULL, FIELD(wait_ms),
         "wait so long for a server that is not up yet",
         "For containers that start together. Without it, a server that refuses connections is an error "
         "at once."},
    [OPTION_FIND] =
        {KIND_FLAG, 0, "find", NULL, NULL, FIELD(find), "name the commit that the database is",
         "Goes back in the git history of the definitions, and names the newest commit that the database "
         "equals, or the one that differs least of the first 1,000 (--limit)."},
    [OPTION_FIX] = {KIND_FLAG, 0, "fix", NULL, NULL, FIELD(fix), "make the database what it should be",
                    "In one proven plan, as dunlin apply does: it is shown, and asked about."},
    [OPTION_ADOPT] =
        {KIND_FLAG, 0, "adopt", NULL, NULL, FIELD(adopt), "write the migration that makes others like it",
         "Record it in this database with dunlin migrate baseline VERSION: it has what it makes."},
    [OPTION_DATA] =
        {KIND_FLAG, 0, "data", NULL, NULL, FIELD(data), "rows, too: of tables with a seed file in mode sync",
         "What dunlin seed --again would insert, update and delete is missing, different and extra. "
         "Nothing is changed; the role has to be allowed to make temporary tables."},
    [OPTION_REVISION] = {KIND_TEXT, 0, "revision", "REV", NULL, FIELD(revision),
                         "begin at this revision, instead of HEAD", NULL},
    [OPTION_LIMIT] = {KIND_NUMBER, 'n', "limit", "N", NULL, FIELD(limit), "end after so many commits", NULL},
    [OPTION_WRITE] = {KIND_FLAG, 0, "write", NULL, NULL, FIELD(write), "the statement may change data",
                      "Without it, the session is one that refuses to write."},
    [OPTION_CONCURRENCY] =
        {KIND_NUMBER, 'j', "concurrency", "N", NULL, FIELD(concurrency), "work on so many targets at a time",
         "In an environment with several targets. Each takes one connection. Without the option, concurrency "
         "of the environment counts, and without that 16."},
    [OPTION_CANARY] = {KIND_NUMBER, 0, "canary", "N", NULL, FIELD(canary),
                       "N targets first; the others if none of them fails",
                       "In an environment with several targets: the first N, in the order of the "
                       "configuration, or of their "
                       "names."},
    [OPTION_FAIL_FAST] =
        {KIND_FLAG, 0, "fail-fast", NULL, NULL, FIELD(fail_fast), "begin no other target when one has failed",
         "In an environment with several targets. Those that are under way are finished. Without the option "
         "all targets are worked on, whatever becomes of the others."},
    [OPTION_TIMEOUT] =
        {KIND_DURATION, 0, "timeout", "TIME", NULL, FIELD(timeout_ms),
         "give a target up after so long: 30s, 5m",
         "In an environment with several targets: the statement under way is cancelled, and the target has "
         "failed. The others go on."},
    [OPTION_YES] =
        {KIND_FLAG, 'y', "yes", NULL, NULL, FIELD(yes), "do not ask, even if the environment is protected",
         "An environment with \"protected: true\" asks before anything is changed; without a terminal to "
         "ask on it refuses, unless this option is given."},
    [OPTION_ENGINE] = {KIND_TEXT, 0, "engine", "NAME", NULL, FIELD(engine),
                       "postgresql, mysql or sqlite, where no URL says it", NULL},
    [OPTION_NO_CACHE] =
        {KIND_FLAG, 0, "no-cache", NULL, NULL, FIELD(no_cache), "try all definitions anew, and keep nothing",
         "What definitions mean is kept in dunlin/ of the user's cache folder (XDG_CACHE_HOME, "
         "or .cache in the home folder), by their content and the server's version and settings."},
    [OPTION_DIRECTORY] = {KIND_TEXT, 'C', NULL, "DIR", NULL, FIELD(directory), "work in this folder", NULL},
    [OPTION_CONFIG] = {KIND_TEXT, 0, "config", "FILE", NULL, FIELD(config),
                       "the configuration, instead of dunlin.yaml", NULL},
    [OPTION_ENV] = {KIND_TEXT, 'e', "env", "NAME", NULL, FIELD(environment),
                    "which environment of the configuration", NULL},
    [OPTION_URL] =
        {KIND_TEXT, 0, "url", "URL", NULL, FIELD(url), "the database; goes before any configuration",
         "A password in it is removed from the list of processes at once, yet it may stay in the history of "
         "your shell: prefer DATABASE_URL, PGPASSWORD, ~/.pgpass or ~/.my.cnf."},
    [OPTION_FORMAT] = {KIND_CHOICE, 0, "format", "FORMAT", formats, FIELD(format),
                       "what the answer looks like: text or json",
                       "With json, standard output is one JSON document, in success and in failure."},
    [OPTION_COLOR] = {KIND_CHOICE, 0, "color", "WHEN", colors, FIELD(color),
                      "with colours: auto (on a terminal), always, never", NULL},
    [OPTION_QUIET] = {KIND_FLAG, 'q', "quiet", NULL, NULL, FIELD(quiet), "say nothing but errors",
                      "What --dry-run and --format json are asked for is printed all the same."},
    [OPTION_VERBOSE] = {KIND_FLAG, 'v', "verbose", NULL, NULL, FIELD(verbose),
                        "tell more, and what it has cost", NULL},
    [OPTION_ECHO] = {KIND_FLAG, 0, "echo", NULL, NULL, FIELD(echo),
                     "write every statement sent to standard error", NULL},
    [OPTION_HELP] = {KIND_FLAG, 'h', "help", NULL, NULL, FIELD(help),
                     "show help, of the command if one is named", NULL},
    [OPTION_VERSION] = {KIND_FLAG, 'V', "version", NULL, NULL, FIELD(version), "show which dunlin this is",
                        NULL},
};

void command_write_formats(option_set set, const char *between, const char *last, size_t size, char *text)
{
    size_t length = 0;
    for (size_t i = 0; formats[i] && length < size; ++i) {
        option_set later = set >> i >> 1;
        bool one_later = later && !(later & (later - 1));
        const char *separator = !later ? "" : one_later ? last : between;
        if (set & FORMAT_BIT(i))
            length += (size_t)snprintf(text + length, size - length, "%s%s", formats[i], separator);
    }
}
