/** About errors, messages and development's own comfort: nothing that a deploy sets. */
export const QUIET_NAME =
  /stack|err(or)?s?$|err(or)?_?(propert\w*|fields?|format\w*|expos\w*|verbos\w*|msg|message|handler|detail)|message|details?$|reason|trace$|pretty|colou?r|devtool|source_?map|hint|warning|banner|title|label|^text|description|^(log_?)?(prefix|suffix)$|status(_?code)?$|^(node_?env|app_?env|env|environment|mode|stage|dev|development|prod|production)$|^is[A-Z_]|hmr|webpack|^use(Strict|Effect)|minif|minim/i;

/** Code about errors, pretty output and bundlers. */
export const QUIET_CODE =
  /\b(err|error|ex|exception)\b\s*[.?,)}\]:]|\b(err|error|ex|exception)$|\.stack\b|pino-pretty|prettyPrint|bunyan-?format|colada|colori[sz]e|errorhandler|<\/?[A-Z]|webpack|HotModule/i;

/** Calls that say something, to people or to clients. */
export const QUIET_CALLEE =
  /(^|\.)(console|log|logger|logging|winston|pino|debug|next|reply|res|response|Error|\w+Error|\w+Exception|createError|expect|describe|it|test|t)(\.\w+)*$|\.(log|info|warn|error|debug|trace|verbose|render|send|json|status|end|write|emit)$|^require(\.resolve)?$|^import$/;

/** What many people leave to the environment's name. */
export const FEATURE_NAME =
  /^(secure|same_?site|http_?only|trust_?proxy|cookie_?\w*|\w*_?format(ter)?|layout|transports?|targets?|logger|plugins?|middlewares?|extensions?|handlers?|modules|imports|providers|presets|mocks?|debug|playground|introspection|verbose|enabled|disabled|graphiql|swagger\w*|docs|explorer|watch|autoSchemaFile|\w*prefix|sampleRate|tracesSampleRate|ext|extension)$/i;

/** Calls that take such features. */
export const FEATURE_CALLEE =
  /(^|\.)(morgan|use|helmet|compression|session|cookieSession|format\.\w+)$/;

/** What morgan's formats are called. */
export const LOG_FORMAT = /^['"`](combined|common|dev|short|tiny|json|pretty|simple)['"`]$/;

/** Switches that change what the app does to its services and to whom it talks. */
export const SETTING_SWITCH =
  /^(synchronize|synchronise|migrationsRun|dropSchema|autoSync|sync|alter|force|autoMigrate|autoIndex|((use|enable|db|database|pg|postgres|mysql|mongo|redis|smtp|mail)_?)?(ssl|tls)_?(mode|conn(ection)?|enabled|on)?|rejectUnauthorized|sandbox|sandbox_?mode|test_?mode|live_?mode|rate_?limit(ing)?|cluster_?mode|send_?e?mails?)$/i;

/** Names of what the app uses. */
export const RESOURCE_NAME =
  /(db|database|bucket|queue|topic|table|collection|stream|channel|keyspace|domain|host|url|uri|endpoint|connection)(_?(name|string))?$/i;

/** Where an assignment configures nothing. */
export const NOT_SETTINGS =
  /^(process\.env\b|\(*global\w*|(res|req|ctx|err|response|reply|request|e|document|window)\b)|^\w*[eE]rrors?\b|\bcookie\b|\.(stack|message)$/;
