import { filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import type { CiJob } from './ci-job';
import { circleJobs } from './circleci';
import { githubJobs } from './github-actions';
import { gitlabJobs } from './gitlab-ci';
import { appveyorJobs, azureJobs, bitbucketJobs, travisJobs } from './other-ci';

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
