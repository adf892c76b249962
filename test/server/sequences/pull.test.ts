import { describe } from 'vitest';
import { manySequences } from './many';

describe('after any sequence of events, a client that pulls sees what a fresh server tells', () => {
  manySequences('pull');
});
