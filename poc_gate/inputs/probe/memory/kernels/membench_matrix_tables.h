/* Tables of variants: what membench_variants.c collects from membench_matrix.c. */
#ifndef POC_GATE_MEMBENCH_MATRIX_TABLES_H
#define POC_GATE_MEMBENCH_MATRIX_TABLES_H

#include "membench_kernels.h"

typedef struct {
    const mb_variant *rows;
    int count;
} mb_table;

/* Table `index` of the matrix kernels: empty where the processor lacks the instruction set, count -1 past the last. */
mb_table mb_matrix_table(int index);

#endif
