/* Matrix kernels of x86-64: FMA, dot products of bf16 and int8, and the tiles of AMX. Part of membench_matrix.c. */
#include <cpuid.h>
#include <immintrin.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif


/* ---- single precision ---- */
#define MM_FN(name) name##_avx2
#define MM_TARGET __attribute__((target("avx2,fma")))
#define MM_VECTOR __m256
#define MM_OPERAND __m256
#define MM_WIDTH 32
#define MM_ROWS 1
#define MM_COLUMNS 8
#define MM_DEPTH 4
#define MM_TALL 6
#define MM_WIDE 2
#define MM_STEP 4
#define MM_ZERO() _mm256_setzero_ps()
#define MM_LOAD(p) _mm256_load_ps((const float *)(const void *)(p))
#define MM_SPREAD(p) _mm256_broadcast_ss((const float *)(const void *)(p))
#define MM_DOT(sum, left, right) _mm256_fmadd_ps((left), (right), (sum))
#define MM_STORE(p, v) _mm256_store_ps((float *)(void *)(p), (v))
#include "membench_matrix.h"

#define MM_FN(name) name##_avx512
#define MM_TARGET __attribute__((target("avx512f")))
#define MM_VECTOR __m512
#define MM_OPERAND __m512
#define MM_WIDTH 64
#define MM_ROWS 1
#define MM_COLUMNS 16
#define MM_DEPTH 4
#define MM_TALL 12
#define MM_WIDE 2
#define MM_STEP 4
#define MM_ZERO() _mm512_setzero_ps()
#define MM_LOAD(p) _mm512_load_ps((const void *)(p))
#define MM_SPREAD(p) _mm512_set1_ps(*(const float *)(const void *)(p))
#define MM_DOT(sum, left, right) _mm512_fmadd_ps((left), (right), (sum))
#define MM_STORE(p, v) _mm512_store_ps((void *)(p), (v))
#include "membench_matrix.h"

/* ---- int8 ---- */
#define MM_FN(name) name##_maddubs
#define MM_TARGET __attribute__((target("avx2")))
#define MM_VECTOR __m256i
#define MM_OPERAND __m256i
#define MM_WIDTH 32
#define MM_ROWS 1
#define MM_COLUMNS 8
#define MM_DEPTH 4
#define MM_TALL 4
#define MM_WIDE 2
#define MM_STEP 4
#define MM_ZERO() _mm256_setzero_si256()
#define MM_LOAD(p) _mm256_load_si256((const __m256i *)(const void *)(p))
#define MM_SPREAD(p) _mm256_set1_epi32(*(const int *)(const void *)(p))
#define MM_DOT(sum, left, right)                                                                                   \
    _mm256_add_epi32((sum), _mm256_madd_epi16(_mm256_maddubs_epi16((left), (right)), _mm256_set1_epi16(1)))
#define MM_STORE(p, v) _mm256_store_si256((__m256i *)(void *)(p), (v))
#include "membench_matrix.h"

#define MM_FN(name) name##_vnni
#define MM_TARGET __attribute__((target("avx512f,avx512vnni")))
#define MM_VECTOR __m512i
#define MM_OPERAND __m512i
#define MM_WIDTH 64
#define MM_ROWS 1
#define MM_COLUMNS 16
#define MM_DEPTH 4
#define MM_TALL 12
#define MM_WIDE 2
#define MM_STEP 4
#define MM_ZERO() _mm512_setzero_si512()
#define MM_LOAD(p) _mm512_load_si512((const void *)(p))
#define MM_SPREAD(p) _mm512_set1_epi32(*(const int *)(const void *)(p))
#define MM_DOT(sum, left, right) _mm512_dpbusd_epi32((sum), (left), (right))
#define MM_STORE(p, v) _mm512_store_si512((void *)(p), (v))
#include "membench_matrix.h"

