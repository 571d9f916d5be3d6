/*
 * JSON: an array of objects, or one object after the other (JSON lines). An object is a row. It is first
 * looked for its end, and when all of it is there it is read, its texts in place; so memory is bounded by the
 * longest object, not by the file.
 */
#include "base/error.h"
#include "seed/json_text.h"
#include "seed/reader.h"

#include <string.h>

enum { DEEPEST = 64 };

struct json {
    bool closed; /* the array is */
    bool first;  /* no object was read yet */
};

/* Reading one object, all of which is in the buffer. */
struct parser {
    struct seed_reader *reader;
    char *at, *end;
    unsigned depth;
    dun_error *error;
};

static bool fail(const struct parser *parser, const char *at, const char *message)
{
    const struct seed_input *input = &parser->reader->input;
    return seed_input_fail(input, (size_t)(at - input->data), parser->error, "%s", message);
}

static void skip_blanks(struct parser *parser)
{
    while (parser->at < parser->end && strchr(" \t\r\n", *parser->at))
        ++parser->at;
}

/* What follows "\u", which is shorter as UTF-8 than it is here. NULL: no character. */
static char *read_escaped_character(struct parser *parser, char *to)
{
    long unit = seed_json_read_unit(parser->at, parser->end);
    if (unit <= 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) {
        fail(parser, parser->at,
             unit == 0 ? "\\u0000 is a NUL character, which no text may contain"
                       : "this is no character: \\u and four hexadecimal digits");
        return NULL;
    }
    parser->at += 4;
    if (unit < 0xD800 || unit > 0xDBFF)
        return seed_json_write_utf8(to, (unsigned long)unit);
    long low = parser->end - parser->at >= 6 && parser->at[0] == '\\' && parser->at[1] == 'u'
                   ? seed_json_read_unit(parser->at + 2, parser->end)
                   : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
        fail(parser, parser->at, "the second half of a surrogate pair must follow");
        return NULL;
    }
    parser->at += 6;
    return seed_json_write_utf8(to, 0x10000 + (((unsigned long)unit - 0xD800) << 10) +
                                        ((unsigned long)low - 0xDC00));
}

static char *read_escape(struct parser *parser, char *to)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char letter = parser->at < parser->end ? *parser->at : '\0';
    if (letter == 'u') {
        ++parser->at;
        return read_escaped_character(parser, to);
    }
    const char *found = letter ? strchr(letters, letter) : NULL;
    if (!found) {
        fail(parser, parser->at, "unknown escape in a string");
        return NULL;
    }
    ++parser->at;
    *to++ = meant[found - letters];
    return to;
}

/* A string, from its quote on. With `decode`, escapes are replaced in place. */
static bool read_string(struct parser *parser, bool decode, const char **ret_text, size_t *ret_length)
{
    const char *quote = parser->at;
    if (parser->at == parser->end || *parser->at != '"')
        return fail(parser, parser->at, "a string is wanted here, in double quotes");
    char *start = ++parser->at, *to = start;
    char spare[4];
    while (parser->at < parser->end && *parser->at != '"') {
        unsigned char c = (unsigned char)*parser->at;
        if (c < ' ')
            return fail(parser, parser->at, "a control character in a string: write it as an escape");
        ++parser->at;
        if (c == '\\') {
            char *after = read_escape(parser, decode ? to : spare);
            if (!after)
                return false;
            to = decode ? after : to;
        } else if (decode) {
            *to++ = (char)c;
        }
    }
    if (parser->at == parser->end)
        return fail(parser, quote, "the string that begins here is not closed");
    *ret_text = start;
    *ret_length = (size_t)((decode ? to : parser->at) - start);
    ++parser->at;
    return true;
}

static bool read_number(struct parser *parser, struct seed_value *value)
{
    value->kind = SEED_NUMBER;
    value->text = parser->at;
    value->length = seed_json_number_length(parser->at, (size_t)(parser->end - parser->at));
    if (value->length == 0)
        return fail(parser, parser->at, "this is no number that JSON knows");
    parser->at += value->length;
    return true;
}

static bool read_value(struct parser *parser, struct seed_value *ret_value);

static bool read_colon(struct parser *parser)
{
    skip_blanks(parser);
    if (parser->at == parser->end || *parser->at != ':')
        return fail(parser, parser->at, "a colon is wanted here");
    ++parser->at;
    skip_blanks(parser);
    return true;
}

/* One member of a list, or with `named` of a map, that is inside of a row. */
static bool skip_member(struct parser *parser, bool named)
{
    struct seed_value ignored;
    const char *text;
    size_t length;
    return (!named || (read_string(parser, false, &text, &length) && read_colon(parser))) &&
           read_value(parser, &ignored);
}

