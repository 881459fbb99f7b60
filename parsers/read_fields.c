/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reader.h"

enum slot_state { SLOT_NONE, SLOT_WAITING, SLOT_FILLED, SLOT_STRAY /* a word's value */ };

struct fields {
    struct reader_workspace *ws;
    const struct item *items;
    size_t n_items;
    size_t first; /* form keyword */
    int dropped;  /* form + 1 of a keyword directly before the running one, which was taken for none */
    size_t at;
    enum slot_state state;
    const struct item *slot;    /* the form keyword or key that waits or was filled last */
    struct mention *mention;    /* of the slot; NULL for a total that has no value yet */
    const struct item *mark;    /* a ? or - that stands where the value is due */
    const struct item *pending; /* the word directly before */
    struct said lead;           /* a month that leads: of the forms behind it */
    bool negated;               /* the slot's key counts the opposite */
    bool qualified;             /* … or some of them: a word before it that nobody knows */
    size_t missing;             /* keys without a number right before the slot */
    const struct item *odd;     /* a word that nobody knows right behind the slot, where its number is due */
    bool undated;               /* the month before the next form keyword may be its own, or not */
    bool joined;                /* a key without a number stands before the slot's, and both may have its number */
    bool starred;               /* an asterisk begins a correction: "m 3 td 1 *merah 2" */
    bool instead;               /* a word of change leads to the slot: "k4 11, ralat k4 10" */
    const struct item *wrong;   /* of change: "salah", which says no other number: "k4 yg 9 itu salah", "k4 salah 1" */
    uint64_t change;            /* MEANS(INSTEAD), (NOT_THIS), (DOUBT): said since the slot opened or was filled */
    size_t words;               /* unexplained ones since the last data */
    bool fresh;                 /* nothing but fillers since the form keyword */
    size_t doubted;             /* item + 1 of a key that has a number and a zero phrase */
    size_t forward;             /* item + 1 of the key that a zero phrase binds forward to */
    size_t chain_until;         /* items up to here belong to a chain already looked at */
    bool chain_ambiguous;
};

/* One more number in the place of one. */
static void extend(struct mention *mention, const struct item *item)
{
    mention->value_start =
        mention->value_end == 0 || item->start < mention->value_start ? item->start : mention->value_start;
    mention->value_end = item->end > mention->value_end ? item->end : mention->value_end;
}

static void note(struct fields *f, const struct item *item)
{
    f->ws->lexer.items[item - f->items].flags |= ITEM_NOTED;
}

static void close_slot(struct fields *f)
{
    if (f->state == SLOT_WAITING && f->odd != NULL && f->odd == f->slot + 1 && f->odd + 1 == &f->items[f->at] &&
        !(f->odd->flags & ITEM_USED) && f->mark == NULL)
        f->mark = f->odd; /* "bumil banyak k4 10" */
    if (f->state == SLOT_WAITING && f->mention != NULL && f->change & (MEANS(INSTEAD) | MEANS(NOT_THIS)) && !f->mark)
        f->mention->outcome = OUTCOME_BAD; /* "KEK nya salah" */
    if (f->state == SLOT_WAITING && f->mark) {
        if (f->mention == NULL)
            f->mention = mention_add(f->ws, 0, f->slot);
        f->mention->outcome = OUTCOME_BAD;
        extend(f->mention, f->mark);
    }
    bool wrong = f->change != 0 && f->wrong != NULL && f->wrong > f->slot;
    if (f->state == SLOT_FILLED && (f->change & MEANS(DOUBT) || wrong)) /* "k4 10 mungkin" */
        f->ws->sections[f->ws->n_sections - 1].told = true;
    f->state = SLOT_NONE;
    f->mark = NULL;
}

