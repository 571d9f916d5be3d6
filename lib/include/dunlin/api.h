/*
 * What every public header needs: how a symbol is exported, and how the compiler may check formats.
 * Included by the other headers of this folder; nothing here is for applications.
 */
#ifndef DUNLIN_API_H
#define DUNLIN_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#if defined(__GNUC__) || defined(__clang__)
#define DUN_API __attribute__((visibility("default")))
#else
#define DUN_API
#endif

#ifdef __cplusplus
#define DUN_BEGIN_DECLS extern "C" {
#define DUN_END_DECLS }
#else
#define DUN_BEGIN_DECLS
#define DUN_END_DECLS
#endif

#endif
