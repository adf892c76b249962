import { expect, it } from 'vitest';
import { formatMarkdown } from '../../server/src/report/markdown';
import { clean, sample } from './sample';

it('has a table by factor and one of the findings', () => {
  expect(formatMarkdown(sample)).toMatchInlineSnapshot(`
    "## Twelve-Factor

    3 findings; 3 files analysed.

    | Factor | Findings |
    | --- | --- |
    | [III. Config](https://12factor.net/config) | 1 information |
    | [VII. Port binding](https://12factor.net/port-binding) | 1 warning |
    | [IX. Disposability](https://12factor.net/disposability) | 1 hint |

    | Place | Severity | Finding | Rule |
    | --- | --- | --- | --- |
    | \`a b/50%,1.yml:2\` | information | A value of 100%. | \`hardcoded-url\` |
    | \`src/server.ts:3\` | hint | No SIGTERM handler \\| none. | \`missing-sigterm-handler\` |
    | \`src/server.ts:4\` | warning | Port 3000 is fixed in code. (also at \`src/server.ts:1\`) | \`hardcoded-port\` |

    ### Not analysed

    - \`src/broken.ts\`: not UTF-8 text
    "
  `);
});

it('says so when there is nothing', () => {
  expect(formatMarkdown(clean)).toBe('## Twelve-Factor\n\nNo findings; 1 file analysed.\n');
});
