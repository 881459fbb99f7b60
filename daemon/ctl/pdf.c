/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/translate.h"
#include "ctl/helper.h"
#include "ctl/whole_file.h"

/* WeasyPrint takes about 70 MiB and 2 s, and 7 MiB and 0.7 s for each page: this is that with room to spare, on a
 * computer that is ten times slower. */
enum { SECONDS = 60, SECONDS_PAGE = 8, MEMORY_MIB = 512, MEMORY_PAGE_MIB = 16, PAGES_MAX = 200 };

static void set_limits(struct helper *helper, size_t pages)
{
    helper->seconds = SECONDS + SECONDS_PAGE * (int)pages;
    helper->memory = (INT64_C(1) << 20) * (MEMORY_MIB + MEMORY_PAGE_MIB * (int64_t)pages);
}

/* Reads the pages as its descriptor 3, writes to its standard output: no name of a file is used. */
static int by_weasyprint(const char *program, const struct buf *html, struct helper *helper, struct error *error)
{
    const char *const argv[] = {"weasyprint", "--quiet", "--encoding", "utf-8", "/dev/fd/3", "-", NULL};
    helper->in = memfd_create("pages", MFD_CLOEXEC);
    if (helper->in < 0)
        return error_set(error, -errno, "memory for a page: %s", translate_errno(errno));
    helper->program = program;
    helper->argv = argv;
    int r = write_whole(helper->in, html, error);
    if (r == 0)
        r = helper_run(helper, error);
    (void)close(helper->in);
    return r;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    (void)remove(path);
    return 0;
}

static int put_page(const char *path, const struct buf *html, struct error *error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return error_set(error, -errno, "%s: %s", path, translate_errno(errno));
    int r = write_whole(fd, html, error);
    (void)close(fd);
    return r;
}

static int take_pdf(const char *path, int out, struct error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set(error, -errno, "%s: %s", path, translate_errno(errno));
    int r = copy_whole(fd, out, error);
    (void)close(fd);
    return r;
}

/* Its many processes pass no descriptors on: the pages and the PDF are files of a folder of its own. Its sandbox does
 * not work for root. */
static int by_chromium(const char *program, const struct buf *html, struct helper *helper, struct error *error)
{
    char folder[] = "/tmp/kabarctl-XXXXXX", page[64], url[80], profile[64], pdf[64], print[80];
    if (!mkdtemp(folder))
        return error_set(error, -errno, "%s: %s", folder, translate_errno(errno));
    (void)snprintf(page, sizeof page, "%s/page.html", folder);
    (void)snprintf(url, sizeof url, "file://%s", page);
    (void)snprintf(pdf, sizeof pdf, "%s/page.pdf", folder);
    (void)snprintf(print, sizeof print, "--print-to-pdf=%s", pdf);
    (void)snprintf(profile, sizeof profile, "--user-data-dir=%s/p", folder);
    const char *const argv[] = {"chromium",
                                "--headless",
                                "--disable-gpu",
                                "--no-pdf-header-footer",
                                geteuid() == 0 ? "--no-sandbox" : "--no-first-run",
                                profile,
                                print,
                                url,
                                NULL};
    helper->program = program;
    helper->argv = argv;
    int out = helper->out;
    helper->out = helper->err;
    int r = put_page(page, html, error);
    if (r == 0)
        r = helper_run(helper, error);
    if (r == 0)
        r = take_pdf(pdf, out, error);
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return r;
}

/* The mark at the beginning and at the end: a file that was cut has lost the latter. */
static int check(int out, struct error *error)
{
    char head[6] = "", tail[65] = "";
    struct stat status;
    if (fstat(out, &status) != 0)
        return error_set(error, -errno, "the PDF: %s", translate_errno(errno));
    off_t from = status.st_size > 64 ? status.st_size - 64 : 0;
    bool read = pread(out, head, 5, 0) == 5 && pread(out, tail, 64, from) > 0;
    return read && strcmp(head, "%PDF-") == 0 && strstr(tail, "%%EOF")
               ? 0
               : error_set(error, -EIO, "what came is no whole PDF");
}

int pdf_make(const struct buf *html, size_t pages, int out, struct error *error)
{
    char program[PATH_MAX];
    struct helper helper = {.in = -1, .out = out};
    if (pages > PAGES_MAX)
        return error_set(error, -E2BIG, "%zu pages are too many for one PDF, at most %d: take a smaller area", pages,
                         PAGES_MAX);
    bool weasyprint = helper_find("weasyprint", program) == 0;
    if (!weasyprint && helper_find("chromium", program) != 0)
        return error_set(error, -ENOPKG,
                         "a PDF needs WeasyPrint or Chromium, and neither is installed: "
                         "apt install weasyprint; or print the HTML: --format html");
    helper.err = open("/dev/null", O_WRONLY | O_CLOEXEC);
    set_limits(&helper, pages);
    int r = weasyprint ? by_weasyprint(program, html, &helper, error) : by_chromium(program, html, &helper, error);
    if (helper.err >= 0)
        (void)close(helper.err);
    return r == 0 ? check(out, error) : r;
}
