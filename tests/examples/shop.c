/*
 * A small shop, to show the whole of <dunlin/db.h>. It makes some tables, fills them in one transaction, asks
 * two questions at once, walks through a long answer row by row, and drops everything again. Every statement
 * is echoed on standard error. Ctrl-C ends it at any moment, and what was not committed is rolled back.
 *
 *     cc shop.c $(pkg-config --cflags --libs dunlin) -o shop
 *     ./shop sqlite::memory:
 *     ./shop postgresql://lynn@localhost/shop
 *     ./shop mysql://lynn@localhost/shop
 */
#include <dunlin/db.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static const char definitions[] = "CREATE TABLE customers ("
                                  "    id SMALLINT PRIMARY KEY,"
                                  "    name VARCHAR(50) NOT NULL UNIQUE,"
                                  "    job VARCHAR(50) DEFAULT '');"
                                  ""
                                  "CREATE TABLE products ("
                                  "    id SMALLINT PRIMARY KEY,"
                                  "    name VARCHAR(50) NOT NULL UNIQUE,"
                                  "    cents INTEGER NOT NULL CHECK (cents >= 0));"
                                  ""
                                  "CREATE TABLE orders ("
                                  "    id INTEGER PRIMARY KEY,"
                                  "    customer SMALLINT NOT NULL,"
                                  "    product SMALLINT NOT NULL,"
                                  "    FOREIGN KEY (customer) REFERENCES customers (id),"
                                  "    FOREIGN KEY (product) REFERENCES products (id));";

/* Values travel as text; the rows of a table stand one after the other. */
static const char *const customer_columns[] = {"id", "name", "job"};
static const char *const customers[] = {
    "1", "Ada",    "engineer", /* */
    "2", "Grace",  "admiral",  /* */
    "3", "Edgar",  NULL,       /* SQL's NULL */
    "4", "O'Neil", "teacher",  /* quoting is the library's business */
};

static const char *const product_columns[] = {"id", "name", "cents"};
static const char *const products[] = {"1", "pencil", "120", "2", "notebook", "350", "3", "eraser", "80"};

enum { ORDERS = 5000 };

static bool insert_orders(dun_connection *connection, dun_error *error)
{
    static const char *const columns[] = {"id", "customer", "product"};
    static char ids[ORDERS][12];
    static const char *values[ORDERS * 3];
    for (int i = 0; i < ORDERS; ++i) {
        snprintf(ids[i], sizeof ids[i], "%d", i + 1);
        values[3 * i] = ids[i];
        values[3 * i + 1] = customers[3 * (i % 4)];
        values[3 * i + 2] = products[3 * (i % 3)];
    }
    return dun_insert_many(connection, "orders", 3, columns, ORDERS, values, error);
}

/* Everything between dun_begin and dun_commit is there as a whole or not at all. */
static bool fill(dun_connection *connection, dun_error *error)
{
    return dun_begin(connection, error) &&
           dun_insert_many(connection, "customers", 3, customer_columns, 4, customers, error) &&
           dun_insert_many(connection, "products", 3, product_columns, 3, products, error) &&
           insert_orders(connection, error) && dun_commit(connection, error);
}

/* Placeholders are $1, $2, ... on every engine. */
static bool promote(dun_connection *connection, const char *name, const char *job, dun_error *error)
{
    const char *parameters[] = {job, name};
    return dun_exec(connection, "UPDATE customers SET job = $1 WHERE name = $2", 2, parameters, error);
}

static void print(const dun_result *result)
{
    for (size_t row = 0; row < dun_result_rows(result); ++row) {
        for (size_t column = 0; column < dun_result_columns(result); ++column) {
            const char *value = dun_result_value(result, row, column);
            printf("%s%s", column ? ", " : "", value ? value : "NULL");
        }
        printf("\n");
    }
}

/* Both queries run at the same time, each on a connection of its own. */
static bool ask(dun_database *database, dun_error *error)
{
    const char *queries[] = {
        "SELECT name, job FROM customers ORDER BY name",
        "SELECT products.name, count(*) FROM orders JOIN products ON products.id = orders.product "
        "GROUP BY products.name ORDER BY products.name",
    };
    dun_result *results[2];
    if (!dun_gather(database, 2, queries, results, error))
        return false;
    for (int i = 0; i < 2; ++i) {
        print(results[i]);
        dun_result_free(results[i]);
    }
    return true;
}

/* A stream needs the memory of one row, however many there are. */
static bool add_up(dun_connection *connection, dun_error *error)
{
    dun_stream *stream = dun_stream_open(
        connection, "SELECT cents FROM orders JOIN products ON products.id = orders.product", 0, NULL, error);
    if (!stream)
        return false;
    long cents = 0;
    int outcome;
    while ((outcome = dun_stream_next(stream, error)) == 1)
        cents += atol(dun_stream_value(stream, 0));
    dun_stream_close(stream);
    if (outcome == 0)
        printf("sold for %ld.%02ld\n", cents / 100, cents % 100);
    return outcome == 0;
}

static bool run(dun_database *database, dun_error *error)
{
    dun_connection *connection = dun_connect(database, error);
    if (!connection)
        return false;
    printf("on %s\n", dun_connection_server(connection));
    bool good = dun_create_all(connection, definitions, error);
    if (good) {
        good = fill(connection, error) && promote(connection, "Ada", "countess", error) &&
               ask(database, error) && add_up(connection, error);
        dun_rollback(connection, NULL); /* what a failure left open; otherwise there is nothing to do */
        good = dun_drop_all(connection, definitions, good ? error : NULL) && good;
    }
    dun_disconnect(connection);
    return good;
}

static dun_cancel *cancel;

static void on_signal(int number)
{
    (void)number;
    dun_cancel_trigger(cancel);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: shop URL\n");
        return DUN_USAGE;
    }
    dun_error *error = dun_error_new();
    cancel = dun_cancel_new();
    signal(SIGINT, on_signal);

    dun_database_options options = DUN_DATABASE_OPTIONS_INIT;
    options.connections = 4;
    options.echo = stderr;
    options.cancel = cancel;
    dun_database *database = dun_database_open(argv[1], &options, error);
    bool good = database && run(database, error);

    int code = good ? DUN_OK : (int)dun_error_code(error);
    if (!good)
        fprintf(stderr, "shop: %s\n", dun_error_message(error));
    if (!good && dun_error_hint(error))
        fprintf(stderr, "shop: %s\n", dun_error_hint(error));
    dun_database_close(database);
    dun_cancel_free(cancel);
    dun_error_free(error);
    return code;
}
