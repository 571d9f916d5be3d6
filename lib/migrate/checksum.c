#include "migrate/checksum.h"

void checksum_statements(const struct sql_script *script, size_t count, char ret_hex[CHECKSUM_LENGTH + 1])
{
    struct checksum checksum;
    checksum_start(&checksum);
    for (size_t i = 0; i < count && i < script->count; ++i) {
        const struct sql_statement *statement = &script->statements[i];
        checksum_add(&checksum, statement->text, statement->length);
        if (statement->copy_data)
            checksum_add(&checksum, statement->copy_data, statement->copy_length);
        checksum_add(&checksum, ";", 2);
    }
    checksum_finish(&checksum, ret_hex);
}
