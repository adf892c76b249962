import fs from 'fs';
import winston from 'winston';

export const logger = winston.createLogger({
  transports: [new winston.transports.File({ filename: 'app.log' })],
});

export function audit(line: string): void {
  fs.appendFileSync('audit.log', `${line}\n`);
}
