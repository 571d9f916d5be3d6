/*
 * Runs cases (README.md) on a server. A PATH is a file or a folder of them; with --random, the cases are generated. Exits with 0
 * when all pass.
 */
#include "base/error.h"
#include "case_run.h"
#include "case_write.h"
#include "generate.h"
#include "task/task.h"

#include <glob.h>
#include <regex.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_JOBS = 8 };

static const char usage[] = "usage: run_cases [URL] PATH... [--only REGEX] [--write] [--no-dumps] [--prove] [--jobs N] [-v]\n"
                            "       run_cases [URL] --random COUNT [--seed NUMBER] [--no-dumps] [--prove] [--jobs N] [-v]";

struct program {
    struct arena *arena;
    struct case_server server;
    struct case_options options;
    VECTOR(struct case_file) files;
    VECTOR(const struct test_case *) cases; /* those to run */
    struct case_result *results;
    atomic_size_t next;
    atomic_uint worker;
    unsigned jobs;
    bool write;
    const char *only;
    size_t random; /* so many cases are generated; 0: they are read */
    uint64_t seed; /* of the first */
};

static void die(const char *what, const dun_error *error)
{
    const char *file = error ? dun_error_file(error) : NULL;
    fprintf(stderr, "run_cases: ");
    if (file)
        fprintf(stderr, "%s:%u: ", file, dun_error_line(error));
    fprintf(stderr, "%s%s%s\n", what, error && *what ? ": " : "", error ? dun_error_message(error) : "");
    exit(EXIT_FAILURE);
}

/* Command line */

static void add_file(struct program *program, const char *path)
{
    dun_error *error = dun_error_new();
    if (!case_file_read(program->arena, path, vector_add(program->arena, &program->files), error))
        die("", error);
    dun_error_free(error);
}

static void add_path(struct program *program, const char *path)
{
    struct stat status;
    glob_t found;
    if (stat(path, &status) != 0)
        die(arena_printf(program->arena, "%s is not there", path), NULL);
    if (!S_ISDIR(status.st_mode)) {
        add_file(program, path);
        return;
    }
    if (glob(arena_printf(program->arena, "%s/*.sql", path), 0, NULL, &found) != 0)
        die(arena_printf(program->arena, "no cases in %s", path), NULL);
    for (size_t i = 0; i < found.gl_pathc; ++i)
        add_file(program, found.gl_pathv[i]);
    globfree(&found);
}

static const char *value_of(int argc, char **argv, int *i)
{
    if (*i + 1 >= argc)
        die(argv[*i], NULL);
    return argv[++*i];
}

static void open_server(struct program *program, const char *text)
{
    dun_error *error = dun_error_new();
    struct db_url *url = NULL;
    if (db_url_parse(program->arena, text, &url, error))
        program->server.engine = engine_for_url(url, error);
    if (!program->server.engine)
        die("", error);
    program->server.url = url;
    const char *folder = getenv("TEST_POSTGRESQL_BIN");
    program->server.pg_dump = folder ? arena_printf(program->arena, "%s/pg_dump", folder) : "pg_dump";
    dun_error_free(error);
}

static void read_arguments(struct program *program, int argc, char **argv)
{
    program->options.dumps = true;
    program->jobs = 2;
    for (int i = 1; i < argc; ++i) {
        if (strcmp(argv[i], "--only") == 0)
            program->only = value_of(argc, argv, &i);
        else if (strcmp(argv[i], "--jobs") == 0)
            program->jobs = (unsigned)atoi(value_of(argc, argv, &i));
        else if (strcmp(argv[i], "--random") == 0)
            program->random = strtoul(value_of(argc, argv, &i), NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0)
            program->seed = strtoull(value_of(argc, argv, &i), NULL, 10);
        else if (strcmp(argv[i], "--write") == 0)
            program->write = true;
        else if (strcmp(argv[i], "--no-dumps") == 0)
            program->options.dumps = false;
        else if (strcmp(argv[i], "--prove") == 0)
            program->options.prove = true;
        else if (strcmp(argv[i], "-v") == 0)
            program->options.verbose = true;
        else if (argv[i][0] == '-')
            die(arena_printf(program->arena, "no such option: %s", argv[i]), NULL);
        else if (i == 1 && strchr(argv[i], ':'))
            open_server(program, argv[i]);
        else
            add_path(program, argv[i]);
    }
    if (!program->server.engine)
        open_server(program, "sqlite::memory:");
    if (program->jobs < 1 || program->jobs > MOST_JOBS || (program->files.count == 0) == (program->random == 0))
        die(usage, NULL);
}

static void generate_cases(struct program *program)
{
    const struct generate_limits limits = {0};
    for (size_t i = 0; i < program->random; ++i) {
        struct test_case *test = ARENA_NEW(program->arena, struct test_case);
        unsigned tables, mutations;
        generate_case(program->arena, program->server.engine->dialect, program->seed + i, &limits, test, &tables,
                      &mutations);
        *vector_add(program->arena, &program->cases) = test;
    }
}

static void choose_cases(struct program *program)
{
    regex_t only;
    if (program->only && regcomp(&only, program->only, REG_EXTENDED | REG_NOSUB) != 0)
        die(arena_printf(program->arena, "no regular expression: %s", program->only), NULL);
    VECTOR_EACH(struct case_file, file, &program->files)
        VECTOR_EACH(struct test_case, test, &file->cases)
            if (!program->only || regexec(&only, test->title, 0, NULL, 0) == 0)
                *vector_add(program->arena, &program->cases) = test;
    if (program->only)
        regfree(&only);
    generate_cases(program);
    program->results = arena_alloc(program->arena, (program->cases.count + 1) * sizeof *program->results);
}

