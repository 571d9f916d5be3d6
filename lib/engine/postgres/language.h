/*
 * How schemas of PostgreSQL are changed: the SQL of every kind of object, one file for kinds that belong
 * together. language.c says how each change is made and calls the writers of the kinds. For this folder.
 *
 * Texts of the catalog (types, expressions, names in references) are SQL as the server wrote it, qualified
 * where need be, and are used as they are; names of objects are names, and are quoted here.
 */
#ifndef POSTGRES_LANGUAGE_H
#define POSTGRES_LANGUAGE_H

#include "engine/postgres/language_clauses.h"
#include "engine/postgres/language_facts.h"

#include "base/str.h"
#include "plan/language.h"

/* Texts: language_text.c. What gives a text gives it in the arena of the plan. */

void text_name(struct str *to, const char *name); /* an identifier */
void text_literal(struct str *to, const char *value);
void text_body(struct str *to, const char *body);                  /* in dollar quotes */
void text_names(struct str *to, const struct schema_value *names); /* a, b, c */

/* The object as SQL refers to it: schema.name, of a part that is named in its schema with that of its table.
 */
void text_object(struct str *to, const struct schema_object *object);
const char *object_text(const struct plan_rendering *rendering, const struct schema_object *object);
const char *name_text(const struct plan_rendering *rendering, const char *name);

/* The keyword of the kind in CREATE, ALTER, DROP, COMMENT ON: "TABLE". */
const char *kind_keyword(enum schema_kind kind);

/* Adds the text as a statement and empties it. */
struct plan_statement *add_text(struct plan_rendering *rendering, unsigned hazards, struct str *text);
struct plan_statement *add_text_to(struct plan_rendering *rendering, enum plan_section section,
                                   unsigned hazards, struct str *text);

/* Options "key=value": (a = 'b', c = 'd'), with `separator` between key and value; only those that begin with
 * `prefix`, without it. */
void text_options(struct str *to, const struct schema_value *options, const char *separator);

/* SET (...) and RESET (...) as clauses of ALTER, or OPTIONS (ADD ..., SET ..., DROP ...) of foreign objects,
 * each behind a separator if there is something before. False: nothing differs. */
bool text_options_change(struct str *to, const struct schema_object *from,
                         const struct schema_object *to_object);
bool text_foreign_options_change(struct str *to, const struct schema_object *from,
                                 const struct schema_object *to_object);

/* Comments, owners, and what a new object has beside its CREATE: language_common.c */
void write_comment(struct plan_rendering *rendering, const struct schema_object *object);
void write_owner(struct plan_rendering *rendering, const struct schema_object *object);
void write_comment_and_owner(struct plan_rendering *rendering, const struct diff_change *change);
void write_drop(struct plan_rendering *rendering, const struct schema_object *object, unsigned hazards);
bool write_rename(struct plan_rendering *rendering, const struct schema_object *from,
                  const struct schema_object *to);

/*
 * The writers of kinds. `create` and `drop` write one object, without its comment and owner; `alter` what the
 * change of the object itself changes, the same.
 */
struct kind_writer {
    bool (*create)(struct plan_rendering *rendering, const struct schema_object *object, dun_error *error);
    void (*drop)(struct plan_rendering *rendering, const struct schema_object *object); /* NULL: write_drop */
    void (*alter)(struct plan_rendering *rendering,
                  const struct diff_change *change);            /* NULL: nothing is altered in place */
    enum plan_means (*means)(const struct diff_change *change); /* of a DIFF_ALTER; NULL: in place */
};

extern const struct kind_writer schema_writer, extension_writer, statistics_writer; /* language_other.c */
extern const struct kind_writer sequence_writer;                                    /* language_sequence.c */
extern const struct kind_writer data_wrapper_writer, server_writer;                 /* language_foreign.c */
extern const struct kind_writer publication_writer; /* language_publication.c */
extern const struct kind_writer collation_writer, enum_writer, domain_writer, composite_writer,
    range_writer;                                                  /* language_type.c, language_composite.c */
extern const struct kind_writer function_writer, aggregate_writer; /* language_routine.c */
extern const struct kind_writer view_writer, materialized_view_writer; /* language_view.c */
void write_view_default(struct plan_rendering *rendering, const struct schema_object *column);
extern const struct kind_writer index_writer;      /* language_index.c */
extern const struct kind_writer constraint_writer; /* language_constraint.c */
extern const struct kind_writer trigger_writer, rule_writer, policy_writer,
    event_trigger_writer;                                               /* language_trigger.c */
extern const struct kind_writer grant_writer, default_privilege_writer; /* language_grant.c */
extern const struct kind_writer column_writer;                          /* language_column.c */

/* START WITH 5 ...: what the object, a sequence or an identity column, says of its sequence, each behind a
 * blank and `before`; and what changes of that. False: nothing. language_sequence.c */
void text_sequence_options(struct str *to, const struct schema_object *sequence, const char *before);
bool text_sequence_changes(struct str *to, const struct diff_change *change, const char *before);

/*
 * Sequences, plain and of identity columns, whose limits move: language_sequence_limits.c. One that stands
 * before its new range is moved to where that begins, by statements before the change. Of one that may stand
 * behind it, a question for a check, in the arena of the plan; NULL: none can.
 */
bool counts_down(const struct schema_object *sequence);
void write_sequence_into_limits(struct plan_rendering *rendering, const struct diff_change *change);
const char *sequence_beyond_limits(const struct plan_rendering *rendering, const struct diff_change *change);
extern const char sequence_limit_hint[];

/* A column whose own sequence becomes that of its identity, and the other way round: both may have one name,
 * so that the one goes before the other comes. language_sequence.c */
void write_own_sequence_drop(struct plan_rendering *rendering, const struct schema_object *column);
bool loses_identity_for_sequence(const struct plan_rendering *rendering, const struct schema_object *column);

