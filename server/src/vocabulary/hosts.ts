import { hostList } from './host-list';
import { names } from './names';
import { vocabulary } from './vocabulary';

/** Hosts that mean this machine, whoever asks. */
export const LOOPBACK = hostList(
  ['by definition', 'localhost localhost.localdomain 0.0.0.0'],
  ['names that resolve to it', 'lvh.me localtest.me'],
  ['Docker’s names for the machine below', 'host.docker.internal docker.for.mac.host.internal'],
);

/** Last labels of names that only resolve inside one network. */
export const INTERNAL = hostList(
  [
    'networks of homes and offices',
    'local lan internal intranet corp home private priv localdomain ad',
  ],
  ['networks of containers', 'svc docker consul mesh'],
);

/** Hosts that are the same in every network. */
export const FIXED = hostList(
  [
    'metadata of clouds',
    `169.254.169.254 169.254.170.2 169.254.170.23 100.100.100.200 instance-data metadata metadata.google
    metadata.google.internal`,
  ],
  ['broadcast', '255.255.255.255'],
  [
    'resolvers that everybody uses',
    '8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 208.67.220.220 208.67.222.222 208.67.220.222 208.67.222.220',
  ],
);

/** Domains whose addresses are names: of schemas, licences, standards. */
export const NAMESPACES = hostList(
  [
    'schemas and vocabularies',
    `w3.org schema.org json-schema.org purl.org xmlsoap.org openxmlformats.org xmlns.com ogp.me schemastore.org sitemaps.org
    relaxng.org json-ld.org activitystrea.ms`,
  ],
  [
    'standards',
    `oasis-open.org spdx.org ietf.org iana.org unicode.org ecma-international.org whatwg.org openid.net hl7.org loinc.org
    snomed.info`,
  ],
  [
    'licences, and projects that documents refer to',
    'creativecommons.org opensource.org gnu.org apache.org hyperledger.org ampproject.org mozilla.org caniuse.com',
  ],
);

/** Whole hosts of schemas under domains that also serve other things. */
export const SCHEMA_HOSTS = hostList([
  'XML of vendors',
  'schemas.microsoft.com ns.adobe.com schemas.android.com java.sun.com xmlns.jcp.org docbook.org',
]);

/** Where an app is hosted under a name of its own: the first label is the customer's. */
export const HOSTED_APPS = hostList(
  [
    'platforms that run apps',
    `herokuapp.com vercel.app now.sh netlify.app onrender.com fly.dev run.app appspot.com
    azurewebsites.net azurestaticapps.net azurecontainerapps.io cloudapp.net cloudapp.azure.com amplifyapp.com
    elasticbeanstalk.com awsapprunner.com railway.app koyeb.app cyclic.app cyclic.sh cyclic.cloud ondigitalocean.app
    deno.dev openshiftapps.com mybluemix.net cfapps.io stamplayapp.com back4app.io encr.app northflank.app 
    adaptable.app zeabur.app edgestack.me beget.tech hostingerapp.com hf.space`,
  ],
  [
    'pages without a server',
    'web.app firebaseapp.com pages.dev workers.dev github.io gitlab.io surge.sh 000webhostapp.com',
  ],
  [
    'machines of developers',
    'glitch.me repl.co replit.app replit.dev gitpod.io github.dev csb.app',
  ],
  [
    'tunnels to a laptop',
    `ngrok.io ngrok.app ngrok.dev ngrok-free.io ngrok-free.app ngrok-free.dev trycloudflare.com loca.lt localtunnel.me
    serveo.net`,
  ],
  ['databases that speak HTTP', 'firebaseio.com hasura.app nhost.run'],
);

/** Where a customer has a bucket, a database, a queue or a tenant of its own. */
export const HOSTED_RESOURCES = hostList(
  [
    'functions, storage and content near the reader',
    `cloudfunctions.net firebasestorage.app cloudfront.net on.aws r2.dev r2.cloudflarestorage.com digitaloceanspaces.com
    vultrobjects.com b-cdn.net`,
  ],
  [
    'Azure',
    `blob.core.windows.net documents.azure.com servicebus.windows.net vault.azure.net openai.azure.com
    database.windows.net redis.cache.windows.net azurefd.net azureedge.net b2clogin.com`,
  ],
  [
    'Amazon, where no region stands between',
    's3.amazonaws.com compute.amazonaws.com compute-1.amazonaws.com amazoncognito.com',
  ],
  [
    'databases, queues and search',
    `supabase.co supabase.in supabase.net neon.tech mongodb.net mlab.com redislabs.com redis-cloud.com upstash.io
    cloudamqp.com elastic-cloud.com es.io appwrite.io`,
  ],
  [
    'platforms whose own interfaces stand beside their customers’ apps',
    'netlify.com render.com pythonanywhere.com code.run',
  ],
  ['tenants of sign-in', 'auth0.com okta.com oktapreview.com'],
  ['stand-ins for an interface', 'mockable.io mockapi.io'],
);

