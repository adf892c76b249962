import { SEVERITIES, type Severity } from '../../../base/severity';
import type { RelatedLocation } from '../../../base/span';
import { defineRule } from '../../../engine/rule';
import { imagesOfPackage } from '../../../project/images/release-images';
import { badExamples } from './bad-examples';
import { frozenSettings, type FrozenSetting } from './frozen-settings';
import { goodExamples } from './good-examples';

/** How many names a message gives. */
const NAMED = 3;

export default defineRule({
  id: 'build-time-config',
  factor: 'config',
  severity: 'warning',
  since: '0.2.0',
  summary: 'A bundler freezes a setting of the deploy into what it builds.',
  why: `One build is to run in every deploy: what was tested is what goes live, and a setting is changed without building anew. What a bundler puts in place of \`NEXT_PUBLIC_…\`, \`VITE_…\` or \`import.meta.env.…\`, it takes from the environment of the build: the result runs in one deploy only, and setting the variable where the app runs does nothing.

What there is instead:

- **Next.js**: read \`process.env.NAME\`, without \`NEXT_PUBLIC_\`, in code of the server that runs for each request (a server component after \`await connection()\`, a route handler, \`getServerSideProps\`), and hand it to the page. Rewrites of \`next.config\` are fixed by the build: proxy in a route handler or in \`proxy.ts\` (\`middleware.ts\`).
- **SvelteKit**: \`$env/dynamic/public\` and \`$env/dynamic/private\` in place of \`$env/static/…\`.
- **Nuxt**: \`runtimeConfig\`, which \`NUXT_…\` and \`NUXT_PUBLIC_…\` variables set when the server starts; what \`nuxt.config\` reads of \`process.env\` itself stays as it was at the build.
- **Astro**: \`process.env\` in pages that the server renders, or \`astro:env/server\`.
- **Vite, webpack, Create React App** and other pages without a server: load a small file before the app (\`/config.json\`, \`/config.js\`), which the server or the start of the container makes of its environment; or use addresses relative to the page (\`/api\`) and let the proxy in front decide.`,
  whenNotToUse:
    'For values that are the same in every deploy, and where the platform builds each deploy by itself and nobody moves builds between them.',
  fix: 'none',
  hints: [/\$env\/static\/|\bastro:env\/client\b|\bloadEnv\b|\bEnvironmentPlugin\b/],
  scope: { include: ['browser', 'build'], manifests: 'product' },
  messages: {
    image:
      'The build freezes {names} into the image, so that each deploy needs one of its own; {instead}.',
    build:
      'The build freezes {names} into the front end, so that each deploy needs its own; {instead}.',
  },
  project({ model, report }) {
    for (const info of model.packages) {
      const isImage = imagesOfPackage(model, info).length > 0;
      const weighed = frozenSettings(info, model).map((setting) => ({
        setting,
        severity: severityOf(setting, isImage),
      }));
      const severity = SEVERITIES.find((each) => weighed.some((one) => one.severity === each));
      const settings = weighed.flatMap((one) => (one.severity === severity ? one.setting : []));
      const first = settings.find(({ given }) => given) ?? settings[0];
      if (!first || severity === undefined) continue;
      const at = first.given ?? first.read;
      report({
        at,
        severity,
        message: isImage ? 'image' : 'build',
        data: {
          names: named(settings.map(({ name }) => name)),
          instead: insteadOf(first, settings),
        },
        related: settings.flatMap((setting) =>
          placesOf(setting).filter((place) => place.span !== at.span),
        ),
      });
    }
  },
  examples: { bad: badExamples, good: goodExamples },
});

/** Settings of one deploy that a build is given for it are grave; what code merely could take is less so. */
function severityOf(
  { isOfOneDeploy, isConfigured, given }: FrozenSetting,
  isImage: boolean,
): Severity {
  const isGiven = given !== undefined || isConfigured;
  if (isOfOneDeploy) return isGiven || isImage ? 'warning' : 'information';
  return isGiven ? 'information' : 'hint';
}

function placesOf({ name, given, read, isConfigured }: FrozenSetting): readonly RelatedLocation[] {
  return [
    ...(given ? [{ ...given, message: `\`${name}\` is given to the build here.` }] : []),
    { ...read, message: `\`${name}\` is ${isConfigured ? 'put into the build' : 'read'} here.` },
  ];
}

function insteadOf(
  { bundler, isConfigured }: FrozenSetting,
  all: readonly FrozenSetting[],
): string {
  const text = (isConfigured ? bundler.insteadOfConfiguration : undefined) ?? bundler.instead;
  return text.replaceAll('{them}', all.length > 1 ? 'them' : 'it');
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length > 1
    ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
    : shown.join('');
}
