/* dun_report_schema: a schema in each of its forms. */
#include "report/schema.h"

#include "compare/schema.h"
#include "schema/snapshot.h"

#include <dunlin/report.h>

bool dun_report_schema(const dun_schema *schema, const dun_report_options *options, char **ret_text,
                       dun_error *error)
{
    switch (options ? options->format : DUN_FORMAT_SQL) {
    case DUN_FORMAT_JSON:
        *ret_text = snapshot_write(schema->source->catalog);
        return true;
    case DUN_FORMAT_MERMAID:
        *ret_text = schema_mermaid(schema->source->catalog);
        return true;
    case DUN_FORMAT_DOT:
        *ret_text = schema_dot(schema->source->catalog);
        return true;
    default:
        return schema_sql(schema, ret_text, error);
    }
}
