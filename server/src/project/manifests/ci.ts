import type { Span } from '../../base/span';
import { filesOfKind } from '../file-index';
import type { ProjectFiles } from '../files';
import { circleJobs } from './circleci';
import { githubJobs } from './github-actions';
import { gitlabJobs } from './gitlab-ci';
import { appveyorJobs, azureJobs, bitbucketJobs, travisJobs } from './other-ci';
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
  /** GitHub: `actions/checkout@v4`. */
  readonly uses: ManifestText | undefined;
  /** What an action is given. */
  readonly inputs: readonly EnvironmentEntry[];
  /** Relative to the root, where it is set. */
  readonly folder: string | undefined;
  readonly span: Span;
}

/** All jobs of all continuous-integration files that are valid YAML, by path and order. */
export function ciJobs(files: ProjectFiles): CiJob[] {
  return filesOfKind(files, 'yaml').flatMap((path) => {
    if (/(^|\/)\.(github|gitea|forgejo)\/workflows\/[^/]+$/.test(path))
      return githubJobs(files, path);
    if (
      /(^|\/)(\.gitlab-ci[\w.-]*|[\w-]+\.gitlab-ci)\.ya?ml$/.test(path) ||
      /(^|\/)\.gitlab\/(ci\/)?[^/]+\.ya?ml$/.test(path)
    ) {
      return gitlabJobs(files, path);
    }
    if (/(^|\/)\.circleci\/[^/]+$/.test(path)) return circleJobs(files, path);
    if (/(^|\/)\.travis\.ya?ml$/.test(path)) return travisJobs(files, path);
    if (/(^|\/)\.?appveyor\.ya?ml$/.test(path)) return appveyorJobs(files, path);
    if (/(^|\/)bitbucket-pipelines\.ya?ml$/.test(path)) return bitbucketJobs(files, path);
    if (/(^|\/)(\.?azure-pipelines[\w.-]*|\.vsts-ci)\.ya?ml$/.test(path))
      return azureJobs(files, path);
    return [];
  });
}
