import { describe, expect, it } from 'vitest';
import { hostList } from '../../server/src/vocabulary/host-list';
import { names } from '../../server/src/vocabulary/names';

describe('a list of names', () => {
  const list = names(['platforms', 'VERCEL VERCEL_*'], ['errors', '*Error $raw']);

  it.each(['VERCEL', 'VERCEL_URL', 'TypeError', 'Error', '$raw'])('has %s', (name) => {
    expect(list.has(name)).toBe(true);
  });

  it.each(['vercel', 'VERCELLI', 'MY_VERCEL_URL', 'ErrorPage', 'raw', ''])('has no %s', (name) => {
    expect(list.has(name)).toBe(false);
  });

  it('is part of a longer form', () => {
    const call = new RegExp(`^db\\.(${list.pattern})$`);
    expect(call.test('db.$raw') && call.test('db.VERCEL_X')).toBe(true);
    expect(call.test('db.raw')).toBe(false);
  });

  it('refuses what would lie', () => {
    expect(() => names(['why', 'a b'], ['why else', 'a'])).toThrow('listed twice: a');
    expect(() => names(['why', 'a*b'])).toThrow('no name: a*b');
    expect(() => names(['why', '*'])).toThrow('no name: *');
  });
});

describe('a list of hosts', () => {
  const list = hostList(['platforms', 'acme.io up.acme.dev']);

  it('has whole hosts, and hosts beneath them', () => {
    expect(list.has('acme.io')).toBe(true);
    expect(list.has('api.acme.io')).toBe(false);
    expect(
      ['api.acme.io', 'a.b.acme.io', 'x.up.acme.dev'].every((host) => list.hasAbove(host)),
    ).toBe(true);
    expect(
      ['acme.io', 'pacme.io', 'acme.io.evil.com', 'x.acme.dev'].some((host) => list.hasAbove(host)),
    ).toBe(false);
  });

  it('refuses what would lie', () => {
    expect(() => hostList(['why', 'Acme.io'])).toThrow('no host: Acme.io');
    expect(() => hostList(['why', 'acme.io acme.io'])).toThrow('listed twice: acme.io');
  });
});
