/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The message of a failure, made once, where the cause is known: what is wrong, where, and what to do.
 *
 * Functions that can fail return 0, a negative errno for "give up", or a positive outcome of their own that the caller
 * must switch on; where they take a struct error they fill it exactly when they return a negative value.
 */
#ifndef KABAR_BASE_ERROR_H
#define KABAR_BASE_ERROR_H

#define MUST_CHECK          __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, a) __attribute__((format(printf, fmt, a)))
#define CLEANUP(function)   __attribute__((cleanup(function)))

struct error {
    char text[512]; /* one sentence or two, no line end; "" where there was none */
};

/* Fills *error (NULL is fine) and returns code, so that a caller can `return error_set(error, -EINVAL, "…", …)`. */
int error_set(struct error *error, int code, const char *format, ...) PRINTF_LIKE(3, 4);

/* Puts "prefix: " before what is there. */
void error_prefix(struct error *error, const char *format, ...) PRINTF_LIKE(2, 3);

/* Our own bug: stays on in release, prints the place and aborts (the supervisor restarts; the state is in the
 * database). */
#define KABAR_ASSERT(condition) ((condition) ? (void)0 : kabar_assert_failed(#condition, __FILE__, __LINE__))
_Noreturn void kabar_assert_failed(const char *condition, const char *file, int line);

#endif
