/** What belongs to the sample project: the folder of an extension on the web cannot be listed. */
export const SAMPLE_FILES = [
  '.env.example',
  '.gitignore',
  'Dockerfile',
  'README.md',
  'package-lock.json',
  'package.json',
  'src/catalogue.js',
  'src/log.js',
  'src/orders.js',
  'src/server.js',
] as const;
