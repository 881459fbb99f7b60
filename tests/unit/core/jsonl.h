/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file of one JSON object a line, read for the tests: as little of RFC 8259 as the corpus needs, faults abort. */
#ifndef KABAR_TEST_JSONL_H
#define KABAR_TEST_JSONL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/utf8.h"
#include "parsers/view.h"

enum json_kind { JSON_NULL, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT };

struct json {
    enum json_kind kind;
    const char *name; /* of a member of an object */
    long number;
    struct view text; /* terminated */
    struct json *first;
    struct json *next;
};

struct json_reader {
    char *at;
    struct json room[4096];
    size_t n;
};

static void json_need(bool ok, const char *at)
{
    if (!ok) {
        fprintf(stderr, "not the JSON of a corpus: %.60s\n", at);
        abort();
    }
}

static void json_blank(struct json_reader *reader)
{
    while (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r')
        reader->at++;
}

static uint32_t json_hex(struct json_reader *reader)
{
    uint32_t c = 0;
    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef";
        const char *digit = strchr(digits, *reader->at | 0x20);
        json_need(*reader->at >= '0' && digit, reader->at);
        c = c << 4 | (uint32_t)(digit - digits);
        reader->at++;
    }
    return c;
}

/* Decodes in place: what an escape stands for is never longer than the escape. */
static struct view json_string(struct json_reader *reader)
{
    json_need(*reader->at == '"', reader->at);
    char *start = ++reader->at;
    char *to = start;
    while (*reader->at != '"') {
        json_need(*reader->at != '\0', start);
        if (*reader->at != '\\') {
            *to++ = *reader->at++;
            continue;
        }
        char escape = *++reader->at;
        reader->at++;
        if (escape == 'u') {
            uint32_t c = json_hex(reader);
            if (c >= 0xd800 && c < 0xdc00 && reader->at[0] == '\\' && reader->at[1] == 'u') {
                reader->at += 2;
                c = 0x10000 + ((c - 0xd800) << 10) + (json_hex(reader) - 0xdc00);
            }
            to += utf8_encode(c, to);
        } else {
            static const char from[] = "nrtbf\"\\/", codes[] = "\n\r\t\b\f\"\\/";
            const char *found = strchr(from, escape);
            json_need(escape != '\0' && found, start);
            *to++ = codes[found - from];
        }
    }
    reader->at++;
    *to = '\0';
    return (struct view){start, (size_t)(to - start)};
}

static struct json *json_value(struct json_reader *reader);

static void json_members(struct json_reader *reader, struct json *parent, char close)
{
    struct json **end = &parent->first;
    reader->at++;
    for (json_blank(reader); *reader->at != close; json_blank(reader)) {
        const char *name = NULL;
        if (close == '}') {
            name = json_string(reader).at;
            json_blank(reader);
            json_need(*reader->at == ':', reader->at);
            reader->at++;
        }
        *end = json_value(reader);
        (*end)->name = name;
        end = &(*end)->next;
        json_blank(reader);
        if (*reader->at == ',')
            reader->at++;
        else
            json_need(*reader->at == close, reader->at);
    }
    reader->at++;
}

static struct json *json_value(struct json_reader *reader)
{
    json_need(reader->n < sizeof reader->room / sizeof reader->room[0], "too many values");
    struct json *value = &reader->room[reader->n++];
    *value = (struct json){JSON_NULL, NULL, 0, {"", 0}, NULL, NULL};
    json_blank(reader);
    if (*reader->at == '{' || *reader->at == '[') {
        value->kind = *reader->at == '{' ? JSON_OBJECT : JSON_LIST;
        json_members(reader, value, *reader->at == '{' ? '}' : ']');
    } else if (*reader->at == '"') {
        value->kind = JSON_TEXT;
        value->text = json_string(reader);
    } else if (strncmp(reader->at, "null", 4) == 0) {
        reader->at += 4;
    } else {
        value->kind = JSON_NUMBER;
        json_need(*reader->at >= '0' && *reader->at <= '9', reader->at);
        while (*reader->at >= '0' && *reader->at <= '9')
            value->number = value->number * 10 + (*reader->at++ - '0');
    }
    return value;
}

/* The member of that name, or NULL. */
static struct json *json_member(const struct json *object, const char *name)
{
    struct json *member = object->first;
    while (member && strcmp(member->name, name) != 0)
        member = member->next;
    return member;
}

#endif
