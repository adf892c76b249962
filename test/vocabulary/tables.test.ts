import { describe, expect, it } from 'vitest';
import { hostWords } from '../../server/src/fixes/environment/words';
import {
  isConventional,
  isReadByLibraries,
  isSuppliedByBundler,
} from '../../server/src/project/environment/conventional-variables';
import { secretKind } from '../../server/src/project/secrets/names';
import { isPlaceholder } from '../../server/src/project/secrets/placeholders';
import { MADE_BY_PROVIDERS, PROVIDERS } from '../../server/src/project/secrets/provider-tokens';
import { driverFamily } from '../../server/src/project/services/adapters';
import { serviceLabel, serviceOfName } from '../../server/src/project/services/service-names';
import { classifyHost } from '../../server/src/project/urls/hosts';

describe('what the tables say', () => {
  it.each([
    ['acme.herokuapp.com', 'platform'],
    ['herokuapp.com', 'public'],
    ['bucket.s3.eu-west-1.amazonaws.com', 'platform'],
    ['s3-us-west-2.amazonaws.com', 'platform'],
    ['s3.amazonaws.com', 'vendor'],
    ['sqs.eu-west-1.amazonaws.com', 'platform'],
    ['api.stripe.com', 'vendor'],
    ['apistripe.com', 'public'],
    ['staging.umbrella.io', 'stage'],
    ['backstage.umbrella.io', 'public'],
    ['dev.azure.com', 'vendor'],
    ['your-domain.com', 'example'],
    ['yourdomain.museum', 'public'],
    ['api.example', 'example'],
    ['www.w3.org', 'fixed'],
    ['8.8.8.8', 'fixed'],
    ['db.internal', 'internal'],
    ['lvh.me', 'loopback'],
  ])('the host %s is %s', (host, what) => {
    expect(classifyHost(host)).toBe(what);
  });

  it.each([
    ['https://acme.appspot.com', 'ACME'],
    ['https://api.render.com/v1', 'RENDER_API'],
    ['https://api.acme.co.uk', 'ACME_API'],
    ['http://lvh.me:3000', undefined],
  ])('a fix calls %s %s', (url, name) => {
    expect(hostWords(url)).toBe(name);
  });

  it('variables need no documenting, or are read by libraries', () => {
    expect(['VERCEL_URL', 'LC_ALL', 'https_proxy', 'VITEST'].every(isConventional)).toBe(true);
    expect(['VERCELLI', 'NODE', 'MY_CI', 'path'].some(isConventional)).toBe(false);
    expect(['PGHOST', 'OTEL_SERVICE_NAME', 'HOME'].every(isReadByLibraries)).toBe(true);
    expect(['PG_TABLE', 'DATABASE_URL_OLD'].some(isReadByLibraries)).toBe(false);
    expect(isSuppliedByBundler('PUBLIC_URL') && !isSuppliedByBundler('MY_PUBLIC_URL')).toBe(true);
  });

  it('services have words, labels and drivers', () => {
    expect(serviceOfName('REDIS_HOST')).toBe('redis');
    expect(serviceOfName('REDIS_PASSWORD')).toBeUndefined();
    expect(serviceLabel('smtp')).toBe('mail server');
    expect(['pg-native', 'Oracle', 'mysql://h'].map(driverFamily)).toEqual(Array(3).fill('server'));
    expect(['nedb', 'data/app.sqlite'].map(driverFamily)).toEqual(['file', 'file']);
    expect(driverFamily('memory')).toBeUndefined();
  });

  it('secrets are told from what is about them, and from what is to be filled in', () => {
    expect(secretKind('JWT_SECRET')).toBe('signing');
    expect(secretKind('JWT_SECRET_NAME')).toBeUndefined();
    expect(['your-key', 'TBD', 'n/a', 'please-change-me', 'mySecretKey'].every(isPlaceholder)).toBe(
      true,
    );
    expect(['setup', 'mytest', 'getaway', 'tbdx'].some(isPlaceholder)).toBe(false);
  });

  it('every token has a sign of its own that announces it', () => {
    const texts = ['AKIA' + 'Q3'.repeat(8), 'npm_' + 'a1B2'.repeat(9), 'hvs.' + 'x9y8'.repeat(6)];
    for (const text of texts) {
      const provider = PROVIDERS.find(({ pattern }) => pattern.test(text));
      expect(provider?.sign.test(text)).toBe(true);
      expect(MADE_BY_PROVIDERS.test(text)).toBe(true);
    }
    expect(MADE_BY_PROVIDERS.test('an npm_token, a task-list and risk-free words')).toBe(false);
  });
});
