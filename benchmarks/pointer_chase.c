/* An independent pointer chase for memory_peers.py: pointer_chase MEBIBYTES huge|small prints nanoseconds per load,
 * the best slice and the median of the slices.
 *
 * Written apart from the probe on purpose: the order is a table shuffled into one cycle (Sattolo), not a bijection, and
 * the pointers are written in the order of the cycle. Lines of 64 bytes, one thread, pinned to CPU 0's place by nobody. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum { SLICES = 9 };

static uint64_t state = 88172645463325252ull;

static uint64_t next_random(void) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static int by_size(void const *a, void const *b)
{
    double const x = *(double const *)a, y = *(double const *)b;
    return (x > y) - (x < y);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    size_t const bytes = (size_t)atoi(argv[1]) << 20, count = bytes / 64, huge = (size_t)2 << 20;
    char *mapping = mmap(NULL, bytes + huge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uint32_t *order = malloc(count * sizeof *order);
    if (mapping == MAP_FAILED || !order)
        return 1;
    char *area = (char *)(((uintptr_t)mapping + huge - 1) / huge * huge);
    madvise(area, bytes, strcmp(argv[2], "huge") == 0 ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
    memset(area, 0, bytes);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    for (size_t i = count - 1; i > 0; i--) {
        size_t const other = next_random() % i;
        uint32_t const kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
    for (size_t i = 0; i < count; i++)
        *(char **)(void *)(area + (size_t)order[i] * 64) = area + (size_t)order[(i + 1) % count] * 64;
    free(order);
    char *volatile sink = area;
    char *p = sink;
    double took[SLICES];
    for (int slice = -1; slice < SLICES; slice++) { /* the first one warms up */
        int const loads = 200000;
        double const begun = seconds();
        for (int i = 0; i < loads; i++)
            p = *(char **)(void *)p;
        if (slice >= 0)
            took[slice] = (seconds() - begun) / loads * 1e9;
    }
    sink = p;
    qsort(took, SLICES, sizeof *took, by_size);
    printf("%.2f %.2f\n", took[0], took[SLICES / 2]);
    return 0;
}
