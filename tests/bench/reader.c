/*
 * What reading one SMS costs: nanoseconds, the median of many rounds, for messages of 40 and 300 characters, and for
 * 160, 1,600 and 16,000 bytes, where the time for a byte must stay what it is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parsers/reading.h"
#include "settings/settings.h"

enum { ROUNDS = 401, BYTES_A_ROUND = 400000 };

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double median_ns(const struct lexicon *lexicon, struct reader_workspace *workspace, struct view text)
{
    static struct reading reading;
    static double rounds[ROUNDS];
    size_t repeats = BYTES_A_ROUND / (text.len * 40) + 1;
    for (size_t r = 0; r < ROUNDS; r++) {
        double begun = now_ns();
        for (size_t i = 0; i < repeats; i++)
            reader_read(lexicon, text, (struct day){2026, 10, 15}, workspace, &reading);
        rounds[r] = (now_ns() - begun) / (double)repeats;
    }
    qsort(rounds, ROUNDS, sizeof *rounds, compare);
    return rounds[ROUNDS / 2];
}

/* The message repeated up to len bytes. */
static struct view repeated(const char *message, size_t len)
{
    char *text = malloc(len);
    if (!text)
        abort();
    for (size_t i = 0; i < len; i++)
        text[i] = message[i % strlen(message)];
    return (struct view){text, len};
}

int main(int argc, char **argv)
{
    static const char forty[] = "IBU HAMIL 12 K4 3 FE 10 KEK 2 KR 1 JKN 9";
    static const char all[] =
        "Bumil 27 bersalin 7 kek 2 k4 27 fe 27 nifas 7 kg 8 kr 0 air 34 jamban 34 jkn 31\n"
        "Anak 147 u6 27 idl 120 bb 120 tb 120 konseling 120 gizi kurang 30 gizi buruk 5 stunting 15 "
        "kunjungan rumah 50 air bersih 147 jamban 140 akta 130 bpjs 125 asuh 110\n"
        "tikar 147 hijau 108 kuning 0 merah 39, terima kasih bu";
    struct settings *settings;
    struct error error;
    if (argc != 2 || settings_open(argv[1], &settings, &error) != 0) {
        fprintf(stderr, "usage: bench_reader kabard.conf\n");
        return 2;
    }
    struct reader_workspace *workspace = malloc(reader_workspace_size());
    if (!workspace)
        abort();
    const struct lexicon *lexicon = settings->sets[0].lexicon;
    printf("reader: %zu characters %.2f us, %zu characters %.2f us\n", strlen(forty),
           median_ns(lexicon, workspace, view_of(forty)) / 1000, strlen(all),
           median_ns(lexicon, workspace, view_of(all)) / 1000);
    static const size_t lengths[] = {160, 1600, 16000};
    for (size_t i = 0; i < 3; i++) {
        struct view text = repeated("IBU HAMIL 12 K4 3 FE 10 KEK 2 KR 1 JKN 9 ", lengths[i]);
        double ns = median_ns(lexicon, workspace, text);
        printf("reader: %zu bytes %.2f us, %.1f ns a byte\n", text.len, ns / 1000, ns / (double)text.len);
        free((char *)text.at);
    }
    free(workspace);
    settings_close(settings);
    return 0;
}
