import type { Span } from '../../base/span';
import type { EnvironmentEntry, ManifestText } from './scalars';

/** A job of a continuous-integration file, in the terms all systems share. */
export interface CiJob {
  readonly path: string;
  readonly system: 'github' | 'gitlab' | 'circleci' | 'travis' | 'appveyor' | 'bitbucket' | 'azure';
  readonly name: string;
  readonly span: Span;
  /** `deploy`: it builds, publishes or ships a release. `test`: it checks. */
  readonly purpose: 'deploy' | 'test' | 'other';
  /** Images that the job runs in or beside itself. */
  readonly images: readonly CiImage[];
  /** Variables of the job, of what encloses it, and of its steps. */
  readonly environment: readonly EnvironmentEntry[];
  readonly steps: readonly CiStep[];
  /** Node versions it sets up; expressions are left out. */
  readonly nodeVersions: readonly ManifestText[];
}

export interface CiImage {
  readonly role: 'container' | 'service';
  readonly image: ManifestText;
  readonly environment: readonly EnvironmentEntry[];
}

/** A step that runs commands, or an action of somebody else. */
export interface CiStep {
  readonly name: string | undefined;
  /** Shell text. */
  readonly run: ManifestText | undefined;
  /** It runs on the machine that serves, not in the pipeline. */
  readonly isRemote?: true;
  /** GitHub: `actions/checkout@v4`. */
  readonly uses: ManifestText | undefined;
  /** What an action is given. */
  readonly inputs: readonly EnvironmentEntry[];
  /** Relative to the root, where it is set. */
  readonly folder: string | undefined;
  readonly span: Span;
}
