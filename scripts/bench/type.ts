// Child process: what a keystroke costs.
import { measureKeystrokes } from './keystrokes';

void measureKeystrokes().then((result) => process.stdout.write(JSON.stringify(result)));
