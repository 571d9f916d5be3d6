/*
 * The kinds of objects that a catalog has, and the attributes that objects have: the closed lists on which
 * catalogs, differences and plans are built. A reader of an engine's catalog fills what its engine knows;
 * nothing above asks which engine it was. Adding a kind or an attribute is adding a line here.
 */
#ifndef SCHEMA_KIND_H
#define SCHEMA_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* X(constant, word): the word is what people, JSON and messages say. Objects print in this order. */
#define SCHEMA_KINDS(X)                              \
    X(SCHEMA_SCHEMA, "schema")                       \
    X(SCHEMA_EXTENSION, "extension")                 \
    X(SCHEMA_COLLATION, "collation")                 \
    X(SCHEMA_ENUM, "enum")                           \
    X(SCHEMA_DOMAIN, "domain")                       \
    X(SCHEMA_COMPOSITE_TYPE, "composite type")       \
    X(SCHEMA_RANGE_TYPE, "range type")               \
    X(SCHEMA_SEQUENCE, "sequence")                   \
    X(SCHEMA_DATA_WRAPPER, "foreign data wrapper")   \
    X(SCHEMA_FOREIGN_SERVER, "foreign server")       \
    X(SCHEMA_FUNCTION, "function")                   \
    X(SCHEMA_PROCEDURE, "procedure")                 \
    X(SCHEMA_AGGREGATE, "aggregate")                 \
    X(SCHEMA_PACKAGE, "package")                     \
    X(SCHEMA_TABLE, "table")                         \
    X(SCHEMA_FOREIGN_TABLE, "foreign table")         \
    X(SCHEMA_VIRTUAL_TABLE, "virtual table")         \
    X(SCHEMA_COLUMN, "column")                       \
    X(SCHEMA_PRIMARY_KEY, "primary key")             \
    X(SCHEMA_UNIQUE, "unique constraint")            \
    X(SCHEMA_CHECK, "check constraint")              \
    X(SCHEMA_EXCLUSION, "exclusion constraint")      \
    X(SCHEMA_FOREIGN_KEY, "foreign key")             \
    X(SCHEMA_VIEW, "view")                           \
    X(SCHEMA_MATERIALIZED_VIEW, "materialized view") \
    X(SCHEMA_INDEX, "index")                         \
    X(SCHEMA_STATISTICS, "statistics")               \
    X(SCHEMA_TRIGGER, "trigger")                     \
    X(SCHEMA_RULE, "rule")                           \
    X(SCHEMA_POLICY, "policy")                       \
    X(SCHEMA_EVENT, "event")                         \
    X(SCHEMA_EVENT_TRIGGER, "event trigger")         \
    X(SCHEMA_PUBLICATION, "publication")             \
    X(SCHEMA_GRANT, "grant")                         \
    X(SCHEMA_DEFAULT_PRIVILEGE, "default privilege")

/* X(constant, word). A value is a text, or a list of texts; an attribute that is not there has the engine's
 * default. */
