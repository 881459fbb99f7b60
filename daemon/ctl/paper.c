/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/paper.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/pdf.h"
#include "ctl/whole_file.h"

enum { TEXT_INDENT = 4 }; /* of what a line of text goes on with on a narrow terminal */

/* What the web of the regency takes. */
enum { PORTAL_BYTES_MAX = 4 * 1000 * 1000 };

int option_format(const struct ctl *ctl, unsigned offered, enum paper_format *ret_format)
{
    static const char *const names[PAPER_COUNT] = {"text", "html", "pdf", "json", "csv", "sms"};
    const char *text = args_get(&ctl->args, "--format");
    enum paper_format format = PAPER_TEXT;
    while (text && format < PAPER_COUNT && (!(offered & 1U << format) || strcmp(text, names[format]) != 0))
        format++;
    if (format == PAPER_COUNT)
        return ctl_usage(ctl, "--format %s is none of text, html, pdf, json%s", text,
                         offered & 1 << PAPER_SMS ? ", csv, sms" : "");
    *ret_format = !text && ctl->json ? PAPER_JSON : format;
    if (format == PAPER_PDF && !args_get(&ctl->args, "--output"))
        return ctl_usage(ctl, "a PDF is a file: add its name, like --output %s.pdf", ctl->command->name);
    return 0;
}

static void say(const struct ctl *ctl, const char *path, int64_t bytes)
{
    CLEANUP(buf_deinit) struct buf line;
    buf_init(&line, PATH_MAX * 8);
    if (ctl->json) {
        buf_puts(&line, "{\"file\":");
        buf_json(&line, view_of(path));
        buf_printf(&line, ",\"bytes\":%" PRId64 "}\n", bytes);
    } else {
        buf_escaped(&line, view_of(path));
        buf_printf(&line, _(": %" PRId64 " KB\n"), (bytes + 999) / 1000);
    }
    ctl_print(&line);
    if (bytes > PORTAL_BYTES_MAX)
        (void)ctl_refuse("note: %s is over 4 MB, more than many offices' web pages take; take a smaller area", path);
}

/* What fills the file: an open one, or a text as it is or as a PDF. */
struct content {
    int from; /* -1: the text */
    enum paper_format format;
    const struct buf *text;
    size_t pages;
};

static int fill(const struct content *content, int fd, struct error *error)
{
    if (content->from >= 0)
        return copy_whole(content->from, fd, error);
    return content->format == PAPER_PDF ? pdf_make(content->text, content->pages, fd, error)
                                        : write_whole(fd, content->text, error);
}

static int put(const struct ctl *ctl, const struct content *content)
{
    const char *path = args_get(&ctl->args, "--output");
    struct whole_file file;
    struct error error = {0};
    struct stat status = {0};
    int r = whole_file_begin(&file, path, &error);
    if (r < 0)
        return ctl_failed(r, &error);
    r = fill(content, file.fd, &error);
    (void)fstat(file.fd, &status);
    r = whole_file_end(&file, r, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH, &error);
    if (r < 0)
        return ctl_failed(r, &error);
    say(ctl, path, status.st_size);
    return CTL_DONE;
}

int paper_put(const struct ctl *ctl, enum paper_format format, const struct buf *text, size_t pages)
{
    if (text->full)
        return ctl_refuse("this is over %zu MiB; take a smaller area", text->max >> 20);
    if (args_get(&ctl->args, "--output"))
        return put(ctl, &(struct content){-1, format, text, pages});
    print_wrapped(text, format == PAPER_TEXT ? screen_columns() : 0, TEXT_INDENT);
    return CTL_DONE;
}

int paper_put_file(const struct ctl *ctl, int from)
{
    return put(ctl, &(struct content){.from = from});
}
