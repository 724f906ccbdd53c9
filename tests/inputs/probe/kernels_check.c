/* Runs every kernel variant, the fill and the chase on small ranges and checks their results.
 * Compiled by test_native_build.py with warnings as errors and with the sanitizers. */
#include "membench_kernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 3
#define EACH ((size_t)24 * MB_GRANULE)

static int failures;

static void expect(int good, const char *what, const char *isa, const char *name)
{
    if (!good) {
        failures++;
        printf("wrong: %s %s %s\n", what, isa, name);
    }
}

static void check_variant(mb_arena *arena, const mb_variant *v, size_t bytes)
{
    mb_task tasks[THREADS];
    mb_task whole[1] = {{-1, arena->start, NULL, NULL, THREADS * 3 * EACH}}; /* the chase alone needs more */
    expect(mb_fill(whole, 1, MB_START) == 0, "fill", v->isa, v->name);
    for (int i = 0; i < THREADS; i++) {
        char *a = arena->start + (size_t)i * 3 * EACH;
        tasks[i] = (mb_task){0, a, a + EACH, a + 2 * EACH, bytes};
        if (v->operation != MB_READ) {
            mb_task target[1] = {{-1, a, NULL, NULL, bytes}};
            mb_fill(target, 1, 0.5);
        }
    }
    mb_timing timing;
    expect(mb_run(v, tasks, THREADS, 2, &timing) == 0, "run", v->isa, v->name);
    uint64_t one;
    double const start = MB_START;
    memcpy(&one, &start, sizeof one);
    if (v->operation == MB_READ)
        expect(timing.sum == THREADS * (bytes / 8) * one, "sum", v->isa, v->name);
    for (int i = 0; i < THREADS && v->operation != MB_READ; i++) {
        double const wanted = v->operation == MB_TRIAD ? MB_START + MB_SCALE * MB_START : MB_START;
        expect(mb_mismatches(tasks[i].a, bytes, wanted) == 0, "result", v->isa, v->name);
        expect(mb_mismatches(tasks[i].a + bytes, 3 * EACH - bytes, MB_START) == 0, "beyond", v->isa, v->name);
    }
}

static double pattern(const void *eight)
{
    double value;
    memcpy(&value, eight, sizeof value);
    return value;
}

/* A product of panels of ones is the inner length, wherever the kernel puts its elements; shorter ranges stay untouched. */
static void check_matrix(mb_arena *arena, const mb_variant *v)
{
    float const one = 1.0f, single[2] = {160.0f, 160.0f}, half[2] = {320.0f, 320.0f};
    int32_t const whole[2] = {640, 640};
    uint16_t const halves[4] = {0x3f80, 0x3f80, 0x3f80, 0x3f80};
    float const ones[2] = {one, one};
    const void *from = v->operation == MB_MATRIX_FP32 ? (const void *)ones : (const void *)halves;
    const void *sums = v->operation == MB_MATRIX_FP32 ? (const void *)single : (const void *)half;
    if (v->operation == MB_MATRIX_INT8) {
        from = "\1\1\1\1\1\1\1\1";
        sums = whole;
    }
    size_t const result = 96 * 64 * 4;
    mb_task all[1] = {{-1, arena->start, NULL, NULL, 3 * MB_MATRIX_BYTES}};
    expect(mb_fill(all, 1, pattern(from)) == 0, "fill", v->isa, v->name);
    mb_task task[1] = {{-1, arena->start, arena->start + MB_MATRIX_BYTES, arena->start + 2 * MB_MATRIX_BYTES,
                        MB_MATRIX_BYTES - MB_GRANULE}};
    mb_timing timing;
    expect(mb_run(v, task, 1, 1, &timing) == 0, "run", v->isa, v->name);
    expect(mb_mismatches(arena->start, 3 * MB_MATRIX_BYTES, pattern(from)) == 0, "short", v->isa, v->name);
    task[0].bytes = MB_MATRIX_BYTES;
    expect(mb_run(v, task, 1, 2, &timing) == 0, "run", v->isa, v->name);
    expect(mb_mismatches(arena->start, result, pattern(sums)) == 0, "product", v->isa, v->name);
    expect(mb_mismatches(arena->start + result, 3 * MB_MATRIX_BYTES - result, pattern(from)) == 0, "beyond", v->isa,
           v->name);
}

static void check_chase(mb_arena *arena, size_t stride)
{
    size_t const slots = 1024;
    mb_chase_build(arena->start, slots, stride);
    char *p = arena->start, *first = p;
    size_t steps = 0;
    unsigned char *seen = calloc(slots, 1);
    do {
        size_t const slot = (size_t)(p - arena->start) / stride;
        expect(!seen[slot], "a slot is visited twice", "", "chase");
        seen[slot] = 1;
        p = *(char **)(void *)p;
        steps++;
    } while (p != first && steps <= slots);
    expect(steps == slots, "the cycle misses slots", "", "chase");
    free(seen);
    uintptr_t position = 0;
    mb_chase_timing timing;
    const mb_variant *reader = NULL;
    for (int i = 0; i < mb_variant_count() && !reader; i++)
        reader = mb_variant_at(i)->operation == MB_READ ? mb_variant_at(i) : NULL;
    mb_task streams[2];
    for (int i = 0; i < 2; i++)
        streams[i] = (mb_task){-1, NULL, arena->start, NULL, EACH};
    expect(mb_chase(arena->start, &position, -1, 4096, reader, streams, 2, &timing) == 0, "chase", "", "");
    expect(timing.nanoseconds > 0 && timing.stream_bytes >= 0, "chase timing", "", "");
    expect(position == (uintptr_t)arena->start, "4096 loads are four whole rounds", "", "");
}

int main(void)
{
    mb_arena arena;
    if (mb_arena_map(&arena, THREADS * 3 * EACH + MB_GRANULE * 1024, MB_PAGES_HUGE) != 0)
        return 2;
    for (int i = 0; i < mb_variant_count(); i++) {
        if (mb_variant_at(i)->operation >= MB_MATRIX_FP32) {
            check_matrix(&arena, mb_variant_at(i));
            continue;
        }
        check_variant(&arena, mb_variant_at(i), MB_GRANULE); /* shorter than one page for each sub-stream */
        check_variant(&arena, mb_variant_at(i), 13 * MB_GRANULE);
        check_variant(&arena, mb_variant_at(i), EACH);
    }
    expect(mb_variant_at(mb_variant_count()) == NULL && mb_variant_at(-1) == NULL, "end of the table", "", "");
    check_chase(&arena, MB_LINE);
    check_chase(&arena, MB_GRANULE);
    mb_arena_unmap(&arena);
    mb_arena huge;
    expect(mb_arena_map(&huge, SIZE_MAX / 2, MB_PAGES_DEFAULT) != 0, "an impossible size is refused", "", "");
    expect(mb_arena_map(&huge, SIZE_MAX, MB_PAGES_DEFAULT) != 0, "an overflowing size is refused", "", "");
    printf("%d variants, %d failures, of", mb_variant_count(), failures);
    for (int i = 0; i < mb_variant_count(); i++) {
        const char *isa = mb_variant_at(i)->isa;
        if (i == 0 || strcmp(isa, mb_variant_at(i - 1)->isa) != 0)
            printf(" %s", isa);
    }
    printf("\n");
    return failures != 0;
}