/* The statement builds or drops the index of that quoted name while others write: alone, and what it leaves
 * when it fails is an invalid index, which goes with `removal`. language_index.c */
void set_concurrent(struct plan_rendering *rendering, struct plan_statement *statement, const char *index,
                    bool builds);

/* Tables: language_table.c */
bool write_table(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error);
bool write_table_changes(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error);
void write_table_drop(struct plan_rendering *rendering, const struct schema_object *table);
enum plan_means table_means(const struct diff_change *change);

/* By what replicas tell rows of a table, an index perhaps, or that of a key: language_replica.c. The second
 * where that is created again, and so does no more. */
void write_replica_identity(struct plan_rendering *rendering, const struct schema_object *table);
void write_identity_again(struct plan_rendering *rendering, const struct schema_object *part);

/* Columns: language_column.c */
void text_column(struct str *to, const struct schema_object *column); /* "name" integer DEFAULT 1 NOT NULL */
void write_column_extras(struct plan_rendering *rendering,
                         const struct schema_object *column); /* what no CREATE or ADD says */
unsigned added_column_hazards(const struct plan_rendering *rendering, const struct schema_object *column);

void add_column_clause(struct plan_rendering *rendering, struct table_clauses *clauses,
                       const struct schema_object *column);

/* Clauses for what the creation of the column could not say. */
void add_new_column_clauses(struct table_clauses *clauses, const struct schema_object *column);

void write_identity_start(struct plan_rendering *rendering, const struct schema_object *column);

/* Changes of columns: language_column_change.c */
void write_identity_into_limits(struct plan_rendering *rendering,
                                const struct diff_change *change); /* before all else */
void write_column_clauses(struct plan_rendering *rendering, struct table_clauses *clauses,
                          const struct diff_change *change);

/* False, with an error: the server has no way to change the column so. */
bool column_change_is_possible(const struct plan_rendering *rendering, const struct diff_change *change,
                               dun_error *error);

/* Columns whose type is dropped and comes back: language_column_detach.c. Before it goes, and when it is
 * there again. */
bool write_detach(struct plan_rendering *rendering, const struct schema_object *column, dun_error *error);
void write_attach(struct plan_rendering *rendering, const struct schema_object *column);

/* A type that is replaced while columns have values of it is not dropped before they have values of the new
 * one: it is only renamed, and dropped at the end. False: it is to be dropped at once. */
bool write_type_aside(struct plan_rendering *rendering, const struct schema_object *type);

/* NOT NULL: language_not_null.c */
bool is_valid_not_null(const struct schema_object *column);             /* and true of all rows */
void text_not_null(struct str *to, const struct schema_object *column); /* in the column's definition */
void append_not_null_constraint(struct str *to, const struct schema_object *column); /* ADD CONSTRAINT ... */
void add_null_clause(struct plan_rendering *rendering, struct table_clauses *clauses,
                     const struct diff_change *change);
bool becomes_not_null_online(const struct plan_rendering *rendering, const struct diff_change *change);
void write_not_null_online(struct plan_rendering *rendering, const struct diff_change *change);

/* What keeps the column from being null has a name from version 18 on. Was it given by somebody? */
bool has_own_not_null_name(const struct schema_object *column);
void write_not_null_name(struct plan_rendering *rendering, const struct diff_change *change);

/*
 * Columns whose type is replaced: language_composite.c. Their values are texts meanwhile, made by
 * text_replaced_value. What they lose by it, as hazards; false: texts cannot say it.
 */
unsigned replaced_type_losses(const struct plan_rendering *rendering, const struct schema_object *column);
bool replaced_type_is_possible(const struct plan_rendering *rendering, const struct schema_object *column,
                               dun_error *error);
enum { NESTED_TYPES = 8 };
bool has_type(const struct schema_object *object, const struct schema_object *type, unsigned depth);
void text_replaced_value(const struct plan_rendering *rendering, struct str *to,
                         const struct schema_object *column);

/* Constraints: language_constraint.c */
void text_constraint(struct str *to,
                     const struct schema_object *constraint); /* CONSTRAINT "name" CHECK (...) */
void add_constraint_clause(struct plan_rendering *rendering, struct table_clauses *clauses,
                           const struct schema_object *constraint);
bool constraint_stands_apart(const struct schema_object *constraint); /* CREATE TABLE cannot say it */
void write_constraint(struct plan_rendering *rendering, const struct schema_object *constraint);
bool constraint_goes_online(const struct plan_rendering *rendering, const struct schema_object *constraint);
void write_constraint_extras(struct plan_rendering *rendering, const struct schema_object *constraint);

/* Types: language_cast.c */

/* How values of one type become values of another. */
struct type_change {
    bool by_itself;    /* ALTER COLUMN TYPE needs no USING, and the default may stay */
    const char *using; /* otherwise: what stands behind the column's name: "::text::shop.mood" */
    unsigned hazards;
    const char
        *misfit; /* a condition on the column %s that tells values which do not fit; NULL: none can be told */
};
struct type_change type_change_of(struct arena *arena, const char *from, const char *to);

/* How the server stores values of the type where nothing is said: "plain", "main", "extended". */
const char *usual_storage(const char *type);

/* Indexes: language_index.c */
void text_index_columns(struct str *to, const struct schema_object *index,
                        bool with_operators); /* ("a" DESC, (lower(b))) */
void text_index_tail(struct str *to,
                     const struct schema_object *index); /* INCLUDE, NULLS NOT DISTINCT, WITH, ... */
const char *duplicates_check(const struct plan_rendering *rendering, const struct schema_object *index);

extern const struct plan_language postgres_language;
extern const struct diff_rules postgres_diff_rules;

#endif
