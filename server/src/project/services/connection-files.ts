/** Files that tools read for how to reach the database, whatever folder they stand in: their settings are the app's own. */
export function describesConnection(path: string): boolean {
  return CONNECTION_FILE.test(path);
}

const CONNECTION_FILE =
  /(^|\/)(knexfile|ormconfig|data-?source|app-data-?source|typeorm(\.config)?|mikro-orm\.config|drizzle\.config|prisma\.config|\.sequelizerc|migrate-mongo-config|database)\.[cm]?[jt]s$/i;
