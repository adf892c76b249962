import { query } from '../../../project/query';
import type { Span } from '../../../base/span';
import { serviceImage } from '../../../project/images/service-images';
import { composeFiles } from '../../../project/manifests/compose';
import { parseImage } from '../../../project/manifests/image';
import { kubernetesObjects } from '../../../project/manifests/kubernetes';
import type { ProjectModel } from '../../../project/model';
import type { ServiceKind } from '../../../vocabulary/services';

/** A manifest starts a backing service together with the app. */
export interface ServiceBeside {
  readonly path: string;
  readonly span: Span;
  readonly product: string;
  readonly service: ServiceKind;
  /** The app is only started once the service says that it is healthy. */
  readonly gated: boolean;
}

/** The backing services that compose files and Kubernetes manifests start beside the app, by path and place. */
export const servicesBeside = query('files', (model): readonly ServiceBeside[] => {
  const found = [...composeServices(model), ...kubernetesServices(model)];
  return found;
});

function composeServices(model: ProjectModel): ServiceBeside[] {
  return composeFiles(model.files).flatMap(({ path, services }) => {
    const runs = services.map((service) => ({
      service,
      image:
        service.image && !service.build ? serviceImage(parseImage(service.image.value)) : undefined,
    }));
    // Images of other people run beside; what is built here, or starts a script of ours, is the app.
    const apps = runs.filter(({ service, image }) => !image && (service.build ?? service.command));
    if (apps.length === 0) return [];
    return runs.flatMap(({ service, image }): ServiceBeside[] => {
      if (!image) return [];
      const waits = apps.map(({ service: app }) =>
        app.dependsOn.find((one) => one.service === service.name),
      );
      const needed = waits.filter((one) => one !== undefined);
      const gated = needed.length > 0 && needed.every((one) => one.condition === 'service_healthy');
      return [{ path, span: service.nameSpan, ...image, gated }];
    });
  });
}

function kubernetesServices(model: ProjectModel): ServiceBeside[] {
  const containers = kubernetesObjects(model.files).flatMap(({ path, containers: own }) =>
    own.flatMap(({ image }) =>
      image ? [{ path, image, service: serviceImage(parseImage(image.value)) }] : [],
    ),
  );
  if (!containers.some(({ service }) => !service)) return [];
  return containers.flatMap(({ path, image, service }) =>
    service ? [{ path, span: image.span, ...service, gated: false }] : [],
  );
}

const SQL: ReadonlySet<ServiceKind> = new Set(['postgres', 'mysql', 'mariadb', 'mssql', 'oracle']);

/** May a client of one kind talk to a service of another? (`sql` clients take any database, MySQL clients MariaDB.) */
export function serves(service: ServiceKind, client: ServiceKind): boolean {
  if (service === client) return true;
  if (client === 'sql') return SQL.has(service);
  if (client === 'queue') return service === 'redis' || service === 'amqp';
  return (
    (service === 'mariadb' && client === 'mysql') || (service === 'mysql' && client === 'mariadb')
  );
}
