import { baseName, folderOf } from '../../../base/paths';
import type { Span } from '../../../base/span';
import { serviceImage } from '../../../project/images/service-images';
import { composeFiles } from '../../../project/manifests/compose';
import { parseImage } from '../../../project/manifests/image';
import type { ProjectModel } from '../../../project/model';
import { NOT_DEPLOYED, PRODUCTION, TESTS } from '../../../vocabulary/environments';
import type { ServiceKind } from '../../../vocabulary/services';

/** A service of a compose file for development that the one for production has another product for. */
export interface StageService {
  readonly path: string;
  readonly span: Span;
  readonly product: string;
  readonly reference: { readonly path: string; readonly span: Span; readonly product: string };
}

const DATABASES: ReadonlySet<ServiceKind> = new Set([
  'postgres',
  'mysql',
  'mariadb',
  'mssql',
  'oracle',
  'mongodb',
]);

/**
 * Compares the compose file that the app is run with (`compose.yml`, or one that names production) with those of the same folder
 * that name development: services of the same name, or the only database of each, that run different products.
 */
export function stageServices(model: ProjectModel): readonly StageService[] {
  const files = composeFiles(model.files).map(({ path, services }) => ({
    path,
    stage: stageOf(path),
    services: services.flatMap(({ name, image, build }) => {
      const found = image && !build ? serviceImage(parseImage(image.value)) : undefined;
      return image && found ? [{ name, span: image.span, path, ...found }] : [];
    }),
  }));
  const found: StageService[] = [];
  for (const development of files.filter(({ stage }) => stage === 'development')) {
    const production = files
      .filter(
        ({ path, stage }) =>
          stage !== undefined &&
          stage !== 'development' &&
          folderOf(path) === folderOf(development.path),
      )
      .sort((a, b) => (a.stage === b.stage ? 0 : a.stage === 'production' ? -1 : 1));
    const [reference] = production;
    if (!reference) continue;
    for (const service of development.services.filter((one) => DATABASES.has(one.service))) {
      if (reference.services.some((one) => one.service === service.service)) continue;
      const databases = reference.services.filter((one) => DATABASES.has(one.service));
      const other =
        reference.services.find((one) => one.name === service.name) ??
        (databases.length === 1 ? databases[0] : undefined);
      if (other && DATABASES.has(other.service))
        found.push({
          path: service.path,
          span: service.span,
          product: service.product,
          reference: other,
        });
    }
  }
  return found;
}

function stageOf(path: string): 'production' | 'plain' | 'development' | undefined {
  const name = baseName(path).toLowerCase();
  if (PRODUCTION.isIn(name)) return 'production';
  // Tests may have a database of their own.
  if (TESTS.isIn(name)) return undefined;
  if (NOT_DEPLOYED.isIn(name) || /[._-]override[._-]/.test(name)) return 'development';
  return /^(docker-)?compose\.ya?ml$/.test(name) ? 'plain' : undefined;
}
