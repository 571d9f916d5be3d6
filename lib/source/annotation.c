#include "source/annotation.h"

#include "base/error.h"
#include "base/vector.h"
#include "sql/lexer.h"
#include "sql/position.h"

#include <string.h>

struct reading {
    struct arena *arena;
    enum sql_dialect dialect;
    const char *file, *text, *end;
    const struct sql_script *script;
    struct sql_position position; /* of the directive that is read */
    VECTOR(struct source_annotation) annotations;
    dun_error *error;
};

/* What a directive annotates: from `begin` to `end`, on one line. */
struct place {
    size_t statement;
    const char *begin, *end;
};

static bool fail_at(struct reading *reading, const struct sql_directive *directive)
{
    sql_error_at(reading->error, reading->file, reading->text, (size_t)(reading->end - reading->text),
                 (size_t)(directive->text - reading->text));
    return false;
}

/* As a precision of printf: a name is not long, but a comment may be. */
static int shown(size_t length)
{
    enum { MOST = 80 };
    return (int)(length < MOST ? length : MOST);
}

static bool fail_nowhere(struct reading *reading, const struct sql_directive *directive)
{
    error_set(reading->error, DUN_BAD_INPUT, "\"%.*s\" stands at no statement, so nothing is renamed",
              shown(directive->length), directive->text);
    error_hint(reading->error,
               "Write it on the line just before the table or column that it means, or at the "
               "end of that line.");
    return fail_at(reading, directive);
}

static bool fail_several(struct reading *reading, const struct sql_directive *directive)
{
    error_set(reading->error, DUN_BAD_INPUT,
              "\"%.*s\" means a line with parts of several statements, so it is not clear which is renamed",
              shown(directive->length), directive->text);
    error_hint(reading->error, "Begin each statement on a line of its own.");
    return fail_at(reading, directive);
}

static const char *statement_end(const struct sql_statement *statement)
{
    return statement->text + statement->length;
}

/* How many statements begin at `at` or before it. */
static size_t statements_up_to(const struct sql_script *script, const char *at)
{
    size_t low = 0, high = script->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (script->statements[middle].text <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The next token that is no comment, when no empty line is before it; otherwise NULL. */
static const char *next_content(const struct reading *reading, const char *from)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, reading->dialect, from, (size_t)(reading->end - from));
    for (;;) {
        struct sql_token token = sql_lexer_next(&lexer);
        if (token.kind == SQL_TOKEN_END)
            return NULL;
        if (token.kind != SQL_TOKEN_BLANK && token.kind != SQL_TOKEN_COMMENT)
            return token.text;
        if (token.kind != SQL_TOKEN_BLANK)
            continue;
        const char *line_break = memchr(token.text, '\n', token.length);
        if (line_break && memchr(line_break + 1, '\n', (size_t)(token.text + token.length - line_break - 1)))
            return NULL;
    }
}

/* The directive stands alone on its line and means the next one. */
static bool find_after(struct reading *reading, const struct sql_directive *directive,
                       struct place *ret_place)
{
    const struct sql_script *script = reading->script;
    const char *begin = next_content(reading, directive->comment_end);
    size_t count = begin ? statements_up_to(script, begin) : 0;
    if (count == 0 || begin >= statement_end(&script->statements[count - 1]))
        return fail_nowhere(reading, directive);
    const char *line_end = memchr(begin, '\n', (size_t)(reading->end - begin));
    if (!line_end)
        line_end = reading->end;
    if (count < script->count && script->statements[count].text < line_end)
        return fail_several(reading, directive);
    const char *end = statement_end(&script->statements[count - 1]);
    *ret_place = (struct place){count - 1, begin, end < line_end ? end : line_end};
    return true;
}

/* The directive stands at the end of the line that it means. */
static bool find_before(struct reading *reading, const struct sql_directive *directive,
                        struct place *ret_place)
{
    const struct sql_script *script = reading->script;
    const char *line = directive->comment;
    while (line > reading->text && line[-1] != '\n')
        --line;
    size_t count = statements_up_to(script, directive->comment);
    if (count == 0 || statement_end(&script->statements[count - 1]) <= line)
        return fail_nowhere(reading, directive);
    const struct sql_statement *statement = &script->statements[count - 1];
    if (count > 1 && statement_end(statement - 1) > line)
        return fail_several(reading, directive);
    const char *end = statement_end(statement);
    *ret_place = (struct place){
        .statement = count - 1,
        .begin = statement->text > line ? statement->text : line,
        .end = end < directive->content_end ? end : directive->content_end,
    };
    return true;
}

