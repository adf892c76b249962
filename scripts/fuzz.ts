// Analyses mutated files until one does what none may: `npm run fuzz -- --cases 1000000 --seed 7`.
import { parseArgs } from 'node:util';
import { rules } from '../server/src/rules';
import { fuzz } from '../test/fuzz/fuzz';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
const [cases, seed] = [Number(values.cases), Number(values.seed)];
if (!(cases > 0) || !Number.isSafeInteger(seed)) throw new Error('--cases and --seed are numbers');
console.log(`${cases} cases from seed ${seed}`);
void fuzz({
  cases,
  seed,
  rules,
  progress: (done) => process.stdout.write(`\r${done}`),
}).then((failure) => {
  if (!failure) return console.log(`\r${cases} cases, none failed`);
  console.error(`\n${failure.what}\n${JSON.stringify(failure.files)}`);
  process.exitCode = 1;
});
