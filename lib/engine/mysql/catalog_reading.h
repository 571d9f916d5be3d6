/* What the readers of the catalog share, and offer catalog.c. */
#ifndef ENGINE_MYSQL_CATALOG_READING_H
#define ENGINE_MYSQL_CATALOG_READING_H

#include "engine/engine.h"
#include "engine/mysql/catalog_text.h"

struct catalog_reading {
    const struct catalog_options *options;
    struct catalog *catalog;
    struct arena *scratch; /* what only the reading needs */
    const char *database;  /* the one that is read: a name qualified with it is as good as one that is not */
    struct map *bodies;    /* of triggers ("TRIGGER name") and events, as they were written */
    const char *account;   /* that reads, as a definer is written */
    bool may_name_definers, may_grant; /* with `access`: it may name others, and grant rights */
    bool leaves_definers;              /* there are others, and it may not name them */
};

/* A text of SHOW CREATE, with what it belongs to. */
struct catalog_shown {
    const char *name;
    const char *sql;
    size_t length;
    const char *sql_mode; /* of routines */
    int64_t rows;         /* of tables, estimated; -1: unknown */
};

/* Each adds what the text tells; what it does not understand is named as not modelled. */
void mysql_engine_catalog_read_table(struct catalog_reading *reading, const struct catalog_shown *shown);
void mysql_engine_catalog_read_view(struct catalog_reading *reading, const struct catalog_shown *shown);
void mysql_engine_catalog_read_sequence(struct catalog_reading *reading, const struct catalog_shown *shown);
void mysql_engine_catalog_read_routine(struct catalog_reading *reading, const struct catalog_shown *shown);

/* Keep what a trigger or an event does: information_schema has it with strings that lost their escapes. */
void mysql_engine_catalog_keep_trigger(struct catalog_reading *reading, const struct catalog_shown *shown);
void mysql_engine_catalog_keep_event(struct catalog_reading *reading, const struct catalog_shown *shown);

/* After these: the rows of catalog_triggers.sql, of tables that were read, and of catalog_events.sql. */
void mysql_engine_catalog_read_triggers(struct catalog_reading *reading, const dun_result *rows);
void mysql_engine_catalog_read_events(struct catalog_reading *reading, const dun_result *rows);

/* MariaDB tells the reference systems of spatial columns nowhere but in information_schema; asked where there
 * are such columns. */
bool mysql_engine_catalog_read_srids(struct catalog_reading *reading, dun_connection *connection,
                                     dun_error *error);

/* With `access`, before all objects: what the account may do. */
bool mysql_engine_catalog_ask_rights(struct catalog_reading *reading, dun_connection *connection,
                                     dun_error *error);

/* Once all objects are there: grants on them, as parts; and what needs what. */
bool mysql_engine_catalog_read_grants(struct catalog_reading *reading, dun_connection *connection,
                                      dun_error *error);
void mysql_engine_catalog_find_needs(struct catalog_reading *reading);

/* "root@localhost" as SHOW CREATE prints it; NULL for NULL. */
const char *mysql_engine_catalog_account(struct arena *arena, const char *account);

/* "DEFINER=...", if that is next, is taken and given. It is set only where definers are asked for, or those
 * of others. */
const char *mysql_engine_catalog_take_definer(struct catalog_text *text);
void mysql_engine_catalog_set_definer(struct catalog_reading *reading, struct schema_object *object,
                                      const char *definer);

/*
 * The modes of sql_mode under which a text means something else, as the option "sql_mode=ANSI_QUOTES,...";
 * NULL: there is none of them.
 */
const char *mysql_engine_catalog_mode_option(struct arena *arena, const char *sql_mode);

/*
 * The body of a program without what stands behind it: MySQL keeps the semicolon that separated it from the
 * next statement of its packet.
 */
const char *mysql_engine_catalog_body(struct arena *arena, const char *text, size_t length);

/* Texts that are gathered for an attribute. */
struct catalog_texts {
    const char **items;
    size_t count, capacity;
};

/* Sets the list, unless it is empty. */
void mysql_engine_catalog_set_texts(struct catalog *catalog, struct schema_object *object,
                                    enum schema_attribute attribute, const struct catalog_texts *texts);

#endif
