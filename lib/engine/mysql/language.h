/*
 * The plan language of MySQL and MariaDB: what the files that write its SQL offer each other. All texts are
 * in the arena of the plan. The two servers differ where `mariadb` is asked for.
 */
#ifndef ENGINE_MYSQL_LANGUAGE_H
#define ENGINE_MYSQL_LANGUAGE_H

#include "base/str.h"
#include "base/vector.h"
#include "plan/language.h"

#include <stdbool.h>

extern const struct diff_rules mysql_diff_rules;
extern const struct plan_language mysql_language;

/* What a change of a table costs while it runs, by the manuals of InnoDB; each includes those before it. */
enum language_cost {
    COST_INSTANT, /* only what is known about the table changes */
    COST_INPLACE, /* readers and writers go on */
    COST_SHARED,  /* writers wait */
    COST_COPY,    /* the table is copied; writers wait */
};

/* language_text.c: pieces of SQL. */
void mysql_engine_append_name(struct str *to, const char *name);
void mysql_engine_append_names(struct str *to, const struct schema_value *names); /* "(`a`, `b`)" */
void mysql_engine_append_string(struct str *to, const char *text);
const char *mysql_engine_name(struct arena *arena, const char *name); /* quoted */
const char *mysql_engine_take(struct arena *arena, struct str *text); /* and frees it */
bool mysql_engine_is_mariadb(const struct plan_rendering *rendering);
const char *mysql_engine_option(const struct schema_object *object,
                                const char *name); /* "NAME=value" -> "value"; NULL: none */

/* MariaDB's option of spatial columns, which stands right behind the type; nothing heeds it. */
#define MYSQL_REFERENCE_SYSTEM "REF_SYSTEM_ID"

/* language_column.c: the reference system of MySQL's spatial column, "4326"; NULL: none. */
const char *mysql_engine_srid(const struct schema_object *column);
bool mysql_engine_changes_srid(const struct diff_change *change);

/* `a` int(11) NOT NULL ... as it stands in CREATE and ALTER TABLE. */
struct language_column_style {
    const struct schema_object
        *tables[2]; /* what is as all of these have it goes without saying; NULLs are passed */
    bool bare;      /* without default and check, which need something */
};
void mysql_engine_append_column(struct str *to, const struct schema_object *column,
                                const struct language_column_style *style);

/* language_part.c: keys and constraints likewise. */
void mysql_engine_append_part(struct str *to, const struct schema_object *part);
/* DROP ... of it, as a clause of ALTER TABLE. */
void mysql_engine_append_drop_part(struct str *to, const struct schema_object *part, bool mariadb);

/* language_table.c */
void mysql_engine_create_table(struct plan_rendering *rendering, const struct plan_step *step);
/* " ENGINE=InnoDB ...": what stands behind the columns, without partitions. */
void mysql_engine_append_table_options(struct str *to, const struct schema_object *table);
void mysql_engine_append_partitions(struct str *to, const struct schema_object *table);

/* language_alter.c: all changes of one table that join. */
bool mysql_engine_alter_table(struct plan_rendering *rendering, const struct plan_step *step,
                              dun_error *error);
/* One part by a statement of its own. */
void mysql_engine_add_part(struct plan_rendering *rendering, const struct schema_object *part);
void mysql_engine_drop_part(struct plan_rendering *rendering, const struct schema_object *part,
                            bool recreated);
/* The column as it is told; `bare`: without what may need something that goes. */
void mysql_engine_attach_column(struct plan_rendering *rendering, const struct schema_object *column,
                                bool bare);

/* language_options.c: clauses that bring the options of the table from one to the other, with a comma before
 * each but the first. Fails for what cannot be changed. */
struct language_alteration;
bool mysql_engine_alter_options(struct language_alteration *alteration, const struct diff_change *change,
                                dun_error *error);
/* language_partitions.c: what is done to some partitions, by statements of their own. True: the change is
 * done by them. */
bool mysql_engine_alter_partitions(struct plan_rendering *rendering, const struct diff_change *change);

