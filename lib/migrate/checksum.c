#include "migrate/checksum.h"

void checksum_progress_start(struct checksum_progress *progress)
{
    checksum_start(&progress->checksum);
    progress->count = 0;
}

void checksum_progress_to(struct checksum_progress *progress, const struct sql_script *script, size_t count,
                          char ret_hex[CHECKSUM_LENGTH + 1])
{
    for (; progress->count < count && progress->count < script->count; ++progress->count) {
        const struct sql_statement *statement = &script->statements[progress->count];
        checksum_add(&progress->checksum, statement->text, statement->length);
        if (statement->copy_data)
            checksum_add(&progress->checksum, statement->copy_data, statement->copy_length);
        checksum_add(&progress->checksum, ";", 2);
    }
    struct checksum so_far = progress->checksum;
    checksum_finish(&so_far, ret_hex);
}

void checksum_statements(const struct sql_script *script, size_t count, char ret_hex[CHECKSUM_LENGTH + 1])
{
    struct checksum_progress progress;
    checksum_progress_start(&progress);
    checksum_progress_to(&progress, script, count, ret_hex);
}
