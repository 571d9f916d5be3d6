/* All of libdunlin. */
#ifndef DUNLIN_DUNLIN_H
#define DUNLIN_DUNLIN_H

#include <dunlin/apply.h>
#include <dunlin/authoring.h>
#include <dunlin/cancel.h>
#include <dunlin/db.h>
#include <dunlin/demo.h>
#include <dunlin/drift.h>
#include <dunlin/error.h>
#include <dunlin/flock.h>
#include <dunlin/init.h>
#include <dunlin/log.h>
#include <dunlin/migrate.h>
#include <dunlin/plan.h>
#include <dunlin/project.h>
#include <dunlin/report.h>
#include <dunlin/schema.h>
#include <dunlin/seed.h>
#include <dunlin/version.h>

#endif
