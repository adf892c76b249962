import { REFERENCES, SWITCHES } from '../../vocabulary/secret-words';
import { isPlaceholder } from './placeholders';

/** Text that is no credential wherever it stands: nothing, key material meant for everybody, a file, an address, a reference. */
export function isNoCredential(value: string): boolean {
  const text = value.trim();
  return (
    text === '' ||
    /^-----BEGIN (?:\w+ )*(?:PUBLIC KEY|CERTIFICATE)|^ssh-(?:rsa|ed25519|dss) |^ecdsa-sha2-/.test(
      text,
    ) ||
    /^(?:\.{0,2}|~)\/\S*$|^\S+\.(?:pem|key|crt|cer|p12|pfx|json|ya?ml|env|txt)$/i.test(text) ||
    /^https?:\/\/[^@]*$/i.test(text) ||
    /^\$(?:2[aby]|argon2\w*|pbkdf2[\w-]*|scrypt|6|5|1)\$|^\{(?:SSHA|SHA|BCRYPT|CRYPT)\}/i.test(
      text,
    ) ||
    /public[-_ ]?key/i.test(text) ||
    isReference(text)
  );
}

/** Text that says where the value comes from: `${NAME}`, `$(NAME)`, `{{ name }}`, a path of a secret store. */
export function isReference(value: string): boolean {
  return (
    /\$\{|\$\(|\{\{|<%|^\$[A-Za-z_]\w*$|^%[A-Za-z_]\w*%$|^#\{/.test(value) ||
    REFERENCES.has(value.toLowerCase()) ||
    /^projects\/[^/]+\/secrets\//.test(value) ||
    /^Ag[A-Za-z0-9+/]{200,}/.test(value)
  );
}

/** A word or number that switches or counts something, where names only look like those of credentials. */
export function isSwitch(value: string): boolean {
  const text = value.trim().toLowerCase();
  return SWITCHES.has(text) || /^\d{1,3}[smhd]?$/.test(text);
}

/** Mixed as no word is: a value that some machine made. */
export function looksIssued(value: string): boolean {
  const text = value.replace(/^(?:Bearer|Basic|Token|Bot|Key|ApiKey)\s+/i, '');
  if (text.length < 12 || /\s/.test(text) || isPlaceholder(value)) return false;
  const digits = text.replace(/\D/g, '').length;
  const isMixedCase = /[a-z]/.test(text) && /[A-Z]/.test(text);
  const distinct = new Set(text.toLowerCase()).size;
  if (distinct < 7) return false;
  return (
    (digits >= 2 && /[a-z]/i.test(text)) ||
    (isMixedCase && text.length >= 20 && !/[-_ .]/.test(text))
  );
}
