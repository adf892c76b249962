// Reads what the suite prints.

/** Shows the suite's own lines and reads its totals: a run that never reports totals has not passed. */
export class Totals {
  #counts;
  #other = [];

  line(text, type = 'log') {
    for (const line of text.split('\n')) {
      if (line.startsWith('[suite] ')) this.#own(line.slice('[suite] '.length));
      else if (line.trim() !== '') this.#other.push(`    (${type}) ${line}`);
    }
  }

  #own(line) {
    const counts = /^(\d+) passed, (\d+) failed$/.exec(line);
    if (counts) this.#counts = { passed: Number(counts[1]), failed: Number(counts[2]) };
    else console.log(line);
  }

  result(code) {
    if (this.#counts !== undefined && (code === 0 || this.#counts.failed > 0)) return this.#counts;
    console.log(`  The run ended with ${code} and without a result. Its console:`);
    console.log(this.#other.slice(-60).join('\n'));
    return { passed: this.#counts?.passed ?? 0, failed: 1 };
  }
}
