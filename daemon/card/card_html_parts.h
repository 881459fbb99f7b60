/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the pages of a village and of the areas above it are made of: card_html*.c and the cheat sheet. Every text is
 * escaped. */
#ifndef KABAR_CARD_CARD_HTML_PARTS_H
#define KABAR_CARD_CARD_HTML_PARTS_H

#include "card/card_words.h"

/* What stands before and behind all pages of a file; the title is the name and the quarter. */
void html_file_begin(struct buf *buf, const char *name, int quarter);
void html_file_end(struct buf *buf);
/* Where the village head and the KPM sign. */
void html_signatures(struct buf *buf, const struct set *set);

/* Text with & < > " ' as references; control characters and broken UTF-8 as U+FFFD. */
void html_text(struct buf *buf, const char *text);
/* <tag class="class">text</tag>; class "" none. */
void html_element(struct buf *buf, const char *tag, const char *class, const char *text);
/* A cell with a number, or with "-". */
void html_number(struct buf *buf, int64_t number);
void html_percent(struct buf *buf, int64_t hundredths);
/* The bar of a percentage as SVG: its length says it in black and white, colour and pattern say it again. */
void html_bar(struct buf *buf, const struct set *set, int64_t hundredths);
/* The same of a level, with the set's line in it. */
void html_level_bar(struct buf *buf, const struct set *set, int64_t hundredths);

/* Ranking, completeness, lowest indicators: what a page above a village has behind its tables. */
void html_region(struct buf *buf, const struct card *card);

#endif