#if !defined(__clang__) || __clang_major__ >= 12
#define MM_WITH_AVX_VNNI
#define MM_FN(name) name##_avxvnni
#define MM_TARGET __attribute__((target("avx2,avxvnni")))
#define MM_VECTOR __m256i
#define MM_OPERAND __m256i
#define MM_WIDTH 32
#define MM_ROWS 1
#define MM_COLUMNS 8
#define MM_DEPTH 4
#define MM_TALL 6
#define MM_WIDE 2
#define MM_STEP 4
#define MM_ZERO() _mm256_setzero_si256()
#define MM_LOAD(p) _mm256_load_si256((const __m256i *)(const void *)(p))
#define MM_SPREAD(p) _mm256_set1_epi32(*(const int *)(const void *)(p))
#define MM_DOT(sum, left, right) _mm256_dpbusd_avx_epi32((sum), (left), (right))
#define MM_STORE(p, v) _mm256_store_si256((__m256i *)(void *)(p), (v))
#include "membench_matrix.h"
#endif

/* ---- bf16 ---- */
#define MM_FN(name) name##_bf16
#define MM_TARGET __attribute__((target("avx512f,avx512bf16")))
#define MM_VECTOR __m512
#define MM_OPERAND __m512bh
#define MM_WIDTH 64
#define MM_ROWS 1
#define MM_COLUMNS 16
#define MM_DEPTH 4
#define MM_TALL 12
#define MM_WIDE 2
#define MM_STEP 4
#define MM_ZERO() _mm512_setzero_ps()
#define MM_LOAD(p) (__m512bh) _mm512_load_si512((const void *)(p))
#define MM_SPREAD(p) (__m512bh) _mm512_set1_epi32(*(const int *)(const void *)(p))
#define MM_DOT(sum, left, right) _mm512_dpbf16_ps((sum), (left), (right))
#define MM_STORE(p, v) _mm512_store_ps((void *)(p), (v))
#include "membench_matrix.h"

/* ---- AMX: eight tiles of 16 rows by 64 bytes, four of them accumulators ---- */
#if defined(__linux__) && ((defined(__clang__) && __clang_major__ >= 12) || (!defined(__clang__) && __GNUC__ >= 11))
#define MM_WITH_AMX
typedef struct {
    uint8_t palette, start_row, reserved[14];
    uint16_t bytes[16];
    uint8_t rows[16];
} mm_tiles;

#define MM_AMX_BLOCK(name, sets, dot)                                                                              \
    __attribute__((target(sets))) static uint64_t name(char *a, const char *b, const char *c, size_t bytes)        \
    {                                                                                                              \
        mm_tiles tiles = {.palette = 1};                                                                           \
        for (int i = 0; i < 8; i++) {                                                                              \
            tiles.bytes[i] = 64;                                                                                   \
            tiles.rows[i] = 16;                                                                                    \
        }                                                                                                          \
        _tile_loadconfig(&tiles);                                                                                  \
        size_t const inner = MM_INNER / 64, tile = 1024;                                                           \
        for (size_t at = 0; at + MB_MATRIX_BYTES <= bytes; at += MB_MATRIX_BYTES) {                                \
            char *out = a + at;                                                                                    \
            for (size_t column = 0; column < MM_RIGHT / 16; column += 2) {                                         \
                for (size_t row = 0; row < MM_LEFT / 16; row += 2, out += 4 * tile) {                              \
                    const char *left = b + at + row * inner * tile, *right = c + at + column * inner * tile;       \
                    _tile_zero(0);                                                                                 \
                    _tile_zero(1);                                                                                 \
                    _tile_zero(2);                                                                                 \
                    _tile_zero(3);                                                                                 \
                    for (size_t step = 0; step < inner; step++, left += tile, right += tile) {                     \
                        _tile_loadd(4, left, 64);                                                                  \
                        _tile_loadd(6, right, 64);                                                                 \
                        _tile_loadd(5, left + inner * tile, 64);                                                   \
                        _tile_loadd(7, right + inner * tile, 64);                                                  \
                        dot(0, 4, 6);                                                                              \
                        dot(1, 4, 7);                                                                              \
                        dot(2, 5, 6);                                                                              \
                        dot(3, 5, 7);                                                                              \
                    }                                                                                              \
                    _tile_stored(0, out, 64);                                                                      \
                    _tile_stored(1, out + tile, 64);                                                               \
                    _tile_stored(2, out + 2 * tile, 64);                                                           \
                    _tile_stored(3, out + 3 * tile, 64);                                                           \
                }                                                                                                  \
            }                                                                                                      \
        }                                                                                                          \
        _tile_release();                                                                                           \
        return 0;                                                                                                  \
    }
