/* In which order files are loaded: what is referred to first, and circles broken where something may wait. */
#include "base/error.h"
#include "base/str.h"
#include "base/vector.h"
#include "engine/rows.h"
#include "seed/work.h"

#include <string.h>

/* One work has to come after another. */
struct edge {
    size_t from, to; /* `from` refers to `to` */
    const struct seed_reference
        *reference; /* NULL: by labels in a column, or as the earlier file of a table */
    size_t column;  /* of the work; of an edge by labels */
    bool labels, gone;
};

struct ordering {
    struct seed_works *works;
    enum row_references checked;
    VECTOR(struct edge) edges;
    bool *placed, *seen;
};

static int place_of_column(const struct seed_work *work, size_t number)
{
    for (size_t i = 0; i < work->count; ++i)
        if (work->columns[i].number == number)
            return (int)i;
    return SEED_NO_COLUMN;
}

/* A reference counts when the file has all of its columns. */
static bool is_in_file(const struct seed_work *work, const struct seed_reference *reference)
{
    for (size_t i = 0; i < reference->count; ++i)
        if (place_of_column(work, reference->columns[i]) == SEED_NO_COLUMN)
            return false;
    return true;
}

/* A column that may be NULL for a while; SEED_NO_COLUMN: there is none. */
static int column_that_waits(const struct seed_work *work, const struct edge *edge)
{
    const struct seed_column *columns = work->table->columns;
    if (!edge->reference) {
        const struct seed_work_column *column = &work->columns[edge->column];
        return edge->labels && !column->key && !columns[column->number].not_null ? (int)edge->column
                                                                                 : SEED_NO_COLUMN;
    }
    for (size_t i = 0; i < edge->reference->count; ++i) {
        int place = place_of_column(work, edge->reference->columns[i]);
        if (place != SEED_NO_COLUMN && !work->columns[place].key &&
            !columns[edge->reference->columns[i]].not_null)
            return place;
    }
    return SEED_NO_COLUMN;
}

static void make_late(struct seed_work *work, int column)
{
    work->columns[column].late = true;
    work->has_late = true;
}

/* Does nobody look at the reference before the end? */
static bool is_put_off(const struct ordering *ordering, const struct edge *edge)
{
    return edge->reference && (ordering->checked == REFERENCES_BY_COMMIT ||
                               (ordering->checked == REFERENCES_BY_STATEMENT && edge->reference->deferrable));
}

static bool cannot_wait(const struct ordering *ordering, const struct seed_work *work,
                        const struct edge *edge, dun_error *error)
{
    const char *name =
        work->table
            ->columns[edge->reference ? edge->reference->columns[0] : work->columns[edge->column].number]
            .name;
    error_set(error, DUN_BAD_INPUT,
              "rows of %s refer to rows that need them in turn, and column %s can be neither "
              "NULL nor checked later",
              work->table->full_name, name);
    error_at(error, work->file->path, 0, 0);
    error_hint(error, "allow NULL in the column%s",
               edge->labels ? ", or give the rows keys in the file instead of labels"
               : ordering->checked == REFERENCES_BY_STATEMENT ? ", or make the foreign key DEFERRABLE"
                                                              : "");
    return false;
}

/* Rows of one file that refer to each other. */
static bool settle_own(struct ordering *ordering, struct seed_work *work, const struct edge *edge,
                       dun_error *error)
{
    int column = column_that_waits(work, edge);
    if (edge->labels) {
        if (column == SEED_NO_COLUMN)
            return cannot_wait(ordering, work, edge, error);
        make_late(work, column);
    } else if (ordering->checked == REFERENCES_BY_ROW && column != SEED_NO_COLUMN && !work->backwards) {
        make_late(work, column); /* otherwise the file's own order must do */
    }
    return true;
}

static bool add_edge(struct ordering *ordering, struct edge edge, dun_error *error)
{
    if (edge.from == edge.to)
        return settle_own(ordering, ordering->works->items[edge.from], &edge, error);
    *vector_add(ordering->works->arena, &ordering->edges) = edge;
    return true;
}

static bool add_edges_to(struct ordering *ordering, size_t from, const struct seed_table *table,
                         struct edge edge, dun_error *error)
{
    for (size_t i = 0; i < ordering->works->count; ++i) {
        if (ordering->works->items[i]->table != table)
            continue;
        edge.from = from;
        edge.to = i;
        if (!add_edge(ordering, edge, error))
            return false;
    }
    return true;
}