/* Workers */

struct worker {
    struct arena *arena;
    struct case_database *one, *other;
};

static bool open_databases(struct program *program, struct worker *worker, dun_error *error)
{
    const char *name = arena_printf(worker->arena, "dunlin_cases_%ld_%u", (long)getpid(),
                                    atomic_fetch_add(&program->worker, 1));
    return case_database_open(worker->arena, &program->server, name, &worker->one, error) &&
           case_database_open(worker->arena, &program->server, arena_printf(worker->arena, "%s_to", name),
                              &worker->other, error);
}

static bool empty_databases(struct worker *worker, bool broken, dun_error *error)
{
    return case_database_empty(worker->one, broken, error) && case_database_empty(worker->other, broken, error);
}

/* Does the case fail with these limits, too? Then it and its result replace what was known. */
static bool still_fails(struct program *program, struct worker *worker, size_t index, uint64_t seed,
                        const struct generate_limits *limits)
{
    struct case_result result;
    struct test_case *test = ARENA_NEW(worker->arena, struct test_case);
    unsigned tables, mutations;
    generate_case(worker->arena, program->server.engine->dialect, seed, limits, test, &tables, &mutations);
    case_run(test, worker->one, worker->other, &program->options, &result);
    bool failed = result.failed && empty_databases(worker, true, NULL);
    struct case_result *old = &program->results[index], dropped = failed ? *old : result;
    if (failed)
        *old = result;
    str_free(&dropped.story);
    str_free(&dropped.plan);
    str_free(&dropped.plan_back);
    if (!failed)
        empty_databases(worker, false, NULL);
    if (failed)
        str_printf(&old->story, "  -- from\n%s  -- to\n%s", test->from.text, test->to.text);
    return failed;
}

/* Leaves out of a generated case what its failure does not need. */
static void shrink(struct program *program, struct worker *worker, size_t index)
{
    const uint64_t seed = program->seed + index;
    struct generate_limits limits = {0};
    struct test_case test;
    unsigned tables, mutations;
    generate_case(worker->arena, program->server.engine->dialect, seed, &limits, &test, &tables, &mutations);
    for (unsigned i = 0; i < mutations + tables; ++i) {
        struct generate_limits less = limits;
        if (i < mutations)
            less.without_mutations |= 1u << i;
        else
            less.without_tables |= 1u << (i - mutations);
        if (still_fails(program, worker, index, seed, &less))
            limits = less;
    }
    still_fails(program, worker, index, seed, &limits);
}

static bool run_next(struct program *program, struct worker *worker, size_t index, dun_error *error)
{
    struct case_result *result = &program->results[index];
    case_run(program->cases.items[index], worker->one, worker->other, &program->options, result);
    bool failed = result->failed;
    if (!empty_databases(worker, failed, error))
        return false;
    if (failed && program->random)
        shrink(program, worker, index);
    return true;
}

static bool work(void *argument, dun_error *error)
{
    struct program *program = argument;
    struct worker worker = {.arena = arena_new()};
    bool good = open_databases(program, &worker, error);
    for (size_t index; good && (index = atomic_fetch_add(&program->next, 1)) < program->cases.count;)
        good = run_next(program, &worker, index, error);
    if (worker.one)
        case_database_close(worker.one);
    if (worker.other)
        case_database_close(worker.other);
    arena_free(worker.arena);
    return good;
}

static void run_all(struct program *program)
{
    dun_error *error = dun_error_new();
    struct task_group *group = task_group_new();
    for (unsigned i = 0; i < program->jobs; ++i)
        if (!task_group_start(group, "cases", work, program, error))
            die("no thread", error);
    if (!task_group_join(group, true, error))
        die("", error);
    dun_error_free(error);
}

/* Results */

static bool tell(const struct program *program)
{
    size_t failed = 0, skipped = 0, filled = 0;
    for (size_t i = 0; i < program->cases.count; ++i) {
        const struct test_case *test = program->cases.items[i];
        struct case_result *result = &program->results[i];
        failed += result->failed;
        skipped += result->skipped;
        filled += result->filled;
        if (result->failed || (program->options.verbose && !result->skipped))
            printf("%s %s:%u: %s\n%s\n", result->failed ? "FAILED" : "passed", test->file, test->line, test->title,
                   str_text(&result->story));
    }
    printf("%zu cases, %zu failed, %zu not for this server; rows made up for %zu tables\n", program->cases.count, failed,
           skipped, filled);
    return failed == 0;
}

static void write_plans(const struct program *program)
{
    dun_error *error = dun_error_new();
    VECTOR_EACH(struct case_file, file, &program->files) {
        struct case_writing *writing = case_write_begin(program->arena, file);
        for (size_t i = 0; i < program->cases.count; ++i)
            if (program->cases.items[i]->file == file->path && !program->results[i].skipped)
                case_write_plan(writing, program->cases.items[i], &program->results[i]);
        if (!case_write_end(writing, error))
            die("", error);
    }
    dun_error_free(error);
}

int main(int argc, char **argv)
{
    struct program program = {.arena = arena_new()};
    read_arguments(&program, argc, argv);
    choose_cases(&program);
    run_all(&program);
    bool good = tell(&program);
    if (program.write)
        write_plans(&program);
    for (size_t i = 0; i < program.cases.count; ++i) {
        str_free(&program.results[i].story);
        str_free(&program.results[i].plan);
        str_free(&program.results[i].plan_back);
    }
    arena_free(program.arena);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
