import { query } from '../../../project/query';
import { runScript } from '../../../languages/dockerfile-stages';
import { filesOfKind } from '../../../project/files/file-index';
import type { ProjectModel } from '../../../project/model';

/** Tools whose package has another name in at least one distribution. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  convert: /imagemagick|graphicsmagick/,
  magick: /imagemagick/,
  identify: /imagemagick/,
  mogrify: /imagemagick/,
  composite: /imagemagick/,
  gm: /graphicsmagick/,
  gs: /ghostscript/,
  ffprobe: /ffmpeg/,
  pdftotext: /poppler/,
  pdftoppm: /poppler/,
  pdfinfo: /poppler/,
  soffice: /libreoffice/,
  libreoffice: /libreoffice/,
  'chromium-browser': /chromium/,
  'google-chrome': /chrom/,
  pg_dump: /postgres/,
  pg_restore: /postgres/,
  psql: /postgres/,
  mysqldump: /mysql|mariadb/,
  mysql: /mysql|mariadb/,
  mongodump: /mongo/,
  mongorestore: /mongo/,
  mongoexport: /mongo/,
  'redis-cli': /redis/,
  dig: /dnsutils|bind/,
  nslookup: /dnsutils|bind/,
  ssh: /openssh/,
  scp: /openssh/,
  'ssh-keygen': /openssh/,
  docker: /docker/,
  ping: /iputils|inetutils/,
  java: /jre|jdk|java/,
  python: /python/,
  pip: /pip|python/,
  tesseract: /tesseract/,
  exiftool: /exiftool|libimage-exiftool/,
  gcc: /gcc|build-essential|build-base/,
  'g++': /g\+\+|gcc|build-essential|build-base/,
  make: /make|build-essential|build-base/,
  aws: /awscli|aws-cli/,
  rsvg: /librsvg/,
  'rsvg-convert': /librsvg/,
};

/**
 * Does something in the repository see to it that a tool is there: an image that installs it or is made of it, a list of system
 * packages of a platform?
 */
export function declaresTool(model: ProjectModel, tool: string): boolean {
  const words = systemPackages(model);
  const known = PACKAGES[tool.toLowerCase()];
  const stem = tool.toLowerCase().replace(/(?<![\d.])\d+(\.\d+)*$/, '');
  return words.some(
    (word) =>
      known?.test(word) === true || word === tool || (stem.length > 2 && word.includes(stem)),
  );
}

/** Words of everything that installs system packages. */
const systemPackages = query('files', ({ files }): readonly string[] => {
  const texts = filesOfKind(files, 'dockerfile').flatMap((path) =>
    (files.dockerfile(path)?.stages ?? []).flatMap((stage) =>
      stage.instructions.flatMap((one) => {
        if (one.keyword === 'RUN') return [runScript(one).text];
        return /^(FROM|COPY|ADD)$/.test(one.keyword)
          ? [(files.text(path) ?? '').slice(one.span.start, one.span.end)]
          : [];
      }),
    ),
  );
  for (const path of files.paths)
    if (
      /(^|\/)(Aptfile|apt\.txt|nixpacks\.toml|shell\.nix|flake\.nix|devbox\.json|Brewfile|\.tool-versions)$/.test(
        path,
      )
    )
      texts.push(files.text(path) ?? '');
  const words = texts.flatMap((text) => text.toLowerCase().split(/[\s"'=,;:@/()\\[\]]+/));
  const unique = [...new Set(words)].filter((word) => word.length > 1);
  return unique;
});