static bool add_label_edges(struct ordering *ordering, size_t from, dun_error *error)
{
    const struct seed_works *works = ordering->works;
    const struct seed_work *work = works->items[from];
    for (size_t i = 0; i < work->survey.uses.count; ++i) {
        const struct seed_label_use *use = &work->survey.uses.items[i];
        const struct seed_label *label = map_get(works->labels, use->label);
        size_t to = 0;
        while (works->items[to] != label->work)
            ++to;
        struct edge edge = {.from = from, .to = to, .column = use->column, .labels = true};
        if (!work->columns[use->column].late && !add_edge(ordering, edge, error))
            return false;
    }
    return true;
}

static bool add_edges(struct ordering *ordering, dun_error *error)
{
    const struct seed_works *works = ordering->works;
    for (size_t i = 0; i < works->count; ++i) {
        const struct seed_work *work = works->items[i];
        for (size_t j = 0; j < work->table->reference_count; ++j) {
            struct edge edge = {.reference = &work->table->references[j]};
            if (is_in_file(work, edge.reference) &&
                !add_edges_to(ordering, i, edge.reference->to, edge, error))
                return false;
        }
        for (size_t j = 0; j < i; ++j) /* of two files for one table the first comes first */
            if (works->items[j]->table == work->table)
                *vector_add(works->arena, &ordering->edges) = (struct edge){.from = i, .to = j};
        if (!add_label_edges(ordering, i, error))
            return false;
    }
    return true;
}

static bool is_ready(const struct ordering *ordering, size_t work)
{
    VECTOR_EACH (const struct edge, edge, &ordering->edges)
        if (edge->from == work && !edge->gone && !ordering->placed[edge->to])
            return false;
    return true;
}

static bool reaches(struct ordering *ordering, size_t from, size_t to)
{
    if (from == to)
        return true;
    ordering->seen[from] = true;
    VECTOR_EACH (const struct edge, edge, &ordering->edges)
        if (edge->from == from && !edge->gone && !ordering->placed[edge->to] && !ordering->seen[edge->to] &&
            reaches(ordering, edge->to, to))
            return true;
    return false;
}

static bool is_in_circle(struct ordering *ordering, const struct edge *edge)
{
    if (edge->gone || ordering->placed[edge->from] || ordering->placed[edge->to])
        return false;
    memset(ordering->seen, 0, ordering->works->count * sizeof *ordering->seen);
    return reaches(ordering, edge->to, edge->from);
}

/*
 * Takes one edge out of a circle: best one that is checked later anyway, else one with a column that waits.
 */
static bool break_circle(struct ordering *ordering, dun_error *error)
{
    struct edge *unbreakable = NULL;
    for (int waiting = 0; waiting <= 1; ++waiting)
        VECTOR_EACH (struct edge, edge, &ordering->edges) {
            struct seed_work *work = ordering->works->items[edge->from];
            if (!is_in_circle(ordering, edge) || (!edge->reference && !edge->labels))
                continue;
            int column = column_that_waits(work, edge);
            edge->gone = waiting ? column != SEED_NO_COLUMN : is_put_off(ordering, edge);
            if (edge->gone && waiting)
                make_late(work, column);
            if (edge->gone)
                return true;
            unbreakable = edge;
        }
    return cannot_wait(ordering, ordering->works->items[unbreakable->from], unbreakable, error);
}

static bool place_all(struct ordering *ordering, struct seed_work **order, dun_error *error)
{
    struct seed_works *works = ordering->works;
    for (size_t count = 0; count < works->count;) {
        size_t before = count;
        for (size_t i = 0; i < works->count; ++i)
            if (!ordering->placed[i] && is_ready(ordering, i)) {
                ordering->placed[i] = true;
                order[count++] = works->items[i];
            }
        if (count == before && !break_circle(ordering, error))
            return false;
    }
    return true;
}

bool seed_works_order(struct seed_works *works, dun_error *error)
{
    struct seed_work **order = arena_alloc(works->arena, (works->count + 1) * sizeof *order);
    struct ordering ordering = {
        .works = works,
        .checked = works->tables->engine->rows->references,
        .placed = arena_alloc(works->arena, works->count + 1),
        .seen = arena_alloc(works->arena, works->count + 1),
    };
    if (!add_edges(&ordering, error) || !place_all(&ordering, order, error))
        return false;
    works->items = order;
    return true;
}
