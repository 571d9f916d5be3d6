/* Which SQL a text is written in. The only thing about an engine that this floor knows. */
#ifndef SQL_DIALECT_H
#define SQL_DIALECT_H

enum sql_dialect {
    SQL_POSTGRESQL,
    SQL_MYSQL, /* and MariaDB */
    SQL_SQLITE,
};

#endif