/* The rest of a list or map that is inside of a row: checked, and kept as it is written. */
static bool skip_members(struct parser *parser, char closing)
{
    ++parser->at;
    skip_blanks(parser);
    if (parser->at < parser->end && *parser->at == closing) {
        ++parser->at;
        return true;
    }
    for (;;) {
        skip_blanks(parser);
        if (!skip_member(parser, closing == '}'))
            return false;
        skip_blanks(parser);
        if (parser->at < parser->end && *parser->at == closing) {
            ++parser->at;
            return true;
        }
        if (parser->at == parser->end || *parser->at != ',')
            return fail(parser, parser->at,
                        closing == '}' ? "\",\" or \"}\" is wanted here" : "\",\" or \"]\" is wanted here");
        ++parser->at;
    }
}

static bool read_nested(struct parser *parser, struct seed_value *value)
{
    const char *start = parser->at;
    if (++parser->depth > DEEPEST)
        return fail(parser, parser->at, "lists and maps are nested too deep");
    if (!skip_members(parser, *start == '{' ? '}' : ']'))
        return false;
    --parser->depth;
    value->kind = SEED_JSON;
    value->text = start;
    value->length = (size_t)(parser->at - start);
    return true;
}

static bool read_word(struct parser *parser, struct seed_value *value)
{
    static const struct {
        const char *word;
        enum seed_kind kind;
    } words[] = {{"null", SEED_NULL}, {"true", SEED_BOOLEAN}, {"false", SEED_BOOLEAN}};
    size_t left = (size_t)(parser->end - parser->at);
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
        size_t length = strlen(words[i].word);
        if (left < length || memcmp(parser->at, words[i].word, length) != 0)
            continue;
        *value = (struct seed_value){words[i].kind, parser->at, length, value->line, value->column};
        parser->at += length;
        return true;
    }
    return fail(parser, parser->at, "a value is wanted here");
}

static bool read_value(struct parser *parser, struct seed_value *value)
{
    bool nested = parser->depth > 1;
    if (parser->at == parser->end)
        return fail(parser, parser->at, "a value is wanted here");
    switch (*parser->at) {
    case '"':
        value->kind = SEED_TEXT;
        return read_string(parser, !nested, &value->text, &value->length);
    case '{':
    case '[':
        return read_nested(parser, value);
    default:
        break;
    }
    bool number = *parser->at == '-' || (*parser->at >= '0' && *parser->at <= '9');
    return number ? read_number(parser, value) : read_word(parser, value);
}

static bool read_label(struct parser *parser)
{
    struct seed_reader *reader = parser->reader;
    const char *place = parser->at;
    if (reader->label)
        return fail(parser, place, "the row has two labels");
    if (!read_string(parser, true, &reader->label, &reader->label_length))
        return false;
    return reader->label_length > 0 || fail(parser, place, "a label needs a name");
}

/* One `"name": value` of the row. `*expected` is the column that comes next when rows are alike. */
static bool read_member(struct parser *parser, size_t *expected)
{
    struct seed_reader *reader = parser->reader;
    const char *place = parser->at, *name;
    size_t length;
    if (!read_string(parser, true, &name, &length) || !read_colon(parser))
        return false;
    if (length == 6 && memcmp(name, "$label", 6) == 0)
        return read_label(parser);
    size_t column = seed_reader_column(reader, name, length, *expected);
    struct seed_value *value = &reader->values[column];
    if (value->kind != SEED_ABSENT)
        return fail(parser, place, "the row names this column twice");
    *expected = column + 1;
    value->line = 0;
    return read_value(parser, value);
}

static bool read_members(struct parser *parser)
{
    size_t expected = 0;
    ++parser->at;
    ++parser->depth;
    skip_blanks(parser);
    if (*parser->at == '}')
        return true;
    for (;;) {
        skip_blanks(parser);
        if (!read_member(parser, &expected))
            return false;
        skip_blanks(parser);
        if (parser->at < parser->end && *parser->at == '}')
            return true;
        if (parser->at == parser->end || *parser->at != ',')
            return fail(parser, parser->at, "\",\" or \"}\" is wanted here");
        ++parser->at;
    }
}

/* The end of the object that begins at the start of the input; NULL: it is not there yet. */
static char *find_end(const struct seed_input *input)
{
    unsigned depth = 0;
    bool string = false;
    char *end = input->data + input->end;
    for (char *c = input->data + input->start; c < end; ++c) {
        if (string) {
            if (*c == '\\')
                ++c;
            else if (*c == '"')
                string = false;
        } else if (*c == '"') {
            string = true;
        } else if (*c == '{' || *c == '[') {
            ++depth;
        } else if ((*c == '}' || *c == ']') && --depth == 0) {
            return c + 1;
        }
    }
    return NULL;
}