static void open_form(struct fields *f, const struct item *item)
{
    struct reader_workspace *ws = f->ws;
    close_slot(f);
    struct said period = f->lead;
    f->dropped = 0;
    if (f->fresh && ws->sections[ws->n_sections - 1].n == 0) {
        /* Directly followed by another form keyword it is none; a period between is then the next one's. */
        f->dropped = 1 + ws->sections[ws->n_sections - 1].form;
        period = ws->sections[--ws->n_sections].period;
        if (ws->n_sections == 0 && period.said != PERIOD_NOT_SAID && ws->period.said == PERIOD_NOT_SAID)
            ws->period = period;
    }
    bool joined = f->fresh && f->dropped != item->form + 1 && read_joined(&ws->lexer, f->slot, f->at);
    struct section *section = section_open(ws, item);
    if (section != NULL) {
        section->doubted = joined; /* "bumil dan baduta 52" */
        section->instead = f->dropped > 0 && f->dropped != item->form + 1;
        section->words_before = f->words;
        section->period = period;
        const struct section *before = ws->n_sections > 1 ? section - 1 : section;
        section->undated = f->undated || (before->guessed && before->form == section->form &&
                                          before->period.said == PERIOD_SAID); /* "k4 agustus 7 bumil 12" */
        if (ws->n_sections == 1)
            read_before(ws, f->first);
    }
    f->slot = item;
    f->instead = f->change & MEANS(INSTEAD);
    f->change = 0;
    f->negated = f->joined = f->qualified = f->undated = false;
    f->mention = NULL;
    bool guessed = item->flags & ITEM_GUESSED && !(item->flags & ITEM_NEAR);
    bool total = !guessed && !ws->lexer.lexicon->set->forms[item->form].no_total;
    f->state = total ? SLOT_WAITING : SLOT_NONE;
    f->fresh = !guessed;
}

static bool in_chain(const struct fields *f)
{
    return f->chain_ambiguous && f->at <= f->chain_until;
}

static void open_key(struct fields *f, const struct item *item)
{
    bool waits = f->state == SLOT_WAITING;
    bool same = waits && f->mention != NULL && f->mention->key == item->key;
    bool total = waits && f->mention == NULL && item->key == 0;
    if (same) {
        note(f, item);
        return;
    }
    const struct mention *slot = f->mention;
    f->missing = waits && slot != NULL ? f->missing + 1 : 0;
    f->joined = f->missing > 1 || (waits && !total && read_joined(&f->ws->lexer, f->slot, f->at)) ||
                (waits && slot != NULL && read_is_part_of(f->ws, slot->key, item->key));
    f->qualified = !waits && read_qualified(&f->ws->lexer, f->at);
    if (!total)
        close_slot(f);
    f->starred = f->starred || (item->start > 0 && f->ws->lexer.folded.at[item->start - 1] == '*' &&
                                read_is_starred(&f->ws->lexer, f->at));
    f->slot = item;
    f->instead = f->starred || f->change & MEANS(INSTEAD);
    f->change = 0;
    f->mention = mention_add(f->ws, item->key, item);
    f->mention->corrected = item->flags & ITEM_CORRECTED;
    f->negated = !(waits && slot != NULL) && read_negated(&f->ws->lexer, f->at);
    f->state = SLOT_WAITING;
    if (in_chain(f)) {
        f->mention->outcome = OUTCOME_AMBIGUOUS;
        f->state = SLOT_FILLED;
    } else if (f->forward == f->at + 1) {
        f->mention->outcome = OUTCOME_GOOD;
        f->mention->value = 0;
        f->state = SLOT_FILLED;
    }
}

/* The word directly before the value is no spelling of a key: it is named, with what is glued to it, the value goes. */
static void unknown_word(struct fields *f, const struct item *word, const struct item *value)
{
    f->ws->lexer.items[word - f->items].flags |= ITEM_USED;
    close_slot(f);
    struct mention *mention = mention_add(f->ws, -1, word);
    if (value != NULL && value->start == word->end)
        mention->end = value->end;
    mention->outcome = OUTCOME_UNKNOWN;
    mention->value_start = value == NULL ? 0 : value->start;
    mention->value_end = value == NULL ? 0 : value->end;
    memcpy(mention->near, word->near, sizeof mention->near);
    bool meant = read_is_meant(f->ws, word, value, mention);
    f->mention = meant ? mention : f->mention;
    f->state = meant ? SLOT_FILLED : SLOT_STRAY;
    f->pending = NULL;
}

