/* inbox: what was received, the newest first. */
#include "ctl/listing.h"
#include "ctl/session.h"

enum { LIMIT = 100, LIMIT_MAX = 1000000000 };

static int list_message(void *data, const struct mo_message *message)
{
    struct listing *list = data;
    listing_number(list, message->id);
    listing_text(list, message->uid);
    listing_time(list, message->received_ms);
    listing_time(list, message->sent_ms);
    listing_text(list, message->modem);
    listing_text(list, message->sender);
    listing_text(list, mo_outcome_to_string(message->outcome));
    listing_number(list, message->parts);
    listing_text(list, message->text);
    return 0;
}

int ctl_inbox(struct ctl *ctl)
{
    static const struct column columns[] = {
        {"id", "ID", true},      {"uid", NULL, false},    {"received", "RECEIVED", false}, {"sent", NULL, false},
        {"modem", NULL, false},  {"from", "FROM", false}, {"outcome", "OUTCOME", false},   {"parts", NULL, true},
        {"text", "TEXT", false},
    };
    struct mo_filter filter = {
        .unread_only = args_get(&ctl->args, "--unread") != NULL,
        .limit = LIMIT,
    };
    char phone[MSISDN_MAX];
    const char *from = args_get(&ctl->args, "--from");
    if (from)
        filter.sender = session_sender(from, phone);
    CLEANUP(session_close) struct session session = {0};
    int status = option_time(ctl, "--since", &filter.since_ms);
    if (!status)
        status = option_number(ctl, "--limit", 1, LIMIT_MAX, &filter.limit);
    if (!status)
        status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = option_area(ctl, &session, &filter.area_code);
    if (status)
        return status;
    struct error error = {0};
    struct listing list;
    listing_begin(&list, ctl->json, columns, 9);
    int r = store_mo_list(session.store, &filter, list_message, &list, &error);
    listing_end(&list, filter.unread_only ? "nothing waits to be understood" : "no messages");
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
