/* Memory, threads and time around the kernels: maps arenas, pins one thread to each task, starts all of them
 * together, and takes the time from the first start to the last end. Plain C11 with POSIX threads: OpenMP is
 * refused by Apple's compiler and clashes with other copies of itself inside one process. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* sched_setaffinity, MADV_HUGEPAGE */
#endif
#include "membench_threads.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define HUGE_PAGE ((size_t)2 << 20)

/* ---- memory ---- */

int mb_arena_map(mb_arena *arena, size_t bytes, enum mb_pages pages)
{
    memset(arena, 0, sizeof *arena);
    if (bytes > SIZE_MAX - HUGE_PAGE)
        return ENOMEM;
    size_t const mapped = bytes + HUGE_PAGE; /* room to begin on a huge page */
    void *mapping = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED)
        return errno ? errno : ENOMEM;
    arena->mapping = mapping;
    arena->mapped = mapped;
    arena->start = (char *)(((uintptr_t)mapping + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE);
    arena->bytes = bytes;
#if defined(MADV_HUGEPAGE)
    if (pages == MB_PAGES_HUGE && madvise(arena->start, bytes, MADV_HUGEPAGE) != 0)
        arena->advised = errno;
    if (pages == MB_PAGES_SMALL && madvise(arena->start, bytes, MADV_NOHUGEPAGE) != 0)
        arena->advised = errno;
#else
    if (pages != MB_PAGES_DEFAULT)
        arena->advised = ENOTSUP;
#endif
    return 0;
}

void mb_arena_unmap(mb_arena *arena)
{
    if (arena->mapping)
        munmap(arena->mapping, arena->mapped);
    memset(arena, 0, sizeof *arena);
}

size_t mb_mismatches(const char *start, size_t bytes, double value)
{
    const double *values = (const double *)(const void *)start;
    size_t wrong = 0;
    for (size_t i = 0; i < bytes / sizeof *values; i++)
        wrong += values[i] != value;
    return wrong;
}

/* ---- time and threads ---- */

double mb_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int mb_pin(int cpu)
{
    if (cpu < 0)
        return 0;
#if defined(__linux__)
    size_t const number = (size_t)cpu;
    size_t const bytes = CPU_ALLOC_SIZE(number + 1);
    cpu_set_t *set = CPU_ALLOC(number + 1);
    if (!set)
        return 1;
    CPU_ZERO_S(bytes, set);
    CPU_SET_S(number, bytes, set);
    int const refused = sched_setaffinity(0, bytes, set) != 0; /* 0: this thread alone */
    CPU_FREE(set);
    return refused;
#else
    return 1;
#endif
}

int mb_arrive(mb_gate *gate)
{
    atomic_fetch_sub(&gate->waiting, 1);
    for (unsigned spins = 1; atomic_load_explicit(&gate->waiting, memory_order_acquire) > 0; spins++) {
        if (atomic_load_explicit(&gate->abandon, memory_order_relaxed))
            return 1;
        if (spins % 1024 == 0)
            sched_yield();
    }
    return atomic_load(&gate->abandon);
}

static void fill(const mb_task *task, double value)
{
    /* volatile: the first touch must not become a call that maps pages in another way. */
    volatile double *values = (volatile double *)(void *)task->a;
    for (size_t i = 0; i < task->bytes / sizeof *values; i++)
        values[i] = value;
}

static void *work(void *argument)
{
    mb_worker *worker = argument;
    worker->unpinned = mb_pin(worker->task.cpu);
    if (mb_arrive(worker->gate))
        return NULL;
    mb_task const task = worker->task;
    worker->begun = mb_now();
    if (!worker->variant) {
        fill(&task, worker->value);
    } else if (worker->passes) {
        for (long pass = 0; pass < worker->passes; pass++)
            worker->sum = worker->variant->run(task.a, task.b, task.c, task.bytes);
    } else {
        /* In pieces, so that the streams end soon after the chase does. */
        size_t const piece = task.bytes < ((size_t)1 << 20) ? task.bytes : (size_t)1 << 20;
        for (size_t at = 0; !atomic_load_explicit(&worker->gate->stop, memory_order_relaxed);) {
            worker->sum += worker->variant->run(task.a, task.b + at, task.c, piece);
            worker->bytes_done += (double)piece;
            at = at + 2 * piece <= task.bytes ? at + piece : 0;
        }
    }
    worker->ended = mb_now();
    return NULL;
}

int mb_start(mb_worker *workers, int count, mb_gate *gate)
{
    for (int i = 0; i < count; i++) {
        workers[i].gate = gate;
        int const failed = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
        if (failed) {
            atomic_store(&gate->abandon, 1);
            for (int k = 0; k < i; k++)
                pthread_join(workers[k].thread, NULL);
            return failed;
        }
    }
    return 0;
}

static int run_workers(const mb_variant *variant, const mb_task *tasks, int count, long passes, double value,
                       mb_timing *timing)
{
    mb_worker *workers = calloc((size_t)count, sizeof *workers);
    if (!workers)
        return ENOMEM;
    mb_gate gate = {0};
    atomic_init(&gate.waiting, count);
    for (int i = 0; i < count; i++) {
        workers[i].variant = variant;
        workers[i].task = tasks[i];
        workers[i].passes = passes;
        workers[i].value = value;
    }
    int const failed = mb_start(workers, count, &gate);
    double first = 0, last = 0;
    for (int i = 0; i < count && !failed; i++) {
        pthread_join(workers[i].thread, NULL);
        first = i == 0 || workers[i].begun < first ? workers[i].begun : first;
        last = i == 0 || workers[i].ended > last ? workers[i].ended : last;
        timing->sum += workers[i].sum;
        timing->unpinned += workers[i].unpinned;
    }
    timing->nanoseconds = last - first;
    free(workers);
    return failed;
}

int mb_fill(const mb_task *tasks, int count, double value)
{
    mb_timing unused = {0};
    return run_workers(NULL, tasks, count, 1, value, &unused);
}

int mb_run(const mb_variant *variant, const mb_task *tasks, int count, long passes, mb_timing *timing)
{
    memset(timing, 0, sizeof *timing);
    return run_workers(variant, tasks, count, passes, 0, timing);
}
