/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

struct world {
    struct clock_fixed clock;
    struct loop *loop;
    struct error error;
    char calls[64]; /* a letter a call, in order */
    size_t n_calls;
};

struct agent {
    struct world *world;
    char letter;
    struct loop_timer timer;
    int fd;
    int again_ms; /* a timer sets itself anew; -1: no */
    struct agent *victim;
    struct agent *heir; /* watched on the same descriptor in place of this one */
};

static int setup(void **state)
{
    static struct world world;
    world = (struct world){.clock = {.wall = 0, .monotonic = 1000}};
    assert_int_equal(loop_open(clock_of_fixed(&world.clock), &world.loop, &world.error), 0);
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;
    assert_null(loop_close(world->loop));
    assert_null(loop_close(NULL));
    return 0;
}

static void note(struct agent *agent)
{
    struct world *world = agent->world;
    assert_true(world->n_calls + 1 < sizeof world->calls);
    world->calls[world->n_calls++] = agent->letter;
    world->calls[world->n_calls] = '\0';
}

static void on_timer(void *data, short events)
{
    struct agent *agent = data;
    assert_int_equal(events, 0);
    note(agent);
    if (agent->victim)
        loop_timer_clear(agent->world->loop, &agent->victim->timer);
    if (agent->again_ms >= 0)
        loop_timer_set(agent->world->loop, &agent->timer, agent->again_ms, on_timer, agent);
}

static struct agent agent_of(struct world *world, char letter)
{
    return (struct agent){.world = world, .letter = letter, .fd = -1, .again_ms = -1};
}

static void turn(struct world *world, int64_t pass_ms, const char *expected)
{
    world->clock.monotonic += pass_ms;
    world->n_calls = 0;
    world->calls[0] = '\0';
    assert_int_equal(loop_turn(world->loop, 0), 0);
    assert_string_equal(world->calls, expected);
}

static void timers_fire_once_in_order(void **state)
{
    struct world *world = *state;
    struct agent a = agent_of(world, 'a'), b = agent_of(world, 'b'), c = agent_of(world, 'c');
    loop_timer_set(world->loop, &a.timer, 30, on_timer, &a);
    loop_timer_set(world->loop, &b.timer, 10, on_timer, &b);
    loop_timer_set(world->loop, &c.timer, 10, on_timer, &c);
    assert_true(a.timer.set);
    turn(world, 9, "");
    turn(world, 1, "bc");
    assert_false(b.timer.set);
    turn(world, 0, "");
    turn(world, 1000, "a");
    turn(world, 1000, "");
}

static void timer_set_anew_moves(void **state)
{
    struct world *world = *state;
    struct agent a = agent_of(world, 'a');
    loop_timer_set(world->loop, &a.timer, 10, on_timer, &a);
    loop_timer_set(world->loop, &a.timer, 50, on_timer, &a);
    turn(world, 20, "");
    turn(world, 30, "a");
    loop_timer_set(world->loop, &a.timer, -5, on_timer, &a);
    turn(world, 0, "a");
    loop_timer_clear(world->loop, &a.timer);
    turn(world, 100, "");
}

static void timer_for_now_waits_for_the_next_turn(void **state)
{
    struct world *world = *state;
    struct agent a = agent_of(world, 'a');
    a.again_ms = 0;
    loop_timer_set(world->loop, &a.timer, 0, on_timer, &a);
    turn(world, 0, "a");
    turn(world, 0, "a");
}

static void timer_clears_another_that_is_due(void **state)
{
    struct world *world = *state;
    struct agent a = agent_of(world, 'a'), b = agent_of(world, 'b'), c = agent_of(world, 'c');
    a.victim = &b;
    c.again_ms = 5;
    loop_timer_set(world->loop, &a.timer, 1, on_timer, &a);
    loop_timer_set(world->loop, &b.timer, 1, on_timer, &b);
    loop_timer_set(world->loop, &c.timer, 1, on_timer, &c);
    turn(world, 1, "ac");
    assert_false(b.timer.set);
    turn(world, 5, "c");
}