/* language_alteration.c: an ALTER TABLE that is being written. */
struct language_alteration {
    struct plan_rendering *rendering;
    const struct schema_object *from, *to; /* the table */
    bool mariadb;
    struct str clauses;
    const char *last; /* what has to stand behind all clauses; NULL: nothing */
    unsigned hazards;
    enum language_cost cost;
    const char *why; /* the clause that costs most */
    VECTOR(struct plan_check) checks;
};

/* ALTER TABLE of `table`, as the server wants it begun: of `from`, NULL where there is none. */
const char *mysql_engine_alter_head(struct arena *arena, const struct schema_object *from,
                                    const struct schema_object *table);

/* Begins a clause: gives where to write it. */
struct str *mysql_engine_clause(struct language_alteration *alteration);
void mysql_engine_cost(struct language_alteration *alteration, enum language_cost cost, unsigned hazards,
                       const char *why);
/* `format` gives a query of the number of rows that the statement would fail on. */
void mysql_engine_check(struct language_alteration *alteration, enum plan_hazard hazard, const char *hint,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* language_hazards.c: what a change of a column, or a new part, costs and endangers. */
void mysql_engine_judge_added_column(struct language_alteration *alteration,
                                     const struct schema_object *column, bool in_place);
void mysql_engine_judge_dropped_column(struct language_alteration *alteration,
                                       const struct schema_object *column);
void mysql_engine_judge_column(struct language_alteration *alteration, const struct diff_change *change);
void mysql_engine_judge_dropped_part(struct language_alteration *alteration,
                                     const struct schema_object *part);
void mysql_engine_judge_added_part(struct language_alteration *alteration, const struct schema_object *part);

/* language_types.c: what becomes of values when a column changes its type. */
enum language_conversion {
    CONVERSION_NONE,      /* the same type */
    CONVERSION_INSTANT,   /* the values stay as they are stored */
    CONVERSION_LONGER,    /* a varchar; MySQL looks at the indexes */
    CONVERSION_TWO_BYTES, /* a varchar whose length needs two bytes from now on; MySQL writes the rows anew */
    CONVERSION_WIDENS,    /* all values keep their meaning, but the rows are written anew */
    CONVERSION_NARROWS,   /* values may be cut, rounded or refused */
    CONVERSION_DROPS,     /* values of an enum or set are gone */
};
enum language_conversion mysql_engine_conversion(const struct schema_object *from,
                                                 const struct schema_object *to);

/* language_access.c: definers and grants that are not compared, see plan_options. */
void mysql_engine_append_definer(struct str *to, const struct schema_object *object); /* "DEFINER=... " */
/* A statement in which that stands. */
void mysql_engine_add_defined(struct plan_rendering *rendering, const struct schema_object *object,
                              const char *sql);
/* A routine was dropped and created; `word` is its kind. */
void mysql_engine_grant_again(struct plan_rendering *rendering, const struct schema_object *routine,
                              const char *word);
/* A table, view, sequence or column was renamed; grants are on names. */
void mysql_engine_move_grants(struct plan_rendering *rendering, const struct schema_object *from,
                              const struct schema_object *to);
void mysql_engine_exchange_grants(struct plan_rendering *rendering, const struct plan_step *step);

bool mysql_engine_is_geometry(const char *type); /* point, polygon, ... */

/* language_program.c: views, sequences, routines, triggers and events. `replace`: it is there already. */
void mysql_engine_create_view(struct plan_rendering *rendering, const struct schema_object *view,
                              bool replace);
void mysql_engine_create_sequence(struct plan_rendering *rendering, const struct schema_object *sequence);
void mysql_engine_alter_sequence(struct plan_rendering *rendering, const struct diff_change *change);
void mysql_engine_create_program(struct plan_rendering *rendering, const struct schema_object *program,
                                 bool replace);
void mysql_engine_alter_program(struct plan_rendering *rendering, const struct diff_change *change);
void mysql_engine_rename_event(struct plan_rendering *rendering, const struct plan_step *step);
void mysql_engine_drop_program(struct plan_rendering *rendering, const struct schema_object *program);

#endif
