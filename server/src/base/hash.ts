/** Where a hash of 32 bits starts. */
export const FNV_SEED = 0x811c9dc5;

/**
 * A hash of 32 bits (FNV-1a), to tell texts apart that nobody makes to collide.
 * @param seed another hash, to go on from it
 */
export function fnv1a(text: string, seed: number = FNV_SEED): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/** Two hashes that are mixed with each other: 64 bits, as 16 hexadecimal digits, the same on every machine. */
export function hash64(text: string): string {
  let low = FNV_SEED;
  let high = 0x9e3779b9;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 15), 0x85ebca6b);
  }
  low = Math.imul(low ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (low >>> 16), 0x27d4eb2f);
  return hex(high) + hex(low);
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}