/* Two numbers with a word of change or doubt between: the first, the last or none is meant. */
static void change_value(struct fields *f, const struct item *item)
{
    struct mention *mention = f->mention;
    uint64_t change = f->change;
    f->pending = NULL;
    f->change = 0;
    if (mention->outcome == OUTCOME_AMBIGUOUS ||
        (change & MEANS(NOT_THIS) && !(change & (MEANS(INSTEAD) | MEANS(DOUBT))))) {
        note(f, item);
        return;
    }
    if (item->kind == ITEM_NUMBER && !(change & MEANS(DOUBT)) && change & MEANS(INSTEAD)) {
        uint16_t start = mention->value_start;
        mention_value(mention, item);
        mention->value_start = start;
        mention->changed = true;
        f->ws->sections[f->ws->n_sections - 1].changed = true;
        return;
    }
    mention->outcome = OUTCOME_BAD;
    extend(mention, item);
}

/* What stands right beside the number makes it a question: an age, a part, a sum … */
static bool is_asked(const struct fields *f, const struct item *item)
{
    bool waits = f->state == SLOT_WAITING;
    bool aged =
        waits && f->mark != NULL && f->mark->kind == ITEM_AMOUNT && (f->mention == NULL || f->mark->flags & ITEM_ASKED);
    bool wrong = f->wrong != NULL && item == f->wrong + 1 && item->start == f->wrong->end + 1;
    return aged || wrong || item->flags & ITEM_ASKED || read_is_mixed_number(&f->ws->lexer, f->at) ||
           (waits && f->qualified); /* "bumil di bawah 20 th 1": a part of them */
}

static void take_value(struct fields *f, const struct item *item)
{
    if (f->state == SLOT_FILLED && read_is_arrow(&f->ws->lexer, item))
        f->change |= MEANS(INSTEAD);
    if (f->change != 0 && f->state == SLOT_FILLED) {
        change_value(f, item);
        return;
    }
    if (f->change & MEANS(NOT_THIS) && f->state == SLOT_WAITING) {
        note(f, item);
        f->change = 0;
        f->pending = NULL;
        return;
    }
    bool doubted = f->change & MEANS(DOUBT), instead = f->instead || f->change & MEANS(INSTEAD);
    f->pending = f->change != 0 && f->state == SLOT_WAITING ? NULL : f->pending;
    f->change = 0;
    struct section *section = &f->ws->sections[f->ws->n_sections - 1];
    if (item->flags & ITEM_DOUBTED) {
        section->likely = (section->likely || !section->doubted) && item->flags & ITEM_LIKELY;
        section->doubted = true;
    }
    /* "bumil di desa saya ada 12": a small word leads back to what waits. */
    bool waits = f->pending != NULL && f->state == SLOT_WAITING && f->pending->kind != ITEM_OTHER_KEY &&
                 !(f->pending->flags & ITEM_EMBEDDED);
    bool dosed = waits && f->mark != NULL && f->mark->kind == ITEM_AMOUNT; /* "k4 4x periksa 3 orang" */
    bool placed = waits && read_in_area(&f->ws->lexer, f->pending);
    if (placed) /* a place's words are explained */
        section->words_behind = section->words_before = 0;
    bool led = dosed || placed || (waits && f->at > 0 && f->items[f->at - 1].kind == ITEM_FILLER);
    section->told = section->told || (led && !dosed) || is_asked(f, item);
    if (f->pending != NULL && !led) {
        section->told = section->told || f->pending->flags & ITEM_ASKED || read_is_new(&f->ws->lexer, f->pending) ||
                        (f->state == SLOT_FILLED && f->pending->kind == ITEM_COURTESY);
        unknown_word(f, f->pending, item);
    } else if (f->state == SLOT_WAITING) {
        f->pending = NULL;
        if (f->mention == NULL)
            f->mention = mention_add(f->ws, 0, f->slot);
        mention_value(f->mention, item);
        f->mention->instead = instead;
        bool zero_too = f->doubted > 0 && &f->items[f->doubted - 1] == f->slot;
        f->mention->denied = f->negated;
        if (doubted || f->negated) /* "k4 sekitar 10", "belum k4 9" */
            f->mention->outcome = OUTCOME_BAD;
        else if (zero_too || (f->joined && item->value != 0))
            f->mention->outcome = OUTCOME_AMBIGUOUS;
        if ((f->qualified || f->negated) && read_is_said(f->ws, f->mention->key)) {
            f->mention->key = -1;
            f->mention->outcome = OUTCOME_UNKNOWN;
        }
        f->mark = NULL;
        f->state = SLOT_FILLED;
    } else if (f->state == SLOT_FILLED) {
        f->mention->outcome = f->mention->outcome == OUTCOME_AMBIGUOUS ? OUTCOME_AMBIGUOUS : OUTCOME_BAD;
        extend(f->mention, item);
    } else if (f->state == SLOT_NONE) {
        unknown_word(f, item, NULL); /* it belongs to nothing: it is named */
    } else if (f->state == SLOT_STRAY) {
        section->told = section->told || instead; /* "stunting 5 lulus 2 jadi 3" */
        extend(&f->ws->mentions[f->ws->n_mentions - 1], item);
    }
}

