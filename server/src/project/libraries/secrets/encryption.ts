import { defineLibrary, each, type Library } from '../library';
import { own } from './meanings';

const cryptoJs = ['AES', 'TripleDES', 'DES', 'Rabbit', 'RC4'].flatMap((cipher) =>
  ['', 'default.'].flatMap((prefix) => [
    `crypto-js.${prefix}${cipher}.encrypt`,
    `crypto-js.${prefix}${cipher}.decrypt`,
  ]),
);
const cryptoJsHmac = ['MD5', 'SHA1', 'SHA256', 'SHA512', 'SHA384', 'SHA3'].map(
  (hash) => `crypto-js.Hmac${hash}`,
);

/** What data is encrypted and signed with. */
export const encryptionLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['crypto', 'webcrypto'],
    calls: {
      'crypto.createHmac': own('1', 'HMAC key'),
      'crypto.createCipheriv': own('1', 'encryption key'),
      'crypto.createDecipheriv': own('1', 'encryption key'),
      'crypto.createCipher': own('1', 'encryption key'),
      'crypto.createDecipher': own('1', 'encryption key'),
      'crypto.createSecretKey': own('0', 'encryption key'),
      'crypto.createPrivateKey': own('0', 'private key'),
      'crypto.pbkdf2Sync': own('0', 'encryption password'),
      'crypto.scryptSync': own('0', 'encryption password'),
      'crypto.scrypt': own('0', 'encryption password'),
      'crypto.pbkdf2': own('0', 'encryption password'),
      'crypto.subtle.importKey': own('1', 'encryption key'),
      'crypto.webcrypto.subtle.importKey': own('1', 'encryption key'),
    },
  }),
  defineLibrary({
    packages: [
      'crypto-js',
      'cryptr',
      'simple-crypto-js',
      'aes-js',
      'simple-encryptor',
      'crypto-js/aes',
      'crypto-js/hmac-sha256',
      '@47ng/cloak',
      'mongoose-encryption',
      'mongoose-field-encryption',
    ],
    calls: {
      ...each(cryptoJs, own('1', 'encryption key')),
      ...each(cryptoJsHmac, own('1', 'HMAC key')),
      ...each(['crypto-js/aes.encrypt', 'crypto-js/aes.decrypt'], own('1', 'encryption key')),
      'crypto-js/hmac-sha256': own('1', 'HMAC key'),
      'new cryptr': own('0', 'encryption key'),
      'new simple-crypto-js': own('0', 'encryption key'),
      'new simple-crypto-js.SimpleCrypto': own('0', 'encryption key'),
      'simple-encryptor': own('0', 'encryption key'),
    },
  }),
];
