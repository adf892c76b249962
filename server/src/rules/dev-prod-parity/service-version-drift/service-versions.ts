import type { Span } from '../../../base/span';
import { isDocumentPath } from '../../../project/files/paths';
import { imageUses, type ImageUse } from '../../../project/images/image-uses';
import { serviceImage } from '../../../project/images/service-images';
import { ciJobs } from '../../../project/manifests/ci';
import { imagePinning, imageVersion, parseImage } from '../../../project/manifests/image';
import type { ProjectModel } from '../../../project/model';
import { scriptTexts } from '../../../project/start/script-texts';
import { PRODUCTION } from '../../../vocabulary/environments';
import { dockerRunImages } from './docker-run';

/** A place that says which version of a backing service runs. */
export interface ServiceVersion {
  readonly path: string;
  readonly span: Span;
  readonly product: string;
  /** As written; undefined where no version is named. */
  readonly version: string | undefined;
  /** How much it speaks for production: 0 the most. */
  readonly rank: number;
  /** An image whose missing version another rule reports. */
  readonly isImageUse: boolean;
}

/** Every place that runs a backing service, sorted by path and place; what a variable decides is left out. */
export function serviceVersions(model: ProjectModel): readonly ServiceVersion[] {
  const found = [
    ...imageVersions(model),
    ...scriptVersions(model),
    ...actionVersions(model),
  ].filter(({ path }) => !isDocumentPath(path));
  return found.sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start,
  );
}

function imageVersions(model: ProjectModel): ServiceVersion[] {
  return imageUses(model).flatMap((use) => {
    const { path, span, image } = use;
    return read(image.text, { path, span, isImageUse: true, rank: rank(use) });
  });
}

/** `docker run mongo:4.0` in CI steps, package scripts and shell scripts. */
function scriptVersions(model: ProjectModel): ServiceVersion[] {
  return scriptTexts(model).flatMap(({ path, text }) =>
    text.text.includes('run')
      ? dockerRunImages(text).flatMap(({ value, span }) =>
          read(value, { path, span, isImageUse: false, rank: 6 }),
        )
      : [],
  );
}

/** Actions that start a service, and the input that names its version. */
const ACTIONS: readonly (readonly [RegExp, string, string])[] = [
  [/mongodb-github-action@/, 'mongodb-version', 'MongoDB'],
  [/redis-github-action@|setup-redis@/, 'redis-version', 'Redis'],
  [/setup-postgres@|actions-setup-postgresql@/, 'postgres-version', 'PostgreSQL'],
  [/postgresql-action@/, 'postgresql version', 'PostgreSQL'],
  [/setup-mysql@/, 'mysql-version', 'MySQL'],
  [/mysql-action@/, 'mysql version', 'MySQL'],
  [/mariadb-action@|setup-mariadb@/, 'mariadb version', 'MariaDB'],
];

function actionVersions(model: ProjectModel): ServiceVersion[] {
  return ciJobs(model.files).flatMap(({ path, steps }) =>
    steps.flatMap(({ uses, inputs }): ServiceVersion[] => {
      const action = uses && ACTIONS.find(([pattern]) => pattern.test(uses.value));
      const input = action && inputs.find(({ name }) => name.toLowerCase() === action[1]);
      const version = /^v?(\d+(?:\.\d+)*)/.exec(input?.value?.trim() ?? '')?.[1];
      if (!action || !input?.valueSpan || version === undefined) return [];
      return [
        { path, span: input.valueSpan, product: action[2], version, rank: 5, isImageUse: false },
      ];
    }),
  );
}

function read(
  text: string,
  place: Pick<ServiceVersion, 'path' | 'span' | 'rank' | 'isImageUse'>,
): ServiceVersion[] {
  const image = parseImage(text);
  const service = serviceImage(image);
  const pinning = imagePinning(image);
  if (!service || pinning === 'unknown' || (pinning === 'digest' && image.tag === undefined))
    return [];
  const version = pinning === 'none' || pinning === 'latest' ? undefined : imageVersion(image);
  return [{ ...place, product: service.product, version }];
}

function rank({ path, from, development }: ImageUse): number {
  if (development) return 4;
  if (from === 'ci') return 5;
  if (from === 'kubernetes' || from === 'helm' || PRODUCTION.isIn(path)) return 0;
  if (/(^|\/)(docker-)?compose\.ya?ml$/.test(path)) return 1;
  return from === 'dockerfile' ? 3 : 2;
}

/**
 * Do two versions name the same release line? PostgreSQL from 10 on by the major, the rest by major and minor, as far as both
 * say them.
 */
export function sameRelease(product: string, a: string, b: string): boolean {
  const [left, right] = [a.split('.'), b.split('.')];
  const length = product === 'PostgreSQL' && Number(left[0]) >= 10 ? 1 : 2;
  const common = Math.min(length, left.length, right.length);
  return left.slice(0, common).join('.') === right.slice(0, common).join('.');
}
