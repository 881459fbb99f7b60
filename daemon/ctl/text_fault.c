/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/text_fault.h"

#include <stdio.h>

#include "base/translate.h"
#include "parsers/deliver.h"

void text_fault(struct view text, struct buf *ret_fault)
{
    struct view fault;
    enum deliver_fault found = deliver_check(text, &fault);
    if (found == DELIVER_OK || found == DELIVER_ALPHABET)
        return;
    buf_escaped(ret_fault, fault);
    (void)fprintf(stderr, _("kabarctl: note: carriers may drop an SMS with \"%s\" in it\n"), ret_fault->text);
}
