import { defineLibrary, type Library } from '../library';
import type { Condition, Meaning } from '../meaning';

/** The library of what Nitro stores, which its configuration puts elsewhere. */
export const NITRO_STORAGE = 'nitro storage';

const cache = (library: string, store?: string, when?: Condition): Meaning => ({
  kind: 'memory-store',
  what: 'cache',
  library,
  ...(store === undefined ? {} : { store }),
  ...(when ? { when } : {}),
});

/** Where Nitro's storage comes from; it imports the name by itself. */
const STORAGES = [
  'useStorage',
  '#imports.useStorage',
  '#nitro.useStorage',
  'nitropack/runtime.useStorage',
  'nitropack/runtime/storage.useStorage',
  'nitro/storage.useStorage',
  'nitro/runtime.useStorage',
];

/** Caches in the memory of a process, unless they are given a store. */
export const cacheLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['nitropack', '#imports', '#nitro', 'nitro/storage'],
    calls: Object.fromEntries(
      STORAGES.flatMap((name) =>
        ['setItem', 'set', 'setItemRaw'].map((method) => [
          `${name}().${method}`,
          cache(NITRO_STORAGE),
        ]),
      ),
    ),
  }),
  defineLibrary({
    packages: [
      'cache-manager',
      'node-cache',
      'lru-cache',
      'memory-cache',
      'apicache',
      '@nestjs/cache-manager',
      'keyv',
      'quick-lru',
      'flat-cache',
      'memoizee',
      'p-memoize',
      '@isaacs/ttlcache',
      'express-cache-middleware',
      'route-cache',
    ],
    calls: {
      'new node-cache': cache('node-cache'),
      'new lru-cache': cache('lru-cache'),
      'new lru-cache.LRUCache': cache('lru-cache'),
      'lru-cache': cache('lru-cache'),
      'new quick-lru': cache('quick-lru'),
      'new @isaacs/ttlcache': cache('@isaacs/ttlcache'),
      'new memory-cache.Cache': cache('memory-cache'),
      'memory-cache.put': cache('memory-cache'),
      'cache-manager.caching': cache('cache-manager', undefined, {
        at: '0|0.store',
        is: ['memory'],
      }),
      'cache-manager.createCache': cache('cache-manager', '0.stores'),
      'cache-manager.memoryStore': cache('cache-manager'),
      'apicache.middleware': cache('apicache'),
      '@nestjs/cache-manager.CacheModule.register': cache(
        '@nestjs/cache-manager',
        '0.store|0.stores',
      ),
      '@nestjs/common.CacheModule.register': cache('@nestjs/common', '0.store'),
      'new keyv': cache('keyv', '0'),
      'new keyv.Keyv': cache('keyv', '0'),
      'new @apollo/server-plugin-response-cache': cache('@apollo/server-plugin-response-cache'),
      'new apollo-server-caching.InMemoryLRUCache': cache('apollo-server-caching'),
      'new @apollo/utils.keyvaluecache.InMemoryLRUCache': cache('@apollo/utils.keyvaluecache'),
    },
  }),
];
