/*
 * A dun_status and a dun_run that a test can fill, with the public getters over them. They take the place of
 * those of lib/migrate, whose objects the linker then leaves in the archive. Included by one file a program.
 */
#ifndef TESTS_REPORT_DOUBLES_H
#define TESTS_REPORT_DOUBLES_H

#include <dunlin/migrate.h>

#include <stddef.h>

struct dun_status {
    const dun_migration *migrations;
    size_t count;
    const dun_warning *warnings;
    size_t warning_count;
    const char *doubt, *doubt_file;
    unsigned doubt_line, doubt_column;
};

struct dun_run {
    enum dun_direction direction;
    const dun_migration *migrations;
    size_t count, planned, remaining;
    const dun_warning *warnings;
    size_t warning_count;
    const char *sql;
};

const dun_migration *dun_status_migrations(const dun_status *status, size_t *ret_count)
{
    *ret_count = status->count;
    return status->migrations;
}

const dun_warning *dun_status_warnings(const dun_status *status, size_t *ret_count)
{
    *ret_count = status->warning_count;
    return status->warnings;
}

const char *dun_status_target(const dun_status *status)
{
    (void)status;
    return "sqlite:shop.db";
}

const char *dun_status_doubt(const dun_status *status, const char **ret_file, unsigned *ret_line,
                             unsigned *ret_column)
{
    if (status->doubt) {
        *ret_file = status->doubt_file;
        *ret_line = status->doubt_line;
        *ret_column = status->doubt_column;
    }
    return status->doubt;
}

enum dun_direction dun_run_direction(const dun_run *run)
{
    return run->direction;
}

const dun_migration *dun_run_migrations(const dun_run *run, size_t *ret_count)
{
    *ret_count = run->count;
    return run->migrations;
}

size_t dun_run_planned(const dun_run *run)
{
    return run->planned;
}

size_t dun_run_remaining(const dun_run *run)
{
    return run->remaining;
}

const dun_warning *dun_run_warnings(const dun_run *run, size_t *ret_count)
{
    *ret_count = run->warning_count;
    return run->warnings;
}

const char *dun_run_target(const dun_run *run)
{
    (void)run;
    return "sqlite:shop.db";
}

const char *dun_run_sql(const dun_run *run)
{
    return run->sql;
}

#endif
