/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Never compiled: words that kabarctl shows but whose sources do not mark them. States and kinds are stored and printed
 * as JSON in English, and `parsers/` knows no translation; the system, SQLite and libconfig have their own words.
 */

/* an SMS to be sent */
N_("reply") N_("card") N_("reminder") N_("alert") N_("manual") N_("broadcast")
N_("queued") N_("submitting") N_("submitted") N_("delivered") N_("undelivered") N_("report_expired")
N_("retry_wait") N_("uncertain") N_("held") N_("failed") N_("expired") N_("cancelled")

/* an SMS received, and what it was read as */
N_("report") N_("command") N_("chat") N_("note") N_("empty") N_("unknown") N_("unregistered")
N_("unanswerable") N_("not_text") N_("unread") N_("incomplete") N_("over_limit")

/* a report and its problems */
N_("accepted") N_("partial") N_("rejected") N_("help")
N_("unknown_key") N_("missing_value") N_("bad_value") N_("duplicate_key") N_("ambiguous_key") N_("rule")
N_("bad_period") N_("future_period") N_("too_old")

/* a person */
N_("pending") N_("active") N_("blocked")

/* the clock */
N_("good") N_("unset") N_("behind") N_("ahead") N_("leapt")

/* a modem */
N_("stopped") N_("starting") N_("idle") N_("busy") N_("ready") N_("resetting") N_("backoff") N_("down") N_("one-way")

/* the checks of doctor */
N_("config") N_("database") N_("disk") N_("clock") N_("backup") N_("daemon") N_("modem") N_("port") N_("sim")
N_("smsc") N_("storage") N_("network") N_("balance")

/* a phrase of a message */
N_("form") N_("key") N_("other form's key") N_("number") N_("bad value") N_("zero") N_("year") N_("month")
N_("date or term") N_("unit") N_("filler") N_("title") N_("name") N_("greeting") N_("courtesy") N_("word") N_("mark")
N_("amount or age") N_("not yet") N_("form, not typed")

/* strerror() */
N_("No such file or directory") N_("Permission denied") N_("Operation not permitted") N_("No space left on device")
N_("Read-only file system") N_("Input/output error") N_("Device or resource busy") N_("File exists")
N_("Not a directory") N_("Is a directory") N_("No such device") N_("No such device or address")
N_("File name too long") N_("Cannot allocate memory") N_("Too many open files") N_("Disk quota exceeded")
N_("File too large") N_("Resource temporarily unavailable") N_("Connection refused") N_("Connection timed out")
N_("Invalid argument") N_("Bad file descriptor") N_("Broken pipe") N_("Invalid cross-device link")
N_("Too many levels of symbolic links") N_("Text file busy") N_("Structure needs cleaning") N_("Success")

/* SQLite */
N_("file is not a database") N_("database is locked") N_("database disk image is malformed") N_("disk I/O error")
N_("database or disk is full") N_("unable to open database file") N_("attempt to write a readonly database")
N_("out of memory") N_("database schema has changed") N_("interrupted") N_("not an error") N_("locking protocol")
N_("constraint failed") N_("bad parameter or other API misuse") N_("SQL logic error") N_("access permission denied")

/* libconfig */
N_("syntax error") N_("duplicate setting name") N_("file I/O error") N_("error reading file")
N_("cannot open include file") N_("bad character in string")
N_("array elements must be of the same type") N_("mismatched element type in array")
