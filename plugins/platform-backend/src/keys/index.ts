export { createKeys, type Keys, type PurposeKey } from './createKeys';
export { Encryption } from './Encryption';
export { type Encrypted, Keyring } from './Keyring';
export {
  type EncryptedStore,
  Reencryption,
  type ReencryptedBatch,
} from './Reencryption';
