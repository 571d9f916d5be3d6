/* What is asked of objects, changes and steps where SQL is written for them; for the files language*.c. */
#ifndef POSTGRES_LANGUAGE_FACTS_H
#define POSTGRES_LANGUAGE_FACTS_H

#include "plan/language.h"

bool is_set(const struct schema_object *object, enum schema_attribute attribute);
bool is_value(const struct schema_object *object, enum schema_attribute attribute, const char *value);

bool is_constraint(enum schema_kind kind);
bool is_type(enum schema_kind kind); /* that a column can be of */

bool is_foreign_column(const struct schema_object *column);
bool is_clustered(const struct schema_object *table); /* on one of its indexes or keys */

/* Is the text, a name as the server writes it, that of what has this schema and this name? */
bool is_name_of(struct arena *arena, const char *text, const char *schema, const char *name);

/* Is the part of a table there because the table it inherits from, or is a partition of, has it? */
bool is_inherited(const struct schema_object *part);

/* Is the attribute among those that the change changes? A change that creates or drops has none. */
bool changes(const struct diff_change *change, enum schema_attribute attribute);

/* Does it change nothing but what is in the list, which ends in SCHEMA_ATTRIBUTE_COUNT? */
bool changes_only(const struct diff_change *change, const enum schema_attribute *attributes);

/* The change of the object itself among those of the step; NULL: none. */
const struct diff_change *own_change(const struct plan_step *step);

/* Is the table, or what the part is of, made by this plan? Then nothing on it takes long or fails on rows. */
bool is_new(const struct plan_rendering *rendering, const struct schema_object *object);

/* Is it a partition that is made as a table and attached at the end, for indexes that it shares with its
 * table have names of their own? What is inherited is then made like everything else. */
bool is_attached_later(const struct plan_rendering *rendering, const struct schema_object *table);

/* The major version of the server whose schema is changed: 15. A very new one where none is known. */
int server_version(const struct plan_rendering *rendering);

#endif