static void on_readable(void *data, short events)
{
    struct agent *agent = data;
    assert_true(events & (POLLIN | POLLHUP));
    note(agent);
    char byte;
    (void)!read(agent->fd, &byte, 1);
    if (agent->victim)
        loop_unwatch(agent->world->loop, agent->victim->fd);
    if (agent->heir) {
        assert_int_equal(loop_watch(agent->world->loop, agent->heir->fd, POLLIN, on_readable, agent->heir), 0);
    }
}

static void make_readable(struct agent *agent, int *ret_write_end)
{
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    agent->fd = ends[0];
    *ret_write_end = ends[1];
    assert_int_equal(loop_watch(agent->world->loop, agent->fd, POLLIN, on_readable, agent), 0);
}

static void descriptors_are_called_and_let_go(void **state)
{
    struct world *world = *state;
    struct agent a = agent_of(world, 'a');
    int end;
    make_readable(&a, &end);
    turn(world, 0, "");
    assert_int_equal(write(end, "xy", 2), 2);
    turn(world, 0, "a");
    turn(world, 0, "a");
    turn(world, 0, "");
    close(end);
    turn(world, 0, "a");
    loop_unwatch(world->loop, a.fd);
    turn(world, 0, "");
    close(a.fd);
}

/* a hands its descriptor's place to c: neither b's nor a's old events may reach c within the turn. */
static void descriptor_replaced_within_the_turn(void **state)
{
    struct world *world = *state;
    struct agent a = agent_of(world, 'a'), b = agent_of(world, 'b'), c = agent_of(world, 'c');
    int end_a, end_b;
    make_readable(&a, &end_a);
    make_readable(&b, &end_b);
    c.fd = b.fd;
    a.victim = &b;
    a.heir = &c;
    assert_int_equal(write(end_a, "x", 1), 1);
    assert_int_equal(write(end_b, "x", 1), 1);
    turn(world, 0, "a");
    turn(world, 0, "c");
    loop_unwatch(world->loop, a.fd);
    loop_unwatch(world->loop, c.fd);
    close(a.fd);
    close(b.fd);
    close(end_a);
    close(end_b);
}

static void many_descriptors(void **state)
{
    enum { N = 40 };
    struct world *world = *state;
    struct agent agents[N];
    int ends[N];
    for (int i = 0; i < N; i++) {
        agents[i] = agent_of(world, (char)('A' + i));
        make_readable(&agents[i], &ends[i]);
    }
    assert_int_equal(write(ends[0], "x", 1), 1);
    assert_int_equal(write(ends[N - 1], "x", 1), 1);
    turn(world, 0, "Ah");
    for (int i = 0; i < N; i++) {
        loop_unwatch(world->loop, agents[i].fd);
        close(agents[i].fd);
        close(ends[i]);
    }
    turn(world, 0, "");
}

/* With the system's clock a turn sleeps until the timer, not for ever and not in a spin. */
static void turn_waits_for_the_timer(void **state)
{
    struct world *world = *state;
    struct loop *loop = NULL;
    assert_int_equal(loop_open(clock_system, &loop, &world->error), 0);
    struct agent a = agent_of(world, 'a');
    struct loop *kept = world->loop;
    world->loop = loop;
    int64_t start = clock_system.monotonic_ms(NULL);
    loop_timer_set(loop, &a.timer, 30, on_timer, &a);
    int turns = 0;
    for (; world->n_calls == 0; turns++)
        assert_int_equal(loop_turn(loop, -1), 0);
    assert_true(clock_system.monotonic_ms(NULL) - start >= 30);
    assert_true(turns <= 3);
    world->loop = kept;
    loop_close(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(timers_fire_once_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(timer_set_anew_moves, setup, teardown),
        cmocka_unit_test_setup_teardown(timer_for_now_waits_for_the_next_turn, setup, teardown),
        cmocka_unit_test_setup_teardown(timer_clears_another_that_is_due, setup, teardown),
        cmocka_unit_test_setup_teardown(descriptors_are_called_and_let_go, setup, teardown),
        cmocka_unit_test_setup_teardown(descriptor_replaced_within_the_turn, setup, teardown),
        cmocka_unit_test_setup_teardown(many_descriptors, setup, teardown),
        cmocka_unit_test_setup_teardown(turn_waits_for_the_timer, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
