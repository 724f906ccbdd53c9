/* Memory kernels of poc-gate: plain C11, no Python. Sizes in bytes, times in nanoseconds.
 *
 * A variant is one way to do one operation (read, write, copy, triad) with one instruction set. None wins
 * on every machine (512-bit stores lose on some, non-temporal ones win on others), so the caller times them
 * and names the winner. Bytes are counted by the caller: read 1, write 1, copy 2, triad 3 times the length;
 * the line that a plain store fetches before it writes (write-allocate) is never counted. */
#ifndef POC_GATE_MEMBENCH_KERNELS_H
#define POC_GATE_MEMBENCH_KERNELS_H

#include <stddef.h>
#include <stdint.h>

enum mb_operation { MB_READ, MB_WRITE, MB_COPY, MB_TRIAD, MB_MATRIX_FP32, MB_MATRIX_BF16, MB_MATRIX_INT8 };

/* Every length handed to a kernel is a multiple of this, so that no kernel needs a ragged end. */
#define MB_GRANULE 4096u
#define MB_LINE 64u
/* A matrix kernel works on blocks of this many bytes in each of its three arrays: a the result, b and c the packed panels.
 * With every element of both panels 1 each result is the inner length: 160, 320 or 640 (fp32, bf16, int8). */
#define MB_MATRIX_BYTES 65536u
/* The value every array starts with; a normal double, so that no arithmetic meets a denormal. */
#define MB_START 1.0
/* triad computes a = b + MB_SCALE * c; with b = c = 1.0 each element must become exactly this sum. */
#define MB_SCALE 3.0

typedef uint64_t (*mb_kernel)(char *a, const char *b, const char *c, size_t bytes);

typedef struct {
    const char *name; /* such as "ymm, write prefetch" */
    const char *isa;  /* scalar, sse2, avx2, avx512, neon, sve */
    enum mb_operation operation;
    int streams; /* sequential streams walked side by side */
    int non_temporal;
    mb_kernel run;
} mb_variant;

typedef struct {
    int cpu; /* -1: not pinned */
    char *a;
    const char *b;
    const char *c;
    size_t bytes;
} mb_task;

typedef struct {
    double nanoseconds; /* first start to last end, all threads */
    uint64_t sum;       /* of the 64-bit words read in the last pass, all threads */
    int unpinned;       /* threads that could not be pinned */
} mb_timing;

typedef struct {
    double nanoseconds;   /* of the chase */
    double stream_bytes;  /* read by the other threads meanwhile */
    double stream_seconds;
    int unpinned;
} mb_chase_timing;

typedef struct {
    void *mapping; /* as mapped */
    size_t mapped;
    char *start; /* aligned to 2 MiB */
    size_t bytes;
    int advised; /* 0: the system took the advice on page size; otherwise errno */
} mb_arena;

enum mb_pages { MB_PAGES_DEFAULT, MB_PAGES_HUGE, MB_PAGES_SMALL };

/* 0 or errno. The memory is not touched yet: the thread that will use it does that. */
int mb_arena_map(mb_arena *arena, size_t bytes, enum mb_pages pages);
void mb_arena_unmap(mb_arena *arena);

/* Every variant this processor can run; the instruction sets are asked of the processor at run time. */
int mb_variant_count(void);
const mb_variant *mb_variant_at(int index);

/* Write `value` to a[0, bytes) of each task on its own thread: the first touch. 0 or errno. */
int mb_fill(const mb_task *tasks, int count, double value);

/* Run one variant `passes` times on every task at once, threads started together. 0 or errno. */
int mb_run(const mb_variant *variant, const mb_task *tasks, int count, long passes, mb_timing *timing);

/* Number of doubles in [start, start + bytes) that differ from `value`. */
size_t mb_mismatches(const char *start, size_t bytes, double value);

/* Lay one cycle through all slots of `stride` bytes in a pseudo-random order. `slots` must be a power of two;
 * each slot holds the address of the next in its `line`th cache line, which varies over the lines of a page so
 * that page-sized strides do not all fall into one cache set. */
void mb_chase_build(char *start, size_t slots, size_t stride);

/* Follow `loads` dependent pointers from `*position` (0: the first slot) on `cpu` while `streams` are read by
 * other threads until it ends; the position reached is written back. 0 or errno. */
int mb_chase(char *start, uintptr_t *position, int cpu, long loads, const mb_variant *reader, const mb_task *streams,
             int count, mb_chase_timing *timing);

#endif
