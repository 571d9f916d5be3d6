/* libpq, opened when the first connection is: the functions that this folder uses. */
#ifndef POSTGRES_CLIENT_H
#define POSTGRES_CLIENT_H

#include "base/library.h"

#include <libpq-fe.h>

#define LIBPQ_FUNCTIONS(X)       \
    X(PQcancel)                  \
    X(PQclear)                   \
    X(PQcmdStatus)               \
    X(PQcmdTuples)               \
    X(PQconndefaults)            \
    X(PQconnectPoll)             \
    X(PQconnectStartParams)      \
    X(PQconnectionNeedsPassword) \
    X(PQconninfoFree)            \
    X(PQconsumeInput)            \
    X(PQenterPipelineMode)       \
    X(PQerrorMessage)            \
    X(PQexitPipelineMode)        \
    X(PQfinish)                  \
    X(PQflush)                   \
    X(PQfname)                   \
    X(PQfreeCancel)              \
    X(PQfreemem)                 \
    X(PQftable)                  \
    X(PQftype)                   \
    X(PQgetCancel)               \
    X(PQgetCopyData)             \
    X(PQgetResult)               \
    X(PQgetisnull)               \
    X(PQgetlength)               \
    X(PQgetvalue)                \
    X(PQisBusy)                  \
    X(PQnfields)                 \
    X(PQntuples)                 \
    X(PQparameterStatus)         \
    X(PQpipelineSync)            \
    X(PQputCopyData)             \
    X(PQputCopyEnd)              \
    X(PQresultErrorField)        \
    X(PQresultErrorMessage)      \
    X(PQresultStatus)            \
    X(PQsendFlushRequest)        \
    X(PQsendQuery)               \
    X(PQsendQueryParams)         \
    X(PQserverVersion)           \
    X(PQsetNoticeProcessor)      \
    X(PQsetSingleRowMode)        \
    X(PQsetnonblocking)          \
    X(PQsocket)                  \
    X(PQstatus)                  \
    X(PQtransactionStatus)

struct libpq {
    LIBPQ_FUNCTIONS(LIBRARY_POINTER)
};

/* From any thread. NULL, with the error of library_open, when there is no libpq of version 14 (pipelines) or
 * newer. */
const struct libpq *postgres_client(dun_error *error);

#endif
