export { createKeys, type Keys, type PurposeKey } from './createKeys';
export { Encryption } from './Encryption';
export { type Encrypted, Keyring } from './Keyring';
