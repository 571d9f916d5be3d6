/* CREATE TABLE. */
#include "engine/sqlite/ddl_parts.h"

static bool starts_constraint(const struct tokens *tokens)
{
    static const char *const words[] = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", NULL};
    for (size_t i = 0; words[i]; ++i)
        if (sql_token_is(tokens_peek(tokens, 0), words[i]))
            return true;
    return false;
}

static struct ddl_constraint *add_constraint(struct tokens *tokens, struct ddl_table *table,
                                             enum schema_kind kind, const char **name)
{
    struct ddl_constraint *constraint = vector_add(tokens->arena, &table->constraints);
    *constraint = (struct ddl_constraint){.kind = kind, .name = *name};
    *name = NULL;
    return constraint;
}

static struct ddl_column *find_column(struct ddl_table *table, const char *name)
{
    VECTOR_EACH (struct ddl_column, column, &table->columns)
        if (same_name(column->name, name))
            return column;
    return NULL;
}

/* PRIMARY KEY (a AUTOINCREMENT) says it of the column. */
static bool take_primary_key(struct tokens *tokens, struct ddl_table *table, struct ddl_constraint *key)
{
    bool auto_increment = false;
    if (!ddl_take_key_columns(tokens, &key->columns, &auto_increment))
        return false;
    if (!auto_increment)
        return true;
    const char *name = key->columns.items[0].name;
    struct ddl_column *column = name ? find_column(table, name) : NULL;
    if (column)
        column->auto_increment = true;
    return column != NULL;
}

static bool take_check(struct tokens *tokens, const struct ddl_table *table, struct ddl_constraint *check)
{
    size_t first, end;
    if (!tokens_take_group(tokens, &first, &end))
        return false;
    check->expression = tokens_unqualified_text(tokens, first, end, table->name);
    return ddl_take_conflict(tokens, &check->conflict);
}

static bool take_foreign_key(struct tokens *tokens, struct ddl_constraint *key)
{
    ddl_texts names = {0};
    if (!ddl_take_names(tokens, &names) || !ddl_take_references(tokens, key))
        return false;
    VECTOR_EACH (const char *, name, &names)
        *vector_add(tokens->arena, &key->columns) = (struct ddl_key_column){.name = *name, .text = *name};
    ddl_take_deferrable(tokens, &key->deferrable);
    return true;
}

static bool take_constraint(struct tokens *tokens, struct ddl_table *table, const char **name)
{
    if (tokens_take(tokens, "CONSTRAINT")) {
        ddl_keep_name(tokens->arena, &table->options, *name, "");
        return tokens_take_name(tokens, name);
    }
    if (tokens_take(tokens, "PRIMARY KEY")) {
        struct ddl_constraint *key = add_constraint(tokens, table, SCHEMA_PRIMARY_KEY, name);
        return take_primary_key(tokens, table, key) && ddl_take_conflict(tokens, &key->conflict);
    }
    if (tokens_take(tokens, "UNIQUE")) {
        struct ddl_constraint *key = add_constraint(tokens, table, SCHEMA_UNIQUE, name);
        return ddl_take_key_columns(tokens, &key->columns, NULL) && ddl_take_conflict(tokens, &key->conflict);
    }
    if (tokens_take(tokens, "CHECK"))
        return take_check(tokens, table, add_constraint(tokens, table, SCHEMA_CHECK, name));
    if (tokens_take(tokens, "FOREIGN KEY"))
        return take_foreign_key(tokens, add_constraint(tokens, table, SCHEMA_FOREIGN_KEY, name));
    return false;
}

/* The commas between them may be missing. */
static bool take_constraints(struct tokens *tokens, struct ddl_table *table)
{
    const char *name = NULL;
    while (!tokens_take_operator(tokens, ')')) {
        if (!take_constraint(tokens, table, &name))
            return false;
        if (!tokens_take_operator(tokens, ','))
            continue;
        ddl_keep_name(tokens->arena, &table->options, name, "");
        name = NULL;
    }
    ddl_keep_name(tokens->arena, &table->options, name, "");
    return true;
}

static bool take_body(struct tokens *tokens, struct ddl_table *table)
{
    if (!tokens_take_operator(tokens, '('))
        return false;
    do {
        if (starts_constraint(tokens))
            return take_constraints(tokens, table);
        if (!ddl_take_column(tokens, table))
            return false;
    } while (tokens_take_operator(tokens, ','));
    return tokens_take_operator(tokens, ')');
}

static bool take_options(struct tokens *tokens, struct ddl_table *table)
{
    if (tokens->at == tokens->count)
        return true;
    do {
        if (tokens_take(tokens, "WITHOUT ROWID"))
            table->without_rowid = true;
        else if (tokens_take(tokens, "STRICT"))
            table->strict = true;
        else
            return false;
    } while (tokens_take_operator(tokens, ','));
    return tokens->at == tokens->count;
}

bool ddl_read_table(struct arena *arena, const char *text, size_t length, struct ddl_table *ret_table)
{
    struct tokens tokens;
    struct ddl_table table = {0};
    if (!tokens_read(arena, text, length, &tokens) || !tokens_take(&tokens, "CREATE TABLE"))
        return false;
    tokens_take(&tokens, "IF NOT EXISTS");
    if (!tokens_take_qualified(&tokens, &table.name) || !take_body(&tokens, &table) ||
        !take_options(&tokens, &table))
        return false;
    *ret_table = table;
    return true;
}