MM_AMX_BLOCK(block_amx_bf16, "amx-tile,amx-bf16", _tile_dpbf16ps)
MM_AMX_BLOCK(block_amx_int8, "amx-tile,amx-int8", _tile_dpbssd)
#endif

/* What this processor and system allow beyond what __builtin_cpu_supports knows in every compiler. */
enum { MM_HAS_AVX_VNNI = 1, MM_HAS_AVX512_BF16 = 2, MM_HAS_AMX_BF16 = 4, MM_HAS_AMX_INT8 = 8 };

__attribute__((target("xsave"))) static int mm_has(void)
{
    static int known = -1;
    unsigned eax, ebx, ecx, edx;
    if (known >= 0)
        return known;
    int found = 0;
    if (__get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx)) {
        found |= eax & (1u << 4) ? MM_HAS_AVX_VNNI : 0;
        found |= eax & (1u << 5) ? MM_HAS_AVX512_BF16 : 0;
    }
#if defined(MM_WITH_AMX)
    unsigned const tile = 1u << 24, bf16 = 1u << 22, int8 = 1u << 25, os_saves = 1u << 27;
    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) && (ecx & os_saves) && ((_xgetbv(0) >> 17) & 3) == 3 &&
        __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (edx & tile) &&
        syscall(SYS_arch_prctl, 0x1023 /* ARCH_REQ_XCOMP_PERM */, 18 /* tile data */) == 0) {
        found |= edx & bf16 ? MM_HAS_AMX_BF16 : 0;
        found |= edx & int8 ? MM_HAS_AMX_INT8 : 0;
    }
#endif
    return known = found;
}

static const mb_variant table_mm_avx2[] = {{"6 x 16 FMA", "avx2", MB_MATRIX_FP32, 1, 0, block_avx2},
                                           {"4 x 16 multiply-add of bytes", "avx2", MB_MATRIX_INT8, 1, 0, block_maddubs}};
static const mb_variant table_mm_avx512[] = {{"12 x 32 FMA", "avx512", MB_MATRIX_FP32, 1, 0, block_avx512}};
static const mb_variant table_mm_vnni[] = {{"12 x 32 VNNI", "avx512", MB_MATRIX_INT8, 1, 0, block_vnni}};
static const mb_variant table_mm_bf16[] = {{"12 x 32 BF16", "avx512", MB_MATRIX_BF16, 1, 0, block_bf16}};
#if defined(MM_WITH_AVX_VNNI)
static const mb_variant table_mm_avxvnni[] = {{"6 x 16 VNNI", "avx2", MB_MATRIX_INT8, 1, 0, block_avxvnni}};
#endif
#if defined(MM_WITH_AMX)
static const mb_variant table_mm_amx_bf16[] = {{"tiles of BF16", "amx", MB_MATRIX_BF16, 1, 0, block_amx_bf16}};
static const mb_variant table_mm_amx_int8[] = {{"tiles of INT8", "amx", MB_MATRIX_INT8, 1, 0, block_amx_int8}};
#endif

static mb_table own_table(int index)
{
    int const wide = __builtin_cpu_supports("avx512f");
    switch (index) {
    case 0: return (mb_table){table_mm_avx2, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 2 : 0};
    case 1: return (mb_table){table_mm_avx512, wide ? 1 : 0};
    case 2: return (mb_table){table_mm_vnni, wide && __builtin_cpu_supports("avx512vnni") ? 1 : 0};
    case 3: return (mb_table){table_mm_bf16, wide && (mm_has() & MM_HAS_AVX512_BF16) ? 1 : 0};
#if defined(MM_WITH_AVX_VNNI)
    case 4: return (mb_table){table_mm_avxvnni, (mm_has() & MM_HAS_AVX_VNNI) ? 1 : 0};
#else
    case 4: return (mb_table){NULL, 0};
#endif
#if defined(MM_WITH_AMX)
    case 5: return (mb_table){table_mm_amx_bf16, (mm_has() & MM_HAS_AMX_BF16) ? 1 : 0};
    case 6: return (mb_table){table_mm_amx_int8, (mm_has() & MM_HAS_AMX_INT8) ? 1 : 0};
#endif
    default: return (mb_table){NULL, -1};
    }
}
