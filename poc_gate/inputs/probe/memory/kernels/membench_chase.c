/* Memory latency: a chain of loads in which each address comes out of the load before, over a cycle that visits every
 * slot once. Nothing can be fetched ahead, so the time per load is the latency. */
#include "membench_threads.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A bijection of [0, 2^bits): odd factors and shifted exclusive-ors are invertible modulo a power of two. Walking
 * scramble(0), scramble(1), ... visits every slot once in an order no prefetcher follows; unlike a shuffle it needs no table,
 * and its inverse lets the slots be written in address order, which is several times faster. */
typedef struct {
    uint64_t mask;
    unsigned half; /* shift, at least half of the bits, so that one exclusive-or undoes itself */
} mb_mix;

#define MIX_ONE UINT64_C(0x9E3779B97F4A7C15) /* odd; 2^64 over the golden ratio */
#define MIX_TWO UINT64_C(0xBF58476D1CE4E5B9) /* odd; from the finaliser of splitmix64 */

/* Inverse of an odd number modulo 2^64: Newton's iteration doubles the right bits from 3 to 96. */
static uint64_t inverse_of(uint64_t odd)
{
    uint64_t x = odd;
    for (int i = 0; i < 5; i++)
        x *= 2 - odd * x;
    return x;
}

static uint64_t scramble(mb_mix mix, uint64_t i)
{
    i = (i * MIX_ONE) & mix.mask;
    i ^= i >> mix.half;
    i = (i * MIX_TWO) & mix.mask;
    return i ^ (i >> mix.half);
}

static uint64_t unscramble(mb_mix mix, uint64_t x, uint64_t inverse_one, uint64_t inverse_two)
{
    x ^= x >> mix.half;
    x = (x * inverse_two) & mix.mask;
    x ^= x >> mix.half;
    return (x * inverse_one) & mix.mask;
}

static char *slot(char *start, uint64_t index, size_t stride)
{
    size_t const lines = stride / MB_LINE;
    size_t const line = lines > 1 ? (index * MIX_TWO >> 40) % lines : 0;
    return start + index * stride + line * MB_LINE;
}

void mb_chase_build(char *start, size_t slots, size_t stride)
{
    unsigned bits = 0;
    while (((size_t)1 << bits) < slots)
        bits++;
    mb_mix const mix = {slots - 1, bits < 2 ? 1 : (bits + 1) / 2};
    uint64_t const inverse_one = inverse_of(MIX_ONE), inverse_two = inverse_of(MIX_TWO);
    for (uint64_t x = 0; x < slots; x++) {
        uint64_t const i = unscramble(mix, x, inverse_one, inverse_two);
        *(char **)(void *)slot(start, x, stride) = slot(start, scramble(mix, (i + 1) & mix.mask), stride);
    }
}

typedef struct {
    mb_gate *gate;
    int cpu;
    long loads;
    char *at;
    double nanoseconds;
    int unpinned;
} mb_chaser;

static void *chase(void *argument)
{
    mb_chaser *chaser = argument;
    chaser->unpinned = mb_pin(chaser->cpu);
    if (mb_arrive(chaser->gate))
        return NULL;
    char *volatile sink = chaser->at; /* volatile: the chain must not be seen as unused */
    char *p = sink;
    double const begun = mb_now();
    for (long i = 0; i < chaser->loads / 8; i++) {
        p = *(char **)(void *)p, p = *(char **)(void *)p, p = *(char **)(void *)p, p = *(char **)(void *)p;
        p = *(char **)(void *)p, p = *(char **)(void *)p, p = *(char **)(void *)p, p = *(char **)(void *)p;
    }
    sink = p;
    chaser->nanoseconds = mb_now() - begun;
    chaser->at = sink;
    atomic_store(&chaser->gate->stop, 1);
    return NULL;
}

static int chase_with(mb_chaser *chaser, mb_worker *workers, int count, mb_chase_timing *timing)
{
    pthread_t thread;
    int failed = mb_start(workers, count, chaser->gate);
    if (failed)
        return failed;
    failed = pthread_create(&thread, NULL, chase, chaser);
    if (failed)
        atomic_store(&chaser->gate->abandon, 1);
    else
        pthread_join(thread, NULL);
    timing->nanoseconds = chaser->nanoseconds;
    timing->unpinned = chaser->unpinned;
    for (int i = 0; i < count; i++) {
        pthread_join(workers[i].thread, NULL);
        double const seconds = (workers[i].ended - workers[i].begun) * 1e-9;
        timing->stream_bytes += workers[i].bytes_done;
        timing->stream_seconds = seconds > timing->stream_seconds ? seconds : timing->stream_seconds;
        timing->unpinned += workers[i].unpinned;
    }
    return failed;
}

int mb_chase(char *start_at, uintptr_t *position, int cpu, long loads, const mb_variant *reader, const mb_task *streams,
             int count, mb_chase_timing *timing)
{
    memset(timing, 0, sizeof *timing);
    mb_worker *workers = calloc((size_t)count + 1, sizeof *workers);
    if (!workers)
        return ENOMEM;
    mb_gate gate = {0};
    atomic_init(&gate.waiting, count + 1);
    for (int i = 0; i < count; i++) {
        workers[i].variant = reader;
        workers[i].task = streams[i];
    }
    char *const first = *position ? (char *)*position : slot(start_at, 0, 0);
    mb_chaser chaser = {.gate = &gate, .cpu = cpu, .loads = loads, .at = first};
    int const failed = chase_with(&chaser, workers, count, timing);
    *position = (uintptr_t)chaser.at;
    free(workers);
    return failed;
}