static bool is_number(const struct fields *f, size_t i)
{
    return i < f->n_items && (f->items[i].kind == ITEM_NUMBER || f->items[i].kind == ITEM_BAD);
}

/*
 * A zero phrase behind a key that waits is its value, unless that leaves the next key without one. Where phrases and
 * keys take turns ("kek nihil kr nihil k4"), only the chain's end tells.
 */
static bool chain_is_ambiguous(struct fields *f)
{
    if (f->at <= f->chain_until)
        return f->chain_ambiguous;
    int key = f->mention == NULL ? 0 : f->mention->key;
    size_t zero = f->at;
    f->chain_ambiguous = false;
    for (;;) {
        size_t next = read_next_key(f->ws, zero);
        f->chain_until = zero;
        if (next == f->n_items || f->items[next].key == key)
            return false;
        size_t behind = read_behind_key(&f->ws->lexer, next);
        if (is_number(f, behind))
            return false;
        f->chain_until = next;
        if (behind == f->n_items || f->items[behind].kind != ITEM_ZERO) {
            f->chain_ambiguous = true;
            return true;
        }
        key = f->items[next].key;
        zero = behind;
    }
}

/* The word directly before is a key of another form: what comes now is its value. */
static bool waits_in_vain(const struct fields *f)
{
    return f->pending != NULL && f->pending->kind == ITEM_OTHER_KEY && !(f->pending->mask & MEANS(UNIT));
}

static void take_mark(struct fields *f, const struct item *item)
{
    if (waits_in_vain(f) && !(item->flags & (ITEM_DASHED | ITEM_GLUED)))
        unknown_word(f, f->pending, NULL);
    else if (f->state == SLOT_WAITING && !(item->flags & ITEM_GLUED && f->mention == NULL))
        f->mark = item;
}

static void take_zero(struct fields *f, const struct item *item)
{
    if (in_chain(f) && f->state == SLOT_FILLED)
        return;
    if (f->state == SLOT_WAITING && f->pending == NULL) {
        if (f->mention == NULL)
            f->mention = mention_add(f->ws, 0, f->slot);
        mention_value(f->mention, item);
        if (chain_is_ambiguous(f) || read_is_of_word(&f->ws->lexer, f->at))
            f->mention->outcome = OUTCOME_AMBIGUOUS;
        f->mark = NULL;
        f->state = SLOT_FILLED;
        return;
    }
    if (waits_in_vain(f)) {
        unknown_word(f, f->pending, item);
        return;
    }
    size_t next = f->state == SLOT_WAITING ? f->n_items : read_next_key(f->ws, f->at);
    if (next < f->n_items && !is_number(f, read_behind_key(&f->ws->lexer, next))) {
        f->forward = next + 1;
        f->pending = NULL;
    } else if (f->pending != NULL) {
        unknown_word(f, f->pending, item);
    } else if (item->key >= 0) {
        open_key(f, item); /* "gk ada gb 1": the phrase says nothing, so it is the key */
    } else if (f->state == SLOT_FILLED && f->mention->outcome == OUTCOME_GOOD) {
        /* "k4 3 tidak ada kek 2": neither can be trusted. */
        f->doubted = f->mention->value != 0 ? next + 1 : 0;
        f->mention->outcome = OUTCOME_BAD;
        extend(f->mention, item);
    }
}

