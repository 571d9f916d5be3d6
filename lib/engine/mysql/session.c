#include "engine/mysql/session.h"

#include "engine/mysql/connection.h"

#include <string.h>

static const struct session_text nothing = {.sql = "DO 0", .length = sizeof "DO 0" - 1};

static bool is_text(const char *sql, size_t length, const char *text)
{
    return length == strlen(text) && memcmp(sql, text, length) == 0;
}

static struct session_text or_nothing(const char *sql, bool many_results)
{
    if (!sql)
        return nothing;
    return (struct session_text){.sql = sql, .length = strlen(sql), .many_results = many_results};
}

/* Whether all of the text is one comment that the server executes, or would if its version were another. */
static bool is_executable_comment(const char *sql, size_t length)
{
    if (length < 5 || memcmp(sql, "/*", 2) != 0 || (sql[2] != '!' && memcmp(sql + 2, "M!", 2) != 0))
        return false;
    for (size_t i = 3; i + 1 < length; ++i)
        if (sql[i] == '*' && sql[i + 1] == '/')
            return i + 2 == length;
    return false;
}

/*
 * https://mariadb.com/kb/en/comment-syntax/: five or six digits are the lowest version that executes it;
 * MariaDB leaves out 50700 to 99999, which are MySQL's, and alone knows the ones with an M.
 */
static bool executes(const struct mysql_connection *connection, const char *sql, size_t length)
{
    bool of_mariadb = sql[2] == 'M';
    size_t digits = of_mariadb ? 4 : 3, end = digits;
    int version = 0;
    while (end < length && end < digits + 6 && sql[end] >= '0' && sql[end] <= '9')
        version = version * 10 + (sql[end++] - '0');
    if (of_mariadb && !connection->is_mariadb)
        return false;
    if (end - digits < 5)
        return true;
    if (connection->is_mariadb && !of_mariadb && version >= 50700 && version <= 99999)
        return false;
    return version <= connection->base.server_version;
}

struct session_text mysql_engine_session_text_of(const struct mysql_connection *connection, const char *sql,
                                                 size_t length)
{
    if (length >= 2 && memcmp(sql, "/*", 2) == 0) {
        if (is_text(sql, length, SESSION_USE_DATABASE))
            return or_nothing(connection->use_database, false);
        if (is_text(sql, length, SESSION_INIT_COMMANDS))
            return or_nothing(connection->init_commands, true);
        if (is_executable_comment(sql, length) && !executes(connection, sql, length))
            return nothing;
    }
    return (struct session_text){.sql = sql, .length = length};
}

const char *mysql_engine_session_spelled(dun_connection *base, const char *sql, size_t length)
{
    const struct mysql_connection *connection = (const struct mysql_connection *)base;
    return is_text(sql, length, SESSION_USE_DATABASE) ? connection->use_database : NULL;
}