static bool find_place(struct reading *reading, const struct sql_directive *directive,
                       struct place *ret_place)
{
    const char *content_end = directive->content_end;
    bool at_end_of_line =
        content_end && !memchr(content_end, '\n', (size_t)(directive->comment - content_end));
    return at_end_of_line ? find_before(reading, directive, ret_place)
                          : find_after(reading, directive, ret_place);
}

static bool read_old_name(struct reading *reading, const struct sql_directive *directive,
                          struct sql_name *ret_name)
{
    if (sql_name_read(reading->arena, reading->dialect, directive->argument, directive->argument_length,
                      ret_name))
        return true;
    error_set(reading->error, DUN_BAD_INPUT, "\"%.*s\" is not a name", shown(directive->argument_length),
              directive->argument);
    error_hint(reading->error,
               "Write `dunlin: renamed from OLD_NAME` with nothing behind the name; a name with "
               "blanks or signs in it is quoted as in SQL.");
    return fail_at(reading, directive);
}

static bool check_kind(struct reading *reading, const struct sql_directive *directive)
{
    if (directive->kind == SQL_DIRECTIVE_RENAMED_FROM)
        return true;
    if (directive->kind == SQL_DIRECTIVE_UNKNOWN) {
        sql_directive_refuse(directive, reading->error);
    } else {
        error_set(reading->error, DUN_BAD_INPUT, "\"%.*s\" is for migrations, and this is a definition",
                  shown(directive->length), directive->text);
        error_hint(reading->error,
                   "Take it out: dunlin knows by itself which statements refuse a transaction.");
    }
    return fail_at(reading, directive);
}

static bool check_single(struct reading *reading, const struct sql_directive *directive, uint32_t line)
{
    size_t count = reading->annotations.count;
    if (count == 0 || reading->annotations.items[count - 1].annotated_line != line)
        return true;
    error_set(reading->error, DUN_BAD_INPUT, "line %u has two annotations, and can mean only one thing",
              (unsigned)line);
    error_hint(reading->error, "Write what was renamed on lines of their own, or remove one of the two.");
    return fail_at(reading, directive);
}

static bool read_directive(struct reading *reading, const struct sql_directive *directive)
{
    struct source_annotation annotation = {.offset = (size_t)(directive->text - reading->text)};
    struct place place = {0};
    if (!check_kind(reading, directive) || !read_old_name(reading, directive, &annotation.old_name) ||
        !find_place(reading, directive, &place))
        return false;
    sql_position_advance(&reading->position, directive->text);
    annotation.line = annotation.annotated_line = reading->position.line;
    annotation.column = reading->position.column;
    if (place.begin > directive->text) {
        struct sql_position ahead = reading->position;
        sql_position_advance(&ahead, place.begin);
        annotation.annotated_line = ahead.line;
    }
    if (!check_single(reading, directive, annotation.annotated_line))
        return false;
    annotation.statement = place.statement;
    annotation.annotated_offset = (size_t)(place.begin - reading->text);
    annotation.annotated_length = (size_t)(place.end - place.begin);
    *vector_add(reading->arena, &reading->annotations) = annotation;
    return true;
}

bool source_annotations_read(struct arena *arena, enum sql_dialect dialect, const char *file,
                             const char *text, size_t length, const struct sql_script *script,
                             const struct source_annotation **ret_annotations, size_t *ret_count,
                             dun_error *error)
{
    struct reading reading = {
        .arena = arena,
        .dialect = dialect,
        .file = file,
        .text = text,
        .end = text + length,
        .script = script,
        .position = {.at = text, .line = 1, .column = 1},
        .error = error,
    };
    for (size_t i = 0; i < script->directive_count; ++i)
        if (!read_directive(&reading, &script->directives[i]))
            return false;
    *ret_annotations = reading.annotations.items;
    *ret_count = reading.annotations.count;
    return true;
}