/** Amazon's services where customers have something of their own: its name stands before, the region behind. */
export const AWS_NAMED = names([
  'instances, clusters, interfaces',
  'rds cache execute-api elb es aoss lambda-url elasticmapreduce appsync-api iot mq kafka',
]);

/** Amazon's services that are asked in a region: queues, tables and keys are named in the request. */
export const AWS_REGIONAL = names([
  'an account’s own things',
  `sqs sns dynamodb kinesis email-smtp email s3 secretsmanager lambda cognito-idp states iot firehose logs monitoring ssm kms
  sts`,
]);

/** Hosts whose own name has a word of `STAGES` (`environments.ts`) in it. */
export const NO_STAGES = hostList([
  'services of developers',
  'dev.azure.com test.pypi.org dev.w3.org dev.mysql.com',
]);

/** Second labels that stand for somebody's domain in examples, under an ordinary ending. */
export const EXAMPLE_DOMAINS = vocabulary(
  ['reserved, or said to be none', 'example test invalid foo bar foobar fake dummy sample acme'],
  [
    'to be replaced',
    `your-domain my-domain my-site your-site your-app my-app your-company my-company your-website my-website your-server
    my-server some-domain some-site any-domain somewhere domain website site`,
  ],
);

/** Endings under which {@link EXAMPLE_DOMAINS} stand. */
export const EXAMPLE_ENDINGS = names([
  'as people write examples',
  'com org net io dev co app xyz local',
]);

/** Last labels that no public host has. */
export const EXAMPLE_LABELS = names(['reserved, or said to be none', 'example invalid foo bar']);

/** What a project offers to be read, as first labels of its hosts and first parts of their paths: the same for every deploy. */
export const READING = vocabulary(
  [
    'documentation',
    'doc docs documentation guide guides learn academy tutorial tutorials handbook wiki manual reference quickstart',
  ],
  ['help', 'help faq faqs support contact knowledge kb'],
  ['news', 'blog news changelog roadmap releases press newsletter'],
  ['where people talk', 'community forum forums discuss discord slack'],
  ['what is running', 'status uptime'],
  ['terms', 'terms tos privacy legal imprint license licence cookies security trust gdpr'],
  ['the project itself', 'about pricing careers jobs brand'],
);

/** First parts of paths that programs call. */
export const CALLED_PATHS = vocabulary(
  ['interfaces', 'api apis graphql rest rpc trpc ws socket webhook webhooks'],
  ['versions', 'v1 v2 v3 v4'],
);

/** Single labels that stand in for a host where only the rest of the URL matters. */
export const DUMMY_HOSTS = names(
  ['letters', 'a b x y z n h u'],
  ['what it is', 'host hostname base domain website site internal relative'],
  ['that it is none', 'dummy example fake foo bar baz test placeholder invalid noop stub'],
  ['that it does not matter', 'unused ignore ignored any anything void null undefined nowhere'],
);

/** Labels of so many packages and hosts that two with the same are not related. */
export const COMMON_LABELS = names(
  [
    'parts of an app',
    'api apis app apps server backend client frontend web website site service services auth admin dashboard',
  ],
  [
    'kinds of projects',
    'test demo example sample starter template boilerplate project main root core blog shop store chat todo todos',
  ],
  [
    'what it is made with',
    'node nodejs express fastify nest nestjs next react typescript javascript rest graphql',
  ],
  ['small words', 'my the'],
);

/** Endings of domains that are common enough to tell where a domain ends. */
export const COMMON_ENDINGS =
  'com org net io dev app co ai me edu gov info biz xyz cloud tech de uk fr nl eu us ca au in br jp cn ru ch at it es pl se no fi dk be';
