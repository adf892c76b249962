/** Where the product's pages are; `repository` of package.json. */
const REPOSITORY = 'https://github.com/twelve-factor/vscode-twelve-factor';

/** The address of every page, with `{page}` in place of its name. */
export const RULE_PAGES = `${REPOSITORY}/blob/main/docs/rules/{page}.md`;

/**
 * The address of a rule's page: why it reports, examples, options.
 * @param pages where they are, `{page}` in place of the name
 */
export function ruleUrl(ruleId: string, pages = RULE_PAGES): string {
  return pages.replace('{page}', ruleId);
}
