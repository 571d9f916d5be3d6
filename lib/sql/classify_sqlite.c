/* SQLite: what is not listed joins a transaction. */
#include "sql/classify_rules.h"

static const struct sql_rule rows[] = {
    {"ATTACH", SQL_ALONE, SQL_RULE_SESSION},
    {"BEGIN", SQL_BEGINS, 0},
    {"COMMIT", SQL_COMMITS, 0},
    {"DETACH", SQL_ALONE, SQL_RULE_SESSION},
    {"END", SQL_COMMITS, 0},
    /* In a transaction these do nothing, or fail, or act only after it; see
       https://www.sqlite.org/pragma.html */
    {"PRAGMA [*.] "
     "AUTO_VACUUM|ENCODING|FOREIGN_KEYS|JOURNAL_MODE|LOCKING_MODE|PAGE_SIZE|SYNCHRONOUS|TEMP_STORE|"
     "TEMP_STORE_DIRECTORY =|(",
     SQL_ALONE, SQL_RULE_SESSION},
    {"PRAGMA [*.] WAL_CHECKPOINT", SQL_ALONE, 0},
    /* Kept in the file, and undone with the transaction. */
    {"PRAGMA [*.] APPLICATION_ID|SCHEMA_VERSION|USER_VERSION", SQL_JOINS, 0},
    /* Questions and actions that take an argument. */
    {"PRAGMA [*.] FOREIGN_KEY_CHECK|FOREIGN_KEY_LIST|INCREMENTAL_VACUUM|INDEX_INFO|INDEX_LIST|INDEX_XINFO|"
     "INTEGRITY_CHECK|OPTIMIZE|QUICK_CHECK|TABLE_INFO|TABLE_LIST|TABLE_XINFO",
     SQL_JOINS, 0},
    {"PRAGMA [*.] * =|(", SQL_JOINS, SQL_RULE_SESSION},
    {"RELEASE", SQL_SAVEPOINT, 0},
    {"ROLLBACK [TRANSACTION] TO", SQL_SAVEPOINT, 0},
    {"ROLLBACK", SQL_ROLLS_BACK, 0},
    {"SAVEPOINT", SQL_SAVEPOINT, 0},
    {"VACUUM", SQL_ALONE, 0},
};

const struct sql_rules sql_sqlite_statements = {rows, sizeof rows / sizeof *rows};
