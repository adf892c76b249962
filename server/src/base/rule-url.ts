/** Where the product's pages are; `repository` of package.json. */
const REPOSITORY = 'https://github.com/twelve-factor/vscode-twelve-factor';

/** The address of a rule's page: why it reports, examples, options. */
export function ruleUrl(ruleId: string): string {
  return `${REPOSITORY}/blob/main/docs/rules/${ruleId}.md`;
}
