/*
 * The order comes from a graph: a unit (one statement, or a file that must stay together) points to the names
 * that it mentions, a name to the units that create it. A walk in depth gives the order. The names are found
 * by tokens, so the graph may say too much (a column that has the name of a table) or too little (what a
 * string holds); then a statement fails at first, and is tried again by load.c.
 */
#include "source/load_order.h"

#include "base/map.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/vector.h"
#include "sql/classify.h"
#include "sql/lexer.h"

#include <string.h>

typedef VECTOR(size_t) indexes;

/* Units come first, names behind them. */
struct node {
    indexes needs;
    enum { UNSEEN, OPEN, CLOSED } state;
};

struct graph {
    struct arena *arena;
    enum sql_dialect dialect;
    struct map *names; /* text -> index of the node, plus 1, as a pointer */
    VECTOR(struct node) nodes;
    struct str key; /* a name that is looked up */
};

/* Does the name need a word of its own in the map? What nobody mentions does not. */
static bool is_mentioned(const char *kind)
{
    return strcmp(kind, "TRIGGER") != 0 && strcmp(kind, "RULE") != 0 && strcmp(kind, "POLICY") != 0;
}

static bool is_name(const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED;
}

/* Without quotes and in small letters: names that differ only in that count as one, which does no harm. */
static void append_plain(struct str *key, const char *text, size_t length)
{
    bool quoted = length >= 2 && (text[0] == '"' || text[0] == '`' || text[0] == '[');
    for (size_t i = quoted ? 1 : 0; i < (quoted ? length - 1 : length); ++i)
        str_append_char(key, text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + ('a' - 'A')) : text[i]);
}

static size_t find(const struct graph *graph, const char *name)
{
    return (size_t)(uintptr_t)map_get(graph->names, name);
}

/* The node of a name, made when it is new. */
static size_t name_node(struct graph *graph, const char *name)
{
    size_t found = find(graph, name);
    if (found)
        return found - 1;
    size_t index = graph->nodes.count;
    vector_add(graph->arena, &graph->nodes)->state = UNSEEN;
    map_add(graph->names, arena_strdup(graph->arena, name), (void *)(uintptr_t)(index + 1));
    return index;
}

static void add_need(struct graph *graph, size_t from, size_t to)
{
    indexes *needs = &graph->nodes.items[from].needs;
    if (needs->count == 0 || needs->items[needs->count - 1] != to)
        *vector_add(graph->arena, needs) = to;
}

/* "sales.orders" is found as such and, by those who mention "orders" alone, as "*.orders". */
static void add_creator(struct graph *graph, const struct load_entry *entry,
                        const struct sql_created *created)
{
    struct sql_lexer lexer;
    struct sql_token last = {0};
    str_clear(&graph->key);
    sql_lexer_init(&lexer, graph->dialect, created->name, created->name_length);
    for (struct sql_token token = sql_lexer_next_significant(&lexer); token.kind != SQL_TOKEN_END;
         token = sql_lexer_next_significant(&lexer)) {
        append_plain(&graph->key, token.text, token.length);
        last = token;
    }
    bool qualified = last.length && last.text != created->name;
    add_need(graph, name_node(graph, str_text(&graph->key)), entry->unit);
    if (!qualified)
        return;
    str_clear(&graph->key);
    str_append(&graph->key, "*.");
    append_plain(&graph->key, last.text, last.length);
    add_need(graph, name_node(graph, str_text(&graph->key)), entry->unit);
}

/* Where in a statement the tokens are. */
struct reading {
    struct sql_token previous, before; /* before: the token before the dot */
    size_t depth, groups;              /* of parentheses */
    bool table;                        /* the columns of a table are in the first group */
    bool body;                         /* inside a dollar quote; what is quoted in there is not looked into */
    const char *own_start, *own_end;   /* the created name */
};

/* The name of a column or constraint that is being defined. */
static bool is_being_defined(const struct reading *reading, const struct sql_token *token)
{
    if (token->text >= reading->own_start && token->text < reading->own_end)
        return true;
    if (sql_token_is(&reading->previous, "CONSTRAINT"))
        return true;
    return reading->table && reading->groups == 1 && reading->depth == 1 &&
           (sql_token_is_operator(&reading->previous, '(') || sql_token_is_operator(&reading->previous, ','));
}

static size_t find_one(struct graph *graph, const char *prefix, const struct sql_token *first,
                       const struct sql_token *second)
{
    str_clear(&graph->key);
    str_append(&graph->key, prefix);
    append_plain(&graph->key, first->text, first->length);
    if (second) {
        str_append_char(&graph->key, '.');
        append_plain(&graph->key, second->text, second->length);
    }
    return find(graph, str_text(&graph->key));
}

static void add_mention(struct graph *graph, size_t unit, const struct reading *reading,
                        const struct sql_token *token)
{
    bool qualified = sql_token_is_operator(&reading->previous, '.');
    size_t found = qualified ? find_one(graph, "", &reading->before, token) : 0;
    if (!found)
        found = find_one(graph, "", token, NULL);
    if (!found && !qualified)
        found = find_one(graph, "*.", token, NULL);
    if (found)
        add_need(graph, unit, found - 1);
}

