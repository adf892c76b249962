import { query } from '../query';
import { baseName, folderOf } from '../../base/paths';
import { wordsOf } from '../../base/words';
import { COMMON_LABELS } from '../../vocabulary/hosts';
import { classifyHost, registrableDomain } from './hosts';
import { urlsIn } from './url-text';

/** The public domains that are the project's own by its manifests: package.json `homepage`, `author`, `bugs`; a Pages `CNAME`. */
export const ownDomains = query('files', (model): ReadonlySet<string> => {
  const domains = new Set<string>();
  const add = (text: string): void => {
    for (const { host } of urlsIn(text)) {
      const found = classifyHost(host);
      if (found === 'public') domains.add(registrableDomain(host));
    }
  };
  for (const { manifest } of model.packages) {
    for (const key of ['homepage', 'author', 'bugs', 'url', 'website', 'domain'])
      add(JSON.stringify(manifest[key] ?? ''));
  }
  for (const path of ['CNAME', 'public/CNAME', 'static/CNAME', 'docs/CNAME']) {
    const name = model.files.text(path)?.trim().toLowerCase();
    if (name !== undefined && /^[\w-]+(\.[\w-]+)+$/.test(name))
      domains.add(registrableDomain(name));
  }
  return domains;
});

/**
 * Is a public host named after the file that talks to it, or its folder (`sms/termii.provider.ts` and `https://api.termii.com`)?
 * Then the file is a client of somebody's service, which is the same for every deploy.
 */
export function isNamedAfterFile(host: string, path: string): boolean {
  const [label = ''] = registrableDomain(host).split('.');
  const domain = label.replace(/-/g, '');
  if (domain.length < 4 || COMMON_LABELS.has(domain)) return false;
  const names = [baseName(path), baseName(folderOf(path))];
  return names.some((name) =>
    name.split('.').some((part) => {
      const words = wordsOf(part).filter((word) => !COMMON_LABELS.has(word));
      const plain = words.join('');
      return plain.length >= 4 && (domain.includes(plain) || plain.includes(domain));
    }),
  );
}

/** Is a public host named after the package (`acme-api` and `https://api.acme.io`)? */
export function isNamedAfterPackage(host: string, packageNames: readonly string[]): boolean {
  const [label = ''] = registrableDomain(host).split('.');
  const domain = label.replace(/-/g, '');
  if (domain.length < 4 || COMMON_LABELS.has(domain)) return false;
  return packageNames.some((name) => {
    const parts = name.replace(/^@/, '').split('/');
    return parts.some((part) => {
      const words = wordsOf(part).filter((word) => !COMMON_LABELS.has(word));
      return words.join('') === domain || part.replace(/[^a-z0-9]/gi, '').toLowerCase() === domain;
    });
  });
}
