/* Matrix kernels: how many multiplications and additions a core does where the operands lie in its own caches.
 *
 * One block is 96 rows by 64 columns over an inner dimension of 640 bytes: 160 single-precision numbers, 320 of bf16 or 640
 * of int8, accumulated in 32 bits. Its panels (60 KiB, 40 KiB) lie packed in the order in which they are read, as every
 * tuned matrix product packs them. The caller counts 2 x rows x columns x inner operations for each block. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* syscall */
#endif
#include "membench_kernels.h"
#include "membench_matrix_tables.h"

#include <string.h>

#define MM_LEFT 96
#define MM_RIGHT 64
#define MM_INNER 640

#if defined(__GNUC__) && !defined(__clang__)
#define MB_UNROLL _Pragma("GCC unroll 16")
#elif defined(__clang__)
#define MB_UNROLL _Pragma("clang loop unroll(full)")
#else
#define MB_UNROLL
#endif

/* ---- every architecture ---- */
static inline float mm_float(const char *p)
{
    float value;
    memcpy(&value, p, sizeof value);
    return value;
}
#define MM_FN(name) name##_scalar
#define MM_TARGET
#define MM_VECTOR float
#define MM_OPERAND float
#define MM_WIDTH 4
#define MM_ROWS 1
#define MM_COLUMNS 1
#define MM_DEPTH 4
#define MM_TALL 2
#define MM_WIDE 4
#define MM_STEP 4
#define MM_ZERO() 0.0f
#define MM_LOAD(p) mm_float(p)
#define MM_SPREAD(p) mm_float(p)
#define MM_DOT(sum, left, right) ((sum) + (left) * (right))
#define MM_STORE(p, v) memcpy((p), &(v), sizeof(v))
#include "membench_matrix.h"

static const mb_variant table_portable[] = {{"portable", "scalar", MB_MATRIX_FP32, 1, 0, block_scalar}};

#if defined(__x86_64__)
#include "membench_matrix_x86.h"
#elif defined(__aarch64__)
#include "membench_matrix_arm.h"
#endif

mb_table mb_matrix_table(int index)
{
    if (index == 0)
        return (mb_table){table_portable, 1};
#if defined(__x86_64__) || defined(__aarch64__)
    return own_table(index - 1);
#else
    return (mb_table){NULL, -1};
#endif
}
