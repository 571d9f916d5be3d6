/*
 * Definitions of which one schema is compared: that of a target that is one schema of many, whose name they
 * do not know. What they make in the schema that is there anyway, and so by names without a schema, is its
 * own.
 */
#ifndef SOURCE_ONE_SCHEMA_H
#define SOURCE_ONE_SCHEMA_H

#include "source/catalog.h"

/*
 * Fails with DUN_BAD_INPUT, at the place of the first, where all that is defined is named in other schemas,
 * for then the target would be to be empty. Where some is, as what tenants share, a warning of each schema
 * says that it does not count.
 */
bool one_schema_check(struct source_catalog *source, const struct source_definitions *definitions,
                      dun_error *error);

/* After a failure of such definitions for want of an object: what to do about it. */
void one_schema_hint(const struct source_catalog *source, dun_error *error);

#endif
