#include "seed/yaml_piece.h"

#include "base/error.h"

#include <string.h>

enum { USUAL_PIECE = 1024 * 1024, LONGEST_PIECE = 32 * 1024 * 1024 };

static size_t count_blanks(const char *at, const char *end)
{
    size_t count = 0;
    while (at + count < end && at[count] == ' ')
        ++count;
    return count;
}

/* "- " or a line of nothing but "-"; at the end of what was read it is not known yet. */
static bool is_item(const char *at, const char *end)
{
    return at + 1 < end && *at == '-' && (at[1] == ' ' || at[1] == '\n' || at[1] == '\r');
}

/* Comments, directives, blank lines, and the line that begins the document. */
static bool is_preamble(const char *at, const char *end)
{
    size_t length = (size_t)(end - at);
    return length == 0 || *at == '#' || *at == '\r' || *at == '%' ||
           (length >= 3 && memcmp(at, "---", 3) == 0 && (length == 3 || at[3] == '\r'));
}

/* Of the first line that is no preamble. */
static int find_indent(const struct seed_input *input)
{
    const char *line = input->data + input->start, *end = input->data + input->end;
    while (line < end) {
        const char *line_end = memchr(line, '\n', (size_t)(end - line));
        line_end = line_end ? line_end : end;
        size_t blanks = count_blanks(line, line_end);
        if (is_item(line + blanks, end))
            return (int)blanks;
        if (!is_preamble(line + blanks, line_end))
            return YAML_INDENT_NONE;
        line = line_end < end ? line_end + 1 : end;
    }
    return YAML_INDENT_UNKNOWN;
}

/* Where the last item begins that is not the first; 0: nowhere. */
static size_t last_item(const struct seed_input *input, size_t indent)
{
    const char *start = input->data + input->start, *end = input->data + input->end;
    for (const char *at = end; at > start; --at) {
        if (at[-1] != '\n')
            continue;
        if (count_blanks(at, end) == indent && is_item(at + indent, end))
            return (size_t)(at - input->data);
    }
    return 0;
}

static bool too_long(const struct seed_input *input, int indent, dun_error *error)
{
    if (indent >= 0)
        return seed_input_fail(input, input->start, error, "a row of more than %d MB is not read",
                               LONGEST_PIECE / 1024 / 1024);
    seed_input_fail(
        input, input->start, error,
        "a YAML file of more than %d MB is read only if each row begins a line: \"- column: value\"",
        LONGEST_PIECE / 1024 / 1024);
    error_hint(error, "CSV and JSON may have any form");
    return false;
}

static bool find_end(struct yaml_piece *piece, const struct seed_input *input)
{
    piece->last = input->ended;
    piece->end = input->end;
    if (piece->indent == YAML_INDENT_UNKNOWN)
        piece->indent = find_indent(input);
    if (!piece->last)
        piece->end = piece->indent >= 0 ? last_item(input, (size_t)piece->indent) : 0;
    return piece->end > input->start || piece->last;
}

bool yaml_piece_take(struct yaml_piece *piece, struct seed_input *input, dun_error *error)
{
    for (size_t wanted = USUAL_PIECE;; wanted *= 2) {
        while (!input->ended && input->end - input->start < wanted)
            if (!seed_input_more(input, error))
                return false;
        if (find_end(piece, input))
            return seed_input_check_text(input, input->start, piece->end, error);
        if (input->end - input->start >= LONGEST_PIECE)
            return too_long(input, piece->indent, error);
    }
}
