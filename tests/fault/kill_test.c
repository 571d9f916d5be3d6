/*
 * kill_test DUNLIN URL FOLDER KILLS SEED [CRASH]: kills `dunlin up` and `dunlin down --all` with SIGKILL at
 * random moments, and checks each time that the next runs complete, with the effect of every migration
 * present exactly once. With CRASH, a command for the shell that crashes the server and starts it again, that
 * is done instead.
 *
 * URL is of an empty database, FOLDER an empty folder for the migrations, which this program writes. Each
 * migration makes a table and puts one row into `effects`, so that one that ran twice or half is seen. A
 * statement that is in doubt afterwards has to be decided by the next run, without asking.
 */
#include <dunlin/db.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MIGRATIONS = 12 };

static const char *program, *url, *folder, *crash;
static dun_database *database;
static unsigned long random_state;
static int doubts;

static void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("FAILED: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static unsigned random_below(unsigned limit)
{
    random_state = random_state * 6364136223846793005UL + 1442695040888963407UL;
    return (unsigned)(random_state >> 33) % limit;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void write_file(int number, const char *direction, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void write_file(int number, const char *direction, const char *format, ...)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%d_step.%s.sql", folder, number, direction);
    FILE *file = fopen(path, "w");
    if (!file)
        fail("%s: %s", path, strerror(errno));
    va_list arguments;
    va_start(arguments, format);
    vfprintf(file, format, arguments);
    va_end(arguments);
    fclose(file);
}

static void write_migrations(void)
{
    write_file(1, "up", "CREATE TABLE effects (number INTEGER NOT NULL);\nINSERT INTO effects VALUES (1);\n");
    write_file(1, "down", "DROP TABLE effects;\n");
    for (int i = 2; i <= MIGRATIONS; ++i) {
        write_file(i, "up",
                   "CREATE TABLE step_%d (id INTEGER PRIMARY KEY, note VARCHAR(50));\n"
                   "INSERT INTO step_%d VALUES (1, 'a;b');\nINSERT INTO effects VALUES (%d);\n"
                   "CREATE INDEX step_%d_note ON step_%d (note);\n",
                   i, i, i, i, i);
        write_file(i, "down", "DELETE FROM effects WHERE number = %d;\nDROP TABLE step_%d;\n", i, i);
    }
}

/* Starts `dunlin ARGUMENTS` with its output in the log. */
static pid_t start(const char *const *arguments)
{
    pid_t child = fork();
    if (child < 0)
        fail("fork: %s", strerror(errno));
    if (child > 0)
        return child;
    const char *vector[16] = {program, "--url", url, "--config", "dunlin.yaml", "--lock-timeout", "30s"};
    size_t count = 7;
    while (*arguments)
        vector[count++] = *arguments++;
    int log = open("run.log", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    dup2(log, 1);
    dup2(log, 2);
    execv(program, (char *const *)(void *)vector);
    _exit(127);
}

static int finish(pid_t child)
{
    int status;
    if (waitpid(child, &status, 0) != child)
        fail("waitpid: %s", strerror(errno));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void show_log(void)
{
    char line[1024];
    FILE *log = fopen("run.log", "r");
    while (log && fgets(line, sizeof line, log))
        fputs(line, stderr);
    if (log)
        fclose(log);
}

static bool log_has(const char *text)
{
    char content[65536];
    FILE *log = fopen("run.log", "r");
    size_t length = log ? fread(content, 1, sizeof content - 1, log) : 0;
    if (log)
        fclose(log);
    content[length] = '\0';
    return strstr(content, text) != NULL;
}

static void open_database(void)
{
    dun_error *error = dun_error_new();
    dun_database_close(database);
    database = dun_database_open(url, NULL, error);
    if (!database)
        fail("%s", dun_error_message(error));
    dun_error_free(error);
}

static dun_result *query(const char *format, ...) __attribute__((format(printf, 1, 2)));

static dun_result *query(const char *format, ...)
{
    char sql[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    dun_error *error = dun_error_new();
    dun_connection *connection = dun_connect(database, error);
    dun_result *result = connection ? dun_query(connection, sql, 0, NULL, error) : NULL;
    dun_disconnect(connection);
    if (!result && dun_error_code(error) == DUN_NO_CONNECTION)
        fail("%s: %s", sql, dun_error_message(error));
    dun_error_free(error);
    return result;
}

static bool exists(const char *sql)
{
    dun_result *result = query("%s", sql);
    dun_result_free(result);
    return result != NULL;
}

/* A statement in doubt is decided by comparing catalogs: nobody is asked. */
static void complete(const char *const *arguments)
{
    int status = finish(start(arguments));
    doubts += log_has("the catalog shows that it has");
    if (status != 0) {
        show_log();
        fail("`dunlin %s` after a kill: exit %d", arguments[0], status);
    }
}

static void check_up(void)
{
    dun_result *result = query("SELECT number FROM effects ORDER BY number");
    if (!result || dun_result_rows(result) != MIGRATIONS)
        fail("%zu effects instead of %d", result ? dun_result_rows(result) : 0, MIGRATIONS);
    for (int i = 0; i < MIGRATIONS; ++i)
        if (atoi(dun_result_value(result, (size_t)i, 0)) != i + 1)
            fail("effect %d is there twice or not at all", i + 1);
    dun_result_free(result);
    for (int i = 2; i <= MIGRATIONS; ++i) {
        result = query("SELECT note FROM step_%d", i);
        if (!result || dun_result_rows(result) != 1)
            fail("migration %d: %zu rows instead of 1", i, result ? dun_result_rows(result) : 0);
        dun_result_free(result);
    }
}

static void check_down(void)
{
    char probe[64];
    for (int i = 2; i <= MIGRATIONS; ++i) {
        snprintf(probe, sizeof probe, "SELECT id FROM step_%d", i);
        if (exists(probe))
            fail("table step_%d is still there", i);
    }
    if (exists("SELECT number FROM effects"))
        fail("table effects is still there");
}

static double kill_at_random(const char *const *arguments, double longest)
{
    double begin = seconds();
    pid_t child = start(arguments);
    unsigned microseconds = random_below((unsigned)(longest * 1.1e6) + 1);
    struct timespec pause = {microseconds / 1000000, (long)(microseconds % 1000000) * 1000};
    nanosleep(&pause, NULL);
    if (!crash)
        kill(child, SIGKILL);
    else if (system(crash) != 0)
        fail("the server does not come up again after a crash");
    int status = finish(child);
    if (crash)
        open_database();
    return status == 0 ? seconds() - begin : 0;
}

static double timed(const char *const *arguments)
{
    double begin = seconds();
    complete(arguments);
    return seconds() - begin;
}

int main(int argc, char **argv)
{
    static const char *const up[] = {"up", NULL}, *const down[] = {"down", "--all", NULL};
    if (argc != 6 && argc != 7)
        fail("usage: kill_test DUNLIN URL FOLDER KILLS SEED [CRASH]");
    program = argv[1];
    url = argv[2];
    folder = argv[3];
    int kills = atoi(argv[4]), hits = 0;
    random_state = strtoul(argv[5], NULL, 10);
    crash = argv[6];
    open_database();
    write_migrations();
    double up_time = timed(up), down_time = timed(down);
    check_down();
    for (int i = 0; i < kills; i += 2) {
        hits += kill_at_random(up, up_time) == 0;
        complete(up);
        check_up();
        hits += kill_at_random(down, down_time) == 0;
        complete(down);
        check_down();
    }
    printf("%d kills, %d of them before the end, %d statements in doubt: every effect exactly once\n", kills,
           hits, doubts);
    dun_database_close(database);
    return 0;
}