#define SCHEMA_ATTRIBUTES(X)                              \
    X(ATTRIBUTE_TYPE, "type")                             \
    X(ATTRIBUTE_NOT_NULL, "not null")                     \
    X(ATTRIBUTE_NOT_NULL_NAME, "not null name")           \
    X(ATTRIBUTE_DEFAULT, "default")                       \
    X(ATTRIBUTE_ON_UPDATE_VALUE, "on update value")       \
    X(ATTRIBUTE_GENERATED, "generated")                   \
    X(ATTRIBUTE_STORED, "stored")                         \
    X(ATTRIBUTE_IDENTITY, "identity")                     \
    X(ATTRIBUTE_AUTO_INCREMENT, "auto increment")         \
    X(ATTRIBUTE_CHECK, "check")                           \
    X(ATTRIBUTE_CHARACTER_SET, "character set")           \
    X(ATTRIBUTE_COLLATION, "collation")                   \
    X(ATTRIBUTE_STORAGE, "storage")                       \
    X(ATTRIBUTE_COMPRESSION, "compression")               \
    X(ATTRIBUTE_STATISTICS_TARGET, "statistics target")   \
    X(ATTRIBUTE_INVISIBLE, "invisible")                   \
    X(ATTRIBUTE_IGNORED, "ignored")                       \
    X(ATTRIBUTE_COLUMNS, "columns")                       \
    X(ATTRIBUTE_ORDERS, "orders")                         \
    X(ATTRIBUTE_PREFIX_LENGTHS, "prefix lengths")         \
    X(ATTRIBUTE_OPERATOR_CLASSES, "operator classes")     \
    X(ATTRIBUTE_COLLATIONS, "collations")                 \
    X(ATTRIBUTE_INCLUDED, "included columns")             \
    X(ATTRIBUTE_METHOD, "method")                         \
    X(ATTRIBUTE_UNIQUE, "unique")                         \
    X(ATTRIBUTE_NULLS_NOT_DISTINCT, "nulls not distinct") \
    X(ATTRIBUTE_WHERE, "where")                           \
    X(ATTRIBUTE_ON_CONFLICT, "on conflict")               \
    X(ATTRIBUTE_VALID, "valid")                           \
    X(ATTRIBUTE_CLUSTERED, "clustered")                   \
    X(ATTRIBUTE_EXPRESSION, "expression")                 \
    X(ATTRIBUTE_OPERATORS, "operators")                   \
    X(ATTRIBUTE_REFERENCES, "references")                 \
    X(ATTRIBUTE_REFERENCED_COLUMNS, "referenced columns") \
    X(ATTRIBUTE_MATCH, "match")                           \
    X(ATTRIBUTE_ON_DELETE, "on delete")                   \
    X(ATTRIBUTE_ON_UPDATE, "on update")                   \
    X(ATTRIBUTE_DEFERRABLE, "deferrable")                 \
    X(ATTRIBUTE_TEMPORAL, "temporal")                     \
    X(ATTRIBUTE_NOT_ENFORCED, "not enforced")             \
    X(ATTRIBUTE_NO_INHERIT, "no inherit")                 \
    X(ATTRIBUTE_OPTIONS, "options")                       \
    X(ATTRIBUTE_PERSISTENCE, "persistence")               \
    X(ATTRIBUTE_ACCESS_METHOD, "access method")           \
    X(ATTRIBUTE_TABLESPACE, "tablespace")                 \
    X(ATTRIBUTE_REPLICA_IDENTITY, "replica identity")     \
    X(ATTRIBUTE_ROW_SECURITY, "row security")             \
    X(ATTRIBUTE_INHERITS, "inherits")                     \
    X(ATTRIBUTE_INHERITED, "inherited")                   \
    X(ATTRIBUTE_PARTITION_BY, "partition by")             \
    X(ATTRIBUTE_PARTITION_OF, "partition of")             \
    X(ATTRIBUTE_PARTITION_BOUND, "partition bound")       \
    X(ATTRIBUTE_PARTITIONS, "partitions")                 \
    X(ATTRIBUTE_ENGINE, "engine")                         \
    X(ATTRIBUTE_ROW_FORMAT, "row format")                 \
    X(ATTRIBUTE_SYSTEM_VERSIONED, "system versioned")     \
    X(ATTRIBUTE_PERIODS, "periods")                       \
    X(ATTRIBUTE_WITHOUT_ROWID, "without rowid")           \
    X(ATTRIBUTE_STRICT, "strict")                         \
    X(ATTRIBUTE_LABELS, "labels")                         \
    X(ATTRIBUTE_FIELDS, "fields")                         \
    X(ATTRIBUTE_START, "start")                           \
    X(ATTRIBUTE_INCREMENT, "increment")                   \
    X(ATTRIBUTE_MINIMUM, "minimum")                       \
    X(ATTRIBUTE_MAXIMUM, "maximum")                       \
    X(ATTRIBUTE_CACHE, "cache")                           \
    X(ATTRIBUTE_CYCLE, "cycle")                           \
    X(ATTRIBUTE_OWNED_BY, "owned by")                     \
    X(ATTRIBUTE_ARGUMENTS, "arguments")                   \
    X(ATTRIBUTE_RETURNS, "returns")                       \
    X(ATTRIBUTE_LANGUAGE, "language")                     \
    X(ATTRIBUTE_DEFINITION, "definition")                 \
    X(ATTRIBUTE_BODY, "body")                             \
    X(ATTRIBUTE_TIMING, "timing")                         \
    X(ATTRIBUTE_EVENTS, "events")                         \
    X(ATTRIBUTE_WHEN, "when")                             \
    X(ATTRIBUTE_FOLLOWS, "follows")                       \
    X(ATTRIBUTE_ENABLED, "enabled")                       \
    X(ATTRIBUTE_SCHEDULE, "schedule")                     \
    X(ATTRIBUTE_COMMAND, "command")                       \
    X(ATTRIBUTE_ROLES, "roles")                           \
    X(ATTRIBUTE_USING, "using")                           \
    X(ATTRIBUTE_WITH_CHECK, "with check")                 \
    X(ATTRIBUTE_TABLES, "tables")                         \
    X(ATTRIBUTE_VERSION, "version")                       \
    X(ATTRIBUTE_IN_SCHEMA, "in schema")                   \
    X(ATTRIBUTE_SERVER, "server")                         \
    X(ATTRIBUTE_DATA_WRAPPER, "data wrapper")             \
    X(ATTRIBUTE_HANDLER, "handler")                       \
    X(ATTRIBUTE_VALIDATOR, "validator")                   \
    X(ATTRIBUTE_DEFINER, "definer")                       \
    X(ATTRIBUTE_SECURITY, "security")                     \
    X(ATTRIBUTE_OWNER, "owner")                           \
    X(ATTRIBUTE_PRIVILEGES, "privileges")                 \
    X(ATTRIBUTE_USUAL_PRIVILEGES, "usual privileges")     \
    X(ATTRIBUTE_COMMENT, "comment")

#define SCHEMA_CONSTANT(constant, word) constant,
enum schema_kind { SCHEMA_KINDS(SCHEMA_CONSTANT) SCHEMA_KIND_COUNT };
enum schema_attribute { SCHEMA_ATTRIBUTES(SCHEMA_CONSTANT) SCHEMA_ATTRIBUTE_COUNT };
#undef SCHEMA_CONSTANT

const char *schema_kind_word(enum schema_kind kind);
const char *schema_attribute_word(enum schema_attribute attribute);

/* False: no kind, or attribute, is called that. */
bool schema_kind_from_word(const char *word, enum schema_kind *ret_kind);
bool schema_attribute_from_word(const char *word, enum schema_attribute *ret_attribute);

/* A table that is only there for others comes with such parts, and without what reaches out of it: foreign
 * keys, triggers, policies. */
bool schema_kind_comes_along(enum schema_kind kind);

/* Is its name followed by the types of its arguments: "total(integer)"? */
bool schema_kind_is_routine(enum schema_kind kind);

/* Is the attribute's value SQL: an expression, a query, a body? Names, types and options are not. */
bool schema_attribute_is_sql(enum schema_attribute attribute);

#endif
