import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';

const each = (
  names: readonly string[],
  host: string,
  over: 'http' | 'tcp',
): Record<string, Meaning> =>
  Object.fromEntries(names.map((name) => [name, { kind: 'remote-host', host, over }]));

/** Calls that go to another host by its name or address rather than by a URL. */
export const remoteHostLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['http', 'https', 'http2', 'net', 'tls'],
    calls: {
      ...each(
        ['http.request', 'https.request', 'http.get', 'https.get'],
        '0.hostname|0.host|1.hostname|1.host',
        'http',
      ),
      ...each(
        ['net.connect', 'net.createConnection', 'tls.connect', 'new net.Socket().connect'],
        '0.host|1',
        'tcp',
      ),
    },
  }),
  defineLibrary({
    packages: ['axios'],
    calls: {
      ...each(['axios.create', 'axios', 'axios.request'], '0.proxy.host', 'tcp'),
      ...each(['axios.get', 'axios.delete'], '1.proxy.host', 'tcp'),
      ...each(['axios.post', 'axios.put', 'axios.patch'], '2.proxy.host', 'tcp'),
    },
  }),
  defineLibrary({
    packages: [
      'ssh2',
      'ssh2-sftp-client',
      'node-ssh',
      'basic-ftp',
      'ftp',
      'ssh2-promise',
      'telnet-client',
    ],
    calls: {
      ...each(
        [
          'new ssh2.Client().connect',
          'new ssh2().connect',
          'new ssh2-sftp-client().connect',
          'new node-ssh.NodeSSH().connect',
          'new node-ssh().connect',
          'new basic-ftp.Client().access',
          'new ftp().connect',
          'new ssh2-promise',
          'new telnet-client.Telnet().connect',
          'new telnet-client().connect',
        ],
        '0.host',
        'tcp',
      ),
    },
  }),
  defineLibrary({
    packages: [
      'modbus-serial',
      'snmp-native',
      'net-snmp',
      'node-snap7',
      'node-routeros',
      'asterisk-manager',
      'ari-client',
    ],
    calls: {
      ...each(
        ['new modbus-serial().connectTCP', 'net-snmp.createSession', 'ari-client.connect'],
        '0',
        'tcp',
      ),
      ...each(['new node-routeros.RouterOSAPI', 'new snmp-native.Session'], '0.host', 'tcp'),
      ...each(['new asterisk-manager', 'asterisk-manager'], '1', 'tcp'),
    },
  }),
  defineLibrary({
    packages: ['@grpc/grpc-js', 'grpc', '@nestjs/microservices'],
    calls: {
      ...each(['new @grpc/grpc-js.Client', 'new grpc.Client'], '0', 'tcp'),
      ...each(
        ['@nestjs/microservices.ClientProxyFactory.create'],
        '0.options.host|0.options.url',
        'tcp',
      ),
    },
  }),
];
