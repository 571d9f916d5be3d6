#include "seed/demo/random.h"

#include <math.h>

__extension__ typedef unsigned __int128 wide;

static const uint64_t golden = UINT64_C(0x9E3779B97F4A7C15);

/* The last step of SplitMix64. */
uint64_t demo_mix(uint64_t number)
{
    number = (number ^ (number >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    number = (number ^ (number >> 27)) * UINT64_C(0x94D049BB133111EB);
    return number ^ (number >> 31);
}

uint64_t demo_hash(uint64_t from, const char *text)
{
    uint64_t hash = demo_mix(from + golden);
    for (; *text; ++text)
        hash = demo_mix((hash ^ (unsigned char)*text) + golden);
    return hash;
}

uint64_t demo_draw(uint64_t base, uint64_t row)
{
    return demo_mix(base + (row + 1) * golden);
}

bool demo_comes_up(uint64_t base, uint64_t row, double share)
{
    return share > 0 && (double)(demo_draw(base, row) >> 11) * 0x1p-53 < share;
}

uint64_t demo_scale(uint64_t draw, uint64_t size)
{
    return (uint64_t)(((wide)draw * size) >> 64);
}

/* The rank n has a share of about 1/n: the inverse of the logarithm, which is the sum of these. */
uint64_t demo_scale_skewed(uint64_t draw, uint64_t size)
{
    double share = (double)(draw >> 11) * 0x1p-53;
    double rank = exp(share * log((double)size + 1)) - 1;
    return rank >= (double)size ? size - 1 : (uint64_t)rank;
}

/* A Feistel network over an even number of bits; what falls outside goes round again, at most some four times
 * on average. */
uint64_t demo_permute(uint64_t base, uint64_t number, uint64_t size)
{
    enum { ROUNDS = 4 };
    unsigned half = 1;
    while (half < 32 && ((uint64_t)1 << (2 * half)) < size)
        ++half;
    uint64_t mask = ((uint64_t)1 << half) - 1;
    do {
        uint64_t left = number >> half, right = number & mask;
        for (uint64_t round = 0; round < ROUNDS; ++round) {
            uint64_t next = left ^ (demo_draw(base + round, right) & mask);
            left = right;
            right = next;
        }
        number = left << half | right;
    } while (number >= size);
    return number;
}
