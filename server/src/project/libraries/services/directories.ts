import { lazy } from '../connect';
import { defineLibrary, each, type Library } from '../library';

/** Memcached, directories and file servers. */
export const directoryLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'memcached',
      'memjs',
      'ldapjs',
      'ldapts',
      'activedirectory',
      'activedirectory2',
      'passport-ldapauth',
      'ssh2',
      'ssh2-sftp-client',
      'basic-ftp',
      'ftp',
      'node-ssh',
    ],
    calls: {
      'new memcached': lazy('memcached', { host: '0|0.*' }),
      'memjs.Client.create': lazy('memcached', { host: '0', password: '1.password' }),
      'ldapjs.createClient': lazy('ldap', { url: '0.url' }),
      'new ldapts.Client': lazy('ldap', { url: '0.url' }),
      ...each(
        ['new activedirectory', 'new activedirectory2', 'new activedirectory2.ActiveDirectory'],
        lazy('ldap', { url: '0.url|0', password: '0.password|3' }),
      ),
      'new passport-ldapauth': lazy('ldap', {
        url: '0.server.url',
        password: '0.server.bindCredentials',
      }),
    },
  }),
];
