/* A schema as a graph for Graphviz: `dunlin inspect --format dot | dot -Tsvg`. */
#include "report/drawing.h"
#include "report/schema.h"

#include <string.h>

static void append_quoted(struct str *out, const char *text)
{
    str_append_char(out, '"');
    for (; *text; ++text) {
        if (*text == '"' || *text == '\\')
            str_append_char(out, '\\');
        str_append_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
    }
    str_append_char(out, '"');
}

/* Text in a label that is HTML. */
static void append_html(struct str *out, const char *text)
{
    for (; *text; ++text)
        switch (*text) {
        case '&':
            str_append(out, "&amp;");
            break;
        case '<':
            str_append(out, "&lt;");
            break;
        case '>':
            str_append(out, "&gt;");
            break;
        case '"':
            str_append(out, "&quot;");
            break;
        default:
            str_append_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
        }
}

static void append_column(struct str *out, const struct drawing_column *column)
{
    const char *type = catalog_text(column->column, ATTRIBUTE_TYPE);
    str_append(out, "<tr><td align=\"left\">");
    str_append(out, column->primary ? "<u>" : "");
    append_html(out, column->column->name);
    str_append(out, column->primary ? "</u>" : "");
    str_append(out, "</td><td align=\"left\">");
    append_html(out, type ? type : " ");
    str_append(out, catalog_text(column->column, ATTRIBUTE_NOT_NULL) || column->primary ? "" : "?");
    str_append(out, "</td></tr>");
}

static void append_table(struct str *out, const struct drawing_table *table)
{
    str_append(out, "    ");
    append_quoted(out, table->name);
    str_append(out,
               " [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\"><tr><td colspan=\"2\"><b>");
    append_html(out, table->name);
    str_append(out, "</b></td></tr>");
    for (size_t i = 0; i < table->column_count; ++i)
        append_column(out, &table->columns[i]);
    str_append(out, "</table>>];\n");
}

static void append_reference(struct str *out, const struct drawing_table *from,
                             const struct drawing_reference *reference, const char *to)
{
    str_append(out, "    ");
    append_quoted(out, from->name);
    str_append(out, " -> ");
    append_quoted(out, to);
    str_append(out, " [label=");
    append_quoted(out, reference->columns);
    str_append(out, reference->optional ? ", style=dashed];\n" : "];\n");
}

char *schema_dot(const struct catalog *catalog)
{
    static const struct drawing_pen pen = {append_table, append_reference};
    struct str out = STR_INIT;
    str_append(&out, "digraph schema {\n    rankdir=LR;\n    node [shape=plain];\n");
    drawing_write(&out, catalog, &pen);
    str_append(&out, "}\n");
    return str_take(&out);
}