/* A dose or an age where the value is due: no value, unless a number follows. */
static void take_amount(struct fields *f, const struct item *item)
{
    struct section *section = &f->ws->sections[f->ws->n_sections - 1];
    bool filled = f->state == SLOT_FILLED, remark = filled && item->flags & ITEM_REMARK;
    f->pending = NULL;
    f->change = item->flags & ITEM_DIFFERENCE ? 0 : f->change;
    section->changed = section->changed || (filled && item->flags & ITEM_DIFFERENCE);
    section->told = section->told || remark;
    if (remark)
        unknown_word(f, item, NULL);
    if (f->state == SLOT_WAITING)
        f->mark = item;
}

/* "belum ada": the number is asked for; "belum ada laporan" says nothing of the key. */
static void take_not_yet(struct fields *f)
{
    struct reader_workspace *ws = f->ws;
    bool unsaid = f->at + 1 < f->n_items && f->items[f->at + 1].mask & MEANS(REPORTS);
    if (f->state != SLOT_WAITING)
        return;
    if (unsaid && f->mention != NULL) {
        note(f, f->slot);
        ws->n_mentions--;
        ws->sections[ws->n_sections - 1].n--;
    } else if (!unsaid && f->mention == NULL) {
        (void)mention_add(ws, 0, f->slot);
    }
    f->state = SLOT_NONE;
}

static void take_word(struct fields *f, const struct item *item)
{
    bool of_dropped = f->dropped > 0 && item->kind == ITEM_OTHER_KEY && item->forms >> (f->dropped - 1) & 1;
    if (item->flags & ITEM_DOUBTED || of_dropped) /* "imun bumil 2", "paud: anak 61 aktif 55": a key of another form */
        f->ws->sections[f->ws->n_sections - 1].doubted = true;
    uint64_t change = item->mask & (MEANS(INSTEAD) | MEANS(NOT_THIS) | MEANS(DOUBT));
    if (item->mask & MEANS(CLAIM) && f->state == SLOT_FILLED)
        change = MEANS(DOUBT); /* "bumilnya 5, saya hitung 6" */
    if (change & MEANS(INSTEAD) && f->state == SLOT_FILLED && read_is_told(&f->ws->lexer, f->mention->value_end, f->at))
        f->ws->lexer.items[f->at].flags |= ITEM_ASKED; /* "akta 28. Tadi ada yang baru jadi 1" */
    else if (change != 0 && item->kind == ITEM_WORD) {
        f->change |= change;
        if (change & MEANS(INSTEAD) && item_is_one_of(&f->ws->lexer, item, &f->ws->lexer.lexicon->lang->no_waiting))
            f->wrong = item;
        return;
    }
    if (f->state == SLOT_WAITING && (item->mask & MEANS(OUT_OF) || item->kind == ITEM_COURTESY))
        return; /* "gizi buruk alhamdulillah nol" */
    if (f->state == SLOT_FILLED && read_is_denied(&f->ws->lexer, f->at))
        f->mention->outcome = OUTCOME_BAD; /* "fe 3 orang belum" */
    if (item->kind == ITEM_WORD) {
        f->words++;
        f->ws->sections[f->ws->n_sections - 1].words_behind++;
    }
    if (item->flags & ITEM_EMBEDDED) {
        unknown_word(f, item, NULL);
        f->fresh = false;
    } else {
        f->pending = item;
    }
    if (f->state == SLOT_WAITING && f->slot + 1 == item && item->mask == 0 && item->kind == ITEM_WORD &&
        f->slot->end + 1 == item->start)
        f->odd = item;
}

