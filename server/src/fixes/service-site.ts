import type * as TypeScript from 'typescript';
import type { SourceSyntax } from '../languages/source/syntax';
import type { PackageInfo, ProjectModel } from '../project/model';
import type { SourceStyle } from './code/style';

/** The two usual clients of Redis. */
export type RedisLibrary = 'redis' | 'ioredis';

/** Where code is written that needs a backing service. */
export interface ServiceSite {
  readonly model: ProjectModel;
  readonly path: string;
  readonly syntax: SourceSyntax;
  readonly style: SourceStyle;
  readonly owner: PackageInfo | undefined;
  /** What will use the client. */
  readonly place: TypeScript.Node;
}
