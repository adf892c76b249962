import { defineLibrary, type Library } from './library';
import type { ArgumentPath, EndpointUse, Meaning } from './meaning';

const endpoint = (use: EndpointUse, url: ArgumentPath, what = use === 'origin' ? 'CORS origin' : use === 'callback' ? 'callback URL' : 'URL'): Meaning => ({
  kind: 'endpoint',
  url,
  what,
  use,
});
const request = (url: ArgumentPath = '0'): Meaning => endpoint('request', url);
const base = (url: ArgumentPath): Meaning => endpoint('base', url, 'base URL');
const origin = (url: ArgumentPath): readonly Meaning[] => [endpoint('origin', url)];

const each = <T extends Meaning | readonly Meaning[]>(names: readonly string[], meaning: T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, meaning]));
const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request', 'del', 'stream'] as const;
/** A client called itself and by verb. */
const client = (object: string, extra: readonly string[] = []): Record<string, Meaning> =>
  each([object, ...verbs.map((verb) => `${object}.${verb}`), ...extra], request('0|0.url|0.uri'));

/** Calls that take an endpoint. */
export const endpointLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'isomorphic-unfetch', 'node-fetch-native', 'fetch-retry', 'make-fetch-happen', 'undici', 'whatwg-fetch', '@whatwg-node/fetch', 'ofetch'],
    calls: {
      ...each(
        ['fetch', 'window.fetch', 'self.fetch', 'global.fetch', 'node-fetch', 'node-fetch.fetch', 'cross-fetch', 'cross-fetch.fetch', 'isomorphic-fetch', 'isomorphic-unfetch', 'make-fetch-happen', 'undici.fetch', 'undici.request', 'undici.stream', '@whatwg-node/fetch.fetch', 'ofetch.ofetch', 'ofetch.$fetch', '$fetch', 'useFetch'],
        request(),
      ),
      ...each(['new undici.Client', 'new undici.Pool', 'new undici.Agent'], base('0')),
      'ofetch.ofetch.create': base('0.baseURL'),
    },
  }),
  defineLibrary({
    packages: ['axios', 'got', 'ky', 'superagent', 'request', 'request-promise', 'request-promise-native', 'needle', 'bent', 'phin', 'wretch', 'popsicle', 'gaxios', 'urllib', 'xior', 'redaxios'],
    objects: { instance: ['axios.create()', '<axios.AxiosInstance>'] },
    calls: {
      axios: [request('0|0.url'), base('0.baseURL|1.baseURL')],
      ...client('axios'),
      'axios.default': request('0|0.url'),
      'axios.request': [request('0.url'), base('0.baseURL')],
      'axios.create': base('0.baseURL'),
      ...client('instance'),
      ...client('got'),
      'got.got': request(),
      'got.extend': base('0.prefixUrl'),
      ...client('ky'),
      'ky.create': base('0.prefixUrl'),
      'ky.extend': base('0.prefixUrl'),
      ...client('superagent'),
      ...client('request'),
      ...client('request-promise'),
      ...client('request-promise-native'),
      'request.defaults': base('0.baseUrl'),
      'request-promise.defaults': base('0.baseUrl'),
      needle: request('1'),
      ...each(['needle.get', 'needle.post', 'needle.put', 'needle.delete'], request()),
      bent: base('0'),
      wretch: base('0'),
      'gaxios.request': request('0.url'),
      'urllib.request': request(),
      ...client('redaxios'),
    },
  }),
  defineLibrary({
    packages: ['http', 'https', 'follow-redirects', 'http2'],
    calls: {
      ...each(['http.request', 'http.get', 'https.request', 'https.get', 'follow-redirects.http.get', 'follow-redirects.https.get', 'http2.connect'], request('0')),
    },
  }),
  defineLibrary({
    packages: ['ws', 'socket.io-client', 'reconnecting-websocket', 'eventsource', 'websocket', 'sockjs-client', '@stomp/stompjs', 'graphql-ws', 'isomorphic-ws', 'subscriptions-transport-ws'],
    calls: {
      ...each(['new WebSocket', 'new window.WebSocket', 'new EventSource', 'new ws', 'new ws.WebSocket', 'new isomorphic-ws', 'new reconnecting-websocket', 'new eventsource', 'new eventsource.EventSource', 'new websocket.w3cwebsocket', 'new sockjs-client', 'new subscriptions-transport-ws.SubscriptionClient'], base('0')),
      ...each(['socket.io-client', 'socket.io-client.io', 'socket.io-client.connect', 'socket.io-client.default', 'io', 'io.connect'], base('0')),
      'graphql-ws.createClient': base('0.url'),
      'new @stomp/stompjs.Client': base('0.brokerURL'),
    },
  }),
  defineLibrary({
    packages: ['graphql-request', '@apollo/client', 'apollo-link-http', 'apollo-boost', 'apollo-client', 'urql', '@urql/core', '@trpc/client', 'soap', 'strong-soap', 'web3', 'ethers', '@apollo/client/core', '@apollo/gateway', '@apollo/datasource-rest', 'xmlrpc'],
    calls: {
      'graphql-request': request(),
      'graphql-request.request': request('0|0.url'),
      'new graphql-request.GraphQLClient': base('0'),
      ...each(['new @apollo/client.HttpLink', '@apollo/client.createHttpLink', '@apollo/client.createUploadLink', 'apollo-link-http.createHttpLink', 'new apollo-link-http.HttpLink', 'new @apollo/client.ApolloClient', '@apollo/client/core.createHttpLink', 'new apollo-boost', 'new @apollo/client/core.ApolloClient'], base('0.uri')),
      ...each(['urql.createClient', '@urql/core.createClient', 'new urql.Client', 'new @urql/core.Client'], base('0.url')),
      ...each(['@trpc/client.httpBatchLink', '@trpc/client.httpLink', '@trpc/client.httpBatchStreamLink'], base('0.url')),
      ...each(['soap.createClient', 'soap.createClientAsync'], request()),
      ...each(['new web3', 'new web3.Web3', 'new web3.providers.HttpProvider', 'new web3.providers.WebsocketProvider', 'new ethers.JsonRpcProvider', 'new ethers.providers.JsonRpcProvider', 'new ethers.ethers.providers.JsonRpcProvider', 'new ethers.ethers.JsonRpcProvider', 'new ethers.WebSocketProvider'], base('0')),
      'new @apollo/gateway.IntrospectAndCompose': base('0.subgraphs.*.url'),
      'new @apollo/gateway.ApolloGateway': base('0.serviceList.*.url'),
    },
  }),
  defineLibrary({
    packages: ['@nestjs/axios', '@angular/common/http', '@nestjs/microservices', '@grpc/grpc-js'],
    objects: { http: ['<@nestjs/axios.HttpService>', '<@angular/common/http.HttpClient>', '<@nestjs/axios.HttpService>.axiosRef'] },
    calls: {
      ...each(['http.get', 'http.post', 'http.put', 'http.patch', 'http.delete', 'http.head', 'http.request'], request()),
      '@nestjs/axios.HttpModule.register': base('0.baseURL'),
      '@nestjs/axios.HttpModule.registerAsync': base('0.useFactory().baseURL'),
    },
  }),
  defineLibrary({
    packages: ['http-proxy-middleware', 'http-proxy', 'express-http-proxy', '@fastify/http-proxy', 'fastify-http-proxy', '@fastify/reply-from', 'koa-proxies', 'koa-proxy', 'koa-better-http-proxy', 'proxy-middleware', 'redbird'],
    objects: { proxy: ['http-proxy.createProxyServer()', 'http-proxy.createProxy()', 'new http-proxy()'] },
    calls: {
      ...each(['http-proxy-middleware', 'http-proxy-middleware.createProxyMiddleware', 'http-proxy-middleware.legacyCreateProxyMiddleware'], endpoint('proxy', '1.target|0.target', 'proxy target')),
      ...each(['http-proxy.createProxyServer', 'http-proxy.createProxy', 'http-proxy.createServer', 'new http-proxy'], endpoint('proxy', '0.target', 'proxy target')),
      ...each(['proxy.web', 'proxy.ws'], endpoint('proxy', '2.target', 'proxy target')),
      'express-http-proxy': endpoint('proxy', '0', 'proxy target'),
      'koa-proxies': endpoint('proxy', '1.target', 'proxy target'),
      'koa-better-http-proxy': endpoint('proxy', '0', 'proxy target'),
    },
    plugins: {
      ...each(['@fastify/http-proxy', 'fastify-http-proxy'], endpoint('proxy', '1.upstream', 'proxy target')),
      '@fastify/reply-from': endpoint('proxy', '1.base', 'proxy target'),
    },
  }),
  defineLibrary({
    packages: ['cors', '@koa/cors', 'koa2-cors', 'koa-cors', 'hono/cors', '@fastify/cors', 'fastify-cors', 'socket.io', '@nestjs/core', '@nestjs/websockets', 'micro-cors', '@elysiajs/cors', 'restify-cors-middleware', 'restify-cors-middleware2'],
    objects: {
      nest: ['@nestjs/core.NestFactory.create()', '<@nestjs/common.INestApplication>', '<@nestjs/platform-express.NestExpressApplication>', '<@nestjs/platform-fastify.NestFastifyApplication>'],
    },
    calls: {
      ...each(['cors', '@koa/cors', 'koa2-cors', 'koa-cors', 'hono/cors.cors', '@elysiajs/cors.cors'], origin('0.origin|0.origin()')),
      ...each(['restify-cors-middleware', 'restify-cors-middleware2'], origin('0.origins')),
      'nest.enableCors': origin('0.origin'),
      '@nestjs/core.NestFactory.create': origin('1.cors.origin|2.cors.origin'),
      ...each(['new socket.io.Server', 'new socket.io', 'socket.io', 'socket.io.listen'], origin('1.cors.origin|0.cors.origin')),
    },
    plugins: each(['@fastify/cors', '@fastify/cors.fastifyCors', 'fastify-cors'], origin('1.origin')),
  }),
];
