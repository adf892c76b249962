import type { DockerfileSyntax, DockerPair, DockerStage } from '../../../languages/dockerfile';
import { namedCredential } from '../../../project/secrets/named-values';
import { isGuardedAddress, secretKind } from '../../../project/secrets/names';
import { isPlaceholder } from '../../../project/secrets/placeholders';

/** A variable of a Dockerfile that belongs to a deploy, not to the image. */
export interface ImageValue {
  readonly pair: DockerPair;
  /**
   * `secret`: a credential in plain text; `argument`: a credential handed over as a build argument, which the image's history
   * keeps; `setting`: an address that varies by deploy
   */
  readonly kind: 'secret' | 'argument' | 'setting';
  /** In a stage that the released one is not built on: only the build cache keeps it. */
  readonly isIntermediate: boolean;
}

/** The credentials and addresses that ENV and ARG of a Dockerfile set. */
export function imageValues(syntax: DockerfileSyntax): readonly ImageValue[] {
  const final = syntax.stages.at(-1);
  const released = new Set<DockerStage>();
  for (let stage = final; stage && !released.has(stage);) {
    released.add(stage);
    stage = stage.base === undefined ? undefined : syntax.stages[stage.base];
  }
  const instructions = syntax.stages.flatMap((stage) => stage.instructions);
  // What has a default is a stand-in for the build, which the container's environment replaces.
  const isDefaulted = (argument: string): boolean =>
    instructions.some(
      ({ keyword, pairs }) =>
        keyword === 'ARG' && pairs.some(({ name, value }) => name === argument && value),
    );
  return syntax.stages.flatMap((stage) =>
    stage.instructions.flatMap((instruction) =>
      instruction.keyword === 'ENV' || instruction.keyword === 'ARG'
        ? instruction.pairs.flatMap((pair) => {
            const kind = kindOf(pair, instruction.keyword, isDefaulted);
            const isIntermediate = !released.has(stage);
            // Builds that check their settings get dummies; nobody gets the stage.
            if (!kind || (isIntermediate && isDummy(pair.value ?? ''))) return [];
            return [{ pair, kind, isIntermediate }];
          })
        : [],
    ),
  );
}

function isDummy(value: string): boolean {
  return (
    value !== '' &&
    (isPlaceholder(value) ||
      /@(localhost|127\.0\.0\.1)\b|dummy|fake|placeholder|build/i.test(value) ||
      /^(test|mock|ci|none|unused|stub|temp|noop)$/i.test(value))
  );
}

const HANDED_OVER = /^\$\{?(\w+)\}?$/;

function kindOf(
  { name, value }: DockerPair,
  keyword: string,
  isDefaulted: (argument: string) => boolean,
): ImageValue['kind'] | undefined {
  const text = value?.trim() ?? '';
  if (keyword === 'ARG') {
    if (text === '') return secretKind(name) === undefined ? undefined : 'argument';
    return isPlaceholder(text) || namedCredential(name, text) === undefined ? undefined : 'secret';
  }
  const handed = HANDED_OVER.exec(text)?.[1];
  if (handed !== undefined)
    return isHandedSecret(name, handed) ||
      (isGuardedAddress(name) && isGuardedAddress(handed) && !isDefaulted(handed))
      ? 'argument'
      : undefined;
  const credential = namedCredential(name, text);
  if (credential) return credential.harmless ? undefined : 'secret';
  return isAddress(name, text) ? 'setting' : undefined;
}

function isHandedSecret(name: string, handed: string): boolean {
  return secretKind(name) !== undefined && secretKind(handed) !== undefined;
}

/** Where a service is; not where the server listens, and not where the build downloads from. */
function isAddress(name: string, value: string): boolean {
  if (value === '' || value.includes('$') || /^(0\.0\.0\.0|::|\[::\]|\*|\/.*)$/.test(value))
    return false;
  if (
    /REGISTRY|MIRROR|DOWNLOAD|INDEX|PROXY|_REPO|REPOSITORY|KEYSERVER|SCHEMA|XMLNS|DOCS?_|SOURCE|LICENSE/i.test(
      name,
    )
  )
    return false;
  if (
    /\.(tgz|tar\.\w+|zip|deb|rpm|gz|xz|sh|apk|jar)$|github\.com\/.*\/releases|\/archive\//i.test(
      value,
    )
  )
    return false;
  if (/^[a-z][a-z0-9+.-]*:\/\/[\w.-]/i.test(value))
    return /(URL|URI|DSN|ENDPOINT|HOST|ORIGINS?|SERVER|BROKERS?|ADDRESS|API|CONNECTION|DATABASE)(_\w+)?$/i.test(
      name,
    );
  return /^(DB|DATABASE|PG|POSTGRES\w*|MYSQL|MONGO\w*|REDIS|RABBITMQ|AMQP|KAFKA|ELASTIC\w*|SMTP|MAIL|CACHE|QUEUE|ES)_?(HOST|HOSTS|HOSTNAME|SERVER|ADDRESS|BROKERS?)$/i.test(
    name,
  );
}
