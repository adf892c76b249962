import type { ProjectMap } from '../project/map/project-map';
import { mermaidLabel } from './escape';

/** The apps, their processes and the services they use, as a Mermaid flowchart (mermaid.js.org). */
export function formatMapMermaid({ packages }: ProjectMap): string {
  const lines = ['flowchart LR'];
  const services = new Set<string>();
  const apps = packages.filter(({ kind }) => kind === 'app');
  for (const [at, { path, name, processes }] of apps.entries()) {
    lines.push(`  subgraph app${at} [${mermaidLabel(name ?? (path || '.'))}]`);
    for (const [index, process] of processes.entries())
      lines.push(`    app${at}p${index}[${mermaidLabel(`${process.role}: ${process.name}`)}]`);
    if (processes.length === 0) lines.push(`    app${at}p0[${mermaidLabel('files')}]`);
    lines.push('  end');
    for (const [index, process] of processes.entries())
      for (const service of process.services) {
        services.add(service);
        lines.push(`  app${at}p${index} --> ${idOf(service)}`);
      }
  }
  for (const service of [...services].sort())
    lines.push(`  ${idOf(service)}[(${mermaidLabel(service)})]`);
  return `${lines.join('\n')}\n`;
}

function idOf(service: string): string {
  return `service_${service.replace(/\W/g, '_')}`;
}
