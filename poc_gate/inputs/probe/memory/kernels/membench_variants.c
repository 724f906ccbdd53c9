/* The table of kernel variants: the loops of membench_loops.h compiled for each instruction set of the target
 * architecture, and which of them this processor can run. Function pointers and per-function targets are used
 * because ifunc-based dispatch (target_clones) does not exist on musl and older macOS. */
#include "membench_kernels.h"
#include "membench_matrix_tables.h"

#include <string.h>

#if defined(__GNUC__) && !defined(__clang__)
#define MB_UNROLL _Pragma("GCC unroll 16")
#elif defined(__clang__)
#define MB_UNROLL _Pragma("clang loop unroll(full)")
#else
#define MB_UNROLL
#endif
#define MB_INLINE inline __attribute__((always_inline))

static MB_INLINE uint64_t mb_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static MB_INLINE double mb_double(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

#define MB_PREFETCH_READ(p) __builtin_prefetch((p), 0, 3)

/* ---- scalar: 64-bit words, every architecture ---- */
#if defined(__x86_64__)
#define MB_PREFETCH_WRITE(p) __asm__ volatile("prefetchw %0" : : "m"(*(const char *)(p)))
#else
#define MB_PREFETCH_WRITE(p) __builtin_prefetch((p), 1, 3)
#endif
#define MB_FN(name) name##_scalar
#define MB_TARGET
#define MB_ISA "scalar"
#define MB_WIDTH 8u
#define MB_VECTOR uint64_t
/* volatile: otherwise compilers turn these loops into vector ones, and the name would lie. */
#define MB_LOAD(p) (*(const volatile uint64_t *)(const volatile void *)(p))
#define MB_STORE(p, v) (*(volatile uint64_t *)(void *)(p) = (v))
#if defined(__x86_64__)
#define MB_STREAM(p, v) __asm__ volatile("movnti %1, %0" : "=m"(*(uint64_t *)(void *)(p)) : "r"(v))
#define MB_FENCE() __asm__ volatile("sfence" ::: "memory")
#else
#define MB_STREAM(p, v) MB_STORE(p, v)
#define MB_FENCE() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#endif
#define MB_ZERO() UINT64_C(0)
#define MB_ADD(x, y) ((x) + (y))
#define MB_SPLAT(d) mb_bits(d)
#define MB_TRIAD_OF(b, s, c) mb_bits(mb_double(b) + mb_double(s) * mb_double(c))
#define MB_REDUCE(v) (v)
#include "membench_loops.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define MB_FN(name) name##_sse2
#define MB_TARGET __attribute__((target("sse2")))
#define MB_ISA "sse2"
#define MB_WIDTH 16u
#define MB_VECTOR __m128i
#define MB_LOAD(p) _mm_load_si128((const __m128i *)(const void *)(p))
#define MB_STORE(p, v) _mm_store_si128((__m128i *)(void *)(p), (v))
#define MB_STREAM(p, v) _mm_stream_si128((__m128i *)(void *)(p), (v))
#define MB_ZERO() _mm_setzero_si128()
#define MB_ADD(x, y) _mm_add_epi64((x), (y))
#define MB_SPLAT(d) _mm_castpd_si128(_mm_set1_pd(d))
#define MB_TRIAD_OF(b, s, c)                                                                                   \
    _mm_castpd_si128(_mm_add_pd(_mm_castsi128_pd(b), _mm_mul_pd(_mm_castsi128_pd(s), _mm_castsi128_pd(c))))
#define MB_REDUCE(v) ((uint64_t)_mm_cvtsi128_si64(_mm_add_epi64((v), _mm_unpackhi_epi64((v), (v)))))
#define MB_FENCE() _mm_sfence()
#include "membench_loops.h"

static __attribute__((target("avx2"))) MB_INLINE uint64_t mb_reduce_256(__m256i v)
{
    __m128i const half = _mm_add_epi64(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    return (uint64_t)_mm_cvtsi128_si64(_mm_add_epi64(half, _mm_unpackhi_epi64(half, half)));
}

#define MB_FN(name) name##_avx2
#define MB_TARGET __attribute__((target("avx2,fma")))
#define MB_ISA "avx2"
#define MB_WIDTH 32u
#define MB_VECTOR __m256i
#define MB_LOAD(p) _mm256_load_si256((const __m256i *)(const void *)(p))
#define MB_STORE(p, v) _mm256_store_si256((__m256i *)(void *)(p), (v))
#define MB_STREAM(p, v) _mm256_stream_si256((__m256i *)(void *)(p), (v))
#define MB_ZERO() _mm256_setzero_si256()
#define MB_ADD(x, y) _mm256_add_epi64((x), (y))
#define MB_SPLAT(d) _mm256_castpd_si256(_mm256_set1_pd(d))
#define MB_TRIAD_OF(b, s, c)                                                                                   \
    _mm256_castpd_si256(                                                                                       \
        _mm256_fmadd_pd(_mm256_castsi256_pd(s), _mm256_castsi256_pd(c), _mm256_castsi256_pd(b)))
#define MB_REDUCE(v) mb_reduce_256(v)
#define MB_FENCE() _mm_sfence()
#include "membench_loops.h"

#define MB_FN(name) name##_avx512
#define MB_TARGET __attribute__((target("avx512f")))
#define MB_ISA "avx512"
#define MB_WIDTH 64u
#define MB_VECTOR __m512i
#define MB_LOAD(p) _mm512_load_si512((const void *)(p))
#define MB_STORE(p, v) _mm512_store_si512((void *)(p), (v))
#define MB_STREAM(p, v) _mm512_stream_si512((__m512i *)(void *)(p), (v))
#define MB_ZERO() _mm512_setzero_si512()
#define MB_ADD(x, y) _mm512_add_epi64((x), (y))
#define MB_SPLAT(d) _mm512_castpd_si512(_mm512_set1_pd(d))
#define MB_TRIAD_OF(b, s, c)                                                                                   \
    _mm512_castpd_si512(                                                                                       \
        _mm512_fmadd_pd(_mm512_castsi512_pd(s), _mm512_castsi512_pd(c), _mm512_castsi512_pd(b)))
#define MB_REDUCE(v)                                                                                             \
    mb_reduce_256(_mm256_add_epi64(_mm512_castsi512_si256(v), _mm512_extracti64x4_epi64((v), 1)))
#define MB_FENCE() _mm_sfence()
#include "membench_loops.h"
#endif

#if defined(__aarch64__)
#include <arm_neon.h>

#define MB_FN(name) name##_neon
#define MB_TARGET
#define MB_ISA "neon"
#define MB_WIDTH 16u
#define MB_VECTOR uint64x2_t
#define MB_LOAD(p) vld1q_u64((const uint64_t *)(const void *)(p))
#define MB_STORE(p, v) vst1q_u64((uint64_t *)(void *)(p), (v))
/* stnp: the pair store with a hint not to keep the line; half a pair at a time has no such form. */
#define MB_STREAM(p, v)                                                                                        \
    __asm__ volatile("stnp %d1, %d2, [%0]"                                                                     \
                     :                                                                                         \
                     : "r"(p), "w"(vgetq_lane_u64((v), 0)), "w"(vgetq_lane_u64((v), 1))                        \
                     : "memory")
#define MB_ZERO() vdupq_n_u64(0)
#define MB_ADD(x, y) vaddq_u64((x), (y))
#define MB_SPLAT(d) vreinterpretq_u64_f64(vdupq_n_f64(d))
#define MB_TRIAD_OF(b, s, c)                                                                                   \
    vreinterpretq_u64_f64(                                                                                     \
        vfmaq_f64(vreinterpretq_f64_u64(b), vreinterpretq_f64_u64(s), vreinterpretq_f64_u64(c)))
#define MB_REDUCE(v) vaddvq_u64(v)
#define MB_FENCE() __asm__ volatile("dmb ishst" ::: "memory")
#include "membench_loops.h"

/* clang before 16 refuses arm_sve.h unless the whole file is compiled for SVE; Apple's processors have none to run. */
#if defined(__linux__) && (defined(__ARM_FEATURE_SVE) || !defined(__clang__) || __clang_major__ >= 16)
#define MB_WITH_SVE
#include "membench_sve.h"
#endif
#endif

/* ---- the C library's own copy: often the best-tuned one on a machine ---- */
static uint64_t copy_library(char *a, const char *b, const char *c, size_t bytes)
{
    (void)c;
    memcpy(a, b, bytes);
    return 0;
}

static const mb_variant library_table[] = {{"C library memcpy", "libc", MB_COPY, 1, 0, copy_library}};

#define MB_ROWS(table) (int)(sizeof(table) / sizeof((table)[0]))

/* Table `index` of the memory kernels, empty where the processor lacks the instruction set, count -1 past the last. */
static mb_table memory_table(int index)
{
    switch (index) {
    case 0: return (mb_table){table_scalar, MB_ROWS(table_scalar)};
    case 1: return (mb_table){library_table, MB_ROWS(library_table)};
#if defined(__x86_64__)
    case 2: return (mb_table){table_sse2, MB_ROWS(table_sse2)};
    case 3:
        return (mb_table){table_avx2, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                                          ? MB_ROWS(table_avx2)
                                          : 0};
    case 4: return (mb_table){table_avx512, __builtin_cpu_supports("avx512f") ? MB_ROWS(table_avx512) : 0};
#elif defined(__aarch64__)
    case 2: return (mb_table){table_neon, MB_ROWS(table_neon)};
#if defined(MB_WITH_SVE)
    case 3: return (mb_table){table_sve, mb_has_sve() ? MB_ROWS(table_sve) : 0};
#endif
#endif
    default: return (mb_table){NULL, -1};
    }
}

/* The same over memory and matrix kernels. */
static mb_table table_at(int index)
{
    int memory = 0;
    while (memory_table(memory).count >= 0)
        memory++;
    return index < memory ? memory_table(index) : mb_matrix_table(index - memory);
}

int mb_variant_count(void)
{
    int total = 0;
    for (int t = 0; table_at(t).count >= 0; t++)
        total += table_at(t).count;
    return total;
}

const mb_variant *mb_variant_at(int index)
{
    for (int t = 0; index >= 0 && table_at(t).count >= 0; t++) {
        mb_table const table = table_at(t);
        if (index < table.count)
            return &table.rows[index];
        index -= table.count;
    }
    return NULL;
}
