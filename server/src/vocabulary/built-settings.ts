import { vocabulary } from './vocabulary';

/** Words in names of variables that say which deploy it is or where something of a deploy is: no two deploys share the value. */
export const OF_ONE_DEPLOY = vocabulary(
  [
    'where something is',
    'url urls uri host hosts hostname origin origins domain domains endpoint endpoints server backend gateway',
  ],
  ['below which path it is served', 'base basepath prefix'],
  ['which deploy it is', 'environment env stage region tenant cluster'],
);

/** Words in names of variables whose values the product has once, or each build anew, whatever deploy it goes to. */
export const SAME_FOR_ALL = vocabulary(
  [
    'which build it is',
    'version versions commit sha hash build revision rev release tag timestamp date branch git',
  ],
  ['what the product is known by elsewhere', 'key keys dsn id ids token tokens'],
  ['how it is called and looks', 'name title description brand logo theme color email phone'],
  [
    'pages about the product',
    `docs documentation doc terms privacy tos legal imprint policy changelog status support help faq blog about contact pricing
    github twitter discord slack facebook linkedin instagram youtube community social marketing landing website download downloads
    cdn font fonts image images assets asset`,
  ],
  ['deploys that are made to be looked at', 'preview'],
  ['where developers look at it', 'dev'],
  [
    'how a build is made',
    `analyze analyzer sourcemap sourcemaps source-map telemetry ci output standalone minify legacy inspect debug profile profiling
    dist devtools turbopack webpack test tests e2e mock mocks msw cypress playwright storybook`,
  ],
  [
    'vendors whose service all deploys share',
    'posthog plausible umami ga gtm hotjar segment mixpanel amplitude algolia intercom crisp',
  ],
);
