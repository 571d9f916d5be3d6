/*
 * Splits any text in the dialect that the first byte says, and checks what must hold for every text:
 * statements lie in it one after the other, their places are right, a statement that is split by itself is
 * itself, and statements glued together come apart again.
 */
#include "base/arena.h"
#include "sql/classify.h"
#include "sql/splitter.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool good, const char *what, const struct sql_statement *statement)
{
    if (good)
        return;
    fprintf(stderr, "%s: %.*s\n", what, (int)statement->length, statement->text);
    abort();
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void check_place(const char *text, size_t length, const struct sql_statement *statement)
{
    const char *cursor = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
    uint32_t line = 1, column = 1;
    for (; cursor < statement->text; ++cursor) {
        if (*cursor == '\n') {
            ++line;
            column = 1;
        } else if (((unsigned char)*cursor & 0xC0) != 0x80) {
            ++column;
        }
    }
    require(line == statement->line && column == statement->column, "wrong place", statement);
}

static void check_bounds(const char *text, size_t length, const struct sql_script *script)
{
    const char *end = text;
    for (size_t i = 0; i < script->count; ++i) {
        const struct sql_statement *statement = &script->statements[i];
        require(statement->text >= end && statement->length > 0, "overlaps", statement);
        end = statement->text + statement->length;
        require(end <= text + length, "out of the text", statement);
        require(!is_blank(*statement->text) && !is_blank(end[-1]), "blanks at the edges", statement);
        if (statement->copy_data) {
            require(statement->copy_data > end, "data before the statement", statement);
            end = statement->copy_data + statement->copy_length;
            require(end + 2 <= text + length && memcmp(end, "\\.", 2) == 0, "data without end", statement);
        }
        if (i < 50)
            check_place(text, length, statement);
    }
}

static void append(char **to, const char *text, size_t length)
{
    if (length > 0)
        memcpy(*to, text, length);
    *to += length;
}

/* The statements with semicolons between them; ones with data bring the data. */
static size_t glue(const struct sql_statement *statements, size_t count, char *to)
{
    char *cursor = to;
    for (size_t i = 0; i < count; ++i) {
        append(&cursor, statements[i].text, statements[i].length);
        append(&cursor, ";\n", 2);
        if (statements[i].copy_data) {
            append(&cursor, statements[i].copy_data, statements[i].copy_length);
            append(&cursor, "\\.\n", 3);
        }
    }
    return (size_t)(cursor - to);
}

static void check_glued(struct arena *arena, enum sql_dialect dialect, const struct sql_statement *statements,
                        size_t count, char *buffer)
{
    struct sql_script *again = NULL;
    size_t length = glue(statements, count, buffer);
    require(sql_split(arena, dialect, NULL, buffer, length, &again, NULL), "cannot be split again",
            statements);
    require(again->count == count, "other statements when split again", statements);
    for (size_t i = 0; i < count; ++i) {
        const struct sql_statement *one = &statements[i], *other = &again->statements[i];
        require(one->length == other->length && memcmp(one->text, other->text, one->length) == 0,
                "other text", one);
        require(one->effect == other->effect && one->session == other->session, "other effect", one);
        require(one->copy_length == other->copy_length, "other data", one);
    }
}

/* Other delimiters than the semicolon make statements that are none without them. */
static bool has_delimiters(const char *text, size_t length)
{
    for (size_t i = 0; i + 1 < length; ++i)
        if ((length - i >= 9 && strncasecmp(text + i, "delimiter", 9) == 0) ||
            (text[i] == '\\' && (text[i + 1] | 0x20) == 'g'))
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum sql_dialect dialects[] = {SQL_POSTGRESQL, SQL_MYSQL, SQL_SQLITE};
    if (size < 1)
        return 0;
    enum sql_dialect dialect = dialects[data[0] % 3];
    size_t length = size - 1;
    char *text = malloc(length > 0 ? length : 1);
    if (!text)
        return 0;
    if (length > 0)
        memcpy(text, data + 1, length);
    struct arena *arena = arena_new();
    dun_error *error = dun_error_new();
    struct sql_script *script = NULL;
    if (sql_split(arena, dialect, "f", text, length, &script, error)) {
        check_bounds(text, length, script);
        char *buffer = malloc(2 * length + 8 * script->count + 1);
        if (buffer && !(dialect == SQL_MYSQL && has_delimiters(text, length))) {
            for (size_t i = 0; i < script->count && i < 50; ++i) {
                check_glued(arena, dialect, &script->statements[i], 1, buffer);
                sql_created_object(dialect, script->statements[i].text, script->statements[i].length);
            }
            check_glued(arena, dialect, script->statements, script->count, buffer);
        }
        free(buffer);
    } else if (dun_error_code(error) != DUN_BAD_INPUT || dun_error_line(error) < 1 ||
               dun_error_column(error) < 1) {
        abort();
    }
    dun_error_free(error);
    arena_free(arena);
    free(text);
    return 0;
}
