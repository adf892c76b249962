import { PACKAGE_KINDS } from '../../server/src/project/map/kinds';
import { SEVERITIES } from '../../server/src/base/severity';
import { NOTICES } from '../../server/src/engine/notices';

/** The pages of what is reported and no rule, by code. */
export const NOTICE_PAGES: Readonly<Record<keyof typeof NOTICES, string>> = {
  'unused-suppression': `# unused-suppression

${NOTICES['unused-suppression']}

What the comment was about is fixed, has moved, or never was there: the rule may be misspelt. A comment that stays would hide the next
finding at that place, and says something that is not true.

## What to do

Take the quick fix: it removes the comment, or the name that is not needed from its list. Where a rule is misspelt, another one writes it
as it is spelt.

A comment that names a rule which is switched off is not reported: it counts again when the rule does.

## Settings

\`unusedSuppressions\` in \`twelve-factor.json\`, or \`twelveFactor.unusedSuppressions\` in the editor: a severity, or \`off\`. It is a
warning by default. Such findings cannot be suppressed themselves.

\`\`\`json
{ "unusedSuppressions": "error" }
\`\`\`
`,
  'suppression-reason': `# suppression-reason

${NOTICES['suppression-reason']}

Whoever reads the comment in a year has to know whether it still holds. The reason stands behind two dashes:

\`\`\`ts
// twelve-factor-disable-next-line hardcoded-port -- the health check of the host asks 9000
server.listen(9000);
\`\`\`

## What to do

Write the reason, or remove the comment and fix what it hides. Where reasons are needed, the light bulb asks for one before it writes a
comment, and never adds a rule to a comment that gives the reason of another.

## Settings

\`requireSuppressionReason\` in \`twelve-factor.json\`, or \`twelveFactor.requireSuppressionReason\` in the editor: a severity, or \`off\`,
which is the default. Such findings cannot be suppressed themselves.

\`\`\`json
{ "requireSuppressionReason": "warning" }
\`\`\`
`,
  'not-analysed': `# not-analysed

${NOTICES['not-analysed']} It is never counted as clean.

| What it says | What it means |
| --- | --- |
| larger than … bytes | The file is too large to be read in reasonable time. |
| binary file | It holds no text. |
| minified or bundled code | It was made from other files: those are analysed. |
| not valid YAML, JSON, TOML …; an unresolved merge conflict; a template | The manifest cannot be understood, or only a part of it. |
| could not be read | The file may not be read, or is nested too deeply for the parser. |
| a link that leads out of the folder | What lies outside of the workspace is not looked at. |
| rule … failed | A defect of Twelve-Factor: all other rules were applied. The output says more; please report it. |

## What to do

Repair the file where it is broken. What is made by tools, or belongs to others, can be left out:

\`\`\`json
{ "exclude": ["public/vendor/**"] }
\`\`\`

The view _Findings_ lists all of them, with a button that leaves a file out; so does the light bulb for files with findings.
Where Twelve-Factor itself failed, _Twelve-Factor: Report Issue…_ prepares a report with versions and without anything of your project.
`,
  configuration: `# configuration

${NOTICES.configuration}

What the message is about is ignored; everything else in the file counts. A file that is no JSON (comments and trailing commas are fine)
counts for nothing. The command line ends with code 2 on any such mistake, so that nobody believes in a setting that is not there.

## What there is

| Setting | Value |
| --- | --- |
| \`rules\` | by rule: ${quoted([...SEVERITIES, 'off'])} |
| \`factors\` | the same by factor, for rules that are not named |
| \`options\` | by rule, then by option: lists; each rule's page has its own |
| \`exclude\` | a list of glob patterns, relative to the folder |
| \`packages\` | by glob of a package's folder: ${quoted([...PACKAGE_KINDS])} |
| \`unusedSuppressions\` | a severity, or \`off\` |
| \`requireSuppressionReason\` | a severity, or \`off\` |

\`\`\`json
{
  "rules": { "missing-sigterm-handler": "off" },
  "factors": { "logs": "error" },
  "exclude": ["tools/**"]
}
\`\`\`

Names that are misspelt are reported with the closest one that there is. A glob of \`packages\` that matches no package is reported,
too.
`,
};

function quoted(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}
