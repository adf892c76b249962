import { hostList } from './host-list';

/**
 * Domains of public services that apps call: the address is the same in every deploy. Only the domain proper; subdomains belong
 * to it. What is not here is not held against anyone: it is `public` instead of `vendor`.
 */
export const VENDORS = hostList(
  [
    'Google',
    `google.com googleapis.com gstatic.com googleusercontent.com youtube.com youtu.be googletagmanager.com
    google-analytics.com gmail.com goo.gl firebase.com recaptcha.net doubleclick.net ggpht.com withgoogle.com chromium.org
    android.com`,
  ],
  [
    'social networks, chat and media',
    `facebook.com fbcdn.net facebook.net instagram.com whatsapp.com messenger.com meta.com oculus.com threads.net
    twitter.com x.com t.co twimg.com linkedin.com licdn.com pinterest.com tumblr.com reddit.com redd.it redditmedia.com
    snapchat.com tiktok.com vk.com ok.ru weibo.com qq.com wechat.com weixin.qq.com line.me kakao.com naver.com
    telegram.org t.me discord.com discordapp.com discord.gg slack.com twitch.tv spotify.com scdn.co soundcloud.com
    vimeo.com dailymotion.com medium.com dev.to quora.com patreon.com buymeacoffee.com ko-fi.com strava.com fitbit.com
    foursquare.com yelp.com meetup.com eventbrite.com`,
  ],
  [
    'source code',
    `github.com githubusercontent.com githubassets.com gitlab.com bitbucket.org atlassian.com atlassian.net trello.com
    jira.com`,
  ],
  [
    'packages and scripts for browsers',
    `npmjs.com npmjs.org nodejs.org yarnpkg.com unpkg.com jsdelivr.net cdnjs.com cloudflare.com skypack.dev esm.sh
    deno.land`,
  ],
  [
    'Microsoft, Amazon, Apple',
    `microsoft.com microsoftonline.com live.com office.com office365.com outlook.com windows.net azure.com visualstudio.com
    bing.com skype.com xbox.com msn.com sharepoint.com powerbi.com applicationinsights.azure.com amazon.com amazonaws.com
    aws.amazon.com amazoncognito.com media-amazon.com ssl-images-amazon.com apple.com icloud.com mzstatic.com itunes.com
    appstoreconnect.apple.com`,
  ],
  [
    'payments, coins and chains',
    `stripe.com paypal.com paypalobjects.com braintreegateway.com braintree-api.com squareup.com square.com adyen.com
    klarna.com razorpay.com paytm.in paytm.com phonepe.com cashfree.com mollie.com checkout.com worldpay.com authorize.net
    2checkout.com paddle.com lemonsqueezy.com gumroad.com chargebee.com recurly.com plaid.com wise.com transferwise.com
    coinbase.com binance.com kraken.com coingecko.com coinmarketcap.com cryptocompare.com blockchain.info blockchain.com
    etherscan.io infura.io alchemy.com alchemyapi.io moralis.io opensea.io ethereum.org polygonscan.com bscscan.com
    flutterwave.com paystack.co paystack.com midtrans.com xendit.co mercadopago.com mercadolibre.com pagseguro.com.br
    pagar.me vnpay.vn momo.vn zalopay.vn iyzipay.com payu.in`,
  ],
  [
    'mail, messages and notifications',
    `twilio.com sendgrid.com mailgun.net mailgun.org mailchimp.com mandrillapp.com sendinblue.com brevo.com mailjet.com
    postmarkapp.com sparkpost.com resend.com nexmo.com vonage.com messagebird.com plivo.com clickatell.com textlocal.in
    msg91.com fast2sms.com onesignal.com pusher.com pushover.net ably.io ably.com`,
  ],
  [
    'offices: customers, tasks, documents, meetings',
    `intercom.io zendesk.com freshdesk.com hubspot.com hubapi.com salesforce.com force.com zoho.com pipedrive.com
    airtable.com notion.so notion.com asana.com monday.com clickup.com linear.app dropbox.com dropboxapi.com box.com
    docusign.net docusign.com hellosign.com typeform.com surveymonkey.com calendly.com zoom.us webex.com`,
  ],
  [
    'sign-in',
    `auth0.com okta.com onelogin.com clerk.dev clerk.com stytch.com magic.link keycloak.org fusionauth.io`,
  ],
  [
    'models and machine learning',
    `openai.com anthropic.com groq.com cohere.ai cohere.com huggingface.co replicate.com stability.ai mistral.ai
    deepseek.com perplexity.ai openrouter.ai together.ai together.xyz elevenlabs.io deepl.com assemblyai.com deepgram.com
    pinecone.io wolframalpha.com`,
  ],
  [
    'weather, maps and addresses',
    `openweathermap.org weatherapi.com weatherbit.io weather.gov accuweather.com tomorrow.io darksky.net met.no
    open-meteo.com weatherstack.com mapbox.com mapquestapi.com here.com hereapi.com openstreetmap.org tomtom.com
    opencagedata.com positionstack.com geonames.org ipapi.co ipapi.com ipify.org ipinfo.io ip-api.com ipstack.com
    ipgeolocation.io icanhazip.com httpbin.org freegeoip.app ipdata.co geojs.io maxmind.com`,
  ],
  [
    'films, music and games',
    `themoviedb.org tmdb.org omdbapi.com imdb.com tvmaze.com trakt.tv rottentomatoes.com myanimelist.net jikan.moe
    anilist.co last.fm audioscrobbler.com genius.com deezer.com musicbrainz.org songkick.com bandsintown.com rawg.io
    igdb.com steampowered.com steamcommunity.com steamstatic.com riotgames.com pokeapi.co blizzard.com battle.net
    scryfall.com swapi.dev swapi.co marvel.com`,
  ],
  [
    'pictures, and placeholders for them',
    `giphy.com tenor.com imgur.com unsplash.com pexels.com pixabay.com flickr.com gravatar.com picsum.photos
    placeholder.com placehold.it placehold.co placekitten.com dummyimage.com robohash.org dicebear.com ui-avatars.com`,
  ],
  [
    'made-up data, food and fun, for exercises',
    `randomuser.me jsonplaceholder.typicode.com typicode.com reqres.in dummyjson.com fakestoreapi.com mockapi.io dog.ceo
    thecatapi.com thedogapi.com catfact.ninja themealdb.com thecocktaildb.com spoonacular.com edamam.com nutritionix.com
    openfoodfacts.org api-ninjas.com quotable.io adviceslip.com chucknorris.io jokeapi.dev icndb.com numbersapi.com
    boredapi.com opentdb.com`,
  ],
  [
    'countries, currencies and markets',
    `restcountries.com restcountries.eu countrystatecity.in exchangerate-api.com exchangeratesapi.io fixer.io
    openexchangerates.org currencylayer.com alphavantage.co finnhub.io polygon.io iexcloud.io iexapis.com twelvedata.com
    financialmodelingprep.com quandl.com yahoo.com yahooapis.com marketstack.com`,
  ],
  [
    'news and words',
    `nytimes.com newsapi.org guardianapis.com theguardian.com bbc.co.uk cnn.com ycombinator.com producthunt.com
    hackernews.com mediastack.com gnews.io wikipedia.org wikimedia.org wikidata.org wiktionary.org dictionaryapi.com
    dictionaryapi.dev merriam-webster.com oxforddictionaries.com urbandictionary.com datamuse.com`,
  ],
  [
    'science and administrations',
    `nasa.gov spacexdata.com nih.gov usgs.gov data.gov census.gov epa.gov fda.gov who.int europa.eu worldbank.org
    covid19api.com disease.sh ebi.ac.uk clinicaltrials.gov crossref.org arxiv.org semanticscholar.org orcid.org`,
  ],
  [
    'brokers of interfaces',
    `rapidapi.com p.rapidapi.com ifttt.com zapier.com n8n.io pipedream.net make.com`,
  ],
  [
    'content, media and search',
    `cloudinary.com imagekit.io imgix.net uploadcare.com filestack.com contentful.com ctfassets.net sanity.io prismic.io
    storyblok.com datocms.com graphcms.com hygraph.com algolia.net algolia.com algolianet.com elastic.co`,
  ],
  [
    'shops and auctions',
    `shopify.com shopifycdn.com myshopify.com woocommerce.com bigcommerce.com etsy.com ebay.com walmart.com alibaba.com
    aliexpress.com flipkart.com`,
  ],
  [
    'travel',
    `uber.com lyft.com airbnb.com booking.com expedia.com skyscanner.net amadeus.com opensky-network.org aviationstack.com`,
  ],
  ['parcels', `fedex.com ups.com usps.com dhl.com shippo.com easypost.com aftership.com lob.com`],
  ['accounts', 'intuit.com quickbooks.com xero.com freshbooks.com sage.com'],
  [
    'errors, metrics, logs and what people do',
    `sentry.io ingest.sentry.io datadoghq.com datadoghq.eu newrelic.com nr-data.net loggly.com papertrailapp.com
    logtail.com betterstack.com logrocket.io honeycomb.io grafana.net grafana.com rollbar.com bugsnag.com airbrake.io
    raygun.io splunk.com segment.io segment.com mixpanel.com amplitude.com heap.io hotjar.com fullstory.com posthog.com
    plausible.io launchdarkly.com split.io optimizely.com statsig.com`,
  ],
  [
    'hosting, images and builds',
    `heroku.com vercel.com netlify.com digitalocean.com render.com railway.app fly.io linode.com vultr.com hetzner.cloud
    docker.com docker.io quay.io ghcr.io circleci.com travis-ci.com travis-ci.org codecov.io coveralls.io snyk.io
    sonarcloud.io`,
  ],
  [
    'certificates, tunnels and infrastructure',
    'letsencrypt.org ngrok.com tailscale.com hashicorp.com terraform.io',
  ],
  [
    'data layers',
    `apollographql.com graphql.org hasura.io supabase.com prisma.io prisma.sh planetscale.com upstash.com mongodb.com`,
  ],
  [
    'security, people and links',
    `virustotal.com haveibeenpwned.com pwnedpasswords.com abuseipdb.com shodan.io hunter.io clearbit.com fullcontact.com
    hcaptcha.com bit.ly tinyurl.com rebrandly.com qrserver.com browserless.io scraperapi.com scrapingbee.com
    sandbox.google.com`,
  ],
  [
    'design, fonts and editors',
    `smartsheet.com canva.com figma.com miro.com adobe.com adobe.io adobelogin.com typekit.net fontawesome.com
    bootstrapcdn.com jquery.com polyfill.io ckeditor.com tiny.cloud jsfiddle.net codepen.io codesandbox.io stackblitz.com`,
  ],
  [
    'questions and courses',
    `stackoverflow.com stackexchange.com w3schools.com freecodecamp.org udemy.com coursera.org khanacademy.org codewars.com
    leetcode.com hackerrank.com codeforces.com projecteuler.net`,
  ],
);

/** Well-known services on shared hosting, whole hosts. */
export const VENDOR_HOSTS = hostList(
  ['services on hosting platforms', 'cors-anywhere.herokuapp.com hacker-news.firebaseio.com'],
  [
    'Amazon, before a region is chosen',
    's3.amazonaws.com sts.amazonaws.com iam.amazonaws.com queue.amazonaws.com',
  ],
  ['names that look like a stage', 'dev.azure.com'],
  ['under a domain that is not a vendor’s', 'pipeline.qiita.com type.fit'],
);