/* Has the whole object in the buffer; NULL: failure. */
static char *whole_object(struct seed_reader *reader, dun_error *error)
{
    struct seed_input *input = &reader->input;
    for (;;) {
        char *end = find_end(input);
        if (end)
            return end;
        if (input->ended || input->end - input->start > SEED_MOST_RECORD) {
            seed_input_fail(input, input->start, error, "the object that begins here is not closed%s",
                            input->ended ? "" : " within 16 MB");
            return NULL;
        }
        if (!seed_input_more(input, error))
            return NULL;
    }
}

static int read_object(struct seed_reader *reader, dun_error *error)
{
    struct seed_input *input = &reader->input;
    char *end = whole_object(reader, error);
    if (!end || !seed_input_check_text(input, input->start, (size_t)(end - input->data), error))
        return -1;
    reader->line = input->line;
    reader->label = NULL;
    for (size_t i = 0; i < reader->count; ++i)
        reader->values[i].kind = SEED_ABSENT;
    /*
     * Where the next one begins is found before texts are made in place, which may put line ends into them.
     */
    struct seed_input before = *input;
    seed_input_pass(input, (size_t)(end - input->data));
    unsigned line = input->line, column = input->column;
    input->start = before.start;
    input->line = before.line;
    input->column = before.column;
    struct parser parser = {reader, input->data + input->start, end, 0, error};
    if (!read_members(&parser))
        return -1;
    if (parser.at + 1 != end) {
        fail(&parser, parser.at, "this bracket closes nothing");
        return -1;
    }
    input->start = (size_t)(end - input->data);
    input->line = line;
    input->column = column;
    return 1;
}

/* Passes blanks; false: failure. At the end of the file `start` is `end`. */
static bool pass_blanks(struct seed_input *input, dun_error *error)
{
    for (;;) {
        size_t at = input->start;
        while (at < input->end && strchr(" \t\r\n", input->data[at]) && input->data[at])
            ++at;
        seed_input_pass(input, at);
        if (input->start < input->end || input->ended)
            return true;
        if (!seed_input_more(input, error))
            return false;
    }
}

static int wrong(const struct seed_input *input, const char *message, dun_error *error)
{
    seed_input_fail(input, input->start, error, "%s", message);
    return -1;
}

static int next_of_lines(struct seed_reader *reader, dun_error *error)
{
    struct seed_input *input = &reader->input;
    if (!pass_blanks(input, error))
        return -1;
    if (input->start == input->end)
        return 0;
    if (input->data[input->start] != '{')
        return wrong(input, "an object is wanted here: {\"column\": value, ...}", error);
    return read_object(reader, error);
}

/* Behind the closing bracket there is nothing. */
static int end_array(struct seed_input *input, dun_error *error)
{
    seed_input_pass(input, input->start + 1);
    if (!pass_blanks(input, error))
        return -1;
    return input->start == input->end ? 0 : wrong(input, "there is more behind the end of the array", error);
}

static int next_of_array(struct seed_reader *reader, dun_error *error)
{
    struct seed_input *input = &reader->input;
    struct json *json = reader->state;
    if (json->closed)
        return 0;
    if (!pass_blanks(input, error))
        return -1;
    if (input->start < input->end && input->data[input->start] == ']' && json->first) {
        json->closed = true;
        return end_array(input, error);
    }
    if (!json->first) {
        char next = input->start < input->end ? input->data[input->start] : '\0';
        json->closed = next == ']';
        if (json->closed)
            return end_array(input, error);
        if (next != ',')
            return wrong(input, "\",\" or \"]\" is wanted here", error);
        seed_input_pass(input, input->start + 1);
        if (!pass_blanks(input, error))
            return -1;
    }
    if (input->start == input->end || input->data[input->start] != '{')
        return wrong(input, "an object is wanted here: {\"column\": value, ...}", error);
    json->first = false;
    return read_object(reader, error);
}

bool seed_json_start(struct seed_reader *reader, bool lines, dun_error *error)
{
    struct json *json = ARENA_NEW(reader->arena, struct json);
    struct seed_input *input = &reader->input;
    reader->state = json;
    reader->next_row = lines ? next_of_lines : next_of_array;
    json->first = true;
    if (lines)
        return true;
    if (!pass_blanks(input, error))
        return false;
    if (input->start == input->end || input->data[input->start] != '[') {
        wrong(input, "an array is wanted here: [{\"column\": value, ...}, ...]", error);
        error_hint(error, "one object a line goes into a file that is named TABLE.jsonl");
        return false;
    }
    seed_input_pass(input, input->start + 1);
    return true;
}