static void take_item(struct fields *f, const struct item *item)
{
    switch ((enum item_kind)item->kind) {
    case ITEM_FORM:
        open_form(f, item);
        break;
    case ITEM_KEY:
        open_key(f, item);
        break;
    case ITEM_NUMBER:
    case ITEM_BAD:
        take_value(f, item);
        break;
    case ITEM_ZERO:
        take_zero(f, item);
        break;
    case ITEM_YEAR:
    case ITEM_PERIOD:
        if (f->state == SLOT_FILLED && !f->fresh && f->at + 1 < f->n_items && f->items[f->at + 1].kind == ITEM_NUMBER &&
            !(f->items[f->at + 1].flags & ITEM_BEHIND_MONTH) && !(item->flags & ITEM_LEADS)) {
            f->pending = item; /* "bulan lalu 9": that month's number */
            f->undated = !(item->mask & MEANS(RELATIVE));
            if (!f->undated && item->value == month_of(f->ws->lexer.today))
                f->mention->outcome = OUTCOME_BAD; /* "idl 1 bulan ini 3" */
            f->ws->sections[f->ws->n_sections - 1].undated |= f->undated; /* "sep 7 okt 8" */
            break;
        }
        f->undated = item->flags & ITEM_UNSURE;
        if (item->flags & ITEM_UNSURE_HERE)
            f->ws->sections[f->ws->n_sections - 1].undated = true;
        if (item->flags & ITEM_LEADS) {
            f->lead = (struct said){.said = PERIOD_NOT_SAID, .month = MONTH_NONE};
            period_add(&f->lead, item);
            break;
        }
        period_add(&f->ws->sections[f->ws->n_sections - 1].period, item);
        break;
    case ITEM_MARK:
        take_mark(f, item);
        break;
    case ITEM_TITLE:
    case ITEM_NAME:
    case ITEM_GREETING:
    case ITEM_COURTESY:
    case ITEM_WORD:
    case ITEM_OTHER_KEY:
        take_word(f, item);
        break;
    case ITEM_AMOUNT:
        take_amount(f, item);
        break;
    case ITEM_NOT_YET:
        take_not_yet(f);
        break;
    case ITEM_DATE:
    case ITEM_UNIT:
    case ITEM_FILLER:
    case ITEM_KINDS:
        break;
    }
}

void read_fields(struct reader_workspace *ws, size_t first)
{
    struct fields f = {.ws = ws, .items = ws->lexer.items, .n_items = ws->lexer.n_items, .first = first, .at = first};
    f.lead = (struct said){.said = PERIOD_NOT_SAID, .month = MONTH_NONE};
    for (size_t i = 0; i < first; i++) /* "ralat" begins a report */
        f.words += f.items[i].kind == ITEM_WORD && ~f.items[i].mask & (MEANS(REFERS) | MEANS(INSTEAD));
    ws->n_sections = 0;
    ws->n_mentions = 0;
    ws->too_many = false;
    for (; f.at < f.n_items && !ws->too_many; f.at++) {
        const struct item *item = &f.items[f.at];
        bool small = item->kind == ITEM_FILLER || item->kind == ITEM_MARK || item->kind == ITEM_DATE ||
                     item->mask & MEANS(OUT_OF);
        bool word = item->kind == ITEM_WORD || item->kind == ITEM_OTHER_KEY || item->kind == ITEM_TITLE ||
                    item->kind == ITEM_NAME || item->kind == ITEM_GREETING || item->kind == ITEM_COURTESY;
        if (!small && !is_value(item))
            f.pending = NULL;
        if (!small && !word && item->kind != ITEM_FORM && item->kind != ITEM_PERIOD)
            f.fresh = false;
        take_item(&f, item);
        if (!small && !word && item->kind != ITEM_PERIOD && item->kind != ITEM_FORM)
            f.words = 0;
    }
    ws->ends_in_key = f.state == SLOT_WAITING && !f.mark;
    close_slot(&f);
}
