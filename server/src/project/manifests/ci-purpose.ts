import { DEPLOY_JOBS, DEPLOYING, TEST_JOBS } from '../../vocabulary/processes';
import type { CiJob, CiStep } from './ci-job';

const DEPLOY_COMMAND =
  /\b(docker\s+(buildx\s+build\b[\s\S]*--push|push|compose\s+push)|kubectl\s+(apply|create|set|rollout|replace)|helm\s+(upgrade|install)|fly(ctl)?\s+deploy|vercel\b|netlify\s+deploy|(serverless|sls)\s+deploy|heroku\b|eb\s+deploy|cdk\s+deploy|sam\s+deploy|gcloud\s+\S+\s+deploy|gcloud\s+run|az\s+webapp|wrangler\s+(deploy|publish)|firebase\s+deploy|pm2\s+deploy|capistrano|ansible-playbook|terraform\s+apply|pulumi\s+up|rsync\b|(^|\s)(ssh|scp)\s|p?npm\s+publish|yarn\s+(npm\s+)?publish|semantic-release|railway\s+up|dokku|skaffold\s+run|git\s+push\s+\S*(heroku|dokku))/m;
const DEPLOY_ACTION =
  /build-push-action|deploy|publish|release|heroku|flyctl|ssh-action|scp-action|cloud-run|ecs|elastic-beanstalk|azure\/webapps|netlify|vercel|kubectl|helm|wrangler/i;

/** Does a step bring something to where it runs, rather than to a registry of packages? */
export function isDeployStep({ run, uses }: CiStep): boolean {
  const action = uses?.value.split('@')[0] ?? '';
  const isPublished = /release|npm|changeset|gh-pages|pages/i;
  return (
    (DEPLOY_COMMAND.test(run?.value ?? '') &&
      !/\b(npm|pnpm|yarn|lerna)\s+publish\b|semantic-release/.test(run?.value ?? '')) ||
    (DEPLOY_ACTION.test(action) && !isPublished.test(action))
  );
}

/**
 * What a job is for, by what it does before what it is called.
 * @param about names that stand for the job: its own, its stage, its environment
 */
export function jobPurpose(
  about: readonly (string | undefined)[],
  steps: readonly CiStep[],
): CiJob['purpose'] {
  const deploys = steps.some(
    (step) =>
      DEPLOY_COMMAND.test(step.run?.value ?? '') ||
      (step.uses !== undefined && DEPLOY_ACTION.test(step.uses.value.split('@')[0] ?? '')),
  );
  if (deploys) return 'deploy';
  const names = about.filter((name) => name !== undefined);
  if (names.some((name) => TEST_JOBS.isIn(name)) && !DEPLOYING.isIn(names[0] ?? '')) return 'test';
  if (names.some((name) => DEPLOY_JOBS.isIn(name))) return 'deploy';
  const tests = steps.some((step) =>
    /\b(test|lint|jest|vitest|mocha|cypress|playwright|eslint|tsc --noEmit)\b/.test(
      step.run?.value ?? '',
    ),
  );
  return tests ? 'test' : 'other';
}
