/* Matrix kernels of 64-bit Arm: FMA, and the dot and matrix instructions of int8 and bf16. Part of membench_matrix.c. */
#include <arm_neon.h>
#if defined(__linux__)
#include <sys/auxv.h>
#elif defined(__APPLE__)
#include <sys/sysctl.h>
#endif

#define MM_FN(name) name##_neon
#define MM_TARGET
#define MM_VECTOR float32x4_t
#define MM_OPERAND float32x4_t
#define MM_WIDTH 16
#define MM_ROWS 1
#define MM_COLUMNS 4
#define MM_DEPTH 4
#define MM_TALL 12
#define MM_WIDE 2
#define MM_STEP 4
#define MM_ZERO() vdupq_n_f32(0.0f)
#define MM_LOAD(p) vld1q_f32((const float *)(const void *)(p))
#define MM_SPREAD(p) vld1q_dup_f32((const float *)(const void *)(p))
#define MM_DOT(sum, left, right) vfmaq_f32((sum), (left), (right))
#define MM_STORE(p, v) vst1q_f32((float *)(void *)(p), (v))
#include "membench_matrix.h"

/* The instructions are written out: arm_neon.h of older compilers offers their intrinsics only where the whole file may
 * use them. Clang allows them function by function, GCC's assembler from a directive on. */
#if defined(__clang__)
#define MM_ALLOWED(feature) __attribute__((target(feature)))
#define MM_WITH(feature)
#else
#define MM_ALLOWED(feature)
#define MM_WITH(feature) ".arch armv8.2-a+" feature "\n\t"
#endif
#define MM_INSTRUCTION(name, feature, sums, text)                                                                  \
    MM_ALLOWED(feature) static inline __attribute__((always_inline)) sums name(sums sum, int8x16_t l, int8x16_t r) \
    {                                                                                                              \
        __asm__(MM_WITH(feature) text : "+w"(sum) : "w"(l), "w"(r));                                               \
        return sum;                                                                                                \
    }
MM_INSTRUCTION(mm_sdot, "dotprod", int32x4_t, "sdot %0.4s, %1.16b, %2.16b")
MM_INSTRUCTION(mm_smmla, "i8mm", int32x4_t, "smmla %0.4s, %1.16b, %2.16b")
MM_INSTRUCTION(mm_bfmmla, "bf16", float32x4_t, "bfmmla %0.4s, %1.8h, %2.8h")

#define MM_FN(name) name##_sdot
#define MM_TARGET MM_ALLOWED("dotprod")
#define MM_VECTOR int32x4_t
#define MM_OPERAND int8x16_t
#define MM_WIDTH 16
#define MM_ROWS 1
#define MM_COLUMNS 4
#define MM_DEPTH 4
#define MM_TALL 12
#define MM_WIDE 2
#define MM_STEP 4
#define MM_ZERO() vdupq_n_s32(0)
#define MM_LOAD(p) vld1q_s8((const int8_t *)(const void *)(p))
#define MM_SPREAD(p) vreinterpretq_s8_s32(vld1q_dup_s32((const int32_t *)(const void *)(p)))
#define MM_DOT(sum, left, right) mm_sdot((sum), (left), (right))
#define MM_STORE(p, v) vst1q_s32((int32_t *)(void *)(p), (v))
#include "membench_matrix.h"

#define MM_FN(name) name##_smmla
#define MM_TARGET MM_ALLOWED("i8mm")
#define MM_VECTOR int32x4_t
#define MM_OPERAND int8x16_t
#define MM_WIDTH 16
#define MM_ROWS 2
#define MM_COLUMNS 2
#define MM_DEPTH 8
#define MM_TALL 6
#define MM_WIDE 4
#define MM_STEP 16
#define MM_ZERO() vdupq_n_s32(0)
#define MM_LOAD(p) vld1q_s8((const int8_t *)(const void *)(p))
#define MM_SPREAD(p) vld1q_s8((const int8_t *)(const void *)(p))
#define MM_DOT(sum, left, right) mm_smmla((sum), (left), (right))
#define MM_STORE(p, v) vst1q_s32((int32_t *)(void *)(p), (v))
#include "membench_matrix.h"

#define MM_FN(name) name##_bfmmla
#define MM_TARGET MM_ALLOWED("bf16")
#define MM_VECTOR float32x4_t
#define MM_OPERAND int8x16_t
#define MM_WIDTH 16
#define MM_ROWS 2
#define MM_COLUMNS 2
#define MM_DEPTH 8
#define MM_TALL 6
#define MM_WIDE 4
#define MM_STEP 16
#define MM_ZERO() vdupq_n_f32(0.0f)
#define MM_LOAD(p) vld1q_s8((const int8_t *)(const void *)(p))
#define MM_SPREAD(p) vld1q_s8((const int8_t *)(const void *)(p))
#define MM_DOT(sum, left, right) mm_bfmmla((sum), (left), (right))
#define MM_STORE(p, v) vst1q_f32((float *)(void *)(p), (v))
#include "membench_matrix.h"

static const mb_variant table_mm_neon[] = {{"12 x 8 FMA", "neon", MB_MATRIX_FP32, 1, 0, block_neon}};
static const mb_variant table_mm_sdot[] = {{"12 x 8 SDOT", "neon", MB_MATRIX_INT8, 1, 0, block_sdot}};
static const mb_variant table_mm_smmla[] = {{"12 x 8 SMMLA", "neon", MB_MATRIX_INT8, 1, 0, block_smmla}};
static const mb_variant table_mm_bfmmla[] = {{"12 x 8 BFMMLA", "neon", MB_MATRIX_BF16, 1, 0, block_bfmmla}};

/* Bits of AT_HWCAP and AT_HWCAP2 (Linux, arch/arm64/include/uapi/asm/hwcap.h) or names of sysctl (Apple). */
static int mm_has(unsigned long first, unsigned long second, const char *name)
{
#if defined(__linux__)
    (void)name;
    return (getauxval(AT_HWCAP) & first) || (getauxval(AT_HWCAP2) & second);
#elif defined(__APPLE__)
    int value = 0;
    size_t size = sizeof value;
    (void)first, (void)second;
    return sysctlbyname(name, &value, &size, NULL, 0) == 0 && value;
#else
    (void)first, (void)second, (void)name;
    return 0;
#endif
}

static mb_table own_table(int index)
{
    switch (index) {
    case 0: return (mb_table){table_mm_neon, 1};
    case 1: return (mb_table){table_mm_sdot, mm_has(1ul << 20, 0, "hw.optional.arm.FEAT_DotProd") ? 1 : 0};
    case 2: return (mb_table){table_mm_smmla, mm_has(0, 1ul << 13, "hw.optional.arm.FEAT_I8MM") ? 1 : 0};
    case 3: return (mb_table){table_mm_bfmmla, mm_has(0, 1ul << 14, "hw.optional.arm.FEAT_BF16") ? 1 : 0};
    default: return (mb_table){NULL, -1};
    }
}
