/** Tools that report some of what rules report. */
export type Tool = 'hadolint' | 'eslint' | 'sonar';

/** A rule of another tool that reports the same as one of ours, at the same place. */
export interface Equivalent {
  readonly ours: string;
  readonly tool: Tool;
  readonly theirs: string;
  /** Only findings whose message says this. */
  readonly says?: RegExp;
  /** Only in files of these paths. */
  readonly in: RegExp;
  /** Is it on where nobody says so: in the tool itself, or in the configuration that the tool recommends? */
  readonly isRecommended: boolean;
}

const DOCKERFILE = /(^|\/)(?:(?:Docker|Container)file[^/]*|[^/]+\.(?:docker|container)file)$/i;
const CODE = /\.[cm]?[jt]sx?$/;

/**
 * What other tools report as well. Credentials stand in none of the lists: gitleaks, Sonar and others find some of them, but one that
 * nobody repeats is one that nobody sees.
 */
export const EQUIVALENTS: readonly Equivalent[] = [
  {
    ours: 'mutable-base-image',
    tool: 'hadolint',
    theirs: 'DL3006',
    says: /has no tag/,
    in: DOCKERFILE,
    isRecommended: true,
  },
  {
    ours: 'mutable-base-image',
    tool: 'hadolint',
    theirs: 'DL3007',
    says: /:latest` follows/,
    in: DOCKERFILE,
    isRecommended: true,
  },
  {
    ours: 'mutable-base-image',
    tool: 'sonar',
    theirs: 'docker:S6596',
    says: /has no tag|:latest` follows/,
    in: DOCKERFILE,
    isRecommended: true,
  },
  {
    ours: 'shell-form-command',
    tool: 'hadolint',
    theirs: 'DL3025',
    in: DOCKERFILE,
    isRecommended: true,
  },
  {
    ours: 'shell-form-command',
    tool: 'sonar',
    theirs: 'docker:S7019',
    in: DOCKERFILE,
    isRecommended: true,
  },
  {
    ours: 'undeclared-import',
    tool: 'eslint',
    theirs: 'n/no-extraneous-import',
    says: /^`.*` is imported/,
    in: CODE,
    isRecommended: true,
  },
  { ours: 'blocking-handler', tool: 'eslint', theirs: 'n/no-sync', in: CODE, isRecommended: false },
  {
    ours: 'hardcoded-host',
    tool: 'sonar',
    theirs: 'javascript:S1313',
    says: /^\W*\d+\.\d+\.\d+\.\d+\b/,
    in: CODE,
    isRecommended: true,
  },
];