static void read_token(struct reading *reading, const struct sql_token *token)
{
    if (sql_token_is_operator(token, '(')) {
        reading->groups += reading->depth == 0;
        reading->depth++;
    } else if (sql_token_is_operator(token, ')') && reading->depth > 0) {
        reading->depth--;
    }
    if (!sql_token_is_operator(token, '.'))
        reading->before = *token;
    reading->previous = *token;
}

/* The inside of a dollar quote, which is mostly the body of a function; false: the token is none. */
static bool dollar_body(const struct sql_token *token, const char **ret_text, size_t *ret_length)
{
    if (token->kind != SQL_TOKEN_STRING || token->text[0] != '$' || token->unclosed)
        return false;
    const char *tag_end = memchr(token->text + 1, '$', token->length - 1);
    size_t tag = tag_end ? (size_t)(tag_end - token->text) + 1 : token->length;
    if (token->length < 2 * tag)
        return false;
    *ret_text = token->text + tag;
    *ret_length = token->length - 2 * tag;
    return true;
}

static void add_mentions(struct graph *graph, size_t unit, const char *sql, size_t length,
                         struct reading reading)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, graph->dialect, sql, length);
    for (struct sql_token token = sql_lexer_next_significant(&lexer); token.kind != SQL_TOKEN_END;
         token = sql_lexer_next_significant(&lexer)) {
        const char *body;
        size_t body_length;
        if (is_name(&token) && !is_being_defined(&reading, &token))
            add_mention(graph, unit, &reading, &token);
        else if (!reading.body && dollar_body(&token, &body, &body_length))
            add_mentions(graph, unit, body, body_length, (struct reading){.body = true});
        read_token(&reading, &token);
    }
}

static void build(struct graph *graph, const struct load_entry *entries, size_t count)
{
    struct sql_created *created = arena_alloc(graph->arena, memory_multiply(count, sizeof *created));
    for (size_t i = 0; i < count; ++i) {
        while (graph->nodes.count <= entries[i].unit)
            vector_add(graph->arena, &graph->nodes)->state = UNSEEN;
        created[i] = sql_created_object(graph->dialect, entries[i].sql, entries[i].length);
    }
    for (size_t i = 0; i < count; ++i)
        if (created[i].name && is_mentioned(created[i].kind))
            add_creator(graph, &entries[i], &created[i]);
    for (size_t i = 0; i < count; ++i) {
        struct reading reading = {.table = created[i].kind && strcmp(created[i].kind, "TABLE") == 0,
                                  .own_start = created[i].name,
                                  .own_end =
                                      created[i].name ? created[i].name + created[i].name_length : NULL};
        add_mentions(graph, entries[i].unit, entries[i].sql, entries[i].length, reading);
    }
}

struct walk {
    struct graph *graph;
    size_t units;
    indexes path; /* open nodes */
    indexes next; /* for each of them, which of its needs comes next */
    indexes done; /* units, in the order that is wanted */
};

static void enter(struct walk *walk, size_t node)
{
    if (walk->graph->nodes.items[node].state != UNSEEN)
        return; /* done, or part of a circle, which is cut here */
    walk->graph->nodes.items[node].state = OPEN;
    *vector_add(walk->graph->arena, &walk->path) = node;
    *vector_add(walk->graph->arena, &walk->next) = 0;
}

/* A stack of our own: chains may be as long as there are statements. */
static void visit(struct walk *walk, size_t unit)
{
    enter(walk, unit);
    while (walk->path.count) {
        size_t top = walk->path.count - 1, index = walk->path.items[top];
        struct node *node = &walk->graph->nodes.items[index];
        if (walk->next.items[top] < node->needs.count) {
            enter(walk, node->needs.items[walk->next.items[top]++]);
            continue;
        }
        node->state = CLOSED;
        if (index < walk->units)
            *vector_add(walk->graph->arena, &walk->done) = index;
        walk->path.count--;
        walk->next.count--;
    }
}

void load_order(enum sql_dialect dialect, const struct load_entry *entries, size_t count, size_t *ret_order)
{
    struct graph graph = {.arena = arena_new(), .dialect = dialect, .key = STR_INIT};
    graph.names = map_new(graph.arena);
    build(&graph, entries, count);
    struct walk walk = {.graph = &graph, .units = count ? entries[count - 1].unit + 1 : 0};
    size_t *firsts = arena_alloc(graph.arena, memory_multiply(walk.units + 1, sizeof *firsts));
    for (size_t i = count; i > 0; --i)
        firsts[entries[i - 1].unit] = i - 1;
    for (int phase = LOAD_TABLES; phase <= LOAD_REST; ++phase)
        for (size_t unit = 0; unit < walk.units; ++unit)
            if ((int)entries[firsts[unit]].phase == phase)
                visit(&walk, unit);
    size_t written = 0;
    VECTOR_EACH (size_t, unit, &walk.done)
        for (size_t i = firsts[*unit]; i < count && entries[i].unit == *unit; ++i)
            ret_order[written++] = i;
    str_free(&graph.key);
    arena_free(graph.arena);
}
