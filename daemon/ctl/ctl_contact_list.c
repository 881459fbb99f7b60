/* contact list: who is registered; with --pending who waits for the operator, strangers that wrote included. */
#include "ctl/listing.h"
#include "ctl/session.h"

static int list_contact(void *data, const struct contact *contact)
{
    struct listing *list = data;
    listing_text(list, contact->phone);
    listing_text(list, contact->name);
    listing_text(list, contact_role_to_string(contact->role));
    listing_text(list, contact->area_code);
    listing_text(list, contact_state_to_string(contact->state));
    listing_text(list, contact->locale);
    listing_json(list, "", "null");
    listing_json(list, "", "null");
    return 0;
}

static int list_stranger(void *data, const struct stranger *stranger)
{
    struct listing *list = data;
    listing_text(list, stranger->phone);
    listing_text(list, "");
    listing_text(list, "");
    listing_text(list, "");
    listing_text(list, "stranger");
    listing_text(list, "");
    listing_number(list, stranger->messages);
    listing_time(list, stranger->last_ms);
    return 0;
}

int ctl_contact_list(struct ctl *ctl)
{
    bool pending = args_get(&ctl->args, "--pending") != NULL;
    const struct column columns[] = {
        {"phone", "PHONE", false},
        {"name", "NAME", false},
        {"role", "ROLE", false},
        {"area", "AREA", false},
        {"state", "STATE", false},
        {"locale", NULL, false},
        {"messages", pending ? "SMS" : NULL, true},
        {"last", pending ? "LAST WROTE" : NULL, false},
    };
    const char *role_word = args_get(&ctl->args, "--role");
    enum contact_role role = role_word ? contact_role_parse(view_of(role_word)) : ROLE_COUNT;
    if (role_word && role == ROLE_COUNT)
        return ctl_usage(ctl, "--role %s is no role; expected kpm, kader, kades, bidan, pendamping, tpps or operator",
                         role_word);
    const char *code = NULL;
    CLEANUP(session_close) struct session session = {0};
    int status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = option_area(ctl, &session, &code);
    if (status)
        return status;
    struct error error = {0};
    struct listing list;
    listing_begin(&list, ctl->json, columns, 8);
    int r = store_contact_list(session.store, role, pending ? CONTACT_PENDING : CONTACT_STATE_COUNT, code, list_contact,
                               &list, &error);
    if (!r && pending && !role_word && !code)
        r = store_stranger_list(session.store, 0, list_stranger, &list, &error);
    listing_end(&list, pending ? "nobody waits"
                               : "no contacts; type: kabarctl contact add PHONE --name NAME --role ROLE "
                                 "--area CODE, or: kabarctl contact import FILE");
    return r ? ctl_failed(r, &error) : CTL_DONE;
}
