/* A schema as an entity relationship diagram of Mermaid, as Markdown on code hosts shows it. */
#include "report/drawing.h"
#include "report/schema.h"

#include <string.h>

/* Text between double quotes, which has no way to have one in it. */
static void append_quoted(struct str *out, const char *text)
{
    str_append_char(out, '"');
    for (; *text; ++text)
        str_append_char(out, *text == '"' ? '\'' : (unsigned char)*text < ' ' ? ' ' : *text);
    str_append_char(out, '"');
}

/* A type or the name of a column is a word there. */
static void append_word(struct str *out, const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-()[]";
    if (!*text || !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", *text))
        str_append(out, "_");
    for (; *text; ++text)
        str_append_char(out, strchr(plain, *text) ? *text : '_');
}

static void append_column(struct str *out, const struct drawing_column *column)
{
    const char *type = catalog_text(column->column, ATTRIBUTE_TYPE);
    const char *comment = catalog_text(column->column, ATTRIBUTE_COMMENT);
    str_append(out, "        ");
    append_word(out, type && *type ? type : "any");
    str_append_char(out, ' ');
    append_word(out, column->column->name);
    const char *separator = " ";
    const char *const words[] = {column->primary ? "PK" : NULL, column->foreign ? "FK" : NULL,
                                 column->unique ? "UK" : NULL};
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
        if (words[i]) {
            str_printf(out, "%s%s", separator, words[i]);
            separator = ", ";
        }
    if (comment) {
        str_append_char(out, ' ');
        append_quoted(out, comment);
    }
    str_append_char(out, '\n');
}

static void append_table(struct str *out, const struct drawing_table *table)
{
    str_append(out, "    ");
    append_quoted(out, table->name);
    str_append(out, " {\n");
    for (size_t i = 0; i < table->column_count; ++i)
        append_column(out, &table->columns[i]);
    str_append(out, "    }\n");
}

static void append_reference(struct str *out, const struct drawing_table *from,
                             const struct drawing_reference *reference, const char *to)
{
    str_append(out, "    ");
    append_quoted(out, from->name);
    str_printf(out, " %s--%s ", reference->single ? "|o" : "}o", reference->optional ? "o|" : "||");
    append_quoted(out, to);
    str_append(out, " : ");
    append_quoted(out, reference->columns);
    str_append_char(out, '\n');
}

char *schema_mermaid(const struct catalog *catalog)
{
    static const struct drawing_pen pen = {append_table, append_reference};
    struct str out = STR_INIT;
    str_append(&out, "erDiagram\n");
    drawing_write(&out, catalog, &pen);
    return str_take(&out);
}
